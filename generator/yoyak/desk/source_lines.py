"""Where quoted words stand in a file, whatever marks of Markdown are between their letters."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from yoyak.front_matter.read import split
from yoyak.review.anchors import CONTEXT
from yoyak.review.markup import MarkupPart, parts, places
from yoyak.text.decoding import UndecodableError, file_text

_MOST = 20
"""Places that are looked at."""


class SourceSpot(NamedTuple):
    """Where words stand in a file."""

    start: int
    end: int
    line: int
    """From 1."""


def source_text(data: bytes) -> str:
    """Return the text of a file, empty when it cannot be read."""
    try:
        return file_text(data)
    except UndecodableError:
        return ""


def spot_of(source: str, words: str, before: str = "", after: str = "") -> SourceSpot | None:
    """Return where some words stand in a file; None when they are not found, or nobody knows where.

    `before` and `after` are the words around them, which decide between several places.
    """
    found = _spots(source, words)
    if len(found) > 1:
        found = _spots(source, words, before[-CONTEXT:].lstrip(), after[:CONTEXT].rstrip())
    return found[0] if len(found) == 1 else None


def _spots(source: str, words: str, before: str = "", after: str = "") -> list[SourceSpot]:
    """Return where some words stand in a file, below its front matter, each once."""
    found: dict[int, SourceSpot] = {}
    if not words.strip():
        return []
    start, row = _body(source)
    for match in places(row, before + words + after):
        spans = match.spans[len(before) : len(before) + len(words)]
        first, last = start + spans[0][0], start + spans[-1][1]
        found[first] = SourceSpot(first, last, source.count("\n", 0, first) + 1)
        if len(found) == _MOST:
            break
    return list(found.values())


@lru_cache(maxsize=2)
def _body(source: str) -> tuple[int, tuple[MarkupPart, ...]]:
    start = sum(len(line) + 1 for line in source.split("\n")[: split(source).body_line - 1])
    return start, parts(source[start:])
