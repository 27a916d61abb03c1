"""Rendered words in their Markdown: which characters of the source make each letter that a reader sees."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import unescape
from typing import NamedTuple
from unicodedata import normalize

_PART = re.compile(
    r"""(?P<entity>&(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)
    | (?P<escape>\\[!-/:-@\[-`{-~])
    | (?P<space>(?:[^\S\n]|<br\s*/?>|\\(?=\n))*\n(?:[ \t]*>)*[ \t]* | [^\S\n]+ | <br\s*/?>)
    | (?P<none>\]\((?:\\.|[^()\\\n]|\([^()\n]*\))*\) | \]\[[^\]\n]*\]
      | </?[A-Za-z][^<>]*> | <!--.{0,2000}?--> | \{[:.\#][^}\n]*\})
    | (?P<maybe>[*_~`^=<>\[\]!|\u00ad\u200b-\u200f\u2060\ufeff])
    | [\u1100-\u115f][\u1160-\u11a7]?[\u11a8-\u11ff]? | .[\u0300-\u036f]*""",
    re.VERBOSE | re.DOTALL,
)
STEPS = 2_000_000
"""Parts of a source that are compared at most."""


class MarkupPart(NamedTuple):
    """A piece of a source that makes one letter, or none."""

    start: int
    end: int
    text: str
    """The letter; empty for a mark that makes none."""
    raw: str
    optional: bool
    """It may also make none: the star of ``*one*`` is a mark, that of ``2 * 3`` a letter."""


class Match(NamedTuple):
    """Where the letters of some words stand in a source."""

    spans: tuple[tuple[int, int], ...]
    """Start and end for each letter."""


def parts(source: str) -> tuple[MarkupPart, ...]:
    """Return the pieces of a Markdown source."""
    return tuple(_part(match) for match in _PART.finditer(source))


def _part(match: re.Match[str]) -> MarkupPart:
    raw, kind = match[0], match.lastgroup
    if kind == "none":
        text = ""
    elif kind == "space" or (kind == "entity" and unescape(raw).isspace()):
        text = " "
    else:
        text = unescape(raw) if kind == "entity" else raw[1:] if kind == "escape" else normalize("NFC", raw)
    return MarkupPart(match.start(), match.end(), text, raw, kind in ("none", "maybe"))


def places(row: Sequence[MarkupPart], words: str) -> Iterator[Match]:
    """Yield where words stand in a source, whatever marks stand between their letters; each in its shortest form."""
    steps = STEPS
    for first, part in enumerate(row):
        if not part.text or not words.startswith((part.text, part.raw)):
            continue
        for as_written in (True, False):
            found, taken = _match(row, first, words, as_written=as_written)
            steps -= taken
            if found:
                yield found
                break
        if steps < 0:
            return


def _match(row: Sequence[MarkupPart], first: int, words: str, *, as_written: bool) -> tuple[Match | None, int]:
    """Return the match that begins with a part, and how many parts were looked at.

    ``&amp;`` is five letters in code, one elsewhere; `as_written` takes it for five where both would do.
    """
    spans: list[tuple[int, int]] = []
    at = first
    while len(spans) < len(words):
        if at == len(row):
            return None, at - first
        part, wanted = row[at], len(spans)
        ways = (part.raw, part.text) if as_written else (part.text, part.raw)
        letters = next((text for text in ways if text and words.startswith(text, wanted)), "")
        if letters:
            spans += [(part.start, part.end)] * len(letters)
        elif not part.optional and not (part.text == " " and spans and words[wanted - 1] == " "):
            return None, at - first
        at += 1
    return Match(tuple(spans)), at - first
