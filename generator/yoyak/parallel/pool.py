"""A number of jobs becomes a map-like function: the seam through which a build runs side by side.

`mapper` is for work that we trust, `guarded` for files that nobody has looked at: one that takes too long or too much
memory, or brings a library down, costs its own result only. `yoyak.parallel.workers` has the
processes.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

from yoyak.messages.errors import YoyakError
from yoyak.model.build import Counted, GuardedMap, Limits, MapLike, Runaway
from yoyak.model.message import say

if sys.platform == "win32":
    run: Any = None  # nobody asks for it there
else:
    from yoyak.parallel.workers import run

T = TypeVar("T")
R = TypeVar("R")

WORTH_IT = 64
"""Below this number of items a fork costs more than it saves."""
A_WORKER_EACH = 16
"""Guarded items always run in a worker; from this number on in one more."""
LIMITS = Limits(seconds=10, memory=512 * 1024 * 1024, answer=64 * 1024 * 1024)
"""Of one file. The longest that may be read at all, 5 MB, takes a half of each."""


def serial(function: Callable[[T], R], items: Sequence[T], /) -> Iterable[R]:
    """Map in this process, one after the other."""
    return map(function, items)


def _counting(counted: Counted) -> MapLike:
    """Return a map in this process that counts."""

    def one_by_one(function: Callable[[T], R], items: Sequence[T], /) -> Iterator[R]:
        for number, item in enumerate(items, 1):
            yield function(item)
            counted(len(items), number)

    return one_by_one


def mapper(jobs: int | None = None, *, counted: Counted | None = None) -> MapLike:
    """Return a map that uses `jobs` processes; by default as many as there are cores for this process."""
    wanted = jobs or _cores()
    here = _counting(counted) if counted else serial
    if wanted < 2 or sys.platform == "win32" or not hasattr(os, "fork"):
        return here

    def side_by_side(function: Callable[[T], R], items: Sequence[T], /) -> Iterable[R]:
        if len(items) < WORTH_IT:
            return here(function, items)
        return [_whole(result) for result in run(function, items, wanted, None, apart=True, counted=counted)]

    return side_by_side


def guarded(jobs: int | None = None, limits: Limits = LIMITS, *, counted: Counted | None = None) -> GuardedMap:
    """Return a map in which each item has limits. Without a fork (on Windows) it is a plain one and has none."""
    wanted = jobs or _cores()
    if sys.platform == "win32" or not hasattr(os, "fork"):
        return _counting(counted) if counted else serial

    def side_by_side(function: Callable[[T], R], items: Sequence[T], /) -> Iterable[R | Runaway]:
        return run(function, items, min(wanted, 1 + len(items) // A_WORKER_EACH), limits, counted=counted)

    return side_by_side


def limited(function: Callable[[T], R], item: T, limits: Limits = LIMITS) -> R | Runaway:
    """Return what `function` makes of one item, in a worker of its own with limits.

    Raises:
        RuntimeError: `function` failed; the worker's own trace is a note of it.
    """
    (result,) = guarded(1, limits)(function, (item,))
    if isinstance(result, Runaway) and result.why == "fault":
        error = RuntimeError(result.told)
        error.add_note(result.trace)
        raise error
    return result


def _whole(result: R | Runaway) -> R:
    if isinstance(result, Runaway):
        raise YoyakError(say("worker.ended"))
    return result


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
