"""Days that a page writes on several lines: a label above its moment, and a year apart from its day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from msgspec import structs

from yoyak.readers.around import Surroundings
from yoyak.readers.capture.lines import CaptureLine
from yoyak.readers.word_lists import by_group
from yoyak.text.date_forms import WEEKDAY_NAMES, WEEKDAYS_KO, weekday_of
from yoyak.text.dates import FoundMoment, find_moments, role_of

_YEAR = re.compile(r"(?:(?P<clock>\d{1,2}:\d\d(?:\s?[AaPp]\.?[Mm]\.?)?),?\s)?(?P<year>(?:19|20)\d\d)")
_KNOWN, _LONGEST, _COUNTED = ("captured", "file-name", "page"), 40, 0.7
_LABEL = 14
"""Characters of a label that stands alone: ``최초 입력 일시 :``."""
_PIECE = 12
"""Characters of a piece of a day, as ``September``."""


def stamped(lines: Sequence[CaptureLine], around: Surroundings) -> tuple[CaptureLine, ...]:
    """Return the lines, a moment with the role that the line above gives it, a day in pieces with its moment.

    ``입력 :`` stands above ``2024.07.03 15:05``; ``15``, ``May`` and ``2013`` stand on three lines.
    """
    found = list(lines)
    for index, line in enumerate(lines):
        if line.look == "body":
            around = structs.replace(around, reference_from="today")  # below it others say when they wrote
        if line.look == "date" and index and len(lines[index - 1].text) <= _LABEL:
            found[index] = _labelled(line, lines[index - 1])
            if found[index] is not line:
                found[index - 1] = structs.replace(lines[index - 1], look="ui", rule="label-of-a-date", confidence=0.9)
        elif line.look in ("ui", "short", "date") and not line.moments and (moment := _days_ago(line, around)):
            found[index] = structs.replace(line, look="date", rule="days-ago", moments=(moment,))
        elif _YEAR.fullmatch(line.text) and not line.moments:
            found[index] = _in_pieces(lines, index, around)
    return tuple(found)


def _days_ago(line: CaptureLine, around: Surroundings) -> FoundMoment | None:
    """Return the day that a line counts from the day on which the page was looked at: ``2일 전``, ``3일 오전 9시``."""
    known = around.reference_from in _KNOWN and f"{around.reference_from} {around.reference:%m%d}" != "page 1231"
    said = _AGO.fullmatch(line.text) if known and len(line.text) <= _LONGEST else None
    if said is None:
        return None
    back = int(said["days"] or said["before"] or (1 if said["one"] else 2 if said["two"] else 0))
    days = (around.reference - timedelta(days=gone) for gone in range(100))
    fits = (weekday_of(said["week"]) == day.weekday() if said["week"] else day.day == int(said["day"]) for day in days)
    back = next((gone for gone, fit in enumerate(fits) if fit), 0) if said["week"] or said["day"] else back
    label, clock = (said["clock"], "") if role_of(said["clock"]) else said.group("label", "clock")
    written = f"{label.strip()} {around.reference - timedelta(days=back)} {clock}".strip(" ,.")
    for moment in find_moments(written, around.zone, around.reference)[:1]:
        if moment.start == 0 and moment.end == len(written):
            return structs.replace(moment, confidence=_COUNTED, year_inferred=True)
    return None


_AGO_WORDS = by_group("days-ago")
_AGO = re.compile(
    rf"(?P<label>.{{0,16}}?)\s?(?:{_AGO_WORDS['0']}|(?P<one>{_AGO_WORDS['1']})|(?P<two>{_AGO_WORDS['2']})"
    rf"|(?:vor|hace|il y a|há)\s(?P<days>\d{{1,2}})\s(?:{_AGO_WORDS['days']})"
    rf"|(?P<before>\d{{1,2}})\s?(?:{_AGO_WORDS['days']})\s?(?:전|ago|前|fa)"
    rf"|(?P<day>\d{{1,2}})일(?=\s(?:오전|오후|\d))|(?P<week>{'|'.join(WEEKDAY_NAMES)}|[{WEEKDAYS_KO}]요일))(?P<clock>.{{0,20}})",
    re.IGNORECASE,
)


def _labelled(line: CaptureLine, above: CaptureLine) -> CaptureLine:
    role = role_of(above.text)
    if not role or not line.moments or line.moments[0].role:
        return line
    first = structs.replace(line.moments[0], role=role)
    return structs.replace(line, rule="date-with-label", moments=(first, *line.moments[1:]))


def _in_pieces(lines: Sequence[CaptureLine], index: int, around: Surroundings) -> CaptureLine:
    """Return a line of a year with the moment that it is together with the lines around it."""
    if (said := _YEAR.fullmatch(lines[index].text)) and said["clock"] and index:
        written = f"{lines[index - 1].text} {said['year']} {said['clock']}"
        moments = find_moments(written[: 4 * _PIECE], around.zone, around.reference)
        whole = moments and not (moments[0].year_inferred or moments[0].moment.day_only)
        return (
            structs.replace(lines[index], look="date", rule="date-in-pieces", moments=moments[:1])
            if whole
            else lines[index]
        )
    line, texts = lines[index], [other.text for other in lines[max(0, index - 2) : index + 4]]
    at = min(index, 2)
    before, behind = " ".join(texts[:at]), texts[at + 1 : at + 3]
    day = behind[0] if behind else ""
    clock = behind[1] if len(behind) > 1 and len(behind[1]) <= _PIECE else ""
    for written in (f"{line.text}/{day} {clock}", f"{before} {line.text} {day[:_PIECE]}", f"{before} {line.text}"):
        if len(written) > 4 * _PIECE:
            continue
        moments = find_moments(written, around.zone, around.reference)
        if moments and moments[0].end - moments[0].start >= len(written.strip()) - 1:
            return structs.replace(line, look="date", rule="date-in-pieces", moments=moments[:1])
    return line


def day_in_address(address: str) -> date | None:
    """Return the day that stands in an address: ``/2024/07/03/``, and ``/2024/07/240703-port``."""
    found = _IN_ADDRESS.search(address.rpartition("/http")[2])  # an archive's has the day on which it kept the page
    try:
        return date(*map(int, found.group("year", "month", "day"))) if found else None
    except ValueError:
        return None


_IN_ADDRESS = re.compile(
    r"/(?P<year>20(?P<short>\d\d))[/-]?(?P<month>[01]\d)[/-]?(?:(?P=short)(?P=month))?(?P<day>[0-3]\d)(?=\D|\d{2,8}\b|$)"
)
