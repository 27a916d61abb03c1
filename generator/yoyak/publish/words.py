"""How names, counts and sizes of files are worded for a person."""

from __future__ import annotations

import errno
import os
from collections.abc import Sequence

_CAUSES = {
    errno.ENOSPC: ("the disk is full", "Make room there."),
    errno.EDQUOT: ("the quota of disk space is used up", "Make room there, or ask for more."),
    errno.EROFS: ("the disk can only be read", "Choose another folder, or have the disk mounted for writing."),
    errno.EACCES: ("this account may not do that", "Ask for the right to write there, or choose another folder."),
    errno.EPERM: ("this account may not do that", "Ask for the right to write there, or choose another folder."),
    errno.EIO: ("the disk reports an error", "Check the disk and its connection."),
    errno.EMFILE: ("too many files are open", "Raise the limit with ulimit -n."),
    errno.ENFILE: ("too many files are open on this machine", "Wait, or end other programs."),
    errno.ENAMETOOLONG: ("the name is too long for that disk", "Give the page a shorter slug."),
    errno.EFBIG: ("the file is too large for that disk", "Make the file smaller."),
    errno.ESTALE: ("the connection to a network disk was lost", "Connect the disk again."),
    errno.ENOTCONN: ("the connection to a network disk was lost", "Connect the disk again."),
    errno.ETIMEDOUT: ("the network disk does not answer", "Check the network."),
}
"""What the system's errors mean, and what to do."""


def told(error: OSError, target: str) -> str:
    """Return what went wrong at a target, where, and what to do."""
    cause, advice = _CAUSES.get(error.errno or 0, (error.strerror or str(error), "Fix that."))
    name = error.filename2 or error.filename
    place = f"{shown(os.fsdecode(name))}: " if name else ""
    return f'The deploy to "{target}" stopped: {place}{cause}. {advice}'


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
