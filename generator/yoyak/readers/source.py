"""From one source file to what it says: decode, front matter, the reader of its kind, and both put together.

Every value keeps where it came from; what front matter says wins over what was read from the rest.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import UNSET, UnsetType, structs

from yoyak.front_matter.read import FrontMatterResult, read_front_matter
from yoyak.model.message import Problem, Words, at_the_top, problem_of
from yoyak.model.schema import AuthorKeys, FrontMatter, ImageKeys
from yoyak.model.sources import Evidence, Field, LineLabel, Reading, SourceFile
from yoyak.model.types import Kind, Person, Record
from yoyak.readers.around import NO_RELEASE, FoundPicture, ReferenceFrom, Release, Surroundings
from yoyak.readers.bounds import within_bounds
from yoyak.readers.capture.pasted import Pasted, signs_of_paste
from yoyak.readers.opened import kind_of, open_source
from yoyak.text.calendar import Moment, read_moment
from yoyak.text.embargo_hints import may_hold_back
from yoyak.text.names import name_of_path, slug_of_path, slugify
from yoyak.text.plain_keys import without_sign
from yoyak.text.sanitize import without_controls
from yoyak.text.urls import article_url, parts_of

_LEADING_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?!\d)")


class SourceReading(Record, kw_only=True):
    """Everything that one file says."""

    path: str
    kind: Kind
    encoding: str = ""
    text: str = ""
    """The whole decoded file."""
    fields: Mapping[str, Field] = {}
    """By front-matter name, front matter's values first."""
    lines: Mapping[str, tuple[int, int]] = {}
    """Line and column of each key of the front matter."""
    fenced: bool = False
    """The file has front matter."""
    pasted: bool = False
    """It is read as Markdown and looks pasted: then it is nobody's own because of that."""
    reading: Reading | None = None
    """None when the front matter cannot be understood: nothing else is trusted then."""
    problems: tuple[Problem, ...]


def read_source(source: SourceFile, around: Surroundings) -> SourceReading:
    """Return what a file says. Never raises for bad content: what is wrong stands in `problems`."""
    opened = open_source(source.path, source.data)
    if isinstance(opened, Problem):
        return _nothing(source.path, opened)
    text = opened.text
    if not text.strip("\ufeff \t\n"):
        return _nothing(source.path, problem_of("empty-file", source.path))
    front = read_front_matter(text, source.path, FrontMatter, around.zone, cuts=around.cuts)
    kind = kind_of(source.path, front.body)
    problems = (*front.problems, *opened.problems)
    read = SourceReading(
        path=source.path,
        kind=kind,
        encoding=opened.encoding,
        text=text,
        lines=front.lines,
        fenced=front.fenced,
        problems=problems,
    )
    if front.keys is None:
        return read
    here = _here(source, front.keys, front.body_line, around)
    reading = reader_of(kind)(front.body, here)
    signs = signs_of_paste(front.body) if kind == "markdown" else None
    written = dict(_written(front))
    unwritten = (pair for pair in _found(reading, signs, front.body_line) if pair[0] not in written)
    found, cut = within_bounds(dict(unwritten), source.path)
    fields = {**found, **written}
    release = _release(front, kind, here, fields)
    return structs.replace(
        read,
        fields={**fields, **release.fields},
        pasted=kind == "markdown" and (signs is not None or source.path.lower().endswith(".txt")),
        reading=_marked(reading, release.lines),
        problems=(*problems, *_unsettled(reading, front), *release.problems, *cut),
    )


def _found(reading: Reading, signs: Pasted | None, first_line: int) -> Iterator[tuple[str, Field]]:
    """Yield what a reader found, and the notice of a text that looks pasted."""
    yield from ((name, _cleaned(field)) for name, field in reading.fields.items())
    if signs and signs.notice:
        evidence = (Evidence(rule="copying-forbidden", line=first_line + signs.line),)
        yield "rights_notice", Field(value=signs.notice, confidence=0.95, evidence=evidence)


def _release(
    front: FrontMatterResult[FrontMatter], kind: Kind, around: Surroundings, fields: Mapping[str, Field]
) -> Release:
    """Return what a body says about its release. What reads that is imported for a text that may say something."""
    text = front.body
    if kind == "saved_page":
        from yoyak.text.html_lines import shown_part

        text = shown_part(text)
    if not may_hold_back(text):
        return NO_RELEASE
    from yoyak.readers.embargo import release_of

    return release_of(front.body, kind, around, fields, front.lines)


def _marked(reading: Reading, embargo: frozenset[int]) -> Reading:
    """Return a reading whose lines that hold an embargo are called so."""
    if not embargo or not reading.lines:
        return reading
    lines = (_of_embargo(line) if line.n in embargo else line for line in reading.lines)
    return structs.replace(reading, lines=tuple(lines))


def _of_embargo(line: LineLabel) -> LineLabel:
    return structs.replace(line, label="embargo", rule="embargo-line", confidence=0.9, kept=True)


def _here(source: SourceFile, keys: FrontMatter, first_line: int, around: Surroundings) -> Surroundings:
    """Return the surroundings of a file's body."""
    reference, found = _reference(source, keys, around)
    return structs.replace(
        around,
        path=source.path,
        first_line=first_line,
        reference=reference,
        reference_from=found,
        url=_url(source.path, keys, around),
        language=keys.lang if keys.lang is not UNSET else around.language,
        title=keys.title if keys.title is not UNSET else "",
    )


def _url(path: str, keys: FrontMatter, around: Surroundings) -> str:
    """Return the address that an article will have, as far as its front matter and its file's name say it."""
    slug = slugify(keys.slug) if keys.slug is not UNSET and keys.slug else slug_of_path(path)
    parts = parts_of(around.permalinks)
    named = date_of_name(path, around.zone)
    day = _day(keys.date, around) or (named.value.date() if named else None) or _day(keys.publish_at, around)
    if "theme" in parts or (not day and not {"year", "month", "day"}.isdisjoint(parts)):
        return ""
    return article_url(around.permalinks, around.base_path, slug=slug, day=day, theme="")


def _day(written: datetime | UnsetType, around: Surroundings) -> date | None:
    return None if written is UNSET else written.astimezone(around.zone).date()


def _reference(source: SourceFile, keys: FrontMatter, around: Surroundings) -> tuple[date, ReferenceFrom]:
    """Return the day from which a date without a year is understood, and how it was found.

    What a person wrote down counts first: `captured`, then the file's name. Nothing is seen after the build's clock.
    """
    if keys.captured is not UNSET:
        return keys.captured.date(), "captured"
    if named := date_of_name(source.path, around.zone):
        return named.value.date(), "file-name"
    day = source.seen.astimezone(around.zone).date() if source.seen else around.reference
    if source.seen_by and day < around.reference:
        return day, source.seen_by
    return around.reference, around.reference_from


_SETTLED_BY = {"date-year-inferred": "date", "page-for-subscribers": "rights"} | {
    f"{name}-unsure": name for name in ("title", "date", "authors")
}


def _unsettled(reading: Reading, front: FrontMatterResult[FrontMatter]) -> Iterator[Problem]:
    """Yield the reader's problems that front matter has not answered; where there is none, how to begin it."""
    for problem in reading.problems:
        settling = _SETTLED_BY.get(problem.code)
        if settling in front.lines:
            continue
        line = _line_of(problem.hint) if settling and not front.fenced else ""
        if not line:
            yield problem
            continue
        hint, write = at_the_top(line, fenced=False)
        yield structs.replace(problem, hint=hint, write=write)


def _line_of(hint: Words) -> str:
    """Return the line of front matter that a hint of `_SETTLED_BY` names."""
    return "" if isinstance(hint, str) else str(dict(hint.values).get("line", "")).replace("...", "…")


def date_of_name(path: str, zone: ZoneInfo) -> Moment | None:
    """Return the day that a file's name begins with, or its folder's name for an ``index`` file."""
    match = _LEADING_DATE.match(name_of_path(path))
    try:
        return read_moment(match[0], zone) if match else None
    except ValueError:
        return None


def _nothing(path: str, problem: Problem) -> SourceReading:
    return SourceReading(path=path, kind=kind_of(path, ""), problems=(problem,))


def _cleaned(field: Field) -> Field:
    """Return what a reader found without characters that no page can hold: scripts' text may hide them as escapes."""
    value = _without_controls(field.value)
    return field if value == field.value else structs.replace(field, value=value)


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
        from yoyak.readers.saved_page.read import read_saved_page

        return read_saved_page
    from yoyak.readers.capture.read import read_capture

    return read_capture


def _written(front: FrontMatterResult[FrontMatter]) -> Iterator[tuple[str, Field]]:
    """Yield each key that the front matter has, as a field that is certain."""
    assert front.keys is not None
    for name in front.keys.__struct_fields__:
        if name not in front.lines or (value := getattr(front.keys, name)) is UNSET:
            continue
        rule = "front matter, of the source" if name in front.keys.of_the_source else "front matter"
        evidence = _evidence(rule, front.lines[name][0])
        yield name, Field(value=_value(name, value, front.days), confidence=1.0, evidence=evidence)


@lru_cache(maxsize=256)
def _evidence(rule: str, line: int) -> tuple[Evidence, ...]:
    return (Evidence(rule=rule, line=line),)


def _value(name: str, value: Any, days: frozenset[str]) -> Any:
    if type(value) is str:
        return value
    if isinstance(value, datetime):
        return Moment(value=value, day_only=name in days)
    if name == "authors":
        return tuple(
            Person(name=a.name, email=a.email) if isinstance(a, AuthorKeys) else Person(name=without_role(a))
            for a in value
        )
    if name == "tags":
        return tuple(dict.fromkeys(without_sign(tag) for tag in value))
    if isinstance(value, ImageKeys):
        return FoundPicture(src=value.src, alt=value.alt, caption=value.caption, credit=value.credit)
    return value


# --- job titles behind the names that an editor wrote in front matter --------------------------------------------


def without_role(name: str) -> str:
    """Return the name that an editor wrote in front matter without a job title behind it.

    >>> without_role("김하늘 기자")
    '김하늘'
    """
    return _title().sub("", name.strip()) or name


@cache
def _title() -> re.Pattern[str]:
    from yoyak.readers.word_lists import alternatives  # here, for a build in which nobody is named

    ranks, titles = (alternatives(name, "job-titles") for name in ("job-ranks", "job-titles"))
    return re.compile(rf"\s+(?:(?:{ranks})\s?)?(?:{titles})$")
