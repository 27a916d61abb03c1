"""Dates come out of the store in the zone of the site: every one that an article or a place has, a new one too."""

from __future__ import annotations

import types
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import pytest

from values import SEOUL
from yoyak.model.types import Article, Place, Record
from yoyak.store.store import article_in, place_in

NOON = datetime(2024, 7, 3, 12, tzinfo=UTC)


def filled(kind: Any) -> Any:
    """Return a value of a type with every date set, at any depth."""
    if isinstance(kind, type) and issubclass(kind, Record):
        return kind(**{name: filled(hint) for name, hint in get_type_hints(kind).items()})
    origin, arguments = get_origin(kind), get_args(kind)
    if kind is datetime:
        return NOON
    if origin is Literal:
        return arguments[0]
    if origin is tuple:
        return (filled(arguments[0]),)
    if origin in (Union, types.UnionType):
        return filled(next(one for one in arguments if one is not types.NoneType))
    return kind()


def moments(value: Any) -> Iterator[tuple[str, datetime]]:
    """Give every date of a value with its place there."""
    if isinstance(value, datetime):
        yield "", value
    elif isinstance(value, tuple):
        yield from ((f"[{n}]{place}", time) for n, one in enumerate(value) for place, time in moments(one))
    elif isinstance(value, Record):
        for name in value.__struct_fields__:
            yield from ((f".{name}{place}", time) for place, time in moments(getattr(value, name)))


@pytest.mark.parametrize(("kind", "in_zone"), [(Article, article_in), (Place, place_in)])
def test_every_date_comes_out_in_the_zone_of_the_site(kind: type[Record], in_zone: Any) -> None:
    found = list(moments(in_zone(filled(kind), SEOUL)))
    assert len(found) >= 5
    assert [place for place, time in found if time.tzinfo is not SEOUL] == []
    assert {time for _, time in found} == {NOON}


def test_a_date_below_another_value_is_seen() -> None:
    assert ".corrections[0].date" in [place for place, _ in moments(filled(Article))]
