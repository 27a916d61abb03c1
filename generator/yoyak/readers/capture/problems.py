"""What of a capture's reading an editor should look at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from yoyak.model.message import Problem, problem_of, say, warning
from yoyak.readers.around import Surroundings
from yoyak.readers.capture.fields import Finding
from yoyak.readers.capture.lines import CaptureLine
from yoyak.readers.capture.span import Span
from yoyak.text.calendar import Moment

_SURE = 0.7
"""What is less sure than this is named, for a person to look at."""
_EXPLAINED = ("page", "git", "file-time")
"""How the day was found from which a year is understood, where a person has not written it down."""


def capture_problems(
    lines: Sequence[CaptureLine], span: Span, findings: Mapping[str, Finding], around: Surroundings
) -> tuple[Problem, ...]:
    """Return the problems of a capture: what is not sure in it, a body that is no prose."""
    by_index = dict(enumerate(lines))
    day = _date_problem(findings.get("date"), by_index, around)
    found = [
        day or _unsure(findings.get("date"), by_index, around, code="date-unsure", key="date"),
        _title_problem(findings.get("title"), by_index, around),
        _unsure(findings.get("authors"), by_index, around, code="authors-unsure", key="authors"),
    ]
    if not span.sure:
        found.append(_body_problem(span, around))
    return tuple(problem for problem in found if problem)


def _date_problem(date: Finding | None, lines: Mapping[int, CaptureLine], around: Surroundings) -> Problem | None:
    if date is None or not date.taken:
        return None
    line = lines[date.taken[0]]
    moment = next(found for found in line.moments if found.moment == date.field.value)
    if not moment.year_inferred or around.reference_from in ("captured", "file-name"):
        return None
    day = moment.moment.value.date().isoformat()
    place, hint = (around.path, line.n, 1), say("date-year-inferred.hint", line=f"date: {day}")
    said = {"written": line.text[moment.start : moment.end], "day": day, "reference": around.reference.isoformat()}
    if around.reference_from in _EXPLAINED:
        return warning(f"date-year-inferred.{around.reference_from}", *place, hint=hint, **said)
    return warning("date-year-inferred", *place, hint=hint, **said)


def _title_problem(title: Finding | None, lines: Mapping[int, CaptureLine], around: Surroundings) -> Problem | None:
    if title is None or title.field.confidence >= _SURE:
        return None
    others = title.field.alternatives
    taken = str(title.field.value)
    place, hint = (around.path, lines[title.taken[0]].n, 1), say("title-unsure.hint", line="title: ...")
    if others:
        return warning("title-unsure.other", *place, hint=hint, title=taken, other=str(others[0]))
    return warning("title-unsure", *place, hint=hint, title=taken)


def _unsure(
    found: Finding | None, lines: Mapping[int, CaptureLine], around: Surroundings, *, code: str, key: str
) -> Problem | None:
    if found is None or found.field.confidence >= _SURE:
        return None
    value = found.field.value
    taken = value.value.date().isoformat() if isinstance(value, Moment) else ", ".join(one.name for one in value)
    hint = say("title-unsure.hint", line=f"{key}: [{taken}]" if key == "authors" else f"{key}: {taken}")
    at = lines[found.taken[0]].n if found.taken else 1
    return warning(code, around.path, at, 1, hint=hint, taken=taken)


def _body_problem(span: Span, around: Surroundings) -> Problem:
    if span.start == span.end:
        return problem_of("capture-without-text", around.path)
    return warning("body-unsure", around.path)
