"""Why a file is not read, or a folder not written: in words for a person, and as problems of content/."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path, PurePosixPath
from unicodedata import normalize

from yoyak.files.handles import Exchanged, Refused
from yoyak.messages.errors import YoyakError
from yoyak.model.message import Message, Problem, Words, say
from yoyak.text.slugs import path_key

# --- files below content/ that are not read, as problems ---------------------------------------------------------


def unreadable(path: str, error: OSError, folder: str = "content/") -> Problem:
    """Return the problem of a file that could not be opened, or that was refused when it was.

    `folder` is the one that no link may lead out of.
    """
    if isinstance(error, Refused):
        return _refused(path, error, folder)
    if isinstance(error, PermissionError):
        return Problem(
            code="unreadable-file",
            path=path,
            message=say("unreadable-file.right"),
            hint=say("unreadable-file.right.hint"),
        )
    return Problem(code="unreadable-file", path=path, message=say("unreadable-file", why=unread(error)))


def _refused(path: str, error: Refused, folder: str = "content/") -> Problem:
    if error.why == "link":
        return link_out(path, folder)
    return not_a_file(path) if error.why == "kind" else too_large(path, error.size, error.limit)


def link_out(path: str, folder: Words, *, to_folder: bool = False) -> Problem:
    """Return the problem of a link that leads out of `folder`."""
    return Problem(
        code="link-out-of-site",
        path=path,
        message=say("link-out-of-site.folder" if to_folder else "link-out-of-site", folder=folder),
        hint=say("link-to-folder.hint") if to_folder else say("link-out-of-site.hint"),
    )


def linked_folder(path: str) -> Problem:
    """Return the problem of a link to a folder."""
    return Problem(code="link-to-folder", path=path, message=say("link-to-folder"), hint=say("link-to-folder.hint"))


def not_a_file(path: str) -> Problem:
    """Return the problem of a pipe, a device and the like."""
    return Problem(code="not-a-file", path=path, message=say("not-a-file"), hint=say("not-a-file.hint"))


def too_large(path: str, size: int, limit: int) -> Problem:
    """Return the problem of a file that has too many bytes."""
    return Problem(
        code="file-too-large",
        path=path,
        message=say("file-too-large", size=size, most=limit),
        hint=say("file-too-large.hint"),
    )


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
        shown, message = ascii(path)[1:-1], say("unreadable-name")
    else:
        if not control:
            return None
        shown = _CONTROL.sub("\N{REPLACEMENT CHARACTER}", path)
        message = say("unreadable-name.control", character=called(control[0]))
    return Problem(code="unreadable-name", path=shown, message=message, hint=say("unreadable-name.hint"))


def odd_name(path: str) -> Iterator[Problem]:
    """Yield a warning for a name with a letter that nobody sees."""
    if path.isascii():
        return
    from yoyak.text.odd_letters import called, odd_letters

    for odd in islice(odd_letters(PurePosixPath(path).stem), 1):
        if odd.why == "hidden":
            yield Problem(
                code="hidden-character",
                severity="warning",
                path=path,
                message=say("hidden-character.name", character=called(odd.character)),
                hint=say("hidden-character.name.hint"),
            )


def unique(files: list[tuple[str, str]], problems: list[Problem]) -> Iterator[tuple[str, str]]:
    """Yield each file once by the name that every disk would give it; of two that differ only by case, the first."""
    seen: dict[str, str] = {}
    for path, location in files:
        first = seen.setdefault(path_key(path), location)
        if first == location:
            yield path, location
        else:
            problems.append(
                Problem(
                    code="same-name",
                    path=path,
                    message=_one_name(Path(first).name, Path(location).name),
                    hint=say("same-name.hint"),
                )
            )


def _one_name(first: str, second: str) -> Message:
    """Say why two names are one. Two forms of the same Hangul look alike: a Mac takes letters apart (NFD)."""
    if normalize("NFC", first) == normalize("NFC", second):
        return say("same-name.apart", name=normalize("NFC", first))
    return say("same-name", first=first, second=second)


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
