"""Where front matter begins and ends, and what happens when that is not clear: nothing is published by mistake."""

# ruff: noqa: E501 - the tables hold the exact words of messages

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yoyak.schema import FrontMatter, PageKeys, SiteKeys
from yoyak.text.front_matter import read_front_matter, split, text_keys

SEOUL = ZoneInfo("Asia/Seoul")


@pytest.mark.parametrize(
    ("text", "head", "body", "body_line"),
    [
        ("---\ntitle: a\n---\nbody\n", "title: a\n", "body\n", 4),
        ("---\ntitle: a\n...\nbody", "title: a\n", "body", 4),
        ("---  \ntitle: a\n---\t\nbody", "title: a\n", "body", 4),
        ("---\r\ntitle: a\r\n---\r\nbody\r\n", "title: a\r\n", "body\r\n", 4),
        ("---\rtitle: a\r---\rbody", "title: a\r", "body", 4),
        ("\ufeff---\ntitle: a\n---\nbody", "title: a\n", "body", 4),
        ("---\ntitle: a\n---", "title: a\n", "", 4),
        ("---\ntitle: a\n--- ", "title: a\n", "", 4),
        ("---\n---\nbody", "", "body", 3),
        ("---\n---", "", "", 3),
        ("---\ntitle: a\n---\n\n\nbody\n", "title: a\n", "\n\nbody\n", 4),
        ("---\ntitle: a\n---\nbody\n\n---\n\nmore", "title: a\n", "body\n\n---\n\nmore", 4),
        ("---\ntitle: |\n  ---\n---\nbody", "title: |\n  ---\n", "body", 5),
    ],
)
def test_a_file_is_cut_at_its_fences(text: str, head: str, body: str, body_line: int) -> None:
    parts = split(text)
    assert (parts.head, parts.head_line, parts.body, parts.body_line, parts.problem) == (head, 2, body, body_line, None)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "body",
        "# 제목\n\n본문\n",
        "본문\n\n---\n\n본문",
        "---\n\n본문이 줄 하나로 시작한다\n",
        "---\n그냥 글\n",
        "----------\n가온일보\n입력: 2024-07-03 09:00\n",
        "***\n\n글: 말\n",
        "- 첫째\n- 둘째: 말\n",
        "title: a\n\n그냥 첫 줄\n",
        "입력: 2024-07-03\n---\n본문",
        "<!doctype html>\n<title>a</title>",
        "```\ncode: x\n```\n",
    ],
)
def test_a_file_without_front_matter_is_all_body(text: str) -> None:
    parts = split(text)
    assert (parts.head, parts.body, parts.body_line, parts.problem) == (None, text, 1, None)


UNCLOSED = "The front matter that begins here is never closed. Write --- on a line of its own below the last key."
NO_FENCE = (
    "The article begins with keys, but the line above them is not a fence. "
    "Write exactly --- on the first line, and --- on a line of its own below the last key."
)
NO_FENCES = (
    "The article begins with keys, but there is no fence around them. "
    "Write --- on a line of its own above the first key, and one below the last."
)
NO_OPENING = "The article begins with keys, but there is no fence above them. Write --- on a line of its own above the first key."


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("---\ntitle: a\n\nbody\n", f"a.md:1:1: {UNCLOSED}"),
        ("---\ntitle: a", f"a.md:1:1: {UNCLOSED}"),
        ("---\n\nstatus: draft\n----\nbody", f"a.md:1:1: {UNCLOSED}"),
        ("---\ntitel: a\n\nbody\n", f"a.md:1:1: {UNCLOSED}"),
        ("--- title: a\nstatus: draft\n---\nbody", f"a.md:1:1: {NO_FENCE}"),
        ("---title: a\n---\nbody", f"a.md:1:1: {NO_FENCE}"),
        ("----\ntitle: a\n----\nbody", f"a.md:1:1: {NO_FENCE}"),
        ("--\ntitle: a\n--\nbody", f"a.md:1:1: {NO_FENCE}"),
        ("++++++\ntitle = 'a'\n++++++\nbody", f"a.md:1:1: {NO_FENCE}"),
        ("+++\ntitle = 'a'\n+++\nbody", f"a.md:1:1: {NO_FENCE}"),
        ("—-—\ntitle: a\n—-—\nbody", f"a.md:1:1: {NO_FENCE}"),
        ("———\nstatus: draft\n———\nbody", f"a.md:1:1: {NO_FENCE}"),
        ("―――\nstatus: draft\n", f"a.md:1:1: {NO_FENCE}"),
        ("```yaml\ntitle: a\n```\nbody", f"a.md:1:1: {NO_FENCE}"),
        ("===\ntitle: a\n===\nbody", f"a.md:1:1: {NO_FENCE}"),
        ("\n---\ntitle: a\n---\nbody", f"a.md:2:1: {NO_FENCE}"),
        (" ---\ntitle: a\n---\nbody", f"a.md:1:1: {NO_FENCE}"),
        ("----\n메모\nstatus： draft\n----\nbody", f"a.md:1:1: {NO_FENCE}"),
        ("title: a\nstatus: draft\n---\nbody", f"a.md:1:1: {NO_OPENING}"),
        ("status: draft\ntags:\n  - a\n---\nbody", f"a.md:1:1: {NO_OPENING}"),
        ("title: a\ndate: 2024-07-03\n\nbody", f"a.md:1:1: {NO_FENCES}"),
        ("source: a\r\ndate: 2024-07-03\r\n \r\nbody", f"a.md:1:1: {NO_FENCES}"),
        ("status: draft\n\n# a\n\nbody", f"a.md:1:1: {NO_FENCES}"),
    ],
)
def test_a_beginning_that_may_be_front_matter_is_never_published_as_text(text: str, message: str) -> None:
    result = read_front_matter(text, "a.md", FrontMatter, SEOUL)
    assert [str(problem) for problem in result.problems] == [message]
    assert (result.keys, result.body) == (None, "")


def test_keys_and_body_are_read() -> None:
    result = read_front_matter("---\ntitle: 제목: 말\nweight: 3\n---\nbody", "a.md", FrontMatter, SEOUL)
    assert result.keys == FrontMatter(title="제목: 말", weight=3)
    assert (result.body, result.body_line) == ("body", 5)
    assert result.lines == {"title": (2, 8), "weight": (3, 9)}


def test_an_error_withholds_the_keys_and_keeps_the_body() -> None:
    result = read_front_matter("---\ntitel: a\n---\nbody", "a.md", FrontMatter, SEOUL)
    assert (result.keys, result.body) == (None, "body")
    assert [str(problem) for problem in result.problems] == ['a.md:2:1: Unknown key "titel". Did you mean "title"?']


def test_mistakes_of_every_kind_are_told_together_in_order() -> None:
    text = "---\ntitle: 말 # 말\nweight: x\nslug: @a\ntitel: b\ntitle: c\n---\nbody"
    result = read_front_matter(text, "a.md", FrontMatter, SEOUL)
    assert [(problem.line, problem.code) for problem in result.problems] == [
        (2, "ambiguous-comment"),
        (3, "bad-number"),
        (4, "yaml-syntax"),
        (5, "unknown-key"),
        (6, "duplicate-key"),
    ]


def test_a_refused_value_is_told_once() -> None:
    result = read_front_matter('---\ndate: "2024-07-03\n---\n', "a.md", FrontMatter, SEOUL)
    assert [problem.code for problem in result.problems] == ["unclosed-quote"]


def test_a_file_without_front_matter_has_the_defaults() -> None:
    result = read_front_matter("body", "a.md", PageKeys, SEOUL)
    assert (result.keys, result.body, result.problems) == (PageKeys(), "body", ())


def test_text_keys_come_from_the_types_of_the_keys() -> None:
    assert text_keys(FrontMatter) >= {"title", "summary", "tags", "authors", "name", "caption", "note"}
    assert not text_keys(FrontMatter) & {"date", "weight", "rights", "slug", "source_url", "image", "email"}
    assert text_keys(SiteKeys) >= {"title", "tagline", "words", "aliases"}
    assert not text_keys(SiteKeys) & {"base_url", "timezone", "language", "page_size", "path"}


@given(st.text(st.sampled_from("---\n\r=+—: atitle#\ufeff"), max_size=40))
def test_no_text_disappears_between_head_and_body(text: str) -> None:
    parts = split(text)
    assert parts.problem is not None or text.endswith(parts.body)
    assert parts.problem is not None or parts.head is not None or parts.body == text.removeprefix("\ufeff")


@given(st.text())
def test_any_text_is_read_without_an_exception(text: str) -> None:
    read_front_matter(text, "a.md", FrontMatter, SEOUL)
    read_front_matter(f"---\n{text}\n---\nbody", "a.md", FrontMatter, SEOUL)


@given(st.text(st.sampled_from("ab:-#[]{}'\"&*!|>%@`,? \n\t"), max_size=60))
def test_any_yaml_like_text_is_read_without_an_exception(text: str) -> None:
    read_front_matter(f"---\n{text}\n---\nbody", "a.md", FrontMatter, SEOUL)
