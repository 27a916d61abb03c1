"""Words that messages of an import share: several of them in a row."""

from __future__ import annotations

from collections.abc import Iterable

from yoyak.model.message import Words, say


def in_a_row(words: Iterable[Words], by: str = "in-a-row") -> Words:
    """Return words with commas between them, or what else the text `by` puts there; a text when all are texts."""
    every = tuple(words)
    if len(every) < 2:
        return every[0] if every else ""
    first, *rest = every
    return say(by, first=first, rest=in_a_row(rest, by))
