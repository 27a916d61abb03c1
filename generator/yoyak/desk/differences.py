"""What changed in an article since an event, word by word."""

from __future__ import annotations

from yoyak.desk.asked import event_at
from yoyak.desk.records import Records
from yoyak.messages.errors import YoyakError
from yoyak.model.message import say
from yoyak.model.review import Event
from yoyak.model.types import Record
from yoyak.review.changes import Changes, changes

LAST = "last"


class Difference(Record, kw_only=True):
    since: Event
    changes: Changes


def difference_since(records: Records, path: str, asked: str) -> Difference:
    """Return what changed since an event; else since the approval that is stale, the last verdict, the last event.

    Raises:
        YoyakError: there is no such event, or what it saw was not kept.
    """
    events = records.events(path)
    if not events:
        raise YoyakError(say("review.no-events", path=path))
    since = _event(records, path, asked, events)
    then = records.seen_then(path, since.seen)
    if then is None:
        raise YoyakError(say("review.not-kept", event=since.name, path=path))
    return Difference(since=since, changes=changes(then, records.seen(path)))


def _event(records: Records, path: str, asked: str, events: tuple[Event, ...]) -> Event:
    review = records.review(path)
    if asked == LAST:
        stale = [one for one in events if one.event == "approve" and one.seen == review.seen]
        return (stale or [one for one in events if one.event in ("approve", "request-changes")] or events)[-1]
    number, threads = asked.removeprefix("#"), review.threads
    if number.isdecimal() and 0 < int(number) <= len(threads):
        return threads[int(number) - 1].note
    return event_at(events, asked)
