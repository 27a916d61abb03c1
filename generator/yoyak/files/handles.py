"""Files and folders opened, and places reached, by a handle of the folder above: no link is followed unseen."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Literal

Why = Literal["link", "kind", "size"]
Links = Literal["inside", "none"]
"""Which links are followed: those to files below the same root, or none at all."""
_WORDS: dict[Why, str] = {
    "link": "it is a link that is not followed, or behind one",
    "kind": "it is not a regular file",
    "size": "it is too large",
}
_BY_HANDLE = os.open in os.supports_dir_fd and hasattr(os, "O_NOFOLLOW")
_FOLDER = (
    getattr(os, "O_PATH", os.O_RDONLY)  # needs no more than the right to pass through
    | getattr(os, "O_DIRECTORY", 0)
    | getattr(os, "O_NOFOLLOW", 0)
)
_FILE = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)  # a pipe that nobody writes to would keep us waiting
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_BINARY", 0)
)
_NO_FILE = frozenset({errno.ENXIO, errno.EOPNOTSUPP})
"""What systems say of a socket, and of a device that is not there."""


class Refused(OSError):
    """A file that may not be read. Like any other error of the disk, it makes this one file unreadable."""

    def __init__(self, why: Why, size: int = 0, limit: int = 0) -> None:
        super().__init__(errno.EPERM, _WORDS[why])
        self.why, self.size, self.limit = why, size, limit


def opened(root: str, location: str, links: Links) -> int:
    """Open a file, and let an error say where: the system knows only its name below a handle."""
    try:
        return _opened(root, location, links)
    except OSError as error:
        error.filename = location
        raise


def _opened(root: str, location: str, links: Links) -> int:
    try:
        if _BY_HANDLE:
            return _walked(root, _names(root, location))
    except (FileNotFoundError, PermissionError, Refused):
        raise
    except OSError as error:  # systems differ in how they name a link that is not followed
        if error.errno in _NO_FILE:
            raise Refused("kind") from error
        real_root, real = _resolved(root, location, links)
        if (real_root, real) == (root, location):
            raise
        return _walked_again(real_root, real)
    _names(root, location)
    return _opened_and_compared(*_resolved(root, location, links))


def _resolved(root: str, location: str, links: Links) -> tuple[str, str]:
    """Return what a root and a path below it really are. A root that is a link must lead to what is beside it."""
    real_root, real = os.path.realpath(root), os.path.realpath(location)
    if links == "none" and (real_root, real) != (root, location):
        raise Refused("link")
    if real_root != root and not _is_below(os.path.realpath(os.path.dirname(root)), real_root):  # noqa: PTH120
        raise Refused("link")
    return real_root, real


def _walked_again(root: str, location: str) -> int:
    """Open what links led to. Another link in its way was put there meanwhile."""
    try:
        return _walked(root, _names(root, location))
    except OSError as error:
        if isinstance(error, FileNotFoundError | PermissionError | Refused):
            raise
        raise Refused("kind" if error.errno in _NO_FILE else "link") from error


_KEPT: ContextVar[dict[tuple[str, ...], int] | None] = ContextVar("_KEPT", default=None)
"""Handles of folders by root and names, while `folders_kept`. A thread has its own: another one may close them."""
_MOST_KEPT = 16


@contextmanager
def folders_kept() -> Iterator[None]:
    """Keep the folders open in which files are opened, while many are: else each file costs a walk from the root.

    A folder that is exchanged meanwhile is still the one that was below the root. Forked processes keep their own.
    """
    kept: dict[tuple[str, ...], int] = {}
    token = _KEPT.set(kept)
    try:
        yield
    finally:
        _KEPT.reset(token)
        _close_all(kept)


def _close_all(kept: dict[tuple[str, ...], int]) -> None:
    while kept:
        os.close(kept.popitem()[1])


def _walked(root: str, names: Sequence[str], flags: int = _FILE) -> int:
    """Open what the last of the names means, each folder before it by the handle of the one above."""
    kept = _KEPT.get()
    if not names:
        return os.open(root, flags)
    if kept is None:
        folder = _folder(root, names[:-1])
        try:
            return os.open(names[-1], flags, dir_fd=folder)
        finally:
            os.close(folder)
    key = (root, *names[:-1])
    if key in kept:
        with suppress(FileNotFoundError):  # the folder may have been removed and made anew
            return os.open(names[-1], flags, dir_fd=kept[key])
        os.close(kept.pop(key))
    if len(kept) >= _MOST_KEPT:
        _close_all(kept)
    kept[key] = _folder(root, names[:-1])
    return os.open(names[-1], flags, dir_fd=kept[key])


def _folder(root: str, names: Sequence[str]) -> int:
    """Open a folder below a root, each before it by the handle of the one above."""
    here = os.open(root, _FOLDER)
    try:
        for name in names:
            inner = os.open(name, _FOLDER, dir_fd=here)
            here, above = inner, here
            os.close(above)
    except OSError:
        os.close(here)
        raise
    return here


def _opened_and_compared(root: str, location: str) -> int:
    """Open a file where folders have no handles (Windows): it must be the one that is there under its real path."""
    _names(root, location)
    try:
        handle = os.open(location, _FILE)
    except OSError as error:
        raise Refused("kind") if error.errno in _NO_FILE else error from None
    try:
        if os.path.samestat(os.fstat(handle), os.lstat(location)) and os.path.realpath(location) == location:
            return handle
        raise Refused("link")
    except OSError:
        os.close(handle)
        raise


def _names(root: str, location: str) -> list[str]:
    """Return the folders between, and the file's name."""
    names = location[len(root) + 1 :].split(os.sep)  # noqa: PTH206 - no object for each of many thousands
    if not _is_below(root, location) or not {"", ".", ".."}.isdisjoint(names):
        raise Refused("link")
    return names


def _is_below(root: str, location: str) -> bool:
    return location.startswith(root + os.sep)


def opened_folder(root: str, location: str) -> int | str:
    """Open a folder without following a link, to list it; give its path where folders have no handles.

    Raises:
        Refused: it, or a folder above it, is a link.
    """
    if sys.platform == "win32" or not _BY_HANDLE:
        if os.path.realpath(location) != location:
            raise Refused("link")
        return location
    names = _names(root, location) if location != root else []
    try:
        return _walked(root, names, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.ENOTDIR, errno.EMLINK):
            raise Refused("link") from error
        raise


# --- places of the output by a handle of their folder ------------------------------------------------------------


_HANDLES = "/proc/self/fd"
"""Where Linux shows what a handle leads to. Elsewhere a folder is looked at right before, which leaves a moment."""


class Exchanged(OSError):
    """A folder of the output is gone, or is a link now: what lies behind it is not ours."""

    def __init__(self, folder: str) -> None:
        super().__init__(errno.ELOOP, f"the folder {folder} in it was exchanged while it was written")
        self.folder = folder


@contextmanager
def reached(root: str, path: str, *, makes: bool = False) -> Iterator[Path]:
    """Give the way to a place below a root, through its folder as it is now; with `makes` the folder is made.

    Raises:
        Exchanged: the folder is not there, or it, or one above it, is a link.
    """
    above, _, name = path.rpartition("/")
    handle = _handle(root, above, makes=makes) if above else None
    if handle is None:
        yield Path(root, path)
        return
    try:
        yield Path(f"{_HANDLES}/{handle}/{name}") if _shows_handles() else Path(root, path)
    finally:
        os.close(handle)


@cache
def _shows_handles() -> bool:
    return os.path.isdir(_HANDLES)  # noqa: PTH112 - as handles has it


def _handle(root: str, folder: str, *, makes: bool) -> int | None:
    """Return a handle of a folder; none where it cannot be had. Then names must do: not to move is no better."""
    place = os.path.join(root, *folder.split("/"))  # noqa: PTH118 - as handles compares them
    try:
        handle = opened_folder(root, place)
    except FileNotFoundError as error:
        if not makes:
            raise Exchanged(folder) from error
        with reached(root, folder, makes=True) as missing:
            missing.mkdir(exist_ok=True)
        return _handle(root, folder, makes=False)
    except Refused as error:
        raise Exchanged(folder) from error
    except OSError:
        return None
    return handle if isinstance(handle, int) else None
