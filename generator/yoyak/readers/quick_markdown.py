"""The short way for plain Markdown: the same HTML that Python-Markdown makes, in a fifth of the time.

Most articles are paragraphs with a few headings, lists, quotes, links, pictures and strong words, each written in the
one usual way. This module knows these and nothing else; a text with anything more is left to the library whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import unescape
from typing import Protocol
from xml.etree.ElementTree import Element

from yoyak.model import Record
from yoyak.readers.markdown_tree import anchor, written_address
from yoyak.text.headings import levels

# A sign of what only the library knows: escapes, code, HTML, entities, tables, footnotes, line breaks, indented lines.
_MORE = re.compile(r"[\\`<|\x02\x03~]|[^\S \n]|&(?:#|\w+;)|\*{3}|\[\^|\n\n\n| (?:\n|\Z)|\n ")
_FIRST = r"(?!\d+[.)])(?:[^\s#>*+\-=:_!\[]|\*\*[^\s*]|!?\[)"
_PARAGRAPH = re.compile(rf"{_FIRST}.*(?:\n{_FIRST}.*)*")
_HEADING = re.compile(r"(#{1,6}) ([^\s#*\[\]!_][^#*\[\]_\n]*)")
_LIST = re.compile(rf"- {_FIRST}.*(?:\n- {_FIRST}.*)*")
_QUOTE = re.compile(rf"> {_FIRST}.*(?:\n> {_FIRST}.*)*")
_INLINE = re.compile(
    r"\*\*(?P<strong>[^\s*\[\]!_](?:[^*\[\]!_\n]*[^\s*\[\]!_])?)\*\*"
    r"|(?<!!)\[(?P<text>[^*\[\]!_\n]+)\]\((?P<href>[^\s()<>\"'*\[\]]+)\)"
)
_IMAGE = re.compile(r'!\[([^*\[\]_\n]*)\]\(([^\s()<>"\'*\[\]]+)(?: "([^"*&\n()\[\]_]+)")?\)')
_LEFT = re.compile(r"[*\[\]_]")
_ENTITY_OR_MARK = re.compile(r"&(?!(?:#[0-9]+|#x[0-9a-f]+|[0-9a-z]+);)", re.IGNORECASE)


class BodyUnderWay(Protocol):
    """What gives links and pictures their meaning: `yoyak.readers.markdown.Body`."""

    title: str

    def resolve_link_of(self, attributes: dict[str, str], written: str) -> None: ...
    def picture_element(self, written: str, alt: str, caption: str) -> Element | None: ...


class _Link(Record, kw_only=True):
    text: str
    href: str


class _Image(Record, kw_only=True):
    """A picture that is all of its paragraph."""

    src: str
    alt: str
    caption: str


class _Block(Record, kw_only=True):
    tag: str
    """``p``, ``h1`` to ``h6``, ``ul``, ``blockquote`` or ``figure``."""
    lines: tuple[tuple[str | _Link | _Image, ...], ...]
    """The pieces of each item of a list, else of the whole; a text among them is HTML."""


def quick_html(text: str, body: BodyUnderWay) -> str:
    """Return the HTML of a plain text, and tell `body` of its title, links and pictures; empty for any other text."""
    blocks = _blocks(text)
    if not blocks:
        return ""
    if blocks[0].tag == "h1":
        body.title = " ".join(unescape(str(blocks[0].lines[0][0])).split())
        del blocks[0]
    pieces = [piece for block in blocks for line in block.lines for piece in line]
    html = {id(piece): _link(piece, body) for piece in pieces if isinstance(piece, _Link)}
    html |= {id(piece): _image(piece, body) for piece in pieces if isinstance(piece, _Image)}
    anchors = iter(_anchors(blocks))
    return "\n".join(
        next(anchors) if block.tag[0] == "h" else _html(block, lambda piece: html[id(piece)]) for block in blocks
    )


def _blocks(text: str) -> list[_Block]:
    """Return the blocks of a plain text; none when it has anything that this module does not know."""
    source = text.strip("\n")
    if not source or source[0] == " " or _MORE.search(source):
        return []
    blocks: list[_Block] = []
    for part in source.split("\n\n"):
        block = _block(part)
        # Two lists or quotes in a row are one for the library.
        if block is None or (blocks and block.tag in ("ul", "blockquote") and blocks[-1].tag == block.tag):
            return []
        blocks.append(block)
    return blocks


def _block(part: str) -> _Block | None:
    if part[0] == "!" and (image := _IMAGE.fullmatch(part)):
        return _Block(tag="figure", lines=((_Image(src=image[2], alt=image[1], caption=image[3] or ""),),))
    if _PARAGRAPH.fullmatch(part):
        return _with_pieces("p", [part])
    if heading := _HEADING.fullmatch(part):
        return _Block(tag=f"h{len(heading[1])}", lines=((_escaped(heading[2]),),))
    if _LIST.fullmatch(part):
        return _with_pieces("ul", [line[2:] for line in part.split("\n")])
    if _QUOTE.fullmatch(part):
        return _with_pieces("blockquote", ["\n".join(line[2:] for line in part.split("\n"))])
    return None


def _with_pieces(tag: str, lines: Sequence[str]) -> _Block | None:
    found = tuple(pieces for line in lines if (pieces := _pieces(line)))
    return _Block(tag=tag, lines=found) if len(found) == len(lines) else None


def _pieces(line: str) -> tuple[str | _Link, ...]:
    """Return the pieces of running text; nothing when it has a mark that is not understood."""
    if not _LEFT.search(line):
        return (_escaped(line),)
    found: list[str | _Link] = []
    at = 0
    for match in _INLINE.finditer(line):
        if _LEFT.search(between := line[at : match.start()]):
            return ()
        found.append(_escaped(between))
        strong = match["strong"]
        found.append(
            f"<strong>{_escaped(strong)}</strong>" if strong else _Link(text=match["text"], href=match["href"])
        )
        at = match.end()
    rest = line[at:]
    return () if _LEFT.search(rest) else (*found, _escaped(rest))


def _html(block: _Block, shown: Callable[[object], str]) -> str:
    lines = ["".join(piece if isinstance(piece, str) else shown(piece) for piece in line) for line in block.lines]
    if block.tag == "ul":
        return "<ul>\n" + "\n".join(f"<li>{line}</li>" for line in lines) + "\n</ul>"
    if block.tag == "figure":
        return lines[0]
    return f"<p>{lines[0]}</p>" if block.tag == "p" else f"<blockquote>\n<p>{lines[0]}</p>\n</blockquote>"


def _anchors(blocks: Sequence[_Block]) -> list[str]:
    """Return the HTML of the headings, each with its level on the page and an id."""
    headings = [block for block in blocks if block.tag[0] == "h"]
    taken: dict[str, int] = {}
    found = []
    for block, level in zip(headings, levels(int(block.tag[1]) for block in headings), strict=True):
        text = str(block.lines[0][0])
        found.append(f'<h{level} id="{anchor(unescape(text), taken)}">{text}</h{level}>')
    return found


def _link(link: _Link, body: BodyUnderWay) -> str:
    attributes = {"href": ""}
    body.resolve_link_of(attributes, written_address(link.href))
    return f"<a{_attributes(attributes)}>{_escaped(link.text)}</a>"


def _image(image: _Image, body: BodyUnderWay) -> str:
    shown = body.picture_element(written_address(image.src), image.alt, image.caption)
    if shown is None:
        return "<p></p>"
    kind, end = ("", "")
    if shown.tag == "a":
        kind, end = ' class="linked-picture"', f"{_escaped(shown.text or '')}</a>"
    caption = f"<figcaption>{_escaped(image.caption)}</figcaption>" if image.caption else ""
    return f"<figure{kind}><{shown.tag}{_attributes(shown.attrib)}>{end}{caption}</figure>"


# --- the library's way of writing -------------------------------------------------------------------


def _escaped(text: str) -> str:
    """Return text for between two tags; it has neither ``<`` nor an entity."""
    if "&" in text:
        text = text.replace("&", "&amp;")
    return text.replace(">", "&gt;") if ">" in text else text


def _attributes(values: dict[str, str]) -> str:
    return "".join(f' {name}="{_attribute(value)}"' for name, value in sorted(values.items()))


def _attribute(value: str) -> str:
    text = _ENTITY_OR_MARK.sub("&amp;", value) if "&" in value else value
    return text.replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
