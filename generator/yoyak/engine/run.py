"""What one run of a build works with, whichever way it goes: its clock, what is kept between runs, and all of it."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from yoyak.model.build import AnyMap, BuildReport, BuildRequest, GuardedMap, MapLike, Profile, Progress
from yoyak.model.sources import Asset, FileStamp
from yoyak.model.types import Record
from yoyak.store.remembered import BuildState, FileRow
from yoyak.store.stamps import Stamps
from yoyak.store.store import Store, close_store

if TYPE_CHECKING:
    from yoyak.engine.page_maker import Press


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


class Session:
    """What one process keeps between two builds of a site: the preview builds after every save.

    Filled by builds; whatever is missing is fetched from the store or the disk.
    """

    def __init__(
        self, first: Callable[[], Sequence[str]] = tuple, shown: Callable[[str, str], None] | None = None
    ) -> None:
        """`first` names the output paths of pages that somebody looks at; `shown` is told the
        path and the digest of one that is in its place while the build goes on."""
        self.first, self.shown = first, shown
        self.keep_good = False
        """Let an article that could be read stand in for its file when that breaks, as long as this lasts."""
        self.store: Store | None = None
        self.state: BuildState | None = None
        self.build_id = b""
        """Which build of the store's this is of: another process may have built since."""
        self.files: dict[str, FileRow] | None = None
        self.press: Press | None = None
        self.addresses: frozenset[str] | None = None
        self.assets: Mapping[str, Asset] | None = None
        self.outputs: dict[str, FileStamp] | None = None
        """The stamps of the files of the output. Whether another hand changed them meanwhile is not looked for."""

    def close(self) -> None:
        """Let go of the store."""
        if self.store:
            close_store(self.store)
        self.store = None

    def forget(self) -> None:
        """Forget all but the store."""
        self.state = self.files = self.press = self.addresses = self.assets = self.outputs = None


class Job(Record, kw_only=True):
    request: BuildRequest
    store: Store
    stamps: Stamps
    """Of every file that a build may read, taken before any was read."""
    work: Path
    """A folder for what is under way."""
    files_map: GuardedMap
    """Runs over files, which nobody has looked at."""
    pages_map: MapLike
    watch: Stopwatch
    session: Session
    """Empty when nothing is kept between builds."""


@contextmanager
def without_collector() -> Iterator[None]:
    """Leave the cyclic garbage collector off: a build makes many values and no cycles, and to look at all is dear."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
