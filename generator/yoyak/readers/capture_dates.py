"""When the article of a capture was published: of all days of a page, the one that stands where an article is dated."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import structs

from yoyak.model import Record
from yoyak.readers.around import Surroundings
from yoyak.readers.capture_fields import Finding, wall_after
from yoyak.readers.capture_lines import CaptureLine
from yoyak.readers.capture_span import Span
from yoyak.reading import Evidence, Field
from yoyak.text.dates import FoundMoment, Moment


class DatedLine(Record, kw_only=True):
    index: int
    found: FoundMoment


_BEFORE_TITLE = 0.75
"""A date above the headline without a year may be the day on which the page was looked at."""


_OF_THE_PAPER = re.compile(r"등록\s?번호|등록\s?연월일|정기간행물|발행인|편집인|창간일?|제호")
"""Words beside which a day is that of the paper's registration."""


def dated_lines(lines: Sequence[CaptureLine], span: Span) -> tuple[DatedLine, ...]:
    """Return the moments that can be the article's, in order."""
    end = wall_after(lines, span)
    return tuple(
        DatedLine(index=i, found=found)
        for i, line in enumerate(lines[:end])
        if (line.look == "date" or i < span.start) and not _OF_THE_PAPER.search(line.text[:300])
        for found in line.moments
    )


def find_date(
    dated: Sequence[DatedLine], title: int | None, lines: Sequence[CaptureLine], span: Span, around: Surroundings
) -> Finding | None:
    """Return when the article was published: a labelled moment first, an update last.

    Between headline and body it counts for more than elsewhere: above the headline stands the day of the page.
    """
    ranked = sorted(dated, key=lambda item: (-_rank(item, title, lines, span), item.index))
    found = _moment_finding(ranked, title, lines)
    return _with_year(found, lines, around) if found and ranked[0].found.year_inferred else found


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


def find_updated(dated: Sequence[DatedLine], date: Finding | None, lines: Sequence[CaptureLine]) -> Finding | None:
    """Return the last moment whose label says that the article was changed."""
    updates = [item for item in dated if item.found.role == "updated"]
    updates.sort(key=lambda item: item.found.moment.value, reverse=True)
    found = _moment_finding(updates, None, lines)
    if found is None or date is None or not _is_later(found.field.value, date.field.value):
        return None
    return found


def _is_later(update: Moment, published: Moment) -> bool:
    """Tell whether an update says more than the date does: a bare day that is the same day does not."""
    return update.value > published.value and not (update.day_only and update.value.date() == published.value.date())


_MASTHEAD = 3
"""Lines above the headline beyond which a bare day is that of the page, and not of the article."""
_STAMP = 8
"""Lines below the headline within which a day belongs to it, although a standfirst stands between them."""


def _rank(item: DatedLine, title: int | None, lines: Sequence[CaptureLine], span: Span) -> float:
    rank = {"published": 2.0, "": 1.0, "updated": 0.0}[item.found.role] + item.found.confidence / 2
    rank -= 0.3 if lines[item.index].look != "date" else 0
    rank += 0 if item.found.moment.day_only else 0.2
    below = item.index - title if title is not None else 0
    if title is not None and title < item.index < span.start:
        return rank + 0.6
    if 0 < below <= _STAMP:
        return rank + 0.5
    if 0 < -below <= _MASTHEAD:
        return rank + 0.3
    if item.index >= span.end and not item.found.role:
        return rank - 0.5  # of another story, mostly
    if below < 0 and item.found.moment.day_only and not item.found.role:
        return rank - 0.3
    return rank


def _moment_finding(ranked: Sequence[DatedLine], title: int | None, lines: Sequence[CaptureLine]) -> Finding | None:
    if not ranked:
        return None
    best = ranked[0]
    confidence = best.found.confidence
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
