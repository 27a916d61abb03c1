"""Documents of Hangul (.hwpx, OWPML, KS X 6101): XML in a zip file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from html import escape
from typing import NamedTuple
from xml.etree.ElementTree import Element

from yoyak.importing.documents.document import (
    Document,
    DocumentReader,
    Item,
    bounded,
    link,
    listed,
    moment,
    picture,
)
from yoyak.importing.documents.packed import Packed, attribute, below, child, local
from yoyak.importing.found import NoTextError
from yoyak.model.message import say

_LEFT = {
    "header": say("lost.header"), "footer": say("lost.footer"), "hiddenComment": say("lost.hidden-comment"),
    "ole": say("lost.embedded-object"), "chart": say("lost.chart"), "video": say("lost.film"),
    "indexmark": say("lost.index-mark"),
}  # fmt: skip
_SIGNS = {"lineBreak": "<br>", "tab": " ", "nbSpace": "\u00a0", "fwSpace": "\u3000", "hyphen": "-"}
_WEB = re.compile(r"(?:https?|mailto|tel):", re.IGNORECASE)


def read_hangul(data: bytes) -> Document:
    """Return what a document of Hangul says.

    Raises:
        NoTextError: it cannot be read.
    """
    packed = Packed(data)
    manifest = packed.xml("META-INF/manifest.xml")
    if manifest is not None and any(True for _ in below(manifest, "encryption-data")):
        hint = say("hangul.encrypted.hint")
        raise NoTextError(say("hangul.encrypted"), hint)
    package = packed.xml("Contents/content.hpf")
    sections = [packed.xml(name) for name in _sections(packed, package)]
    if not any(section is not None for section in sections):
        raise NoTextError(say("hangul.no-text"), say("hangul.no-text.hint"))
    reader = _HwpxReader(packed, package)
    bounded(sum(1 for section in sections if section is not None for _ in below(section, "p")))
    blocks = [block for section in sections if section is not None for block in reader.blocks(section)]
    return reader.document(blocks, _made(package), (say("left-behind.cropped"),) if reader.cropped else ())


def _sections(packed: Packed, package: Element | None) -> list[str]:
    """Return the sections in the order of the package, else by their numbers."""
    files = _files(package)
    spine = [attribute(one, "idref") for one in below(package, "itemref")] if package is not None else []
    named = [files[name] for name in spine if "section" in files.get(name, "").lower() and files[name] in packed.names]
    numbered = re.compile(r"Contents/section(\d+)\.xml", re.IGNORECASE)
    found = sorted((int(match[1]), name) for name in packed.names if (match := numbered.fullmatch(name)))
    return [*dict.fromkeys([*named, *(name for _, name in found)])]


def _files(package: Element | None) -> dict[str, str]:
    """Return where the parts of a document are, by the names that they have in it."""
    items = below(package, "item") if package is not None else ()
    return {attribute(one, "id"): attribute(one, "href").lstrip("/") for one in items}


def _made(package: Element | None) -> datetime | None:
    """Return when Hangul says that the document was made."""
    metas = below(package, "meta") if package is not None else ()
    return next((moment(one.text) for one in metas if attribute(one, "name") == "CreatedDate"), None)


class _HwpxReader(DocumentReader):
    def __init__(self, packed: Packed, package: Element | None) -> None:
        super().__init__()
        self.packed, self.files = packed, _files(package)
        self.styles: Styles = styles_of(packed.xml("Contents/header.xml"))
        self.deleted = self.cropped = False
        self.links: list[str] = []
        """The addresses of the fields that are open."""

    def blocks(self, parent: Element) -> Iterator[str]:
        """Yield the paragraphs right below an element, those of lists put together."""
        return listed(item for one in parent if local(one) == "p" for item in self._paragraph(one))

    def _paragraph(self, paragraph: Element) -> Iterator[Item]:
        """Yield a paragraph, and the tables, pictures and boxes in it, in their order."""
        style = self.styles.of(attribute(paragraph, "paraPrIDRef"), attribute(paragraph, "styleIDRef"))
        for is_block, html in _runs(self._pieces(paragraph)):
            if is_block:
                yield Item(html)
            elif not html.replace("<br>", "").strip():
                continue
            elif style.mark:
                yield Item(html, style.mark, style.level)
            else:
                tag = 'h1 class="title"' if style.is_title else f"h{style.level}" if style.level else "p"
                yield Item(f"<{tag}>{html}</{tag.partition(' ')[0]}>")

    def _pieces(self, paragraph: Element) -> Iterator[tuple[bool, str]]:
        """Yield what a paragraph holds: whether it is a block, and its HTML."""
        for run in paragraph:
            if local(run) != "run":
                continue
            look = self.styles.letters(attribute(run, "charPrIDRef"))
            for one in run:
                if local(one) == "t":
                    words = self._text(one)
                    for tag in look if words.strip() else ():
                        words = f"<{tag}>{words}</{tag}>"
                    yield False, link(words, self.links[-1] if self.links else "")
                else:
                    yield from self._object(one)

    def _text(self, text: Element) -> str:
        parts = [self._words(text.text)]
        for one in text:
            name = local(one)
            if name in ("deleteBegin", "deleteEnd"):
                if name == "deleteBegin":
                    self.counts.add(say("lost.deleted"))
                self.deleted = name == "deleteBegin"
            elif not self.deleted:
                parts.append(_SIGNS.get(name, ""))
            parts.append(self._words(one.tail))
        return "".join(parts)

    def _words(self, text: str | None) -> str:
        return "" if self.deleted or not text else escape(text, quote=False)

    def _object(self, one: Element) -> Iterator[tuple[bool, str]]:
        name = local(one)
        if self.deleted and name != "ctrl":
            return
        if name == "ctrl":
            for inner in one:
                yield from self._control(inner)
        elif name == "tbl":
            yield True, self._table(one)
        elif name == "pic":
            yield True, self._picture(one)
        elif name == "equation":
            self.counts.add(say("lost.formula"))
            yield False, escape((getattr(child(one, "script"), "text", "") or "").strip(), quote=False)
        elif name in ("compose", "dutmal"):
            yield False, escape(attribute(one, "composeText") or _plain(child(one, "mainText")), quote=False)
        elif name in _LEFT:
            self.counts.add(_LEFT[name])
        else:
            yield from self._shape(one)

    def _control(self, one: Element) -> Iterator[tuple[bool, str]]:
        name = local(one)
        if name in ("footNote", "endNote") and not self.deleted:
            yield False, self.note(self._inside(one))
        elif name == "fieldBegin":
            if attribute(one, "type") == "MEMO":
                self.counts.add(say("lost.memo"))
            self.links.append(_address(one) if attribute(one, "type") == "HYPERLINK" else "")
        elif name == "fieldEnd":
            self.links = self.links[:-1]
        elif name in _LEFT and (name == "indexmark" or "".join(_plain(text) for text in below(one, "t")).strip()):
            self.counts.add(_LEFT[name])

    def _shape(self, one: Element) -> Iterator[tuple[bool, str]]:
        """Yield the text and the pictures of a drawing, or of several put together."""
        for inner in one:
            if local(inner) == "drawText":
                yield from ((True, block) for block in self._inside(inner))
            elif local(inner) not in ("caption", "shapeComment", "secPr", "t"):
                yield from self._object(inner) if len(inner) else ()

    def _inside(self, one: Element) -> Iterator[str]:
        for inner in one:
            if local(inner) == "subList":
                yield from self.blocks(inner)

    def _table(self, table: Element) -> str:
        rows = ""
        for row in table:
            if local(row) == "tr":
                rows += f"<tr>{''.join(self._cell(cell) for cell in row if local(cell) == 'tc')}</tr>"
        return "\n".join([*self._caption(table), f"<table>{rows}</table>"])

    def _cell(self, cell: Element) -> str:
        name = "th" if attribute(cell, "header") == "1" else "td"
        span = child(cell, "cellSpan")
        spans = "".join(
            f' {key.lower()}="{value}"' for key in ("colSpan", "rowSpan") if (value := attribute(span, key)).isdecimal()
        )
        return f"<{name}{spans}>{''.join(self._inside(cell))}</{name}>"

    def _caption(self, one: Element) -> list[str]:
        caption = child(one, "caption")
        return list(self._inside(caption)) if caption is not None else []

    def _picture(self, one: Element) -> str:
        """Return a picture; its comment is not shown, since Hangul writes the path of the author's file into it."""
        image = next(below(one, "img"), None)
        name = self.files.get(attribute(image, "binaryItemIDRef"), "")
        data = self.packed.read(name) if name else None
        if data is None:
            self.counts.add(say("lost.picture"))
            return ""
        self.cropped = self.cropped or _is_cropped(one)
        words = " ".join(re.sub(r"<[^>]*>", " ", " ".join(self._caption(one))).split())
        below_it = f"<figcaption>{words}</figcaption>" if words else ""
        return f"<figure>{picture(self.pictures, name, data)}{below_it}</figure>"


def _runs(pieces: Iterable[tuple[bool, str]]) -> Iterator[tuple[bool, str]]:
    """Yield blocks as they are, and the running text between two of them as one."""
    words = ""
    for is_block, html in pieces:
        if not is_block:
            words += html
            continue
        yield False, words
        words = ""
        yield True, html
    yield False, words


def _plain(element: Element | None) -> str:
    return "".join(element.itertext()) if element is not None else ""


def _address(field: Element) -> str:
    """Return where a link leads: ``http\\://a.example;1;0;0;`` is how Hangul writes it."""
    for one in field.iter():
        if local(one) == "stringParam" and attribute(one, "name") in ("Path", "Command"):
            written = (one.text or "").replace("\\:", ":").replace("\\?", "?").partition(";")[0].strip()
            if _WEB.match(written):
                return written
    return ""


def _is_cropped(one: Element) -> bool:
    clip, size = child(one, "imgClip"), child(one, "imgDim")
    edges = [_number(clip, name) for name in ("left", "top", "right", "bottom")]
    width, height = _number(size, "dimwidth"), _number(size, "dimheight")
    return clip is not None and bool(
        edges[0] > 0 or edges[1] > 0 or 0 < edges[2] < width * 0.98 or 0 < edges[3] < height * 0.98
    )


def _number(one: Element | None, name: str) -> int:
    value = attribute(one, name)
    return int(value) if value.lstrip("-").isdecimal() else 0


# --- What the head of a document of Hangul says of its paragraphs and letters ------------------------------------

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
