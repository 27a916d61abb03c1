"""Where a build works, and that it works there alone: a lock, and a folder for what is under way."""

from __future__ import annotations

import hashlib
import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from yoyak.error import YoyakError
from yoyak.locate import HIDDEN, staging_name
from yoyak.model import Record
from yoyak.moves import ELSEWHERE, half, remove_tree, settle, there
from yoyak.request import BuildRequest
from yoyak.store.place import has_leftovers, leftovers, lock_file, lock_of_staging, store_file

if TYPE_CHECKING:
    from filelock import BaseFileLock

LOCK_REPLACED = "Something that is no file stood in the place of the lock in .yoyak/; it was removed."
PATIENCE = 60
"""Seconds that a build waits for another one that writes to the same folder."""


class Workplace(Record, kw_only=True):
    folder: Path
    waited: bool = False
    """Whether another build ended meanwhile: what was known of the site's files may be old."""
    notes: tuple[str, ...] = ()
    """What was odd there, in sentences."""


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
    place = folder / lock_file(request).name
    notes = (LOCK_REPLACED,) if _made_free(place) else ()
    lock = FileLock(place)
    waited = not _acquired(lock, 0)
    if waited and not _acquired(lock, PATIENCE):
        raise YoyakError(f"Another build is writing to {request.target}. Wait for it to end, then build again.")
    try:
        _settle(request, folder)
        yield Workplace(folder=folder, waited=waited, notes=notes)
    finally:
        with suppress(OSError):  # it is let go with the process at the latest
            lock.release()


def _made_free(place: Path) -> bool:
    """Remove what stands in the place of a lock and is no file; tell whether something did."""
    found = there(place)
    if found is None or stat.S_ISREG(found.st_mode):
        return False
    if stat.S_ISDIR(found.st_mode):
        remove_tree(place)
    else:
        place.unlink()
    return True


def _settle(request: BuildRequest, work: Path) -> None:
    """Put back what builds had changed that did not end, and remove what they left: ours, and any that nobody runs."""
    from filelock import FileLock

    settle(request.target / HIDDEN, request.target)
    ours = staging_name(request.target)
    for name in leftovers(work):
        if name.startswith(ours):
            _settle_one(work / name, request.target)
            continue
        lock = FileLock(work / lock_of_staging(request.folder.resolve(), name))
        with suppress(OSError, YoyakError):  # it is another output's, whose own next build tells
            if _acquired(lock, 0):
                try:
                    _settle_one(work / name, None)
                finally:
                    lock.release()


def _settle_one(staging: Path, folder: Path | None) -> None:
    elsewhere = staging / ELSEWHERE
    found = there(elsewhere)
    if folder is None and found and stat.S_ISREG(found.st_mode):
        folder = Path(elsewhere.read_text(encoding="utf-8"))
        if staging.name.startswith(staging_name(folder)):
            settle(folder / HIDDEN, folder)
    settle(staging, folder)


def settle_output(site: Path, output: Path) -> None:
    """Put back what a build had changed in an output folder that did not end. While one runs, nothing is done.

    Raises:
        YoyakError: it cannot be put back now.
    """
    request = BuildRequest(folder=site, output=output)
    if not has_leftovers(request):
        return
    from filelock import FileLock

    work = workplace_of(request)
    place = work / lock_file(request).name
    _made_free(place)
    lock = FileLock(place)
    if not _acquired(lock, 0):
        raise YoyakError(f"A build is writing to {output}. Wait for it to end, then deploy again.")
    try:
        _settle(request, work)
    except OSError as error:
        raise half(output, error) from error
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
