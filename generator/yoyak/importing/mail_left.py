"""What was left out of a mail, and how the import says so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import shorten

from yoyak.importing.words import in_a_row
from yoyak.model.message import Words, say
from yoyak.model.types import Record

_MOST = 8


class Left(Record, kw_only=True):
    """What was left out of a mail."""

    hidden: tuple[str, ...] = ()
    """Text that nobody sees."""
    lines: tuple[str, ...] = ()
    """Lines and links of the letter, not of its text."""
    unlinked: tuple[Words, ...] = ()
    """Words that stay, without their link."""
    counters: int = 0
    """Pictures that count openings."""


def left_words(left: Left) -> Iterator[Words]:
    """Yield what was left out, in words for a message."""
    if left.hidden:
        yield say("mail-left.hidden", words=_listed(left.hidden))
    if left.lines:
        yield _listed(left.lines)
    if left.unlinked:
        yield say("mail-left.links", words=_listed(left.unlinked))
    if left.counters:
        yield say("mail-left.counters", count=left.counters)


def _listed(words: Sequence[Words]) -> Words:
    named = in_a_row(map(_quoted, words[:_MOST]))
    return say("and-more", words=named, number=len(words) - _MOST) if len(words) > _MOST else named


def _quoted(word: Words) -> Words:
    return f'"{shorten(word, 60, placeholder=" …")}"' if isinstance(word, str) else say("quoted", word=word)
