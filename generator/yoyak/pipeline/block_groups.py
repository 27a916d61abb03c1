"""A hint for ext4, where a large new tree is best put: into a part of the disk of its own.

ext4 does not give out an inode again for a minute or more after its file was deleted, and looks at each such one in its
group every time it makes a file there (``recently_deleted`` of its ialloc.c). Where a large output was deleted just
before, half of a whole build's computing went there. In a folder that is marked as the top of a hierarchy (``chattr
+T``) each folder gets a group by its name.
"""

from __future__ import annotations

import os
import secrets
import struct
import sys
from pathlib import Path

_GET_FLAGS, _SET_FLAGS, _TOP = 0x80086601, 0x40086602, 0x00020000
"""FS_IOC_GETFLAGS, FS_IOC_SETFLAGS and FS_TOPDIR_FL of linux/fs.h, on machines of 64 bits."""


_GROUP = 8192
"""Inodes of a block group, by the defaults of mke2fs."""
_NEAR, _TRIES = 64, 16


def folder_apart(folder: Path, name: str) -> Path:
    """Make a folder of a new name below `folder`; on ext4 in a part of the disk in which nothing was deleted lately.

    A large tree fills one group after the other. So of a few folders, all in other groups, the one is taken that gives
    out its first inodes, with most groups before the next one that does not.
    """
    tried = [_new_folder(folder, name) for _ in range(_TRIES if _spread_below(folder) else 1)]
    first = {place: _first_inode(place) for place in tried}
    stale = [inode // _GROUP for inode in first.values() if inode % _GROUP >= _NEAR]

    def room(place: Path) -> int:
        group, number = divmod(first[place], _GROUP)
        ahead = (other - group for other in stale if other > group)
        return min(ahead, default=sys.maxsize) if number < _NEAR else 0

    best = max(tried, key=room)
    for place in tried:
        if place != best:
            place.rmdir()
    return best


def _new_folder(folder: Path, name: str) -> Path:
    place = folder / f"{name}-{secrets.token_hex(4)}"
    place.mkdir()
    return place


def _first_inode(place: Path) -> int:
    """Return the number, counted from 0, of the inode that a folder in this place gets."""
    probe = place / "probe"
    probe.mkdir()
    number = probe.stat().st_ino - 1
    probe.rmdir()
    return number


def _spread_below(folder: Path) -> bool:
    """Let the folders in a folder stand in parts of the disk of their own; tell whether the system will do so."""
    if not sys.platform.startswith("linux") or struct.calcsize("P") != 8:
        return False
    from fcntl import ioctl

    try:
        place = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            flags = bytearray(8)
            ioctl(place, _GET_FLAGS, flags, True)
            ioctl(place, _SET_FLAGS, struct.pack("q", struct.unpack("q", flags)[0] | _TOP))
        finally:
            os.close(place)
    except OSError:
        return False
    return True
