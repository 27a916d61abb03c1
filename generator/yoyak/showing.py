"""``yoyak show``: how one file was read, as a value that a program or a person can have."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from unicodedata import normalize
from zoneinfo import ZoneInfo

from msgspec import structs, to_builtins

from yoyak.config import SiteConfig, load_config, site_folder
from yoyak.error import YoyakError
from yoyak.model import Article, Record, SourceFile
from yoyak.pipeline.load import is_note, load
from yoyak.pipeline.parse import parse, parse_note, read, surroundings
from yoyak.problems import Problem, in_order
from yoyak.readers.around import Surroundings
from yoyak.readers.rights import rights_and_why
from yoyak.readers.source import SourceReading, date_of_name
from yoyak.readers.themes import UNSORTED
from yoyak.reading import Block, Evidence, Field, LineLabel
from yoyak.text.dates import Moment
from yoyak.text.decoding import decode


class Shown(Record, kw_only=True):
    """How a file was read."""

    path: str
    kind: str
    encoding: str
    fields: Mapping[str, Field]
    """Plain values: dates as ISO 8601, authors as mappings."""
    body: tuple[Block, ...]
    lines: tuple[LineLabel, ...]
    problems: tuple[Problem, ...]
    text: tuple[str, ...] = ()
    """The file's lines, to show beside their labels."""


def show_file(file: Path, site: Path | None) -> Shown:
    """Return how `file` was read, as a part of its site.

    Raises:
        YoyakError: the file is in no site, or the site's settings cannot be read.
    """
    location = file.resolve()
    folder = (site.resolve() if site else None) or site_folder(location.parent)
    if folder is None:
        raise YoyakError(f"{file} is in no site: there is no site.yaml in its folder or above. Say where with --site.")
    config, problems = load_config(folder, at=None, preview=True, environment=os.environ)
    if config is None:
        raise YoyakError("\n".join(map(str, problems)))
    path = normalize("NFC", os.path.relpath(location, folder).replace(os.sep, "/"))
    return _shown(SourceFile(path=path, data=location.read_bytes(), digest=""), config, folder)


def _shown(source: SourceFile, config: SiteConfig, folder: Path) -> Shown:
    around = surroundings(config, load(folder).assets, {})
    if is_note(source.path):
        return _shown_note(source, around)
    found = read(source, around)
    parsed = parse(source, around, config)
    fields = {
        name: structs.replace(field, value=_plain(field.value), alternatives=tuple(map(_plain, field.alternatives)))
        for name, field in found.fields.items()
    }
    for name, value, why in _decided(parsed.article, found, config):
        fields.setdefault(name, _field(value, why))
    reading = found.reading
    return Shown(
        path=source.path,
        kind=found.kind,
        encoding=found.encoding,
        fields=fields,
        body=reading.blocks if reading else (),
        lines=reading.lines if reading else (),
        problems=in_order(parsed.problems),
        text=tuple(found.text.split("\n")),
    )


def _shown_note(source: SourceFile, around: Surroundings) -> Shown:
    """Return how a file of content/editions, content/themes or content/pages was read."""
    note, problems = parse_note(source, around)
    named = {name: value for name, value in note.fields.items() if value} if note else {}
    fields = {name: _field(value, "front matter") for name, value in named.items()}
    if note and note.title:
        fields.setdefault("title", _field(note.title, "the first heading"))
    if note:
        fields.setdefault("slug", _field(note.slug, "the file's name"))
    return Shown(
        path=source.path,
        kind="markdown",
        encoding=decode(source.data).encoding if note else "",
        fields=fields,
        body=(),
        lines=(),
        problems=in_order(problems),
    )


def _field(value: Any, why: str) -> Field:
    return Field(value=_plain(value), confidence=1.0, evidence=(Evidence(rule=why),) if why else ())


def _decided(article: Article | None, found: SourceReading, config: SiteConfig) -> Iterator[tuple[str, Any, str]]:
    """Yield what the file does not say itself and was decided, with the rule or the setting that decided it."""
    if article is None:
        return
    yield "slug", article.slug, "the file's name"
    if article.date:
        named = date_of_name(article.path, ZoneInfo(config.timezone))
        yield "date", article.date, "the file's name" if named else "publish_at"
    yield "themes", article.themes, "no rule of site.yaml" if article.themes == (UNSORTED,) else "match in site.yaml"
    if article.summary:
        yield "summary", article.summary, "the first sentences"
    yield "rights", article.rights, rights_and_why(found.fields, found.kind, config)[1]
    yield "status", article.status, "review in site.yaml" if config.review_required else ""
    yield "lang", article.lang, "language in site.yaml"


def _plain(value: Any) -> Any:
    if isinstance(value, Moment):
        return value.value.date().isoformat() if value.day_only else value.value.isoformat()
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Record):
        return {key: item for key, item in to_builtins(value).items() if item not in (None, "")}
    return to_builtins(value)
