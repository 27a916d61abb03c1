"""One entry, part or piece of an original that cannot be read: the others are read all the same.

These are the only places that catch every exception: what is read there was written by anybody, and a mistake of
yoyak's or of a library's in one entry must not cost the whole feed.
"""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterable
from typing import TypeVar

from msgspec.structs import replace

from yoyak.model.message import say
from yoyak.model.problems import Problem

T = TypeVar("T")
R = TypeVar("R")

_KINDS: tuple[tuple[type[Exception], str], ...] = (
    (RecursionError, "its elements are too deep inside each other"),
    (MemoryError, "it needs too much memory"),
    (OverflowError, "a number or a date in it is out of range"),
    (UnicodeError, "its characters cannot be read"),
    (AssertionError, "its markup cannot be read"),
    (OSError, "a file cannot be read"),
    (LookupError, "something is missing in it"),
    (ValueError, "a value in it is not understood"),
)


_INSTEAD = "Save its page in a browser, and import that."
_OF_MAILS = "Open it, and save what it says as .txt."


def each(
    items: Iterable[T], read: Callable[[T], R], failed: Callable[[T, BaseException], Problem]
) -> tuple[list[R], list[Problem]]:
    """Return what `read` gives of each item, and a problem for each of which it fails."""
    found: list[R] = []
    problems: list[Problem] = []
    for item in items:
        try:
            found.append(read(item))
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as error:  # noqa: BLE001 - Rust's panics are no Exception
            problems.append(failed(item, error))
    return found, problems


def why(error: BaseException) -> str:
    """Return what went wrong as the end of a sentence, with the type of the error for those who report it."""
    known = next((words for kind, words in _KINDS if isinstance(error, kind)), "it is not understood")
    return f"{known} ({type(error).__name__})"


def entry_failed(given: str, title: str, error: BaseException, within: str = "feed") -> Problem:
    """Return the problem of an entry of a feed, or of a mail of a mailbox, that is not imported."""
    named = f'The entry "{title[:80]}"' if title else "An entry without a title"
    return Problem(
        code="not-importable",
        path=given,
        message=f"{named} of this {within} cannot be read: {why(error)}. The other entries are imported.",
        hint=_INSTEAD if within == "feed" else _OF_MAILS,
    )


def of_entry(problem: Problem, given: str, title: str, within: str = "feed") -> Problem:
    """Return a problem of an article that comes from a feed, with the entry where it says what is missing or left out.

    Nobody can write into a feed, so the advice of an error is another one.
    """
    placed = replace(problem, path=given)
    if problem.severity == "warning" and problem.code not in ("too-many", "too-long"):
        return placed
    named = replace(placed, message=say("in-entry", title=title[:80], within=within, message=problem.message))
    hint = _INSTEAD if within == "feed" else _OF_MAILS
    return named if problem.severity == "warning" else replace(named, hint=hint, write=(), line=0, column=0)


def part_failed(given: str, name: str, error: BaseException) -> Problem:
    """Return the problem of a part of a mail that is left out."""
    named = f'The part "{name[:80]}"' if name else "A part"
    return Problem(
        code="left-behind",
        severity="warning",
        path=given,
        message=f"{named} of this mail cannot be read: {why(error)}. It is left out.",
        hint="Look into the original, which is kept.",
    )


def not_written(given: str, error: OSError) -> Problem:
    """Return the problem of an original of which nothing could be written."""
    where = f" ({error.filename})" if error.filename else ""
    is_full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    hint = "Make room." if is_full else "Look at that place and its rights."
    message = f"It cannot be written: {error.strerror}{where}."
    return Problem(code="not-importable", path=given, message=message, hint=hint)
