"""The short way for heads that mean the same to everybody, as most do: no shadow and no parser is needed for them.

It takes a head whole or not at all. What it takes it reads as the long way would; a test holds the two together.
"""

from __future__ import annotations

import re
from unicodedata import is_normalized

from yoyak.front_matter.yaml_tree import Mapping, Node, Scalar, Sequence

_WORDS = r"(?:\w[\w-]*(?:[ ]\w[\w-]*)+|[\w-]+)"
# A quoted text without escapes, a list of those or of words, an address, a day or a moment, plain words with the signs
# that mean nothing behind a letter.
_LINE = re.compile(
    rf"""(?P<key>[a-z_]+):[ ](?P<value>
        "(?P<quoted>[^"\\\x00-\x1f]*)"
        | (?P<list>\[(?:"[^"\\\x00-\x1f]*"|{_WORDS})(?:,[ ](?:"[^"\\\x00-\x1f]*"|{_WORDS}))*\])
        | https?://[\w./%~-]+
        | \d{{4}}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:[+-]\d\d:\d\d)?)?
        | [\w“‘][\w.,?!%/()·…“”‘’-]*(?:[ ][\w.,?!%/()·…“”‘’-]+)*
    )""",
    re.VERBOSE,
)
_ITEM = re.compile(rf'"([^"]*)"|{_WORDS}')


def certain_mapping(text: str, first_line: int) -> Mapping | None:
    """Return the node of a head of which every line is certain, else None."""
    if not is_normalized("NFC", text):
        return None
    entries: list[tuple[Scalar, Node]] = []
    for line, written in enumerate(text.removesuffix("\n").split("\n"), first_line):
        match = _LINE.fullmatch(written)
        if match is None:
            return None
        key, value, quoted, items = match.groups()
        entries.append((Scalar(key, line, 1, plain=True), _node(value, quoted, items, line, len(key) + 3)))
    if len({key.text for key, _ in entries}) < len(entries):
        return None
    return Mapping(tuple(entries), first_line, 1)


def _node(value: str, quoted: str | None, items: str | None, line: int, column: int) -> Node:
    if quoted is not None:
        return Scalar(quoted, line, column, plain=False)
    if items is None:
        return Scalar(value, line, column, plain=True)
    found = [_item(item, line, column) for item in _ITEM.finditer(items)]
    return Sequence(tuple(found), line, column, items)


def _item(item: re.Match[str], line: int, column: int) -> Scalar:
    quoted = item[1]
    return Scalar(item[0] if quoted is None else quoted, line, column + item.start(), plain=quoted is None)
