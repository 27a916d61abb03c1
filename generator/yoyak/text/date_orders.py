"""Days of three numbers: which of them is the day, the month and the year, the page's other days say."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Literal

from yoyak.text.date_forms import AMERICAN, WrittenDay

First = Literal["year", "day", "month", ""]
"""What stands first: ``03/07/2024`` is 3 July in London and 7 March in Boston. Empty: nothing says which."""

YEAR_FIRST = ("ko", "ja", "zh", "hu", "lt", "mn")
"""Languages in which ``24.07.03`` begins with the year; elsewhere it begins with the day."""
_THREE = re.compile(r"(?<![\d.:/-])(\d{1,2})([./-])\s?(\d{1,2})\2(?:\d{4}|(?<!-)\d{2})(?![\d:/-]|\.\d)")
_MONTH_FIRST_CLOCK = re.compile(
    rf"^\W{{0,3}}(?:at\s)?\d{{1,2}}:\d{{2}}(?::\d{{2}})?\s?(?:[ap]\.?m\b|.{{0,6}}\b(?:{'|'.join(AMERICAN)}|[ECMP][SD]T)\b)",
    re.IGNORECASE,
)
_DAY_FIRST_WORD = re.compile(r"(?:\b(?:le|el|em|il|du|del|op|am)|é|ado)\s*:?\s*$", re.IGNORECASE)


def first_of(text: str, language: str) -> First:
    """Return what stands first in the days of a page: numbers above 12 show it, else its language does.

    >>> first_of("Posted 12/25/2024. Updated 03/07/2024", "en")
    'month'
    """
    code = language.partition("-")[0]
    if code in YEAR_FIRST:
        return "year"
    pairs = [(int(found[1]), int(found[3])) for found in _THREE.finditer(text)]
    days = sum(12 < one <= 31 and 0 < other <= 12 for one, other in pairs)
    months = sum(12 < other <= 31 and 0 < one <= 12 for one, other in pairs)
    if days != months:
        return "day" if days > months else "month"
    return "" if code == "en" else "day"


def in_order(written: WrittenDay, first: First, before: str, behind: str) -> WrittenDay | None:
    """Return a day that was read as day, month, year in the page's order; None when it can mean two days."""
    turned = WrittenDay(year=written.year, month=written.day, day=written.month, weekday=written.weekday)
    if written.day > 12 or written.month > 12:
        return turned if written.month > 12 else written
    if written.day == written.month or _DAY_FIRST_WORD.search(before[-20:]):
        return written
    if first == "month" or (first in ("", "year") and _MONTH_FIRST_CLOCK.match(behind)):
        return turned
    return written if first == "day" else None


def short_year(written: WrittenDay, sep: str, first: First, behind: str, reference: date) -> WrittenDay | None:
    """Return a day of six digits, which was read as year first, as the page means it.

    A day that lies in the future that way, or is none, has its year at the end: ``31.12.24``. Where nothing says what
    stands first, ``12/10/16`` can mean two days and is none.
    """
    last = WrittenDay(year=2000 + written.day, month=written.month, day=(written.year or 0) % 100)
    order: First = "" if first == "year" else first
    meant = last if sep == "." and first != "month" else in_order(last, order, "", behind)
    ways = (written, meant) if first == "year" else (meant, written) if first else (meant,)
    return next((way for way in ways if way and _is_past(way, reference)), None)


def _is_past(written: WrittenDay, reference: date) -> bool:
    try:
        return date(written.year or 1, written.month, written.day) <= reference + timedelta(days=2)
    except ValueError:
        return False
