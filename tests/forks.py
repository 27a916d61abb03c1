"""Forks of a process that has collected all tests: cheaper ones, and none where a build needs none.

A fork copies the list of all pages in memory, 60,000 of them, and what is written afterwards: 15 ms or more.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

_LARGE = 2 << 20
_COLLAPSE = 25
"""MADV_COLLAPSE of Linux 6.1: an older one refuses, and nothing changes."""


@contextmanager
def no_forks() -> Iterator[None]:
    """Let yoyak do all in this process, as on Windows."""
    fork = vars(os).pop("fork", None)  # not by its name: that would start a process (starts.py)
    try:
        yield
    finally:
        if fork:
            vars(os)["fork"] = fork


@cache
def join_pages(_file: Path) -> None:
    """Join pages into large ones before the tests of a file, once: what is written after a fork parts them again."""
    if sys.platform != "linux":
        return
    advise = ctypes.CDLL(None).madvise
    advise.argtypes = ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int
    for line in Path("/proc/self/maps").read_text(encoding="utf-8", errors="replace").splitlines():
        place, rights, _, _, _, *name = line.split(maxsplit=5)
        if rights == "rw-p" and (not name or name == ["[heap]"]):
            start, end = (int(number, 16) for number in place.split("-"))
            for at in range(-(-start // _LARGE) * _LARGE, end - _LARGE + 1, _LARGE):
                advise(at, _LARGE, _COLLAPSE)
