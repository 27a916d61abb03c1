"""What a reader found, within the bounds that `yoyak.model.schema` gives its keys: the first of a long list, warned of.

An editor's own front matter past a bound is an error; nobody who imports a page or a feed wrote what is in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from msgspec import Struct, structs
from msgspec import inspect as kinds

from yoyak.front_matter.typed_values import within
from yoyak.model.message import Message, Problem, Words, joined, say
from yoyak.model.schema import FrontMatter
from yoyak.model.sources import Field
from yoyak.model.types import Record

_HINT = say("too-long.cut")


class Bound(Record, kw_only=True):
    """How much one value may be."""

    most: int | None = None
    """Items of a list."""
    longest: int | None = None
    """Characters of a text, or of each text of a list."""
    parts: Mapping[str, Bound] = {}
    """Of the keys of a mapping, or of each mapping of a list."""


@cache
def bounds_of(keys: type[Struct]) -> Mapping[str, Bound]:
    """Return the bounds of the keys of a kind of file."""
    return {field.name: _bound(field.type) for field in structs_of(keys).fields}


def structs_of(keys: type[Struct]) -> kinds.StructType:
    """Return what msgspec says of a kind of file."""
    found = kinds.type_info(keys)
    assert isinstance(found, kinds.StructType)
    return found


def _bound(info: kinds.Type) -> Bound:
    if isinstance(info, kinds.Metadata):
        return _bound(info.type)
    if isinstance(info, kinds.StrType):
        return Bound(longest=info.max_length)
    if isinstance(info, kinds.StructType):
        return Bound(parts={field.name: _bound(field.type) for field in info.fields})
    if isinstance(info, kinds.VarTupleType):
        return structs.replace(_bound(info.item_type), most=info.max_length)
    options = [_bound(option) for option in info.types] if isinstance(info, kinds.UnionType) else []
    return Bound(
        most=next((option.most for option in options if option.most), None),
        longest=next((option.longest for option in options if option.longest), None),
        parts=next((option.parts for option in options if option.parts), {}),
    )


def within_bounds(fields: Mapping[str, Field], path: str) -> tuple[dict[str, Field], tuple[Problem, ...]]:
    """Return fields that a reader found, each within the bound of its key, and a warning for each that was not."""
    bounds = bounds_of(FrontMatter)
    found: dict[str, Field] = {}
    problems: list[Problem] = []
    for name, field in fields.items():
        if field.value is not None and _fits(field.value, bounds.get(name)):  # as nearly all do
            found[name] = field
            continue
        value, said = _cut(field.value, bounds.get(name, Bound()), say("key", key=name))
        line = next((evidence.line for evidence in field.evidence if evidence.line), 0)
        for code, message in dict.fromkeys(said):
            problem = Problem(code=code, message=message, hint=_HINT, severity="warning", path=path, line=line)
            problems.append(problem)
        if value is not None:
            found[name] = field if value is field.value else structs.replace(field, value=value)
    return found, tuple(problems)


def _fits(value: Any, bound: Bound | None) -> bool:
    """Tell whether a value and all in it are within their bounds, so that nothing is to be cut or said."""
    if bound is None:
        return True
    if isinstance(value, str):
        return bound.longest is None or len(value) <= bound.longest
    if isinstance(value, tuple):
        few = bound.most is None or len(value) <= bound.most
        return few and all(_fits(item, bound) for item in value)
    if isinstance(value, Struct) and bound.parts:
        return all(_fits(getattr(value, part, None), of) for part, of in bound.parts.items())
    return True


_Said = list[tuple[str, Words]]


def _cut(value: Any, bound: Bound, name: Message) -> tuple[Any, _Said]:
    """Return a value within its bound, or None when nothing of it can stay; and what was done."""
    if isinstance(value, str):
        return _text(value, bound, name)
    if isinstance(value, tuple):
        return _items(value, bound, name)
    if isinstance(value, Struct) and bound.parts:
        return _parts(value, bound, name)
    return value, []


def _text(text: str, bound: Bound, name: Message) -> tuple[str | None, _Said]:
    if bound.longest is None or len(text) <= bound.longest:
        return text, []
    kept, what = within(text, bound.longest)
    message = say("too-long", key=name, size=len(text), count=bound.longest)
    return kept or None, [("too-long", joined(message, what))]


def _items(items: tuple[Any, ...], bound: Bound, name: Message) -> tuple[tuple[Any, ...] | None, _Said]:
    said: _Said = []
    if bound.most is not None and len(items) > bound.most:
        message = say("too-many", key=name, number=len(items), most=bound.most)
        said.append(("too-many", joined(message, say("too-many.cut", most=bound.most))))
    cut = [_cut(item, bound, say("key.any-item", list=name)) for item in items[: bound.most]]
    said += (one for _, more in cut for one in more)
    kept = tuple(value for value, _ in cut if value is not None)
    return (kept or None) if said else items, said


def _parts(value: Struct, bound: Bound, name: Message) -> tuple[Struct | None, _Said]:
    said = dict(_cut_parts(value, bound, name))
    changed = {part: cut for part, (cut, more) in said.items() if more}
    if not changed:
        return value, []
    messages = [one for _, more in said.values() for one in more]
    if not changed.get(value.__struct_fields__[0], True):  # the name of a person, the address of a picture
        return None, messages
    plain = {part: cut if cut is not None else _nothing(value, part) for part, cut in changed.items()}
    return structs.replace(value, **plain), messages


def _cut_parts(value: Struct, bound: Bound, name: Message) -> Iterator[tuple[str, tuple[Any, _Said]]]:
    for part in value.__struct_fields__:
        if part in bound.parts:
            yield part, _cut(getattr(value, part), bound.parts[part], say("key.part", key=part, of=name))


def _nothing(value: Struct, part: str) -> Any:
    defaults = {field.name: field.default for field in structs.fields(value)}
    return defaults[part]
