"""Pictures on lines of their own: each is a figure with its caption, also beside other lines."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from yoyak.readers.markdown.body import Body
from yoyak.readers.markdown.nodes import LocatedElement

Line = list["Element | str"]
"""What stands in one line: elements, and text; that behind an element counts for itself."""


def make_figures(root: Element, body: Body) -> None:
    """Make a figure of each line of a paragraph that is only a picture; the other lines stay paragraphs."""
    for parent in list(root.iter()):
        for paragraph in [child for child in parent if child.tag == "p" and child.find(".//img") is not None]:
            lines = _lines(paragraph)
            if any(_picture_of(line) is not None for line in lines):
                _replace(parent, paragraph, _blocks(lines, paragraph))


def _lines(paragraph: Element) -> list[Line]:
    """Return a paragraph's lines, which end at line ends and breaks."""
    lines: list[Line] = [[]]

    def add(text: str | None) -> None:
        first, *rest = (text or "").split("\n")
        lines[-1].append(first)
        lines.extend([line] for line in rest)

    add(paragraph.text)
    for child in paragraph:
        lines[-1].append(child)
        add(child.tail)
    return lines


def _picture_of(line: Line) -> Element | None:
    """Return the picture that is all of a line, with the link around it if it has one."""
    there = [piece for piece in line if not (isinstance(piece, str) and not piece.strip())]
    there = [piece for piece in there if isinstance(piece, str) or piece.tag != "br"]
    if len(there) != 1 or isinstance(there[0], str):
        return None
    found = there[0]
    if found.tag == "a" and len(found) == 1 and not (found.text or "").strip() and not (found[0].tail or "").strip():
        return found if found[0].tag == "img" else None
    return found if found.tag == "img" else None


def _blocks(lines: list[Line], paragraph: Element) -> list[Element]:
    """Return the figures and paragraphs that take a paragraph's place."""
    blocks: list[Element] = []
    together: list[Line] = []
    line_number = getattr(paragraph, "line", 0)
    for number, line in enumerate(lines):
        picture = _picture_of(line)
        if picture is None:
            together.append(line)
            continue
        _add_paragraph(blocks, together, line_number)
        together = []
        figure = LocatedElement("figure")
        figure.line = line_number + number if line_number else 0
        picture.tail = None
        figure.append(picture)
        blocks.append(figure)
    _add_paragraph(blocks, together, line_number)
    if blocks and (name := paragraph.get("id")):
        blocks[0].set("id", name)
    return blocks


def _add_paragraph(blocks: list[Element], lines: list[Line], line_number: int) -> None:
    if not any(isinstance(piece, Element) or piece.strip() for line in lines for piece in line):
        return
    paragraph = LocatedElement("p")
    paragraph.line = line_number
    pieces: Line = []
    for number, line in enumerate(lines):
        pieces.extend(["\n"] if number else [])
        pieces.extend(line)
    while pieces and (pieces[-1] in ("", "\n") or (isinstance(pieces[-1], Element) and pieces[-1].tag == "br")):
        pieces.pop()
    for piece in pieces:
        if isinstance(piece, Element):
            piece.tail = None
            paragraph.append(piece)
        elif len(paragraph):
            paragraph[-1].tail = (paragraph[-1].tail or "") + piece
        else:
            paragraph.text = (paragraph.text or "") + piece
    blocks.append(paragraph)


def _replace(parent: Element, paragraph: Element, blocks: list[Element]) -> None:
    index = list(parent).index(paragraph)
    if blocks:
        blocks[-1].tail = paragraph.tail
    parent[index : index + 1] = blocks
