"""Editions by the calendar: which days an edition spans and which edition a day falls in."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from yoyak.model.types import Cadence, Record

_KEYS = {
    "daily": re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})"),
    "weekly": re.compile(r"([0-9]{4})-W([0-9]{2})"),
    "monthly": re.compile(r"([0-9]{4})-([0-9]{2})"),
}
_LAST_MONDAY = date.max - timedelta(days=6)
"""The week of the last days of the calendar ends with it."""
EXAMPLES = {"daily": "2024-07-03", "weekly": "2024-W27", "monthly": "2024-07"}


class Window(Record, kw_only=True):
    start: date
    end: date
    """The last day, inclusive."""


def edition_key(day: date, cadence: Cadence) -> str:
    """Return the key of the edition that `day` falls in, e.g. ``2026-W34`` or ``2026-08``; empty without editions.

    Weeks are ISO 8601: they start on Monday, and 2027-01-01 is in ``2026-W53``.
    Keys of one cadence sort as text in date order.
    """
    if cadence == "weekly":
        year, week, _ = day.isocalendar()
        return f"{year:04}-W{week:02}"
    if cadence == "monthly":
        return f"{day.year:04}-{day.month:02}"
    return day.isoformat() if cadence == "daily" else ""


def edition_window(key: str, cadence: Cadence) -> Window | None:
    """Return the days of an edition, or None when `key` is no key of this cadence."""
    match = _KEYS[cadence].fullmatch(key) if cadence in _KEYS else None
    if not match:
        return None
    numbers = tuple(int(part) for part in match.groups())
    try:
        if cadence == "weekly":
            start = date.fromisocalendar(numbers[0], numbers[1], 1)
            return Window(start=start, end=min(start, _LAST_MONDAY) + timedelta(days=6))
        if cadence == "monthly":
            last = monthrange(numbers[0], numbers[1])[1]
            return Window(start=date(numbers[0], numbers[1], 1), end=date(numbers[0], numbers[1], last))
        day = date(*numbers)
    except (ValueError, OverflowError):
        return None
    return Window(start=day, end=day)
