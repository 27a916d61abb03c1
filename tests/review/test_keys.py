"""One key of front matter set to another value: only its lines change, and only when it is sure to say that."""

from __future__ import annotations

import os
import re
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml
from tests.review.heads import Generated, generated

from rows import each_row
from yoyak.front_matter.read import read_front_matter
from yoyak.messages.catalogue import speak
from yoyak.model.message import Message
from yoyak.model.schema import EditionKeys, FrontMatter
from yoyak.review.keys import Value, with_key
from yoyak.text.decoding import file_text

REFUSED = "The front matter cannot be edited here."
SEEDS = range(int(os.environ.get("YOYAK_HEADS", "200")))


def put(text: str, key: str, value: Value | None) -> str:
    made = with_key(text.encode(), key, value)
    assert isinstance(made, bytes), speak(made)
    return made.decode()


@each_row(
    ("before", "key", "value", "after"),
    [
        ("title: 옛 제목", "title", "새 제목", "title: 새 제목"),
        ("title: 옛 제목", "title", "[속보] 배: 둘", 'title: "[속보] 배: 둘"'),
        ('title: "옛 제목"', "title", "새 제목", 'title: "새 제목"'),
        ("title: '옛 제목'", "title", "그의 '말'", "title: '그의 ''말'''"),
        ("title:   옛", "title", "배 🚢 “말”", 'title: "배 🚢 “말”"'),
        ("title: |\n  옛\n  말\ntags: [a]", "title", "새", "title: 새\ntags: [a]"),
        (
            "summary: 옛\n  말이\n# 말\ntags: [a]",
            "summary",
            "첫 줄\n둘째",
            "summary: |\n  첫 줄\n  둘째\n# 말\ntags: [a]",
        ),
        ("status: draft  # 아직", "status", "approved", "status: approved  # 아직"),
        ('status: "draft" # "초안"', "status", "review", 'status: "review" # "초안"'),
        ("themes: [a, b]", "themes", ("b", "a"), "themes: [b, a]"),
        (
            "themes:\n  - a\n  # 둘째\n  - b\ntags: [c]",
            "themes",
            ("b", "a"),
            "themes:\n  # 둘째\n  - b\n  - a\ntags: [c]",
        ),
        ("themes:\n- a\n- b", "themes", ("a", "c: d", "b"), 'themes:\n- a\n- "c: d"\n- b'),
        ("themes: [a, # 하나\n  b]", "themes", ("b",), "# 하나\nthemes: [b]"),
        ("themes: a", "themes", ("b", "a"), "themes: [b, a]"),
        ("tags: [a]\n\n# 끝", "status", "approved", "tags: [a]\nstatus: approved\n\n# 끝"),
        ("tags: [a]", "title", "말", "title: 말\ntags: [a]"),
        ("title: 말\ntags: [a]", "subtitle", "둘", "title: 말\nsubtitle: 둘\ntags: [a]"),
        ("title: 말\nsubtitle: 둘", "subtitle", None, "title: 말"),
        ("title: 말\nsubtitle: 둘", "subtitle", "", "title: 말"),
        ("title: 말\nstatus: draft # 아직", "status", None, "title: 말\n# 아직"),
        ("  title: 말\n  tags: [a]", "status", "draft", "  title: 말\n  tags: [a]\n  status: draft"),
        (
            "authors:\n  - name: 한\n    email: a@b.example\n  - 도",
            "authors",
            ("도", "한"),
            "authors:\n  - 도\n  - name: 한\n    email: a@b.example",
        ),
        ("publish_at: 2024-07-03", "publish_at", "2024-07-04 09:00", "publish_at: 2024-07-04 09:00"),
        ("weight: 3", "weight", "10", "weight: 10"),
        ("title: 말", "title", "말", "title: 말"),
    ],
)
def test_only_the_lines_of_the_key_change(before: str, key: str, value: Value | None, after: str) -> None:
    assert put(f"---\n{before}\n---\n본문\n", key, value) == f"---\n{after}\n---\n본문\n"


@pytest.mark.parametrize("body", ["본문\n", "본문", "---\n본문\n", "\n\n본문", "# 제목\n\n본문\n", "- a\n- b\n"])
def test_a_file_without_front_matter_gets_one(body: str) -> None:
    made = with_key(body.encode(), "status", "approved")
    if isinstance(made, Message):
        assert body.startswith("---")
    else:
        assert made.decode() == f"---\nstatus: approved\n---\n{body}"


def test_an_empty_front_matter_gets_its_first_key() -> None:
    assert put("---\n---\n본문", "title", "말") == "---\ntitle: 말\n---\n본문"


def test_line_ends_encoding_and_mark_stay() -> None:
    text = "---\r\ntitle: 옛 제목이다\r\n---\r\n배가 떠난다는 말이다."
    for codec in ("utf-8-sig", "cp949", "utf-16"):
        assert with_key(text.encode(codec), "title", "새 제목이다") == text.replace("옛", "새").encode(codec)


@pytest.mark.parametrize(
    ("text", "key", "value", "expected"),
    [
        ("+++\ntitle = 'a'\n+++\n말", "title", "b", f"{REFUSED} It is written in TOML, not in YAML."),
        ("---\n{title: a}\n---\n말", "title", "b", f"{REFUSED} It stands between braces. Write one key a line."),
        ("---\ntitle: a\n---\n말", "status", "publshed", "status cannot be set here. "),
        ("---\nauthors: [{name: a, email: a@b.example}, b]\n---\n말", "authors", ("b", "a"), "authors cannot be set"),
        ("---\ntitle: a\ntitle: b\n---\n말", "title", "c", REFUSED),
        ("---\ntitle: a\n말", "title", "c", REFUSED),
        ("---\ntitle: a\n---\n말", "titel", "c", "titel cannot be set here. "),
    ],
)  # fmt: skip
def test_what_cannot_be_set_is_answered_with_the_reason(text: str, key: str, value: Value, expected: str) -> None:
    made = with_key(text.encode(), key, value)
    assert isinstance(made, Message)
    assert speak(made, "en").startswith(expected)
    assert speak(made, "ko")


def test_a_letter_that_the_encoding_has_not_is_refused() -> None:
    made = with_key("---\ntitle: 옛 제목이다\n---\n배가 떠난다는 말이다.".encode("cp949"), "title", "배 🚢")
    assert isinstance(made, Message)
    assert speak(made, "en") == 'The file is in cp949, which has no "🚢". Save it as UTF-8 first.'


def test_the_order_of_an_edition_is_set_in_its_own_keys() -> None:
    made = with_key(b"---\norder: [a, b]\n---\nnote\n", "order", ("b", "a"), EditionKeys)
    assert made == b"---\norder: [b, a]\n---\nnote\n"


# --- generated -------------------------------------------------------------------------------------


def _outside(text: str, key: str) -> list[str]:
    """Return the lines that are not those of a key: up to the next key, comment at the margin, empty line or fence."""
    head = re.match(r"---\n(.*?)^---\n", text, re.DOTALL | re.MULTILINE)
    if not head:
        return text.split("\n")
    entry = re.compile(
        rf"^{key}:.*\n(?:(?:[ -].*|\]|# 사이의 말)?\n(?!\Z))*?(?=^(?:\w+:|#(?! 사이)|---|\n(?:\w|#|---)))", re.MULTILINE
    )
    found = entry.search(text)
    rest = text[: found.start()] + text[found.end() :] if found else text
    return [line for line in rest.split("\n") if not line.lstrip().startswith("#")]


def _comments(text: str) -> list[str]:
    return sorted(re.findall(r"(?<![\w“])#(?: (?!줄이다|둘째: |말\b|b\b|아니다).*)$", text, re.MULTILINE))


def _loaded(text: str) -> dict[str, Any] | None:
    """Return what PyYAML reads in the front matter; None for what it does not take."""
    head = re.match(r"---\n(.*?)^---\n", text, re.DOTALL | re.MULTILINE)
    try:
        found = yaml.safe_load(head[1]) if head else {}
    except (yaml.YAMLError, ValueError):
        return None
    return found if isinstance(found, dict) else None if found else {}


@each_row("seed", SEEDS)
def test_of_any_front_matter_only_the_lines_of_the_key_change(seed: int) -> None:
    before: Generated = generated(seed)
    made = with_key(before.data, before.key, before.value)
    if isinstance(made, Message):
        assert "🚢" in str(before.value), speak(made)
        return
    text = made.decode(before.codec).replace("\r\n", "\n").replace("\r", "\n")
    old, new = before.text, text
    if not old.startswith("---\n") and new != old:
        assert new.endswith(f"---\n{old}")
        return
    assert _outside(new, before.key) == _outside(old, before.key)
    assert _comments(new) == _comments(old)
    _says_the_same(before, new)
    again = with_key(made, before.key, before.value)
    assert again == made


def _says_the_same(before: Generated, new: str) -> None:
    """Compare with PyYAML, where it reads both; and with our own reader."""
    old, now = _loaded(before.text), _loaded(new)
    if old is not None and now is not None:
        old.pop(before.key, None)
        found = now.pop(before.key, None)
        assert now == old
        wanted = before.value.strip() if isinstance(before.value, str) else before.value
        if wanted != ("[말]", "#섬"):  # a hashtag needs no quotes for us
            assert (tuple(found) if isinstance(found, list) else found.strip() if found else None) == wanted
    assert _keys(new.encode()) ^ _keys(before.data) <= {before.key}


def _keys(source: bytes) -> set[str]:
    lines = read_front_matter(file_text(source), "", FrontMatter, ZoneInfo("UTC")).lines
    return {key.partition(".")[0] for key in lines}
