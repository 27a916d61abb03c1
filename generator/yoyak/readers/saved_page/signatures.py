"""Who signs a saved page in lines that no markup names: near the headline, and where the text begins and ends."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from yoyak.model.sources import Evidence
from yoyak.model.types import Person, Record
from yoyak.readers.around import Candidate
from yoyak.readers.capture.eastern_signatures import eastern_signatures
from yoyak.readers.people import desks_in, is_no_person
from yoyak.readers.saved_page.main import Main
from yoyak.readers.saved_page.names import Names
from yoyak.readers.saved_page.pieces import Piece
from yoyak.readers.saved_page.tree import text_of_nodes
from yoyak.readers.signatures import is_office, signature_of
from yoyak.readers.word_lists import alternatives, by_group

_ABOVE, _BELOW = 3, 14
"""Pieces above and below the headline in which those sign who wrote an article."""
_BEGINS, _ENDS, _BEHIND = 4, 3, 4
"""Pieces at both ends of the text, and behind it."""
_LONGEST = 120
_OPENING = 200
"""Characters of a paragraph in which Chinese reporters sign: ``（记者 王海）``."""
_PICTURES = ("picture", "caption")
_REST = 60
"""Characters behind the names of a line that only signs."""
_WRITTEN = re.compile(rf"\(?(?:{alternatives('written-by', 'people')})\s[Bb]y\s", re.IGNORECASE)
_DAY = re.compile(alternatives("days-in-lines"))
_DAY_FIRST = re.compile(rf"^(?:{_DAY.pattern})(?:,?\s\d{{1,2}}:\d\d)?\s?[,|·•/–—-]\s?")
"""``4 March 2025, Ada Brook``."""
_JAPANESE = re.compile(
    rf"(?:^|[\s　（(【])(?:{by_group('writes', 'people')['ja-of-a-page']})[\s　・：:|｜／/＝=]\s?"
    r"(?P<name>[一-鿿々]{1,3}[\s　][一-鿿々ぁ-ゖ]{1,4}|[一-鿿々]{3,5})(?=$|[\s　）)】／/|｜])"
)
_LABELLED, _DATED, _OFFICE, _ALONE, _DESK = 0.61, 0.58, 0.58, 0.56, 0.53


class _SignatureLine(Record, kw_only=True):
    text: str
    near: bool
    """It stands near the headline."""
    dated: bool
    """The line beside it says when."""


def signature_candidates(pieces: Sequence[Piece], main: Main, title: str, asked: Names) -> Iterator[Candidate]:
    """Yield the people who sign in lines; `asked` tells outlets and agencies from them."""
    for line in _lines(pieces, main, title):
        names, confidence = _signed(line, asked.lang) if "," in line.text or not asked.is_body(line.text) else ((), 0.0)
        people = tuple(Person(name=name) for name in names if not is_no_person(name) and not asked.is_body(name))
        if people and len(people) == len(names):
            yield Candidate(value=people, confidence=confidence, evidence=Evidence(rule="signature"))
        elif line.near and (desks := desks_in(line.text, asked.outlets)):
            desk = tuple(Person(name=name) for name in desks)
            yield Candidate(value=desk, confidence=_DESK, evidence=Evidence(rule="desk"))


def _lines(pieces: Sequence[Piece], main: Main, title: str) -> Iterator[_SignatureLine]:
    texts = [piece for piece in pieces if piece.text and piece.sort not in _PICTURES]
    places = {id(piece): at for at, piece in enumerate(texts)}
    heads = [at for at, piece in enumerate(texts) if title and piece.text.startswith(title)]
    own = [places[id(piece)] for piece in main.pieces if id(piece) in places]
    first, last = (own[0], own[-1]) if own else (0, len(texts))
    near = {n for at in heads for n in range(max(0, at - _ABOVE), min(len(texts), at + _BELOW))}
    # What calls itself no text signs only between headline and text, or below its opening sentence.
    near = {n for n in near if (texts[n].furniture is None or n < max([first, *own[2:3]])) and n <= last}
    behind = [places[id(piece)] for piece in main.behind if id(piece) in places and piece.furniture is None]
    inside = [n for n in own if _WRITTEN.match(texts[n].text)]
    for at in dict.fromkeys((*sorted(near), *own[:_BEGINS], *own[-_ENDS:], *behind[:_BEHIND], *inside)):
        beside = (*texts[max(0, at - 1) : at], *texts[at + 1 : at + 2])
        yield _SignatureLine(
            text=_apart(texts[at]).removeprefix(title).strip(),
            near=at in near and texts[at].furniture is None,
            dated=any(_is_dated(one.text) for one in beside),
        )


def _apart(piece: Piece) -> str:
    """Return the words of a short line, those of elements that follow each other apart: ``By Ada Brook 4 March``."""
    short = len(piece.nodes) > 1 and len(piece.text) <= _LONGEST
    return text_of_nodes(piece.nodes, between=" ") if short else piece.text


def _is_dated(text: str) -> bool:
    return len(text) <= _LONGEST and _DAY.search(text) is not None


def _signed(line: _SignatureLine, lang: str) -> tuple[tuple[str, ...], float]:
    """Return the names with which a line signs, and how sure that is."""
    text = _DAY_FIRST.sub("", line.text) if line.near else line.text
    if lang.startswith("ja") and (japanese := _JAPANESE.search(text[:_OPENING])):
        return (japanese["name"],), _LABELLED
    for names in eastern_signatures(line.text[:_OPENING]):
        return names, _LABELLED
    found = signature_of(text) if len(text) <= _LONGEST else None
    if found is None:
        return (), 0.0
    if found.labelled:
        return (found.names, _LABELLED) if len(found.rest) <= _REST else ((), 0.0)
    if not line.near:
        return (), 0.0
    if _DAY.search(found.rest):
        return found.names, _DATED
    if is_office(found.rest):
        return found.names, _OFFICE
    dated = line.dated or text != line.text
    return (found.names, _ALONE) if dated and not found.rest else ((), 0.0)
