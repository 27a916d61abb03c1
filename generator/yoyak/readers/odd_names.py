"""What is odd about the names and addresses that a person wrote for an article. The text itself is kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any

from msgspec import structs

from yoyak.model.message import Problem, Words, problem_of, say, warning
from yoyak.model.types import Person
from yoyak.readers.source import SourceReading
from yoyak.text.names import unfit_for_windows
from yoyak.text.urls import old_address, pattern_in

if TYPE_CHECKING:
    from yoyak.text.odd_letters import Odd


# --- titles and names with characters that nobody sees or that look like others ----------------------------------


_NAMES = ("title", "subtitle", "tags", "themes", "source", "authors", "label")
MANY = 10
"""Warnings of one file; more help nobody."""


def odd_names(read: SourceReading) -> Iterator[Problem]:
    """Yield a warning for each odd character of the values that stand in lists, addresses and headings."""
    texts = {key: _texts(read.fields[key].value) for key in _NAMES if key in read.fields}
    if all(text.isascii() for found in texts.values() for text in found):
        return
    from yoyak.text.odd_letters import called, odd_letters  # here, for a name that is not ASCII

    found = ((key, odd) for key, texts in texts.items() for text in texts for odd in odd_letters(text))
    for key, odd in islice(found, MANY):
        (line, column), name = _place(read, key, odd), called(odd.character)
        if odd.why == "hidden":
            yield warning("hidden-character", read.path, line, column, key=key, character=name)
        else:
            word = odd.word
            yield warning("look-alike-letter", read.path, line, column, word=word, key=key, character=name)


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


# --- its slug and its old addresses: why no page can be at some of them ------------------------------------------


def old_addresses(
    written: tuple[str, ...], base_url: str, path: str, lines: Mapping[str, tuple[int, int]]
) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """Return the old addresses below the site's root, each once, and an error for each that is none."""
    found: list[str] = []
    problems: list[Problem] = []
    for number, one in enumerate(written):
        place = lines.get(f"aliases.{number}") or lines.get("aliases", (0, 0))
        parts = old_address(one, base_url)
        refused = pattern_problem("aliases", one, path, place)
        if refused is None and parts is None:
            refused = problem_of("bad-alias", path, address=one[:100])
        elif refused is None and (why := unfit(parts or ())):
            refused = problem_of("bad-alias.windows", path, address=one[:100], why=why)
        if refused:
            problems.append(structs.replace(refused, line=place[0], column=place[1]))
        else:
            found.append("/" + "/".join(parts or ()))
    return tuple(dict.fromkeys(found)), tuple(problems)


def without_unfit(read: SourceReading, base_url: str) -> SourceReading:
    """Return a reading without old addresses at which Windows can have no page, and with a warning for each of them.

    An import does so: whoever imports did not write them.
    """
    field = read.fields.get("aliases")
    refused = {one: why for one in field.value if (why := unfit(old_address(one, base_url) or ()))} if field else {}
    if field is None or not refused:
        return read
    kept = structs.replace(field, value=tuple(one for one in field.value if one not in refused))
    hint, fields = say("bad-alias.left-out"), {**read.fields, "aliases": kept}
    left = (
        warning("bad-alias.windows", read.path, hint=hint, address=one[:100], why=why) for one, why in refused.items()
    )
    return structs.replace(read, fields=fields, problems=(*read.problems, *left))


def unfit(parts: tuple[str, ...]) -> Words:
    """Return why a folder of a path cannot be made on Windows, as the end of a sentence; empty when all can."""
    return next((why for part in parts if (why := unfit_for_windows(part))), "")


def pattern_problem(key: str, written: str, path: str, place: tuple[int, int]) -> Problem | None:
    """Return an error when what is written for `slug` or `aliases` is filled in by another program for each page."""
    pattern = pattern_in(written)
    if not pattern:
        return None
    hint = say("address-pattern.slug") if key == "slug" else say("address-pattern.aliases")
    problem = problem_of("address-pattern", path, hint=hint, written=written[:100], pattern=pattern[:40])
    return structs.replace(problem, line=place[0], column=place[1])
