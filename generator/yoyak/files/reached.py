"""Places of the output by a handle of their folder, so that a link that came meanwhile leads nowhere else."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from yoyak.files.handles import Refused, opened_folder

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
