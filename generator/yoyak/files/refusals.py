"""Why a file below content/ is not read, as problems."""

from __future__ import annotations

from yoyak.files.site_files import Refused
from yoyak.model.problems import Problem


def unreadable(path: str, error: OSError) -> Problem:
    """Return the problem of a file that could not be opened, or that was refused when it was."""
    if isinstance(error, Refused):
        return _refused(path, error)
    if isinstance(error, PermissionError):
        return Problem(
            code="unreadable-file",
            path=path,
            message="This file may not be read.",
            hint="Give yourself the right to read it.",
        )
    return Problem(code="unreadable-file", path=path, message=f"This file cannot be read: {error.strerror}.")


def _refused(path: str, error: Refused) -> Problem:
    if error.why == "link":
        return link_out(path, "file outside content/")
    return not_a_file(path) if error.why == "kind" else too_large(path, error.size, error.limit)


def link_out(path: str, where: str) -> Problem:
    """Return the problem of a link that leads away."""
    return Problem(
        code="link-out-of-site",
        path=path,
        message=f"This is a link to a {where}.",
        hint=f"Copy the {where.partition(' ')[0]} here instead.",
    )


def not_a_file(path: str) -> Problem:
    """Return the problem of a pipe, a device and the like."""
    return Problem(code="not-a-file", path=path, message="This is not a regular file.", hint="Move it out of content/.")


def too_large(path: str, size: int, limit: int) -> Problem:
    """Return the problem of a file that has too many bytes."""
    return Problem(
        code="file-too-large",
        path=path,
        message=f"This file has {size:,} bytes; {limit:,} are allowed.",
        hint="Split it, or make the picture smaller.",
    )
