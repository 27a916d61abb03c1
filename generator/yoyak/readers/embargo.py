"""What a press release says about when it may be published and whose it is, as fields of its article."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from datetime import date

from yoyak.messages.catalogue import speak
from yoyak.model.message import Message, Problem, problem_of, say, warning
from yoyak.model.sources import Evidence, Field
from yoyak.model.types import Kind
from yoyak.readers.around import Release, Surroundings
from yoyak.text.calendar import Moment
from yoyak.text.embargo import EmbargoLine, embargo_lines
from yoyak.text.html_lines import lines_of_html
from yoyak.text.press_release import press_release

_CALLED = re.compile(r"보\s?도\s?(?:참\s?고|설\s?명|해\s?명)?\s?자\s?료|release", re.IGNORECASE)
SURE = 0.75
"""So that an import asks to look at it."""
_SHOWN = 120


def release_of(
    text: str, kind: Kind, around: Surroundings, fields: Mapping[str, Field], written: Container[str]
) -> Release:
    """Return what a body that may be held back says of its release; `written` are front matter's keys, which win."""
    lines = tuple(_lines(text, kind, around.first_line))
    found: dict[str, Field] = {}
    if kind != "markdown" and _CALLED.search(text) and (release := press_release(lines)):
        evidence = (Evidence(rule="press release", line=release.n),)
        found["press_release"] = Field(value=True, confidence=0.9, evidence=evidence)
        if release.sender and "source" not in fields:
            found["source"] = Field(value=release.sender, confidence=0.8, evidence=evidence)
    if "embargo_until" in written:
        return Release(fields=found, problems=(), lines=frozenset())
    named = embargo_lines(lines, around.zone, _reference(fields, around))
    unknown = next((line for line in named if line.moment is None), None)
    problems: tuple[Problem, ...] = ()
    if unknown:
        found |= _held(unknown, written)
        problems = (_problem(unknown, around.path, fields, written),)
    elif named:
        last = max(named, key=lambda line: line.moment.timestamp() if line.moment else 0)
        found["embargo_until"] = _until(last)
    return Release(fields=found, problems=problems, lines=frozenset(line.n for line in named))


def _lines(text: str, kind: Kind, first: int) -> Iterator[tuple[int, str]]:
    if kind == "saved_page":
        yield from ((first + n - 1, line) for n, line in lines_of_html(text))
        return
    fence = ""
    for n, line in enumerate(text.split("\n"), first):
        mark = line.strip()[:3] if kind == "markdown" else ""
        if mark in ("```", "~~~") and mark == (fence or mark):
            fence = "" if fence else mark
        elif not fence:
            yield n, line


def _reference(fields: Mapping[str, Field], around: Surroundings) -> date | None:
    """Return the day near which a day without a year is: the article's own, when it names its year."""
    known = fields.get("date")
    guessed = known is not None and any(evidence.rule.startswith("year-from-") for evidence in known.evidence)
    if known is not None and isinstance(known.value, Moment) and not guessed:
        return known.value.value.date()
    return None if around.reference_from == "today" else around.reference


def _rule(line: EmbargoLine) -> str:
    return f"embargo line ({line.label}{f'; {speak(line.how)}' if line.how and line.moment else ''})"


def _until(line: EmbargoLine) -> Field:
    assert line.moment is not None
    evidence = (Evidence(rule=_rule(line), line=line.n or None),)
    return Field(value=Moment(value=line.moment, day_only=False), confidence=SURE, evidence=evidence)


def _held(line: EmbargoLine, written: Container[str]) -> dict[str, Field]:
    """Return the status that keeps an article back whose embargo is not understood."""
    if "status" in written:
        return {}
    evidence = (Evidence(rule=f"{_rule(line)}, not understood: {speak(line.how)}", line=line.n or None),)
    return {"status": Field(value="draft", confidence=0.5, evidence=evidence)}


def _problem(line: EmbargoLine, path: str, fields: Mapping[str, Field], written: Container[str]) -> Problem:
    """Return the question what an embargo line means; an error where front matter would publish the article."""
    published = "status" in written and fields["status"].value in ("approved", "unlisted")
    inside = isinstance(line.how, Message) and line.how.key.startswith("embargo.")
    why = line.how if inside else speak(line.how).rstrip(".")  # it stands inside a sentence
    place, hint = (path, line.n, 1 if line.n else 0), say("embargo-not-understood.hint")
    if published:
        return problem_of("embargo-not-understood", *place, hint=hint, line=line.text[:_SHOWN], why=why)
    return warning("embargo-not-understood.draft", *place, hint=hint, line=line.text[:_SHOWN], why=why)
