"""``yoyak show``: how one file was read, as a value that a program or a person can have."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from unicodedata import normalize

from msgspec import structs, to_builtins

from yoyak.config import SiteConfig, load_config, site_folder
from yoyak.error import YoyakError
from yoyak.model import Article, Record, SourceFile
from yoyak.pipeline.load import load
from yoyak.pipeline.parse import parse, read, surroundings
from yoyak.problems import Problem, in_order
from yoyak.reading import Block, Field, LineLabel
from yoyak.text.dates import Moment


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
    found = read(source, around)
    parsed = parse(source, around, config)
    fields = {
        name: structs.replace(field, value=_plain(field.value), alternatives=tuple(map(_plain, field.alternatives)))
        for name, field in found.fields.items()
    }
    for name, value in _decided(parsed.article).items():
        fields.setdefault(name, Field(value=_plain(value), confidence=1.0, evidence=()))
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


def _decided(article: Article | None) -> dict[str, Any]:
    """Return what the file does not say itself and was decided: defaults and rules of site.yaml."""
    if article is None:
        return {}
    names = ("slug", "date", "themes", "summary", "rights", "status", "lang")
    return {name: getattr(article, name) for name in names if getattr(article, name)}


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
