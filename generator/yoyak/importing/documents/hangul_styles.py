"""What the head of a document of Hangul says of its paragraphs and letters."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple
from xml.etree.ElementTree import Element

from yoyak.importing.documents.packed import attribute, below, child

_OUTLINE = re.compile(r"(?:개요|제목|outline|heading)\s?(\d{1,2})", re.IGNORECASE)
_TITLES = ("제목", "문서 제목", "title", "document title")


class Look(NamedTuple):
    """What a paragraph is."""

    mark: str = ""
    level: int = 0
    """Of an item of a list from 0, of a heading from 1; 0 of a paragraph."""
    is_title: bool = False


class Styles(NamedTuple):
    """The looks of paragraphs and letters by their numbers."""

    paragraphs: Mapping[str, Look]
    named: Mapping[str, Look]
    marks: Mapping[str, tuple[str, ...]]

    def of(self, paragraph: str, style: str) -> Look:
        """Return what a paragraph is: a style that names a heading counts for more than its numbering."""
        return self.named.get(style) or self.paragraphs.get(paragraph, Look())

    def letters(self, number: str) -> tuple[str, ...]:
        return self.marks.get(number, ())


def styles_of(head: Element | None) -> Styles:
    """Return what a head says; without one all paragraphs are plain."""
    if head is None:
        return Styles({}, {}, {})
    return Styles(
        {attribute(one, "id"): _paragraph(one) for one in below(head, "paraPr")},
        {attribute(one, "id"): look for one in below(head, "style") if (look := _named(one))},
        {attribute(one, "id"): _letters(one) for one in below(head, "charPr")},
    )


def _paragraph(one: Element) -> Look:
    heading = child(one, "heading")
    level = attribute(heading, "level")
    kind = {"BULLET": "ul", "NUMBER": "ol"}.get(attribute(heading, "type"), "")
    return Look(kind, min(int(level), 8) if level.isdecimal() else 0) if kind else Look()


def _named(style: Element) -> Look | None:
    for name in (attribute(style, "name"), attribute(style, "engName")):
        plain = " ".join(name.split()).lower()
        if plain in _TITLES:
            return Look(is_title=True)
        if found := _OUTLINE.fullmatch(plain):
            return Look(level=min(int(found[1]) + 1, 6))
    return None


def _letters(one: Element) -> tuple[str, ...]:
    found = ["em"] if child(one, "italic") is not None else []
    found += ["strong"] if child(one, "bold") is not None else []
    strike = child(one, "strikeout")
    if strike is not None and attribute(strike, "shape") not in ("NONE", "3D", ""):
        found.append("s")
    script = "sup" if child(one, "supscript") is not None else "sub" if child(one, "subscript") is not None else ""
    return (*found, script) if script else tuple(found)
