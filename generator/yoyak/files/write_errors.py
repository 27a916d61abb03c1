"""Why a folder could not be written, in words for a person."""

from __future__ import annotations

import errno
import os

from yoyak.messages.errors import YoyakError

_WORDS = {
    errno.ENOSPC: ("the disk is full", "Make room there"),
    errno.EDQUOT: ("the quota of disk space is used up", "Make room there, or ask for more"),
    errno.EROFS: ("the disk can only be read", "Choose another folder, or have the disk mounted for writing"),
    errno.EACCES: ("there is no permission to write there", "Allow it, or choose another folder"),
    errno.EPERM: ("there is no permission to write there", "Allow it, or choose another folder"),
    errno.EIO: ("the disk reports an error", "Check the disk and its connection"),
    errno.EMFILE: ("too many files are open", "Allow more with ulimit -n"),
    errno.ENFILE: ("too many files are open on this machine", "Wait, or end other programs"),
    errno.ENAMETOOLONG: ("a name is too long for that disk", "Give the page a shorter slug"),
    errno.EFBIG: ("the file is too large for that disk", "Make the file smaller"),
    errno.EXDEV: ("it is spread over several disks", "Use one disk for it"),
    errno.ESTALE: ("the connection to a network disk was lost", "Connect the disk again"),
    errno.ENOTCONN: ("the connection to a network disk was lost", "Connect the disk again"),
    errno.ETIMEDOUT: ("the network disk does not answer", "Check the network"),
}


def cause(error: OSError) -> str:
    """Return why something could not be written; yoyak's own refusals have words of their own."""
    number = error.errno or 0
    if number in _WORDS and error.strerror == os.strerror(number):
        return _WORDS[number][0]
    said = error.strerror or "the system does not say why"
    return said[:1].lower() + said[1:]


def remedy(error: OSError) -> str:
    """Return what to do about it."""
    return _WORDS[error.errno][1] if error.errno in _WORDS else "Mend that"


def unwritten(folder: object, error: OSError) -> YoyakError:
    """Return what is said when an output folder could not be written and is as it was."""
    return YoyakError(
        f"{folder} could not be written: {cause(error)}. It is as it was before this build. "
        f"{remedy(error)}, then build again."
    )
