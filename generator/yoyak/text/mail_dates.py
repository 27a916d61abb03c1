"""Dates as mails and feeds write them: RFC 5322 §3.3, with the older zones of its §4.3."""

from __future__ import annotations

import re
from datetime import timedelta, tzinfo
from email.utils import parsedate_to_datetime

from yoyak.model.types import Record
from yoyak.text.calendar import Moment, is_of_text
from yoyak.text.date_forms import ZONES

_COMMENT = re.compile(r"\s*\([^()]*\)\s*$")
_CLOCK = re.compile(r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\.\d+)?")
_OFFSET = re.compile(r"(?:UTC|GMT|UT)?(?P<sign>[+-])(?P<hours>\d{1,2})(?::?(?P<minutes>\d{2}))?", re.IGNORECASE)
_EMPTY = re.compile(r"(?<![\d:.])00\d\d(?![\d:.])")
"""``Mon, 01 Jan 0001``: .NET's date of nothing, which the standard library takes for 2001."""
_NAMED = {**ZONES, "ut": 0, "cst": -6, "ast": -4, "adt": -3}
"""Hours east of UTC. In mails CST is the American one: RFC 5322 says so."""


class MailMoment(Record, kw_only=True):
    """A moment of a mail or a feed."""

    moment: Moment
    doubt: str = ""
    """Why its hour is not sure, as the end of a sentence."""


def mail_moment(written: str, zone: tzinfo) -> MailMoment | None:
    """Return the moment that a mail's date names; None when it is no such date.

    `zone` is that of a date that names none. ``-0000``, the military letters and a name that RFC 5322 does not know
    are UTC, as it says in §3.3 and §4.3: the letters were sent with the wrong sign for years.
    """
    text = _COMMENT.sub("", written.strip())
    clock = _CLOCK.search(text)
    if clock is None:
        return None
    late = re.match(r"24[:.]00", clock[0]) is not None  # the end of a day
    before = text[: clock.start()] + (clock[0].replace("24", "00", 1) if late else clock[0])
    name = " ".join(text[clock.end() :].split())
    year = re.fullmatch(r"(?P<zone>\S* )?(?P<year>\d{4})", name)  # of asctime: the year stands last
    if year:
        before, name = f"{before} {year['year']}", (year["zone"] or "").strip()
    if _EMPTY.search(before):
        return None
    offset, doubt = _offset(name)
    try:
        value = parsedate_to_datetime(f"{before} {offset or '+0000'}")
        value = value if offset else value.replace(tzinfo=zone)
        value += timedelta(days=late)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    moment = Moment(value=value, day_only=False)
    return MailMoment(moment=moment, doubt=doubt) if is_of_text(moment) else None


def _offset(name: str) -> tuple[str, str]:
    """Return a zone as ``+0900``, empty when none is named, and why that is not sure."""
    if not name or name.upper() == "J":  # J stands for the reader's own zone
        return "", ""
    if found := _OFFSET.fullmatch(name.replace(" ", "")):
        return f"{'+' if _is_unknown(found) else found['sign']}{found['hours']:0>2}{found['minutes'] or '00'}", ""
    if (hours := _NAMED.get(name.lower())) is not None:
        return f"{hours:+03d}00", ""
    if len(name) == 1 and name.isalpha():
        return "+0000", ""
    return "+0000", f'the zone "{name[:20]}" does not name one place; read as UTC'


def _is_unknown(offset: re.Match[str]) -> bool:
    """Tell whether a zone is ``-0000``: UTC, of which only the sender's place is unknown (RFC 5322 §3.3)."""
    return not int(offset["hours"]) and not int(offset["minutes"] or 0)
