"""No forks where a build needs none, and cheaper ones elsewhere.

A fork of a process that has collected all tests copies the list of its pages in memory, 60,000 of them, and what is
written afterwards: 15 ms or more.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_LARGE = 1 << 21
"""Bytes of a large page: as much as 512 small ones."""
_COLLAPSE = 25
"""What Linux 6.1 and newer call MADV_COLLAPSE; an older one refuses it, and nothing is lost."""


@contextmanager
def no_forks() -> Iterator[None]:
    """Let yoyak do all in this process, as on Windows."""
    fork = vars(os).pop("fork", None)  # not by its name: that would start a process (starts.py)
    try:
        yield
    finally:
        if fork:
            vars(os)["fork"] = fork


def lie_in_large_pages() -> None:
    """Join the small pages of what this process has in memory: of large ones a fork has a short list to copy.

    It costs a quarter of a second once, and a test that forks often a fifth less. Nothing else is different.
    """
    if sys.platform != "linux":
        return
    madvise = ctypes.CDLL(None).madvise
    madvise.argtypes = (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int)
    with suppress(OSError):
        for place in Path("/proc/self/maps").read_text(encoding="utf-8").splitlines():
            span, rights, _, _, _, *name = place.split()
            start, end = (int(number, 16) for number in span.split("-"))
            if rights == "rw-p" and name in ([], ["[heap]"]):  # its own, and of no file
                for large in range(-(-start // _LARGE) * _LARGE, end - _LARGE + 1, _LARGE):
                    madvise(large, _LARGE, _COLLAPSE)
