"""Dates and times in the lines of a page: days without a year, too, and how sure each is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Literal
from zoneinfo import ZoneInfo

from msgspec import structs

from yoyak.model.types import Record
from yoyak.text.calendar import Moment, is_of_text
from yoyak.text.date_forms import (
    DAY_FIRST,
    DAYS,
    SHORT_YEAR,
    SLASHED,
    TIME,
    TIME_BEFORE,
    YEARLESS,
    YEARLESS_LINE,
    YEARLESS_NAMED,
    WrittenDay,
    calendar_day,
    time_of_day,
    written_day,
)
from yoyak.text.date_orders import First, in_order, short_year

Role = Literal["published", "updated", ""]


class FoundMoment(Record, kw_only=True):
    """A moment that stands in a line of a page."""

    moment: Moment
    """In the zone that the page names beside it; else in the site's."""
    role: Role
    """What the word beside it says: ``입력`` or ``Published``, ``수정`` or ``Updated``, or nothing."""
    confidence: float
    year_inferred: bool
    start: int
    """Characters from the line's start, label included."""
    end: int


def find_moments(text: str, zone: ZoneInfo, reference: date, *, first: First = "year") -> tuple[FoundMoment, ...]:
    """Return the moments in a line of a page, in order; days without a year are taken as near before `reference`.

    `first` is what stands first where the page is from: by it ``03.07.24`` and ``03/07/2024`` are understood.
    """
    found: list[FoundMoment] = []
    for match, certainty in _days_in(text):
        written = _as_meant(match, text, first, reference)
        moment = _found(text, match, written, certainty, zone, reference) if written else None
        if moment and not any(moment.start < other.end and other.start < moment.end for other in found):
            found.append(moment)
    found.sort(key=lambda moment: moment.start)
    if found and (again := _changed_that_day(text, found[-1], zone, reference)):
        found.append(again)
    return tuple(found)


def _as_meant(match: re.Match[str], text: str, first: First, reference: date) -> WrittenDay | None:
    """Return the day of a match, its numbers in the page's order; None when it can mean two days."""
    written, behind = written_day(match), text[match.end() :][:_CLOCK]
    if match.re is SHORT_YEAR:
        return short_year(written, match["sep"], first, behind, reference)
    if match.re is not SLASHED:
        return written
    if first == "year" and len(match["year"] or match["year_dashed"]) == 2:
        return None  # ``24/06/27`` is another form's
    return in_order(written, first, text[: match.start()], behind)


_CLOCK = 20
"""Characters behind a day in which its time of day stands."""


def infer_year(day: WrittenDay, reference: date) -> date | None:
    """Return the newest day up to the day after `reference` that fits month, day and weekday.

    A month and day fall on one weekday about once in six years (gaps of 5, 6 or 11), so the weekday decides within any
    five years; without it every year fits.
    """
    for year in range(reference.year + 1, reference.year - 41, -1):
        try:
            guess = date(year, day.month, day.day)
        except ValueError:
            continue
        if guess <= reference + timedelta(days=1) and day.weekday in (None, guess.weekday()):
            return guess
    return None


_PUBLISHED = (
    r"기사\s?(?:입력|등록|작성)|최초\s?(?:입력|작성|등록)|입력|등록|승인|송고|발행|게재|게시|배포|작성|출고|방송|"
    r"(?:first\s)?published(?:\son)?|posted(?:\son)?|publié(?:e)?(?:\sle)?|veröffentlicht(?:\sam)?|erschienen(?:\sam)?|"
    r"publicado(?:\s(?:el|em))?|pubblicato(?:\sil)?|gepubliceerd(?:\sop)?|公開|配信|掲載|発信|投稿|作成|发布(?:时间)?|發布(?:時間)?|"
    r"xuất\sbản|đăng(?:\slúc)?|(?:diterbitkan|dipublikasikan)(?:\spada)?|giriş|yayın(?:lanma)?(?:\starihi)?"
)
_UPDATED = (
    r"최종\s?(?:수정|업데이트)|기사\s?수정|수정|업데이트|(?:last\s)?(?:updated|modified)(?:\son)?|"
    r"mis(?:e)?\sà\sjour(?:\sle)?|modifié(?:e)?(?:\sle)?|aktualisiert(?:\sam)?|stand|actualizado(?:\sel)?|"
    r"atualizado(?:\sem)?|aggiornato(?:\sil)?|bijgewerkt(?:\sop)?|(?:最後|最终)?更新(?:时间|時間)?|"
    r"cập\snhật(?:\slần\scuối)?(?:\slúc)?|(?:terakhir\s)?diperbarui(?:\spada)?|(?:son\s)?güncelle(?:n?me(?:\starihi)?|ndi)"
)
_LABELS = rf"(?:(?P<published>{_PUBLISHED})|(?P<updated>{_UPDATED}))(?:\s?일시|\s?시간|\s?일자|일|日時?)?"
_BEFORE = re.compile(rf"{_LABELS}\s?[:：|]?\s*$", re.IGNORECASE)
_BEHIND = re.compile(rf"^\s*{_LABELS}\s*$", re.IGNORECASE)


_CHANGED = re.compile(rf"h?[\s.,;|(·–—-]*(?P<updated>{_UPDATED})\s?[:：|]?(?=\s)", re.IGNORECASE)
_SIX_DIGITS = re.compile(r"\d\d.\d\d.\d\d")
_SIGNS = re.compile(r"\d\s?[-./]\s?\d")
_KOREAN = re.compile("[월月]")
_NAMED = re.compile(r"[^\W\d_\u3040-\u30ff\u4e00-\u9fff가-힣]")
"""What a text has at least in which a day of some form stands: most have little of it."""
_FORMS = (
    *(
        (form, 0.95, frozenset((need,)))
        for form, need in zip(DAYS, (_SIGNS, *2 * (_KOREAN,), *3 * (_NAMED,)), strict=True)
    ),
    (DAY_FIRST, 0.9, frozenset((_SIGNS,))),
    (SLASHED, 0.9, frozenset((_SIGNS,))),
    (SHORT_YEAR, 0.75, frozenset((_SIGNS,))),
    *((form, 0.95, frozenset((need,))) for form, need in zip(YEARLESS, (_SIGNS, _KOREAN), strict=True)),
    (YEARLESS_LINE, 0.6, frozenset((_SIGNS, _KOREAN))),
)


def _days_in(text: str) -> Iterator[tuple[re.Match[str], float]]:
    """Yield the places of `text` that look like days, with the confidence that the form itself deserves."""
    there = {need for need in (_SIGNS, _KOREAN, _NAMED) if need.search(text)}
    for form, certainty, needs in _FORMS:
        for match in form.finditer(text) if needs & there else ():
            sure = form is not YEARLESS_LINE and (form is not SHORT_YEAR or _SIX_DIGITS.match(match.group()))
            before = text[: match.start()]
            if sure or _only_label(before) or (form is SHORT_YEAR and _BEFORE.search(before)):
                yield match, certainty
    for form in YEARLESS_NAMED if _NAMED in there else ():
        yield from ((match, 0.75) for match in form.finditer(text) if _is_timed_or_alone(match, text))


def _is_timed_or_alone(match: re.Match[str], text: str) -> bool:
    alone = _only_label(text[: match.start()]) and not text[match.end() :].strip(" .,")
    return alone or TIME.match(text, match.end()) is not None


def _changed_that_day(text: str, last: FoundMoment, zone: ZoneInfo, reference: date) -> FoundMoment | None:
    """Return the moment of ``Actualizado 12:30h`` behind the day of the article."""
    label = _CHANGED.match(text, last.end) if last.role != "updated" else None
    written = f"{label['updated']} {last.moment.value.date()} {text[label.end() :].lstrip()}" if label else ""
    found = next(iter(find_moments(written, zone, reference)), None)
    if label is None or found is None or found.moment.day_only:
        return None
    return structs.replace(found, start=last.end, end=len(text) - len(written) + found.end)


def _only_label(before: str) -> bool:
    label = _BEFORE.search(before)
    return not (before[: label.start()] if label else before).strip()


def _found(
    text: str, match: re.Match[str], written: WrittenDay, certainty: float, zone: ZoneInfo, reference: date
) -> FoundMoment | None:
    clock, start, end = _clock(text, match)
    try:
        day = calendar_day(written) if written.year is not None else infer_year(written, reference)
        moment = _moment(day, clock, zone) if day else None
    except (ValueError, OverflowError):
        return None
    if moment is None or day is None or not is_of_text(moment):
        return None
    role, start = _role(text, start, end)
    return FoundMoment(
        moment=moment,
        role=role,
        confidence=certainty if written.year is not None else min(certainty, _year_confidence(written, day, reference)),
        year_inferred=written.year is None,
        start=start,
        end=end,
    )


def _clock(text: str, match: re.Match[str]) -> tuple[re.Match[str] | None, int, int]:
    """Return the time of day behind a day, else right before it, and where both together begin and end."""
    behind = TIME.match(text, match.end())
    if behind:
        return behind, match.start(), behind.end()
    before = TIME_BEFORE.search(text[: match.start()][-40:])
    start = match.start() - len(before.group().lstrip()) if before else match.start()
    return before, start, match.end()


def _role(text: str, start: int, end: int) -> tuple[Role, int]:
    """Return what the word before the moment (or the last word of the line behind it) says, and where that begins."""
    label = _BEFORE.search(text[:start])
    if label:
        return ("published" if label["published"] else "updated"), label.start()
    label = _BEHIND.search(text[end:])
    if label:
        return ("published" if label["published"] else "updated"), start
    return "", start


def role_of(label: str) -> Role:
    """Return what a line says of the moment below it: ``입력 :`` or ``Last updated``."""
    found = _BEFORE.fullmatch(label.strip())
    return ("published" if found["published"] else "updated") if found else ""


def _year_confidence(written: WrittenDay, day: date, reference: date) -> float:
    years = (reference - day).days / 365.25
    if written.weekday is None:
        return 0.6 if years < 0.5 else 0.5
    return 0.95 if years < 1 else 0.8 if years < 3 else 0.6


def _moment(day: date, clock: re.Match[str] | None, zone: ZoneInfo) -> Moment:
    if clock is None:
        return Moment(value=datetime.combine(day, time(), zone), day_only=True)
    at, named = time_of_day(clock)
    place: tzinfo = named or zone
    return Moment(value=datetime.combine(day, at, place), day_only=False)
