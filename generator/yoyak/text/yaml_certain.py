"""The short way for heads that mean the same to everybody, as most do: no shadow and no parser is needed for them.

It takes a head whole or not at all. What it takes it reads as the long way would; a test holds the two together.
"""

from __future__ import annotations

import re
from unicodedata import is_normalized

from yoyak.text.yaml_tree import Mapping, Node, Scalar, Sequence

# A quoted text without escapes, a list of those or of single words, an address, a day or a moment, plain words.
_LINE = re.compile(
    r"""(?P<key>[a-z_]+):[ ](?P<value>
        "(?P<quoted>[^"\\\x00-\x1f]*)"
        | (?P<list>\[(?:"[^"\\\x00-\x1f]*"|[\w-]+)(?:,[ ](?:"[^"\\\x00-\x1f]*"|[\w-]+))*\])
        | https?://[\w./%~-]+
        | \d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:[+-]\d\d:\d\d)?)?
        | \w[\w.-]*(?:[ ]\w[\w.,-]*)*
    )""",
    re.VERBOSE,
)
_ITEM = re.compile(r'"([^"]*)"|[\w-]+')


def certain_mapping(text: str, first_line: int) -> Mapping | None:
    """Return the node of a head of which every line is certain, else None."""
    if not is_normalized("NFC", text):
        return None
    entries: list[tuple[Scalar, Node]] = []
    for line, written in enumerate(text.removesuffix("\n").split("\n"), first_line):
        match = _LINE.fullmatch(written)
        if match is None:
            return None
        entries.append((Scalar(match["key"], line, 1, plain=True), _node(match, line)))
    if len({key.text for key, _ in entries}) < len(entries):
        return None
    return Mapping(tuple(entries), first_line, 1)


def _node(match: re.Match[str], line: int) -> Node:
    column = match.start("value") + 1
    if match["quoted"] is not None:
        return Scalar(match["quoted"], line, column, plain=False)
    if match["list"] is None:
        return Scalar(match["value"], line, column, plain=True)
    items = tuple(_item(item, line, column) for item in _ITEM.finditer(match["list"]))
    return Sequence(items, line, column, match["list"])


def _item(item: re.Match[str], line: int, column: int) -> Scalar:
    quoted = item[1] is not None
    return Scalar(item[1] if quoted else item[0], line, column + item.start(), plain=not quoted)
