"""Golden readings of the pages in tests/saved_pages/: how they are read, printed for a person, and written anew."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from readers.worlds import around
from yoyak.messages.catalogue import paragraph
from yoyak.model.sources import Block, Field, Reading
from yoyak.model.types import Person
from yoyak.readers.around import FoundPicture, Surroundings
from yoyak.readers.saved_page.read import read_saved_page
from yoyak.text.calendar import Moment
from yoyak.text.decoding import clean_text, decode

PAGES = Path(__file__).parent / "saved_pages"
BESIDE = ("bus.jpg", "bus.gif", "1.jpg", "2.jpg", "ferry-1024.jpg")
"""The pictures that every page finds in the folder that the browser saved beside it."""


def page_names() -> list[str]:
    """Return the names of the saved pages."""
    return sorted(path.stem for path in PAGES.glob("*.html"))


def reading_file(name: str) -> Path:
    return PAGES / f"{name}.reading.txt"


def read_page(name: str) -> Reading:
    """Return how a page is read, with its pictures beside it."""
    return read_saved_page(page_text(name), surroundings_of(name))


def page_text(name: str) -> str:
    return clean_text(decode((PAGES / f"{name}.html").read_bytes()).text)[0]


def surroundings_of(name: str) -> Surroundings:
    return around(f"content/{name}.html", tuple(f"content/{name}_files/{picture}" for picture in BESIDE))


def reading_of(name: str) -> str:
    """Return how a page is read: its fields with their evidence, its body, its problems."""
    reading = read_page(name)
    parts = (_fields(reading), _body(reading), map(paragraph, reading.problems))
    return "\n\n".join(part for part in map("\n".join, parts) if part) + "\n"


def _fields(reading: Reading) -> Iterator[str]:
    for name, field in reading.fields.items():
        yield f"{name:<14}{field.confidence:.2f}  {_words(field.value)}"
        yield f"{'':<18}  from {_evidence(field)}"
        for other in field.alternatives:
            yield f"{'':<18}  or {_words(other)}"


def _evidence(field: Field) -> str:
    return "; ".join(f"{one.rule} {one.selector}" if one.selector else one.rule for one in field.evidence)


def _words(value: Any) -> str:
    if isinstance(value, Moment):
        return value.value.isoformat() if not value.day_only else value.value.date().isoformat()
    if isinstance(value, Person):
        return f"{value.name} <{value.email}>" if value.email else value.name
    if isinstance(value, FoundPicture):
        return " | ".join(part for part in (value.src, value.alt, value.caption, value.credit) if part)
    return ", ".join(map(_words, value)) if isinstance(value, tuple) else str(value)


def _body(reading: Reading) -> Iterator[str]:
    for block in reading.blocks:
        yield f"{block.kind:<10}{_text(block)}" + (f"  [{block.credit}]" if block.credit else "")


def _text(block: Block) -> str:
    return block.text.replace("\n", " / ")
