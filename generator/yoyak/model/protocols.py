"""What a caller may put into a build: how a function runs over many items, and whom to tell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Literal, NamedTuple, Protocol, TypeVar

from yoyak.model.types import Record

T = TypeVar("T")
R = TypeVar("R")


class Limits(NamedTuple):
    """What one item may take."""

    seconds: float
    """Of the processor, so that a machine that is busy with other things stops nothing."""
    memory: int
    """Bytes of address space beside what the worker has already."""
    answer: int
    """Bytes of a result."""


class Runaway(Record, kw_only=True):
    """What stands in the place of a result: the function was stopped, or failed, on this one item."""

    why: Literal["time", "memory", "depth", "crash", "fault"]
    told: str = ""
    """What a program would print, for a fault or a crash."""
    trace: str = ""
    """Where in the program it failed, for a fault."""


class MapLike(Protocol):
    """Runs a function over items, perhaps side by side; the results come in the order of the items."""

    def __call__(self, function: Callable[[T], R], items: Sequence[T], /) -> Iterable[R]: ...


class GuardedMap(Protocol):
    """A map that may give a `Runaway` for an item; the other items have their results. Every `MapLike` is one."""

    def __call__(self, function: Callable[[T], R], items: Sequence[T], /) -> Iterable[R | Runaway]: ...


AnyMap = Callable[[Callable[[Any], Any], Sequence[Any]], Iterable[Any]]
"""Either of them, of whatever items."""


class Progress(Protocol):
    """Told the name of a stage, how many items it has (0: not counted), and how many of them are done."""

    def __call__(self, name: str, items: int, done: int = 0, /) -> None: ...


def counted(items: Sequence[T], name: str, progress: Progress | None) -> Iterator[T]:
    """Yield the items, and of several report each as done when the next one is asked for."""
    for done, item in enumerate(items):
        if progress and len(items) > 1:
            progress(name, len(items), done)
        yield item


Counted = Callable[[int, int], object]
"""Told how many items a map has, and for how many of them there are results; now and then also without news."""
