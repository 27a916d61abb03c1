"""How names and sizes of files are worded for a person."""

from __future__ import annotations

import os
from collections.abc import Sequence

from yoyak.files.site_files import cause, remedy
from yoyak.model.message import Message, Words, say


def stopped(error: OSError, target: str) -> Message:
    """Return what went wrong at a target, where, and what to do."""
    name = error.filename2 or error.filename
    if not name:
        return say("deploy.stopped", name=target, why=cause(error), remedy=remedy(error))
    place = shown(os.fsdecode(name))
    return say("deploy.stopped.at", name=target, place=place, why=cause(error), remedy=remedy(error))


def listed(paths: Sequence[str], *, most: int = 5) -> Words:
    """Return the paths as ``a, b and 40 more``."""
    names = ", ".join(shown(path) for path in paths[:most])
    return say("deploy.names-and-more", names=names, count=len(paths) - most) if len(paths) > most else names


def shown(path: str) -> str:
    """Return a path that is safe to print: a host's files may have any bytes as their names."""
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in path)


def sized(size: int) -> str:
    """Return a size in bytes as ``812 B``, ``48.2 kB`` or ``3.1 MB``; a kB is 1000 B."""
    if size < 1000:
        return f"{size} B"
    return f"{size / 1000:.1f} kB" if size < 1_000_000 else f"{size / 1_000_000:.1f} MB"
