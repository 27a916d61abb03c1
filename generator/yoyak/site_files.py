"""Files of a site, opened once and read by handle, so that what was looked at is what is read.

Whoever may write to a folder can exchange a file, or a folder above it, by a link between a look at its path and its
opening. So nothing is looked at by path here: each folder below the root is opened without following a link, the file
in it too, and whether it may be read is asked of its handle. A link that leads to a file below the same root is
resolved once, and that file is opened in this way.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
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


def top_of(path: str, location: str) -> str:
    """Return where the disk has the first folder of a site path: content/, of ``content/2026/ferry.md``."""
    return location.rsplit(os.sep, path.count("/"))[0]


def read_of_site(path: str, location: str, limit: int = sys.maxsize) -> bytes:
    """Return the bytes of a file by its site path, `limit` at most; no link leads out of its top folder.

    Raises:
        OSError: it cannot be read, or is refused.
    """
    return read_and_look(path, location, limit)[0]


Look = tuple[int, int, int]
"""Size, time of change in nanoseconds and inode of a file, as its handle says."""


def read_and_look(path: str, location: str, limit: int = sys.maxsize) -> tuple[bytes, Look]:
    """Return what `read_of_site` does, with what the file that was read looks like.

    Raises:
        OSError: it cannot be read, or is refused.
    """
    top = top_of(path, location) if "/" in path else os.path.dirname(location)  # noqa: PTH120
    handle = open_below(top, location, limit)
    try:
        found = os.fstat(handle)  # before it is read: what is written meanwhile shows as a change
        return read_whole(handle, limit), (found.st_size, found.st_mtime_ns, found.st_ino)
    finally:
        os.close(handle)


def read_of_output(output: Path, path: str) -> bytes:
    """Return the bytes of a file of a built site.

    Raises:
        OSError: it cannot be read, or is refused.
    """
    handle = open_output(output, path)
    try:
        return read_whole(handle, sys.maxsize)
    finally:
        os.close(handle)


def open_output(output: Path, path: str) -> int:
    """Return a handle of a file of a built site. A build makes no links, so none is followed below its folder.

    Raises:
        OSError: it cannot be opened, or is refused.
    """
    root = os.path.realpath(output)
    return open_below(root, f"{root}{os.sep}{path.replace('/', os.sep)}", links="none")


def read_below(root: str, location: str, limit: int = sys.maxsize, links: Links = "inside") -> bytes:
    """Return the bytes of a file below a folder, `limit` at most.

    Raises:
        Refused: a link leads out of `root`, it is no regular file, or it has more bytes.
        OSError: the disk does not give it.
    """
    handle = open_below(root, location, limit, links)
    try:
        return read_whole(handle, limit)
    finally:
        os.close(handle)


def read_whole(handle: int, limit: int) -> bytes:
    """Return the bytes of an open file. It may have grown since it was opened.

    Raises:
        Refused: it has more than `limit` bytes.
    """
    pieces, size = list[bytes](), 0
    while piece := os.read(handle, min(limit + 1 - size, 1 << 16)):
        pieces.append(piece)
        size += len(piece)
        if size > limit:
            raise Refused("size", max(size, os.fstat(handle).st_size), limit)
    return pieces[0] if len(pieces) == 1 else b"".join(pieces)


def open_below(root: str, location: str, limit: int = sys.maxsize, links: Links = "inside") -> int:
    """Return a handle of the regular file at `location`, which is below `root`; whoever asks closes it.

    Raises:
        Refused: a link leads out of `root`, it is no regular file, or it has more than `limit` bytes.
        OSError: the disk does not give it.
    """
    handle = _named(root, location, links)
    try:
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode):
            raise Refused("kind")
        if found.st_size > limit:
            raise Refused("size", found.st_size, limit)
    except OSError:
        os.close(handle)
        raise
    return handle


@contextmanager
def entries_below(root: str, location: str) -> Iterator[list[os.DirEntry[str]]]:
    """Give the entries of a folder, `root` itself or one below it. They know their names and, while it is open, more.

    Raises:
        Refused: it, or a folder above it, is a link.
        OSError: the disk does not give it.
    """
    if not _BY_HANDLE:
        if os.path.realpath(location) != location:
            raise Refused("link")
        with os.scandir(location) as entries:
            yield list(entries)
        return
    handle = _folder(root, location)
    try:
        with os.scandir(handle) as entries:
            yield list(entries)
    finally:
        os.close(handle)


def _folder(root: str, location: str) -> int:
    names = _names(root, location) if location != root else []
    try:
        return _walked(root, names, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.ENOTDIR, errno.EMLINK):
            raise Refused("link") from error
        raise


def _named(root: str, location: str, links: Links) -> int:
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
        real_root, real = os.path.realpath(root), os.path.realpath(location)
        if (real_root, real) == (root, location):
            raise
        if links == "none":
            raise Refused("link") from error
        if real_root != root and not _is_below(os.path.realpath(os.path.dirname(root)), real_root):  # noqa: PTH120
            raise Refused("link") from error
        return _walked_again(real_root, real)
    real_root, real = os.path.realpath(root), os.path.realpath(location)
    if links == "none" and (real_root, real) != (root, location):
        raise Refused("link")
    return _opened_and_compared(real_root, real)


def _walked_again(root: str, location: str) -> int:
    """Open what links led to. Another link in its way was put there meanwhile."""
    try:
        return _walked(root, _names(root, location))
    except OSError as error:
        if isinstance(error, FileNotFoundError | PermissionError | Refused):
            raise
        raise Refused("kind" if error.errno in _NO_FILE else "link") from error


def _walked(root: str, names: Sequence[str], flags: int = _FILE) -> int:
    """Open what the last of the names means, each folder before it by the handle of the one above."""
    if not names:
        return os.open(root, flags)
    here = os.open(root, _FOLDER)
    try:
        for name in names[:-1]:
            inner = os.open(name, _FOLDER, dir_fd=here)
            here, above = inner, here
            os.close(above)
        return os.open(names[-1], flags, dir_fd=here)
    finally:
        os.close(here)


def _opened_and_compared(root: str, location: str) -> int:
    """Open a file where folders have no handles (Windows): it must be the one that is there under its real path."""
    _names(root, location)
    handle = os.open(location, _FILE)
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
