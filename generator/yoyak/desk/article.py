"""The page of one article: what it says, what was said of it, and what can be done."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from yoyak.desk.records import BoardEntry, Records
from yoyak.files.site_files import read_below
from yoyak.model.message import Problem
from yoyak.model.review import Event, Seen, Thread, Verdict
from yoyak.model.types import Person, Record, SafeHtml
from yoyak.review.anchors import AnchorPlace, Orphan, find
from yoyak.review.changes import changes
from yoyak.review.state import key_of, standing_holds

LIMIT = 5_000_000


class NoteView(Record, kw_only=True):
    """A note with its answers, and where it stands now."""

    thread: Thread
    number: int
    block: int | None = None
    """Which block of the text, from 0; None for a note on the whole article and for one whose words are gone."""
    start: int = 0
    end: int = 0
    orphan: bool = False
    """Its words are gone, or stand in several places."""

    @property
    def note(self) -> Event:
        return self.thread.note


class DeskArticle(Record, kw_only=True):
    entry: BoardEntry
    seen: Seen
    html: SafeHtml
    notes: tuple[NoteView, ...]
    """In the order of the text; those of the whole article first, those without a place last."""
    verdicts: tuple[Verdict, ...]
    holds: tuple[Event, ...]
    """Those that stand."""
    history: tuple[Event, ...]
    """The newest first."""
    problems: tuple[Problem, ...]
    changed: tuple[int, ...]
    """Blocks that are other ones than when the person who looks said something last."""
    last_look: Event | None
    source: str
    """The digest of the file, by which a change of it is noticed; empty when it cannot be read."""


def article_view(records: Records, path: str, person: Person) -> DeskArticle:
    """Return one article for a person who looks at it.

    Raises:
        YoyakError: there is no such article.
    """
    entry, seen, events = records.entry(path), records.seen(path), records.events(path)
    own = [one for one in events if key_of(one.by) == key_of(person)]
    last, data = own[-1] if own else None, source_of(records.folder, path)
    return DeskArticle(
        entry=entry,
        seen=seen,
        html=records.html(path),
        notes=placed(entry.review.threads, seen),
        verdicts=entry.review.verdicts,
        holds=standing_holds(events),
        history=tuple(reversed(events)),
        problems=records.problems(path),
        changed=_changed(records, path, last, seen),
        last_look=last,
        source="" if data is None else sha256(data).hexdigest(),
    )


def placed(threads: Sequence[Thread], seen: Seen) -> tuple[NoteView, ...]:
    """Return notes in the order of the text, with the numbers that they have in the order of time, as everywhere."""
    found = [(_place(thread, seen), number, thread) for number, thread in enumerate(threads, 1)]
    found.sort(key=lambda one: (not one[2].open, *_order(one[0]), one[1]))
    return tuple(
        NoteView(
            thread=thread,
            number=number,
            block=place.block if isinstance(place, AnchorPlace) else None,
            start=place.start if isinstance(place, AnchorPlace) else 0,
            end=place.end if isinstance(place, AnchorPlace) else 0,
            orphan=isinstance(place, Orphan),
        )
        for place, number, thread in found
    )


def _place(thread: Thread, seen: Seen) -> AnchorPlace | Orphan:
    return find(thread.anchor, seen.blocks) if thread.anchor else AnchorPlace(block=None)


def _order(place: AnchorPlace | Orphan) -> tuple[int, int, int]:
    if isinstance(place, Orphan):
        return 2, 0, 0
    return (0, 0, 0) if place.block is None else (1, place.block, place.start)


def _changed(records: Records, path: str, last: Event | None, seen: Seen) -> tuple[int, ...]:
    then = records.seen_then(path, last.seen) if last else None
    if then is None:
        return ()
    after = [one for one in changes(then, seen).blocks if one.after is not None]
    return tuple(number for number, one in enumerate(after) if one.kind in ("changed", "added"))


def source_of(folder: Path, path: str) -> bytes | None:
    """Return an article's file as it is now."""
    root = str(folder.resolve())
    try:
        return read_below(root, f"{root}/{path}", LIMIT)
    except (OSError, ValueError):
        return None
