"""Captures: text that an editor selected on a web page and pasted into a file, menus, bylines, promotions and all.

Every line gets a look by itself (`capture_lines`), the body is the run of lines with the greatest weight
(`capture_span`), and what stands around it is then judged by its place. No line is lost: each has one label, a rule
and a confidence, and the kept and the left-out ones together are the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from yoyak.problems import Problem
from yoyak.readers.around import Surroundings
from yoyak.readers.capture_body import blocks_html, body_blocks
from yoyak.readers.capture_fields import (
    Finding,
    dated_lines,
    find_authors,
    find_date,
    find_label,
    find_publisher,
    find_rights,
    find_tags,
    find_updated,
)
from yoyak.readers.capture_lines import CaptureLine, capture_lines
from yoyak.readers.capture_span import Span, body_span
from yoyak.readers.capture_title import title_candidates, title_field
from yoyak.reading import Block, Evidence, Field, LineLabel, Reading

_UNSURE_TITLE = 0.6
_LABELS = {
    "date": "date", "updated": "date", "authors": "byline", "source": "publisher", "rights_notice": "rights",
    "label": "theme", "tags": "tags", "title": "title", "subtitle": "subtitle",
}  # fmt: skip


def read_capture(text: str, around: Surroundings) -> Reading:
    """Return what a pasted page says: fields with evidence, the body, and a label for every line that is not blank."""
    lines = capture_lines(text, around)
    span = body_span(lines)
    findings, title = _findings(lines, span)
    blocks = body_blocks(lines, span, title)
    if language := _language(blocks.values()):
        findings["lang"] = language
    return Reading(
        kind="capture",
        fields={name: finding.field for name, finding in findings.items()},
        html=blocks_html(tuple(blocks.values())),
        blocks=tuple(blocks.values()),
        lines=_labels(lines, span, findings, blocks),
        problems=_problems(lines, span, findings, around),
    )


def _findings(lines: Sequence[CaptureLine], span: Span) -> tuple[dict[str, Finding], int | None]:
    """Return the fields by name, and the index of the title's line."""
    candidates = title_candidates(lines, span)
    title = candidates[0].index if candidates else None
    dated = dated_lines(lines, span)
    date = find_date(dated, title, lines)
    headline = title_field(candidates, lines)
    found = {
        "title": Finding(field=headline, taken=(title,)) if headline and title is not None else None,
        "subtitle": _subtitle(lines, span, title),
        "date": date,
        "updated": find_updated(dated, date, lines),
        "authors": find_authors(lines, span),
        "source": find_publisher(lines),
        "label": find_label(lines, span),
        "tags": find_tags(lines, span),
        "rights_notice": find_rights(lines),
        "dateline": _dateline(lines, span),
    }
    return {name: finding for name, finding in found.items() if finding}, title


def _subtitle(lines: Sequence[CaptureLine], span: Span, title: int | None) -> Finding | None:
    """Return a deck: the line under the title that no rule knows and that is no name."""
    if title is None or title + 1 >= span.start:
        return None
    line = lines[title + 1]
    if line.look not in ("short", "long") or len(line.text) < 12 or line.text == lines[title].text:
        return None
    field = Field(value=line.text, confidence=0.5, evidence=(Evidence(rule="under-the-title", line=line.n),))
    return Finding(field=field, taken=(title + 1,))


def _dateline(lines: Sequence[CaptureLine], span: Span) -> Finding | None:
    """Return the place that the first paragraph opens with."""
    for index in range(span.start, span.end):
        if place := lines[index].parts.get("place"):
            evidence = (Evidence(rule="dateline", line=lines[index].n),)
            return Finding(field=Field(value=place, confidence=0.9, evidence=evidence), taken=())
    return None


def _language(blocks: Iterable[Block]) -> Finding | None:
    """Return ``ko`` or ``en`` when the letters of the body leave no doubt."""
    text = "".join(block.text for block in blocks)
    hangul, latin = len(re.findall("[가-힣]", text)), len(re.findall("[A-Za-z]", text))
    english = len(re.findall(r"\b(?:the|and|of|to|in)\b", text, re.IGNORECASE))
    language = "ko" if hangul > latin / 2 and hangul >= 20 else "en" if not hangul and english >= 3 else ""
    if not language:
        return None
    return Finding(field=Field(value=language, confidence=0.9, evidence=(Evidence(rule="letters"),)), taken=())


# --- every line has a label -----------------------------------------------------------------------


def _labels(
    lines: Sequence[CaptureLine], span: Span, findings: Mapping[str, Finding], blocks: Mapping[int, Block]
) -> tuple[LineLabel, ...]:
    taken = {i: (name, finding.field) for name, finding in reversed(list(findings.items())) for i in finding.taken}
    return tuple(_label(line, index, span, taken.get(index), blocks.get(index)) for index, line in enumerate(lines))


def _label(
    line: CaptureLine, index: int, span: Span, taken: tuple[str, Field] | None, block: Block | None
) -> LineLabel:
    if block:
        sure = 0.95 if line.look in ("body", "caption") and span.sure else 0.6
        return LineLabel(n=line.n, label=block.kind, rule=line.rule, confidence=sure, kept=True)
    if taken:
        name, field = taken
        rule = field.evidence[0].rule if name in ("title", "subtitle") else line.rule
        return LineLabel(n=line.n, label=_LABELS[name], rule=rule, confidence=field.confidence, kept=True)
    return _left_out(line, index, span)


def _left_out(line: CaptureLine, index: int, span: Span) -> LineLabel:
    """Return the label of a line that gives nothing to the article: what it looks like, else where it stands."""
    if line.look in ("body", "long", "short"):
        place = "before-body" if index < span.start else "after-body" if index >= span.end else "in-body"
        return LineLabel(n=line.n, label="other", rule=place, confidence=0.6, kept=False)
    label = "publisher" if line.look == "name" else line.look
    return LineLabel(n=line.n, label=label, rule=line.rule, confidence=line.confidence, kept=False)


# --- what the editor should look at -----------------------------------------------------------------


def _problems(
    lines: Sequence[CaptureLine], span: Span, findings: Mapping[str, Finding], around: Surroundings
) -> tuple[Problem, ...]:
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
    if not moment.year_inferred:
        return None
    day = moment.moment.value.date().isoformat()
    return Problem(
        code="date-year-inferred",
        severity="warning",
        path=around.path,
        line=line.n,
        column=1,
        message=f'The date "{line.text[moment.start : moment.end]}" has no year; it was read as {day}, the last such'
        f" day up to {around.reference.isoformat()}.",
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
