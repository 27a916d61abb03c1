"""The fields of a capture besides its title: each with its evidence, and with the lines that it was taken from."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from yoyak.model import Person, Record
from yoyak.readers.capture_lines import CaptureLine, signed_by
from yoyak.readers.capture_span import Span
from yoyak.readers.people import merged
from yoyak.reading import Evidence, Field
from yoyak.text.dates import FoundMoment, Moment


class Finding(Record, kw_only=True):
    """A field, and the indices of the lines that it was taken from."""

    field: Field
    taken: tuple[int, ...]


class DatedLine(Record, kw_only=True):
    index: int
    found: FoundMoment


def wall_after(lines: Sequence[CaptureLine], span: Span) -> int:
    """Return the index of the first rights line behind the body: what stands behind it is not this article's."""
    behind = (index for index in range(span.end, len(lines)) if lines[index].look == "rights")
    return next(behind, len(lines))


# --- date ---------------------------------------------------------------------------------------

_BEFORE_TITLE = 0.75
"""A date above the headline without a year may be the day on which the page was looked at."""


def dated_lines(lines: Sequence[CaptureLine], span: Span) -> tuple[DatedLine, ...]:
    """Return the moments that can be the article's, in order."""
    end = wall_after(lines, span)
    return tuple(DatedLine(index=i, found=found) for i, line in enumerate(lines[:end]) for found in line.moments)


def find_date(dated: Sequence[DatedLine], title: int | None, lines: Sequence[CaptureLine]) -> Finding | None:
    """Return when the article was published: a labelled moment first, an update last."""
    ranked = sorted(dated, key=lambda item: (-_rank(item), item.index))
    return _moment_finding(ranked, title, lines)


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


def _rank(item: DatedLine) -> float:
    return {"published": 2.0, "": 1.0, "updated": 0.0}[item.found.role] + item.found.confidence / 2


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


# --- authors --------------------------------------------------------------------------------------


def find_authors(lines: Sequence[CaptureLine], span: Span) -> Finding | None:
    """Return the people of the bylines around and in the body, an address from wherever the page gives it."""
    end = wall_after(lines, span)
    signed = [index for index in range(end) if _signs(lines[index])]
    # Reporting credits name those who helped; they count when nobody signs.
    bylines = [index for index in signed if lines[index].rule != "reporting"] or signed
    people = merged(person for index in bylines for person in signed_by(lines[index]))
    if not people:
        return None
    evidence = tuple(Evidence(rule=lines[index].rule, line=lines[index].n) for index in bylines)
    people = _with_lone_address(people, lines, bylines)
    return Finding(
        field=Field(value=people, confidence=0.95 if len(people) <= 4 else 0.7, evidence=evidence), taken=tuple(bylines)
    )


def _signs(line: CaptureLine) -> bool:
    return line.look in ("byline", "body", "short", "long") and bool(line.parts.get("names") or line.parts.get("mail"))


def _with_lone_address(
    people: tuple[Person, ...], lines: Sequence[CaptureLine], bylines: Sequence[int]
) -> tuple[Person, ...]:
    """Give the only author the address of a line that has nothing but an address."""
    alone = [lines[i].parts["mail"] for i in bylines if "mail" in lines[i].parts and not lines[i].parts.get("names")]
    if len(people) == 1 and people[0].email is None and alone:
        return (Person(name=people[0].name, email=alone[0]),)
    return people


# --- publisher and rights -------------------------------------------------------------------------

_HOLDER = re.compile(
    r"(?:Copyright|저작권자|[©ⓒ]|\(c\)|^[<\[]?\?)(?:[\s:©ⓒ]|\(c\))*(?:\d{4}(?:\s?[-–~]\s?\d{4})?,?\s*(?:by\s)?)?"
    r"(?P<holder>[^\s,.(<>|\[&][^,.(<>|\]&]{0,40}?)\s*(?=$|[,.(<>|\]&:]|\s(?:All\b|Inc|Ltd|무단|뉴스\s?무단)|무단)",
    re.IGNORECASE,
)


def find_publisher(lines: Sequence[CaptureLine]) -> Finding | None:
    """Return the outlet by vote: the holder of the rights (3), whom a dateline names (2), a name that recurs (1.5)."""
    votes: dict[str, list[tuple[float, int, str]]] = defaultdict(list)
    for index, line in enumerate(lines):
        for name, points, rule in _votes(line):
            votes[name].append((points, index, rule))
    if not votes:
        return None
    ranked = sorted(votes, key=lambda name: (-_points(votes[name]), votes[name][0][1], name))
    best = votes[ranked[0]]
    rules = {rule for _, _, rule in best}
    confidence = 0.6 if rules == {"repeated-line"} else 0.97 if len(rules) > 1 else 0.9
    evidence = tuple(Evidence(rule=rule, line=lines[index].n) for _, index, rule in best)
    names = tuple(index for _, index, rule in best if rule == "repeated-line")
    return Finding(
        field=Field(value=ranked[0], confidence=confidence, evidence=evidence, alternatives=tuple(ranked[1:4])),
        taken=names,
    )


def _points(votes: Sequence[tuple[float, int, str]]) -> float:
    """Return the sum of a name's best vote by each rule, so that no rule wins by repeating itself."""
    best: dict[str, float] = {}
    for points, _, rule in votes:
        best[rule] = max(points, best.get(rule, 0))
    return sum(best.values())


def _votes(line: CaptureLine) -> Iterator[tuple[str, float, str]]:
    if line.look == "rights" and (holder := _HOLDER.search(line.text)):
        yield holder["holder"].strip(), 3, "rights-holder"
    if agency := line.parts.get("agency"):
        yield agency, 2, "dateline"
    if line.look == "name":
        yield line.text, 1.5, "repeated-line"


def find_rights(lines: Sequence[CaptureLine]) -> Finding | None:
    """Return the notice of who holds the rights and what is forbidden."""
    notices = [index for index, line in enumerate(lines) if line.look == "rights"]
    if not notices:
        return None
    best = next((index for index in notices if lines[index].rule == "copying-forbidden"), notices[0])
    evidence = (Evidence(rule=lines[best].rule, line=lines[best].n),)
    return Finding(field=Field(value=lines[best].text, confidence=0.95, evidence=evidence), taken=tuple(notices))


# --- label and tags -------------------------------------------------------------------------------


def find_label(lines: Sequence[CaptureLine], span: Span) -> Finding | None:
    """Return the page's own theme: an issue line above the body, else the outlet's section.

    Behind the body the word 이슈 heads a list of other stories.
    """
    found = [
        i for i, line in enumerate(lines) if line.look == "theme" and (line.rule == "section-notice" or i < span.start)
    ]
    if not found:
        return None
    found.sort(key=lambda index: (lines[index].rule == "section-notice", index))
    labels = list(dict.fromkeys(lines[index].parts["label"] for index in found))
    evidence = (Evidence(rule=lines[found[0]].rule, line=lines[found[0]].n),)
    field = Field(value=labels[0], confidence=0.9, evidence=evidence, alternatives=tuple(labels[1:4]))
    return Finding(field=field, taken=(found[0],))


def find_tags(lines: Sequence[CaptureLine], span: Span) -> Finding | None:
    """Return the words of lines that have nothing but ``#words``."""
    found = [index for index in range(wall_after(lines, span)) if lines[index].look == "tags"]
    tags = tuple(dict.fromkeys(tag for index in found for tag in re.findall(r"#([^\s#,]+)", lines[index].text)))
    if not tags:
        return None
    evidence = tuple(Evidence(rule="tags", line=lines[index].n) for index in found)
    return Finding(field=Field(value=tags, confidence=0.85, evidence=evidence), taken=tuple(found))
