"""What comes in from outside: events that were made elsewhere, checked one by one before any is written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

from yoyak.desk.acts import is_readable
from yoyak.desk.records import Records
from yoyak.messages.errors import YoyakError
from yoyak.model.message import Words, say
from yoyak.model.review import Event, Seen
from yoyak.model.types import Record
from yoyak.pipeline.load import is_edition

_CLOCKS = timedelta(days=1)
"""How far the clock of a reviewer's machine may be ahead."""
_MOST_REASONS = 20


class Arrival(Record, kw_only=True):
    path: str
    event: Event
    """With its name."""
    seen: Seen | None = None
    """What it is about; None when nobody sent or kept it."""
    is_theirs: bool = True
    """The file has it; else it is of who takes the file in."""


class Arrivals(Record, kw_only=True):
    events: tuple[Arrival, ...]
    known: int = 0
    """Of those in the file, how many are here already."""
    told: tuple[Words, ...] = ()
    """What a person should know."""
    complete: bool = True
    """False when something in the file could not be taken in."""


def refuse(file: str, reasons: Sequence[Words]) -> YoyakError:
    """Return that nothing of a file is taken in, with every reason."""
    shown = list(reasons[:_MOST_REASONS])
    if len(reasons) > _MOST_REASONS:
        shown.append(say("review.refused.more", count=len(reasons) - _MOST_REASONS))
    return YoyakError(*(say("review.refused", file=file, why=one) for one in shown))


def why_refused(event: Event) -> Words:
    """Return why an event cannot be taken in, or nothing."""
    names = (event.by.name, event.by.email or "")
    if not all(name.isprintable() for name in names):
        return say("review.refused.name")
    if event.at > datetime.now(UTC) + _CLOCKS:
        return say("review.refused.future", moment=f"{event.at:%Y-%m-%d %H:%M} UTC")
    return "" if is_readable(event) else say("review.unreadable")


def outside(path: str) -> bool:
    """Tell whether a path is none of content/."""
    parts = path.split("/")
    return parts[0] != "content" or len(parts) < 2 or "\\" in path or any(one in ("", ".", "..") for one in parts)


def same_words(path: str, digest: str, records: Records) -> str:
    """Return the article that an event is about: the one at its path, else the only one that has its words."""
    if path in (records.editions if is_edition(path) else frozenset(records.paths())):
        return path
    found = [one for one in records.paths() if records.seen(one).digest == digest]
    return found[0] if len(found) == 1 else ""


def counted_names(events: Iterable[Event]) -> tuple[str, ...]:
    """Return who the events say to be of, each once."""
    return tuple(dict.fromkeys(f"{one.by.name} <{one.by.email}>" if one.by.email else one.by.name for one in events))
