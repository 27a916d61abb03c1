"""Where a build works, and that it works there alone: a lock, and a folder for what is under way."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from yoyak.error import YoyakError
from yoyak.model import Record
from yoyak.request import BuildRequest
from yoyak.store.place import lock_file, store_file
from yoyak.store.trust import is_exposed, is_private, make_folder

if TYPE_CHECKING:
    from filelock import BaseFileLock

PATIENCE = 60
"""Seconds that a build waits for another one that writes to the same folder."""


class Workplace(Record, kw_only=True):
    folder: Path
    waited: bool = False
    """Whether another build ended meanwhile: what was known of the site's files may be old."""
    notes: tuple[str, ...] = ()
    """What is odd about it, in sentences."""


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

    with _folder(request) as folder:
        lock = FileLock(folder / lock_file(request).name)
        waited = not _acquired(lock, 0)
        if waited and not _acquired(lock, PATIENCE):
            raise YoyakError(f"Another build is writing to {request.target}. Wait for it to end, then build again.")
        try:
            yield Workplace(folder=folder, waited=waited, notes=_notes(request))
        finally:
            lock.release()


@contextmanager
def _folder(request: BuildRequest) -> Iterator[Path]:
    if lasting := workplace_of(request):
        yield lasting
        return
    with tempfile.TemporaryDirectory(prefix="yoyak-") as passing:
        yield Path(passing)


def _notes(request: BuildRequest) -> tuple[str, ...]:
    if not is_exposed(request.store):
        return ()
    told = f"Others can write to {request.store} and not to its site, so it is not used."
    return (f'{told} Take that right away (chmod go-w "{request.store}"), or remove that folder.',)


def _acquired(lock: BaseFileLock, seconds: float) -> bool:
    from filelock import Timeout

    try:
        lock.acquire(timeout=seconds)
    except Timeout:
        return False
    return True


def workplace_of(request: BuildRequest) -> Path | None:
    """Return .yoyak/ of the site; where its user cannot write there, or strangers can, a folder of the system's.

    None when that one is not private: its name is known, so somebody else may have made it.
    """
    wanted = request.store
    with suppress(OSError):
        make_folder(wanted)
        if not is_exposed(wanted):
            with tempfile.TemporaryFile(dir=wanted):
                return wanted
    mark = hashlib.sha256(f"{os.getuid() if hasattr(os, 'getuid') else ''} {wanted}".encode()).hexdigest()[:16]
    elsewhere = Path(tempfile.gettempdir()) / f"yoyak-{mark}"
    with suppress(FileExistsError):
        elsewhere.mkdir(mode=0o700)
    return elsewhere if is_private(elsewhere) else None
