"""Pieces of HTML that are all article: the content of a feed's entry, and what a mail says. Nothing is left out as
furniture; layout becomes paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from itertools import groupby

from bs4.element import NavigableString, PageElement, Tag

from yoyak.importing.pieces import figures, tree, words_of
from yoyak.model.message import Problem
from yoyak.readers.saved_page.embeds import embed_of, link_html, source_of
from yoyak.readers.saved_page.figures import sources
from yoyak.readers.saved_page.inline import urljoined
from yoyak.readers.saved_page.lazy import with_late_pictures
from yoyak.readers.saved_page.left_out import form_left_out, lost_embeds
from yoyak.readers.saved_page.tree import EMBEDS, Node
from yoyak.text.headings import levels
from yoyak.text.odd_letters import shows_nothing
from yoyak.text.sanitize import canonical, sanitize

_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS = frozenset((
    "p", "div", "blockquote", "ul", "ol", "li", "dl", "dt", "dd", "table", "thead", "tbody", "tfoot", "tr", "td", "th",
    "caption", "figure", "figcaption", "pre", "details", "summary", "hr", "img", *_HEADINGS,
))  # fmt: skip
_BREAKS = re.compile(r"(?:\s*<br/?>\s*){2,}")
_DEEPEST = 100
_SMALLEST = 40
_LONG_CELL = 200


def fragment(html: str) -> str:
    """Return a piece of HTML as a row of plain blocks."""
    soup = tree(canonical(html))  # Python's own parser refuses some texts, such as ``x<![>y``
    for hidden in soup.find_all(_is_never_shown):
        hidden.decompose()
    body = tree(sanitize(_leveled(str(soup))))
    return "\n".join(_blocks(body, 0))


def _is_never_shown(tag: Tag) -> bool:
    return tag.name in ("head", "title") or (tag.name != "body" and bool(_HIDDEN.search(str(tag.get("style", "")))))


def _leveled(html: str) -> str:
    """Return HTML whose headings stand below a headline that is not in it."""
    soup = tree(html)
    headings = soup.find_all(_HEADINGS)
    for heading, level in zip(headings, levels(int(heading.name[1]) for heading in headings), strict=True):
        heading.name = f"h{level}"
    return str(soup)


def _blocks(parent: Tag, depth: int) -> Iterator[str]:
    """Yield the blocks below an element; text between blocks is paragraphs of its own."""
    run: list[PageElement] = []
    for node in parent.children:
        if _is_inline(node):
            run.append(node)
            continue
        yield from _paragraphs(run)
        run = []
        if isinstance(node, Tag):
            yield from _block(node, depth)
    yield from _paragraphs(run)


def _is_inline(node: PageElement) -> bool:
    if isinstance(node, Tag):
        return node.name not in _BLOCKS and node.find(_BLOCKS) is None
    return type(node) is NavigableString


def _paragraphs(run: list[PageElement]) -> Iterator[str]:
    inner = "".join(str(node) if isinstance(node, Tag) else escape(str(node), quote=False) for node in run)
    if not inner.strip():
        return
    for part in _BREAKS.split(inner):
        paragraph = tree(f"<p>{part}</p>")
        if not shows_nothing(paragraph.get_text()):
            yield str(paragraph).replace("\n", " ").strip()


def _block(tag: Tag, depth: int) -> Iterator[str]:
    if depth > _DEEPEST:
        yield from _paragraphs([NavigableString(tag.get_text(" "))])
    elif tag.name == "figure" or tag.name == "img":
        yield from _figure(tag)
    elif tag.name in _HEADINGS:
        yield from (f"<{tag.name}>{part[3:-4]}</{tag.name}>" for part in _one_paragraph(tag))
    elif tag.name == "blockquote":
        for quoted, group in groupby(_blocks(tag, depth + 1), lambda part: part.startswith(("<p>", "<blockquote>"))):
            parts = list(group)
            inner = "".join(re.sub(r"</?blockquote>", "", part) for part in parts)
            yield from [f"<blockquote>{inner}</blockquote>"] if quoted else parts
    elif tag.name in ("ul", "ol") and tag.find("li", recursive=False):
        yield _list(tag)
    elif tag.name == "table" and _is_data(tag):
        yield f"<table><tbody>{''.join(_rows(tag))}</tbody></table>"
    elif tag.name == "pre":
        yield f"<pre>{escape(tag.get_text(), quote=False)}</pre>"
    else:
        yield from _blocks(tag, depth + 1)


def _one_paragraph(tag: Tag) -> Iterator[str]:
    text = words_of(tag)
    return _paragraphs([NavigableString(text)]) if text else iter(())


def _list(tag: Tag) -> str:
    return f"<{tag.name}>{''.join(f'<li>{part}</li>' for part in _items(tag))}</{tag.name}>"


def _items(tag: Tag) -> Iterator[str]:
    for item in tag.find_all("li", recursive=False):
        below = "".join(map(_list, item.find_all(("ul", "ol"), recursive=False)))
        own = [node for node in item.children if not (isinstance(node, Tag) and node.name in ("ul", "ol"))]
        words = " ".join(part.removeprefix("<p>").removesuffix("</p>") for part in _of_nodes(own))
        if words or below:
            yield words + below


def _of_nodes(nodes: list[PageElement]) -> Iterator[str]:
    holder = tree("<div></div>").div
    assert holder is not None
    for node in nodes:
        holder.append(node.extract())
    return (part for part in _blocks(holder, 0) if part.startswith("<p>"))


def _is_data(table: Tag) -> bool:
    """Tell a table of data from one that lays out a page."""
    rows = [row.find_all(("td", "th"), recursive=False) for row in table.find_all("tr")]
    cells = [cell for row in rows for cell in row]
    wide = len(rows) > 1 and min((len(row) for row in rows), default=0) > 1
    holds_blocks = table.find(("table", "img", "p", "ul", "h2", "h3")) is not None
    return wide and not holds_blocks and all(len(cell.get_text()) < _LONG_CELL for cell in cells)


def _rows(table: Tag) -> Iterator[str]:
    for row in table.find_all("tr"):
        cells = row.find_all(("td", "th"), recursive=False)
        yield "<tr>" + "".join(f"<{c.name}>{' '.join(c.decode_contents().split())}</{c.name}>" for c in cells) + "</tr>"


def _figure(tag: Tag) -> Iterator[str]:
    """Yield each picture with its caption; what is so small that it counts or decorates is left out."""
    words = tag.find("figcaption") if tag.name == "figure" else None
    caption = words_of(words)
    images = [image for image in ([tag] if tag.name == "img" else tag.find_all("img")) if not _is_small(image)]
    yield from figures(images, caption)
    if caption and not images:
        yield f"<figure><figcaption>{escape(caption, quote=False)}</figcaption></figure>"


def _is_small(image: Tag) -> bool:
    sizes = [str(image.get(name, "")).removesuffix("px") for name in ("width", "height")]
    return not str(image.get("src", "")).strip() or any(size.isdigit() and int(size) < _SMALLEST for size in sizes)


# --- kept pieces -------------------------------------------------------------------------------------------------
# Feeds' entries and mails with what an article can hold in the place of what it cannot: links for films and
# frames, pictures that are loaded late with their address. Nothing of it vanishes without a word.

_FIELDS = ("input", "select", "textarea")
_NO_FIELDS = ("hidden", "submit", "button", "image", "search")


def with_kept_pieces(html: str, address: str, language: str, path: str) -> tuple[str, tuple[Problem, ...]]:
    """Return HTML in which every piece is one that an article can hold, and what had to be left out.

    `address` is where relative addresses are understood from, `path` how messages call the original.
    """
    soup = tree(with_late_pictures(html))
    lost = list(_without_embeds(soup, address, language))
    for picture in soup.find_all("picture"):
        if picture.find("img") is None:
            picture.append(soup.new_tag("img"))
    for image in soup.find_all(("img", "amp-img")):
        image.name = "img"
        around = image.parent if image.parent and image.parent.name == "picture" else None
        if found := sources(_node(image, _node(around) if around else None)):
            image["src"] = found[0]
    for picture in soup.find_all(("picture", "source")):
        picture.unwrap()
    fields = [field for field in soup.find_all(_FIELDS) if str(field.get("type", "")).lower() not in _NO_FIELDS]
    problems = ((lost_embeds(path, lost),) if lost else ()) + ((form_left_out(path),) if fields else ())
    return str(soup), problems


def _without_embeds(soup: Tag, address: str, language: str) -> Iterator[str]:
    """Put links where films, sounds and frames stand; yield how those are called that have no address."""
    for tag in soup.find_all(EMBEDS):
        if any(above.name in EMBEDS for above in tag.parents) or not any(True for _ in tag.parents):
            continue
        node = _node(tag)
        written = source_of(node)
        embed = embed_of(node, language, urljoined(address, written) if written else "")
        if embed is not None and not embed.address:
            yield embed.title
        if embed is None or not embed.address:
            tag.decompose()
        else:
            tag.replace_with(tree(f"<div>{link_html(embed)}</div>"))


def _node(tag: Tag, parent: Node | None = None) -> Node:
    """Return an element as the readers of saved pages see it, with those in it that name what it shows."""
    whole = (tag, *tag.find_all(("source", "embed", "iframe", "param")))
    written = ({key: " ".join(v) if isinstance(v, list) else v for key, v in one.attrs.items()} for one in whole)
    node, *inside = (Node(one.name, attrs, parent, []) for one, attrs in zip(whole, written, strict=True))
    node.children += inside
    return node
