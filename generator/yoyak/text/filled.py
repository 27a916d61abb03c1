"""Values put into a text with named places, in Korean with the particle that fits."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from string import Formatter

from yoyak.text.korean import with_particle


def filled(text: str, values: Mapping[str, object]) -> str:
    """Put values into a text: ``{title}`` as it is, ``{title:을/를}`` with the particle that fits it.

    ``{:을/를}`` is the particle alone, for what stands before it.

    Raises:
        KeyError: a value is not given.

    >>> filled("{title:을/를} 옮겼습니다.", {"title": "첫 글"})
    '첫 글을 옮겼습니다.'
    >>> filled('"{title}"{:을/를} 옮겼습니다.', {"title": "첫 글"})
    '"첫 글"을 옮겼습니다.'
    """
    found = ""
    for before, name, particle in _pieces(text):
        found += before
        if name == "":
            found = with_particle(found, particle)
        elif name is not None:
            value = str(values[name])
            found += with_particle(value, particle) if particle else value
    return found


def places(text: str) -> frozenset[str]:
    """Return the names of the values that a text wants."""
    return frozenset(name for _, name, _ in _pieces(text) if name)


@cache
def _pieces(text: str) -> tuple[tuple[str, str | None, str], ...]:
    """Return a text as pieces: words, then the name of a value and its particle. A large site fills few texts often."""
    return tuple((before, name, particle or "") for before, name, particle, _ in Formatter().parse(text))
