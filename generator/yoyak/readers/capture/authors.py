"""Who signs the article of a capture: the bylines that stand where an article is signed, and names beside its day."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import structs

from yoyak.model.sources import Evidence, Field
from yoyak.model.types import Person
from yoyak.readers.capture.fields import Finding, end_of_signing, wall_after
from yoyak.readers.capture.lines import CaptureLine, signed_by, without_moments
from yoyak.readers.capture.signatures import best_signature
from yoyak.readers.capture.span import Span, is_paragraph
from yoyak.readers.people import desks_in, is_no_person, merged
from yoyak.readers.signatures import signature_of
from yoyak.readers.word_lists import alternatives

_ABOVE, _BELOW = 4, 8
"""Lines above and below the headline in which those sign who wrote an article."""
_HELPERS = ("reporting", "columnist", "crew")
"""Rules of people who helped, or who are spoken of below a picture in the text; they count when nobody signs."""
_MOST = 4
"""Authors of one article; more are those of a list."""


def find_authors(lines: Sequence[CaptureLine], span: Span, title: int | None) -> Finding | None:
    """Return the people of the bylines around and in the body, an address from wherever the page gives it.

    Without a byline where articles are signed, a name counts that stands beside the day; then a byline farther away.
    """
    signed = [index for index in range(wall_after(lines, span)) if _signs(lines[index])]
    near = _of_this_article(signed, lines, span, title)
    first = [i for i in near if lines[i].rule not in _HELPERS or _heads(i, lines, span, title)]
    found = _people(first, lines, 0.95)
    if found:
        return found
    top = title if title is not None else span.start
    end = end_of_signing(lines, span)
    far = [index for index in signed if top - _ABOVE <= index < end and lines[index].rule not in _HELPERS]
    about = [i for i in range(span.start, min(end, len(lines))) if _ABOUT.match(lines[i].text)]
    return (
        best_signature(lines, span, title)
        or _people(near, lines, 0.75)
        or _about(about, lines)
        or _people(far[:1], lines, 0.5)
    )


def signing_desk(
    lines: Sequence[CaptureLine], span: Span, title: int | None, publisher: Finding | None
) -> Finding | None:
    """Return the desk or the agency that signs below the headline or behind the text, where no person does."""
    names = [str(name) for name in (publisher.field.value, *publisher.field.alternatives)] if publisher else []
    below = range(title + 1, span.start) if title is not None else ()
    for index in (*below, *range(span.end, min(end_of_signing(lines, span), len(lines)))):
        text = without_moments(lines[index].text, lines[index].moments)
        if lines[index].look != "rights" and (desks := desks_in(text, names)) and not set(desks) & set(names[:1]):
            people = tuple(Person(name=desk) for desk in desks)
            evidence = (Evidence(rule="desk", line=lines[index].n),)
            return Finding(field=Field(value=people, confidence=0.65, evidence=evidence), taken=(index,))
    return None


_ABOUT = re.compile(alternatives("introduced", "people"))


_BEFORE_NAME = 32
_BIOGRAPHY = re.compile(alternatives("introductions"))


def without_biographies(
    lines: Sequence[CaptureLine], span: Span, authors: Finding | None
) -> tuple[tuple[CaptureLine, ...], Span]:
    """Return the lines, what introduces an author as bylines, and a body that ends above such a paragraph at its end.

    No other paragraph of the text has the name, or it is among the last: ``Haru Lee covers ports``.
    """
    found, end = list(lines), span.end
    paragraphs = [at for at in range(span.start, span.end) if is_paragraph(lines[at])]
    last = paragraphs[_BELOW // 2 :][-_ABOVE:]
    for person in authors.field.value if authors else ():
        named = [i for i in range(span.start, span.end) if person.name.split()[-1] in lines[i].text]
        told = [i for i in named if i in paragraphs]
        about = [i for i in told if _introduces(lines[i].text, person)]
        if below := [i for i in last if lines[i - 1].text.casefold() == person.name.casefold()]:
            about, told = below[-1:], below[-1:]
        if not about or not (len(told) == 1 or about[-1] in last):
            continue
        first = min((i for i in named if about[-1] - _ABOVE <= i < about[-1] and i not in told), default=about[-1])
        for index in range(first, about[-1] + 1):
            found[index] = structs.replace(lines[index], look="byline", rule="about-author", confidence=0.7)
        end = min(end, first) if about[-1] in last else end
    return tuple(found), structs.replace(span, end=end)


def _introduces(text: str, person: Person) -> bool:
    """Tell whether a paragraph says what somebody does, or in a few words who asked: ``Interview by Haru Lee``."""
    if text.startswith(person.name):
        return _BIOGRAPHY.match(text, len(person.name)) is not None
    return len(text) <= len(person.name) + _BEFORE_NAME and text.rstrip(".").endswith(f" {person.name}")


def _about(found: Sequence[int], lines: Sequence[CaptureLine]) -> Finding | None:
    """Return who is introduced below the text: ``Haru Lee covers ports``."""
    if len(found) != 1:
        return None
    match = signature_of(lines[found[0]].text)
    if match is None:
        return None
    evidence = (Evidence(rule="about-author", line=lines[found[0]].n),)
    people = tuple(Person(name=name) for name in match.names)
    return Finding(field=Field(value=people, confidence=0.65, evidence=evidence), taken=())


def _heads(index: int, lines: Sequence[CaptureLine], span: Span, title: int | None) -> bool:
    """Tell whether a columnist signs between headline and text."""
    return lines[index].rule == "columnist" and title is not None and title < index < span.start


def _people(bylines: Sequence[int], lines: Sequence[CaptureLine], confidence: float) -> Finding | None:
    people = _without_outlets(merged(person for index in bylines for person in _named_by(lines[index])), lines)
    if not people:
        return None
    people = _with_lone_address(people, lines, bylines)
    evidence = tuple(Evidence(rule=lines[index].rule, line=lines[index].n) for index in bylines)
    sure = confidence if len(people) <= _MOST else min(confidence, 0.6)
    return Finding(field=Field(value=people, confidence=sure, evidence=evidence), taken=tuple(bylines))


def _named_by(line: CaptureLine) -> tuple[Person, ...]:
    """Return the people of a line, all that stand behind ``By`` when a rule took fewer."""
    people = signed_by(line)
    whole = signature_of(line.text) if people and line.rule in ("by", "von") else None
    more = whole.names if whole and whole.labelled else ()
    if len(more) > len(people) and more[: len(people)] == tuple(person.name for person in people):
        return tuple(Person(name=name) for name in more)
    return people


_BY = re.compile(r"(?:posted\s|written\s)?(?:by|par|von|por|di)\b", re.IGNORECASE)
_OUTLET = re.compile(alternatives("outlets-in-names", "people"), re.IGNORECASE)
_OUTLET_BEHIND = re.compile(alternatives("outlets-behind-names", "people"), re.IGNORECASE)


def _of_this_article(bylines: list[int], lines: Sequence[CaptureLine], span: Span, title: int | None) -> list[int]:
    """Return the bylines that stand where an article is signed.

    ``By Ada Brook`` below the text of an article that is signed above it belongs to the next story.
    """
    top = title if title is not None else span.start
    first = min(top - _ABOVE, span.start - _BELOW)
    above = [i for i in bylines if first <= i <= max(top + _BELOW, span.start) and i < span.end]
    end = end_of_signing(lines, span)
    below = [i for i in bylines if span.start <= i < end and i not in above]
    return above + [i for i in below if not (above and _BY.match(lines[i].text))]


def _without_outlets(people: tuple[Person, ...], lines: Sequence[CaptureLine]) -> tuple[Person, ...]:
    """Return the people without the outlet behind a name, without words that are no names, and without agencies."""
    rights = "\n".join(line.text for line in lines if line.look == "rights")
    found = []
    for person in people:
        said = _OUTLET_BEHIND.sub("", person.name).split()
        name = " ".join(said[:2] if len(said) > 3 and " ".join(said[2:]) in rights else said)
        if not (_OUTLET.search(name) or is_no_person(name) or (len(name) > 3 and " " not in name and name in rights)):
            found.append(Person(name=name, email=person.email))
    return tuple(found)


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
