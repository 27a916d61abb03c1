"""Documents of LibreOffice (.odt): paragraphs, headings, lists, tables, notes, links and pictures of content.xml."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from xml.etree.ElementTree import Element

from yoyak.importing.documents.document import Document, DocumentReader, bounded, link, moment, picture
from yoyak.importing.documents.packed import Packed, attribute, below, child, local
from yoyak.importing.found import NoTextError
from yoyak.model.message import say

_LEFT = {
    "annotation": say("lost.comment"), "tracked-changes": say("lost.changes"), "table-of-content": say("lost.contents"),
    "object": say("lost.embedded-object"), "hidden-text": say("lost.hidden"), "hidden-paragraph": say("lost.hidden"),
}  # fmt: skip
_SILENT = frozenset(("annotation-end", "sequence-decls", "forms", "variable-decls", "desc", "title"))
_GROUPS = frozenset(("section", "text", "text-box", "table-header-rows", "table-rows", "table-row-group", "g"))


def read_open_document(data: bytes) -> Document:
    """Return what a document of LibreOffice says.

    Raises:
        NoTextError: it cannot be read.
    """
    packed = Packed(data)
    manifest = packed.xml("META-INF/manifest.xml")
    if manifest is not None and any(True for _ in below(manifest, "encryption-data")):
        raise NoTextError(say("document.protected"), say("save-without.hint"))
    root = packed.xml("content.xml")
    body = child(root, "body", "text")
    if root is None or body is None:
        raise NoTextError(say("document.no-text"), say("save-and-import.hint"))
    bounded(sum(1 for one in body.iter() if local(one) in ("p", "h")))
    reader = _OdtReader(packed, root, packed.xml("styles.xml"))
    blocks = list(reader.blocks(body))
    meta = packed.xml("meta.xml")
    made = next((one.text for one in below(meta, "creation-date")), None) if meta is not None else None
    return reader.document(blocks, moment(made))


class _OdtReader(DocumentReader):
    def __init__(self, packed: Packed, root: Element, styles: Element | None) -> None:
        super().__init__()
        self.packed = packed
        self.parents: dict[str, str] = {}
        self.hidden: set[str] = set()
        self.bold: set[str] = set()
        for one in (*root.iter(), *(styles.iter() if styles is not None else ())):
            if local(one) == "style":
                name = attribute(one, "name")
                self.parents[name] = attribute(one, "parent-style-name")
                look = child(one, "text-properties")
                self.hidden |= {name} if attribute(look, "display") == "none" else set()
                self.bold |= {name} if attribute(look, "font-weight") == "bold" else set()

    def blocks(self, parent: Element) -> Iterator[str]:
        for one in parent:
            name = local(one)
            if name in _LEFT:
                self.counts.add(_LEFT[name])
            elif attribute(one, "style-name") in self.hidden or attribute(one, "display") in ("none", "condition"):
                self.counts.add(say("lost.hidden"))
            elif name == "h":
                level = attribute(one, "outline-level")
                level = str(min(int(level) + 1, 6)) if level.isdecimal() and level != "0" else "2"
                yield f"<h{level}>{self._running(one)}</h{level}>"
            elif name == "p":
                style = attribute(one, "style-name")
                is_title = "Title" in (style, self.parents.get(style))
                tag = 'h1 class="title"' if is_title else "p"
                yield f"<{tag}>{self._running(one)}</{'h1' if is_title else 'p'}>"
            elif name == "list":
                items = ("".join(self.blocks(item)) for item in one if local(item) in ("list-item", "list-header"))
                yield f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>"
            elif name == "table":
                yield f"<table>{''.join(self._rows(one))}</table>"
            elif name == "frame":
                yield f"<p>{self._frame(one)}</p>"
            elif name in _GROUPS or name.endswith("-index") or name == "index-body":
                yield from self.blocks(one)

    def _rows(self, parent: Element) -> Iterator[str]:
        for row in parent:
            if local(row) == "table-row":
                yield f"<tr>{''.join(self._cell(cell) for cell in row if local(cell) == 'table-cell')}</tr>"
            elif local(row) in _GROUPS:
                yield from self._rows(row)

    def _cell(self, cell: Element) -> str:
        across, down = attribute(cell, "number-columns-spanned") or "1", attribute(cell, "number-rows-spanned") or "1"
        return f'<td colspan="{escape(across)}" rowspan="{escape(down)}">{"".join(self.blocks(cell))}</td>'

    def _running(self, parent: Element) -> str:
        return self._words(parent.text) + "".join(self._inline(one) + self._words(one.tail) for one in parent)

    def _words(self, text: str | None) -> str:
        return escape(text or "", quote=False)

    def _inline(self, one: Element) -> str:
        name = local(one)
        if name in _LEFT:
            self.counts.add(_LEFT[name])
            return ""
        if name in _SILENT:
            return ""
        if attribute(one, "style-name") in self.hidden and name == "span":
            self.counts.add(say("lost.hidden"))
            return ""
        if name in ("s", "tab"):
            return " "
        if name == "line-break":
            return "<br>"
        if name == "note":
            body = child(one, "note-body")
            return self.note(self._running(part) for part in (body if body is not None else ()))
        if name == "frame":
            return self._frame(one)
        words = self._running(one)
        if name == "a":
            return link(words, attribute(one, "href"))
        return f"<strong>{words}</strong>" if attribute(one, "style-name") in self.bold and words.strip() else words

    def _frame(self, frame: Element) -> str:
        """Return the picture of a frame, or the text in its box."""
        for one in frame:
            if local(one) == "text-box":
                return "".join(self.blocks(one))
            if local(one) == "image":
                name = attribute(one, "href").removeprefix("./")
                data = self.packed.read(name)
                if data is not None:
                    return picture(self.pictures, name, data, attribute(frame, "alt"))
        self.counts.add(say("lost.picture-or-object"))
        return ""
