"""A number of jobs becomes a map-like function: the seam through which a build runs side by side.

Workers are forked when the map is called. They inherit the function and everything that it knows, so only the number
of an item travels to them, and only a result back. The order of results is the order of items.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

from yoyak.error import YoyakError
from yoyak.seams import MapLike

T = TypeVar("T")
R = TypeVar("R")

WORTH_IT = 64
"""Below this number of items a fork costs more than it saves."""


def serial(function: Callable[[T], R], items: Sequence[T], /) -> Iterable[R]:
    """Map in this process, one after the other."""
    return map(function, items)


def mapper(jobs: int | None = None) -> MapLike:
    """Return a map that uses `jobs` processes; by default as many as there are cores for this process."""
    wanted = jobs or _cores()
    return serial if wanted < 2 or not hasattr(os, "fork") else _Forked(wanted)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class _Forked:
    def __init__(self, jobs: int) -> None:
        self.jobs = jobs

    def __call__(self, function: Callable[[T], R], items: Sequence[T], /) -> Iterable[R]:
        if len(items) < WORTH_IT:
            return map(function, items)
        return self._side_by_side(function, items)

    def _side_by_side(self, function: Callable[[T], R], items: Sequence[T]) -> Iterator[R]:
        from concurrent.futures import ProcessPoolExecutor
        from concurrent.futures.process import BrokenProcessPool
        from multiprocessing import get_context

        chunk = max(1, min(64, len(items) // (self.jobs * 4)))
        try:
            with ProcessPoolExecutor(
                self.jobs, mp_context=get_context("fork"), initializer=_inherit, initargs=(function, items)
            ) as pool:
                yield from pool.map(_call, range(len(items)), chunksize=chunk)
        except BrokenProcessPool as error:
            raise YoyakError(
                "A worker process was ended from outside, perhaps for lack of memory. Run again with fewer jobs."
            ) from error


_inherited: tuple[Callable[[Any], Any], Sequence[Any]] | None = None


def _inherit(function: Callable[[Any], Any], items: Sequence[Any]) -> None:
    global _inherited  # noqa: PLW0603 - a forked worker has no other way to be given something
    _inherited = (function, items)


def _call(number: int) -> Any:
    assert _inherited is not None
    function, items = _inherited
    return function(items[number])
