"""From one source file to what it says: decode, front matter, the reader of its kind, and both put together.

Every value keeps where it came from; what front matter says wins over what was read from the rest.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import UNSET, structs

from yoyak.model import Kind, Person, Record, SourceFile
from yoyak.problems import Problem
from yoyak.readers.around import Surroundings
from yoyak.readers.found import FoundPicture
from yoyak.readers.kind import kind_of
from yoyak.reading import Evidence, Field, Reading
from yoyak.schema import AuthorKeys, FrontMatter, ImageKeys
from yoyak.text.dates import Moment, read_moment
from yoyak.text.decoding import StrayCharacter, UndecodableError, clean_text, decode
from yoyak.text.front_matter import FrontMatterResult, read_front_matter
from yoyak.text.sanitize import without_controls

_LEADING_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?!\d)")


class SourceReading(Record, kw_only=True):
    """Everything that one file says."""

    path: str
    kind: Kind
    encoding: str
    text: str
    """The whole decoded file."""
    fields: Mapping[str, Field]
    """By front-matter name, front matter's values first."""
    lines: Mapping[str, tuple[int, int]]
    """Line and column of each key of the front matter."""
    reading: Reading | None
    """None when the front matter cannot be understood: nothing else is trusted then."""
    problems: tuple[Problem, ...]


def read_source(source: SourceFile, around: Surroundings) -> SourceReading:
    """Return what a file says. Never raises for bad content: what is wrong stands in `problems`."""
    try:
        decoded = decode(source.data)
    except UndecodableError as error:
        problem = Problem(code="undecodable", path=source.path, message=str(error), hint="Save the file as UTF-8.")
        return _nothing(source.path, problem)
    text, strays = clean_text(decoded.text)
    front = read_front_matter(text, source.path, FrontMatter, around.zone)
    kind = kind_of(source.path, front.body)
    problems = (*front.problems, *_stray_characters(source.path, strays))
    if front.keys is None:
        return SourceReading(
            path=source.path,
            kind=kind,
            encoding=decoded.encoding,
            text=text,
            fields={},
            lines=front.lines,
            reading=None,
            problems=problems,
        )
    reading = reader_of(kind)(front.body, _here(source.path, front.keys, front.body_line, around))
    fields = {**{name: _cleaned(field) for name, field in reading.fields.items()}, **dict(_written(front))}
    return SourceReading(
        path=source.path,
        kind=kind,
        encoding=decoded.encoding,
        text=text,
        fields=fields,
        lines=front.lines,
        reading=reading,
        problems=(*problems, *_unsettled(reading, front.lines)),
    )


def _here(path: str, keys: FrontMatter, first_line: int, around: Surroundings) -> Surroundings:
    """Return the surroundings of a file's body. What has no year is understood from the day of its capture."""
    named = date_of_name(path, around.zone)
    captured = keys.captured if keys.captured is not UNSET else named.value if named else None
    return structs.replace(
        around,
        path=path,
        first_line=first_line,
        reference=captured.date() if captured else around.reference,
        language=keys.lang if keys.lang is not UNSET else around.language,
    )


_SETTLED_BY = {"date-year-inferred": "date", "title-unsure": "title"}


def _unsettled(reading: Reading, written: Mapping[str, object]) -> Iterator[Problem]:
    """Yield the reader's problems that front matter has not answered."""
    return (problem for problem in reading.problems if _SETTLED_BY.get(problem.code) not in written)


def date_of_name(path: str, zone: ZoneInfo) -> Moment | None:
    """Return the day that a file's name begins with, or its folder's name for an ``index`` file."""
    pure = PurePosixPath(path)
    match = _LEADING_DATE.match(pure.parent.name if pure.stem == "index" else pure.stem)
    try:
        return read_moment(match[0], zone) if match else None
    except ValueError:
        return None


def _nothing(path: str, problem: Problem) -> SourceReading:
    return SourceReading(
        path=path, kind=kind_of(path, ""), encoding="", text="", fields={}, lines={}, reading=None, problems=(problem,)
    )


def _stray_characters(path: str, strays: tuple[StrayCharacter, ...]) -> Iterator[Problem]:
    """Yield one warning for the characters that were left out, and one for those that say that text was lost before."""
    removed = [stray for stray in strays if not stray.kept]
    if removed:
        yield Problem(
            code="control-characters",
            severity="warning",
            path=path,
            line=removed[0].line,
            column=removed[0].column,
            message=f"{len(removed)} control character(s) were left out: no page can hold them.",
            hint="Remove them from the file.",
        )
    lost = [stray for stray in strays if stray.kept]
    if lost:
        yield Problem(
            code="lost-text",
            severity="warning",
            path=path,
            line=lost[0].line,
            column=lost[0].column,
            message=f"{len(lost)} character(s) were lost before this file was saved (�).",
            hint="Copy the text again from its source.",
        )


def _cleaned(field: Field) -> Field:
    """Return what a reader found without characters that no page can hold: scripts' text may hide them as escapes."""
    return structs.replace(field, value=_without_controls(field.value))


def _without_controls(value: Any) -> Any:
    if isinstance(value, str):
        return without_controls(value)
    if isinstance(value, tuple):
        return tuple(_without_controls(part) for part in value)
    if isinstance(value, Person | FoundPicture):
        parts = structs.asdict(value).items()
        return structs.replace(value, **{name: _without_controls(part) for name, part in parts})
    return value


def reader_of(kind: Kind) -> Callable[[str, Surroundings], Reading]:
    """Return the reader of a kind of file; parsers that only some sites need are imported on their first file."""
    if kind == "markdown":
        from yoyak.readers.markdown import read_markdown

        return read_markdown
    if kind == "saved_page":
        from yoyak.readers.saved_page import read_saved_page

        return read_saved_page
    from yoyak.readers.capture import read_capture

    return read_capture


def _written(front: FrontMatterResult[FrontMatter]) -> Iterator[tuple[str, Field]]:
    """Yield each key that the front matter has, as a field that is certain."""
    assert front.keys is not None
    for name, value in structs.asdict(front.keys).items():
        if value is UNSET or name not in front.lines:
            continue
        evidence = Evidence(rule="front matter", line=front.lines[name][0])
        yield name, Field(value=_value(name, value, front.days), confidence=1.0, evidence=(evidence,))


def _value(name: str, value: Any, days: frozenset[str]) -> Any:
    if isinstance(value, datetime):
        return Moment(value=value, day_only=name in days)
    if name == "authors":
        return tuple(Person(name=a.name, email=a.email) if isinstance(a, AuthorKeys) else Person(name=a) for a in value)
    if isinstance(value, ImageKeys):
        return FoundPicture(src=value.src, alt=value.alt, caption=value.caption, credit=value.credit)
    return value
