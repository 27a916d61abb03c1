"""The zone of a saved page whose moments are written in UTC: that of its other moments, else the site's.

The instant stays the same. Only the day that `yoyak show` prints and that an import writes depends on it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from itertools import islice
from zoneinfo import ZoneInfo

from msgspec import structs

from yoyak.model.sources import Evidence, Field
from yoyak.readers.around import Candidate
from yoyak.text.calendar import Moment
from yoyak.text.dates import find_moments

_WEST, _EAST = timedelta(hours=-12), timedelta(hours=14)
_STEP = timedelta(minutes=30)
"""Zones differ from UTC by whole steps of this; three small ones by half of it."""
_NEAR = timedelta(days=2)
_LINE, _MOST = 120, 8
"""Characters of a line that says when, and how many of them are read."""
_CLOCK = re.compile(r"\d{1,2}:\d\d.*\d{4}|\d{4}.*\d{1,2}:\d\d")
_ANY_DAY = date(2099, 12, 28)


def in_own_zone(
    field: Field | None, candidates: Sequence[Candidate], zone: ZoneInfo, is_named: Callable[[date], bool]
) -> Field | None:
    """Return a field whose moment is in UTC in the page's own zone, when one is known, and else in the site's.

    `is_named` tells whether the page's text names a day.
    """
    if field is None or not is_utc(field.value):
        return field
    utc = field.value.value
    own = _own_zone(utc, [one.value for one in candidates], zone)
    if own is zone and utc.date() != utc.astimezone(zone).date():
        own = UTC if is_named(utc.date()) and not is_named(utc.astimezone(zone).date()) else zone
    return structs.replace(field, value=structs.replace(field.value, value=utc.astimezone(own)))


def clocks(lines: Iterable[str], zone: ZoneInfo) -> list[Candidate]:
    """Return the moments with a day and an hour that short lines of a page name."""
    dated = (line for line in lines if len(line) <= _LINE and _CLOCK.search(line))
    found = (one for line in islice(dated, _MOST) for one in find_moments(line, zone, _ANY_DAY))
    evidence = Evidence(rule="line")
    return [Candidate(value=one.moment, confidence=0.0, evidence=evidence) for one in found if not one.year_inferred]


def is_utc(moment: Moment) -> bool:
    """Tell whether a moment is written in UTC."""
    return not moment.day_only and moment.value.utcoffset() == timedelta(0) and not isinstance(
        moment.value.tzinfo, ZoneInfo
    )  # fmt: skip


def _own_zone(utc: datetime, others: Sequence[Moment], zone: ZoneInfo) -> tzinfo:
    near = [one for one in others if abs(one.value - utc) < _NEAR]
    written = next((one.value.tzinfo for one in near if _has_offset(one)), None)
    if written is not None:
        return written
    walls = [one.value.replace(tzinfo=UTC) for one in near if isinstance(one.value.tzinfo, ZoneInfo)]
    clocks = [wall for wall, one in zip(walls, _naive(near), strict=True) if not one.day_only]
    for shift in (wall - utc.replace(second=0 if not wall.second else utc.second, microsecond=0) for wall in clocks):
        if _WEST <= shift <= _EAST and shift % _STEP == timedelta(0):
            return timezone(shift)
    days = {wall.date() for wall in walls}
    return UTC if utc.date() in days and utc.astimezone(zone).date() not in days else zone


def _naive(moments: Iterable[Moment]) -> list[Moment]:
    """Return the moments that the page writes without a zone: they were given the site's."""
    return [one for one in moments if isinstance(one.value.tzinfo, ZoneInfo)]


def _has_offset(moment: Moment) -> bool:
    return isinstance(moment.value.tzinfo, timezone) and moment.value.utcoffset() != timedelta(0)
