"""How names, counts and sizes of files are worded for a person."""

from __future__ import annotations

import os
from collections.abc import Sequence

from yoyak.files.write_errors import cause, remedy


def told(error: OSError, target: str) -> str:
    """Return what went wrong at a target, where, and what to do."""
    name = error.filename2 or error.filename
    place = f"{shown(os.fsdecode(name))}: " if name else ""
    return f'The deploy to "{target}" stopped: {place}{cause(error)}. {remedy(error)}.'


def listed(paths: Sequence[str], *, most: int = 5) -> str:
    """Return the paths as ``a, b and 40 more``."""
    names = ", ".join(shown(path) for path in paths[:most])
    return f"{names} and {len(paths) - most} more" if len(paths) > most else names


def shown(path: str) -> str:
    """Return a path that is safe to print: a host's files may have any bytes as their names."""
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in path)


def counted(number: int, noun: str) -> str:
    """Return ``1 file`` or ``2 files``."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def sized(size: int) -> str:
    """Return a size in bytes as ``812 B``, ``48.2 kB`` or ``3.1 MB``; a kB is 1000 B."""
    if size < 1000:
        return f"{size} B"
    return f"{size / 1000:.1f} kB" if size < 1_000_000 else f"{size / 1_000_000:.1f} MB"
