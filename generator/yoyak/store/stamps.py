"""What the files of a site look like from outside: whether anything may have changed is decided here.

Events of the file system are hints that arrive twice, late or never, and times of change alone can lie. A file whose
stamp is the same has the same bytes; one whose stamp differs is read and compared.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePath

from msgspec import msgpack

from yoyak.model.sources import NO_FILE, FileStamp, output_stamp, stamp_of
from yoyak.paths import PUBLIC

SETTINGS = "site.yaml"
FOLDERS = ("content", "templates")
HOUSE = "yoyak"
"""In the place of a folder's name: yoyak's own templates, wherever they are installed."""
OWN_NAMES = ("_rules", "_reviews", "_urls.yaml")
"""What of content/ a build reads although its name begins with ``_``."""

_PUBLIC = f"content/{PUBLIC}"

SURE_AFTER = 30_000_000
"""Nanoseconds. Clocks of file systems tick as slowly as every 10 ms: a file written twice within a tick keeps its time
and perhaps its size. One this fresh is therefore not trusted, as git does not trust a "racily clean" one."""
_TEMPORARY_ENDINGS = ("~", ".swp", ".swo", ".swx", ".tmp", ".temp", ".part", ".crdownload")
_VIM_PROBE = "4913"


Stamps = Mapping[str, FileStamp]
"""By path below the site folder, posix, as the disk spells it."""


def ignored(name: str) -> bool:
    """Tell whether a file or folder of this name is an editor's or the system's own business."""
    return name[0] == "." or (
        name == _VIM_PROBE or name.endswith(_TEMPORARY_ENDINGS) or (name[0] == "#" == name[-1]) or "___jb_" in name
    )


def concerns(path: PurePath) -> bool:
    """Tell whether a path relative to the site folder is one that a build may read."""
    inside = path.parts[:1] == (SETTINGS,) or path.parts[:1] in [(folder,) for folder in FOLDERS]
    return inside and not any(
        ignored(_judged("/".join(path.parts[:above]), part)) for above, part in enumerate(path.parts)
    )


def _judged(folder: str, name: str) -> str:
    """Return the name by which it is decided whether a file is read: below content/public/ hidden ones are, too."""
    if name[0] != "." or name == ".git" or not is_public(folder):
        return name
    return name.lstrip(".") or name


def is_public(folder: str) -> bool:
    """Tell whether a folder of the site is content/public/, or below it."""
    return folder[: len(_PUBLIC)].lower() == _PUBLIC and folder[len(_PUBLIC) : len(_PUBLIC) + 1] in ("", "/")


def scan(folder: Path, house: Path | None = None, *, now: int, watching: bool = False) -> Stamps:
    """Return the stamps of all files that a build of this site folder may read, in the order of their paths.

    `house` is the folder of yoyak's own templates; `now` is in nanoseconds. While `watching`, what editors make and
    remove around a save does not count.
    """
    edge = now - SURE_AFTER
    found = dict(_settings(folder, edge, now))
    _walk(f"{folder}/content", "content", ignored if watching else lambda name: name[0] == ".", edge, now, found)
    _walk(f"{folder}/templates", "templates", ignored if watching else _none, edge, now, found)
    if house:
        _walk(str(house), HOUSE, _none, edge, now, found)
    return dict(sorted(_as_text(found).items()))


def _none(_: str) -> bool:
    return False


def rescan(before: Stamps, folder: Path, paths: Iterable[str], *, now: int) -> Stamps | None:
    """Return `before` with a new look at some files, or None when that does not say everything: one came or went."""
    edge, found = now - SURE_AFTER, dict(before)
    for path in paths:
        if path not in before:
            return None
        try:
            found[path] = _stamp(os.stat(f"{folder}/{path}"), edge, now)  # noqa: PTH116
        except OSError:
            return None
    return found


def _as_text(found: dict[str, FileStamp]) -> dict[str, FileStamp]:
    """Write names that are no text with escapes, so that they can be kept."""
    try:
        "".join(found).encode()
    except UnicodeEncodeError:
        return {path.encode("utf-8", "backslashreplace").decode(): one for path, one in found.items()}
    return found


def _settings(folder: Path, edge: int, now: int) -> Iterator[tuple[str, FileStamp]]:
    try:
        yield SETTINGS, _stamp(os.stat(folder / SETTINGS), edge, now)  # noqa: PTH116 - no object for each file
    except OSError:
        return


def _walk(
    location: str, path: str, left_out: Callable[[str], bool], edge: int, now: int, found: dict[str, FileStamp]
) -> None:
    """Add the stamps of a folder's files, its folders' included. A link to a folder counts as a file."""
    public = is_public(path)
    try:
        with os.scandir(location) as entries:
            for entry in entries:
                name = entry.name
                if left_out(_judged(path, name) if public else name) or (
                    name[0] == "_" and path == "content" and name not in OWN_NAMES
                ):
                    continue
                below = f"{path}/{name}"
                if entry.is_dir(follow_symlinks=False):
                    _walk(entry.path, below, left_out, edge, now, found)
                else:
                    try:
                        found[below] = _stamp(entry.stat(), edge, now)
                    except OSError:  # gone since its folder was read, or a link to nothing: that is its stamp
                        found[below] = NO_FILE
    except OSError as error:
        if not isinstance(error, FileNotFoundError):
            found[f"{path}/"] = NO_FILE._replace(mode=error.errno or 0)  # what cannot be read may be readable later


def _stamp(found: os.stat_result, edge: int, now: int) -> FileStamp:
    """Return the stamp of a file; one written between `edge` and `now` is not sure."""
    return stamp_of(found, sure=not edge < found.st_mtime_ns <= now)


def digest_of_stamps(stamps: Stamps | None) -> bytes:
    """Return one digest of all stamps; empty when one of them is not sure, and for None."""
    if stamps is None or not all(one[4] for one in stamps.values()):
        return b""
    return hashlib.blake2b(msgpack.encode(stamps), digest_size=16).digest()


def look_of(stamps: Stamps) -> str:
    """Return a text that changes when a template, one of its assets or site.yaml was written."""
    decides = (SETTINGS, "templates/", f"{HOUSE}/")
    found = [(path, one._replace(sure=True)) for path, one in stamps.items() if path.startswith(decides)]
    return hashlib.blake2b(msgpack.encode(found), digest_size=8).hexdigest()


def stamps_of_output(folder: Path, paths: Sequence[str]) -> dict[str, FileStamp] | None:
    """Return the stamp of each file of a built site; None when one is missing, no plain file, or behind a link."""
    prefix, stamps = f"{folder}/", {}
    try:
        if not _are_folders(prefix, folders_of(paths)):
            return None
    except OSError:
        return None
    for path in paths:
        found = stamp_of_output(prefix + path)
        if found is None:
            return None
        stamps[path] = found
    return stamps


def stamp_of_output(place: str) -> FileStamp | None:
    """Return the stamp of a plain file of the output; None for anything else."""
    try:
        found = os.lstat(place)
    except OSError:
        return None
    return output_stamp(found) if found.st_mode & _KIND == _FILE else None


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
