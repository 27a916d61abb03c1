"""What a host of files can do that has no switch: it keeps each file by its path, and changes one at a time.

SFTP, FTPS and S3 are such hosts. A deploy to any of them is the same, see `yoyak.publish.file_deploy`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import groupby
from typing import IO, Literal, Protocol

import msgspec

from yoyak.model.build import Progress, counted
from yoyak.model.types import Record
from yoyak.publish import manifest
from yoyak.publish.journal import JOURNAL, MARK, PART, Journal, decode_journal
from yoyak.publish.output import Built, is_usual
from yoyak.publish.plan import There, folders_of


class AtHost(Record, frozen=True, kw_only=True):
    """What is at a path of a host."""

    kind: Literal["file", "folder", "other"]
    """A link is an ``other``, whatever it leads to, where the host tells."""
    size: int | None = None
    """A file's bytes, where the host tells."""


class FileHost(Protocol):
    """An open connection to the folder (or prefix) of a target.

    All paths are relative to it and safe (`manifest.is_safe`); the folder itself is an empty text. Every method raises
    `OSError` (with the path as `filename`, where there is one) or `YoyakError` when the host refuses or does not
    answer; neither tells a password.
    """

    where: str
    """The place as a person would name it; without any password."""
    lanes: int
    """How many files may be written at once, from as many threads."""

    def read(self, path: str, *, most: int) -> bytes | None:
        """Return a file's bytes, at most `most` of them, or None when there is no such file."""

    def look(self, paths: Sequence[str]) -> Mapping[str, AtHost]:
        """Return what is at the paths, without those at which nothing is. A link is not followed."""

    def listed(self, folder: str, *, most: int | None = None) -> Mapping[str, AtHost]:
        """Return what is in a folder, by name, at most `most` of it; nothing when there is no such folder."""

    def write(self, path: str, file: IO[bytes], *, size: int, sha256: str, new: bool) -> None:
        """Put a file in place, with the folders above it, whole or not at all where the host can do that.

        `new` tells that nothing was there: it is a `FileExistsError` when the host can tell, at no cost, that
        something is there now.
        """

    def remove(self, paths: Sequence[str]) -> None:
        """Remove files, in this order. No link above a file is followed.

        What is gone already is no error, nor is a folder in a file's place; that stays.
        """

    def clear(self, folders: Sequence[str]) -> None:
        """Remove those of the folders that are empty, in this order. Nothing else is an error."""

    def close(self) -> None:
        """End the connection."""


# --- What a host of plain files has, as far as a deploy has to know it -------------------------------------------

# The manifest at the host says what it has, and the journal of a deploy that was cut short what that may have changed.
# Nothing is asked of what both of them know: a deploy of one article costs the same at a site of any size.


MOST = 256 << 20
"""Bytes of a manifest or a journal: those of two million files."""
_MANY = 16
"""From so many paths of one folder on, the folder is listed instead."""
_STRANGERS = 1000
"""Nobody needs to know of more of them."""


class DeployMark(Record, frozen=True, kw_only=True):
    """How far a deploy got."""

    journal: str
    """SHA-256 of the journal that it belongs to."""
    done: int
    """So many files of its `writing`, the first ones, are in place."""


class Cut(Record, frozen=True, kw_only=True):
    """What a deploy left that was cut short, or nothing."""

    version: str = ""
    """SHA-256 of its journal; empty when there is none."""
    journal: Journal = Journal()
    done: Mapping[str, str] = {}
    """SHA-256 by path of what it wrote for certain."""

    @property
    def doubtful(self) -> frozenset[str]:
        """The paths at which there may be a file of ours, or nothing, or somebody else's."""
        sure = {*self.done, *self.journal.earlier, *self.journal.known}
        return frozenset(self.journal.writing.keys() - sure)


def read_cut(host: FileHost) -> Cut:
    """Return what a deploy left at the host when it was cut short."""
    data = host.read(JOURNAL, most=MOST)
    if data is None:
        return Cut()
    version = hashlib.sha256(data).hexdigest()
    journal = decode_journal(data, where=f"{host.where}/{JOURNAL}")
    done = _done(host.read(MARK, most=1000), version)
    return Cut(version=version, journal=journal, done=dict([*journal.writing.items()][:done]))


def _done(data: bytes | None, version: str) -> int:
    mark = decode_mark(data)
    return max(mark.done, 0) if mark and mark.journal == version else 0


def decode_mark(data: bytes | None) -> DeployMark | None:
    """Return the mark that `data` holds, or None."""
    try:
        return msgspec.json.decode(data or b"", type=DeployMark)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def digest_of(data: bytes | None) -> str:
    """Return the SHA-256, in hex, of a file's bytes; empty when there is no such file."""
    return "" if data is None else hashlib.sha256(data).hexdigest()


def look_at(host: FileHost, built: Built, *, check_files: bool, progress: Progress | None = None) -> There:
    """Return what the host has: what is ours, and what is not where the built site has to go."""
    data = host.read(manifest.NAME, most=MOST)
    listing = None if data is None else manifest.read_manifest(data, where=f"{host.where}/{manifest.NAME}")
    cut = read_cut(host)
    files = dict(listing.files) if listing else {}
    doubtful = cut.doubtful - files.keys() - {manifest.NAME}
    unsure = {*cut.journal.earlier, *(files.keys() & cut.journal.writing.keys())}
    files |= {**dict.fromkeys(unsure, ""), **cut.journal.known, **cut.done}
    if data is not None:
        files[manifest.NAME] = digest_of(data)
    ours = frozenset(files)
    top = host.listed("", most=_STRANGERS) if not ours else None
    if top != {}:
        odd = _conflicting(unsure, {*files, *doubtful, *built.files})
        sure = files.keys() - odd
        found = _in_place(host, {*doubtful, *built.files, *odd} - sure, {*files, *doubtful})
        files = {path: files[path] for path in sure}
        files |= _compared(host, found, cut.journal.writing, built, progress)
    if check_files:
        files = _checked(host, files, built, progress)
    return There(
        where=host.where,
        files=files,
        ours=ours | {path for path in doubtful if files.get(path) == cut.journal.writing[path]},
        base_url=listing.base_url if listing else cut.journal.base_url,
        version=cut.version,
        listing=digest_of(data),
        to_adopt=0 if listing or cut.version else sum(map(_strange, top or ())),
    )


def _strange(name: str) -> bool:
    ours = name in (JOURNAL, MARK) or name.startswith(PART)
    return not (ours or is_usual(name) or name == "lost+found")


def _conflicting(unsure: Iterable[str], others: Collection[str]) -> frozenset[str]:
    """Return those of the paths that cannot be files while others are: only one of them can be there."""
    folders = {folder for path in others for folder in folders_of(path)}
    return frozenset(path for path in unsure if path in folders or any(part in others for part in folders_of(path)))


def _in_place(host: FileHost, paths: Collection[str], ours: Collection[str]) -> dict[str, AtHost]:
    """Return what is at paths of which nothing is known, what is no folder above them, and what is below them."""
    folders = {folder for path in ours for folder in folders_of(path)}
    above = {folder for path in paths for folder in folders_of(path)}
    asked = {*paths, *(above - folders - {*ours})}
    found: dict[str, AtHost] = {}
    for _, level in groupby(sorted(asked, key=_depth), _depth):
        found |= _looked(host, [path for path in level if _may_be_there(path, asked, found, folders)])
    known = {path for path in found.keys() & folders if found[path].kind == "folder"}
    below = {path: thing for folder in known for path, thing in _below(host, folder, ours)}
    blocking = {path: thing for path, thing in found.items() if path in paths or thing.kind != "folder"}
    return {path: thing for path, thing in blocking.items() if path not in known} | below


def _depth(path: str) -> int:
    return path.count("/")


def _may_be_there(path: str, asked: Collection[str], found: Mapping[str, AtHost], folders: Collection[str]) -> bool:
    above = path.rpartition("/")[0]
    if above in asked:
        return above in found and found[above].kind == "folder"
    return not above or above in folders


def _looked(host: FileHost, paths: Iterable[str]) -> dict[str, AtHost]:
    by_folder: dict[str, list[str]] = {}
    for path in paths:
        by_folder.setdefault(path.rpartition("/")[0], []).append(path)
    found: dict[str, AtHost] = {}
    for folder, asked in by_folder.items():
        if len(asked) < _MANY:
            found |= host.look(asked)
        else:
            names = host.listed(folder)
            found |= {path: names[name] for path in asked if (name := path.rpartition("/")[2]) in names}
    return found


def _below(host: FileHost, folder: str, known: Collection[str]) -> Iterable[tuple[str, AtHost]]:
    """Yield what is not ours in a folder of ours that has to make room for a file."""
    for name, thing in host.listed(folder).items():
        path = f"{folder}/{name}"
        if thing.kind == "folder":
            yield from _below(host, path, known)
        elif path not in known:
            yield path, thing


def _compared(
    host: FileHost, found: Mapping[str, AtHost], written: Mapping[str, str], built: Built, progress: Progress | None
) -> dict[str, str]:
    """Return digests of what was found: of files that may be what we wrote or what is wanted, else none."""
    digests = dict.fromkeys(found, "")
    files = [path for path, thing in found.items() if thing.kind == "file" and (path in written or path in built.files)]
    for path in counted(files, "compare", progress):
        size, there = built.sizes.get(path), found[path].size
        if path in written or there is None or there == size:
            data = host.read(path, most=MOST if path in written or size is None else size + 1)
            digests[path] = hashlib.sha256(data or b"").hexdigest()
    return digests


def _checked(host: FileHost, files: Mapping[str, str], built: Built, progress: Progress | None) -> dict[str, str]:
    """Return the files as they really are there: without those that are gone, and no digest of another size."""
    folders = sorted({path.rpartition("/")[0] for path in files})
    found: dict[str, AtHost] = {}
    for folder in counted(folders, "compare", progress):
        names = host.listed(folder)
        found |= {f"{folder}/{name}" if folder else name: thing for name, thing in names.items()}
    return {
        path: digest if _as_sent(found[path], path, digest, built) else ""
        for path, digest in files.items()
        if path in found
    }


def _as_sent(thing: AtHost, path: str, digest: str, built: Built) -> bool:
    size = built.sizes.get(path)
    return thing.kind == "file" and (built.files.get(path) != digest or thing.size in (None, size))
