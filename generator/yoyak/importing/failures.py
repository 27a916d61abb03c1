"""One entry, part or piece of an original that cannot be read: the others are read all the same.

These are the only places that catch every exception: what is read there was written by anybody, and a mistake of
yoyak's or of a library's in one entry must not cost the whole feed.
"""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from msgspec.structs import replace

from yoyak.files.site_files import cause
from yoyak.importing.article import Draft
from yoyak.importing.originals import Original
from yoyak.model.message import Problem, Words, problem_of, say, warning
from yoyak.readers.odd_names import unfit

T = TypeVar("T")
R = TypeVar("R")

_KINDS: tuple[tuple[type[Exception], Words], ...] = (
    (RecursionError, say("failed.deep")),
    (MemoryError, say("failed.too-much-memory")),
    (OverflowError, say("failed.range")),
    (UnicodeError, say("failed.characters")),
    (AssertionError, say("failed.markup")),
    (OSError, say("failed.file")),
    (LookupError, say("failed.missing")),
    (ValueError, say("failed.value")),
)


_INSTEAD = say("save-its-page.hint")
_OF_MAILS = say("save-as-text.hint")

_WITHIN = {"feed": "within.feed", "export": "within.export", "mailbox": "within.mailbox", "mail": "within.mail"}
"""What messages call that which an entry is of."""


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


def why(error: BaseException) -> Words:
    """Return what went wrong as the end of a sentence, with the type of the error for those who report it."""
    known = next((words for kind, words in _KINDS if isinstance(error, kind)), say("failed.other"))
    return say("failed.with-type", why=known, type=type(error).__name__)


def entry_failed(given: str, title: str, error: BaseException, within: str = "feed") -> Problem:
    """Return the problem of an entry of a feed, or of a mail of a mailbox, that is not imported."""
    key = "not-importable.entry" if title else "not-importable.entry-without-title"
    hint, of = _INSTEAD if within == "feed" else _OF_MAILS, say(_WITHIN[within])
    return problem_of(key, given, hint=hint, title=title[:80], within=of, why=why(error))


def of_entry(problem: Problem, given: str, title: str, within: str = "feed") -> Problem:
    """Return a problem of an article that comes from a feed, with the entry where it says what is missing or left out.

    Nobody can write into a feed, so the advice of an error is another one.
    """
    placed = replace(problem, path=given)
    if problem.severity == "warning" and problem.code not in ("too-many", "too-long"):
        return placed
    message = say("in-entry", title=title[:80], within=say(_WITHIN[within]), message=problem.message)
    named = replace(placed, message=message)
    hint = _INSTEAD if within == "feed" else _OF_MAILS
    return named if problem.severity == "warning" else replace(named, hint=hint, write=(), line=0, column=0)


def part_failed(given: str, name: str, error: BaseException) -> Problem:
    """Return the problem of a part of a mail that is left out."""
    key = "left-behind.part" if name else "left-behind.part-without-name"
    return warning(key, given, hint=say("look-into-original.hint"), name=name[:80], why=why(error))


def not_written(given: str, error: OSError) -> Problem:
    """Return the problem of an original of which nothing could be written."""
    is_full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    hint = say("make-room.hint") if is_full else say("look-at-place.hint")
    key = "not-importable.not-written-at" if error.filename else "not-importable.not-written"
    return problem_of(key, given, hint=hint, why=cause(error), where=str(error.filename or ""))


# --- The files beside an original: which are kept with it, and what is said of those that are not ----------------


def files_beside(original: Original, drafts: Sequence[Draft]) -> tuple[dict[str, bytes], list[Problem]]:
    """Return the pictures and frames that an original has in files of their own, so that it can be read again.

    Its page knows them by their names, so one whose name Windows refuses is not kept, with a warning.
    """
    found = {picture.name: picture.data for draft in drafts for picture in draft.pictures.values()}
    found |= {name: data for draft in drafts for name, data in draft.beside.items()}
    found = {name: data for name, data in found.items() if original.find(name) is not None}
    refused = {name: why for name in found if (why := unfit(tuple(name.split("/"))))}
    kept = {name: data for name, data in found.items() if name not in refused}
    return kept, [original.warning("left-behind.windows", name=name[:120], why=why) for name, why in refused.items()]


# --- Words that messages of an import share: several of them in a row --------------------------------------------


def in_a_row(words: Iterable[Words], by: str = "in-a-row") -> Words:
    """Return words with commas between them, or what else the text `by` puts there; a text when all are texts."""
    every = tuple(words)
    if len(every) < 2:
        return every[0] if every else ""
    first, *rest = every
    return say(by, first=first, rest=in_a_row(rest, by))
