"""Golden readings of the captures in tests/captures/: how they are read, printed for a person, and written anew."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from readers.worlds import around
from yoyak.messages.catalogue import paragraph
from yoyak.model.sources import Block, Reading
from yoyak.model.types import Person
from yoyak.readers.capture.read import read_capture
from yoyak.text.calendar import Moment

CAPTURES = Path(__file__).parent / "captures"


def capture_names() -> list[str]:
    """Return the names of the captures."""
    return sorted(path.stem for path in CAPTURES.glob("*.txt") if not path.name.endswith(".reading.txt"))


def reading_file(name: str) -> Path:
    return CAPTURES / f"{name}.reading.txt"


def reading_of(name: str) -> str:
    """Return how a capture is read: its fields, its body in short, and every line with its label beside it."""
    text = (CAPTURES / f"{name}.txt").read_text(encoding="utf-8")
    reading = read_capture(text, around(path=f"content/{name}.txt"))
    parts = (_fields(reading), _body(reading), _lines(reading, text), map(paragraph, reading.problems))
    return "\n\n".join(part for part in map("\n".join, parts) if part) + "\n"


def _fields(reading: Reading) -> Iterator[str]:
    for name, field in reading.fields.items():
        yield f"{name:<14}{field.confidence:.2f}  {_words(field.value)}"
        for other in field.alternatives:
            yield f"{'':<14}  or  {_words(other)}"


def _words(value: Any) -> str:
    if isinstance(value, Moment):
        return value.value.isoformat() if not value.day_only else value.value.date().isoformat()
    if isinstance(value, Person):
        return f"{value.name} <{value.email}>" if value.email else value.name
    return ", ".join(map(_words, value)) if isinstance(value, tuple) else str(value)


def _body(reading: Reading) -> Iterator[str]:
    for block in reading.blocks:
        yield f"{block.kind:<10}{_ends(block)}" + (f"  [{block.credit}]" if block.credit else "")


def _ends(block: Block) -> str:
    text = block.text.replace("\n", " / ")
    return text if len(text) <= 60 else f"{text[:36]} … {text[-20:]}"


def _lines(reading: Reading, text: str) -> Iterator[str]:
    labels = {line.n: line for line in reading.lines}
    for n, raw in enumerate(text.split("\n"), 1):
        if label := labels.get(n):
            mark = "+" if label.kept else "-"
            yield f"{n:>3} {mark} {label.label:<10}{label.rule:<18} {label.confidence:.2f} │ {raw}"
