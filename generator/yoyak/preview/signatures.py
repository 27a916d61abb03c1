"""What the files of a site look like from outside: whether anything changed is decided here, and by nothing else.

Events of the file system are hints that arrive twice, late or never. A rebuild happens when two scans differ, so that
reading a file cannot cause one and a loop is impossible.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePath
from unicodedata import normalize

from yoyak.model import Record

SETTINGS = "site.yaml"
FOLDERS = ("content", "templates")

_SURE_AFTER = 30_000_000
"""Nanoseconds. Clocks of file systems tick as slowly as every 10 ms: a file written twice within a tick keeps its time
and perhaps its size. One this fresh is therefore not trusted, as git does not trust a "racily clean" one."""
_TEMPORARY_ENDINGS = ("~", ".swp", ".swo", ".swx", ".tmp", ".temp", ".part", ".crdownload")
_VIM_PROBE = "4913"


class Signature(Record, kw_only=True):
    """What one file looks like without being opened."""

    size: int
    modified: int
    """Nanoseconds."""
    inode: int
    mode: int
    sure: bool
    """False when it was written so shortly before the scan that another write might not show."""


Signatures = Mapping[str, Signature]
"""By path relative to the site folder, posix, NFC."""


def ignored(name: str) -> bool:
    """Tell whether a file or folder of this name is an editor's or the system's own business."""
    hidden = name.startswith(".") or (name.startswith("#") and name.endswith("#"))
    return hidden or name == _VIM_PROBE or name.endswith(_TEMPORARY_ENDINGS) or "___jb_" in name


def concerns(path: PurePath) -> bool:
    """Tell whether a path relative to the site folder is one that a build may read."""
    inside = path.parts[:1] == (SETTINGS,) or path.parts[:1] in [(folder,) for folder in FOLDERS]
    return inside and not any(ignored(part) for part in path.parts)


def scan(folder: Path, *, now: int) -> Signatures:
    """Return the signatures of all files that a build of this site folder may read. `now` is in nanoseconds."""
    return {normalize("NFC", path): _signature(found, now) for path, found in _files(folder)}


def _files(folder: Path) -> Iterator[tuple[str, os.stat_result]]:
    stack: list[tuple[str | Path, str]] = [(folder / name, name) for name in FOLDERS]
    if found := _stat(folder / SETTINGS):
        yield SETTINGS, found
    while stack:
        location, path = stack.pop()
        for entry in _entries(location):
            below = f"{path}/{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                stack.append((entry.path, below))
            elif found := _stat(entry):
                yield below, found


def _entries(location: str | Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(location) as entries:
            return [entry for entry in entries if not ignored(entry.name)]
    except OSError:  # gone or closed since its parent was read: what is there now is what counts
        return []


def _stat(file: Path | os.DirEntry[str]) -> os.stat_result | None:
    try:
        return file.stat()
    except OSError:
        return None


def _signature(found: os.stat_result, now: int) -> Signature:
    sure = not now - _SURE_AFTER < found.st_mtime_ns <= now
    return Signature(size=found.st_size, modified=found.st_mtime_ns, inode=found.st_ino, mode=found.st_mode, sure=sure)
