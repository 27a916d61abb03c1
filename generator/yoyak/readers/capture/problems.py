"""What of a capture's reading an editor should look at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from yoyak.model.message import Problem, problem_of, say, warning
from yoyak.model.sources import Field
from yoyak.readers.around import Surroundings
from yoyak.readers.capture.fields import Finding
from yoyak.readers.capture.lines import CaptureLine
from yoyak.readers.capture.span import Span

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
    fields = {key: found.field for key, found in findings.items() if not (day and key == "date")}
    at = {key: lines[found.taken[0]].n if found.taken else 1 for key, found in findings.items()}
    found = [*([day] if day else ()), *doubtful(fields, around.path, at)]
    if not span.sure:
        found.append(_body_problem(span, around))
    return tuple(found)


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


def doubtful(fields: Mapping[str, Field], path: str, at: Mapping[str, int] | None = None) -> Iterator[Problem]:
    """Yield a warning for each of the day, the headline and the authors that is not sure; `at` are their lines."""
    for key in ("date", "title", "authors"):
        field = fields.get(key)
        if field is None or field.confidence >= _SURE:
            continue
        place, value = (path, at[key] if at else 0, int(bool(at))), field.value
        if key == "authors":
            taken = ", ".join(one.name for one in value)
            hint = say("title-unsure.hint", line=f"authors: [{taken}]")
            yield warning("authors-unsure", *place, hint=hint, taken=taken)
        elif key == "date":
            taken = value.value.date().isoformat()
            yield warning("date-unsure", *place, hint=say("title-unsure.hint", line=f"date: {taken}"), taken=taken)
        else:
            hint, others = say("title-unsure.hint", line="title: ..."), field.alternatives
            if others:
                yield warning("title-unsure.other", *place, hint=hint, title=str(value), other=str(others[0]))
            else:
                yield warning("title-unsure", *place, hint=hint, title=str(value))


def _body_problem(span: Span, around: Surroundings) -> Problem:
    if span.start == span.end:
        return problem_of("capture-without-text", around.path)
    return warning("body-unsure", around.path)
