"""The ways in which people and pages write days and times of day, as data: Korean, English, ISO 8601, and days with
the name of their month in other languages.

Own expressions instead of a library: `dateparser` reads ``07.03 (수)`` as 07:03 on last Wednesday, and `dateutil`
reads ``24.07.03`` as a day of 2003, both without a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from yoyak.model.message import Message, say
from yoyak.model.types import Record
from yoyak.text.word_lists import word_lists

# --- The names of the months in the languages that pages are written in, and one expression for them all ---------

MONTH_NUMBERS = {
    name: number for number, names in enumerate(word_lists("text/lists/months").values(), 1) for name in names
}


def _any_of(words: Iterable[str]) -> str:
    """Return an expression for one of `words` that looks at each letter once, however many words there are."""
    heads: dict[str, list[str]] = {}
    for word in words:
        heads.setdefault(word[:1], []).append(word[1:])
    ends = "" in heads
    ways = [re.escape(head) + _any_of(rest) for head, rest in heads.items() if head]
    group = f"(?:{'|'.join(ways)})" if ways else ""
    return f"{group}?" if ends and ways else group


MONTH = rf"(?P<name>{_any_of(MONTH_NUMBERS)})(?![^\W\d_])(?:/[^\W\d_]{{2,12}})?\.?"
"""``28 آب/اغسطس 2013`` names its month twice."""


# --- days and times of day ---------------------------------------------------------------------------------------

WEEKDAYS_KO = "월화수목금토일"
WEEKDAYS_JA = "月火水木金土日"
WEEKDAYS_EN = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WEEKDAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

ZONES = {
    "z": 0, "utc": 0, "gmt": 0, "bst": 1, "cet": 1, "cest": 2, "eet": 2, "eest": 3, "sgt": 8, "hkt": 8, "kst": 9,
    "jst": 9, "aest": 10, "aedt": 11, "est": -5, "edt": -4, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
}  # fmt: skip
"""Hours east of UTC. Without those that mean two places: CST, IST."""

ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911}
_WEEKDAY_EN = r"(?:mon|tue(?:s)?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?"
_AFTER = (
    rf"(?:\.?\s?\(\s?(?P<week>[월화수목금토일](?:요일)?|{_WEEKDAY_EN})\s?\)"
    r"|\.?\s(?P<week2>[월화수목금토일]요일)|\.(?!\d))?"
)
_BEFORE = rf"(?:\b(?P<week>{_WEEKDAY_EN})\.?,?\s+)?"


def _form(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


DAYS = (
    _form(
        rf"(?<![\d./-])(?<!\d:)(?P<year>\d{{4}})\s?(?P<sep>[-./])\s?(?P<month>\d{{1,2}})\s?(?P=sep)\s?(?P<day>\d{{1,2}})(?!\d){_AFTER}"
    ),
    _form(rf"(?<!\d)(?P<year>\d{{4}})년\s?(?P<month>\d{{1,2}})월\s?(?P<day>\d{{1,2}})일{_AFTER}"),
    _form(
        rf"(?<!\d)(?:(?P<era>{'|'.join(ERAS)})\s?)?(?P<year>(?(era)(?:元|\d{{1,3}})|\d{{4}}))年\s?(?:[(（][^()（）]{{2,8}}[)）]\s?)?"
        rf"(?P<month>\d{{1,2}})月\s?(?P<day>\d{{1,2}})日(?:\s?[(（][{WEEKDAYS_JA}][)）])?"
    ),
    _form(
        rf"{_BEFORE}(?<![\d:])(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|\.|º|°)?\s(?:(?:of|de)\s|d[’'])?{MONTH}[,،]?\s(?:del?\s)?"
        r"(?P<year>\d{4})(?!\d)"
    ),
    _form(rf"(?<!\d)(?P<year>\d{{4}})(?:\.|\sm\.)?\s{MONTH}\s(?P<day>\d{{1,2}})(?!\d)\.?(?:\sd\.)?"),
    _form(
        rf"{_BEFORE}(?:\b|(?-i:(?<=[a-z])(?=[A-Z]))|(?-i:(?<=[A-Z]{{2}})(?=[A-Z]{{3,9}}\s\d))){MONTH}\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[.,]?\s(?P<year>\d{{4}})(?!\d)"
    ),
)
"""Days that name their year in full."""

SHORT_YEAR = _form(
    rf"['’‘]?(?<![\d./-])(?<!\d:)(?P<year>\d{{2}})(?P<sep>[-./])\s?(?P<month>\d{{1,2}})(?P=sep)\s?(?P<day>\d{{1,2}})(?!\d){_AFTER}"
)
"""``24.07.03``, which Korean pages mean as year, month and day."""

DAY_FIRST = _form(r"(?<![\d./-])(?<!\d:)(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4})(?!\d)")
"""``03.07.2024``: pages that write it with full stops mean the day first."""
SLASHED = _form(
    r"(?<![\d./-])(?<!\d:)(?P<day>\d{1,2})(?:/\s?(?P<month>\d{1,2})/(?P<year>\d{4}|\d{2}(?=,?\s+\d{1,2}:\d{2}))"
    r"|-(?P<month_ko>\d{1,2})-(?P<year_dashed>\d{4}))(?!\d)"
)
"""``25/07/2024`` or ``07/25/2024``: other days say which is which, or a word before it. Two digits need a time."""

_WITH_WEEKDAY = rf"\.?\s?[(（]\s?(?P<week>[{WEEKDAYS_KO}{WEEKDAYS_JA}])(?:요일|曜日?)?\s?[)）]"
YEARLESS = (
    _form(rf"(?<![\d./-])(?<!\d:)(?P<month>\d{{1,2}})[./]\s?(?P<day>\d{{1,2}}){_WITH_WEEKDAY}"),
    _form(rf"(?<![\d년] )(?<![\d년])(?P<month>\d{{1,2}})[월月]\s?(?P<day>\d{{1,2}})[일日]{_WITH_WEEKDAY}"),
)
"""Days without a year that name their weekday."""

YEARLESS_LINE = _form(
    r"\s*(?<![\d./-])(?<!\d:)(?:(?P<month>\d{2})(?:[./]|-(?=\d\d\s\d{1,2}:))(?P<day>\d{2})"
    r"|(?P<month_ko>\d{1,2})[월月]\s?(?P<day_ko>\d{1,2})[일日])\.?"
    r"(?=\s*(?:(?:오전|오후|午前|午後)\s?)?(?:\d{1,2}:\d{2}|\d{1,2}[시時](?:\s?\d{1,2}[분分])?)?\s*$)"
)
"""``07.03``: a day only when it is the whole line, perhaps with a label before it and a time of day behind it."""

YEARLESS_NAMED = (
    _form(rf"{_BEFORE}(?<![\d:])(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|\.|º)?\s(?:(?:of|de)\s)?{MONTH}(?!,?\s\d{{4}})"),
    _form(rf"{_BEFORE}\b{MONTH}\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?!,?\s\d{{4}})"),
)
"""``5 July``, ``July 5``: days without a year in lines that are known to name a time."""

AMBIGUOUS = _form(r"^\d{1,2}[-./]\d{1,2}[-./]\d{2,4}$")

AMERICAN = {"ET": "America/New_York", "CT": "America/Chicago", "MT": "America/Denver", "PT": "America/Los_Angeles"}
"""Zones whose name says nothing of summer time."""
_ZONE = (
    rf"(?:\s?\(?(?P<zone>(?:utc|gmt)?[+-]\d{{2}}:?\d{{2}}|(?:{'|'.join(ZONES)})\b|(?-i:{'|'.join(AMERICAN)})\b)"
    r"(?:(?<=\d)\))?)?"
)
TIME = _form(
    r"(?:t|[\s,·|@]{0,3}\(?(?:(?:at|à|um|a las|às|alle|ore|om|klo|kl\.|(?:o\s)?godz\.|v|в)\s)?)"
    r"(?:(?P<half_ko>오전|오후|午前|午後|上午|下午)\s?)?"
    rf"(?:(?P<hour>\d{{1,2}})(?::|\.(?=\d\d\s?(?:[ap]\.?m\b|uhr\b|(?:{'|'.join(ZONES)})\b))|\s?h\s?(?=\d))"
    r"(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d{1,9})?)?(?!\d)"
    r"|(?P<hour_ko>\d{1,2})[시時点](?!간)(?:\s?(?P<minute_ko>\d{1,2})[분分])?(?:\s?(?P<second_ko>\d{1,2})[초秒])?)"
    rf"(?:\s?(?P<half>[ap])\.?m\b\.?|\sUhr\b)?{_ZONE}(?:(?<=\d)\))?"
)
"""A time of day, right behind its day."""
TIME_BEFORE = _form(rf"(?:^|(?<=\s)){TIME.pattern}[,\s]+(?:on\s)?$")
"""``4:48 PM EST, Mon November 6, 2023``, as some pages have it."""


class WrittenDay(Record, kw_only=True):
    """A day as written: not yet checked against the calendar."""

    year: int | None
    month: int
    day: int
    weekday: int | None = None
    """0 is Monday."""


def written_day(match: re.Match[str]) -> WrittenDay:
    """Return the parts of a match of one of the day forms."""
    found = match.groupdict()
    year = found.get("year") or found.get("year_dashed")
    month = found.get("month") or found.get("month_ko")
    name = found.get("name") or ""
    before = ERAS.get(found.get("era") or "", -543 if "ก" <= name[:1] <= "ฮ" else 2000 if len(year or "") == 2 else 0)
    return WrittenDay(
        year=None if year is None else int(year.replace("元", "1")) + before,
        month=int(month) if month else MONTH_NUMBERS[" ".join(name.lower().split())],
        day=int(found.get("day") or found.get("day_ko") or 0),
        weekday=weekday_of(found.get("week") or found.get("week2") or ""),
    )


def calendar_day(written: WrittenDay) -> date:
    """Return the day of the calendar that `written` names.

    Raises:
        ValueError: there is no such day, or it falls on another weekday.
    """
    year = written.year or 0
    if not 1 <= written.month <= 12:
        raise ValueError(say("date.month", month=str(written.month)))
    if not year:
        raise ValueError(say("date.year"))
    try:
        day = date(year, written.month, written.day)
    except ValueError:
        raise ValueError(say("date.day", day=str(written.day), year=str(year), month=f"{written.month:02d}")) from None
    if written.weekday is not None and written.weekday != day.weekday():
        names = WEEKDAY_NAMES[day.weekday()], WEEKDAY_NAMES[written.weekday]
        is_, written_as = (say(f"weekday.{name.lower()}") for name in names)
        raise ValueError(say("date.weekday", day=day.isoformat(), weekday=is_, written=written_as))
    return day


_HALVES = {"오전": "a", "午前": "a", "上午": "a", "오후": "p", "午後": "p", "下午": "p"}


def time_of_day(match: re.Match[str]) -> tuple[time, tzinfo | None]:
    """Return the time of a match of `TIME` and the zone that it names, if any.

    Raises:
        ValueError: there is no such time of day.
    """
    hour = int(match["hour"] or match["hour_ko"])
    minute = int(match["minute"] or match["minute_ko"] or 0)
    second = int(match["second"] or match["second_ko"] or 0)
    half = _HALVES.get((match["half_ko"] or "")[:2], (match["half"] or "").lower())
    if (half == "a" and hour > 12) or (match["half"] and not 1 <= hour <= 12):
        raise ValueError(say("date.time", written=match.group().strip(" ,·|Tt")))
    if half:
        hour = hour % 12 if hour == 12 else hour
        hour += 12 if half == "p" and hour < 12 else 0
    try:
        return time(hour, minute, second), _zone(match["zone"])
    except ValueError:
        raise ValueError(say("date.time", written=match.group().strip(" ,·|Tt"))) from None


def weekday_of(name: str) -> int | None:
    """Return the number of a weekday by its name or the sign that stands for it; 0 is Monday."""
    if not name:
        return None
    at = (WEEKDAYS_KO + WEEKDAYS_JA).find(name[0])
    return at % 7 if at >= 0 else WEEKDAYS_EN.index(name[:3].lower())


def _zone(name: str | None) -> tzinfo | None:
    if not name:
        return None
    if name in AMERICAN:
        return ZoneInfo(AMERICAN[name])
    if name.lower() in ZONES:
        return timezone(timedelta(hours=ZONES[name.lower()]))
    sign, digits = (-1 if "-" in name else 1), re.sub(r"\D", "", name)
    return timezone(sign * timedelta(hours=int(digits[:2]), minutes=int(digits[2:])))


def day_written(written: str) -> tuple[date, tuple[time, tzinfo | None] | None]:
    """Return the day that a text names, and its time of day with the zone that it names, if it has one.

    Raises:
        ValueError: its text is a sentence for the author.
    """
    for form in DAYS:
        if match := form.match(written):
            rest = written[match.end() :]
            clock = TIME.fullmatch(rest) if rest.strip() else None
            if clock or not rest.strip():
                return calendar_day(written_day(match)), time_of_day(clock) if clock else None
    raise ValueError(_why_no_date(written))


def _why_no_date(text: str) -> Message:
    written = text[:80]
    if not written:
        return say("date.empty")
    if AMBIGUOUS.match(written):
        return say("date.ambiguous", written=written)
    if any(form.match(written) for form in (*YEARLESS, YEARLESS_LINE)):
        return say("date.no-year", written=written)
    for form in DAYS:
        if match := form.match(written):
            calendar_day(written_day(match))
            rest = written[match.end() :].strip()
            return say("date.no-time", written=rest)
    return say("date.none", written=written)
