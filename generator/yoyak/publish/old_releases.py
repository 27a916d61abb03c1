"""The releases that lie in a folder, and the removal of those that are not needed: of each only what is ours."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

import msgspec

from yoyak.files.site_files import Refused, read_of_output
from yoyak.messages.errors import YoyakError
from yoyak.publish import files, manifest
from yoyak.publish.journal import JOURNAL, PART, read_journal
from yoyak.publish.output import is_usual
from yoyak.publish.plan import folders_of
from yoyak.publish.releases import OLD, RECORD, RELEASES, ReleaseRecord, is_release, surplus
from yoyak.publish.seen import entries, sha256_of


def releases_at(place: Path) -> list[str]:
    """Return the names of the releases in a target's folder, sorted. What has no manifest is none."""
    names = (name for name in ours_at(place) if is_release(name))
    return sorted(name for name in names if (place / RELEASES / name / manifest.NAME).is_file())


def ours_at(place: Path) -> list[str]:
    """Return the names of all folders that deploys made for releases, whole or not."""
    folder = place / RELEASES
    found = folder.iterdir() if folder.is_dir() and not folder.is_symlink() else ()
    return [one.name for one in found if is_release(_plain(one.name)) and one.is_dir() and not one.is_symlink()]


def manifest_of(root: Path) -> manifest.Manifest | None:
    """Return the manifest of a release, or None when it has none."""
    try:
        data = read_of_output(root, manifest.NAME)
    except (FileNotFoundError, NotADirectoryError, Refused):
        return None
    return manifest.read_manifest(data, where=str(root / manifest.NAME))


def record_of(root: Path) -> ReleaseRecord:
    """Return what a release knows of itself."""
    try:
        return msgspec.json.decode(read_of_output(root, RECORD), type=ReleaseRecord)
    except (OSError, ValueError):
        return ReleaseRecord()


def found_in(root: Path) -> Iterator[tuple[str, os.stat_result]]:
    """Yield what is in a release but files that are half written."""
    for path, status in entries(root):
        if not path.rpartition("/")[2].startswith(PART):
            yield path, status


def strangers(folder: Path, files: Iterable[str], *ours: str) -> int:
    """Count what lies in a folder: its files, and what has none at its top level, such as a repository."""
    paths = [*files]
    tops = {path.partition("/")[0] for path in paths} | {"lost+found", *ours}  # the first is on every empty disk
    bare = [top.name for top in (folder.iterdir() if folder.exists() else ()) if top.name not in tops]
    return sum(not is_usual(path) and not path.startswith(PART) for path in (*paths, *bare))


def clear_leftovers(place: Path, live: str) -> None:
    """Remove what deploys left that were cut short: releases half written, and others half removed."""
    for name in ours_at(place):
        if name != _plain(name):
            _remove(place, name, live)


def remove_surplus(place: Path, *, live: str, keep: int) -> None:
    """Remove the oldest releases, until `keep` are left."""
    before = record_of(place / RELEASES / live).before if live else ""
    for name in surplus(releases_at(place), live=live, before=before, keep=keep):
        (place / RELEASES / name).rename(place / RELEASES / f"{OLD}{name}")
        _remove(place, f"{OLD}{name}", live)


def _plain(name: str) -> str:
    """Return the name of a release without what says that it is half there."""
    return name.removeprefix(PART).removeprefix(OLD)


def _remove(place: Path, name: str, live: str) -> None:
    """Remove what is ours of a release, and what the live one has, too; then the folders that are empty."""
    root, shown = place / RELEASES / name, place / RELEASES / live if live else None
    listed = _listed(root)
    gone = []
    for path, status in entries(root):
        half = path.rpartition("/")[2].startswith(PART)
        ours = path in listed and (not listed[path] or listed[path] == digest_at(root, path))
        if ours or half or path == RECORD or (shown and _same(shown, root, path, status)):
            gone.append(path)
    last = (manifest.NAME, JOURNAL)  # by them the next deploy knows what is ours
    for path in gone:
        if path not in last:
            files.remove_file(root, path)
    _remove_folders(root, {folder for path in (*listed, *gone) for folder in folders_of(path)})
    for path in last:
        if path in gone or path == JOURNAL:
            files.remove_file(root, path)
    with suppress(OSError):  # something in it is not ours
        root.rmdir()


def _remove_folders(root: Path, folders: Iterable[str]) -> None:
    """Remove the folders that are empty. One that cannot be removed stops it: the manifest is needed next time."""
    for folder in sorted(folders, key=lambda folder: -folder.count("/")):
        place = f"{root}{os.sep}{folder}"
        try:
            if not os.path.islink(place):  # noqa: PTH114
                os.rmdir(place)  # noqa: PTH106
        except OSError as error:
            if error.errno not in (errno.ENOTEMPTY, errno.EEXIST, errno.ENOENT, errno.ENOTDIR):
                raise


def _listed(root: Path) -> dict[str, str]:
    """Return the paths that a deploy put into a release: by its journal while it is written, else by its manifest.

    A path with a digest is ours once it has these bytes; one without is. Those of others that went along have one that
    no file has.
    """
    journal = read_journal(root)
    if journal:
        return {**dict.fromkeys(journal.earlier, "-"), **journal.writing}
    try:
        listing = manifest_of(root)
    except YoyakError:  # it is no list of ours: nothing is removed by it
        return {}
    return dict.fromkeys((*listing.files, manifest.NAME), "") if listing else {}


def digest_at(root: Path, path: str) -> str:
    """Return the SHA-256 of a file of a release; empty when there is no such file."""
    try:
        return sha256_of(root, path)
    except (FileNotFoundError, NotADirectoryError, Refused):
        return ""


def _same(shown: Path, root: Path, path: str, status: os.stat_result) -> bool:
    """Tell whether the live release has the same file at the same path."""
    try:
        there = (shown / path).lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    if (there.st_ino, there.st_dev) == (status.st_ino, status.st_dev):
        return True
    plain = stat.S_ISREG(there.st_mode) and stat.S_ISREG(status.st_mode) and there.st_size == status.st_size
    return plain and digest_at(shown, path) == digest_at(root, path) != ""
