"""How an article stands in review: a pure function of what it says, its events and the policy of site.yaml.

What is doubtful holds back. An approval counts only for the words that were seen; a hold stands until an event releases
that hold; a request for changes until the one who made it approves or resolves it, or other words were submitted.

So no event but `approve`, `submit`, `resolve` and `release` lets anything out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from unicodedata import normalize

from msgspec import structs

from yoyak.model.message import Message, listed, say
from yoyak.model.review import Anchor, Event, Review, Thread, Verdict, VoidEvent
from yoyak.model.schema import ReviewKeys
from yoyak.model.types import Person, Record, Ribbon, Status


class Reviewed(Record, kw_only=True):
    """What review has to know of an article, or of an edition."""

    status: Status
    """What its front matter says; the default of the site when it says nothing."""
    seen: str
    """The digest of what it says now."""
    authors: tuple[Person, ...] = ()


def review_of(subject: Reviewed, found: Iterable[Event | VoidEvent], policy: ReviewKeys) -> Review:
    events, void = _in_order(found)
    verdicts = _verdicts(subject, events, policy)
    held = standing_holds(events)
    asked = _requests(subject, events)
    approvals = _persons(one.event for one in verdicts if one.counts and one.event.event == "approve")
    missing = max(0, policy.approvals - _people(approvals, policy))
    review = Review(
        state="approved",
        ribbon=None,
        by=_names(approvals),
        verdicts=verdicts,
        threads=_threads(events),
        void=tuple(one.name for one in void),
    )
    doubtful = [one.name for one in void if not one.harmless]
    if held or doubtful:
        by = _names(_persons(held)) or tuple(doubtful)
        return structs.replace(review, state="on-hold", ribbon="on-hold", by=by, waits_for=by, said=_said(held))
    if asked:
        return structs.replace(
            review,
            state="changes-requested",
            ribbon="changes-requested" if policy.required else None,
            by=_names(_persons(asked)),
            said=_said(asked),
            waits_for=_names(subject.authors) or _names(_persons(_submitters(events))),
        )
    if not policy.required:
        return _without_policy(review, subject, events, missing)
    if subject.status == "draft":
        return structs.replace(review, state="draft", ribbon="draft", by=())
    if not missing:
        return review
    return _waiting(review, subject, events, policy, missing)


def _waiting(review: Review, subject: Reviewed, events: Sequence[Event], policy: ReviewKeys, missing: int) -> Review:
    """Return how an article stands that lacks approvals."""
    more = {"missing": missing, "waits_for": _reviewers(subject, events, policy, review)}
    before = [one.event for one in review.verdicts if one.why_not == "words" and one.event.event == "approve"]
    if before:
        by = _names(_persons(before))
        return structs.replace(review, state="stale", ribbon="stale", by=by, seen=before[-1].seen, **more)
    return structs.replace(review, state="in-review", ribbon="review", by=(), **more)


def _without_policy(review: Review, subject: Reviewed, events: Sequence[Event], missing: int) -> Review:
    """Return how an article stands when site.yaml asks for no review: front matter decides, and this is only shown."""
    before = [one.event for one in review.verdicts if one.why_not == "words" and one.event.event == "approve"]
    if not missing:
        return review
    if before:
        by = _names(_persons(before))
        return structs.replace(review, state="stale", by=by, seen=before[-1].seen, missing=missing)
    if subject.status == "draft" and not any(one.event == "submit" for one in events):
        return structs.replace(review, state="draft", by=(), missing=missing)
    if subject.status in ("draft", "review") or any(one.event == "submit" for one in events):
        return structs.replace(review, state="in-review", by=(), missing=missing)
    return structs.replace(review, by=())


def _said(events: Sequence[Event]) -> str:
    """Return the last reason that was given, on one line and not for long."""
    texts = [" ".join(one.text.split()) for one in events if one.text.strip()]
    return texts[-1] if texts and len(texts[-1]) <= _SHORT else f"{texts[-1][:_SHORT].rstrip()} …" if texts else ""


_SHORT = 120


def why_review_holds(ribbon: Ribbon, by: Sequence[str], waits_for: Sequence[str], said: str) -> Iterator[Message]:
    """Yield why review holds something back and for whom it waits, in the words of builds and of ``yoyak why``."""
    yield say(f"absent.review.{ribbon}", names=listed(by))
    if said:
        yield say("absent.review.said", text=said)
    if waits_for and tuple(waits_for) != tuple(by):
        yield say("absent.review.waits-for", names=listed(waits_for))


# --- verdicts -----------------------------------------------------------------------------------


def _verdicts(subject: Reviewed, events: Sequence[Event], policy: ReviewKeys) -> tuple[Verdict, ...]:
    """Return every approval and request for changes, and which of them count."""
    standing, submitters = _requests(subject, events), _submitters(events)
    made = []
    for number, one in enumerate(events):
        if one.event == "approve":
            later = (other for other in events[number + 1 :] if other.event == "request-changes")
            why = "later" if any(same(other.by, one.by) for other in later) else ""
            why = why or _why_not(one, subject, submitters, policy)
        elif one.event == "request-changes":
            why = "" if one in standing else "words" if one.seen != subject.seen else "later"
        else:
            continue
        made.append(Verdict(event=one, counts=not why, why_not=why))  # type: ignore[arg-type]
    return tuple(made)


def _why_not(event: Event, subject: Reviewed, submitters: Sequence[Event], policy: ReviewKeys) -> str:
    """Return why an approval does not count, or nothing."""
    if policy.reviewers and (event.by.email or "").casefold() not in map(str.casefold, policy.reviewers):
        return "reviewer"
    if policy.four_eyes and any(same(event.by, author) for author in subject.authors):
        return "own"
    if policy.four_eyes and any(same(event.by, one.by) for one in submitters):
        return "submitter"
    return "" if event.seen == subject.seen else "words"


def _requests(subject: Reviewed, events: Sequence[Event]) -> list[Event]:
    """Return the requests for changes that stand."""
    asked = ((number, one) for number, one in enumerate(events) if one.event == "request-changes")
    return [one for number, one in asked if _stands(one, events[number + 1 :], subject)]


def _stands(request: Event, later: Iterable[Event], subject: Reviewed) -> bool:
    """Tell whether a request for changes stands. Who opens it again asks for changes of the words seen then, too."""
    stands, refused = True, {request.seen}
    for one in later:
        if one.event == "reopen" and one.answers == request.name:
            stands = True
            refused.add(one.seen)
        elif _meets(request, one, subject, refused):
            stands = False
    return stands


def _meets(request: Event, later: Event, subject: Reviewed, refused: set[str]) -> bool:
    """Tell whether a later event settles a request for changes."""
    if later.event == "approve":
        return surely_same(later.by, request.by) and (later.seen == subject.seen or subject.seen not in refused)
    if later.event == "resolve":
        return later.answers == request.name and surely_same(later.by, request.by)
    return later.event == "submit" and later.seen not in refused and subject.seen not in refused


def standing_holds(events: Iterable[Event]) -> tuple[Event, ...]:
    """Return the holds that no event has released."""
    events = tuple(events)
    released = {one.answers for one in events if one.event == "release"}
    return tuple(one for one in events if one.event == "hold" and one.name not in released)


def _submitters(events: Iterable[Event]) -> list[Event]:
    return [one for one in events if one.event == "submit"]


def _reviewers(subject: Reviewed, events: Sequence[Event], policy: ReviewKeys, review: Review) -> tuple[str, ...]:
    """Return who of the reviewers of site.yaml may approve and has not."""
    done = {key_of(one.event.by) for one in review.verdicts if one.counts and one.event.event == "approve"}
    submitters = _submitters(events)
    if policy.four_eyes:
        done |= {(one.email or "").casefold() for one in (*subject.authors, *(one.by for one in submitters))}
    return tuple(email for email in policy.reviewers if email.casefold() not in done)


# --- notes --------------------------------------------------------------------------------------


def _threads(events: Sequence[Event]) -> tuple[Thread, ...]:
    """Return the notes with their answers, in the order of time."""
    return tuple(_thread(one, [other for other in events if other.answers == one.name]) for one in events if _asks(one))


def _asks(event: Event) -> bool:
    return event.event == "note" or (event.event == "request-changes" and bool(event.text))


def _thread(note: Event, answers: Sequence[Event]) -> Thread:
    settled = [one.event for one in answers if one.event in ("resolve", "reopen")]
    anchors: list[Anchor] = [one.anchor for one in answers if one.event == "reattach" and one.anchor]
    return Thread(
        note=note,
        replies=tuple(one for one in answers if one.text and one.event in ("reply", "resolve", "reopen")),
        open=not settled or settled[-1] == "reopen",
        anchor=anchors[-1] if anchors else note.anchor,
    )


# --- persons ------------------------------------------------------------------------------------


_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
"""Characters of a name that nobody sees."""


def key_of(person: Person) -> str:
    """Return by what a person is known: the address, else the name."""
    return _key(person.email or person.name)


def same(one: Person, other: Person) -> bool:
    """Tell whether two are surely or perhaps one person: by the address or by the name."""
    if one.email and other.email and _key(one.email) == _key(other.email):
        return True
    return _key(one.name) == _key(other.name)


def surely_same(one: Person, other: Person) -> bool:
    """Tell whether two are surely one person: by the address, or by the name when neither has an address."""
    return bool(one.email) == bool(other.email) and key_of(one) == key_of(other)


def _key(written: str) -> str:
    """Return a name or an address as it is compared. What looks alike is one: its parts in NFC or NFD, wide letters."""
    return " ".join(_UNSEEN.sub("", normalize("NFKC", written)).split()).casefold()


def _people(persons: Sequence[Person], policy: ReviewKeys) -> int:
    """Return how many people these surely are. Where reviewers are listed, the addresses tell them apart."""
    addresses, names = {key_of(one) for one in persons}, {_key(one.name) for one in persons}
    return len(addresses) if policy.reviewers else min(len(addresses), len(names))


def _persons(events: Iterable[Event]) -> tuple[Person, ...]:
    return tuple({key_of(one.by): one.by for one in events}.values())


def _names(persons: Iterable[Person]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(person.name for person in persons))


_LAST = {"approve": -1, "reopen": 1, "request-changes": 2}


def _in_order(found: Iterable[Event | VoidEvent]) -> tuple[list[Event], list[VoidEvent]]:
    """Return the events in the order of time, and the files that are none. Of one instant, what holds back is last."""
    found = list(found)
    events = [one for one in found if isinstance(one, Event)]
    events.sort(key=lambda one: (one.at, _LAST.get(one.event, 0), one.name))
    return events, sorted((one for one in found if isinstance(one, VoidEvent)), key=lambda one: one.name)
