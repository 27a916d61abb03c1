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


class Became(OSError):
    """A folder of the output is a link now: what lies behind it is not ours."""

    def __init__(self, folder: str) -> None:
        super().__init__(errno.ELOOP, f"the folder {folder} in it became a link while it was written")


@contextmanager
def reached(root: str, path: str) -> Iterator[Path]:
    """Give the way to a place below a root, through its folder as it is now. A folder that cannot be opened is named.

    Raises:
        Became: the folder, or one above it, is a link.
    """
    above, _, name = path.rpartition("/")
    handle = _handle(root, above) if above else None
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


def _handle(root: str, folder: str) -> int | None:
    """Return a handle of a folder; none where it cannot be had. Then names must do: not to move is no better."""
    try:
        handle = opened_folder(root, os.path.join(root, *folder.split("/")))  # noqa: PTH118 - as handles compares them
    except Refused as error:
        raise Became(folder) from error
    except OSError:
        return None
    return handle if isinstance(handle, int) else None
