"""Who signs the article of a capture: the bylines that stand where an article is signed, and names beside its day."""

from __future__ import annotations

import re
from collections.abc import Sequence

from yoyak.model import Person
from yoyak.readers.capture_fields import Finding, wall_after
from yoyak.readers.capture_lines import CaptureLine, signed_by
from yoyak.readers.capture_span import Span
from yoyak.readers.people import merged, split_names
from yoyak.reading import Evidence, Field

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
