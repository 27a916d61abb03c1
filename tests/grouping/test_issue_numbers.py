"""The numbers of editions: counted from the oldest, set anew by the desk, and gaps reported."""

from __future__ import annotations

import pytest

from rows import each_row
from values import at, edition_note, site_config
from values import place as article
from yoyak.grouping.issue_numbers import numbers_of
from yoyak.grouping.publication import issues_of
from yoyak.messages.catalogue import sentence
from yoyak.model.types import Note, Place

WEEKS = ("2024-07-03", "2024-07-10", "2024-07-17", "2024-07-24")


def places(*dates: str, **more: str) -> tuple[Place, ...]:
    return tuple(article(f"a{date[5:]}", date, **more) for date in dates)


def numbers(
    articles: tuple[Place, ...], *notes: Note, first: int | None = 120, **config: str
) -> tuple[list[str], list[str]]:
    """Return the numbers, the oldest edition first, and the gaps that are reported."""
    settings = site_config(first_number=first, **config)
    issues, _ = issues_of(articles, notes, settings)
    found, problems = numbers_of(articles, issues, settings)
    return [found[key] for key in sorted(found)], [sentence(problem) for problem in problems]


def test_editions_are_counted_from_the_oldest() -> None:
    assert numbers(places(*WEEKS)) == (["120", "121", "122", "123"], [])


def test_without_a_first_number_only_what_a_file_says_is_a_number() -> None:
    assert numbers(places(*WEEKS), edition_note("2024-W28", number="제3호"), first=None) == (["제3호"], [])


@each_row(
    ("written", "found"),
    [
        ("121", ["120", "121", "122", "123"]),
        ("제121호", ["120", "제121호", "122", "123"]),
        ("１２１", ["120", "１２１", "122", "123"]),
        ("121-122", ["120", "121-122", "123", "124"]),
        ("121·122 합본호", ["120", "121·122 합본호", "123", "124"]),
        ("Vol. 2 No. 121", ["120", "Vol. 2 No. 121", "122", "123"]),
        ("특별호", ["120", "특별호", "121", "122"]),
        ("1", ["120", "1", "2", "3"]),
    ],
)
def test_a_number_of_a_file_is_counted_on_from(written: str, found: list[str]) -> None:
    assert numbers(places(*WEEKS), edition_note("2024-W28", number=written)) == (found, [])


@pytest.mark.parametrize("written", ["1210", "119", "120", "12"])
def test_a_number_that_does_not_follow_is_reported_and_counted_on_from(written: str) -> None:
    found, (said,) = numbers(places(*WEEKS), edition_note("2024-W28", number=written))
    assert found == ["120", written, str(int(written) + 1), str(int(written) + 2)]
    assert "2024-W28" in said
    assert written in said
    assert "2024-W27" in said


def test_a_week_without_an_edition_is_reported_with_the_line_that_settles_it() -> None:
    found, (said,) = numbers(places(WEEKS[0], WEEKS[2]))
    assert found == ["120", "121"]
    assert "2024-W28 between them has no article" in said
    assert "number: 121 in content/editions/2024-W29.md" in said
    assert "number: 122" in said


@pytest.mark.parametrize("written", ["121", "122"])
def test_a_week_without_an_edition_is_settled_by_a_number(written: str) -> None:
    note = edition_note("2024-W29", number=written)
    assert numbers(places(WEEKS[0], WEEKS[2]), note) == (["120", written], [])


def test_weeks_that_a_longer_edition_covers_are_not_missing() -> None:
    note = edition_note("2024-W28", **{"from": at("2024-07-08"), "to": at("2024-07-21")})
    assert numbers(places(WEEKS[0], WEEKS[1], WEEKS[3]), note) == (["120", "121", "122"], [])


@pytest.mark.parametrize("status", ["draft", "review"])
def test_an_edition_of_drafts_has_no_number(status: str) -> None:
    articles = (*places(WEEKS[0], WEEKS[2]), *places(WEEKS[1], status=status))
    assert numbers(articles, edition_note("2024-W29", number="121")) == (["120", "121"], [])


@pytest.mark.parametrize("keys", [{"expires_at": "2024-07-09"}, {"embargo_until": "2031-01-01"}])
def test_an_edition_keeps_its_number_when_its_articles_expire_or_wait(keys: dict[str, str]) -> None:
    away = article("b", WEEKS[1], **{key: at(value) for key, value in keys.items()})
    assert numbers((*places(WEEKS[0], WEEKS[2]), away)) == (["120", "121", "122"], [])


def test_an_edition_that_is_held_back_is_counted() -> None:
    assert numbers(places(*WEEKS[:3]), edition_note("2024-W28", status="draft"))[0] == ["120", "121", "122"]


def test_days_and_months_are_counted_too() -> None:
    found, (said,) = numbers(places("2024-07-01", "2024-07-02", "2024-07-04"), cadence="daily", first=1)
    assert (found, "2024-07-03" in said) == (["1", "2", "3"], True)
    assert numbers(places("2024-06-01", "2024-07-02"), cadence="monthly", first=0) == (["0", "1"], [])


def test_an_article_of_long_ago_costs_no_count_of_every_day_since() -> None:
    found, (said,) = numbers(places("0002-01-01", "2024-07-04"), cadence="daily", first=1)
    assert found == ["1", "2"]
    assert "0002-01-02" in said
