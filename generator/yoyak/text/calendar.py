"""Times that people write where one is asked for, and editions: which days one spans and which one a day falls in.

`read_moment` is strict: it takes what can mean one thing only and says why not otherwise. Dates in the lines of a page
are those of `yoyak.text.dates`.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import UTC, date, datetime, time, tzinfo
from functools import lru_cache
from typing import get_args
from zoneinfo import ZoneInfo

from yoyak.model.message import Message, say
from yoyak.model.types import Cadence, Record, Weekday

# --- moments: in front matter, in site.yaml and on the command line ----------------------------------------------


class Moment(Record, kw_only=True):
    """A point in time, or a day."""

    value: datetime
    """Aware. The start of the day when `day_only`."""
    day_only: bool
    """No time of day was given."""


def read_moment(text: str, zone: ZoneInfo) -> Moment:
    """Return the moment that `text` names, in `zone`; so is a time without a zone of its own.

    Raises:
        ValueError: its text is a sentence for the author: no such day, another weekday, two meanings, no year.
    """
    return in_zone(written_moment(text, zone), zone, text)


def written_moment(text: str, zone: ZoneInfo) -> Moment:
    """Return what `read_moment` does, but in the zone that `text` itself names: with the time of day as it was written.

    Raises:
        ValueError: as `read_moment`.
    """
    written = text.strip()
    moment = _iso_moment(written, zone) or _moment_of_any_form(written, zone)
    if not fits_calendar(moment.value, zone):
        raise ValueError(_outside(text))
    return moment


_ISO = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
    r"(?P<time>[T ](?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?(?:[+-](?:0[0-9]|1[0-4]):[0-5][0-9])?)?"
)


def _iso_moment(written: str, zone: ZoneInfo) -> Moment | None:
    """Return the moment of the one form that programs write, which Python reads in a fifth of the time."""
    match = _ISO.fullmatch(written)
    try:
        value = datetime.fromisoformat(written) if match else None
    except ValueError:  # no such day: the long way knows the words for it
        return None
    if match is None or value is None:
        return None
    return Moment(value=value if value.tzinfo else value.replace(tzinfo=zone), day_only=match["time"] is None)


def _moment_of_any_form(written: str, zone: ZoneInfo) -> Moment:
    """Return the moment of the forms that people write, which are imported for the first that is no program's."""
    from yoyak.text.date_forms import day_written

    day, clock = day_written(written)
    if clock is None:
        return Moment(value=datetime.combine(day, time(), zone), day_only=True)
    at, named = clock
    return Moment(value=datetime.combine(day, at, named or zone), day_only=False)


def fits_calendar(value: datetime, zone: tzinfo) -> bool:
    """Tell whether a moment can be told in UTC and in `zone`: the calendar of computers ends with 1 and 9999."""
    if 1 < value.year < 9999:
        return True
    try:
        value.astimezone(UTC).astimezone(zone)
    except (OverflowError, ValueError):
        return False
    return True


def is_of_text(moment: Moment) -> bool:
    """Tell whether a moment in a text that nobody here wrote is one: ``0001-01-01`` is what .NET calls no date."""
    return 1 < moment.value.year < 9999


def in_zone(moment: Moment, zone: ZoneInfo, text: str) -> Moment:
    """Return the moment that `text` names in `zone`; a time that a change of clocks skips moves to the one that the
    clocks show.

    Raises:
        ValueError: the calendar ends before it.
    """
    if moment.day_only:
        return moment
    try:
        return Moment(value=moment.value.astimezone(UTC).astimezone(zone), day_only=False)
    except OverflowError:
        raise ValueError(_outside(text)) from None


def _outside(text: str) -> Message:
    return say("date.outside", written=text.strip()[:_SHOWN])


_SHOWN = 80
"""Characters of what is no date in a message."""


# --- editions by the calendar ------------------------------------------------------------------------------------


_KEYS = {
    "daily": re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})"),
    "weekly": re.compile(r"([0-9]{4})-W([0-9]{2})"),
    "monthly": re.compile(r"([0-9]{4})-([0-9]{2})"),
}
_SHORT_KEY = re.compile(r"([0-9]{4})[-./ ]?(w?)([0-9]{1,2})", re.IGNORECASE)
_FIRST, _LAST = date.min.toordinal(), date.max.toordinal()
_WEEKDAYS: tuple[Weekday, ...] = get_args(Weekday)
EXAMPLES = {"daily": "2024-07-03", "weekly": "2024-W27", "monthly": "2024-07"}


class Window(Record, kw_only=True):
    start: date
    end: date
    """The last day, inclusive."""


def edition_key(day: date, cadence: Cadence, week_starts: Weekday = "monday") -> str:
    """Return the key of the edition that `day` falls in, e.g. ``2026-W34`` or ``2026-08``; empty without editions.

    Weeks are named as ISO 8601 names them: 2027-01-01 is in ``2026-W53``. A week that begins on another day than
    Monday has the name of the ISO week in which its fourth day lies, which has at least four days of it.
    Keys of one cadence sort as text in date order.
    """
    if cadence == "weekly":
        year, week, _ = _fourth_day(day, week_starts).isocalendar()
        return f"{year:04}-W{week:02}"
    if cadence == "monthly":
        return f"{day.year:04}-{day.month:02}"
    return day.isoformat() if cadence == "daily" else ""


@lru_cache(maxsize=1_000)
def edition_window(key: str, cadence: Cadence, week_starts: Weekday = "monday") -> Window | None:
    """Return the days of an edition, or None when `key` is no key of this cadence."""
    match = _KEYS[cadence].fullmatch(key) if cadence in _KEYS else None
    if not match:
        return None
    numbers = tuple(int(part) for part in match.groups())
    try:
        if cadence == "weekly":
            return _week(date.fromisocalendar(numbers[0], numbers[1], 1), week_starts)
        if cadence == "monthly":
            last = monthrange(numbers[0], numbers[1])[1]
            return Window(start=date(numbers[0], numbers[1], 1), end=date(numbers[0], numbers[1], last))
        day = date(*numbers)
    except (ValueError, OverflowError):
        return None
    return Window(start=day, end=day)


def meant_key(written: str, cadence: Cadence) -> str:
    """Return the key that a slip such as ``2024-w7`` can only mean, ``2024-W07``; empty when that is not sure."""
    numbers = _SHORT_KEY.fullmatch(written)
    if not numbers or cadence not in ("weekly", "monthly"):
        return ""
    year, week, number = numbers.groups()
    certain = bool(week) == (cadence == "weekly") or (cadence == "weekly" and int(number) > 12)
    key = f"{year}-{'W' if cadence == 'weekly' else ''}{int(number):02}"
    return key if certain and edition_window(key, cadence) else ""


def _fourth_day(day: date, week_starts: Weekday) -> date:
    """Return the fourth day of the week of a day; at the ends of the calendar that of the nearest whole week."""
    fourth = day.toordinal() - (day.weekday() - _WEEKDAYS.index(week_starts)) % 7 + 3
    return date.fromordinal(fourth + 7 * (fourth < _FIRST) - 7 * (fourth > _LAST))


def _week(monday: date, week_starts: Weekday) -> Window:
    """Return the days of a week by the Monday of the ISO week in which its fourth day lies."""
    fourth = monday.toordinal() + (_WEEKDAYS.index(week_starts) + 3) % 7
    fourth -= 7 * (fourth > _LAST)
    start = fourth - 3 if fourth - 7 >= _FIRST else _FIRST
    end = fourth + 3 if fourth + 7 <= _LAST else _LAST
    return Window(start=date.fromordinal(start), end=date.fromordinal(end))
