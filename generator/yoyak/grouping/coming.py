"""What changes on a site by itself, and when: articles appear and expire, editions begin and end."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from yoyak.grouping.publication import edition_starts_at, own_days, ribbon_of, ribbon_of_edition, starts_at
from yoyak.model.build import Coming
from yoyak.model.message import Words, say
from yoyak.model.types import Cadence, Note, Place, Record, Weekday
from yoyak.text.calendar import edition_key, edition_window

_INSTANT = timedelta(microseconds=1)
_DAY = timedelta(days=1)


class Schedule(Record, kw_only=True):
    """What the list is made of."""

    since: datetime
    """Aware: what is later is in the list."""
    zone: ZoneInfo
    cadence: Cadence
    week_starts: Weekday = "monday"
    places: tuple[Place, ...]
    """Of all articles, whatever their state."""
    titles: Mapping[str, str]
    """Of the articles, by path."""
    editions: tuple[Note, ...]
    """The files of content/editions/."""


def coming(schedule: Schedule) -> tuple[Coming, ...]:
    """Return what changes after an instant, in the order of time. Of one file and instant there is one entry."""
    found: dict[tuple[datetime, str, str], Coming] = {}
    for kind in _KINDS:
        for one in kind(schedule):
            if one.at > schedule.since:
                found.setdefault((one.at, one.path, one.url or one.kind), one)
    return tuple(sorted(found.values(), key=lambda one: (one.at, one.path, one.title)))


def moment_text(value: datetime) -> str:
    """Return a moment as ``2024-07-12 09:00 KST``."""
    return f"{value:%Y-%m-%d %H:%M %Z}"


# --- articles ------------------------------------------------------------------------------------

_KEYS: Mapping[str, Callable[[Place], datetime | None]] = {
    "publish_at": lambda place: place.publish_at,
    "date": lambda place: None if place.publish_at else place.date,
    "embargo_until": lambda place: place.embargo_until,
    "expires_at": lambda place: place.expires_at,
}


def _of_articles(schedule: Schedule) -> Iterator[Coming]:
    for place in schedule.places:
        for key, instant in _KEYS.items():
            at = instant(place)
            if at:
                title = schedule.titles.get(place.path, "") or place.slug
                at = at.astimezone(schedule.zone)
                yield Coming(at=at, kind=key, path=place.path, title=title, url=place.url, effect=_effect(place, at))


def _effect(place: Place, at: datetime) -> Words:
    """Return what happens to an article at an instant at which one of its dates lies."""
    before, after = ribbon_of(place, at - _INSTANT), ribbon_of(place, at)
    if after is None:
        return say("coming.published-unlisted" if place.status == "unlisted" else "coming.published")
    if after == "expired":
        gone = {None: "coming.removed", "expired": "coming.expired"}
        return say(gone.get(before, "coming.never"))
    until = {"embargoed": place.embargo_until, "scheduled": starts_at(place)}.get(after)
    if until:
        return say(f"coming.{after}", moment=moment_text(until.astimezone(at.tzinfo)))
    return say("coming.waits", ribbon=say(f"ribbon.{after}"))


# --- editions ------------------------------------------------------------------------------------


def _of_editions(schedule: Schedule) -> Iterator[Coming]:
    """Yield when the windows begin and end of editions that have a file or an article, and of the one under way."""
    files = {note.slug: note for note in schedule.editions}
    today = schedule.since.astimezone(schedule.zone).date()
    late = [place for place in schedule.places if place.edition or (place.date and place.date.date() >= today)]
    named = {place.edition or _key(_day(place, schedule.zone), schedule) for place in late}
    for key in sorted({_key(today, schedule), *named, *files}):
        window = own_days(files.get(key)) or edition_window(key, schedule.cadence, schedule.week_starts)
        if window is None:
            continue
        note = files.get(key)
        path, title = (note.path, note.title or key) if note else ("", key)
        begins, ends = say("coming.edition-begins", key=key), say("coming.edition-ends", key=key)
        start = _midnight(window.start, schedule.zone)
        yield Coming(at=start, kind="edition-begins", path=path, title=title, effect=begins)
        if window.end < date.max:
            end = _midnight(window.end + _DAY, schedule.zone)
            yield Coming(at=end, kind="edition-ends", path=path, title=title, effect=ends)


def _of_edition_files(schedule: Schedule) -> Iterator[Coming]:
    """Yield when editions go out whose files say a time."""
    for note in schedule.editions:
        starts = edition_starts_at(note)
        if starts is None:
            continue
        at = starts.astimezone(schedule.zone)
        ribbon, out = ribbon_of_edition(note, at), say("coming.edition-out", key=note.slug)
        effect = say("coming.waits", ribbon=say(f"ribbon.{ribbon}")) if ribbon else out
        yield Coming(at=at, kind="publish_at", path=note.path, title=note.title or note.slug, effect=effect)


def _key(day: date, schedule: Schedule) -> str:
    return edition_key(day, schedule.cadence, schedule.week_starts)


def _day(place: Place, zone: ZoneInfo) -> date:
    return place.date.astimezone(zone).date() if place.date else date.min


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.min, zone)


_KINDS: tuple[Callable[[Schedule], Iterator[Coming]], ...] = (_of_articles, _of_editions, _of_edition_files)
"""Whatever changes with time; another kind is one more function here."""
