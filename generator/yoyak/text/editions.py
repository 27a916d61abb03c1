"""Editions by the calendar: which days an edition spans and which edition a day falls in."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache
from typing import get_args

from yoyak.model.types import Cadence, Record, Weekday

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
