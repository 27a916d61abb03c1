"""Why a folder could not be written, or a file read, in words for a person."""

from __future__ import annotations

import errno
import os

from yoyak.files.handles import Refused
from yoyak.files.reached import Exchanged
from yoyak.messages.errors import YoyakError
from yoyak.model.message import Words, say

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
