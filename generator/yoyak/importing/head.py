"""The front matter of an imported article: every value written down, with a comment above the unsure ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from textwrap import shorten
from typing import Any
from zoneinfo import ZoneInfo

from yoyak.front_matter.yaml_text import flow, moment_text, one_line, scalar
from yoyak.importing.found import stated
from yoyak.model.schema import CorrectionKeys, FrontMatter
from yoyak.model.sources import Field
from yoyak.model.types import Person, Record
from yoyak.readers.around import FoundPicture
from yoyak.text.calendar import Moment

SURE = 0.8
"""A value below this confidence has a comment above it."""
ORDER = (
    "title", "subtitle", "date", "updated", "captured", "themes", "tags", "source", "source_url", "authors", "summary",
    "image", "lang", "label", "dateline", "of_the_source", "rights", "rights_notice", "paywall",
)  # fmt: skip
"""The keys in the order in which they are written; others follow."""
_TITLE = 60
_LONGEST = 8000
"""Characters of one value; the whole head may have eight times as many bytes."""


class WrittenFrontMatter(Record, kw_only=True):
    """What the lines between the fences say."""

    lines: tuple[str, ...]
    unsure: tuple[str, ...]
    """The keys that have a comment, in the order of the lines."""


def head(
    fields: Mapping[str, Field],
    notes: Mapping[str, str],
    zone: ZoneInfo,
    doubted: AbstractSet[str] = frozenset(),
    known: AbstractSet[str] = frozenset(FrontMatter.__struct_fields__),
) -> WrittenFrontMatter:
    """Return front matter; `notes` are comments for keys that the reading itself gives no reason for.

    `doubted` are keys to look at, whatever their confidence; what is not `known` is written as a comment.
    """
    lines: list[str] = []
    unsure: list[str] = []
    for name in sorted(fields, key=_place):
        written = _written(name, fields[name].value, zone)
        if written is None:
            continue
        said = [*_doubts(fields[name]), *([notes[name]] if name in notes else [])]
        if fields[name].confidence < SURE or name in doubted:
            unsure.append(name)
        if name not in known or sum(map(len, written)) > _LONGEST:
            lines += [f"# {one_line(' '.join(written))}"]
            continue
        lines += [f"# {one_line(comment)}" for comment in said]
        lines += written
    return WrittenFrontMatter(lines=tuple(lines), unsure=tuple(unsure))


def first_words(words: str, rule: str) -> Iterator[tuple[str, Field]]:
    """Yield the title of what has none: its first words, so little sure that somebody looks at it."""
    plain = " ".join(words.split())
    first = shorten(plain, _TITLE, placeholder=" …")
    if plain:
        yield "title", stated(first if first != "…" else plain[:_TITLE], 0.4, rule)


def _place(name: str) -> tuple[int, str]:
    return (ORDER.index(name) if name in ORDER else len(ORDER), name)


def _doubts(field: Field) -> Iterator[str]:
    if field.confidence >= SURE:
        return
    why = "; ".join(dict.fromkeys(evidence.rule for evidence in field.evidence))
    others = [words for words in map(_words, field.alternatives) if words]
    yield f"{field.confidence * 100:.0f} % sure" + (f" ({why})" if why else "") + ("." if others else ", please check.")
    for other in others[:3]:
        yield f"or: {other}"


def _words(value: Any) -> str:
    if isinstance(value, Moment):
        return value.value.date().isoformat() if value.day_only else value.value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, Person):
        return f"{value.name} <{value.email}>" if value.email else value.name
    if isinstance(value, FoundPicture):
        return "" if value.src.startswith("data:") else value.src
    return ", ".join(map(_words, value)) if isinstance(value, tuple | list) else str(value)


def _written(name: str, value: Any, zone: ZoneInfo) -> Sequence[str] | None:
    """Return the lines of one key; nothing for a value that says nothing."""
    if isinstance(value, Moment):
        return (f"{name}: {moment_text(value, zone)}",)
    if isinstance(value, FoundPicture):
        return _image(name, value)
    if isinstance(value, tuple | list):
        items = [_item(item, zone) for item in value if item]
        return (f"{name}: {flow(items)}",) if items else None
    if isinstance(value, bool | int):
        return (f"{name}: {str(value).lower()}",)
    text = str(value)
    return (f"{name}: {scalar(text)}",) if text.strip() else None


def _item(value: Any, zone: ZoneInfo) -> Any:
    if isinstance(value, CorrectionKeys):
        return {"date": moment_text(Moment(value=value.date, day_only=False), zone), "note": value.note}
    if isinstance(value, Person):
        return {"name": value.name, "email": value.email} if value.email else value.name
    return str(value)


def _image(name: str, picture: FoundPicture) -> Sequence[str] | None:
    parts = {"src": picture.src, "alt": picture.alt, "caption": picture.caption, "credit": picture.credit}
    lines = [f"  {key}: {scalar(text)}" for key, text in parts.items() if text]
    return (f"{name}:", *lines) if picture.src else None
