"""What a file says, as far as a repair must leave it alone: its keys, its body, everything that is read from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from msgspec import UNSET, Struct, structs

from yoyak.front_matter.read import split, text_keys
from yoyak.front_matter.typed import convert
from yoyak.front_matter.yaml_nodes import compose
from yoyak.model.message import Problem, in_order
from yoyak.model.schema import FrontMatter, SiteKeys
from yoyak.model.sources import SourceFile
from yoyak.model.targets import Keys
from yoyak.model.types import Record
from yoyak.pipeline.load import is_note
from yoyak.pipeline.parse import NOTE_KEYS, parse_note
from yoyak.readers.around import Surroundings
from yoyak.readers.article import make_article
from yoyak.readers.source import read_source
from yoyak.settings.checks import FILE
from yoyak.settings.config import SiteConfig, settings_of
from yoyak.text.decoding import UndecodableError, clean_text, decode


class Looked(Record, kw_only=True):
    """One reading of a file."""

    encoding: str = ""
    problems: tuple[Problem, ...]
    of_lines: tuple[Problem, ...] = ()
    """Those of the front matter as YAML, which are found also when others forbid to read on."""
    of_values: tuple[Problem, ...] = ()
    """Those of its values, as far as these could be read."""
    keys: Mapping[str, object] = {}
    """Every value of the front matter that could be read, by its dotted name; also when others could not."""
    head: range = range(0)
    """The numbers of the lines between the fences; empty when there are none."""
    body: str = ""
    fields: Mapping[str, Any] = {}
    """Everything that was read, and ``html``; empty when an error forbids to read the body."""
    whole: bool
    """The body was read, too."""


Look = Callable[[bytes], Looked]
"""Reads the bytes of one file, which may have been edited."""


class RepairContext(Record, kw_only=True):
    """The file that is mended, and the world around it."""

    path: str
    keys: type[Keys]
    around: Surroundings | None
    """None for site.yaml."""
    config: SiteConfig | None
    look: Look


def place_of_article(source: SourceFile, config: SiteConfig, around: Surroundings) -> RepairContext:
    """Return how an article, or a file of content/editions, themes or pages, is read."""
    note = is_note(source.path)

    def look(data: bytes) -> Looked:
        repaired = structs.replace(source, data=data)
        return _note(repaired, around) if note else _article(repaired, config, around)

    keys = NOTE_KEYS[source.path.split("/")[1]] if note else FrontMatter
    return RepairContext(path=source.path, keys=keys, around=around, config=config, look=look)


def place_of_settings(folder: Path, at: datetime | None, environment: Mapping[str, str]) -> RepairContext:
    """Return how site.yaml is read."""
    return RepairContext(
        path=FILE, keys=SiteKeys, around=None, config=None, look=lambda data: _settings(data, folder, at, environment)
    )


def _article(source: SourceFile, config: SiteConfig, around: Surroundings) -> Looked:
    read = read_source(source, around)
    made = make_article(read, config, around)
    fields = {name: field.value for name, field in read.fields.items()}
    if read.reading:
        fields["html"] = read.reading.html
    return _with_head(source, FrontMatter, around, made.problems, fields, whole=read.reading is not None)


def _note(source: SourceFile, around: Surroundings) -> Looked:
    note, problems = parse_note(source, around)
    fields = {"html": note.html, "slug": note.slug, "title": note.title} if note else {}
    keys = NOTE_KEYS[source.path.split("/")[1]]
    return _with_head(source, keys, around, problems, fields, whole=note is not None)


def _with_head(
    source: SourceFile,
    keys: type[Keys],
    around: Surroundings,
    problems: tuple[Problem, ...],
    fields: Mapping[str, Any],
    *,
    whole: bool,
) -> Looked:
    try:
        decoded = decode(source.data)
    except UndecodableError:
        return Looked(problems=problems, of_lines=problems, whole=False)
    parts = split(clean_text(decoded.text)[0])
    head = (parts.head or "") if parts.language == "yaml" else ""
    composed = compose(head, source.path, parts.head_line, text_keys(keys))
    converted = convert(composed.node, keys, source.path, around.zone)
    last = parts.head_line + head.count("\n")
    return Looked(
        encoding=decoded.encoding,
        problems=in_order(problems),
        of_lines=composed.problems,
        of_values=converted.problems,
        keys=_keys(converted.partial),
        head=range(parts.head_line, last) if parts.head is not None and parts.language == "yaml" else range(0),
        body=parts.body,
        fields=fields,
        whole=whole,
    )


def _settings(data: bytes, folder: Path, at: datetime | None, environment: Mapping[str, str]) -> Looked:
    config, problems, keys = settings_of(data, folder, at=at, preview=False, environment=environment)
    head = range(1, data.count(b"\n") + data.count(b"\r") + 2)
    return Looked(problems=problems, of_values=problems, keys=_keys(keys), head=head, whole=config is not None)


def _keys(partial: Struct | None) -> Mapping[str, object]:
    return leaves(partial) if partial is not None else {}


def leaves(value: object, before: str = "") -> Mapping[str, object]:
    """Return every single value of some keys by its dotted name, without those that are their defaults."""
    return dict(_leaves(value, before))


def _leaves(value: object, name: str) -> Iterator[tuple[str, object]]:
    prefix = f"{name}." if name else ""
    if isinstance(value, Struct):
        for key, default in _defaults(type(value)):
            inner = getattr(value, key)
            if inner is not UNSET and inner != default:
                yield from _leaves(inner, prefix + key)
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from _leaves(item, f"{prefix}{number}")
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _leaves(item, f"{prefix}{key}")
    else:
        yield name, value


@cache
def _defaults(keys: type[Struct]) -> tuple[tuple[str, object], ...]:
    return tuple((field.name, field.default) for field in structs.fields(keys))
