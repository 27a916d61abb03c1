"""No forks where a build needs none.

A fork of a process that has collected all tests copies the list of its pages in memory, 60,000 of them, and what is
written afterwards: 15 ms or more.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_forks() -> Iterator[None]:
    """Let yoyak do all in this process, as on Windows."""
    fork = vars(os).pop("fork", None)  # not by its name: that would start a process (starts.py)
    try:
        yield
    finally:
        if fork:
            vars(os)["fork"] = fork
