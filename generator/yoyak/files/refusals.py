"""Why a file below content/ is not read, as problems."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path, PurePosixPath
from unicodedata import normalize

from yoyak.files.site_files import Refused
from yoyak.files.write_errors import unread
from yoyak.model.message import Message, Problem, Words, say
from yoyak.text.slugs import path_key


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
