"""Text in a terminal: how many columns it takes, how it is wrapped, and what in it may not get there as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import category, east_asian_width

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
# What turns the direction of the text around it, breaks a line, or is half of a character.
_STEERING = re.compile("[\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def printable(text: str) -> str:
    """Return a text of one line that cannot steer a terminal: a control is ``�``, a turn of direction ``<U+202E>``.

    Names of files and whatever was pasted may have any of them.
    """
    return _STEERING.sub(lambda found: f"<U+{ord(found[0]):04X}>", _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text))


def columns(text: str) -> int:
    """Return the columns that a text takes: a syllable of Hangul two, a mark on another letter none.

    >>> columns("가온 AI")
    7
    """
    return sum(map(_columns_of, text)) if not text.isascii() else len(text)


def _columns_of(character: str) -> int:
    if category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if east_asian_width(character) in "WF" else 1


def padded(text: str, width: int) -> str:
    """Return `text` with spaces behind it up to so many columns."""
    return text + " " * max(0, width - columns(text))


def wrapped(text: str, width: int) -> Iterator[str]:
    """Yield the rows of a text of one line, none wider than `width` columns; a word that is wider is broken.

    Every word is in them, in order.
    """
    row, used = "", 0
    for word in text.split(" "):
        for piece in _pieces(word, width):
            wide = columns(piece)
            if row and used + 1 + wide > width:
                yield row
                row, used = "", 0
            row, used = (f"{row} {piece}", used + 1 + wide) if row else (piece, wide)
    yield row


def _pieces(word: str, width: int) -> Iterator[str]:
    """Yield a word in pieces that fit."""
    start = used = 0
    for index, character in enumerate(word):
        wide = _columns_of(character)
        if used + wide > width and index > start:
            yield word[start:index]
            start, used = index, 0
        used += wide
    yield word[start:]
