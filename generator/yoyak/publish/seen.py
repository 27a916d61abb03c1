"""What files of output/ and of a target's folder looked like when they were read: one that looks the same is the same.

Of each file the record has its size, its place on the disk and both times of change, to the nanosecond. No program can
set the second one (ctime), so a file that was written since does not look the same, whatever was done to its time. A
file that had changed shortly before it was read is not recorded, as another write in the same tick of the clock would
not show ("racily clean", as git says). Without the record, or where others could have written it, every file is read.
"""

from __future__ import annotations

import hashlib
import os
import stat
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from time import time_ns
from typing import NamedTuple

import msgspec

from yoyak.files.site_files import open_output
from yoyak.model.build import Progress, counted
from yoyak.paths import DEPLOY, mark_of


def entries(root: Path) -> Iterator[tuple[str, os.stat_result]]:
    """Yield the path of everything below `root` that is no folder, with its own (never its link's) status.

    Paths are relative to `root` and posix. A ``.git`` folder is passed over.
    """
    waiting = [("", str(root))]
    while waiting:
        above, place = waiting.pop()
        with os.scandir(place) as found:
            for entry in found:
                path = f"{above}{entry.name}"
                if not entry.is_dir(follow_symlinks=False):
                    yield path, entry.stat(follow_symlinks=False)
                elif entry.name != ".git":
                    waiting.append((f"{path}/", entry.path))


def sha256_of(root: Path, path: str) -> str:
    """Return the SHA-256, in hex, of the bytes of a file below `root`.

    Raises:
        OSError: it is not there any more, or something else is in its place.
    """
    with os.fdopen(open_output(root, path), "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


_SURE_AFTER = 2_000_000_000
"""Nanoseconds: the longest tick of a file system's clock (FAT)."""
_LINKED_BEFORE = 50_000_000
"""The same of a clock that shows less than a millisecond, and so ticks at least every 10 ms."""


class FileLook(NamedTuple):
    """What a file looks like unopened."""

    device: int
    inode: int
    size: int
    written: int
    changed: int


class SeenFile(NamedTuple):
    """What a file looked like, and its bytes' SHA-256."""

    look: FileLook
    digest: str


def edited(
    site: Path,
    output: Path,
    files: Mapping[str, str],
    found: Mapping[str, os.stat_result],
    progress: Progress | None = None,
) -> set[str]:
    """Return the paths at which the output has not the bytes of these digests; `found` is as for `digests_of`."""
    digests = digests_of(site, output, {path: found[path] for path in files}, progress=progress)
    return {path for path, digest in files.items() if digests[path] != digest}


def digests_of(
    site: Path,
    folder: Path,
    found: Mapping[str, os.stat_result],
    *,
    place: Path | None = None,
    progress: Progress | None = None,
) -> dict[str, str]:
    """Return the SHA-256 of files below a folder; those that were read are recorded, by the name of `place`, if given.

    `found` is what the files look like now; it was asked before this is called.
    """
    record = _place(site, place or folder)
    before, edge = _read(record), time_ns() - _SURE_AFTER
    looks = {path: _look(status) for path, status in found.items()}
    known = {path: old.digest for path, look in looks.items() if (old := before.get(path)) and old.look == look}
    unknown = [path for path in looks if path not in known]
    digests = known | {path: sha256_of(folder, path) for path in counted(unknown, "compare", progress)}
    seen = {path: SeenFile(look, digests[path]) for path, look in looks.items() if look.changed < edge}
    if seen != before:
        _write(record, seen)
    return digests


def record_links(site: Path, place: Path, folder: Path, files: Mapping[str, str]) -> None:
    """Record files that are links to those of the last release, as they were recorded there: links change their ctime.

    A file that was written since the plan has another time or size, and is read next time.
    """
    record, now = _place(site, place), time_ns()
    before, seen = _read(record), dict[str, SeenFile]()
    for path in files.keys() & before.keys():
        with suppress(OSError):
            look = _look(os.lstat(f"{folder}{os.sep}{path}"))
            sure = look.changed < now - (_LINKED_BEFORE if look.changed % 1_000_000 else _SURE_AFTER)
            if sure and before[path] == SeenFile(look._replace(changed=before[path].look.changed), files[path]):
                seen[path] = SeenFile(look, files[path])
    _write(record, seen)


def _look(status: os.stat_result) -> FileLook:
    return FileLook(status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)


def _place(site: Path, folder: Path) -> Path:
    return site / DEPLOY / f"seen-{mark_of(folder)}"


def _read(place: Path) -> Mapping[str, SeenFile]:
    if sys.platform == "win32":  # its ctime is another time
        return {}
    try:
        with os.fdopen(os.open(place, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as file:
            found = os.fstat(file.fileno())
            ours = stat.S_ISREG(found.st_mode) and found.st_uid == os.getuid()
            if not ours or found.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
                return {}
            return msgspec.msgpack.decode(file.read(), type=dict[str, SeenFile])
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return {}


def _write(place: Path, seen: Mapping[str, SeenFile]) -> None:
    """Keep the record, if that can be done: a deploy needs none."""
    part = place.with_name(f"{place.name}.{os.getpid()}")
    with suppress(OSError):
        try:
            with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(msgspec.msgpack.encode(seen))
            part.replace(place)
        finally:
            part.unlink(missing_ok=True)
