"""Put an edited file in the place of the one that was read: whole or not at all, and only if nobody changed it."""

from __future__ import annotations

import ctypes
import os
import stat
import sys
from contextlib import suppress
from functools import cache
from hashlib import sha256
from pathlib import Path
from time import sleep
from typing import Any
from unicodedata import normalize

from yoyak.files.parts import PLAIN, sync_folder
from yoyak.files.site_files import cause
from yoyak.messages.errors import YoyakError
from yoyak.model.message import say

PART = ".yoyak-fix-"
"""How the names of edited files begin that are not wholly written yet: one name each, that the next run removes."""
_A_MOMENT = 0.01
"""Seconds in which an editor that had opened the file before it was replaced writes to it."""


class NotSavedError(YoyakError):
    """A file was left as it was. Its text is a sentence for the editor."""


def save(root: Path, path: str, before: bytes, after: bytes) -> None:
    """Replace the file `path` (relative to the site folder `root`, NFC), which must hold `before`, by `after`.

    Mode, owner and extended attributes stay. A link is followed when it stays below the folder that the file is in:
    content/, or the site folder for site.yaml. Two runs at once must be kept apart by the caller.

    Raises:
        NotSavedError: the file was left as it was, and why.
    """
    try:
        _replace(_real(root, path), before, after)
    except OSError as error:
        raise NotSavedError(say("not-repaired.disk", error=cause(error))) from None


def clear(root: Path) -> None:
    """Remove what saves below a site folder left behind when they were killed. None may be under way."""
    for folder, _, names in os.walk(root / "content"):
        for name in names:
            if name.startswith(PART):
                Path(folder, name).unlink(missing_ok=True)


def _real(root: Path, path: str) -> Path:
    """Return where a file is on the disk, whose names may be in another normal form, behind a link if it is one."""
    place = root
    for part in Path(path).parts:
        place = _named(place, part)
    real = Path(os.path.realpath(place))
    border = Path(os.path.realpath(root / Path(path).parts[0] if "/" in path else root))
    if not real.is_relative_to(border):
        raise NotSavedError(say("not-repaired.link"))
    return real


def _named(folder: Path, name: str) -> Path:
    found = [entry for entry in folder.iterdir() if normalize("NFC", entry.name) == name]
    if len(found) != 1:
        raise NotSavedError(say("not-repaired.twice" if found else "not-repaired.gone"))
    return found[0]


def _replace(place: Path, before: bytes, after: bytes) -> None:
    if place.read_bytes() == after:  # another name of it was repaired
        return
    found = _unchanged(place, before)
    if not os.access(place, os.W_OK):
        raise NotSavedError(say("not-repaired.right"))
    part = place.with_name(PART + sha256(os.fsencode(place.name)).hexdigest()[:16])
    part.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | PLAIN, 0o600), "wb") as file:
            file.write(after)
            file.flush()
            _keep(file.fileno(), place, found)
            os.fsync(file.fileno())
        _unchanged(place, before)
        _put(part, place, before)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _put(part: Path, place: Path, before: bytes) -> None:
    """Put the new file in place. What a person saved there in the last moment is put back."""
    swapped = exchanged(part, place)
    if not swapped:
        part.replace(place)
    _sync(place.parent)
    if not swapped:
        return
    sleep(_A_MOMENT)
    if part.read_bytes() != before:
        exchanged(part, place)
        raise NotSavedError(say("not-repaired.changed"))
    part.unlink()


def _unchanged(place: Path, before: bytes) -> os.stat_result:
    """Return what the disk says of a file, when it holds what was read."""
    with os.fdopen(os.open(place, os.O_RDONLY | PLAIN), "rb") as file:
        found = os.fstat(file.fileno())
        if not stat.S_ISREG(found.st_mode) or file.read() != before:
            raise NotSavedError(say("not-repaired.changed"))
    return found


def _keep(handle: int, place: Path, found: os.stat_result) -> None:
    """Give the new file the owner, the attributes and the mode of the old one."""
    if sys.platform == "win32":
        return
    new = os.fstat(handle)
    if (new.st_uid, new.st_gid) != (found.st_uid, found.st_gid):
        try:
            os.fchown(handle, found.st_uid, found.st_gid)
        except PermissionError:
            raise NotSavedError(say("not-repaired.owner")) from None
    if sys.platform == "linux":
        with suppress(OSError):  # a disk without them, or one that only the system may set
            for name in os.listxattr(place):
                os.setxattr(handle, name, os.getxattr(place, name))
    os.fchmod(handle, stat.S_IMODE(found.st_mode))


def _sync(folder: Path) -> None:
    """Make the new name last through a power failure."""
    try:
        sync_folder(folder)
    except OSError as error:
        raise NotSavedError(say("not-repaired.unsure", error=cause(error))) from None


# --- Two files change places in one step, so that what lay there is not lost ---------------------------------------


_EXCHANGE = 2
"""RENAME_EXCHANGE of Linux and RENAME_SWAP of macOS are the same number."""
_AT_FDCWD = -100


def exchanged(one: Path, other: Path) -> bool:
    """Let two files of one folder change places; False, with nothing changed, when the system or the disk cannot.

    Raises:
        OSError: one of them is not there, or may not be moved.
    """
    rename = _rename()
    if rename is None:
        return False
    names = [os.fsencode(path) for path in (one, other)]
    if sys.platform == "darwin":
        failed = rename(names[0], names[1], _EXCHANGE)
    else:
        failed = rename(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _EXCHANGE)
    if not failed:
        return True
    error = ctypes.get_errno()
    if error in _CANNOT:
        return False
    raise OSError(error, os.strerror(error), str(other))


_CANNOT = (1, 22, 38, 45, 95)
"""EPERM of a sandbox, EINVAL, ENOSYS, ENOTSUP: the kernel or the file system does not know it."""


@cache
def _rename() -> Any:
    """Return the system's function, if it has one."""
    try:
        library = ctypes.CDLL(None, use_errno=True)
        return library.renamex_np if sys.platform == "darwin" else library.renameat2
    except (AttributeError, OSError, TypeError):
        return None
