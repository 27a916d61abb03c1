"""Where the time and the memory of a build went, measured only when somebody asks.

The maps that a build runs through are wrapped: each item is timed where it is worked on, and the time travels with the
result, from forked workers too. A build without a profiler has nothing of this, not even a question for each item.
"""

from __future__ import annotations

import os
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import Any

from yoyak.engine.run import Stopwatch, Told
from yoyak.model.build import AnyMap, BuildReport, Profile, Progress, Runaway, Spent
from yoyak.model.sources import Listed
from yoyak.model.types import Page
from yoyak.pipeline.load import is_note
from yoyak.readers.opened import kind_of
from yoyak.store.database import Database, StoreDamaged
from yoyak.store.store import Store

MOST = 10
"""How many of the slowest files and pages are named."""
_TIMED_STAGES = ("parse", "render")


class Profiler(Stopwatch):
    """The clock of one run that is looked at more closely."""

    def __init__(self, progress: Progress | None = None) -> None:
        super().__init__(progress)
        self._meter = Meter()
        self._store: Store | None = None
        self._files: dict[str, float] = defaultdict(float)
        self._pages: dict[str, tuple[str, float]] = {}
        self._views_made = self._views_shown = 0
        self._by_jinja: set[str] = set()

    def watch_store(self, store: Store) -> None:
        """Measure what the store takes from now on."""
        store.database.close()
        store.database = TimedDatabase(store.database.place, self._meter)
        self._store = store

    def timed(self, each: AnyMap) -> AnyMap:
        """Return a map that does what `each` does, and notes what each file takes to read, and each page to make."""

        def mapped(function: Callable[[Any], Any], items: Sequence[Any]) -> Iterable[Any]:
            if self._stage not in _TIMED_STAGES:
                return each(function, items)
            return self._noted(items, each(_timed(function, self._meter), items))

        return mapped

    def _noted(self, items: Sequence[Any], samples: Iterable[Any]) -> Iterator[Any]:
        here = os.getpid()
        for item, sample in zip(items, samples, strict=True):
            if isinstance(sample, Runaway):  # it has taken its time, but could not say so
                yield sample
                continue
            process, seconds, store, result = sample
            if process != here:
                self._meter.seconds += store
            self._note(item, result, seconds)
            yield result

    def _note(self, item: Any, result: Any, seconds: float) -> None:
        if isinstance(item, Page) and isinstance(result, Told):
            self._pages[item.output] = (item.template, seconds)
            self._views_made += result.views
            if result.by_jinja:
                self._by_jinja.add(item.template)
            self._views_shown += len(set(item.recipe.shows()))
        elif isinstance(item, Listed):
            self._files[item.path] += seconds  # a file that links to others is read twice

    def profile(self, report: BuildReport) -> Profile:
        memory, of_workers = _peaks()
        articles = [path for path in self._files if not is_note(path)]
        total, size = self._of_store()
        return Profile(
            stages=self.seconds,
            templates=_sums((template, seconds) for template, seconds in self._pages.values()),
            templates_by_jinja=tuple(sorted(self._by_jinja)),
            readers=_sums((_reader(path), seconds) for path, seconds in self._files.items()),
            slowest_files=_slowest(self._files),
            slowest_pages=_slowest({output: seconds for output, (_, seconds) in self._pages.items()}),
            files_read=len(self._files),
            files_known=max(0, total - len(articles)),
            pages_made=len(self._pages),
            pages_kept=max(0, report.pages - len(self._pages)),
            views_made=self._views_made,
            views_remembered=max(0, self._views_shown - self._views_made),
            store_seconds=self._meter.seconds,
            store_bytes=size,
            memory=memory,
            memory_of_workers=of_workers,
        )

    def _of_store(self) -> tuple[int, int]:
        """Return how many files the store knows, and its own size in bytes; a temporary one is gone already."""
        if self._store is None or self._store.temporary:
            return 0, 0
        database = self._store.database
        try:
            return database.count("readings"), os.stat(database.place).st_size  # noqa: PTH116
        except (StoreDamaged, OSError):
            return 0, 0
        finally:
            database.close()


def _timed(function: Callable[[Any], Any], meter: Meter) -> Callable[[Any], tuple[int, float, float, Any]]:
    """Return a function that gives its result with its process, its seconds and those of the store."""

    def run(item: Any) -> tuple[int, float, float, Any]:
        store, start = meter.seconds, perf_counter()
        result = function(item)
        return os.getpid(), perf_counter() - start, meter.seconds - store, result

    return run


def _reader(path: str) -> str:
    return "own files" if is_note(path) else kind_of(path, "")


def _sums(items: Iterable[tuple[str, float]]) -> tuple[Spent, ...]:
    """Return the seconds and the number of items by name, the most expensive first."""
    found: dict[str, list[float]] = defaultdict(list)
    for name, seconds in items:
        found[name].append(seconds)
    spent = (Spent(name=name, seconds=sum(each), items=len(each)) for name, each in found.items())
    return tuple(sorted(spent, key=lambda one: (-one.seconds, one.name)))


def _slowest(seconds: Mapping[str, float]) -> tuple[Spent, ...]:
    slowest = sorted(seconds.items(), key=lambda item: (-item[1], item[0]))[:MOST]
    return tuple(Spent(name=name, seconds=took, items=1) for name, took in slowest)


def _peaks() -> tuple[int, int]:
    """Return the most bytes that this process had in memory, and the largest of its workers; 0 where nobody tells."""
    if sys.platform == "win32":
        return 0, 0
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    own, workers = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_maxrss * unit, workers.ru_maxrss * unit


# --- A store's file, timed: how long a build waits for it --------------------------------------------------------


class Meter:
    """A sum of seconds. A worker has its own, forked with it."""

    def __init__(self) -> None:
        self.seconds = 0.0

    @contextmanager
    def running(self) -> Iterator[None]:
        start = perf_counter()
        try:
            yield
        finally:
            self.seconds += perf_counter() - start

    def of_each(self, rows: Iterator[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
        """Yield rows, and count how long each takes to come."""
        while True:
            with self.running():
                row = next(rows, None)
            if row is None:
                return
            yield row


class TimedDatabase(Database):
    """A database that says how long its reads and writes took."""

    def __init__(self, place: Path, meter: Meter) -> None:
        super().__init__(place)
        self._meter = meter

    @contextmanager
    def transaction(self) -> Iterator[None]:
        with self._meter.running():
            inside = super().transaction()
            inside.__enter__()
        try:
            yield
        except BaseException as error:
            if not inside.__exit__(type(error), error, error.__traceback__):
                raise
        else:
            with self._meter.running():
                inside.__exit__(None, None, None)

    def get(self, table: str, key: str) -> bytes | None:
        with self._meter.running():
            return super().get(table, key)

    def some(self, table: str, keys: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        return self._meter.of_each(super().some(table, keys))

    def every(self, table: str) -> Iterator[tuple[str, bytes]]:
        return self._meter.of_each(super().every(table))

    def put(self, table: str, rows: Iterable[tuple[str, bytes]]) -> None:
        with self._meter.running():
            super().put(table, rows)

    def remove(self, table: str, keys: Iterable[str]) -> None:
        with self._meter.running():
            super().remove(table, keys)

    def count(self, table: str) -> int:
        with self._meter.running():
            return super().count(table)
