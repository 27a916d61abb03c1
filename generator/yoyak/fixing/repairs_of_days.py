"""Repairs of dates: a day in a form that can mean one day only, and the year that a capture does not name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import PurePosixPath

from yoyak.fixing.case import Case, Found, Repair, becomes, plain_word, word_at
from yoyak.model.message import say
from yoyak.readers.source import date_of_name
from yoyak.text.byte_lines import Edit
from yoyak.text.calendar import Moment, read_moment
from yoyak.text.date_forms import TIME, YEARLESS, YEARLESS_LINE, WrittenDay, written_day

_TOGETHER = re.compile(r"(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})(?!\d)")
_APART = re.compile(r"(?P<year>(?:19|20)\d{2})\s+(?P<month>\d{1,2})\s+(?P<day>\d{1,2})(?!\d)")
_YEAR_LAST = re.compile(r"(?P<one>\d{1,2})[-./](?P<two>\d{1,2})[-./](?P<year>(?:19|20)\d{2})(?!\d)")
_DASHES = re.compile("[\u2010-\u2015\u2212]")


def one_day_only(case: Case) -> Found:
    """Write a day as yoyak reads it, when its form leaves no choice."""
    word = word_at(case)
    around = case.place.around
    if around is None:
        return
    for text in dict.fromkeys(_readings(_DASHES.sub("-", plain_word(word.text)), case)):
        try:
            read_moment(text, around.zone)
        except ValueError:
            continue
        yield Repair(what=becomes(word.text, text), edits=case.put(word.start, word.end, text))
        return


def _readings(text: str, case: Case) -> Iterator[str]:
    """Yield what a text may say: a day in ISO 8601, and what stands behind it."""
    yield text
    for form in (_TOGETHER, _APART):
        if match := form.match(text):
            yield f"{match['year']}-{int(match['month']):02}-{int(match['day']):02}{text[match.end() :]}"
    if match := _YEAR_LAST.match(text):
        one, two = int(match["one"]), int(match["two"])
        if one > 12 >= two or one == two:
            yield f"{match['year']}-{two:02}-{one:02}{text[match.end() :]}"
        elif two > 12 >= one:
            yield f"{match['year']}-{one:02}-{two:02}{text[match.end() :]}"
    for form in (*YEARLESS, YEARLESS_LINE):
        if match := form.match(text):
            yield from (f"{day.isoformat()}{_time(text[match.end() :])}" for day in _days(written_day(match), case))


def _time(rest: str) -> str:
    return f" {rest.strip()}" if TIME.fullmatch(rest) else rest


def _days(written: WrittenDay, case: Case) -> Iterator[date]:
    """Yield the day, with the year that the file's name or its folders give to exactly this month."""
    assert case.place.around is not None
    named = date_of_name(case.place.path, case.place.around.zone)
    folders = re.search(r"/((?:19|20)\d{2})[-/](\d{2})/", str(PurePosixPath(case.place.path).parent) + "/")
    year = None
    if named and (named.value.month, named.value.day) == (written.month, written.day):
        year = named.value.year
    elif named is None and folders and int(folders[2]) == written.month:
        year = int(folders[1])
    try:
        day = date(year, written.month, written.day) if year else None
    except ValueError:
        return
    if day and written.weekday in (None, day.weekday()):
        yield day


def year_written_down(case: Case) -> Found:
    """Write the date down that was read with the help of the calendar, with its time of day."""
    moment, around = case.looked.fields.get("date"), case.place.around
    if not isinstance(moment, Moment) or around is None:
        return
    line = f"date: {_written(moment, case)}"
    what = say("repair.written-down", line=line)
    head = case.looked.head
    if head.start:
        yield Repair(what=what, edits=(Edit(line=head.stop, count=0, texts=(line,)),))
    else:
        yield Repair(what=what, edits=(Edit(line=1, count=0, texts=("---", line, "---")),))


def _written(moment: Moment, case: Case) -> str:
    """Return a moment as a person writes it, in the site's zone; with its offset when the clocks show it twice."""
    assert case.place.around is not None
    zone = case.place.around.zone
    if moment.day_only:
        return moment.value.date().isoformat()
    local: datetime = moment.value.astimezone(zone)
    text = f"{local:%Y-%m-%d %H:%M:%S}" if local.second else f"{local:%Y-%m-%d %H:%M}"
    return text if read_moment(text, zone).value == moment.value else moment.value.isoformat()
