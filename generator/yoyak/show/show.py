"""``yoyak show``: how one file was read, as a value that a program or a person can have."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any
from unicodedata import normalize
from zoneinfo import ZoneInfo

from msgspec import structs, to_builtins

from yoyak.engine.parse_files import runaway_problem
from yoyak.files.site_files import too_large
from yoyak.front_matter.read import split
from yoyak.importing.sniff import format_of
from yoyak.model.build import Runaway
from yoyak.model.message import Problem, in_order, say
from yoyak.model.sources import Block, Evidence, Field, LeftOut, LineLabel, SourceFile
from yoyak.model.types import Article, Parsed, Record
from yoyak.parallel.pool import limited
from yoyak.pipeline.load import ARTICLE_ENDINGS, ARTICLE_LIMIT, is_edition, is_note
from yoyak.pipeline.load_root_files import is_root_file, problem_of_root_file
from yoyak.pipeline.parse import parse_note, read, surroundings
from yoyak.readers.around import Surroundings
from yoyak.readers.article import make_article
from yoyak.readers.blocks import body_pieces
from yoyak.readers.opened import kind_of
from yoyak.readers.rights import rights_and_why
from yoyak.readers.source import SourceReading, date_of_name
from yoyak.readers.themes import UNSORTED
from yoyak.settings.config import SiteConfig
from yoyak.show.files import ToShow, file_to_show
from yoyak.text.calendar import Moment
from yoyak.text.decoding import UndecodableError, clean_text, decode
from yoyak.text.sanitize import sanitize


class Shown(Record, kw_only=True):
    """How a file was read."""

    path: str
    kind: str
    encoding: str
    fields: Mapping[str, Field]
    """Plain values: moments as ISO 8601 with their zone, authors as mappings."""
    body: tuple[Block, ...]
    lines: tuple[LineLabel, ...]
    problems: tuple[Problem, ...]
    left_out: tuple[LeftOut, ...] = ()
    """What of a saved page is no part of its article."""
    days: frozenset[str] = frozenset()
    """Fields that name a day and no time of day: ``date``, and runners-up: ``date.0``."""
    text: tuple[str, ...] = ()
    """The file's lines, to show beside their labels."""
    in_site: bool = True
    elsewhere: str = ""
    """The folder of the site whose settings hold, when the file is none of its content."""


def show_file(file: Path, site: Path | None, at: datetime | None = None) -> Shown:
    """Return how `file` was read, as a part of its site; ``-`` is standard input.

    Raises:
        YoyakError: the file cannot be read, or the site's settings cannot.
    """
    wanted = file_to_show(file, site, at)
    shown = limited(_shown, wanted)
    if isinstance(shown, Runaway):
        path = wanted.source.path
        shown = _not_shown(path, "", runaway_problem(path, shown))
    problems = (p for p in shown.problems if wanted.in_site or p.code not in _OF_A_SITE)
    named = (structs.replace(p, path=wanted.name) if p.path == shown.path else p for p in problems)
    return structs.replace(
        shown, path=wanted.name, problems=in_order(named), in_site=wanted.in_site, elsewhere=wanted.elsewhere
    )


_OF_A_SITE = {"no-theme", "no-source-url"}
"""Problems that nobody can mend where there is no site.yaml."""


def _shown(wanted: ToShow) -> Shown:
    """Return how a file was read. It runs where it can be stopped."""
    source, config = wanted.source, wanted.config
    around = surroundings(config, wanted.assets, {}, wanted.names)
    if is_of_a_build(wanted) and len(source.data) > ARTICLE_LIMIT:
        return _not_shown(source.path, "", too_large(source.path, len(source.data), ARTICLE_LIMIT))
    if is_note(source.path):
        return _shown_note(source, around)
    if is_root_file(source.path):
        problem = problem_of_root_file(source.path, source.data, config)
        held = (problem,) if problem else ()
        return structs.replace(_not_shown(source.path, _encoding(source.data), *held), kind="root_file")
    inside = opened(wanted) if needs_opening(wanted) else (read(source, around), around)
    if isinstance(inside, Problem):
        return _not_shown(source.path, "", inside)
    found, around = inside
    return _shown_article(found, make_article(found, config, around), wanted, around)


def _shown_article(found: SourceReading, parsed: Parsed, wanted: ToShow, around: Surroundings) -> Shown:
    fields = dict(found.fields)
    for name, value, why in _decided(parsed.article, found, wanted.config):
        fields.setdefault(name, _field(value, why))
    reading = found.reading
    left: tuple[LeftOut, ...] = ()
    if reading is not None and found.kind == "saved_page":
        from yoyak.readers.saved_page.read import left_out_of_page  # here, for it takes time to load

        left = left_out_of_page(split(found.text).body, around)
    markdown = reading is not None and found.kind == "markdown"
    return Shown(
        path=found.path,
        kind=found.kind,
        encoding=found.encoding,
        fields={name: _plain_field(field, around.zone) for name, field in fields.items()},
        body=_pieces(found.text, reading.html) if reading and markdown else reading.blocks if reading else (),
        lines=reading.lines if reading else (),
        problems=parsed.problems,
        left_out=left,
        days=frozenset(_days(fields)),
        text=_as_written(wanted.source, found),
    )


def _as_written(source: SourceFile, found: SourceReading) -> tuple[str, ...]:
    """Return the lines of a file with what reading left out of them: control characters that a person cannot see."""
    cleaned = tuple(found.text.split("\n"))
    if found.path != source.path or not found.encoding:
        return cleaned
    written = tuple(re.split(r"\r\n|\r|\n", normalize("NFC", decode(source.data).text)))
    return written if len(written) == len(cleaned) else cleaned


def _pieces(text: str, html: str) -> tuple[Block, ...]:
    parts = split(text)
    return body_pieces(sanitize(html), parts.body, parts.body_line)


def _shown_note(source: SourceFile, around: Surroundings) -> Shown:
    """Return how a file of content/editions, content/themes or content/pages was read."""
    note, problems = parse_note(source, around)
    if note is None:
        return _not_shown(source.path, _encoding(source.data), *problems)
    written = note.lines if is_edition(note.path) else note.fields
    named = {name: value for name, value in note.fields.items() if value and name in written}
    fields = {name: _field(value, "front matter") for name, value in named.items()}
    if note.title:
        fields.setdefault("title", _field(note.title, "the first heading"))
    fields.setdefault("slug", _field(note.slug, "the file's name"))
    decoded = decode(source.data)
    text = clean_text(decoded.text)[0]
    return Shown(
        path=source.path,
        kind="markdown",
        encoding=decoded.encoding,
        fields={name: _plain_field(field, around.zone) for name, field in fields.items()},
        body=_pieces(text, note.html),
        lines=(),
        problems=problems,
        text=tuple(text.split("\n")),
    )


def _not_shown(path: str, encoding: str, *problems: Problem) -> Shown:
    """Return all that is known of a file that could not be read."""
    return Shown(
        path=path, kind=kind_of(path, ""), encoding=encoding, fields={}, body=(), lines=(), problems=tuple(problems)
    )


def _encoding(data: bytes) -> str:
    try:
        return decode(data).encoding
    except UndecodableError:
        return ""


def _field(value: Any, why: str) -> Field:
    return Field(value=value, confidence=1.0, evidence=(Evidence(rule=why),) if why else ())


def _decided(article: Article | None, found: SourceReading, config: SiteConfig) -> Iterator[tuple[str, Any, str]]:
    """Yield what the file does not say itself and was decided, with the rule or the setting that decided it."""
    if article is None:
        return
    yield "slug", article.slug, "the file's name"
    if article.date:
        named = date_of_name(article.path, ZoneInfo(config.timezone))
        date = Moment(value=article.date, day_only=article.day_only)
        yield "date", date, "the file's name" if named else "publish_at"
    yield "themes", article.themes, "no rule of site.yaml" if article.themes == (UNSORTED,) else "match in site.yaml"
    if article.summary:
        yield "summary", article.summary, "the first sentences"
    yield "rights", article.rights, rights_and_why(found.fields, found.kind, config, pasted=found.pasted)[1]
    yield "status", article.status, "review in site.yaml" if config.review.required else ""
    yield "lang", article.lang, "language in site.yaml"


# --- values that need no knowledge of this program --------------------------------------------------


def _plain_field(field: Field, zone: ZoneInfo) -> Field:
    others = tuple(_plain(other, zone) for other in field.alternatives)
    return structs.replace(field, value=_plain(field.value, zone), alternatives=others)


def _plain(value: Any, zone: ZoneInfo) -> Any:
    if isinstance(value, Moment):
        return (value.value.replace(tzinfo=zone) if value.day_only else value.value).isoformat()
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(item, zone) for item in value]
    if isinstance(value, Record):
        return {key: item for key, item in to_builtins(value).items() if item not in (None, "")}
    return to_builtins(value)


def _days(fields: Mapping[str, Field]) -> Iterator[str]:
    for name, field in fields.items():
        for key, value in ((name, field.value), *((f"{name}.{n}", v) for n, v in enumerate(field.alternatives))):
            if isinstance(value, Moment) and value.day_only:
                yield key


# --- Originals: an archive (MHTML), a mail, a page with pictures in it ---------------------------------------------

# They are opened as ``yoyak import`` opens them, so that an original in content/_sources/ shows what was made of it.


def needs_opening(wanted: ToShow) -> bool:
    """Tell whether a file is none that a build would read as an article, and has one inside."""
    if is_of_a_build(wanted):
        return False
    form = format_of(wanted.source.path, wanted.source.data)
    return form in ("archive", "mail", "feed") or (len(wanted.source.data) > ARTICLE_LIMIT and form == "text")


def is_of_a_build(wanted: ToShow) -> bool:
    """Tell whether a build reads this file as an article or a note."""
    path = PurePosixPath(wanted.source.path)
    below_content = wanted.name == str(path) and not any(part.startswith(("_", ".")) for part in path.parts)
    return below_content and path.suffix.lower() in ARTICLE_ENDINGS


def opened(wanted: ToShow) -> tuple[SourceReading, Surroundings] | Problem:
    """Return the article that stands in a file with what holds around it, or why there is not one."""
    from yoyak.importing.originals import Original  # here, for few are shown
    from yoyak.importing.readings import readings_of

    path = wanted.source.path
    given = Original(given=path, name=path.rpartition("/")[2], data=wanted.source.data, find=lambda _: None)
    readings = readings_of(given, wanted.config)
    found = readings.found
    if len(found) == 1:
        return found[0].source, found[0].around
    if readings.problems:
        return readings.problems[0]
    message = say("show.articles", count=len(found)) if found else say("show.no-article")
    return Problem(code="not-importable", path=path, message=message, hint=say("show.articles.hint"))
