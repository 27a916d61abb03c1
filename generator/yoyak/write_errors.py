"""Why a folder could not be written, in words for a person."""

from __future__ import annotations

import errno

from yoyak.error import YoyakError

_WORDS = {
    errno.ENOSPC: ("the disk is full", "Make room on it"),
    errno.EDQUOT: ("the disk quota of this user is used up", "Make room, or ask for more"),
    errno.EACCES: ("there is no permission to write there", "Allow it"),
    errno.EPERM: ("there is no permission to write there", "Allow it"),
    errno.EROFS: ("the disk is read-only", "Make it writable, or choose another folder with --output"),
    errno.EMFILE: ("too many files are open", "Allow more with ulimit -n, or use fewer --jobs"),
    errno.ENFILE: ("too many files are open on this machine", "End other programs"),
    errno.EIO: ("the disk reports an error", "Look at the disk"),
    errno.ENAMETOOLONG: ("a name is too long for the disk", "Shorten the article's slug"),
    errno.EXDEV: ("it is spread over several disks", "Use one disk for it"),
}


def cause(error: OSError) -> str:
    """Return why something could not be written."""
    found = _WORDS.get(error.errno or 0)
    return found[0] if found else (error.strerror or "the system does not say why").lower()


def remedy(error: OSError) -> str:
    """Return what to do about it."""
    found = _WORDS.get(error.errno or 0)
    return found[1] if found else "Mend that"


def unwritten(folder: object, error: OSError) -> YoyakError:
    """Return what is said when an output folder could not be written and is as it was."""
    return YoyakError(
        f"{folder} could not be written: {cause(error)}. It is as it was before this build. "
        f"{remedy(error)}, then build again."
    )
