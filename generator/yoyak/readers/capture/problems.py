"""What of a capture's reading an editor should look at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from yoyak.model.problems import Problem
from yoyak.readers.around import Surroundings
from yoyak.readers.capture.fields import Finding
from yoyak.readers.capture.lines import CaptureLine
from yoyak.readers.capture.span import Span

_UNSURE_TITLE = 0.6
_FOUND = {
    "captured": "",
    "file-name": "",
    "page": ", the last of the newest year that the page names",
    "git": ", when git first had this file",
    "file-time": ", when this file was last changed",
    "today": "",
}
"""How the day was found from which a year is understood; nobody has to be told what he wrote down himself."""


def capture_problems(
    lines: Sequence[CaptureLine], span: Span, findings: Mapping[str, Finding], around: Surroundings
) -> tuple[Problem, ...]:
    """Return the problems of a capture: a year that is not written down, an unsure title, a body that is no prose."""
    by_index = dict(enumerate(lines))
    found = [
        _date_problem(findings.get("date"), by_index, around),
        _title_problem(findings.get("title"), by_index, around),
    ]
    if not span.sure:
        found.append(_body_problem(span, around))
    return tuple(problem for problem in found if problem)


def _date_problem(date: Finding | None, lines: Mapping[int, CaptureLine], around: Surroundings) -> Problem | None:
    if date is None:
        return None
    line = lines[date.taken[0]]
    moment = next(found for found in line.moments if found.moment == date.field.value)
    if not moment.year_inferred or around.reference_from in ("captured", "file-name"):
        return None
    day = moment.moment.value.date().isoformat()
    return Problem(
        code="date-year-inferred",
        severity="warning",
        path=around.path,
        line=line.n,
        column=1,
        message=f'The date "{line.text[moment.start : moment.end]}" has no year; it was read as {day}, the last such'
        f" day up to {around.reference.isoformat()}{_FOUND[around.reference_from]}.",
        hint=f'Write "date: {day}" in front matter, so that it stays.',
    )


def _title_problem(title: Finding | None, lines: Mapping[int, CaptureLine], around: Surroundings) -> Problem | None:
    if title is None or title.field.confidence >= _UNSURE_TITLE:
        return None
    others = title.field.alternatives
    message = f'"{title.field.value}" was taken for the title, without being sure'
    return Problem(
        code="title-unsure",
        severity="warning",
        path=around.path,
        line=lines[title.taken[0]].n,
        column=1,
        message=message + (f'; the next best was "{others[0]}".' if others else "."),
        hint='Write "title: ..." in front matter to settle it.',
    )


def _body_problem(span: Span, around: Surroundings) -> Problem:
    if span.start == span.end:
        return Problem(
            code="capture-without-text",
            path=around.path,
            message="No text of an article was found in this capture.",
            hint="Paste the paragraphs too; if this is Markdown, name the file .md.",
        )
    return Problem(
        code="body-unsure",
        severity="warning",
        path=around.path,
        message="No line looked like a paragraph, so that every line that is no known furniture was kept.",
        hint="Look at it with yoyak show.",
    )
