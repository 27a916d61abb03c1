"""The journal of a deploy to a folder: what it may have left behind if it was cut short.

It stands at the target from before the first change until after the last. Whatever kills a deploy, the next one knows
which files are ours, without taking a stranger's file for one of them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from yoyak.files.site_files import Refused, read_of_output
from yoyak.messages.errors import YoyakError
from yoyak.model.message import say
from yoyak.model.types import Record
from yoyak.publish.manifest import require_safe

NAME = ".yoyak-deploying.json"
PART = ".yoyak-part-"
"""How the names of files begin that are not wholly written yet."""


class Journal(Record, frozen=True, kw_only=True):
    """What a deploy set out to do."""

    earlier: tuple[str, ...] = ()
    """Paths that were ours before; in a release, those of others that go along."""
    writing: Mapping[str, str] = {}
    """SHA-256 by path of what is written. Such a file is ours once it has these bytes."""


def read_journal(folder: Path) -> Journal | None:
    """Return the journal that a deploy left in `folder` when it was cut short, or None."""
    path = folder / NAME
    try:
        data = read_of_output(folder, NAME)
    except (FileNotFoundError, NotADirectoryError, Refused):
        return None
    try:
        journal = msgspec.json.decode(data, type=Journal)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise YoyakError(say("deploy.bad-journal", path=str(path), error=str(error))) from error
    require_safe((*journal.earlier, *journal.writing), where=str(path))
    return journal


def part_of(path: str) -> str:
    """Return where a file is written before it takes its place: beside it, under a name that can be found again."""
    folder, slash, name = path.rpartition("/")
    return f"{folder}{slash}{PART}{hashlib.sha256(name.encode()).hexdigest()[:16]}"


def parts_left(journal: Journal) -> Iterator[str]:
    """Yield the paths of half-written files that a deploy with this journal may have left."""
    yield part_of(NAME)
    yield from map(part_of, journal.writing)
