"""When the article of a capture was published: of all days of a page, the one that stands where an article is dated."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from msgspec import structs

from yoyak.model.sources import Evidence, Field
from yoyak.model.types import Record
from yoyak.readers.around import Surroundings
from yoyak.readers.capture.fields import Finding, wall_after
from yoyak.readers.capture.lines import CaptureLine
from yoyak.readers.capture.span import Span, heads
from yoyak.readers.capture.stamps import day_in_address
from yoyak.readers.word_lists import alternatives
from yoyak.text.calendar import Moment
from yoyak.text.date_forms import WEEKDAYS_JA, WEEKDAYS_KO
from yoyak.text.dates import FoundMoment, find_moments


class DatedLine(Record, kw_only=True):
    index: int
    found: FoundMoment


_RIGHTS_YEAR = re.compile(
    r"(?:[©ⓒ]|\(c\)|copyright)[^\n]{0,24}?(?<!\d)(?:(?:19|20)\d\d\s?[-–]\s?)?((?:19|20)\d\d)", re.IGNORECASE
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_LONG_AGO = timedelta(days=120)


def by_its_page(around: Surroundings, text: str) -> Surroundings:
    """Return `around` with the day from which a page of an earlier year understands days without one.

    Such a page says on which day it was looked at, or names no later year than its notice of rights does. Nobody's own
    words count less than a page's.
    """
    if around.reference_from in ("captured", "file-name"):
        return around
    if day := _day_of_its_head(around, text):
        return structs.replace(around, reference=day, reference_from="page")
    years = [year for year in map(int, _YEAR.findall(text)) if year <= around.reference.year]
    last = date(max(years, default=1), 12, 31)
    if around.reference - last < _LONG_AGO or last.year not in (int(found[1]) for found in _RIGHTS_YEAR.finditer(text)):
        return around
    return structs.replace(around, reference=last, reference_from="page")


_HEAD, _SHORT = 30, 40


def _day_of_its_head(around: Surroundings, text: str) -> date | None:
    for line in text[: _HEAD * _SHORT].split("\n")[:_HEAD]:
        if len(line) <= _SHORT and _WEEKDAY.search(line):
            found = find_moments(line, around.zone, around.reference)
            if found and found[0].moment.day_only and not (found[0].role or found[0].year_inferred):
                return min(found[0].moment.value.date(), around.reference)
    return None


_WEEKDAY = re.compile(rf"[{WEEKDAYS_KO}]요일|[(（][{WEEKDAYS_KO}{WEEKDAYS_JA}]|曜|星期|\w{{3}}(?:day|tag|di|es|o|ì),? ")
_BEFORE_TITLE = 0.75
"""A date above the headline without a year may be the day on which the page was looked at."""
_OF_THE_PAPER = re.compile(alternatives("registrations", "people"), re.IGNORECASE)
"""Words beside which a day is that of the paper's registration."""


def dated_lines(lines: Sequence[CaptureLine], span: Span) -> tuple[DatedLine, ...]:
    """Return the moments that can be the article's, in order."""
    end = wall_after(lines, span)
    return tuple(
        DatedLine(index=i, found=found)
        for i, line in enumerate(lines[:end])
        if line.moments and not _is_of_the_paper(lines, i)
        for found in line.moments
        if line.look == "date" or i < span.start + _OPENING or not found.moment.day_only
    )


def _is_of_the_paper(lines: Sequence[CaptureLine], index: int) -> bool:
    line = lines[index]
    beside = (one for one in lines[max(0, index - _BEHIND) : index + _BEHIND + 1] if one.look != "body")
    if line.text.startswith("등록일") and any(_OF_THE_PAPER.search(one.text[:300]) for one in beside):
        return True
    return _OF_THE_PAPER.search(line.text[:300]) is not None


def find_date(
    dated: Sequence[DatedLine], title: int | None, lines: Sequence[CaptureLine], span: Span, around: Surroundings
) -> Finding | None:
    """Return when the article was published: a labelled moment first, an update last.

    Where a day stands counts as much as what it says: above the headline stands the day of the page, in rows of equal
    steps stand those of other stories, and no article is of a day to come.
    """
    listed = _in_rows(dated)
    dated = [item for item in dated if not _is_below_another(item, title, lines, span)]
    judged = [(*_judged(item, title, lines, span, listed), item) for item in dated]
    judged = [(rank - _FUTURE * _is_to_come(item, around), sure, item) for rank, sure, item in judged]
    judged.sort(key=lambda one: (-one[0], one[2].index))
    ranked = [item for _, _, item in judged]
    if not ranked or _is_of_others(ranked[0], title, lines, span):
        return None
    found = _moment_finding(ranked, title, lines, judged[0][1] * (0.5 if _is_to_come(ranked[0], around) else 1))
    return _with_year(found, lines, around) if ranked[0].found.year_inferred else found


def _is_of_others(item: DatedLine, title: int | None, lines: Sequence[CaptureLine], span: Span) -> bool:
    """Tell whether a day is not the article's: it stands elsewhere, and below the headline only ``3 hours ago``."""
    here = title is None or item.found.role != "" or title - _ABOVE <= item.index < span.end
    return not here and any(line.rule == "ago" for line in lines[(title or 0) + 1 : span.start])


def _is_below_another(item: DatedLine, title: int | None, lines: Sequence[CaptureLine], span: Span) -> bool:
    """Tell whether a day stands below the headline of another story, under ``2시간 전 수정`` of the article."""
    if title is None or item.found.role or not title + 1 < item.index < span.start:
        return False
    counted = any(line.rule in ("ago", "days-ago") for line in lines[title + 1 : item.index - 1])
    return counted and heads(lines[item.index - 1], _HEADLINE)


_HEADLINE = 18
"""Columns of another story's headline, at least."""
_FUTURE = 2.5
_OPENING = 2
"""Paragraphs of the text that may begin with their day: ``SEOUL, July 2, 2024 --``."""


def _is_to_come(item: DatedLine, around: Surroundings) -> bool:
    return item.found.moment.value.date() > around.reference + timedelta(days=2)


def _in_rows(dated: Sequence[DatedLine]) -> frozenset[int]:
    """Return the lines whose bare moments follow each other in equal steps, thrice or more: lists of other stories."""
    bare = sorted({item.index for item in dated if not item.found.role})
    gaps = [after - before for before, after in pairwise(bare)]
    found: set[int] = set()
    for at, (one, other) in enumerate(pairwise(gaps)):
        if one == other and 1 < one <= _STEP:
            found |= {bare[at], bare[at + 1], bare[at + 2]}
    return frozenset(found)


_STEP = 6


def _with_year(found: Finding, lines: Sequence[CaptureLine], around: Surroundings) -> Finding:
    """Return a date with how its year was found; a text that names that year speaks for it."""
    field, index = found.field, found.taken[0]
    evidence = [*field.evidence, Evidence(rule=f"year-from-{around.reference_from}")]
    year = re.compile(rf"(?<!\d){field.value.value.year}(?!\d)")
    named = next((line.n for i, line in enumerate(lines) if i != index and year.search(line.text[:1000])), None)
    if named:
        evidence.append(Evidence(rule="year-in-the-text", line=named))
    confidence = round(min(field.confidence + (0.1 if named else 0), 0.97), 2)
    field = structs.replace(field, evidence=tuple(evidence), confidence=confidence)
    return Finding(field=field, taken=found.taken)


def or_of_address(date: Finding | None, address: Finding | None, zone: ZoneInfo) -> Finding | None:
    """Return the day of an article, or the one in its page's address, where nothing near the headline dates it."""
    if (date and date.field.confidence >= _SURE) or address is None:
        return date
    if (day := day_in_address(str(address.field.value))) is None:
        return date
    moment = Moment(value=datetime.combine(day, time(), zone), day_only=True)
    return Finding(field=Field(value=moment, confidence=0.6, evidence=(Evidence(rule="address"),)), taken=())


_SURE = 0.7


def find_updated(dated: Sequence[DatedLine], date: Finding | None, lines: Sequence[CaptureLine]) -> Finding | None:
    """Return the last moment whose label says that the article was changed."""
    updates = [item for item in dated if item.found.role == "updated"]
    updates.sort(key=lambda item: item.found.moment.value, reverse=True)
    found = _moment_finding(updates, None, lines) if updates else None
    if found is None or date is None or not _is_later(found.field.value, date.field.value):
        return None
    return found


def _is_later(update: Moment, published: Moment) -> bool:
    """Tell whether an update says more than the date does: a bare day that is the same day does not."""
    return update.value > published.value and not (update.day_only and update.value.date() == published.value.date())


_ABOVE = 3
"""Lines above the headline beyond which a bare day is that of the page, and not of the article."""
_STAMP = 8
"""Lines below the headline, and above the text, within which a day is the article's: a standfirst may be between."""
_DECK = 5
"""The same where the text begins right below the headline, with a standfirst."""
_BEHIND = 3


def _judged(
    item: DatedLine, title: int | None, lines: Sequence[CaptureLine], span: Span, listed: frozenset[int]
) -> tuple[float, float]:
    """Return the rank of a moment among those of its page, and how far to trust its form at its place."""
    found, index = item.found, item.index
    rank = {"published": 2.0, "": 1.0, "updated": 0.5}[found.role] + found.confidence / 2
    rank -= 0.3 if lines[index].look != "date" else 0
    place, sure = _place(item, title, span)
    sure = 1 if found.role == "published" and index < span.end + _BEHIND else sure
    if index in listed and not found.role:
        place, sure = place - 0.6, min(sure, 0.8)
    clock = 0.2 if not found.moment.day_only and index < span.end else 0
    return rank + place + clock, sure


def _place(item: DatedLine, title: int | None, span: Span) -> tuple[float, float]:
    index, bare = item.index, item.found.moment.day_only and not item.found.role
    below = index - title if title is not None else 0
    if title is not None and title < index < span.start:
        return 0.6, 1
    if index >= span.end:
        return (-0.4, 0.85) if index < span.end + _BEHIND else (-0.6, 0.65 if not item.found.role else 0.9)
    if index >= span.start and 0 < below <= _DECK:
        return 0.5, 0.95
    if index >= span.start:
        return (0.1, 0.9) if index == span.start else (-0.3, 0.75) if bare else (0.0, 0.85)
    if 0 < below <= _STAMP:
        return 0.5, 1
    if 0 < span.start - index <= _STAMP and (title is None or title >= span.start):
        return 0.5, 0.95
    if 0 < -below <= _ABOVE:
        return (0.0, 0.85) if bare else (0.3, 1)
    return (-0.3, 0.6) if bare else (-0.2, 0.9)


def _moment_finding(
    ranked: Sequence[DatedLine], title: int | None, lines: Sequence[CaptureLine], sure: float = 1
) -> Finding:
    best = ranked[0]
    confidence = round(best.found.confidence * sure, 2)
    if best.found.year_inferred and title is not None and best.index < title:
        confidence = min(confidence, _BEFORE_TITLE)
    others: list[Moment] = []
    for item in ranked[1:]:
        if item.found.moment not in (best.found.moment, *others):
            others.append(item.found.moment)
    line = lines[best.index]
    field = Field(
        value=best.found.moment,
        confidence=confidence,
        evidence=(Evidence(rule=line.rule, line=line.n),),
        alternatives=tuple(others[:3]),
    )
    return Finding(field=field, taken=(best.index,))
