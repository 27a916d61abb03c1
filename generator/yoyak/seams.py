"""What a caller may put into a build: how a function runs over many items, what to recall, whom to tell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol, TypeVar

from yoyak.model import Parsed

T = TypeVar("T")
R = TypeVar("R")


class MapLike(Protocol):
    """Runs a function over items, perhaps side by side; the results come in the order of the items."""

    def __call__(self, function: Callable[[T], R], items: Sequence[T], /) -> Iterable[R]: ...


Recall = Callable[[Parsed], Parsed]
"""May put an earlier article in the place of one that cannot be read."""

Progress = Callable[[str, int], None]
"""Told the name of a stage that begins, and how many items it has (0: not counted)."""
