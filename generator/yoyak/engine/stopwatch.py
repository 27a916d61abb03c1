"""How long each stage took."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter

from yoyak.model.protocols import AnyMap, Progress, counting
from yoyak.model.report import BuildReport, Profile
from yoyak.store.store import Store


class Stopwatch:
    """The clock of one run. It measures the run and decides nothing in it."""

    def __init__(self, progress: Progress | None = None) -> None:
        self.seconds: dict[str, float] = {}
        self._progress = progress

    @contextmanager
    def stage(self, name: str, items: int = 0) -> Iterator[None]:
        """Measure what happens inside as the stage `name`."""
        if self._progress:
            self._progress(name, items)
        start = perf_counter()
        try:
            yield
        finally:
            self.add(name, perf_counter() - start)

    def counted(self, name: str, each: AnyMap) -> AnyMap:
        """Return a map that reports how far the stage `name` is, if anybody is told."""
        return counting(each, name, self._progress) if self._progress else each

    def timed(self, each: AnyMap) -> AnyMap:
        """Return a map that does what `each` does. What it takes for each item only `Profiler` notes."""
        return each

    def watch_store(self, store: Store) -> None:
        """Be told of the store: a `Profiler` measures what it takes."""

    def profile(self, report: BuildReport) -> Profile | None:  # noqa: ARG002 - a `Profiler` reads it
        """Return what was measured besides, by a `Profiler`."""
        return None

    def add(self, name: str, seconds: float) -> None:
        """Count time that the stage `name` has taken."""
        self.seconds[name] = self.seconds.get(name, 0.0) + seconds
