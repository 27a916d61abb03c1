"""Where a build works, and that it works there alone: a lock, and a folder for what is under way."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from yoyak.error import YoyakError
from yoyak.request import BuildRequest
from yoyak.store.place import lock_file, store_file

PATIENCE = 60
"""Seconds that a build waits for another one that writes to the same folder."""


@contextmanager
def alone(request: BuildRequest) -> Iterator[Path]:
    """Wait for another build of the same folder to end, and give the folder to work in. The lock dies with its process.

    Raises:
        YoyakError: the other build does not end.
    """
    if request.check_only and not store_file(request).is_file():
        with tempfile.TemporaryDirectory(prefix="yoyak-") as passing:  # a check leaves nothing in a site
            yield Path(passing)
        return
    from filelock import FileLock, Timeout

    folder = workplace(request)
    lock = FileLock(folder / lock_file(request).name)
    try:
        lock.acquire(timeout=PATIENCE)
    except Timeout as error:
        message = f"Another build is writing to {request.target}. Wait for it to end, then build again."
        raise YoyakError(message) from error
    try:
        yield folder
    finally:
        lock.release()


def workplace(request: BuildRequest) -> Path:
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
