"""The fields of a capture besides its title: each with its evidence, and with the lines that it was taken from."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import structs

from yoyak.model import Person, Record
from yoyak.readers.around import Surroundings
from yoyak.readers.capture_lines import CaptureLine, signed_by
from yoyak.readers.capture_span import Span
from yoyak.readers.people import merged, split_names
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


# --- authors --------------------------------------------------------------------------------------


_BARE_NAME = re.compile(r"[A-ZÀ-Þ][\w'’.-]+(?:\s[A-ZÀ-Þ][\w'’.-]*){1,2}")
_HANGUL_NAME = re.compile("[가-힣]{3}")
_HAN_NAME = re.compile("[一-鿿々]{2,5}")
_CHINESE_OPENING = re.compile(r"[（(](?:本报)?记者\s?(?P<names>[^）)]{2,40})[）)]")
_NO_PERSON = re.compile(
    r"\b(?:News|Live|Video|Photos?|World|Story|Read|More|View|Breaking|Home|Staff|Subscribe|Guest|Sign|Log|Most|Top|Latest"
    r"|Get|Follow|Share|Our|Your|The|City|Blog|Report|Reuters|Press|Times|Post|Daily|Media|Opinion|Politics|Business)\b",
    re.IGNORECASE,
)


_AND = r"(?:,\s|\s/\s|\s[yeu&]\s|\sund\s|\set\s|\sand\s|,\sand\s)"
_BARE_NAMES = re.compile(
    rf"(?P<names>{_BARE_NAME.pattern}(?:{_AND}{_BARE_NAME.pattern}){{0,3}})(?:\sin\s[A-Z][\w .]+)?"
)
_CELL = re.compile(r"\s*[\t|·•]\s*|\s{2,}")
_BYLINE_GAP = 2
"""Lines between a day and the name that stands alone beside it."""


def _unlabelled(lines: Sequence[CaptureLine], span: Span, title: int | None) -> Finding | None:
    """Return who signs without a word before it: a name beside the day, in its line, or a nickname that comes again."""
    if title is None:
        return None
    dated = [index for index in range(title + 1, span.start) if lines[index].look == "date"]
    for index in range(title + 1, span.start):
        line = lines[index]
        if line.look == "date" and (people := _in_dated_line(line, lines)):
            return _signed_by(people, "name-in-the-line-of-the-date", 0.75, index, lines)
        near = any(0 < abs(index - other) <= _BYLINE_GAP for other in dated)
        found = _BARE_NAMES.fullmatch(line.text) if near and line.look in ("short", "name", "long") else None
        if found and not _NO_PERSON.search(found["names"]):
            return _signed_by(split_names(found["names"]), "name-beside-date", 0.7, index, lines)
        if near and line.look in ("short", "name") and _is_eastern_name(line.text, lines):
            return _signed_by((line.text,), "name-beside-date", 0.7, index, lines)
    return None


def _is_eastern_name(text: str, lines: Sequence[CaptureLine]) -> bool:
    """Tell whether a line is a Korean name, or a Japanese or Chinese one that the page has once more."""
    if _HANGUL_NAME.fullmatch(text):
        return True
    return len(text) > 2 and _HAN_NAME.fullmatch(text) is not None and sum(text in line.text for line in lines) > 1


def _in_the_opening(lines: Sequence[CaptureLine], span: Span) -> Finding | None:
    """Return the reporters whom the first paragraph of a Chinese text names: ``本报讯（记者 陆晚晴 通讯员 邱礼）``."""
    for index in range(span.start, min(span.end, span.start + _BEHIND)):
        if found := _CHINESE_OPENING.search(lines[index].text[:80]):
            words = (word for word in re.split(r"[\s、，,]+|通讯员|实习生|摄影", found["names"]) if word)
            names = tuple(word for word in words if _HAN_NAME.fullmatch(word))
            return _signed_by(names, "reporter-in-the-opening", 0.9, index, lines)
    return None


def _in_dated_line(line: CaptureLine, lines: Sequence[CaptureLine]) -> tuple[str, ...]:
    """Return the name in a line of which the rest is a day; a nickname counts when it stands alone elsewhere, too."""
    for cell in _CELL.split(line.text):
        if _BARE_NAME.fullmatch(cell) and not _NO_PERSON.search(cell):
            return (cell,)
    before = line.text[: line.moments[0].start].strip(" |·,-") if line.moments else ""
    if _BARE_NAME.fullmatch(before) and not _NO_PERSON.search(before):
        return (before,)
    if 2 <= len(before) <= _NICKNAME and sum(other.text == before for other in lines) > 1:
        return (before,)
    return ()


_NICKNAME = 12


def _signed_by(
    names: Sequence[str], rule: str, confidence: float, index: int, lines: Sequence[CaptureLine]
) -> Finding | None:
    if not names:
        return None
    people = tuple(Person(name=name) for name in names)
    field = Field(value=people, confidence=confidence, evidence=(Evidence(rule=rule, line=lines[index].n),))
    return Finding(field=field, taken=(index,))


def find_authors(lines: Sequence[CaptureLine], span: Span, title: int | None) -> Finding | None:
    """Return the people of the bylines around and in the body, an address from wherever the page gives it."""
    end = wall_after(lines, span)
    signed = [index for index in range(end) if _signs(lines[index])]
    # Reporting credits name those who helped; they count when nobody signs.
    bylines = [index for index in signed if lines[index].rule != "reporting"] or signed
    bylines = _of_this_article(bylines, lines, span, title)
    people = _without_outlets(merged(person for index in bylines for person in signed_by(lines[index])))
    if not people:
        return _unlabelled(lines, span, title) or _in_the_opening(lines, span)
    evidence = tuple(Evidence(rule=lines[index].rule, line=lines[index].n) for index in bylines)
    people = _with_lone_address(people, lines, bylines)
    return Finding(
        field=Field(value=people, confidence=0.95 if len(people) <= 4 else 0.7, evidence=evidence), taken=tuple(bylines)
    )


_ABOVE, _BELOW, _BEHIND = 4, 8, 3
"""Lines above and below the headline, and behind the text, in which those sign who wrote it."""
_OUTLET = re.compile(
    r"\b(?:Press|News|Reuters|AFP|AP|Bloomberg|CNN|BBC|Agencies|Times|Post|Staff|Wire)$", re.IGNORECASE
)
_OUTLET_BEHIND = re.compile(
    r"\s+The\s[A-Z]\w+$|(?<=\w)\s+(?:BBC|NBC|ABC|CBS|Fox|Sky|ITV|AP|USA)\s(?:News|Sport|Today)$", re.IGNORECASE
)


def _of_this_article(bylines: list[int], lines: Sequence[CaptureLine], span: Span, title: int | None) -> list[int]:
    """Return the bylines that stand where an article is signed; when there is none, those that are not far above.

    ``By Ada Brook`` below the text of an article that is signed above it belongs to the next story.
    """
    top = title if title is not None else span.start
    above = [i for i in bylines if top - _ABOVE <= i <= max(top + _BELOW, span.start) and i < span.end]
    below = [i for i in bylines if span.start <= i < span.end + _BEHIND and i not in above]
    near = above + [i for i in below if not (above and lines[i].rule == "by")]
    return near or [i for i in bylines if i >= top - _ABOVE]


def _without_outlets(people: tuple[Person, ...]) -> tuple[Person, ...]:
    """Return the people without the outlet behind a name, and without agencies when somebody signs by name."""
    named = tuple(Person(name=_OUTLET_BEHIND.sub("", person.name), email=person.email) for person in people)
    return tuple(person for person in named if not _OUTLET.search(person.name)) or named


def _signs(line: CaptureLine) -> bool:
    return line.look in ("byline", "date", "body", "short", "long") and bool(
        line.parts.get("names") or line.parts.get("mail")
    )


def _with_lone_address(
    people: tuple[Person, ...], lines: Sequence[CaptureLine], bylines: Sequence[int]
) -> tuple[Person, ...]:
    """Give the only author the address of a line that has nothing but an address."""
    alone = [lines[i].parts["mail"] for i in bylines if "mail" in lines[i].parts and not lines[i].parts.get("names")]
    if len(people) == 1 and people[0].email is None and alone:
        return (Person(name=people[0].name, email=alone[0]),)
    return people


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
