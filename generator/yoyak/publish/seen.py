"""What the files of output/ looked like when a deploy read them: one that looks the same has the same bytes.

Of each file the record has its size, its place on the disk and both times of change, to the nanosecond. No program can
set the second one (ctime), so a file that was written since does not look the same, whatever was done to its time. A
file that had changed shortly before it was read is not recorded, as another write in the same tick of the clock would
not show ("racily clean", as git says). Without the record, or where others could have written it, every file is read.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from time import time_ns
from typing import NamedTuple

import msgspec

from yoyak.model.build import Progress, counted
from yoyak.paths import DEPLOY, mark_of
from yoyak.publish.tree import sha256_of

_SURE_AFTER = 2_000_000_000
"""Nanoseconds: the longest tick of a file system's clock (FAT)."""


class SeenFile(NamedTuple):
    """What a file looked like, and its bytes' SHA-256."""

    device: int
    inode: int
    size: int
    written: int
    changed: int
    digest: str


def edited(
    site: Path,
    output: Path,
    files: Mapping[str, str],
    found: Mapping[str, os.stat_result],
    progress: Progress | None = None,
) -> set[str]:
    """Return the paths at which the output has not the bytes of these digests; those that were read are recorded.

    `found` is what the files look like now; it was asked before this is called.
    """
    before, edge = _read(site, output), time_ns() - _SURE_AFTER
    looks = {path: _look(found[path], digest) for path, digest in files.items()}
    unknown = [path for path, look in looks.items() if before.get(path) != look]
    wrong = {path for path in counted(unknown, "compare", progress) if sha256_of(output, path) != files[path]}
    seen = {path: look for path, look in looks.items() if path not in wrong and look.changed < edge}
    if seen != before:
        _write(site, output, seen)
    return wrong


def _look(status: os.stat_result, digest: str) -> SeenFile:
    times = status.st_mtime_ns, status.st_ctime_ns
    return SeenFile(status.st_dev, status.st_ino, status.st_size, *times, digest)


def _place(site: Path, output: Path) -> Path:
    return site / DEPLOY / f"seen-{mark_of(output)}"


def _read(site: Path, output: Path) -> Mapping[str, SeenFile]:
    if sys.platform == "win32":  # its ctime is another time
        return {}
    try:
        with os.fdopen(os.open(_place(site, output), os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as file:
            found = os.fstat(file.fileno())
            ours = stat.S_ISREG(found.st_mode) and found.st_uid == os.getuid()
            if not ours or found.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
                return {}
            return msgspec.msgpack.decode(file.read(), type=dict[str, SeenFile])
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return {}


def _write(site: Path, output: Path, seen: Mapping[str, SeenFile]) -> None:
    """Keep the record, if that can be done: a deploy needs none."""
    place = _place(site, output)
    part = place.with_name(f"{place.name}.{os.getpid()}")
    with suppress(OSError):
        try:
            with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(msgspec.msgpack.encode(seen))
            part.replace(place)
        finally:
            part.unlink(missing_ok=True)
