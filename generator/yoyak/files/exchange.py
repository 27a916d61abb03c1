"""Two files change places in one step, so that what lay there is not lost, whoever put it there in the last moment."""

from __future__ import annotations

import ctypes
import os
import sys
from functools import cache
from pathlib import Path
from typing import Any

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
