"""Where a build works, and that it works there alone: a lock, and a folder for what is under way."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from yoyak.files.moves import ELSEWHERE, half, remove_tree, settle, there
from yoyak.messages.errors import YoyakError
from yoyak.model.build import BuildRequest
from yoyak.model.message import Message, say
from yoyak.model.types import Record
from yoyak.paths import HIDDEN, staging_name
from yoyak.store.place import (
    has_leftovers,
    is_exposed,
    is_private,
    leftovers,
    lock_file,
    lock_of_staging,
    make_folder,
    store_file,
)

if TYPE_CHECKING:
    from filelock import BaseFileLock

LOCK_REPLACED = say("lock.replaced")
PATIENCE = 60
"""Seconds that a build waits for another one that writes to the same folder."""


class Workplace(Record, kw_only=True):
    folder: Path
    waited: bool = False
    """Whether another build ended meanwhile: what was known of the site's files may be old."""
    notes: tuple[Message, ...] = ()
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
        place = folder / lock_file(request).name
        notes = (LOCK_REPLACED,) if _made_free(place) else ()
        lock = FileLock(place)
        waited = not _acquired(lock, 0)
        if waited and not _acquired(lock, PATIENCE):
            raise YoyakError(say("lock.building", folder=str(request.target)))
        try:
            _settle(request, folder)
            yield Workplace(folder=folder, waited=waited, notes=(*notes, *_notes(request)))
        finally:
            with suppress(OSError):  # it is let go with the process at the latest
                lock.release()


@contextmanager
def _folder(request: BuildRequest) -> Iterator[Path]:
    if lasting := workplace_of(request):
        yield lasting
        return
    with tempfile.TemporaryDirectory(prefix="yoyak-") as passing:
        yield Path(passing)


def _notes(request: BuildRequest) -> tuple[Message, ...]:
    return (say("store.exposed", folder=str(request.store)),) if is_exposed(request.store) else ()


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

    with _folder(request) as work:
        place = work / lock_file(request).name
        _made_free(place)
        lock = FileLock(place)
        if not _acquired(lock, 0):
            raise YoyakError(say("lock.deploying", folder=str(output)))
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


def workplace_of(request: BuildRequest) -> Path | None:
    """Return .yoyak/ of the site; where its user cannot write or lock there, or strangers can, one of the system's.

    None when that one is not private: its name is known, so somebody else may have made it.
    """
    wanted = request.store
    with suppress(OSError):
        make_folder(wanted)
        if not is_exposed(wanted):
            with tempfile.TemporaryFile(dir=wanted):
                if _may_be_locked(wanted / lock_file(request).name):
                    return wanted
    mark = hashlib.sha256(f"{os.getuid() if hasattr(os, 'getuid') else ''} {wanted}".encode()).hexdigest()[:16]
    elsewhere = Path(tempfile.gettempdir()) / f"yoyak-{mark}"
    with suppress(FileExistsError):
        elsewhere.mkdir(mode=0o700)
    return elsewhere if is_private(elsewhere) else None


def _may_be_locked(place: Path) -> bool:
    """Tell whether a lock may be opened; one of another user, or that nobody may change, keeps nobody from building."""
    found = there(place)
    if found is None or not stat.S_ISREG(found.st_mode):
        return True
    try:
        os.close(os.open(place, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0)))
    except OSError as error:
        return error.errno not in (errno.EACCES, errno.EPERM, errno.EROFS)
    return True
