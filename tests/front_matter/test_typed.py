"""From text to typed keys: what each type takes, what it refuses, and the words of the refusal."""

# ruff: noqa: E501, ISC004 - the tables hold the exact words of messages

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any, get_args, get_type_hints
from zoneinfo import ZoneInfo

import pytest
from msgspec import UNSET

from rows import each_row
from yoyak.front_matter.read import text_keys
from yoyak.front_matter.typed import Converted, convert
from yoyak.front_matter.yaml_nodes import compose
from yoyak.messages.catalogue import paragraph, speak
from yoyak.model.schema import AuthorKeys, FrontMatter, ImageKeys, SiteKeys, TagKeys
from yoyak.model.targets import FolderTarget, GitTarget, Keys, Target

SEOUL = ZoneInfo("Asia/Seoul")
KINDS = [str(kind.__struct_config__.tag) for kind in get_args(Target)]
LIKE_THIS = "Write it like 2024-07-03 or 2024-07-03 15:05."
LANGUAGES = get_args(get_type_hints(SiteKeys)["language"])
SITE = "title: t\nbase_url: https://a.example/\ntimezone: Asia/Seoul\n"


def either(words: Iterable[str]) -> str:
    """Return ``a, b or c``."""
    *most, last = words
    return f"{', '.join(most)} or {last}"


def read(text: str, keys: type[Keys] = FrontMatter) -> Converted[Any]:
    composed = compose(text, "a.md", 1, text_keys(keys))
    assert composed.problems == ()
    return convert(composed.node, keys, "a.md", SEOUL)


def value_of(text: str, keys: type[Keys] = FrontMatter) -> Any:
    converted = read(text, keys)
    assert converted.problems == ()
    key = text.removeprefix(SITE).split(":")[0]
    return getattr(converted.value, key)


@each_row(
    ("text", "value"),
    [
        ("title: no", "no"),
        ("title: ''", ""),
        ("title: '  a  '", "  a  "),
        ("title: \u1112\u1161\u11ab\u1100\u1173\u11af", "한글"),
        ("title: a\u202eb", "a\u202eb"),
        ("weight: 10", 10),
        ("weight: -3", -3),
        ("weight: '5'", 5),
        ("date: 2024-07-03 09:00", datetime(2024, 7, 3, 9, tzinfo=SEOUL)),
        ("tags: [a, b]", ("a", "b")),
        ("tags: []", ()),
        ("tags: 경제", ("경제",)),
        ("authors: 김기자", ("김기자",)),
        ("authors: [김기자, {name: 이기자, email: a@example.org}]", ("김기자", AuthorKeys(name="이기자", email="a@example.org"))),
        ("image: {src: a.jpg}", ImageKeys(src="a.jpg")),
        ("rights: link", "link"),
        ("subtitle:", UNSET),
        ("tags:", UNSET),
        ("weight:", 0),
    ],
)  # fmt: skip
def test_a_key_of_front_matter_is_read(text: str, value: Any) -> None:
    assert value_of(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("page_size: 50", 50),
        (
            "tags: {소버린 AI: {slug: ai, aliases: [소버린AI]}}",
            {"소버린 AI": TagKeys(slug="ai", aliases=("소버린AI",))},
        ),
        ("tags:\n  AI:\n", {"AI": TagKeys()}),
        ("deploy: {a: {kind: folder, path: ../x}}", {"a": FolderTarget(path="../x")}),
        (
            "deploy:\n  web: {kind: git, remote: 'git@example.org:a.git'}",
            {"web": GitTarget(remote="git@example.org:a.git")},
        ),
    ],
)
def test_a_key_of_a_site_is_read(text: str, value: Any) -> None:
    assert value_of(SITE + text, SiteKeys) == value


@each_row(
    ("text", "message"),
    [
        ("tags: [배, 섬]]", 'a.md:1:7: Text stands behind the list of "tags". If it is a list, write: tags: [배, 섬] If it is '
            'one text, write: tags: "[배, 섬]]"'),
        ("titel: x", 'a.md:1:1: Unknown key "titel". Did you mean "title"?'),
        ("Title: x", 'a.md:1:1: Unknown key "Title". Did you mean "title"?'),
        ("제목: x", 'a.md:1:1: Unknown key "제목". Did you mean "title"?'),
        ("글쓴이: x", 'a.md:1:1: Unknown key "글쓴이". Did you mean "authors"?'),
        ("발행 예약: 2099-01-01", 'a.md:1:1: Unknown key "발행 예약". Did you mean "publish_at"?'),
        ("source-url: x", 'a.md:1:1: Unknown key "source-url". Did you mean "source_url"?'),
        ("물때: x", 'a.md:1:1: Unknown key "물때". Correct it, or remove the line.'),
        ("image: {src: a, capton: b}", 'a.md:1:17: Unknown key "capton" of "image". Did you mean "caption"? Known here: src, '
            "alt, caption, credit."),
        ("image: {alt: a}", 'a.md:1:8: "image.src" is missing. A file next to the article, or an address.'),
        ("image:\n  src:\n", 'a.md:2:7: "image.src" has no value. A file next to the article, or an address.'),
        ("image: a.jpg", 'a.md:1:8: "image" must contain keys. Write: image: {src: a.jpg}'),
        ("title: [a]", 'a.md:1:8: "title" must be text, but a list stands here. Write: title: "[a]"'),
        ("title:\n  - a\n  - b", 'a.md:2:3: "title" must be text, but a list stands here. Put the text on one line, in quotes.'),
        ("lang: {a: b}", 'a.md:1:7: "lang" must be text, but there are keys here. Write: lang: "{a: b}"'),
        ("tags: {a, b}", 'a.md:1:7: "tags" must be a list. Write: tags: [a, b]'),
        ("tags: [a, [b]]", 'a.md:1:11: Item 2 of "tags" must be text, but a list stands here. Write: "[b]"'),
        ("tags:\n  - a\n  -\n", 'a.md:3:4: An item of "tags" is empty. Delete it, or write it.'),
        ("tags: a, b", 'a.md:1:7: warning: "tags" has one item, with a comma in it. If it is several, write: tags: [a, b]'),
        ("tags: a、b", 'a.md:1:7: warning: "tags" has one item, with a comma in it. If it is several, write: tags: [a, b]'),
        ("tags: a， b", 'a.md:1:7: warning: "tags" has one item, with a comma in it. If it is several, write: tags: [a, b]'),
        ("corrections: {date: 2024-07-03, note: x}", 'a.md:1:14: "corrections" must be a list. Give every item a line that begins '
            "with a dash: - date: …"),
        ("weight: 012", 'a.md:1:9: "weight" must be a whole number, not "012". Write: weight: 12'),
        ("weight: 1_000", 'a.md:1:9: "weight" must be a whole number, not "1_000". Write: weight: 1000'),
        ("weight: high", 'a.md:1:9: "weight" must be a whole number, not "high". Write it in digits, e.g. weight: 10'),
        ("weight: [1]", 'a.md:1:9: "weight" must be a number, but a list stands here.'),
        ("rights: Full", 'a.md:1:9: "rights" must be excerpt, full or link, not "Full". Did you mean "full"?'),
        ("status: 초안", 'a.md:1:9: "status" must be approved, draft, review or unlisted, not "초안". Did you mean "draft"?'),
        ("rights: 전문", 'a.md:1:9: "rights" must be excerpt, full or link, not "전문". Did you mean "full"?'),
        ("status: aproved", 'a.md:1:9: "status" must be approved, draft, review or unlisted, not "aproved". Did you mean "approved"?'),
        ("date: 2024-02-30", 'a.md:1:7: "date": {no such day}'),
        ("date: 2024-07-03 25:00", 'a.md:1:7: "date": {no such time}'),
        ("공개: 아니오", 'a.md:1:1: Unknown key "공개". Did you mean "status"?'),
        ("공개 여부: 비공개", 'a.md:1:1: Unknown key "공개 여부". Did you mean "status"?'),
        ("작성일: 2024-07-03", 'a.md:1:1: Unknown key "작성일". Did you mean "date"?'),
        ("date: 2026-13-01", f'a.md:1:7: "date": There is no month 13. {LIKE_THIS}'),
        ("updated: 2026년 13월 1일", f'a.md:1:10: "updated": There is no month 13. {LIKE_THIS}'),
        ("expires_at: 2026-02-30", f'a.md:1:13: "expires_at": There is no day 30 in 2026-02. {LIKE_THIS}'),
        ("date: 2026-07-03 25:00", f'a.md:1:7: "date": There is no time of day "25:00". {LIKE_THIS}'),
        ("date: 13월", f'a.md:1:7: "date": "13월" is not a date that is understood. {LIKE_THIS}'),
        ('summary: "a\\x07b"', 'a.md:1:10: "summary" holds an invisible character (U+0007). Delete it, or the escape that '
            "stands for it."),
        ("title:", "a.md:1:7: warning: The title is empty; it is taken from the text instead."),
        ("just text: [a]\n", 'a.md:1:1: Unknown key "just text". Correct it, or remove the line.'),
    ],
)  # fmt: skip
def test_a_mistake_in_front_matter_is_told_with_its_place(text: str, message: str) -> None:
    found = [paragraph(problem) for problem in read(text).problems]
    if "{no such" in message:  # the sentence is that of yoyak.text.dates
        assert found[0].startswith(message.partition("{")[0])
    else:
        assert found == [message]


@each_row("kind", KINDS)
def test_every_key_that_a_target_needs_is_named_when_it_is_missing(kind: str) -> None:
    for problem in read(f"{SITE}deploy: {{a: {{kind: {kind}}}}}", SiteKeys).problems:
        assert re.fullmatch(r'a\.md:4:13: "deploy\.a\.\w+" is missing\..*', paragraph(problem))


@each_row(
    ("text", "message"),
    [
        ("page_size: 0", 'a.md:4:12: "page_size" must be 1 or more and 1000 or less, not 0.'),
        ("review: {required: yes}", 'a.md:4:20: "review.required" must be true or false, not "yes". Write: required: true'),
        ("language: kr", f'a.md:4:11: "language" must be {either(sorted(LANGUAGES))}, not "kr".'),
        ("deploy: {a: {path: x}}", f'a.md:4:13: "deploy.a.kind" is missing. Write: {either(f"kind: {kind}" for kind in KINDS)}'),
        ("deploy: {a: {kind: foldr, path: x}}", f'a.md:4:20: "deploy.a.kind" must be {either(KINDS)}, not "foldr". '
            'Did you mean "folder"?'),
        ("deploy: {a: {kind: git, path: x}}", [
            'a.md:4:25: Unknown key "path" of "deploy.a". Known here: base_url, previews, remote, branch, message.',
            'a.md:4:13: "deploy.a.remote" is missing. The address or the path of a git repository.']),
        ("themes: [{slug: a, titel: b}]", [
            'a.md:4:20: Unknown key "titel" of item 1 of "themes". Did you mean "title"? Known here: slug, title, description, match.',
            'a.md:4:10: "title" of item 1 of "themes" is missing.']),
        ("tags: [a, b]", 'a.md:4:7: "tags" must hold names, each with a colon and its own keys.'),
        ("editions: weekly", 'a.md:4:11: "editions" must contain keys. Write: editions: {cadence: weekly}'),
    ],
)  # fmt: skip
def test_a_mistake_in_a_site_is_told_with_its_place(text: str, message: str | list[str]) -> None:
    expected = [message] if isinstance(message, str) else message
    assert [paragraph(problem) for problem in read(SITE + text, SiteKeys).problems] == expected


def test_all_mistakes_are_told_together_and_the_value_is_withheld() -> None:
    converted = read("titel: a\nweight: x\nrights: y\nlang: ko\n")
    assert {problem.line for problem in converted.problems} == {1, 2, 3}
    assert converted.value is None
    assert converted.partial is not None
    assert converted.partial.lang == "ko"


def test_a_warning_withholds_nothing() -> None:
    converted = read("tags: a, b\n")
    assert converted.value is not None
    assert converted.value.tags == ("a, b",)


def test_every_value_has_its_place() -> None:
    lines = read("tags: [a, b]\nauthors:\n  - name: c\n").lines
    assert lines == {
        "tags": (1, 7), "tags.0": (1, 8), "tags.1": (1, 11),
        "authors": (3, 3), "authors.0": (3, 5), "authors.0.name": (3, 11),
    }  # fmt: skip


def test_days_without_a_time_are_named() -> None:
    text = "date: 2024-07-03\nupdated: 2024-07-03 09:00\ncorrections:\n  - {date: 2024-07-04, note: x}\n"
    assert read(text).days == {"date"}


def test_many_unknown_keys_are_not_all_told() -> None:
    problems = read("".join(f"key{number}: x\n" for number in range(40))).problems
    assert len(problems) == 11
    assert speak(problems[-1].message) == "30 more keys are unknown."


def test_nothing_at_all_is_the_defaults() -> None:
    assert read("").value == FrontMatter()
