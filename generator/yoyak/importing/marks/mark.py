"""A mark with what is written in it, and what is made of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from yoyak.model.types import Record

_HUGO = re.compile(r"(?:([\w-]+)\s*=\s*)?(?:\"((?:[^\"\\]|\\.)*)\"|`([^`]*)`|'([^']*)'|([^\s\"`]+))")
_ESCAPED = re.compile(r"\\([\"\\])")


class Mark(Record, kw_only=True):
    """A mark as it stands in a text."""

    name: str
    """Lower case."""
    rest: str = ""
    """What is written behind its name."""
    inner: str | None = None
    """What stands between it and its end; None when it has none."""
    inside: Callable[[str], str]
    """Converts text that stands in the mark."""
    lookup: Callable[[str], str]
    head: Mapping[str, object] = {}
    """What stands above the text."""

    @property
    def words(self) -> tuple[str, ...]:
        """Return what is given without a name."""
        return tuple(value for name, value in arguments(self.rest) if not name)

    @property
    def named(self) -> Mapping[str, str]:
        return {name: value for name, value in reversed(arguments(self.rest)) if name}

    def given(self, *names: str, at: int | None = None) -> str:
        """Return the first value that one of some names has, else the one at a place."""
        named = self.named
        found = next((named[name] for name in names if named.get(name)), "")
        return found or (self.words[at] if at is not None and at < len(self.words) else "")


class Replacement(Record, kw_only=True):
    """What stands for a mark."""

    text: str
    inline: str | None = ""
    """What stands for it amid other words; empty for the same, None when it can only stand on lines of its own."""


def amid(text: str) -> Replacement:
    """Return something that stays in its line."""
    return Replacement(text=text, inline=text)


Maker = Callable[[Mark], Replacement | str | None]
"""A text stays in its line; None leaves the mark as it is."""


def arguments(written: str) -> list[tuple[str, str]]:
    """Return names and values; without its name a value has an empty one.

    >>> arguments('src="a b.png" tip')
    [('src', 'a b.png'), ('', 'tip')]
    """
    found = []
    for name, double, raw, single, bare in _HUGO.findall(written):
        value = _ESCAPED.sub(r"\1", double) or raw or single or bare.strip(",")
        found.append((name.lower(), value))
    return found
