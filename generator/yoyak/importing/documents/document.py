"""What a document says, whichever program wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from html import escape
from importlib import import_module
from itertools import groupby
from types import ModuleType
from typing import NamedTuple

from yoyak.importing.found import NoTextError
from yoyak.importing.originals import kind_of_picture
from yoyak.model.message import Words, say
from yoyak.model.types import Record

MOST_BLOCKS = 8000


class Document(Record, kw_only=True):
    """A document as HTML, with what is not in it."""

    html: str
    """Its text from top to bottom. ``h1 class="title"`` is what its author calls its title."""
    pictures: Mapping[str, bytes] = {}
    """By the names that the HTML has."""
    made: datetime | None = None
    """When its program says that it was made: a guess at its date, since forms are used again for years."""
    lost: tuple[Words, ...] = ()
    """What is not in the HTML, as words: ``2 comments``."""
    guessed: bool = False
    """Its paragraphs are a guess, so that somebody has to look at it."""
    doubts: tuple[Words, ...] = ()
    """What is in the HTML and may not be meant, as sentences."""


class Item(NamedTuple):
    """A paragraph as HTML that may be an item of a list."""

    html: str
    mark: str = ""
    """``ul`` or ``ol``; empty when it is whole blocks."""
    level: int = 0


class Counts(dict[Words, int]):
    """What is left out, counted by its words."""

    def add(self, what: Words) -> None:
        self[what] = self.get(what, 0) + 1

    def words(self) -> tuple[Words, ...]:
        return tuple(
            say("lost.times", number=number, what=what) if number > 1 else what for what, number in self.items()
        )


class DocumentReader:
    """What is gathered while a document is read from top to bottom."""

    def __init__(self) -> None:
        self.counts = Counts()
        self.pictures: dict[str, bytes] = {}
        self.notes: list[str] = []

    def note(self, blocks: Iterable[str]) -> str:
        """Return the mark of a note, whose text comes to the end of the document."""
        number = len(self.notes) + 1
        self.notes.append("")  # one in its text has the next number
        inner = " ".join(re.sub(r"</?(?:p|h\d)\b[^>]*>", " ", block) for block in blocks)
        self.notes[number - 1] = f"<p><sup>[{number}]</sup> {inner.strip()}</p>"
        return f"<sup>[{number}]</sup>"

    def document(self, blocks: Iterable[str], made: datetime | None = None, doubts: tuple[Words, ...] = ()) -> Document:
        """Return what was read."""
        html, lost = "\n".join([*blocks, *self.notes]), self.counts.words()
        return Document(html=html, pictures=self.pictures, made=made, lost=lost, doubts=doubts)


def listed(items: Iterable[Item]) -> Iterator[str]:
    """Yield blocks, items of lists put together."""
    for is_list, run in groupby(items, lambda item: bool(item.mark)):
        together = list(run)
        yield from [_list(together)] if is_list else (item.html for item in together)


def _list(items: list[Item]) -> str:
    """Return items as nested lists; each level holds what is deeper than it."""
    html, open_levels = "", [(-1, "")]
    for item in items:
        while open_levels[-1][0] > item.level or open_levels[-1] == (item.level, "ul" if item.mark == "ol" else "ol"):
            html += f"</li></{open_levels.pop()[1]}>"
        if open_levels[-1][0] == item.level:
            html += "</li><li>"
        else:
            open_levels.append((item.level, item.mark))
            html += f"<{item.mark}><li>"
        html += item.html
    return html + "".join(f"</li></{mark}>" for _, mark in reversed(open_levels[1:]))


def bounded(number: int) -> None:
    """Refuse a document with more paragraphs than an article can have.

    Raises:
        NoTextError: it has.
    """
    if number > MOST_BLOCKS:
        raise NoTextError(say("too-many-paragraphs", number=number, most=MOST_BLOCKS), say("split-in-parts.hint"))


def link(words: str, address: str) -> str:
    return f'<a href="{escape(address)}">{words}</a>' if address and words else words


def picture(pictures: dict[str, bytes], name: str, data: bytes, alt: str = "") -> str:
    """Return a picture as HTML, and put its bytes under a name of its own."""
    known = next((known for known, there in pictures.items() if there == data), "")
    plain = name.replace("\\", "/").rpartition("/")[2][-60:] or "picture"
    stem = plain.rpartition(".")[0] or plain
    ending = kind_of_picture(data)[0]
    name = known or f"parts/{len(pictures) + 1}/{stem + ending if ending else plain}"
    pictures[name] = data
    return f'<img src="{escape(name)}" alt="{escape(alt)}">'


def moment(written: str | None) -> datetime | None:
    """Return a moment of ISO 8601 as programs write it."""
    try:
        found = datetime.fromisoformat((written or "").strip())
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


# --- the libraries that ``yoyak[documents]`` brings ------------------------------------------------------------------


COMMAND = 'pip install "yoyak[documents]"'


def needed(name: str, ending: str) -> ModuleType:
    """Return a library that only some desks need.

    Raises:
        NoTextError: it is not installed.
    """
    try:
        return import_module(name)
    except ImportError:
        raise NoTextError(
            say("needs-library", ending=ending, name=name), say("needs-library.hint", command=COMMAND)
        ) from None
