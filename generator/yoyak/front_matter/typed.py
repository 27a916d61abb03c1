"""From YAML nodes to typed keys: the type says what a text means, and every mistake is told with its place.

The types are those of `yoyak.model.schema`; msgspec describes them. Text stays as it was written, a number is a decimal
number, ``true`` is true, and nothing is guessed from the look of a value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from collections.abc import Mapping as AbstractMapping
from functools import cache
from typing import Any, Generic, TypeVar
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec import inspect as kinds

from yoyak.front_matter.typed_values import (
    FAILED,
    Conversion,
    Convert,
    as_written,
    choice_among,
    code_like,
    is_empty,
    lead_of,
    list_of,
    moment_of,
    name_of,
    names_of,
    near,
    not_text,
    number_within,
    text_within,
    truth_of,
)
from yoyak.front_matter.yaml_nodes import Mapping, Node, Scalar
from yoyak.model.message import Problem, Words, errors, joined, say

K = TypeVar("K", bound=Struct)

_SHORT_LIST = 12
"""Known keys are listed up to this number."""
_OF_SETTINGS = "base_url"
"""A key that only site.yaml has: the names of other generators' front matter are not meant there."""
_MANY = 10
"""Unknown keys of one mapping are reported up to this number."""


class Converted(Struct, Generic[K], frozen=True, kw_only=True):
    """A node tree as typed keys."""

    value: K | None
    """None when there is any error."""
    partial: K | None
    """The same in spite of errors, with the defaults of what could not be read, for further checks; None when a key
    that must be there is not."""
    problems: tuple[Problem, ...] = ()
    lines: AbstractMapping[str, tuple[int, int]] = {}
    """Line and column of every value by its dotted key: ``title``, ``authors.0.name``."""
    days: frozenset[str] = frozenset()
    """The keys of the outermost mapping that name a day without a time."""


def convert(node: Node | None, keys: type[K], path: str, zone: ZoneInfo, *, cuts: bool = False) -> Converted[K]:
    """Return `node` as `keys`, a Struct of yoyak.model.schema; no node at all is a mapping without keys.

    What is past a bound of the type is an error, or with `cuts` left out with a warning.
    """
    reading = Conversion(path, zone, cuts=cuts)
    value = _converter(keys)(node or Mapping((), 1, 1), reading, "")
    partial = None if value is FAILED else value
    return Converted(
        value=None if errors(reading.problems) else partial,
        partial=partial,
        problems=tuple(reading.problems),
        lines=reading.lines,
        days=frozenset(reading.days),
    )


@cache
def _converter(keys: type) -> Convert:
    return _for_type(kinds.type_info(keys))


def _for_type(info: kinds.Type) -> Convert:
    """Return the function that converts a node to the type; made once, since a build needs it ten thousand times."""
    return _SINGLE[type(info)] if type(info) in _SINGLE else _MAKERS[type(info)](info)


# --- keys -----------------------------------------------------------------------------------------


class _Field(Struct, frozen=True):
    attribute: str
    convert: Convert
    required: bool
    explained: Words
    """What belongs there, of some of the keys that a file cannot do without."""
    decides: Words
    """What to write in the place of no value, of a key that decides what readers see; else empty."""


def _for_struct(info: kinds.StructType, tag_field: str = "") -> Convert:
    make = info.cls
    fields = {
        field.encode_name: _Field(
            field.name, _for_type(field.type), field.required, _explained(field), _instead_of_nothing(field.type)
        )
        for field in info.fields
    }
    required = tuple(name for name, field in fields.items() if field.required)
    first = required[0] if required else next(iter(fields), "")

    def struct(node: Node, reading: Conversion, key: str) -> Any:
        if type(node) is not Mapping:
            return _not_keys(node, reading, key, first)
        values: dict[str, Any] = {}
        unknown: list[tuple[Scalar, Node | None]] = []
        prefix = f"{key}." if key else ""
        for name, part in node.entries:
            field = fields.get(name.text)
            place = prefix + name.text
            reading.lines[place] = part.line, part.column
            if field is None:
                if name.text != tag_field:
                    unknown.append((name, part))
            elif is_empty(part):
                _check_empty(part, reading, place, field)
            elif type(part) is not Scalar or not part.refused:
                values[name.text] = field.convert(part, reading, place)
        unknown += [(name, None) for name in node.broken if name.text not in fields]
        if unknown:
            _report_unknown(unknown, fields, reading, key)
        if required:
            written = {name.text for name, _ in node.entries} | {name.text for name in node.broken}
            for missing in (name for name in required if name not in written):
                message = say("missing-key", key=name_of(prefix + missing))
                reading.report("missing-key", node, message, fields[missing].explained)
        read = {name: value for name, value in values.items() if value is not FAILED}
        if not all(name in read for name in required):
            return FAILED
        return make(**{fields[name].attribute: value for name, value in read.items()})

    return struct


def _not_keys(node: Node, reading: Conversion, key: str, first: str) -> Any:
    message = say("wrong-shape.keys", key=name_of(key)) if key else say("wrong-shape.no-keys")
    line = f"{lead_of(key)} {{{first}: {node.text}}}" if isinstance(node, Scalar) and first and key else ""
    hint = say("write", line=line) if line else ""
    return reading.report("wrong-shape", node, message, hint)


def _check_empty(part: Node, reading: Conversion, place: str, field: _Field) -> None:
    """Tell when a key without a value matters: without one it is a key that was not written."""
    if field.required:
        reading.report("missing-key", part, say("empty-value", key=name_of(place)), field.explained)
    elif place == "title":
        reading.warn("empty-value", part, say("empty-value.title"))
    elif field.decides:
        message = say("empty-value.decides", key=name_of(place))
        reading.report("empty-value", part, message, say("empty-value.decides.hint", what=field.decides))


def _report_unknown(
    unknown: Sequence[tuple[Scalar, Node | None]], fields: AbstractMapping[str, Any], reading: Conversion, key: str
) -> None:
    of = _inside(key)
    listed = say("unknown-key.known", keys=", ".join(fields)) if 0 < len(fields) <= _SHORT_LIST else ""
    may_be_foreign = not key and _OF_SETTINGS not in fields
    for name, part in unknown[:_MANY]:
        instead = instead_of(name.text, part.text if isinstance(part, Scalar) else "") if may_be_foreign else ""
        if instead:
            reading.report("foreign-key", name, say("foreign-key", key=name.text[:80]), instead)
            continue
        hint = joined(near(name.text, fields), listed) or say("unknown-key.hint")
        written = name.text[:80]
        message = say("unknown-key.inside", key=written, of=of) if of else say("unknown-key", key=written)
        reading.report("unknown-key", name, message, hint)
    if len(unknown) > _MANY:
        more = len(unknown) - _MANY
        message = say("unknown-key.more-inside", count=more, of=of) if of else say("unknown-key.more", count=more)
        reading.report("unknown-key", unknown[_MANY][0], message)


def _inside(key: str) -> Words:
    """Return a dotted key for the middle of a sentence; empty for the outermost keys."""
    *parts, last = key.split(".")
    return (
        say("key.item-inside", number=str(int(last) + 1), list=".".join(parts))
        if last.isdigit()
        else key and name_of(key)
    )


def _for_union(info: kinds.UnionType) -> Convert:
    options = [_bare(option) for option in info.types if not isinstance(option, kinds.NoneType)]
    structs = [option for option in options if isinstance(option, kinds.StructType)]
    if len(structs) > 1:
        return _for_tagged(structs)
    scalar = next((_for_type(option) for option in options if not isinstance(option, kinds.StructType)), None)
    if not structs or scalar is None:
        return scalar or _for_type(structs[0])
    mapping, plain = _for_type(structs[0]), scalar
    names = {field.encode_name for field in structs[0].fields}

    def either(node: Node, reading: Conversion, key: str) -> Any:
        if not isinstance(node, Mapping):
            return plain(node, reading, key)
        if as_written(node) and not any(name.text in names for name, _ in node.entries):
            return not_text(node, reading, key)
        return mapping(node, reading, key)

    return either


def _for_tagged(structs: list[kinds.StructType]) -> Convert:
    tag_field = str(structs[0].tag_field)
    options = {str(option.tag): _for_struct(option, tag_field) for option in structs}
    choose = choice_among(tuple(options))

    def tagged(node: Node, reading: Conversion, key: str) -> Any:
        if not isinstance(node, Mapping):
            return _not_keys(node, reading, key, "")
        tag = next((part for name, part in node.entries if name.text == tag_field), None)
        if tag is None:
            *names, last = (f"{tag_field}: {name}" for name in options)
            hint = say("write", line=say("value.one-of", first=", ".join(names), last=last))
            return reading.report("missing-key", node, say("missing-key", key=name_of(f"{key}.{tag_field}")), hint)
        chosen = choose(tag, reading, f"{key}.{tag_field}")
        return chosen if chosen is FAILED else options[chosen](node, reading, key)

    return tagged


# --- what msgspec says of a type -------------------------------------------------------------------


def _bare(info: kinds.Type) -> kinds.Type:
    return _bare(info.type) if isinstance(info, kinds.Metadata) else info


def _takes_text(info: kinds.Type) -> bool:
    bare = _bare(info)
    options = bare.types if isinstance(bare, kinds.UnionType) else (bare,)
    return any(isinstance(_bare(option), kinds.StrType) for option in options)


def _description(info: kinds.Type) -> str:
    extra = (info.extra_json_schema or {}) if isinstance(info, kinds.Metadata) else {}
    return str(extra.get("description", ""))


def _explained(field: kinds.Field) -> Words:
    return say(f"missing-key.{field.encode_name}") if field.required and _description(field.type) else ""


def _instead_of_nothing(info: kinds.Type) -> Words:
    """Return what to write as a value of a key that decides what readers see; nothing for other keys."""
    if not _decides(info):
        return ""
    bare = _bare(info)
    options = [_bare(option) for option in bare.types] if isinstance(bare, kinds.UnionType) else [bare]
    for option in options:
        match option:
            case kinds.LiteralType():
                return say("value.choices", choices=", ".join(str(value) for value in option.values))
            case kinds.DateTimeType():
                return say("value.moment")
            case kinds.BoolType():
                return say("value.truth")
    return say("value.own")


def _decides(info: kinds.Type) -> bool:
    return isinstance(info, kinds.Metadata) and (bool((info.extra or {}).get("decides")) or _decides(info.type))


_SINGLE: dict[type[kinds.Type], Convert] = {
    kinds.BoolType: truth_of,
    kinds.DateTimeType: moment_of,
}
_MAKERS: dict[type[kinds.Type], Callable[[Any], Convert]] = {
    kinds.StrType: lambda info: (
        code_like(info.pattern, info.max_length) if info.pattern else text_within(info.max_length)
    ),
    kinds.Metadata: lambda info: _for_type(info.type),
    kinds.IntType: lambda info: number_within(info.ge, info.le),
    kinds.LiteralType: lambda info: choice_among(tuple(str(value) for value in info.values)),
    kinds.VarTupleType: lambda info: list_of(
        _for_type(info.item_type), takes_text=_takes_text(info.item_type), most=info.max_length
    ),
    kinds.DictType: lambda info: names_of(_for_type(info.value_type), info.max_length),
    kinds.StructType: _for_struct,
    kinds.UnionType: _for_union,
}
"""A type of yoyak.model.schema that is missing here fails at the first conversion, which every test makes."""


# --- keys of other generators, and what yoyak writes instead -----------------------------------------------------


_OURS = {
    "description": "summary", "excerpt": "summary", "abstract": "summary", "lastmod": "updated", "modified": "updated",
    "last_modified_at": "updated", "publishdate": "publish_at", "publish_date": "publish_at", "pubdate": "date",
    "published_at": "date", "expirydate": "expires_at", "expiry_date": "expires_at", "unpublishdate": "expires_at",
    "expires": "expires_at", "embargo": "embargo_until", "categories": "tags", "category": "label", "keywords": "tags",
    "author": "authors", "byline": "authors", "language": "lang", "locale": "lang", "permalink": "aliases",
    "redirect_from": "aliases", "canonical_url": "source_url", "original_url": "source_url", "publisher": "source",
    "section": "themes", "topics": "themes", "series": "themes", "cover": "image", "thumbnail": "image",
    "featured_image": "image", "feature_image": "image", "header": "image",
}  # fmt: skip
_HIDE = frozenset("draft private hidden unlisted noindex visibility password published".split())
"""Keys that say whether readers see an article."""
_OF_NO_USE = frozenset(
    "layout type id toc comments math mathjax katex featured sitemap cascade outputs template collection "
    "eleventycomponent sidebar sidebar_position guid isbn markup weightless pin mermaid build disqus share".split()
)
_FALSE = ("false", "no", "off", "0")
FOREIGN = frozenset(_OURS) | _HIDE | _OF_NO_USE
"""Names in small letters, with ``_`` for ``-``."""


def plain_name(name: str) -> str:
    """Return a key's name as the tables have it: ``publishDate`` and ``expiry-date`` in small letters."""
    return name.strip().lower().replace("-", "_")


def instead_of(name: str, value: str) -> Words:
    """Return what to do with a key of another generator; nothing for a name that is none."""
    plain = plain_name(name)
    if plain not in FOREIGN:
        return ""
    line = line_instead_of(name, value)
    if line:
        return say("write", line=line)
    if plain in _HIDE:
        return say("foreign-key.published")
    return say("foreign-key.no-use")


def line_instead_of(name: str, value: str) -> str:
    """Return the line that says the same in yoyak's keys; nothing when none is needed."""
    plain, said = plain_name(name), value.strip().strip("\"'").lower()
    if plain in _HIDE:
        hidden = said in _FALSE if plain == "published" else said not in (*_FALSE, "public", "")
        return "status: draft" if hidden else ""
    ours = _OURS.get(plain, "")
    if ours == "image":
        plain_value = value.strip() and not re.search(r"[\[{]", value)
        return f"image: {{src: {value.strip()}}}" if plain_value else "image: {src: …}"
    return f"{ours}: {value.strip() or '…'}" if ours else ""
