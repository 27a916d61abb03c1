"""Moments that people write where one is asked for: in front matter, in site.yaml and on the command line.

`read_moment` is strict: it takes what can mean one thing only and says why not otherwise. Dates in the lines of a page
are those of `yoyak.text.dates`.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, tzinfo
from zoneinfo import ZoneInfo

from yoyak.model.message import Message, say
from yoyak.model.types import Record


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
