"""Warnings for titles and names with characters that nobody sees or that look like others. The text itself is kept."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

from yoyak.model.message import Problem, say
from yoyak.model.types import Person
from yoyak.readers.source import SourceReading
from yoyak.text.characters import is_everyday

if TYPE_CHECKING:
    from yoyak.text.odd_letters import Odd

_NAMES = ("title", "subtitle", "tags", "themes", "source", "authors", "label")
MANY = 10
"""Warnings of one file; more help nobody."""


def odd_names(read: SourceReading) -> Iterator[Problem]:
    """Yield a warning for each odd character of the values that stand in lists, addresses and headings."""
    texts = {key: _texts(read.fields[key].value) for key in _NAMES if key in read.fields}
    if is_everyday("\n".join(text for found in texts.values() for text in found)):
        return
    from yoyak.text.odd_letters import called, odd_letters  # here, for a name that is not everyday

    found = ((key, odd) for key, texts in texts.items() for text in texts for odd in odd_letters(text))
    for key, odd in islice(found, MANY):
        yield (_hidden if odd.why == "hidden" else _alike)(read, key, odd, called(odd.character))


def _hidden(read: SourceReading, key: str, odd: Odd, name: str) -> Problem:
    line, column = _place(read, key, odd)
    return Problem(
        code="hidden-character",
        severity="warning",
        message=say("hidden-character", key=key, character=name),
        hint=say("hidden-character.hint"),
        path=read.path,
        line=line,
        column=column,
    )


def _alike(read: SourceReading, key: str, odd: Odd, name: str) -> Problem:
    line, column = _place(read, key, odd)
    return Problem(
        code="look-alike-letter",
        severity="warning",
        message=say("look-alike-letter", word=odd.word, key=key, character=name),
        hint=say("look-alike-letter.hint"),
        path=read.path,
        line=line,
        column=column,
    )


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, Person):
        return [value.name]
    return [text for part in value for text in _texts(part)] if isinstance(value, tuple) else []


def _place(read: SourceReading, key: str, odd: Odd) -> tuple[int, int]:
    """Return where the character stands in the file; where its value begins, if an escape stands for it."""
    line, column = read.lines.get(key) or next(((e.line, 0) for e in read.fields[key].evidence if e.line), (0, 0))
    lines = read.text.split("\n")
    for number in range(max(line, 1), min(line + 60, len(lines)) + 1):
        at = lines[number - 1].find(odd.word or odd.character, column - 1 if number == line and column else 0)
        if at >= 0:
            return number, at + 1 + odd.word.find(odd.character) if odd.word else at + 1
        if not line:
            break
    return line, column
