"""What the schema says of a key by its name: which keys there are, what shape a value has, which words it may be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from msgspec import UNSET, Struct, structs
from msgspec import inspect as kinds

from yoyak.model.types import Record


class KnownKey(Record, kw_only=True):
    """A key of some kind of file."""

    top: bool
    """It stands at the left margin."""
    text: bool
    """Its value is one text, never a list and never keys."""
    many: bool
    """Its value is a list."""
    first: str
    """The key that its own keys cannot do without; empty when its value is no mapping."""
    choices: tuple[str, ...]
    """The only words that its value may be."""


@cache
def known_keys(keys: type[Struct]) -> tuple[tuple[str, KnownKey], ...]:
    """Return every key of `keys` and of what stands inside them, by name."""
    return tuple(_fields(kinds.type_info(keys), top=True))


def names(keys: type[Struct], *, top: bool) -> tuple[str, ...]:
    """Return the names of the keys at the left margin, or of those inside others."""
    return tuple(dict.fromkeys(name for name, key in known_keys(keys) if key.top == top))


def key_named(keys: type[Struct], name: str, *, top: bool) -> KnownKey | None:
    """Return what is known of a key; None when there is none of this name, or when two of them differ."""
    found = {key for known, key in known_keys(keys) if known == name and key.top == top}
    return found.pop() if len(found) == 1 else None


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


def _fields(info: kinds.Type, *, top: bool) -> Iterator[tuple[str, KnownKey]]:
    for option in _options(info):
        if isinstance(option, kinds.StructType):
            for field in option.fields:
                yield field.encode_name, _known(field.type, top=top)
                yield from _fields(field.type, top=False)
        elif isinstance(option, kinds.VarTupleType):
            yield from _fields(option.item_type, top=top)
        elif isinstance(option, kinds.DictType):
            yield from _fields(option.value_type, top=top)


def _known(info: kinds.Type, *, top: bool) -> KnownKey:
    options = tuple(_options(info))
    mappings = [option for option in options if isinstance(option, kinds.StructType)]
    required = [field.encode_name for mapping in mappings for field in mapping.fields if field.required]
    words = [str(value) for option in options if isinstance(option, kinds.LiteralType) for value in option.values]
    truth = any(isinstance(option, kinds.BoolType) for option in options)
    return KnownKey(
        top=top,
        text=all(isinstance(option, kinds.StrType) for option in options),
        many=any(isinstance(option, kinds.VarTupleType) for option in options),
        first=required[0] if required else "",
        choices=("true", "false") if truth else tuple(words),
    )


def _options(info: kinds.Type) -> Iterator[kinds.Type]:
    """Yield the types that a value may have, without what stands for "not written"."""
    if isinstance(info, kinds.Metadata):
        yield from _options(info.type)
    elif isinstance(info, kinds.UnionType):
        for option in info.types:
            yield from _options(option)
    elif not isinstance(info, kinds.NoneType) and "Unset" not in type(info).__name__:
        yield info
