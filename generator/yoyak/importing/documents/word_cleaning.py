"""The XML of a document of Word, without what nobody is to see, and in forms that mammoth knows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element

from yoyak.importing.documents.document import Counts
from yoyak.importing.documents.packed import attribute, below, child, local
from yoyak.model.message import say

_GONE = frozenset((
    "del", "moveFrom", "delText", "delInstrText", "commentReference", "commentRangeStart", "commentRangeEnd",
    "rPrChange", "pPrChange", "tblPrChange", "trPrChange", "tcPrChange", "sectPrChange", "sectPr",
    "annotationRef", "rubyPr", "rt",
))  # fmt: skip
_UNWRAPPED = frozenset(("fldSimple", "customXml", "smartTag", "dir", "bdo", "ruby", "rubyBase"))
_LOST = {
    "chart": say("lost.chart"), "relIds": say("lost.diagram"), "altChunk": say("lost.inserted-file"),
    "oMath": say("lost.formula"),
}  # fmt: skip
_CONTENTS = re.compile(r"(?:toc (?:heading|\d)|목차.*|table of (?:figures|contents).*)", re.IGNORECASE)


class StyleNotes(NamedTuple):
    """What styles say that mammoth does not read."""

    hidden: frozenset[str]
    contents: frozenset[str]
    levels: dict[str, int]
    """Of those whose paragraphs are headings, by their place in the outline."""


def style_notes(styles: Element | None) -> StyleNotes:
    """Return which styles hide their text, which are of a table of contents, and which are of headings."""
    known = {attribute(one, "styleId"): one for one in (styles if styles is not None else ()) if local(one) == "style"}
    hidden, contents, found = set(), set(), {}
    for name, style in known.items():
        chain = list(_chain(style, known))
        called = attribute(child(style, "name"), "val")
        if any(_is_on(child(one, "rPr", "vanish")) for one in chain):
            hidden.add(name)
        if _CONTENTS.fullmatch(called):
            contents.add(name)
        level = next((value for one in chain if (value := attribute(child(one, "pPr", "outlineLvl"), "val"))), "")
        if level.isdecimal() and int(level) < 9 and called.lower() not in ("title", "제목"):
            found[name] = int(level) + 1
    return StyleNotes(frozenset(hidden), frozenset(contents), found)


def _chain(style: Element, known: dict[str, Element]) -> Iterator[Element]:
    seen: set[int] = set()
    at: Element | None = style
    while at is not None and id(at) not in seen:
        seen.add(id(at))
        yield at
        at = known.get(attribute(child(at, "basedOn"), "val"))


def _is_on(element: Element | None) -> bool:
    return element is not None and attribute(element, "val").lower() not in ("0", "false", "off")


def cleaned(root: Element, notes: StyleNotes, counts: Counts) -> None:
    """Take out of a part what is deleted, moved away, hidden or a comment, and note it."""
    _children(root, notes, counts)


def _children(parent: Element, notes: StyleNotes, counts: Counts) -> None:
    found: list[Element] = []
    for one in list(parent):
        found += _kept(one, notes, counts)
    parent[:] = found


def _kept(one: Element, notes: StyleNotes, counts: Counts) -> list[Element]:
    name = local(one)
    if name in ("del", "moveFrom") and local(one) != "rPr" and any(True for _ in below(one, "r")):
        counts.add(say("lost.deleted"))
    if name in _LOST:
        counts.add(_LOST[name])
    if name == "oMath":
        return [_run("".join(t.text or "" for t in below(one, "t")))]
    if name in _GONE and not (name == "del" and not len(one)):
        return []
    if name == "sdt" and "Table of Contents" in (attribute(gallery, "val") for gallery in below(one, "docPartGallery")):
        counts.add(say("lost.contents"))
        return []
    if _is_hidden(one, name, notes):
        counts.add(say("lost.hidden"))
        return []
    if name == "p" and attribute(child(one, "pPr", "pStyle"), "val") in notes.contents:
        counts.add(say("lost.contents-line"))
        return []
    if name == "AlternateContent" and not _has_all(child(one, "Fallback"), child(one, "Choice")):
        return [kept for choice in one[:1] for inner in choice for kept in _kept(inner, notes, counts)]
    _children(one, notes, counts)
    if name == "p":
        _make_heading(one, notes)
    if name == "drawing" and (boxes := list(below(one, "txbxContent"))):
        return [one, *(_box(one, box) for box in boxes)]
    return list(one) if name in _UNWRAPPED else [one]


def _has_all(fallback: Element | None, choice: Element | None) -> bool:
    """Tell whether what older programs show, which mammoth reads, says all that Word shows."""
    words = [_letters(one) if one is not None else "" for one in (fallback, choice)]
    return fallback is not None and words[1] in words[0]


def _letters(one: Element) -> str:
    return "".join(text.text or "" for text in below(one, "t"))


def _is_hidden(one: Element, name: str, notes: StyleNotes) -> bool:
    if name == "r":
        look = child(one, "rPr")
        own = child(look, "vanish")
        if own is not None:
            return _is_on(own)
        return _is_on(child(look, "webHidden")) or attribute(child(look, "rStyle"), "val") in notes.hidden
    if name == "p":
        return attribute(child(one, "pPr", "pStyle"), "val") in notes.hidden
    if name == "tr":
        return _is_on(child(one, "trPr", "hidden"))
    return name == "tc" and child(one, "tcPr", "cellDel") is not None


def _namespace(one: Element) -> str:
    return one.tag.rpartition("}")[0] + "}"


_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def _run(text: str) -> Element:
    run = Element(f"{_WORD}r")
    words = Element(f"{_WORD}t")
    words.text = text
    run.append(words)
    return run


def _box(one: Element, box: Element) -> Element:
    """Return a box of text in the form in which mammoth reads it."""
    shown = Element(f"{_namespace(one)}pict")
    holder = Element("{urn:schemas-microsoft-com:vml}textbox")
    holder.append(box)
    shown.append(holder)
    return shown


def _make_heading(paragraph: Element, notes: StyleNotes) -> None:
    """Call a paragraph of the outline a heading, whatever its style is called."""
    look = child(paragraph, "pPr")
    style, own = child(look, "pStyle"), attribute(child(look, "outlineLvl"), "val")
    level = int(own) + 1 if own.isdecimal() and int(own) < 9 else notes.levels.get(attribute(style, "val"), 0)
    if look is None or not level or (own.isdecimal() and int(own) == 9):
        return
    if style is None:
        style = Element(f"{_namespace(paragraph)}pStyle")
        look.insert(0, style)
    for key in list(style.attrib):
        del style.attrib[key]
    style.set(f"{_namespace(paragraph)}val", f"YoyakHeading{level}")
