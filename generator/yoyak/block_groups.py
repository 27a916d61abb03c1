"""A hint for ext4, where a large new tree is best put: into a part of the disk of its own.

ext4 does not give out an inode again for a minute or more after its file was deleted, and looks at each such one in its
group every time it makes a file there (``recently_deleted`` of its ialloc.c). Where a large output was deleted just
before, half of a whole build's computing went there. In a folder that is marked as the top of a hierarchy (``chattr
+T``) each folder gets a group by its name.
"""

from __future__ import annotations

import os
import struct
import sys
from contextlib import suppress
from pathlib import Path

_GET_FLAGS, _SET_FLAGS, _TOP = 0x80086601, 0x40086602, 0x00020000
"""FS_IOC_GETFLAGS, FS_IOC_SETFLAGS and FS_TOPDIR_FL of linux/fs.h, on machines of 64 bits."""


def spread_below(folder: Path) -> None:
    """Let what is made in a folder stand in parts of the disk of its own, where the system knows of such a thing."""
    if not sys.platform.startswith("linux") or struct.calcsize("P") != 8:
        return
    from fcntl import ioctl

    with suppress(OSError):
        place = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            flags = bytearray(8)
            ioctl(place, _GET_FLAGS, flags, True)
            ioctl(place, _SET_FLAGS, struct.pack("q", struct.unpack("q", flags)[0] | _TOP))
        finally:
            os.close(place)
