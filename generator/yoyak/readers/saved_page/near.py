"""What stands around the article on a saved page: lines with its date, its byline, the owner of its rights."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import structs

from yoyak.model.sources import Evidence
from yoyak.readers.around import Candidate, Surroundings
from yoyak.readers.capture.lines import known_line, signed_by
from yoyak.readers.capture.rules import Rules
from yoyak.readers.people import merged
from yoyak.readers.saved_page.dates import day_in_words, is_day_first, moment_of_day
from yoyak.readers.saved_page.names import trimmed
from yoyak.readers.saved_page.pieces import Piece
from yoyak.readers.word_lists import alternatives
from yoyak.text.date_orders import first_of
from yoyak.text.dates import find_moments

_OWNED = re.compile(
    r"(?:copyright|저작권자|©|ⓒ|\(c\))(?:[\s:©ⓒ]|\(c\)|copyright)*+(?:\d{4}(?:\s?[-–]\s?\d{4})?)?[\s,.]*(?P<owner>[^\s|·,.<>()\[\]][^|·,.<>()\[\]]{1,29}?)"
    r"(?=\s*(?:[,.|·<>()\[\]]|\s(?:19|20)\d\d\b|all rights|무단|$))",
    re.IGNORECASE,
)
_FORBIDS = re.compile(alternatives("copying-forbidden"), re.IGNORECASE)
_MARKED = re.compile(r"©|ⓒ|\(c\)|copyright|저작권|무단|転載|转载|rights reserved|nachdruck|reproduc")
"""In small letters: a search that takes both cases cannot look for the first letters quickly."""
_IMPRINT = re.compile("등록\\s?번호|발행인|편집인|등록\\s.{2,8}\\d{5}")  # since when there is the paper
_LONGEST_NOTICE = 200
_LONGEST_LINE = 120


def owners(pieces: Sequence[Piece]) -> tuple[str, ...]:
    """Return who owns the page's rights, as its notices say: ``Copyright ⓒ 가온일보. All rights reserved.``"""
    found = (_OWNED.search(text) for text in _notices(pieces))
    names = (match["owner"].strip() for match in found if match)
    return tuple(dict.fromkeys(name for name in names if not name.lower().startswith("all rights")))[:3]


def notice_candidates(pieces: Sequence[Piece]) -> Iterator[Candidate]:
    """Yield the notices that forbid copying."""
    for text in _notices(pieces):
        if _FORBIDS.search(text):
            yield Candidate(value=text, confidence=0.85, evidence=Evidence(rule="rights-notice"))


def _notices(pieces: Sequence[Piece]) -> Iterator[str]:
    lines = "\n".join(
        piece.text
        for piece in pieces
        if piece.sort not in ("picture", "caption") and len(piece.text) <= _LONGEST_NOTICE
    )
    marked = dict.fromkeys(lines.count("\n", 0, found.start()) for found in _MARKED.finditer(lines.lower()))
    return (line for number, line in enumerate(lines.split("\n")) if number in marked)


def date_candidates(lines: Sequence[Piece], lang: str, around: Surroundings) -> Iterator[tuple[str, Candidate]]:
    """Yield moments in the lines beside the headline, each with the field that it is for."""
    for piece in lines:
        if not piece.text or len(piece.text) > _LONGEST_LINE or not any(char.isdigit() for char in piece.text):
            continue
        foot = piece.furniture is not None and piece.furniture.name == "footer"
        if _IMPRINT.search(piece.text) or (foot and not any(node.name == "article" for node in piece.home.above())):
            continue
        evidence = Evidence(rule="line-beside-headline")
        order = first_of(piece.text, lang) if is_day_first(piece.text, lang) else "year"
        read = find_moments(piece.text, around.zone, around.reference, first=order)
        moments = [one for one in read if not one.year_inferred]
        for one in moments:
            yield (
                "updated" if one.role == "updated" else "date",
                Candidate(value=one.moment, confidence=0.54 if one.role else 0.51, evidence=evidence),
            )
        if not moments and (day := day_in_words(piece.text, lang)):
            yield "date", Candidate(value=moment_of_day(day, around.zone), confidence=0.51, evidence=evidence)


def says_ago(piece: Piece) -> bool:
    """Tell whether a line says when only by counting back: ``3 hours ago``; a day behind the text is then another's."""
    return len(piece.text) <= _LONGEST_LINE and _AGO.search(piece.text) is not None


_AGO = re.compile(alternatives("counted-back"), re.IGNORECASE)


def is_date_line(text: str, lang: str) -> bool:
    """Tell whether a short line of a body only says when: ``Stand: 2. Juli 2024, 18:30 Uhr``."""
    if len(text) > 60 or sum(char.isdigit() for char in text) < 5 or text.endswith((".", "。")):
        return False
    return day_in_words(text, lang) is not None and len(re.findall(r"[^\W\d_]{2,}", text)) <= 6


def before_promotion(pieces: Sequence[Piece], rules: Rules) -> tuple[Piece, ...]:
    """Return the pieces behind a text up to the line that leads to other stories: who signs below it wrote those."""
    for at, piece in enumerate(pieces):
        line = known_line(0, piece.text, rules) if 0 < len(piece.text) <= _LONGEST_LINE else None
        if line and line.look == "promo":
            return tuple(pieces[:at])
    return tuple(pieces)


def byline_candidates(lines: Sequence[Piece], rules: Rules) -> Iterator[Candidate]:
    """Yield the people whom lines right before and behind the text sign it with."""
    for piece in lines:
        own = piece.furniture is None and 0 < len(piece.text) <= _LONGEST_LINE
        line = known_line(0, piece.text, rules) if own else None
        signed = signed_by(line) if line and line.look == "byline" else ()
        people = merged(structs.replace(person, name=trimmed(person.name)) for person in signed)
        if people:
            yield Candidate(value=people, confidence=0.62, evidence=Evidence(rule="byline"))
