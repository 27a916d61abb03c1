"""Take in what a reviewer sent: all that is wrong is found first, then the events are written, each whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from msgspec import DecodeError, Raw, json

from yoyak.desk.acts import why_not_counted
from yoyak.desk.arrivals import Arrival, Arrivals, counted_names, refuse
from yoyak.desk.records import Records
from yoyak.model.message import Words, listed, say
from yoyak.model.types import Person, Record
from yoyak.review.files import write_event

LIMIT = 32_000_000
"""Bytes of a file."""


class AddedEvent(Record, kw_only=True):
    path: str
    event: str
    what: str
    by: str


class TakenIn(Record, kw_only=True):
    """What became of a file."""

    file: str
    added: tuple[AddedEvent, ...]
    known: int
    """Events of the file that were here already."""
    told: tuple[Words, ...]
    complete: bool
    """False when something in the file could not be taken in."""


def take_in(records: Records, file: Path, who: Callable[[], Person]) -> TakenIn:
    """Write the events of a file that a reviewer sent; `who` says who takes it in, if that matters.

    Raises:
        YoyakError: something in it cannot be right; then nothing of it is written.
    """
    name = str(file)
    data = _read(file)
    found = _arriving(records, name, data, who)
    for one in found.events:
        write_event(records.folder, one.path, one.event, one.seen)
    added = tuple(
        AddedEvent(path=one.path, event=one.event.name, what=one.event.event, by=one.event.by.name)
        for one in found.events
    )
    told = (*found.told, *_of_verdicts(records, found.events), *_of_names(found.events))
    return TakenIn(file=name, added=added, known=found.known, told=told, complete=found.complete)


def _read(file: Path) -> bytes:
    if not file.is_file():
        raise refuse(str(file), [say("review.refused.no-file")])
    with file.open("rb") as handle:
        data = handle.read(LIMIT + 1)
    if len(data) > LIMIT:
        raise refuse(str(file), [say("review.refused.large", megabytes=LIMIT // 1_000_000)])
    return data


def _arriving(records: Records, name: str, data: bytes, who: Callable[[], Person]) -> Arrivals:
    from yoyak.desk import mrsf_import, saved_reviews

    keys = _keys(name, data)
    if keys is None or "mrsf_version" in keys:
        return mrsf_import.arriving(records, name, data, who)
    if saved_reviews.VERSION not in keys:
        raise refuse(name, [say("review.refused.unknown")])
    return saved_reviews.arriving(records, name, data)


def _keys(name: str, data: bytes) -> frozenset[str] | None:
    """Return the outermost keys of a JSON file; None for what is no JSON."""
    if not data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith((b"{", b"[")):
        return None
    try:
        whole = json.decode(data, type=dict[str, Raw])
    except (DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise refuse(name, [say("review.refused.json", why=str(error).splitlines()[0])]) from error
    return frozenset(whole)


def _of_verdicts(records: Records, events: Sequence[Arrival]) -> Iterator[Words]:
    """Yield which of the approvals do not count, and why."""
    for path in dict.fromkeys(one.path for one in events):
        added = [one.event for one in events if one.path == path]
        names = {one.name for one in added}
        review = records.review(path, added)
        for verdict in review.verdicts:
            if verdict.event.name in names and verdict.event.event == "approve":
                for why in why_not_counted(records, path, verdict, review):
                    yield say("review.taken.not-counted", path=path, name=verdict.event.by.name, why=why)


def _of_names(events: Sequence[Arrival]) -> Iterator[Words]:
    """Yield that nobody can check who wrote a file."""
    if names := counted_names(one.event for one in events if one.is_theirs):
        yield say("review.names-unchecked", names=listed(names))
