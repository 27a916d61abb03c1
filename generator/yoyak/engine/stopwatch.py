"""How long each stage took."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter

from yoyak.model.protocols import AnyMap, Progress
from yoyak.model.report import BuildReport, Profile
from yoyak.store.store import Store


class Stopwatch:
    """The clock of one run. It measures the run and decides nothing in it."""

    def __init__(self, progress: Progress | None = None) -> None:
        self.seconds: dict[str, float] = {}
        self._progress = progress
        self._stage = ""

    @contextmanager
    def stage(self, name: str, items: int = 0) -> Iterator[None]:
        """Measure what happens inside as the stage `name`."""
        before, self._stage = self._stage, name
        self.tell(items, 0)
        start = perf_counter()
        try:
            yield
        finally:
            self.add(name, perf_counter() - start)
            self._stage = before

    def tell(self, items: int, done: int) -> None:
        """Report how far the stage is that is under way, if anybody is told."""
        if self._progress and self._stage:
            self._progress(self._stage, items, done)

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
