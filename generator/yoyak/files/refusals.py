"""Why a file below content/ is not read, as problems."""

from __future__ import annotations

from yoyak.files.site_files import Refused
from yoyak.files.write_errors import unread
from yoyak.model.message import Words, say
from yoyak.model.problems import Problem


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
