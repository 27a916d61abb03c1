"""The board: what waits for whom."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from yoyak.desk.records import BoardEntry, Records
from yoyak.model.review import State
from yoyak.model.types import Person, Record

IN_ORDER: tuple[State, ...] = ("changes-requested", "on-hold", "stale", "in-review", "draft", "approved")
"""What somebody has to do something about comes first."""
SIZE = 50
"""Articles on a page of the board."""


class Board(Record, kw_only=True):
    counts: tuple[tuple[State, int], ...]
    rows: tuple[BoardEntry, ...]
    page: int
    pages: int


def board(records: Records, *, state: str = "", waits_for: Person | None = None, page: int = 1) -> Board:
    """Return the articles of a site by what has to be done, those of one state or person only if that is asked for.

    Without either, what is approved and out is only counted: a board is for what is not done.
    """
    entries = list(records.entries())
    counts = Counter(one.review.state for one in entries)
    chosen = [one for one in entries if _is_asked(one, state, waits_for)]
    chosen.sort(key=lambda one: _urgency(one, records.config.now))
    pages = max(1, -(-len(chosen) // SIZE))
    page = min(max(1, page), pages)
    return Board(
        counts=tuple((one, counts[one]) for one in IN_ORDER if counts[one]),
        rows=tuple(chosen[(page - 1) * SIZE : page * SIZE]),
        page=page,
        pages=pages,
    )


def _is_asked(entry: BoardEntry, state: str, person: Person | None) -> bool:
    if state and entry.review.state != state:
        return False
    if person:
        return waits_for(entry, person)
    return bool(state) or entry.review.state != "approved" or entry.ribbon is not None or entry.open_notes > 0


def waits_for(entry: BoardEntry, person: Person) -> bool:
    """Tell whether an article waits for a person: named, or anybody who may approve."""
    names = {name.casefold() for name in entry.review.waits_for}
    if names:
        return bool(names & {person.name.casefold(), (person.email or "").casefold()})
    return entry.review.state in ("in-review", "stale")


def _urgency(entry: BoardEntry, now: datetime) -> tuple[int, float, str]:
    """Sort by state, then by how near the time is to go out; what has none is last."""
    away = abs((entry.starts - now).total_seconds()) if entry.starts else float("inf")
    return (IN_ORDER.index(entry.review.state), away, entry.path)
