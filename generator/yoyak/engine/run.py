"""A job: what one run of a build works with, whichever way it goes."""

from __future__ import annotations

from pathlib import Path

from yoyak.engine.build_cache import Session
from yoyak.engine.stopwatch import Stopwatch
from yoyak.model.protocols import GuardedMap, MapLike
from yoyak.model.request import BuildRequest
from yoyak.model.types import Record
from yoyak.store.stamps import Stamps
from yoyak.store.store import Store


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
