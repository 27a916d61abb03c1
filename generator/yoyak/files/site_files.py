"""Files of a site, opened once and read by handle, so that what was looked at is what is read.

Whoever may write to a folder can exchange a file, or a folder above it, by a link between a look at its path and its
opening. So nothing is looked at by path here: each folder below the root is opened without following a link, the file
in it too, and whether it may be read is asked of its handle. A link that leads to a file below the same root is
resolved once, and that file is opened in this way.
"""

from __future__ import annotations

import errno
import os
import re
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path, PurePosixPath
from unicodedata import normalize

from yoyak.files.handles import Exchanged, Links, Refused, opened, opened_folder
from yoyak.messages.errors import YoyakError
from yoyak.model.message import Problem, Words, problem_of, say, warning
from yoyak.model.sources import FileStamp, stamp_of
from yoyak.text.names import path_key

__all__ = [
    "Refused", "entries_below", "open_below", "open_output", "read_and_stamp", "read_below", "read_of_output",
    "read_of_site", "read_whole", "top_of",
]  # fmt: skip


def top_of(path: str, location: str) -> str:
    """Return where the disk has the first folder of a site path: content/, of ``content/2026/ferry.md``."""
    return location.rsplit(os.sep, path.count("/"))[0]


def read_of_site(path: str, location: str, limit: int = sys.maxsize) -> bytes:
    """Return the bytes of a file by its site path, `limit` at most; no link leads out of its top folder.

    Raises:
        OSError: it cannot be read, or is refused.
    """
    return read_and_stamp(path, location, limit)[0]


def read_and_stamp(path: str, location: str, limit: int = sys.maxsize) -> tuple[bytes, FileStamp]:
    """Return what `read_of_site` does, with the stamp of the file that was read.

    Raises:
        OSError: it cannot be read, or is refused.
    """
    top = top_of(path, location) if "/" in path else os.path.dirname(location)  # noqa: PTH120
    handle = open_below(top, location, limit)
    try:
        found = os.fstat(handle)  # before it is read: what is written meanwhile shows as a change
        return read_whole(handle, limit), stamp_of(found)
    finally:
        os.close(handle)


def read_of_output(output: Path, path: str) -> bytes:
    """Return the bytes of a file of a built site.

    Raises:
        OSError: it cannot be read, or is refused.
    """
    handle = open_output(output, path)
    try:
        return read_whole(handle, sys.maxsize)
    finally:
        os.close(handle)


def open_output(output: Path, path: str) -> int:
    """Return a handle of a file of a built site. A build makes no links, so none is followed below its folder.

    Raises:
        OSError: it cannot be opened, or is refused.
    """
    root = os.path.realpath(output)
    return open_below(root, f"{root}{os.sep}{path.replace('/', os.sep)}", links="none")


def read_below(root: str, location: str, limit: int = sys.maxsize, links: Links = "inside") -> bytes:
    """Return the bytes of a file below a folder, `limit` at most.

    Raises:
        Refused: a link leads out of `root`, it is no regular file, or it has more bytes.
        OSError: the disk does not give it.
    """
    handle = open_below(root, location, limit, links)
    try:
        return read_whole(handle, limit)
    finally:
        os.close(handle)


def read_whole(handle: int, limit: int) -> bytes:
    """Return the bytes of an open file. It may have grown since it was opened.

    Raises:
        Refused: it has more than `limit` bytes.
    """
    pieces, size = list[bytes](), 0
    while piece := os.read(handle, min(limit + 1 - size, 1 << 16)):
        pieces.append(piece)
        size += len(piece)
        if size > limit:
            raise Refused("size", max(size, os.fstat(handle).st_size), limit)
    return pieces[0] if len(pieces) == 1 else b"".join(pieces)


def open_below(root: str, location: str, limit: int | None = None, links: Links = "inside") -> int:
    """Return a handle of the regular file at `location`, which is below `root`; whoever asks closes it.

    Raises:
        Refused: a link leads out of `root`, it is no regular file, or it has more than `limit` bytes.
        OSError: the disk does not give it.
    """
    handle = opened(root, location, links)
    try:
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode):
            raise Refused("kind")
        if limit is not None and found.st_size > limit:
            raise Refused("size", found.st_size, limit)
    except OSError:
        os.close(handle)
        raise
    return handle


@contextmanager
def entries_below(root: str, location: str) -> Iterator[list[os.DirEntry[str]]]:
    """Give the entries of a folder, `root` itself or one below it. They know their names and, while it is open, more.

    Raises:
        Refused: it, or a folder above it, is a link.
        OSError: the disk does not give it.
    """
    folder = opened_folder(root, location)
    try:
        with os.scandir(folder) as entries:
            yield list(entries)
    finally:
        if isinstance(folder, int):
            os.close(folder)


# --- why a file is not read, or a folder not written: in words for a person, and as problems of content/ ---------


# --- files below content/ that are not read, as problems ---------------------------------------------------------


def unreadable(path: str, error: OSError, folder: str = "content/") -> Problem:
    """Return the problem of a file that could not be opened, or that was refused when it was.

    `folder` is the one that no link may lead out of.
    """
    if isinstance(error, Refused):
        return _refused(path, error, folder)
    if isinstance(error, PermissionError):
        return problem_of("unreadable-file.right", path)
    return problem_of("unreadable-file", path, hint="", why=unread(error))


def _refused(path: str, error: Refused, folder: str = "content/") -> Problem:
    if error.why == "link":
        return link_out(path, folder)
    return not_a_file(path) if error.why == "kind" else too_large(path, error.size, error.limit)


def link_out(path: str, folder: Words, *, to_folder: bool = False) -> Problem:
    """Return the problem of a link that leads out of `folder`."""
    if to_folder:
        return problem_of("link-out-of-site.folder", path, hint=say("link-to-folder.hint"), folder=folder)
    return problem_of("link-out-of-site", path, folder=folder)


def linked_folder(path: str) -> Problem:
    """Return the problem of a link to a folder."""
    return problem_of("link-to-folder", path)


def not_a_file(path: str) -> Problem:
    """Return the problem of a pipe, a device and the like."""
    return problem_of("not-a-file", path)


def too_large(path: str, size: int, limit: int) -> Problem:
    """Return the problem of a file that has too many bytes."""
    return problem_of("file-too-large", path, size=size, most=limit)


# --- names ---------------------------------------------------------------------------------------

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def bad_name(path: str) -> Problem | None:
    """Return an error for a name that no page, list or message could carry."""
    if path.isprintable():
        return None
    name = PurePosixPath(path).name
    control = _CONTROL.search(name)
    if not control and name.isprintable():
        return None
    from yoyak.text.odd_letters import called

    try:
        name.encode()
    except UnicodeEncodeError:
        return problem_of("unreadable-name", ascii(path)[1:-1])
    if not control:
        return None
    shown, hint = _CONTROL.sub("\N{REPLACEMENT CHARACTER}", path), say("unreadable-name.hint")
    return problem_of("unreadable-name.control", shown, hint=hint, character=called(control[0]))


def odd_name(path: str) -> Iterator[Problem]:
    """Yield a warning for a name with a letter that nobody sees."""
    if path.isascii():
        return
    from yoyak.text.odd_letters import called, odd_letters

    for odd in islice(odd_letters(PurePosixPath(path).stem), 1):
        if odd.why == "hidden":
            yield warning("hidden-character.name", path, character=called(odd.character))


def unique(files: list[tuple[str, str]], problems: list[Problem]) -> Iterator[tuple[str, str]]:
    """Yield each file once by the name that every disk would give it; of two that differ only by case, the first."""
    seen: dict[str, str] = {}
    for path, location in files:
        first = seen.setdefault(path_key(path), location)
        if first == location:
            yield path, location
        else:
            problems.append(_one_name(path, Path(first).name, Path(location).name))


def _one_name(path: str, first: str, second: str) -> Problem:
    """Say why two names are one. Two forms of the same Hangul look alike: a Mac takes letters apart (NFD)."""
    if normalize("NFC", first) == normalize("NFC", second):
        return problem_of("same-name.apart", path, hint=say("same-name.hint"), name=normalize("NFC", first))
    return problem_of("same-name", path, first=first, second=second)


# --- the errors of a disk in words -------------------------------------------------------------------------------


_KEYS = {
    errno.ENOSPC: ("cause.full", "remedy.room"),
    errno.EDQUOT: ("cause.quota", "remedy.quota"),
    errno.EROFS: ("cause.read-only", "remedy.read-only"),
    errno.EACCES: ("cause.no-right", "remedy.right"),
    errno.EPERM: ("cause.no-right", "remedy.right"),
    errno.EIO: ("cause.disk-error", "remedy.disk"),
    errno.EMFILE: ("cause.many-files", "remedy.ulimit"),
    errno.ENFILE: ("cause.many-files.machine", "remedy.wait"),
    errno.ENAMETOOLONG: ("cause.long-name", "remedy.long-name"),
    errno.EFBIG: ("cause.large-file", "remedy.smaller"),
    errno.EXDEV: ("cause.several-disks", "remedy.one-disk"),
    errno.ESTALE: ("cause.network", "remedy.connect"),
    errno.ENOTCONN: ("cause.network", "remedy.connect"),
    errno.ETIMEDOUT: ("cause.no-answer", "remedy.network"),
    errno.ENOENT: ("cause.missing", "remedy.other"),
    errno.ENOTDIR: ("cause.no-folder", "remedy.other"),
    errno.EISDIR: ("cause.is-folder", "remedy.other"),
    errno.ELOOP: ("cause.loop", "remedy.other"),
    errno.EEXIST: ("cause.exists", "remedy.other"),
    errno.ENOTEMPTY: ("cause.not-empty", "remedy.other"),
    errno.EBUSY: ("cause.busy", "remedy.other"),
}
_REFUSALS = {"link": "cause.link", "kind": "cause.kind", "size": "cause.too-large"}


def cause(error: OSError) -> Words:
    """Return why something could not be written; what the catalogue does not know is in the system's words."""
    if isinstance(error, Refused):
        return say(_REFUSALS[error.why])
    if isinstance(error, Exchanged):
        return say("cause.exchanged", folder=error.folder)
    number = error.errno or 0
    if number in _KEYS and error.strerror == os.strerror(number):
        return say(_KEYS[number][0])
    return error.strerror[:1].lower() + error.strerror[1:] if error.strerror else say("cause.unknown")


def unread(error: OSError) -> Words:
    """Return why something could not be read."""
    denied = isinstance(error, PermissionError) and not isinstance(error, Refused)
    return say("cause.no-reading") if denied else cause(error)


def remedy(error: OSError) -> Words:
    """Return what to do about it, as a sentence without its stop."""
    return say(_KEYS[error.errno][1] if error.errno in _KEYS else "remedy.other")


def unwritten(folder: object, error: OSError) -> YoyakError:
    """Return what is said when an output folder could not be written and is as it was."""
    return YoyakError(say("write.unwritten", folder=str(folder), why=cause(error), remedy=remedy(error)))


# --- How the disk spells the name of a file ----------------------------------------------------------------------


def spelled_by_the_disk(folder: Path, parts: tuple[str, ...]) -> Path | None:
    """Return a file whose name the disk may have with its letters taken apart (NFD), or None."""
    for part in parts:
        if (folder / part).exists():
            folder /= part
            continue
        beside = folder.iterdir() if folder.is_dir() else ()
        same = next((place for place in beside if normalize("NFC", place.name) == part), None)
        if same is None:
            return None
        folder = same
    return folder
