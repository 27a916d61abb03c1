"""YAML without its guesses: text becomes a tree of nodes in which every value is still text.

The types that want the values decide what they mean (`typed`).
"""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from unicodedata import is_normalized

from yoyak.front_matter.yaml_tree import Composed, Mapping, Node, Scalar, Sequence
from yoyak.model.message import Problem, say

__all__ = ["LIMIT", "Composed", "Mapping", "Node", "Scalar", "Sequence", "compose"]

LIMIT = 64 * 1024
"""Bytes of front matter; the longest that a person has reason to write is a twentieth of it."""


def compose(text: str, path: str, first_line: int, text_keys: AbstractSet[str], *, limit: int = LIMIT) -> Composed:
    """Return the node tree of `text`, which begins at `first_line` of the file `path`, and every problem in it.

    `text_keys` are the names of the keys whose values are text: what stands behind them on one line is taken as it is
    written, wherever YAML would refuse it, cut it or take it for something else.
    """
    if len(text) > limit or len(text.encode("utf-8", "replace")) > limit:
        return Composed(None, (_too_large(path, first_line, limit),))
    if certain := certain_mapping(text, first_line):
        return Composed(certain, ())
    from yoyak.front_matter.yaml_careful import compose_carefully  # here, with its parser, for heads that need it

    return compose_carefully(text, path, first_line, text_keys)


def _too_large(path: str, line: int, limit: int) -> Problem:
    return Problem(
        code="too-large",
        message=say("too-large", kib=limit // 1024),
        hint=say("too-large.hint"),
        path=path,
        line=line,
    )


# --- the short way for heads that mean the same to everybody, as most do -----------------------------------------
# It takes a head whole or not at all. What it takes it reads as the long way would; a test holds the two together.


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
