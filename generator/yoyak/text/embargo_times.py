"""The moment that an embargo line of a press release names, or why it is not understood.

What is written beside it counts: a morning paper, the hour for online media, another country's time. What leaves two
readings is not understood: a moment that is too early publishes what somebody asked to hold back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import NamedTuple
from zoneinfo import ZoneInfo

from yoyak.model.message import Words, say
from yoyak.text.date_forms import AMERICAN, DAYS, YEARLESS, YEARLESS_NAMED, ZONES, WrittenDay, calendar_day, written_day

PAPERS = {"조간": time(6), "석간": time(12)}
"""When a morning and an evening paper are out (docs/decisions/0056)."""
_YEAR = re.compile(r"(?<!\d)['’‘´`]\s?(\d{2})(?=\s?[.년])")
_SHORT_YEAR = re.compile(
    r"(?<![\d.:/-])(?P<year>\d{2})\.\s?(?P<month>\d{1,2})\.\s?(?P<day>\d{1,2})(?![\d:]|\s?시)"
    r"(?:\.?\s?\(\s?(?P<week>[월화수목금토일])(?:요일)?\s?\))?"
)
_LOOSE = (
    re.compile(r"(?<![\d.:/-])(?P<month>\d{1,2})[./]\s?(?P<day>\d{1,2})(?![\d:]|\s?시|\s?[A-Z]{3}\b)\.?"),
    re.compile(
        r"(?<!\d)(?P<month>\d{1,2})월\s?(?P<day>\d{1,2})일(?:\s?\(\s?(?P<week>[월화수목금토일])(?:요일)?\s?\))?"
    ),
)
_WEEKDAY_BEHIND = re.compile(r"\s?(?P<week>[월화수목금토일])요일")
_FORMS = (*DAYS, _SHORT_YEAR, *YEARLESS, *YEARLESS_NAMED, *_LOOSE)
_CLOCK = re.compile(
    r"(?P<half>오전|오후|낮|밤|저녁|새벽|아침)?\s?(?<![\d.:])(?:"
    r"(?P<hour>\d{1,2})\s?:\s?(?P<minute>\d{2})(?::\d{2})?(?!\d)\s?(?P<half2>[ap]\.?\s?m\b\.?)?"
    r"|(?P<hour_ko>\d{1,2})\s?시(?!간|기|점)(?:\s?(?P<minute_ko>\d{1,2})\s?분|\s?(?P<half_hour>반))?"
    r"|(?P<hour_en>\d{1,2})(?:[.](?P<minute_en>\d{2}))?\s?(?P<half_en>[ap]\.?\s?m\b\.?)"
    r"|(?P<hour_mil>[01]\d|2[0-4])(?P<minute_mil>[0-5]\d)"
    r"(?=\s?(?:hrs?\b|hours\b|h\b|[A-Z]{2,4}\b))(?:\s?(?:hrs?|hours|h)\b)?"
    r"|(?P<hour_dot>[01]?\d|2[0-3])\.(?P<minute_dot>[0-5]\d)(?=\s?(?:[A-Z]{3,4}\b|hrs?\b))"
    r"|(?P<word>정오|noon\b))",
    re.IGNORECASE,
)
_HOURS = ("hour", "hour_ko", "hour_en", "hour_mil", "hour_dot")
_MINUTES = ("minute", "minute_ko", "minute_en", "minute_mil", "minute_dot")
_PAPER = re.compile(r"조\s?간|석\s?간")
_ONLINE = re.compile(r"온라인|인터넷|디지털|online|web\b", re.IGNORECASE)
_ONLINE_BEHIND = re.compile(rf"\s?(?:이후)?\s?\(\s?(?:{_ONLINE.pattern})[^\d()]{{0,10}}\)", re.IGNORECASE)
_DAY_BEFORE = re.compile(r"전일|전날|하루\s?전")
_HERE = re.compile(r"\s?\(?(?:한국|우리나라|서울|국내)\s?(?:시간|시각|기준)")
_EASTERN = re.compile(r"\s?\(?(?:미국?\s?)?동부\s?(?:시간|시각)")
_ELSEWHERE = re.compile(r"\s?\(?(?:[가-힣]{1,8}\s?(?:시간|시각)(?!당)|local time)", re.IGNORECASE)
_ZONE = re.compile(r"\s?,?\s?\(?(?P<zone>(?:UTC|GMT)?\s?[+-]\d{1,2}(?::?\d{2})?(?!\d)|[A-Z]{2,5}\b)")
_NO_ZONE = frozenset(("AM", "PM", "HRS", "ON", "AT", "THE", "AND"))
_CONDITION = re.compile(
    r"(?:종료|발표|개최|시작|행사|회의|브리핑|의결|통과|승인|공표|해제|통보|공지|협의)\s?"
    r"(?:직후|이후|후|시(?:부터|까지|점)?|때까지|전까지)(?![가-힣])"
    r"|추후|미정|별도\s?(?:통보|공지|안내)|further notice|t\.?b\.?[ad]\b|end of|after the|conclusion"
)
_MIDNIGHT = re.compile(r"자정|midnight", re.IGNORECASE)


NO_DAY = say("embargo.no-day")


class Named(NamedTuple):
    """What a text names: a moment, or why there is none that is understood."""

    moment: datetime | None
    how: Words
    """What was decided: ``조간 is 06:00``; or the end of a sentence that says what is missing."""


class _Day(NamedTuple):
    day: date
    start: int
    end: int


def moment_named(text: str, zone: ZoneInfo, reference: date | None) -> Named:
    """Return the moment that the value of an embargo line names; a day without a year is the nearest to `reference`."""
    plain = _YEAR.sub(r"20\1", text.translate(_BRACKETS))
    try:
        days = list(_days(plain, reference))
        hours = list(_hours(plain, days, zone))
    except ValueError as error:
        return Named(None, error.args[0])
    if _MIDNIGHT.search(plain):
        return Named(None, say("embargo.midnight"))
    if _CONDITION.search(plain):
        return Named(None, say("embargo.condition"))
    if not days:
        return Named(None, NO_DAY)
    if not hours:
        return Named(None, say("embargo.no-hour"))
    online = [hour for hour in hours if hour[2]]
    moment, how, _ = max(online or hours, key=lambda hour: hour[0])
    return Named(moment, how)


_BRACKETS = str.maketrans(
    {**dict.fromkeys("［[【（〔", "("), **dict.fromkeys("］]】）〕", ")"), "：": ":", "．": ".", "~": " ~ "}
)


# --- days -----------------------------------------------------------------------------------------


def _days(text: str, reference: date | None) -> Iterator[_Day]:
    """Yield the days of a text in their order.

    Raises:
        ValueError: there is no such day, it falls on another weekday, or its year is not known.
    """
    taken: list[tuple[int, int]] = []
    matches: list[re.Match[str]] = []
    for form in _FORMS:
        for match in form.finditer(text):
            if not any(match.start() < end and start < match.end() for start, end in taken):
                taken.append(match.span())
                matches.append(match)
    for match in sorted(matches, key=lambda match: match.start()):
        written = written_day(match)
        behind = _WEEKDAY_BEHIND.match(text, match.end())
        if behind and written.weekday is None:
            written = WrittenDay(
                year=written.year, month=written.month, day=written.day, weekday="월화수목금토일".index(behind["week"])
            )
        yield _Day(
            calendar_day(written) if written.year is not None else _nearest(written, reference),
            match.start(),
            match.end(),
        )


def _nearest(written: WrittenDay, reference: date | None) -> date:
    if reference is None:
        raise ValueError(say("embargo.no-year"))
    found: list[date] = []
    wrong: Words = ""
    for year in (reference.year - 1, reference.year, reference.year + 1):
        try:
            day = date(year, written.month, written.day)
        except ValueError:
            continue
        if abs((day - reference).days) <= 183:
            if written.weekday in (None, day.weekday()):
                found.append(day)
            else:
                wrong = say("embargo.weekday", day=day.isoformat())
    if not found:
        raise ValueError(wrong or say("embargo.no-such-day", day=f"{written.month}-{written.day}"))
    return min(found, key=lambda day: abs((day - reference).days))


# --- hours ----------------------------------------------------------------------------------------


def _hours(text: str, days: list[_Day], zone: ZoneInfo) -> Iterator[tuple[datetime, Words, bool]]:
    """Yield each hour of a text on its day, what was decided, and whether it is that for online media.

    Raises:
        ValueError: there is no such hour, or its zone is that of several places.
    """
    if not days:
        return
    tokens: list[tuple[int, int, time, int, tzinfo, Words]] = []
    for match in _CLOCK.finditer(text):
        if not any(day.start < match.end() and match.start() < day.end for day in days):
            at, more = _time(match)
            tokens.append((match.start(), match.end(), at, more, _zone_behind(text, match.end(), zone), ""))
    for match in _PAPER.finditer(text):
        name = match[0].replace(" ", "")
        tokens.append(
            (
                match.start(),
                match.end(),
                PAPERS[name],
                0,
                zone,
                say("embargo.paper", name=name, time=f"{PAPERS[name]:%H:%M}"),
            )
        )
    before = 0
    for start, end, at, more, place, how in sorted(tokens, key=lambda token: token[0]):
        day = next((day for day in reversed(days) if day.end <= start), days[0])
        said = text[max(before, day.end if day.end <= start else 0) : start]
        online = bool(_ONLINE.search(text[before:start]) or _ONLINE_BEHIND.match(text, end))
        shift = more - bool(_DAY_BEFORE.search(said[-12:]))
        yield _moment_at(day.day, shift, at, place).astimezone(zone), how, online
        before = end


def _moment_at(day: date, shift: int, at: time, place: tzinfo) -> datetime:
    """Return a time of a day, or of one before or behind it, in UTC.

    Raises:
        ValueError: the calendar ends before it.
    """
    if not 1 < day.year < 9999:
        raise ValueError(say("embargo.calendar", year=str(day.year)))
    return datetime.combine(day + timedelta(days=shift), at, place).astimezone(UTC)


def _time(match: re.Match[str]) -> tuple[time, int]:
    """Return a time of day, and 1 when it is of the day after: 24:00."""
    if match["word"]:
        return time(12), 0
    hour = int(next(match[name] for name in _HOURS if match[name]))
    minute = int(next((match[name] for name in _MINUTES if match[name]), 0))
    minute = 30 if match["half_hour"] else minute
    half = (match["half2"] or match["half_en"] or "").lower()[:1] or {"오전": "a", "새벽": "a", "아침": "a"}.get(
        match["half"] or "", "p" if match["half"] else ""
    )
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour == 24 and not minute:
        return time(), 1
    try:
        return time(hour, minute), 0
    except ValueError:
        raise ValueError(say("embargo.no-time", time=match[0].strip())) from None


def _zone_behind(text: str, at: int, zone: ZoneInfo) -> tzinfo:
    """Return the zone that is named right behind an hour, else the site's."""
    if _HERE.match(text, at):
        return ZoneInfo("Asia/Seoul")
    if _EASTERN.match(text, at):
        return ZoneInfo("America/New_York")
    if found := _ELSEWHERE.match(text, at):
        raise ValueError(say("embargo.elsewhere", name=found[0].strip(" (")))
    named = _ZONE.match(text, at)
    name = named["zone"].replace(" ", "") if named else ""
    if not name or name in _NO_ZONE:
        return zone
    if name in AMERICAN:
        return ZoneInfo(AMERICAN[name])
    if name.lower() in ZONES:
        return timezone(timedelta(hours=ZONES[name.lower()]))
    if offset := re.fullmatch(r"(?:UTC|GMT)?([+-])(\d{1,2}):?(\d{2})?", name):
        minutes = int(offset[2]) * 60 + int(offset[3] or 0)
        if minutes >= 24 * 60:
            raise ValueError(say("embargo.no-zone", name=name))
        return timezone(timedelta(minutes=-minutes if offset[1] == "-" else minutes))
    if name.isupper() and name.isalpha() and len(name) >= 3:
        raise ValueError(say("embargo.zone", name=name))
    return zone
