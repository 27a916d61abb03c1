"""The tree of a Markdown text: elements of the standard library that know their source lines, and their HTML."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

RAW = "!raw"
"""The tag of a piece of HTML as its author typed it. A tree whose addresses are resolved holds none."""
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
MARK = "data-yoyak-"
"""What the names of the reader's own attributes begin with. HTML of an author's keeps none of that beginning."""
NOTE, NOTE_TEXT = f"{MARK}note", f"{MARK}note-text"
"""A mark in the text for a footnote, and the footnote; both have its label, by which `notes` joins them."""
CODE, UNCLOSED, HIDDEN, CELLS = f"{MARK}code", f"{MARK}unclosed", f"{MARK}hidden", f"{MARK}cells"
"""What a fence says behind its marks, one without an end, words that only their writer sees, cells of no column."""
NAME, UNUSED, REFUSED = f"{MARK}name", f"{MARK}unused", f"{MARK}refused"
"""A name of a note, and an address that was defined for links and that no link uses."""
SIGNS = "•‣◦⁃∙·ㆍ・○●◎□■▢▣◆◇▶▷►▲△▸▹▪▫※☞✓✔★☆①-⑳❶-❿"
"""Signs that begin a line of a list for whoever types them, as in press releases, in brackets of a pattern."""
FORMULA = re.compile(
    r"\$\$[^$]{1,1000}\$\$|\$(?=\S)[^$\n]{0,300}?[\\^_{}*][^$\n]{0,300}?(?<=\S)\$(?![A-Za-z0-9_])"
    r"|\$[A-Za-z](?:[^$\n]{0,80}[=<>][^$\n]{0,80}(?<=\S))?\$(?![A-Za-z0-9_])|\\\([^\n]{1,300}?\\\)"
)
"""A formula of LaTeX; prices are none."""
_CONTAINERS = frozenset("blockquote details div dl ol section table tbody thead tr ul".split())
_BLOCKS = _CONTAINERS | frozenset("dd dt figure hr li p pre summary td th".split()) | frozenset(HEADINGS)


class LocatedElement(Element):
    """An element with the line of the text on which it begins, counted from 1; 0 when that is not known."""

    line: int = 0
    typed: bool = False
    """Its author typed it as HTML."""
    number: int = 0
    """Of an item of a numbered list."""
    added: str = ""
    """Of a link that stands for something else: the end of its words, which is ours and names its address."""
    allowed: bool = False
    """Of a picture on another host that site.yaml lets pages load. No HTML can say this of itself."""


def new(tag: str, attributes: dict[str, str] | None = None, *, text: str = "", line: int = 0) -> LocatedElement:
    """Return an element that stands nowhere yet."""
    node = LocatedElement(tag, attributes or {})
    node.text = text or None
    node.line = line
    return node


def words_of(node: Element) -> str:
    """Return the text of an element and all below it on one line."""
    return " ".join("".join(node.itertext()).split())


def with_parents(root: Element) -> list[tuple[Element, Element]]:
    """Return each element below `root` with the one that it stands in, in order."""
    return [(parent, child) for parent in root.iter() for child in parent]


def append_text(parent: Element, text: str | None) -> None:
    """Add text behind everything that stands in `parent`."""
    add_text(parent, len(parent), text)


def add_text(parent: Element, index: int, text: str | None) -> None:
    """Put text before the child number `index` of `parent`."""
    if not text:
        return
    if index:
        parent[index - 1].tail = (parent[index - 1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def take_out(parent: Element, child: Element) -> int:
    """Remove a child but not the text behind it; return its number."""
    index = list(parent).index(child)
    tail, child.tail = child.tail, None
    parent.remove(child)
    add_text(parent, index, tail)
    return index


def replace_with_text(parent: Element, child: Element, text: str) -> None:
    """Let text stand where `child` stands."""
    child.tail = text + (child.tail or "")
    take_out(parent, child)


def put_in_place(parent: Element, child: Element, replacement: Element) -> None:
    """Let `replacement` stand where `child` stands."""
    index = list(parent).index(child)
    replacement.tail = child.tail
    parent[index] = replacement


def unwrap(parent: Element, child: Element) -> None:
    """Let what stands in `child` stand in `parent` in its place."""
    index = list(parent).index(child)
    inner, tail = list(child), child.tail
    parent.remove(child)
    add_text(parent, index, child.text)
    for offset, node in enumerate(inner):
        parent.insert(index + offset, node)
    add_text(parent, index + len(inner), tail)


# --- HTML ------------------------------------------------------------------------------------------


def to_html(root: Element, *, with_lines: bool = False) -> str:
    """Return the HTML of what stands in `root`. The depth of the tree does not matter."""
    pieces: list[str] = [escaped(root.text or "")]
    waiting: list[Element | str] = [*reversed(root)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            pieces.append(node)
            continue
        end = escaped(node.tail or "")
        if node.tag == RAW:
            pieces.append((node.text or "") + end)
            continue
        line = node.line if with_lines and isinstance(node, LocatedElement) else 0
        pieces.append(f"<{node.tag}{attributes(node.attrib)}{f' {MARK}line={line}' if line else ''}>")
        if node.tag in _BLOCKS and not end.startswith("\n"):
            end = f"\n{end}"
        if node.tag in VOID:
            pieces.append(end)
            continue
        if node.tag in _CONTAINERS and not node.text:
            pieces.append("\n")
        pieces.append(escaped(node.text or ""))
        waiting.append(f"</{node.tag}>{end}")
        waiting.extend(reversed(node))
    return "".join(pieces)


def escaped(text: str) -> str:
    """Return text as it stands between two tags."""
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    return text.replace(">", "&gt;") if ">" in text else text


def attributes(values: dict[str, str]) -> str:
    """Return attributes as they stand in a tag, in the order of their names."""
    return "".join(f' {name}="{_quoted(value)}"' for name, value in sorted(values.items())) if values else ""


def _quoted(value: str) -> str:
    return escaped(value).replace('"', "&quot;")
