"""Files of a site, opened once and read by handle, so that what was looked at is what is read.

Whoever may write to a folder can exchange a file, or a folder above it, by a link between a look at its path and its
opening. So nothing is looked at by path here: each folder below the root is opened without following a link, the file
in it too, and whether it may be read is asked of its handle. A link that leads to a file below the same root is
resolved once, and that file is opened in this way.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from yoyak.files.handles import Links, Refused, opened, opened_folder
from yoyak.model.sources import FileStamp, stamp_of

__all__ = [
    "Refused", "entries_below", "open_below", "open_output", "read_and_stamp", "read_below", "read_of_output",
    "read_of_site", "read_whole", "top_of",
]  # fmt: skip


def top_of(path: str, location: str) -> str:
    """Return where the disk has the first folder of a site path: content/, of ``content/2026/ferry.md``."""
    return location.rsplit(os.sep, path.count("/"))[0]


def read_of_site(path: str, location: str, limit: int = sys.maxsize) -> bytes:
    """Return the bytes of a file by its site path, `limit` at most; no link leads out of its top folder.

    Raises:
        OSError: it cannot be read, or is refused.
    """
    return read_and_stamp(path, location, limit)[0]


def read_and_stamp(path: str, location: str, limit: int = sys.maxsize) -> tuple[bytes, FileStamp]:
    """Return what `read_of_site` does, with the stamp of the file that was read.

    Raises:
        OSError: it cannot be read, or is refused.
    """
    top = top_of(path, location) if "/" in path else os.path.dirname(location)  # noqa: PTH120
    handle = open_below(top, location, limit)
    try:
        found = os.fstat(handle)  # before it is read: what is written meanwhile shows as a change
        return read_whole(handle, limit), stamp_of(found)
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


def open_below(root: str, location: str, limit: int | None = None, links: Links = "inside") -> int:
    """Return a handle of the regular file at `location`, which is below `root`; whoever asks closes it.

    Raises:
        Refused: a link leads out of `root`, it is no regular file, or it has more than `limit` bytes.
        OSError: the disk does not give it.
    """
    handle = opened(root, location, links)
    try:
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode):
            raise Refused("kind")
        if limit is not None and found.st_size > limit:
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
    folder = opened_folder(root, location)
    try:
        with os.scandir(folder) as entries:
            yield list(entries)
    finally:
        if isinstance(folder, int):
            os.close(folder)
