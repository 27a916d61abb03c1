"""HTML of a document as a row of plain blocks: paragraphs, headings, lists, tables, pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape

from bs4.element import Comment, NavigableString, PageElement, Tag

from yoyak.importing.pieces import figures, tree, words_of
from yoyak.text.headings import levels
from yoyak.text.odd_letters import shows_nothing
from yoyak.text.sanitize import sanitize

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS = frozenset(("p", "ul", "ol", "li", "table", "figure", "figcaption", "blockquote", "div", "hr", *_HEADINGS))
_LONGEST_HEADING = 150
_LONGEST_CAPTION = 150
_DEEPEST = 12
_MOST_CELLS = 20_000


def plain_blocks(html: str) -> tuple[str, list[str]]:
    """Return the title that HTML of a document's reader names, and its blocks, each a line, below that title."""
    soup = tree(html)
    named = soup.find("h1", class_="title")
    title = " ".join(named.get_text().split()) if isinstance(named, Tag) else ""
    if isinstance(named, Tag) and 0 < len(title) <= _LONGEST_HEADING and not named.find("img"):
        named.decompose()
    else:
        title = ""
    _level(soup)
    body = tree(sanitize(str(soup)))
    for element in body.find_all(True):
        for name in ("id", "tabindex", "title", "loading"):
            element.attrs.pop(name, None)
    return title, list(_blocks(body, 0))


def _level(soup: Tag) -> None:
    for heading in soup.find_all(_HEADINGS):
        if len(heading.get_text()) > _LONGEST_HEADING:
            heading.name = "p"
    headings = soup.find_all(_HEADINGS)
    for heading, level in zip(headings, levels(int(heading.name[1]) for heading in headings), strict=True):
        heading.name = f"h{level}"


def _blocks(parent: Tag, depth: int) -> Iterator[str]:
    run: list[PageElement] = []
    for node in list(parent.children):
        if not (isinstance(node, Tag) and (node.name in _BLOCKS or node.find(tuple(_BLOCKS)))):
            run.append(node)
            continue
        yield from _paragraph(run)
        run = []
        yield from _block(node, depth)
    yield from _paragraph(run)


def _block(tag: Tag, depth: int) -> Iterator[str]:
    if depth > _DEEPEST:
        yield from _paragraph([NavigableString(tag.get_text(" "))])
    elif tag.name in _HEADINGS or (tag.name == "p" and tag.find(tuple(_BLOCKS)) is None):
        yield from _with_pictures(tag, tag.name)
    elif tag.name in ("ul", "ol"):
        pictures = list(figures(tag.find_all("img")))
        yield from [text] if (text := _list(tag)) else []
        yield from pictures
    elif tag.name == "table":
        yield from _table(tag, depth)
    elif tag.name == "figure":
        yield from _captioned(tag)
    elif tag.name == "hr":
        yield "<hr>"
    else:
        yield from _blocks(tag, depth + 1)


def _paragraph(run: Sequence[PageElement]) -> Iterator[str]:
    nodes = [node for node in run if not isinstance(node, Comment)]
    if not any(isinstance(node, Tag) or str(node).strip() for node in nodes):
        return
    holder = Tag(name="p")
    for node in nodes:
        holder.append(node.extract())
    yield from _with_pictures(holder, "p")


def _with_pictures(tag: Tag, name: str) -> Iterator[str]:
    """Yield running text as a block, and the pictures in it below."""
    images = list(figures([image.extract() for image in tag.find_all("img")]))
    words = _inner(tag.decode_contents())
    if words and not shows_nothing(tag.get_text()):
        yield f"<{name}>{words}</{name}>"
    yield from images


def _inner(html: str) -> str:
    text = re.sub(r"\s+", " ", html).strip()
    return re.sub(r"^(?:\s*<br/?>)+|(?:<br/?>\s*)+$", "", text).strip()


def _captioned(tag: Tag) -> Iterator[str]:
    words = tag.find("figcaption")
    caption = words_of(words)
    images = tag.find_all("img")
    yield from figures(images, caption)
    if caption and not images:
        yield f"<p>{escape(caption, quote=False)}</p>"


def _list(tag: Tag) -> str:
    items = ""
    for item in tag.find_all("li", recursive=False):
        deeper = "".join(_list(inner) for inner in item.find_all(("ul", "ol"), recursive=False))
        own = [node for node in item.children if not (isinstance(node, Tag) and node.name in ("ul", "ol"))]
        words = _cell(own)
        if words or deeper:
            items += f"<li>{words}{deeper}</li>"
    return f"<{tag.name}>{items}</{tag.name}>" if items else ""


# --- tables ---------------------------------------------------------------------------------------


def rows_of(table: Tag) -> list[list[Tag]]:
    """Return the cells of a table by its rows, without those of tables inside it."""
    rows = [row for row in table.find_all("tr") if row.find_parent("table") is table]
    return [row.find_all(("td", "th"), recursive=False) for row in rows]


def _table(table: Tag, depth: int) -> Iterator[str]:
    """Yield a table whose cells are running text, then its pictures; a box around some text is that text."""
    rows = [row for row in rows_of(table) if row]
    if len(rows) <= 1 and sum(map(len, rows)) <= 1:
        for cell in (cell for row in rows for cell in row):
            yield from _blocks(cell, depth + 1)
        return
    if sum(map(len, rows)) > _MOST_CELLS:
        yield from (f"<p>{' | '.join(_cell(cell.children) for cell in row)}</p>" for row in rows)
        return
    if album := _album(rows):
        yield from album
        return
    images = list(figures([image.extract() for image in table.find_all("img")]))
    lines = ["".join(_written_cell(cell) for cell in row) for row in rows]
    if not shows_nothing(table.get_text()):
        yield f"<table><tbody>{''.join(f'<tr>{line}</tr>' for line in lines)}</tbody></table>"
    yield from images


def _album(rows: list[list[Tag]]) -> list[str]:
    """Return the figures of a table that only sets pictures side by side, with captions in or below its cells."""
    found: list[str] = []
    above: list[list[Tag]] = []
    for row in rows:
        pictures: list[list[Tag]] = [cell.find_all("img") for cell in row]
        words = [words_of(cell) for cell in row]
        if max(map(len, words)) > _LONGEST_CAPTION or any(cell.find("table") for cell in row):
            return []
        if not any(pictures):
            if len(row) != len(above) or any(text and not over for text, over in zip(words, above, strict=True)):
                return []
            found += _figures(above, words)
            above = []
            continue
        if any(text and not here for text, here in zip(words, pictures, strict=True)):
            return []
        found += _figures(above, [""] * len(above))
        above = [] if any(words) else pictures
        found += _figures(pictures, words) if any(words) else []
    return found + _figures(above, [""] * len(above))


def _figures(cells: list[list[Tag]], words: list[str]) -> list[str]:
    return [one for images, text in zip(cells, words, strict=True) for one in figures(images, text)]


def _written_cell(cell: Tag) -> str:
    spans = "".join(
        f' {name}="{value}"'
        for name in ("colspan", "rowspan")
        if (value := str(cell.get(name, ""))).isdecimal() and 1 < int(value) <= 1000
    )
    return f"<{cell.name}{spans}>{_cell(cell.children)}</{cell.name}>"


def _cell(nodes: Iterator[PageElement] | Sequence[PageElement]) -> str:
    """Return what stands in a cell or an item as running text with breaks."""
    return "<br>".join(part for part in _parts(nodes) if part)


def _parts(nodes: Iterator[PageElement] | Sequence[PageElement]) -> Iterator[str]:
    run = ""
    for node in nodes:
        if not isinstance(node, Tag):
            run += "" if isinstance(node, Comment) else escape(str(node), quote=False)
        elif node.name == "img":
            continue
        elif node.name == "table":
            yield _inner(run)
            run = ""
            yield from (" | ".join(_cell(cell.children) for cell in row) for row in rows_of(node))
        elif node.name in _BLOCKS or node.find(tuple(_BLOCKS)):
            yield _inner(run)
            run = ""
            bold = node.name in _HEADINGS
            yield from (f"<strong>{part}</strong>" if bold else part for part in _parts(node.children) if part)
        else:
            run += _without_pictures(node)
    yield _inner(run)


def _without_pictures(node: Tag) -> str:
    if "<img" not in (html := str(node)):
        return html
    copy = tree(html)
    for image in copy.find_all("img"):
        image.decompose()
    return str(copy)
