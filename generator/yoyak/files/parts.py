"""New files that are written beside their place: there comes a whole one, or none."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PART = ".yoyak-part-"
"""How the names of files begin that are not wholly written yet. A dot: neither a build nor the preview sees them."""
PLAIN = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
"""No link is followed, and a pipe that nobody writes to keeps nobody waiting. It means nothing for a file."""
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | PLAIN | getattr(os, "O_BINARY", 0)
_LONGEST = 60
"""Characters of a name; a disk takes 255 bytes."""


@contextmanager
def written_beside(place: Path, data: bytes) -> Iterator[Path]:
    """Give a file beside `place` that holds `data`, also after a power failure. One that is not moved is removed."""
    part = place.with_name(f"{PART}{os.getpid()}-{place.name[:_LONGEST]}")
    try:
        with os.fdopen(os.open(part, _NEW, 0o666), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        yield part
    finally:
        with suppress(OSError):  # what went wrong before is what is reported
            part.unlink(missing_ok=True)


def sync_folder(folder: Path | str) -> None:
    """Make the names in a folder last through a power failure.

    Raises:
        OSError: the disk does not say that they do.
    """
    if sys.platform == "win32":  # it has no handles of folders
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
