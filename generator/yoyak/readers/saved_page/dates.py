"""When a saved page was published and changed: its data first, then what stands on it, in the page's own language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

from yoyak.model.sources import Evidence, Field
from yoyak.readers.around import Candidate, chosen
from yoyak.readers.capture.stamps import day_in_address
from yoyak.readers.saved_page.data import PageData, from_article, from_markup, from_meta, moments, plain
from yoyak.readers.saved_page.tree import text_of_nodes
from yoyak.readers.saved_page.zones import clocks, in_own_zone, is_utc
from yoyak.readers.word_lists import groups
from yoyak.text.calendar import Moment
from yoyak.text.date_orders import YEAR_FIRST
from yoyak.text.dates import role_of

_PUBLISHED = groups("places-of-days", "words")["meta"]
_PLACES = ('[class*="publish"]', '[class*="date"]', '[class*="time"]', '[class*="byline"]', '[id*="date"]')


def page_dates(
    data: PageData, address: str, lang: str, zone: ZoneInfo, lines: Sequence[str] = ()
) -> tuple[Field | None, Field | None]:
    """Return when the page was published and when it changed; a change that is not later than that is none.

    `lines` are the page's text: moments in UTC are in the zone whose day these name.
    """
    dates = [
        *moments((c for c in _dates(data) if not is_day_first(c.value, lang)), zone),
        *_in_words(data, lang, zone),
        *_in_address(address, zone),
    ]
    updates = [*moments((c for c in _updates(data) if not is_day_first(c.value, lang)), zone)]

    def is_named(day: date) -> bool:
        return names_day(lines, day, lang)

    known = [*dates, *updates]
    if any(is_utc(one.value) for one in known):
        known += clocks(lines, zone)
    published = in_own_zone(chosen(dates), known, zone, is_named)
    updated = in_own_zone(chosen(updates), known, zone, is_named)
    if published and updated and updated.value.value <= published.value.value:
        updated = None
    return published, updated


def _dates(data: PageData) -> Iterator[Candidate]:
    yield from from_article(data, "datePublished", confidence=0.97)
    yield from from_meta(data, "article:published_time", "og:article:published_time", "datepublished", confidence=0.95)
    yield from _attributes(data, '[itemprop="datePublished"]', ("datetime", "content"), 0.93)
    yield from from_meta(data, *_PUBLISHED, confidence=0.88)
    yield from from_article(data, "dateCreated", "uploadDate", confidence=0.8)
    yield from _attributes(data, "article time[datetime]", ("datetime",), 0.8)
    yield from _attributes(data, "time[datetime]", ("datetime",), 0.7)
    yield from _attributes(data, "span[data-date-time]", ("data-date-time",), 0.7)
    yield from (c for c in from_markup(data, (*_PLACES[:3], "time"), 0.55) if not _is_of_a_change(c.value))


def _updates(data: PageData) -> Iterator[Candidate]:
    yield from from_article(data, "dateModified", confidence=0.95)
    yield from from_meta(data, "article:modified_time", "og:updated_time", "datemodified", "lastmod", confidence=0.9)
    yield from _attributes(data, '[itemprop="dateModified"]', ("datetime", "content"), 0.9)
    yield from (c for c in from_markup(data, (*_PLACES[:3], "time"), 0.55) if _is_of_a_change(c.value))


def _is_of_a_change(text: str) -> bool:
    """Tell whether a day on the page is that of a change: ``최종수정 2024.07.03``, ``Aktualisiert am 3.7.24``."""
    return role_of(re.split(r"\d", text, maxsplit=1)[0]) == "updated"


def _attributes(data: PageData, selector: str, names: Sequence[str], confidence: float) -> Iterator[Candidate]:
    for node in data.index.find(selector):
        for name in names if not any(above.name == "blockquote" for above in node.above()) else ():
            if value := plain(node.get(name)):
                evidence = Evidence(rule="attribute", selector=f"{selector} @{name}")
                yield Candidate(value=value, confidence=confidence, evidence=evidence)


def _in_address(address: str, zone: ZoneInfo) -> Iterator[Candidate]:
    """Yield the day that stands in the page's address: ``/2024/07/03/``."""
    if day := day_in_address(address):
        yield _of_day(day, zone, 0.5, "address")


# --- days in words --------------------------------------------------------------------------------------


def _in_words(data: PageData, lang: str, zone: ZoneInfo) -> Iterator[Candidate]:
    """Yield days that stand on the page in its own language, with the names of months of CLDR."""
    for selector in ("time", *_PLACES):
        for node in data.index.find(selector, limit=3) if not selector.startswith("[id") else ():
            text = plain(text_of_nodes(node.children, between=" "))[:120]
            told = any(c.isdigit() for c in text) and not _is_of_a_change(text)
            day = day_in_words(text, lang) if told else None
            if day:
                yield _of_day(day, zone, 0.54, selector)


def moment_of_day(day: date, zone: ZoneInfo) -> Moment:
    """Return a day as a moment."""
    return Moment(value=datetime.combine(day, time(), zone), day_only=True)


def _of_day(day: date, zone: ZoneInfo, confidence: float, selector: str) -> Candidate:
    moment = moment_of_day(day, zone)
    return Candidate(value=moment, confidence=confidence, evidence=Evidence(rule="day-on-page", selector=selector))


def day_in_words(text: str, lang: str) -> date | None:
    """Return the first day in a line of a page: ``3. Juli 2024``, ``3 de julio de 2024``, ``03/07/2024``.

    Days in figures have the order of the page's language.
    """
    if found := re.search(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日", text):
        return _day(*map(int, found.groups()))
    names, month_first = _calendar(lang)
    if is_day_first(text, lang) and (found := _SHORT.search(text)):
        first, second, year = map(int, found.groups())
        return _day(2000 + year, first, second) if month_first else _day(2000 + year, second, first)
    for word in re.finditer(r"[^\W\d_]{3,}", text):
        month = names.get(word[0].casefold())
        behind = re.match(r"\D{1,6}(?:(\d{1,2})\D{1,6})?(\d{4})", text[word.end() :]) if month else None
        before = re.search(r"(\d{1,2})\D{1,6}$", text[: word.start()])
        day = (before and before[1]) or (behind and behind[1])
        if month and behind and day:
            return _day(int(behind[2]), month, int(day))
    if found := re.search(r"(?<!\d)(\d{1,2})\s?[./-]\s?(\d{1,2})\s?[./-]\s?(\d{4})(?!\d)", text):
        first, second, year = map(int, found.groups())
        if first > 12 or second > 12:
            month_first = second > 12
        return _day(year, first, second) if month_first else _day(year, second, first)
    return None


_SHORT = re.compile(r"(?<![\d.:/-])(\d{1,2})\s?[./]\s?(\d{1,2})\s?[./]\s?(\d{2})(?![\d./:-])")


def is_day_first(text: str, lang: str) -> bool:
    """Tell whether a text has a day in figures that ends with its year, of two digits: ``3.7.24``."""
    return lang.split("-", maxsplit=1)[0].lower() not in YEAR_FIRST and _SHORT.search(text) is not None


def names_day(lines: Iterable[str], day: date, lang: str) -> bool:
    """Tell whether a short line names a day, with a year or without: ``on Mar 17``."""
    names = "|".join(re.escape(name) for name, month in _calendar(lang)[0].items() if month == day.month)
    pattern = re.compile(rf"\b(?:{names})\.?\s{day.day}\b|\b{day.day}\.?\s(?:{names})\b", re.IGNORECASE)
    return any(pattern.search(line) for line in lines if len(line) <= _SHORT_LINE)


_SHORT_LINE = 80


def _day(year: int, month: int, day: int) -> date | None:
    try:
        found = date(year - 543 if year > 2400 else year, month, day)  # Thai pages count from Buddha's death
    except ValueError:
        return None
    return found if 1990 <= found.year <= 2100 else None


@lru_cache(32)
def _calendar(lang: str) -> tuple[Mapping[str, int], bool]:
    """Return the names of months in a language, lower case, and whether its days in figures begin with the month."""
    from babel import Locale, UnknownLocaleError
    from babel.dates import get_date_format, get_month_names

    try:
        locale = Locale.parse(lang.replace("_", "-"), sep="-")
    except (UnknownLocaleError, ValueError, TypeError):
        locale = Locale("en")
    names: dict[str, int] = {}
    for spoken in (locale, Locale("en")):
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for number, name in get_month_names(width, context, spoken).items():
                    names.setdefault(name.rstrip(".").casefold(), number)
    pattern = get_date_format("short", locale).pattern.lower()
    return names, pattern.find("m") < pattern.find("d")
