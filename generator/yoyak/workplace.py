"""Where a build works, and that it works there alone: a lock, and a folder for what is under way."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from yoyak.error import YoyakError
from yoyak.model import Record
from yoyak.request import BuildRequest
from yoyak.store.place import lock_file, store_file

if TYPE_CHECKING:
    from filelock import BaseFileLock

PATIENCE = 60
"""Seconds that a build waits for another one that writes to the same folder."""


class Workplace(Record, kw_only=True):
    folder: Path
    waited: bool = False
    """Whether another build ended meanwhile: what was known of the site's files may be old."""


@contextmanager
def alone(request: BuildRequest) -> Iterator[Workplace]:
    """Wait for another build of the same folder to end, and give the place to work in. The lock dies with its process.

    Raises:
        YoyakError: the other build does not end.
    """
    if request.check_only and not store_file(request).is_file():
        with tempfile.TemporaryDirectory(prefix="yoyak-") as passing:  # a check leaves nothing in a site
            yield Workplace(folder=Path(passing))
        return
    from filelock import FileLock

    folder = workplace_of(request)
    lock = FileLock(folder / lock_file(request).name)
    waited = not _acquired(lock, 0)
    if waited and not _acquired(lock, PATIENCE):
        raise YoyakError(f"Another build is writing to {request.target}. Wait for it to end, then build again.")
    try:
        yield Workplace(folder=folder, waited=waited)
    finally:
        lock.release()


def _acquired(lock: BaseFileLock, seconds: float) -> bool:
    from filelock import Timeout

    try:
        lock.acquire(timeout=seconds)
    except Timeout:
        return False
    return True


def workplace_of(request: BuildRequest) -> Path:
    """Return .yoyak/ of the site; where nothing can be written there, a folder of the system's for this site."""
    wanted = request.store
    try:
        wanted.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=wanted):
            return wanted
    except OSError:
        mark = hashlib.sha256(f"{os.getuid() if hasattr(os, 'getuid') else ''} {wanted}".encode()).hexdigest()[:16]
        elsewhere = Path(tempfile.gettempdir()) / f"yoyak-{mark}"
        elsewhere.mkdir(mode=0o700, exist_ok=True)
        return elsewhere
