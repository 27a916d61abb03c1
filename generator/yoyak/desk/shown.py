"""How an article stands in review, as values: what ``yoyak review show`` and ``list`` answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any, Literal

from yoyak.desk.acts import policy_for
from yoyak.desk.asked import event_at
from yoyak.desk.board import IN_ORDER
from yoyak.desk.records import BoardEntry, Records
from yoyak.desk.source_lines import source_text, spot_of
from yoyak.files.site_files import read_of_site, spelled_by_the_disk
from yoyak.messages.errors import YoyakError
from yoyak.model.message import Words, did_you_mean, joined, say
from yoyak.model.review import Event, Seen, Thread
from yoyak.model.types import Person, Record
from yoyak.pipeline.load import ARTICLE_LIMIT, is_edition
from yoyak.review.anchors import Orphan, find
from yoyak.review.changes import Changes, changes, first_words
from yoyak.review.state import standing_holds

CODES = {"approved": 0, "draft": 3, "in-review": 3, "on-hold": 3, "stale": 4, "changes-requested": 5}
"""Exit codes by state, for programs that wait for an approval."""


class ShownEvent(Record, kw_only=True):
    """What somebody said."""

    event: str
    what: str
    by: str
    email: str = ""
    at: datetime
    text: str = ""


class ShownVerdict(ShownEvent, kw_only=True):
    scope: tuple[str, ...] = ()
    counts: bool
    why_not: str = ""


class ShownNote(ShownEvent, kw_only=True):
    """A note, with where it stands now."""

    number: int
    kind: str
    open: bool
    instead: str = ""
    place: Literal["article", "paragraph", "words", "gone", "several"]
    """The last two are orphans: their words stand nowhere, or in several places."""
    quote: str = ""
    line: int = 0
    """Of the article's file; 0 when that is not known."""
    replies: tuple[ShownEvent, ...] = ()


class ListedReview(Record, kw_only=True):
    """How an article stands, in a list."""

    path: str
    title: str
    url: str
    state: str
    ribbon: str = ""
    """Why it is not published now, by review or otherwise; empty when it is."""
    required: bool
    """site.yaml asks for approvals on record."""
    by: tuple[str, ...] = ()
    waits_for: tuple[str, ...] = ()
    said: str = ""
    """The reason of a hold or a request for changes."""
    missing: int = 0
    open_notes: int = 0


class ShownReview(ListedReview, kw_only=True):
    """The same with all that was said of it."""

    seen: str
    """The digest of the words as they are now."""
    changed: Words = ""
    """Of a stale one: what changed since the last approval."""
    verdicts: tuple[ShownVerdict, ...] = ()
    holds: tuple[ShownEvent, ...] = ()
    notes: tuple[ShownNote, ...] = ()
    void: tuple[str, ...] = ()


class ReviewList(Record, kw_only=True):
    articles: tuple[ListedReview, ...]
    """Those that wait, or have open notes."""
    approved: int | None
    """None when it was asked for one person: nothing that is approved waits for anybody."""
    others: int
    """That wait, but not for whom was asked."""
    unread: int
    """Files that an error keeps from being articles."""


def shown(records: Records, path: str) -> ShownReview:
    """Return how an article stands in review."""
    entry, seen = records.entry(path), records.seen(path)
    review = entry.review
    places = _Places(records, path, seen)
    return ShownReview(
        **_common(records, entry),
        seen=seen.digest,
        changed=changed_since(records, path, review.seen, seen) if review.state == "stale" else "",
        verdicts=tuple(
            ShownVerdict(**_said(one.event), scope=one.event.scope, counts=one.counts, why_not=one.why_not)
            for one in review.verdicts
        ),
        holds=tuple(ShownEvent(**_said(one)) for one in standing_holds(records.events(path))),
        notes=tuple(places.note(number, one) for number, one in enumerate(review.threads, 1)),
        void=review.void,
    )


def changed_since(records: Records, path: str, digest: str, now: Seen) -> Words:
    """Return in a few words what changed since something was seen; empty when that was not kept."""
    then = records.seen_then(path, digest)
    return first_words(changes(then, now)) if then else ""


def listed_reviews(records: Records, person: Person | None) -> ReviewList:
    """Return what waits, for a person or for anybody."""
    names = _names_of(records, person) if person else frozenset()
    found, approved, others = [], 0, 0
    for entry in records.entries():
        if person and not _waits_for(records, entry, names):
            others += entry.review.state != "approved"
            continue
        approved += entry.review.state == "approved"
        if entry.review.state != "approved" or entry.open_notes:
            found.append(ListedReview(**_common(records, entry)))
    found.sort(key=lambda one: (IN_ORDER.index(one.state), one.path))
    unread = sum(reading.place is None for reading in records.survey.parts.readings.values())
    return ReviewList(articles=tuple(found), approved=None if person else approved, others=others, unread=unread)


def source_of(records: Records, path: str) -> str:
    """Return the text of an article's file; empty when it cannot be read."""
    place = spelled_by_the_disk(records.folder, PurePosixPath(path).parts)
    try:
        return source_text(read_of_site(path, str(place), ARTICLE_LIMIT)) if place else ""
    except OSError:
        return ""


def code_of(states: Iterable[str]) -> int:
    """Return the exit code of several articles: the one that needs most."""
    return max((CODES[state] for state in states), default=0)


def _common(records: Records, entry: BoardEntry) -> dict[str, Any]:
    review = entry.review
    return {
        "path": entry.path,
        "title": entry.title,
        "url": entry.place.url,
        "state": review.state,
        "ribbon": entry.ribbon or "",
        "required": policy_for(records, entry.path).required,
        "by": review.by,
        "waits_for": review.waits_for,
        "said": review.said,
        "open_notes": entry.open_notes,
        "missing": review.missing if review.state in ("in-review", "stale") else 0,
    }


def _said(event: Event) -> dict[str, Any]:
    return {
        "event": event.name,
        "what": event.event,
        "by": event.by.name,
        "email": event.by.email or "",
        "at": event.at,
        "text": event.text,
    }


def require_known(records: Records, person: Person) -> None:
    """Make sure that a site knows somebody of this name or address: a slip would look as if nothing waited.

    Raises:
        YoyakError: nobody is called so.
    """
    known = {name.casefold(): name for name in _known(records)}
    asked = {(person.email or person.name).casefold(), person.name.casefold()}
    if not asked & known.keys():
        missing = say("review.unknown-person", name=person.name)
        raise YoyakError(joined(missing, did_you_mean(person.name, known.values())))


def _known(records: Records) -> Iterator[str]:
    """Yield the names and addresses of authors, of reviewers and of all who said something."""
    yield from records.config.review.reviewers
    for path in records.paths():
        said = (one.by for one in records.survey.reviews.of(path) if isinstance(one, Event))
        for one in (*said, *records.article(path).authors):
            yield from (one.name, one.email or one.name)


def _names_of(records: Records, person: Person) -> frozenset[str]:
    """Return the names and addresses by which a person is known: those of the events, too."""
    names = {name.casefold() for name in (person.name, person.email or "") if name}
    for path in records.paths():
        said = (one.by for one in records.survey.reviews.of(path) if isinstance(one, Event))
        for other in (*said, *records.survey.parts.readings[path].authors):
            if {other.name.casefold(), (other.email or "").casefold()} & names and other.email:
                names |= {other.name.casefold(), other.email.casefold()}
    return frozenset(names)


def _waits_for(records: Records, entry: BoardEntry, names: frozenset[str]) -> bool:
    """Tell whether an article waits for a person: named, or anybody, or its author while it is a draft."""
    review = entry.review
    if review.state == "draft" and not is_edition(entry.path):
        people = records.article(entry.path).authors
        return any({one.name.casefold(), (one.email or "").casefold()} & names for one in people)
    if review.waits_for:
        return bool({name.casefold() for name in review.waits_for} & names)
    return review.state in ("in-review", "stale")


class _Places:
    """Where the notes of an article stand."""

    def __init__(self, records: Records, path: str, seen: Seen) -> None:
        self.records, self.path, self.seen = records, path, seen

    @cached_property
    def source(self) -> str:
        return source_of(self.records, self.path)

    def note(self, number: int, thread: Thread) -> ShownNote:
        """Return a note with its replies and its line."""
        place, quote, line = self._place(thread)
        return ShownNote(
            **_said(thread.note),
            number=number,
            kind=thread.note.kind,
            open=thread.open,
            instead=thread.note.instead,
            place=place,
            quote=quote,
            line=line,
            replies=tuple(ShownEvent(**_said(one)) for one in thread.replies),
        )

    def _place(self, thread: Thread) -> tuple[Literal["article", "paragraph", "words", "gone", "several"], str, int]:
        anchor = thread.anchor
        if anchor is None:
            return "article", "", 0
        found = find(anchor, self.seen.blocks)
        if isinstance(found, Orphan):
            return found.reason, anchor.quote, 0
        if found.block is None:
            return "article", "", 0
        text = self.seen.blocks[found.block].text
        spot = spot_of(self.source, text[found.start : found.end], text[: found.start], text[found.end :])
        place: Literal["words", "paragraph"] = "words" if anchor.quote else "paragraph"
        return place, text[found.start : found.end], spot.line if spot else 0


# --- What changed in an article since an event, word by word -----------------------------------------------------

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
