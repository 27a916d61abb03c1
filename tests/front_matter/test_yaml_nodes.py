"""YAML without its guesses: what is read, what is refused, and in which words."""

# ruff: noqa: E501, ISC004 - the tables hold the exact words of messages

from __future__ import annotations

from typing import Any

import pytest

from rows import each_row
from work import calls_of
from yoyak.front_matter.read import text_keys
from yoyak.front_matter.yaml_nodes import LIMIT, Composed, Mapping, Node, Scalar, compose
from yoyak.messages.catalogue import paragraph
from yoyak.model.schema import FrontMatter

TEXT = frozenset({"title", "summary", "tags", "tags[]", "name"})


def read(text: str, first_line: int = 1) -> Composed:
    return compose(text, "a.md", first_line, TEXT)


def problems(text: str) -> list[str]:
    return [paragraph(problem) for problem in read(text).problems]


def plain(node: Node | None) -> Any:
    """Return a node as lists, dicts and texts."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Mapping):
        return {key.text: plain(value) for key, value in node.entries}
    return None if node is None else [plain(item) for item in node.items]


@each_row(
    ("text", "tree"),
    [
        ("", None),
        ("# only a comment\n", None),
        ("weight: 012\nflag: no\nwhen: 12:30 # half past\n", {"weight": "012", "flag": "no", "when": "12:30"}),
        ("a: {b: [c, d], e: 'f'}\n", {"a": {"b": ["c", "d"], "e": "f"}}),
        ("a:\n- b\n- c: d\n  e: f\n", {"a": ["b", {"c": "d", "e": "f"}]}),
        ("a: [\n  b,  # a comment\n  c\n]\nd: e\n", {"a": ["b", "c"], "d": "e"}),
        ("tags: # three\n  - a\n", {"tags": ["a"]}),
        ("---\na: b\n", {"a": "b"}),
        ("a: b\r\nc: d\r\n", {"a": "b", "c": "d"}),
        ("a: b\rc: d", {"a": "b", "c": "d"}),
        ('{"title": "a",\n "b": ["c"]}\n', {"title": "a", "b": ["c"]}),
        ("소버린 AI: {slug: ai}\n", {"소버린 AI": {"slug": "ai"}}),
        ('"title": [속보] 말\n', {"title": "[속보] 말"}),
        ("a:\n\n  b: c\n", {"a": {"b": "c"}}),
    ],
)
def test_structure_is_yaml_and_every_value_is_text(text: str, tree: Any) -> None:
    composed = read(text)
    assert composed.problems == ()
    assert plain(composed.node) == tree


def test_a_node_knows_its_line_and_column_in_the_file() -> None:
    node = read("title: [속보] 말\ntags:\n  - 가\n  - 나: x\n", first_line=2).node
    assert isinstance(node, Mapping)
    (_, title), (key, tags) = node.entries
    assert title == Scalar("[속보] 말", 2, 8, plain=True)
    assert (key.line, key.column) == (3, 1)
    assert (tags.line, tags.column) == (4, 3)


def test_a_value_in_quotes_is_not_plain() -> None:
    node = read("title: '말'\nsummary: 말: 말\n").node
    assert isinstance(node, Mapping)
    assert [value.plain for _, value in node.entries if isinstance(value, Scalar)] == [False, True]


@each_row(
    ("text", "messages"),
    [
        ("a: &x b\nc: *x\nd: !!str e\n", [
            'a.md:1:4: "&" begins an anchor in YAML; those are not used here. If it belongs to the text, put the text in quotes.',
            'a.md:2:4: "*" begins an alias in YAML; those are not used here. If it belongs to the text, put the text in quotes.',
            'a.md:3:4: "!" begins a tag in YAML; those are not used here. If it belongs to the text, put the text in quotes.',
        ]),
        ("a: b\nc: d\na: e\n", ['a.md:3:1: "a" is written twice, on lines 1 and 3. Keep one of them.']),
        ("a: {b: c, b: d}\n", ['a.md:1:11: "b" is written twice, on one line. Keep one of them.']),
        ("\uac00: b\n\u1100\u1161: c\n", ['a.md:2:1: "\u1100\u1161" is written twice, on lines 1 and 2. Keep one of them.']),
        ("date: 2024-07-03\n  tags: [a]\n", ["a.md:2:1: This key is indented, but the key above it already has a value. Write: tags: [a]"]),
        ("title: a\n  slug: b\n", ["a.md:2:1: This key is indented, but the key above it already has a value. Write: slug: b"]),
        ("title: a\n\tdate: 2024-07-03\n", ['a.md:2:1: A tab indents this line; YAML indents with spaces only. Write, with spaces: '
             '"date: 2024-07-03"']),
        ("tags:\n\t- a\n", ["a.md:2:1: A tab indents this line; YAML indents with spaces only. Write, with spaces: "
            '"  - a"']),
        ("title: a\x07b\n", ["a.md:1:9: An invisible character (U+0007) stands here. Delete it; it came along when the "
            "text was copied."]),
        ("title: a\u2028b\n", ["a.md:1:9: An invisible character (U+2028, line separator) stands here. Delete it; it came "
            "along when the text was copied."]),
        ("title: \"a\u2028b\"\n", ["a.md:1:10: An invisible character (U+2028, line separator) stands here. Delete it; it came "
            "along when the text was copied."]),
        ("? [a]\n: b\n", [
            'a.md:2:1: This line is neither "key: value" nor part of the value above it. Indent it if it continues the line '
            "above; write --- above it if the text begins here.",
            "a.md:1:3: A list or a mapping stands where the name of a key is wanted. If it is text, put it in quotes.",
        ]),
        ("title:제목\n", ['a.md:1:1: This line is neither "key: value" nor part of the value above it. Write: title: 제목']),
        ("title：제목\n", ['a.md:1:1: This line is neither "key: value" nor part of the value above it. Write: title: 제목']),
        ("제목：말\n", ['a.md:1:1: This line is neither "key: value" nor part of the value above it. Write: 제목: 말']),
        ("공개 여부： 비공개\n", ['a.md:1:1: This line is neither "key: value" nor part of the value above it. Write: 공개 여부: 비공개']),
        ("status：　draft\n", ['a.md:1:1: This line is neither "key: value" nor part of the value above it. Write: status: draft']),
        ("status:\xa0draft\n", ['a.md:1:1: This line is neither "key: value" nor part of the value above it. Write: status: draft']),
        ("title: a\n본문이 여기서\n시작한다\n", [
            'a.md:2:1: This line is neither "key: value" nor part of the value above it. Indent it if it continues the line '
            "above; write --- above it if the text begins here."]),
        ("title: a\n- b\n", ["a.md:2:1: A list item stands here, but the key above it already has a value. Delete that "
            "value, or put it below as an item, too."]),
        ("slug: a: b\n", ['a.md:1:8: A colon and a space inside a value begin a new key in YAML. Write: slug: "a: b"']),
        ("slug: @a\n", ['a.md:1:7: A value cannot begin with "@" unless it is in quotes. Write: slug: "@a"']),
        ("slug: [a, b\nweight: 1\n", ['a.md:1:7: The "[" that opens this value is never closed. If it is a list, write: slug: '
            '[a, b] If it is text, write: slug: "[a, b"']),
        ("tags: [섬, 배, \nweight: 1\n", ['a.md:1:7: The "[" that opens this value is never closed. Write: tags: [섬, 배]']),
        ("tags: [섬, {배\nweight: 1\n", ['a.md:1:7: The "[" that opens this value is never closed. Write: tags: [섬, 배]']),
        ("tags: [city\n", ['a.md:1:7: The "[" that opens this value is never closed. Write: tags: [city]']),
        ("slug: {a: b: c}\n", ["a.md:1:12: A comma or the closing bracket is missing here. Put the text in it in quotes."]),
        ("a: b\n---\nc: d\n", ["a.md:2:1: A second YAML document or a directive stands here; only one plain document is read. "
            "Delete this line."]),
        ("title: a\n  # 말\nb: c\n", ['a.md:2:3: In YAML a "#" after a space begins a comment: the text from there on would '
            'be lost. Write: title: "a # 말"']),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_place_and_the_mend(text: str, messages: list[str]) -> None:
    assert problems(text) == messages


@each_row(
    ("text", "line"),
    [
        ("tags: [섬, 배\nweight: 1\n", "tags: [섬, 배]"),
        ("themes: [섬,\n  배,\nweight: 1\n", "themes: [섬, 배]"),
        ("authors: [김물결}\nweight: 1\n", "authors: [김물결]"),
        ("tags: [섬, 배)\n", "tags: [섬, 배]"),
        ('tags: ["섬, 배\nweight: 1\n', "tags: [섬, 배]"),
        ("tags: [섬, {배\nweight: 1\n", "tags: [섬, 배]"),
        ("tags: {섬, 배\nweight: 1\n", "tags: [섬, 배]"),
        ("title: [속보, 둘째\nweight: 1\n", 'title: "[속보, 둘째"'),
        ("image: {src: a.png, alt: 배\nweight: 1\n", "image: {src: a.png, alt: 배}"),
        ("date: [2024-07-03\nweight: 1\n", "date: 2024-07-03"),
    ],
)
def test_a_bracket_without_an_end_is_answered_with_the_one_line_that_is_right(text: str, line: str) -> None:
    found = compose(text, "a.md", 1, text_keys(FrontMatter)).problems
    mark = text[text.index(": ") + 2]
    said = f'a.md:1:{text.index(mark) + 1}: The "{mark}" that opens this value is never closed. Write: {line}'
    assert [paragraph(problem) for problem in found] == [said]


@each_row(
    ("text", "lines"),
    [
        ("title: 말\n\tdate: 2024-07-03\n", ["date: 2024-07-03"]),
        ("\ttitle: 말\n\tdate: 2024-07-03\n", ["title: 말", "date: 2024-07-03"]),
        ("image:\n\tsrc: a.png\n\talt: 배\ntitle: 말\n", ["  src: a.png", "  alt: 배"]),
        ("summary: 첫 줄\n\t둘째 줄\n", ["  둘째 줄"]),
        ("summary: |\n\t첫 줄\n\t둘째: 줄\n", ["  첫 줄", "  둘째: 줄"]),
        ("tags: [\n\t섬,\n\t배]\ntitle: 말\n", ["  섬,", "  배]"]),
        ("tags:\n  - 섬\n\t- 배\n", ["  - 배"]),
    ],
)
def test_a_tab_is_answered_with_the_line_that_belongs_there_and_with_nothing_else(text: str, lines: list[str]) -> None:
    found = compose(text, "a.md", 1, text_keys(FrontMatter)).problems
    assert [paragraph(one).partition("spaces only. ")[2] for one in found] == [
        f'Write, with spaces: "{line}"' for line in lines
    ]


def test_all_mistakes_of_a_file_are_told_together_and_the_rest_is_read() -> None:
    composed = read("slug: @a\ntitle: [속보] 말\nedition: a: b\ntags: [a, b\nweight: 1\ntitle: b\n")
    assert sorted(problem.line for problem in composed.problems) == [1, 3, 4, 6]
    assert isinstance(composed.node, Mapping)
    assert plain(composed.node)["title"] == "[속보] 말"
    assert plain(composed.node)["weight"] == "1"
    assert [key.text for key in composed.node.broken] == ["slug", "edition"]


BOMB = "a: &a [x, x]\n" + "".join(f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True))


@each_row(
    "text",
    [
        "[" * 40_000,
        "slug: " + "[" * 40_000,
        "title: " + "[" * 40_000,
        "{" * 60_000,
        "- " * 30_000,
        "? " * 30_000,
        "\n".join(f"{' ' * depth}a:" for depth in range(300)),
        BOMB,
        "a: !!python/object/apply:os.system [ls]\n",
        "title: " + "가" * (LIMIT // 3 + 1),
        "a" * (LIMIT + 1),
    ],
    ids=["brackets", "slug", "title", "braces", "dashes", "questions", "deep", "bomb", "tag", "large", "long"],
)
def test_hostile_yaml_is_refused_at_once(text: str) -> None:
    assert problems(text)
    assert calls_of(lambda: problems(text)) < 10_000


def test_text_up_to_the_limit_is_read() -> None:
    assert problems("title: " + "a" * (LIMIT - 7)) == []
    assert problems("title: " + "a" * (LIMIT - 6)) == [
        "a.md:1: These settings are longer than 64 KiB. Long text belongs below the closing --- line."
    ]


@pytest.mark.parametrize(
    "text", ["a: @\n" * 9_000, "title: x\n" * 7_000, "\ta\n" * 20_000, "tags:\n" + "- a # b\n" * 6_000]
)
def test_a_file_full_of_mistakes_gives_a_readable_number_of_problems(text: str) -> None:
    assert 0 < len(problems(text)) <= 60
