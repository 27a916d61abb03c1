"""The journal of a deploy to a host without a switch: what it may have left behind if it was cut short.

It stands at the target from before the first change until after the last. Whatever kills a deploy, the next one knows
which files are ours, without taking a stranger's file for one of them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from secrets import token_hex

import msgspec

from yoyak.files.site_files import Refused, read_of_output
from yoyak.messages.errors import YoyakError
from yoyak.model.message import say
from yoyak.model.types import Record
from yoyak.publish.manifest import require_safe

JOURNAL = ".yoyak-deploying.json"
MARK = ".yoyak-deploying-done.json"
"""How far a deploy to another machine got; beside its journal, which says more and is written once."""
PART = ".yoyak-part-"
"""How the names of files begin that are not wholly written yet."""
PART_FILE = f"{PART}file"
"""Where a host that can rename gets each file first: one place, so that there is one file to clear away."""
ASIDE_FILE = f"{PART}old"
"""Where one that cannot replace a file by a rename puts the old file for a moment."""
LOCK = f"{PART}lock"
"""A folder that is there while a journal is put in place, at a host where a rename replaces a file."""


class Journal(Record, frozen=True, kw_only=True):
    """What a deploy set out to do."""

    deploy: str = ""
    """What tells this deploy from every other one, that of the same files by another machine, too."""
    base_url: str = ""
    """Of the site that was deployed."""
    earlier: tuple[str, ...] = ()
    """Paths that were ours before, in a release those of others too; the next deploy finds out how they are."""
    known: Mapping[str, str] = {}
    """SHA-256 by path of what is ours and there, and in no manifest yet."""
    writing: Mapping[str, str] = {}
    """SHA-256 by path of what is written. Such a file is ours once it has these bytes."""


def read_journal(folder: Path) -> Journal | None:
    """Return the journal that a deploy left in `folder` when it was cut short, or None."""
    path = folder / JOURNAL
    try:
        data = read_of_output(folder, JOURNAL)
    except (FileNotFoundError, NotADirectoryError, Refused):
        return None
    return decode_journal(data, where=str(path))


def decode_journal(data: bytes, *, where: str) -> Journal:
    """Return the journal that `data` holds; `where` names its file in messages."""
    try:
        journal = msgspec.json.decode(data, type=Journal)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise YoyakError(say("deploy.bad-journal", path=where, error=str(error))) from error
    require_safe((*journal.earlier, *journal.known, *journal.writing), where=where)
    return journal


def part_of(path: str) -> str:
    """Return where a file is written before it takes its place: beside it, under a name that can be found again."""
    folder, slash, name = path.rpartition("/")
    return f"{folder}{slash}{PART}{hashlib.sha256(name.encode()).hexdigest()[:16]}"


def part_at_host(path: str) -> str:
    """Return where a host that can rename gets a file first; journals of two deploys at once do not get mixed up."""
    return f"{PART}{token_hex(8)}" if path == JOURNAL else PART_FILE


def parts_left(journal: Journal) -> Iterator[str]:
    """Yield the paths of half-written files that a deploy with this journal may have left."""
    yield part_of(JOURNAL)
    yield from map(part_of, journal.writing)
