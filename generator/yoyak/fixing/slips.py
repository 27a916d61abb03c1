"""One slip of the finger: a letter missing, doubled, wrong, or two letters in each other's place."""

from __future__ import annotations

from collections.abc import Iterable
from unicodedata import normalize


def nearest(word: str, known: Iterable[str], *, shortest: int = 4) -> str:
    """Return the one of the `known` words that `word` is, or is one slip away from; empty for none or several.

    Case, spaces around, and ``-`` for ``_`` are no slip at all. More than one slip is no slip: `unapproved` is not
    `approved`. In words of fewer than `shortest` letters a slip makes another word.

    >>> nearest("titel", ["title", "tags"])
    'title'
    """
    words = list(dict.fromkeys(known))
    same = [candidate for candidate in words if _plain(candidate) == _plain(word)]
    if same:
        return same[0] if len(same) == 1 else ""
    near = [c for c in words if max(len(c), len(word)) >= shortest and _one_slip(_plain(word), _plain(c))]
    return near[0] if len(near) == 1 else ""


def _plain(word: str) -> str:
    return normalize("NFC", word).strip().casefold().replace("-", "_")


def _one_slip(word: str, other: str) -> bool:
    """Tell whether the words are one edit apart (Damerau's four)."""
    if abs(len(word) - len(other)) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), min(len(word), len(other)))
    rest, goal = word[start:], other[start:]
    swapped = rest[1:2] + rest[:1] + rest[2:] == goal and len(rest) > 1
    return swapped or rest[1:] == goal[1:] or rest[1:] == goal or rest == goal[1:]
