"""What the files of a site look like from outside: whether anything may have changed is decided here.

Events of the file system are hints that arrive twice, late or never, and times of change alone can lie. A file whose
signature is the same has the same bytes; one whose signature differs is read and compared.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePath
from typing import NamedTuple

SETTINGS = "site.yaml"
FOLDERS = ("content", "templates")
HOUSE = "yoyak"
"""In the place of a folder's name: yoyak's own templates, wherever they are installed."""
RULES = "_rules"

SURE_AFTER = 30_000_000
"""Nanoseconds. Clocks of file systems tick as slowly as every 10 ms: a file written twice within a tick keeps its time
and perhaps its size. One this fresh is therefore not trusted, as git does not trust a "racily clean" one."""
_TEMPORARY_ENDINGS = ("~", ".swp", ".swo", ".swx", ".tmp", ".temp", ".part", ".crdownload")
_VIM_PROBE = "4913"


class Signature(NamedTuple):
    """What one file looks like without being opened."""

    size: int
    modified: int
    """Nanoseconds."""
    inode: int
    mode: int
    sure: bool
    """False when it was written so shortly before the scan that another write might not show."""


Signatures = Mapping[str, Signature]
"""By path below the site folder, posix, as the disk spells it."""


def ignored(name: str) -> bool:
    """Tell whether a file or folder of this name is an editor's or the system's own business."""
    return name[0] == "." or (
        name == _VIM_PROBE or name.endswith(_TEMPORARY_ENDINGS) or (name[0] == "#" == name[-1]) or "___jb_" in name
    )


def concerns(path: PurePath) -> bool:
    """Tell whether a path relative to the site folder is one that a build may read."""
    inside = path.parts[:1] == (SETTINGS,) or path.parts[:1] in [(folder,) for folder in FOLDERS]
    return inside and not any(ignored(part) for part in path.parts)


def scan(folder: Path, house: Path | None = None, *, now: int, watching: bool = False) -> Signatures:
    """Return the signatures of all files that a build of this site folder may read, in the order of their paths.

    `house` is the folder of yoyak's own templates; `now` is in nanoseconds. While `watching`, what editors make and
    remove around a save does not count.
    """
    edge = now - SURE_AFTER
    found = dict(_settings(folder, edge, now))
    _walk(f"{folder}/content", "content", ignored if watching else _unread, edge, now, found)
    _walk(f"{folder}/templates", "templates", ignored if watching else _none, edge, now, found)
    if house:
        _walk(str(house), HOUSE, _none, edge, now, found)
    return dict(sorted(_as_text(found).items()))


def _unread(name: str) -> bool:
    return name[0] == "."


def _none(_: str) -> bool:
    return False


def rescan(before: Signatures, folder: Path, paths: Iterable[str], *, now: int) -> Signatures | None:
    """Return `before` with a new look at some files, or None when that does not say everything: one came or went."""
    edge, found = now - SURE_AFTER, dict(before)
    for path in paths:
        if path not in before:
            return None
        try:
            found[path] = signature_of(os.stat(f"{folder}/{path}"), edge, now)  # noqa: PTH116
        except OSError:
            return None
    return found


def _as_text(found: dict[str, Signature]) -> dict[str, Signature]:
    """Write names that are no text with escapes, so that they can be kept."""
    try:
        "".join(found).encode()
    except UnicodeEncodeError:
        return {path.encode("utf-8", "backslashreplace").decode(): one for path, one in found.items()}
    return found


def _settings(folder: Path, edge: int, now: int) -> Iterator[tuple[str, Signature]]:
    try:
        yield SETTINGS, signature_of(os.stat(folder / SETTINGS), edge, now)  # noqa: PTH116 - no object for each file
    except OSError:
        return


def _walk(
    location: str, path: str, left_out: Callable[[str], bool], edge: int, now: int, found: dict[str, Signature]
) -> None:
    """Add the signatures of a folder's files, its folders' included. A link to a folder counts as a file."""
    try:
        with os.scandir(location) as entries:
            for entry in entries:
                name = entry.name
                if left_out(name) or (name[0] == "_" and path == "content" and name != RULES):
                    continue
                below = f"{path}/{name}"
                if entry.is_dir(follow_symlinks=False):
                    _walk(entry.path, below, left_out, edge, now, found)
                else:
                    try:
                        found[below] = signature_of(entry.stat(), edge, now)
                    except OSError:  # gone since its folder was read, or a link to nothing: that is its signature
                        found[below] = GONE
    except OSError as error:
        if not isinstance(error, FileNotFoundError):
            found[f"{path}/"] = GONE._replace(mode=error.errno or 0)  # what cannot be read may be readable later


GONE = Signature(0, 0, 0, 0, sure=True)


def signature_of(found: os.stat_result, edge: int, now: int) -> Signature:
    """Return the signature of a file; one written between `edge` and `now` is not sure."""
    modified = found.st_mtime_ns
    sure = not edge < modified <= now
    return Signature(found.st_size, modified, found.st_ino, found.st_mode, sure)


def digest_of_signatures(signatures: Signatures) -> bytes:
    """Return one digest of all signatures; empty when one of them is not sure."""
    if not all(one[4] for one in signatures.values()):
        return b""
    return hashlib.blake2b(repr(list(signatures.items())).encode(), digest_size=16).digest()


class Outputs(NamedTuple):
    """The files of a built site, its manifest last, and what each looks like."""

    paths: list[str]
    told: list[str]


def outputs_told(folder: Path, paths: Sequence[str]) -> list[str] | None:
    """Return what each file of a built site looks like; None when one is missing, no plain file, or behind a link."""
    prefix, stat, told = f"{folder}/", os.lstat, []
    try:
        if not _are_folders(prefix, folders_of(paths)):
            return None
        for path in paths:
            found = stat(prefix + path)
            if found.st_mode & _KIND != _FILE:
                return None
            told.append(f"{found.st_size} {found.st_mtime_ns} {found.st_ino}")
    except OSError:
        return None
    return told


def _are_folders(prefix: str, folders: set[str]) -> bool:
    """Tell whether these are folders and no links. Their own folders are listed: one call tells of many."""
    found: set[str] = set()
    for above in {folder.rpartition("/")[0] for folder in folders}:
        with os.scandir(prefix + above) as entries:
            below = f"{above}/" if above else ""
            found.update(below + entry.name for entry in entries if entry.is_dir(follow_symlinks=False))
    return folders <= found


def folders_of(paths: Iterable[str]) -> set[str]:
    """Return every folder that files stand in: ``a`` and ``a/b`` for ``a/b/c``."""
    found: set[str] = set()
    for path in paths:
        end = path.rfind("/")
        while end > 0 and (folder := path[:end]) not in found:
            found.add(folder)
            end = path.rfind("/", 0, end)
    return found


_KIND, _FILE = 0o170000, 0o100000


def outputs_digest(told: list[str] | None) -> bytes:
    """Return one digest of what `outputs_told` gives; empty for None."""
    if told is None:
        return b""
    return hashlib.blake2b("\n".join(told).encode(), digest_size=16).digest()
