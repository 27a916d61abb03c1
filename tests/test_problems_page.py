"""The list of problems: it is written from the catalogue, in every language, and shows what is printed."""

from __future__ import annotations

import pytest

from printed_examples import messages_of, translated
from problems_page import PLACE, about, examples, languages, page_file, page_of
from rows import each_row

OTHER_LINES = ("---", "title: …", "embargo_until: 2099-01-01")
"""Lines to write into a file, which stand below their message."""
NOT_IN_THE_CATALOGUE = frozenset((
    "bad-pattern", "encoding-unsure", "for-one-reader", "left-behind", "login-in-address", "not-a-picture",
    "not-importable", "original-damaged", "same-address", "text-cut", "undecodable", "unknown-name",
))  # fmt: skip
"""Codes of which some messages have no texts in the catalogue yet. It may become shorter only."""


@pytest.mark.parametrize("language", languages())
def test_the_page_is_the_one_that_the_catalogue_makes(language: str) -> None:
    written = page_file(language).read_text(encoding="utf-8")
    assert written == page_of(language), "stale: python -m tests.update problems"


@pytest.mark.parametrize("language", languages())
def test_every_language_explains_every_code_in_the_same_order(language: str) -> None:
    assert list(about(language)) == list(about("en"))


@pytest.mark.parametrize("language", languages())
def test_every_example_has_its_place(language: str) -> None:
    places = {key.removesuffix(".about"): text.split("\n").count(PLACE) for key, text in about(language).items()}
    assert {code: number for code, number in places.items() if number} == {
        code: len(groups) for code, groups in examples().items()
    }


@each_row("key", [key for key, text in about("en").items() if text != PLACE])
def test_the_korean_of_a_cause_is_korean(key: str) -> None:
    assert any("가" <= letter <= "힣" for letter in about("ko")[key])


@each_row("code", sorted(examples().keys() - NOT_IN_THE_CATALOGUE))
def test_every_example_is_a_message_as_it_is_printed(code: str) -> None:
    lines = [line for group in examples()[code] for line in group.split("\n") if line not in OTHER_LINES]
    assert [line for line in lines if translated(line, code, "en") != line] == []


@each_row("code", sorted(examples().keys() - NOT_IN_THE_CATALOGUE))
def test_every_example_can_be_said_in_korean(code: str) -> None:
    lines = [line for group in examples()[code] for line in group.split("\n") if line not in OTHER_LINES]
    said = [translated(line, code, "ko") or "" for line in lines]
    assert all(any("가" <= letter <= "힣" for letter in line) for line in said)


def test_an_example_is_found_with_its_values() -> None:
    line = 'content/a.md:4:9: Unknown theme "transprot". Did you mean "transport"? Themes are listed in site.yaml.'
    assert translated(line, "unknown-theme", "ko") == (
        'content/a.md:4:9: "transprot"이라는 주제가 없습니다. 혹시 "transport"인가요? 주제는 site.yaml에 적혀 있습니다.'
    )
    assert messages_of("This is printed by nobody.", "unknown-theme") == ()


def test_a_warning_is_marked_in_the_language() -> None:
    line = "site.yaml: warning: No themes are listed here, and 12 articles name none."
    assert (
        translated(line, "no-theme", "ko")
        == "site.yaml: 경고: 여기에 주제가 없고, 주제를 적지 않은 글이 12건 있습니다."
    )
