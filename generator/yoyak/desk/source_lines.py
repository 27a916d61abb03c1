"""Where quoted words stand in a file, whatever marks of Markdown are between their letters."""

from __future__ import annotations

import re
from typing import NamedTuple
from unicodedata import normalize

from yoyak.front_matter.read import split
from yoyak.review.anchors import CONTEXT
from yoyak.text.decoding import UndecodableError, file_text

_MARK = r"[*_~`=\[\]\\]|\]\([^()\s]{0,300}\)|</?[a-z]{1,10}>"
_MARKS = rf"(?:{_MARK})*"
_GAP = rf"(?:[\s>]|{_MARK}|<br\s{{0,3}}/>)+"
_LONGEST = 300
"""Letters of words that are looked for through marks; longer ones are found when none is between them."""


class Spot(NamedTuple):
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


def spot_of(source: str, words: str, before: str = "", after: str = "") -> Spot | None:
    """Return where some words stand in a file; None when they are not found, or nobody knows where.

    `before` and `after` are the words around them, which decide between several places.
    """
    found = spots(source, words)
    if len(found) > 1 and before.strip():
        found = spots(source, words, before[-CONTEXT:].lstrip())
    if len(found) > 1 and after.strip():
        found = spots(source, words, before[-CONTEXT:].lstrip(), after[:CONTEXT].rstrip())
    return found[0] if len(found) == 1 else None


def spots(source: str, words: str, before: str = "", after: str = "") -> list[Spot]:
    """Return where some words stand in a file, below its front matter."""
    text = re.escape(words) if len(words) > _LONGEST else _pattern(words)
    if not text:
        return []
    lead = f"{_pattern(before)}{_GAP if before[-1:].isspace() else _MARKS}" if before.strip() else ""
    trail = f"(?={_GAP if after[:1].isspace() else _MARKS}{_pattern(after)})" if after.strip() else ""
    start = sum(len(line) + 1 for line in source.split("\n")[: split(source).body_line - 1])
    found = re.compile(f"{lead}({text}){trail}").finditer(source, start)
    return [Spot(one.start(1), one.end(1), source.count("\n", 0, one.start(1)) + 1) for one in found]


def _pattern(words: str) -> str:
    text = normalize("NFC", words).split()
    return _GAP.join(_MARKS.join(re.escape(letter) for letter in word) for word in text)
