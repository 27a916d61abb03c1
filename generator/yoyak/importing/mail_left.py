"""What was left out of a mail, and how the import says so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import shorten

from yoyak.model.types import Record

_MOST = 8


class Left(Record, kw_only=True):
    """What was left out of a mail."""

    hidden: tuple[str, ...] = ()
    """Text that nobody sees."""
    lines: tuple[str, ...] = ()
    """Lines and links of the letter, not of its text."""
    unlinked: tuple[str, ...] = ()
    """Words that stay, without their link."""
    counters: int = 0
    """Pictures that count openings."""


def left_words(left: Left) -> Iterator[str]:
    """Yield what was left out, in words for a message."""
    if left.hidden:
        yield f"hidden text {_listed(left.hidden)}"
    if left.lines:
        yield f"{_listed(left.lines)}"
    if left.unlinked:
        yield f"the links of {_listed(left.unlinked)}, whose words stay"
    if left.counters:
        yield (
            "a picture that counts openings" if left.counters == 1 else f"{left.counters} pictures that count openings"
        )


def _listed(words: Sequence[str]) -> str:
    more = f" and {len(words) - _MOST} more" if len(words) > _MOST else ""
    return ", ".join(f'"{shorten(word, 60, placeholder=" …")}"' for word in words[:_MOST]) + more
