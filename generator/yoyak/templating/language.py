"""language: the words, dates and numbers of the interface, in the language of a site.

Everything is a pure function of a `Language`. Its words and date patterns are data: messages/CODE.yaml beside it.
Babel is imported here only. Its formatting is slow and a large site shows one day thousands of times, so what was
formatted once is remembered.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta, tzinfo
from datetime import time as time_of_day
from functools import cache, lru_cache, partial
from importlib.resources import files
from typing import Any

import msgspec
from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.dates import format_date, format_time, get_day_names, tokenize_pattern, untokenize_pattern
from babel.numbers import format_decimal
from markupsafe import Markup

from yoyak.messages.errors import YoyakError
from yoyak.model.message import Words, did_you_mean, joined, say
from yoyak.model.types import Record
from yoyak.model.views import EditionLink
from yoyak.text.calendar import edition_window
from yoyak.text.korean import filled, with_particle

Message = str | dict[str, str]
"""A text, or one for each of CLDR's plural forms that the language has (``one``, ``other``)."""


class Language(Record, kw_only=True):
    """What messages/CODE.yaml says."""

    code: str
    home_offset: int | None = None
    """Hours from UTC of the zone that the language's readers take for granted, or None."""
    dates: Mapping[str, str]
    """Patterns of CLDR (https://unicode.org/reports/tr35/tr35-dates.html) by the name of their filter."""
    messages: Mapping[str, Message]


class Weekday(Record, kw_only=True):
    initial: str
    name: str


@cache
def language(code: str) -> Language:
    """Return the language of a code such as ``ko``."""
    source = files("yoyak.templating") / "messages" / f"{code}.yaml"
    if not source.is_file():
        raise YoyakError(say("template.no-language", code=code))
    return msgspec.yaml.decode(source.read_bytes(), type=Language)


@cache
def words_for(tag: str) -> Language:
    """Return the words of the language of a text, or English where there are none."""
    code = tag.partition("-")[0].lower()
    is_there = code.isalpha() and (files("yoyak.templating") / "messages" / f"{code}.yaml").is_file()
    return language(code if is_there else "en")


# --- words -------------------------------------------------------------------------------------


def message(language: Language, key: str, /, **values: object) -> str:
    """Return the text of `key` with its values put in. ``count`` also chooses the plural form and is set as a number.

    Raises:
        YoyakError: the language has no such message, or it needs a value that was not given.
    """
    try:
        text = language.messages[key]
        if isinstance(text, dict):
            text = text[plural_form(language, values["count"])]
        if "count" in values:
            values["count"] = number(language, values["count"])
        return filled(text, values) if values else text
    except KeyError as missing:
        raise YoyakError(_lacking(language, key, str(missing.args[0]))) from missing


def _lacking(language: Language, key: str, name: str) -> Words:
    """Say why a message cannot be shown: there is none, or a template gave it a value too few."""
    if key not in language.messages:
        none = say("template.no-message", key=key, code=language.code)
        return joined(none, did_you_mean(key, language.messages))
    return say("template.no-value", key=key, name=name, line=f'message("{key}", {name}=…)')


def plural_form(language: Language, count: Any) -> str:
    """Return the plural form of CLDR that fits `count`."""
    return _plural_form(language.code, count)


def number(language: Language, value: Any) -> str:
    """Return a number with the language's separators: ``12,345``."""
    return _decimal(language.code, value)


def language_attribute(language: Language, tag: str) -> Markup:
    """Return `` lang="en"`` (and ``dir="rtl"``) for text in another language than the page, else nothing."""
    return _NO_ATTRIBUTE if tag in ("", language.code) else _language_attribute(tag)


# --- dates -------------------------------------------------------------------------------------


def formatted(language: Language, name: str, value: date) -> str:
    """Return a day as the pattern `name` of the language has it."""
    day = value.date() if isinstance(value, datetime) else value
    return _date(language.code, language.dates[name], day)


def full_date_time(language: Language, value: datetime) -> str:
    """Return day and time; the zone's name follows unless the language's readers take it for granted."""
    text = _date_time(language.code, language.dates["full_date_time"], value.replace(tzinfo=None))
    home = language.home_offset is not None and value.utcoffset() == timedelta(hours=language.home_offset)
    return text if home else f"{text} {_zone_name(value)}".rstrip()


def year_name(language: Language, value: int | date) -> str:
    """Return the name of a year: ``2024년``."""
    return formatted(language, "year_name", date(value, 1, 1) if isinstance(value, int) else value)


def span_of_days(language: Language, start: date, end: date) -> tuple[str, str]:
    """Return the two ends of a span; the year is named once when both have the same."""
    if start.year != end.year:
        return formatted(language, "short_day_year", start), formatted(language, "short_day_year", end)
    return formatted(language, "span_start", start), formatted(language, "span_end", end)


def weekdays(language: Language) -> tuple[Weekday, ...]:
    """Return the seven days of a week from Monday."""
    locale = _locale(language.code)
    initials = get_day_names("narrow", "stand-alone", locale)
    names = get_day_names("wide", "stand-alone", locale)
    return tuple(Weekday(initial=initials[day], name=names[day]) for day in range(7))


_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def rfc822(moment: datetime) -> str:
    """Return a moment with its zone as RSS wants it (RFC 822 §5), in English: ``Wed, 03 Jul 2024 09:00:00 +0900``."""
    day = f"{_DAYS[moment.weekday()]}, {moment.day:02} {_MONTHS[moment.month - 1]} {moment.year:04}"
    return f"{day} {moment:%H:%M:%S %z}"


def iso(value: date, day_only: bool = False) -> str:  # noqa: FBT001, FBT002 - a template writes iso(card.day_only)
    """Return ISO 8601: a day as ``2024-07-03``, a moment as ``2024-07-03T09:00:00+09:00``."""
    if not isinstance(value, datetime):
        return value.isoformat()
    return value.date().isoformat() if day_only else _moment(value.replace(tzinfo=None), value.tzinfo, value.fold)


# --- editions ----------------------------------------------------------------------------------


def edition_name(language: Language, edition: EditionLink) -> str:
    """Return how an edition is called: by its own number, else by its week, month or day.

    One with its own days is called by its number, by its title or by these days.
    """
    own = edition.number
    year, _, part = edition.key.partition("-")
    if not _is_regular(edition):
        return _own_name(language, own) if own else edition.title or _days_of(language, edition)
    if "-" in part:
        return _own_name(language, own) if own else formatted(language, "full_date", edition.start)
    week = part.startswith("W")
    if own and (edition.counted or own.lstrip("0") != part.lstrip("W0")):
        return _own_name(language, own)
    if week:
        return message(language, "edition.week", year=year, number=part.lstrip("W0"))
    return message(language, "edition.month", month=formatted(language, "month_name", edition.start))


def _days_of(language: Language, edition: EditionLink) -> str:
    if edition.start == edition.end:
        return formatted(language, "full_date", edition.start)
    return " – ".join(span_of_days(language, edition.start, edition.end))


def _is_regular(edition: EditionLink) -> bool:
    """Tell whether the key of an edition names its week, its month or its day."""
    if edition_window(edition.key, "weekly"):
        return True
    days = edition_window(edition.key, "daily") or edition_window(edition.key, "monthly")
    return days is not None and days.start <= edition.start <= edition.end <= days.end


def _own_name(language: Language, own: str) -> str:
    return message(language, "edition.number", number=own) if own.isdecimal() else own


# --- what templates get ------------------------------------------------------------------------


def template_functions(language: Language) -> dict[str, Callable[..., Any]]:
    """Return the functions of a site's templates by name."""
    names = (message, span_of_days, weekdays)
    return {function.__name__: partial(function, language) for function in names}


def template_filters(language: Language) -> dict[str, Callable[..., Any]]:
    """Return the filters of a site's templates by name."""
    days = ("full_date", "day", "short_day", "month_name")
    of_language = (full_date_time, year_name, edition_name, number)
    return {
        **{name: partial(formatted, language, name) for name in days},
        **{function.__name__: partial(function, language) for function in of_language},
        "message": partial(message, language),
        "language_attribute": partial(language_attribute, language),
        "iso": iso,
        "rfc822": rfc822,
        "josa": with_particle,
        "open_graph_locale": open_graph_locale,
    }


@cache
def open_graph_locale(tag: str) -> str:
    """Return a language tag as Open Graph has it, with the likeliest territory: ``ko_KR``; empty when unknown."""
    name, *rest = tag.split("-")
    script = next((part.title() for part in rest if len(part) == 4), "")
    territory = next((part.upper() for part in rest if len(part) == 2), "")
    likely = get_global("likely_subtags")
    full = likely.get(f"{name.lower()}_{script}") or likely.get(name.lower(), "")
    territory = territory or full.partition("_")[2].rpartition("_")[2]
    return f"{name.lower()}_{territory}" if territory else ""


# --- remembered --------------------------------------------------------------------------------


@cache
def _locale(code: str) -> Locale:
    return Locale.parse(code)


@lru_cache(maxsize=None, typed=True)
def _plural_form(code: str, count: Any) -> str:
    return _locale(code).plural_form(count)


@cache
def _decimal(code: str, value: Any) -> str:
    return format_decimal(value, locale=_locale(code))


@cache
def _date(code: str, pattern: str, day: date) -> str:
    return format_date(day, pattern, locale=_locale(code))


def _date_time(code: str, pattern: str, moment: datetime) -> str:
    """Return a moment in a pattern. Its day and its time are remembered apart: each comes again far more often."""
    pieces = _days_and_times(pattern)
    return "".join(
        _time(code, piece, moment.time()) if of_time else _date(code, piece, moment.date()) for of_time, piece in pieces
    )


@cache
def _time(code: str, pattern: str, time: time_of_day) -> str:
    return format_time(time, pattern, locale=_locale(code))


@cache
def _days_and_times(pattern: str) -> tuple[tuple[bool, str], ...]:
    """Return a pattern in pieces that name a day or, marked as such, a time of day."""
    found: list[tuple[bool, list[tuple[str, Any]]]] = [(False, [])]
    for kind, value in tokenize_pattern(pattern):
        of_time = value[0] in _OF_TIME if kind == "field" else found[-1][0]
        if of_time != found[-1][0]:
            found.append((of_time, []))
        found[-1][1].append((kind, value))
    return tuple((of_time, untokenize_pattern(tokens)) for of_time, tokens in found if tokens)


_OF_TIME = frozenset("abBhHkKmsSA")
_NO_ATTRIBUTE = Markup()


@cache
def _moment(local: datetime, zone: tzinfo | None, fold: int) -> str:
    return local.replace(tzinfo=zone, fold=fold).isoformat(timespec="seconds")


@cache
def _language_attribute(tag: str) -> Markup:
    try:
        direction = Locale.parse(tag, sep="-").text_direction
    except (ValueError, UnknownLocaleError):
        direction = "ltr"
    return Markup(' lang="{}" dir="rtl"' if direction == "rtl" else ' lang="{}"').format(tag)


def _zone_name(value: datetime) -> str:
    name = value.tzname() or ""
    return f"UTC{name}" if name[:1] in ("+", "-") else name
