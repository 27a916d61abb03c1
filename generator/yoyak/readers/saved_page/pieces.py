"""A page as a flat run of pieces: running text or a picture, each with the elements that give it meaning."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from msgspec import Struct

from yoyak.readers.saved_page.furniture import is_furniture, is_standfirst
from yoyak.readers.saved_page.tree import EMBEDS, HEADINGS, PICTURES, Node, text_of_nodes
from yoyak.readers.word_lists import words

Sort = Literal["prose", "heading", "item", "caption", "cell", "picture"]

_MEANS = frozenset((
    "p", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "pre", "figure", "figcaption", *HEADINGS, *PICTURES,
))  # fmt: skip
_IN_TABLES = frozenset(("table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption"))
_WIDE = re.compile("[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_LONG_CELL = 400
_TOLD = 100


class Piece(Struct, eq=False, gc=False):
    """A stretch of a page between two borders of blocks. Nobody changes it but the code that makes it.

    No node knows its pieces: so they are in no circle, and need no look of the garbage collector.
    """

    nodes: Sequence[Node | str]
    path: tuple[Node, ...]
    """The elements around it that mean something: a list and its item, a figure, a heading."""
    home: Node
    """The nearest element around `path`."""
    sort: Sort
    text: str
    size: int
    """Characters; one of Chinese or Japanese says as much as two."""
    links: float
    """The share of the text that stands in links."""
    doors: int
    """How many links."""
    furniture: Node | None
    """The outermost element around that calls itself no text."""
    standfirst: bool = False


class _Place(Struct, frozen=True, gc=False):
    path: tuple[Node, ...]
    home: Node
    sort: Sort
    furniture: Node | None
    standfirst: bool
    linked: bool
    """A link stands around it."""
    data: bool
    """The nearest table holds data; other tables only place things on a page."""


def page_pieces(root: Node) -> tuple[Piece, ...]:
    """Return the pieces of a page in order."""
    place = _Place(path=(), home=root, sort="prose", furniture=None, standfirst=False, linked=False, data=False)
    found: list[Piece] = []
    _add_pieces(root, place, found)
    return tuple(found)


def _add_pieces(parent: Node, place: _Place, found: list[Piece]) -> None:
    """Append the pieces below an element; the tree's depth is bounded."""
    run: list[Node | str] = []
    for child in parent.children:
        if isinstance(child, str):
            if run or not child.isspace():  # space between blocks is most of a page's texts
                run.append(child)
            continue
        if not child.holds_block and child.name not in _BORDERS:
            run.append(child)
            continue
        if run:
            _add_runs(run, place, found)
            run = []
        if child.name in PICTURES or child.name in EMBEDS:
            found.append(_picture(child, place))
        elif child.name != "head" and (child.children or child.name in ("td", "th")):
            _add_pieces(child, _inside(child, place), found)
    if run or (place.data and parent.name in ("td", "th")):
        _add_runs(run, place, found)


_BORDERS = frozenset((*_MEANS, *_IN_TABLES)) | words("borders") | {*EMBEDS}


def _inside(node: Node, place: _Place) -> _Place:
    """Return the place of what stands in an element."""
    name = node.name
    furniture = place.furniture or (node if is_furniture(node) and not _in_figure(place) else None)
    data = _looks_like_data(node) if name == "table" else place.data
    means = name in _MEANS or (name in _IN_TABLES and data)
    return _Place(
        path=(*place.path, node) if means else place.path,
        home=place.home if means else node,
        sort=_sort(name, place, means=means),
        furniture=furniture,
        standfirst=place.standfirst or is_standfirst(node),
        linked=place.linked or (name == "a" and "href" in node.attrs),
        data=data,
    )


def _in_figure(place: _Place) -> bool:
    return place.sort == "caption" or any(above.name == "figure" for above in place.path)


def _sort(name: str, place: _Place, *, means: bool) -> Sort:
    if name in HEADINGS:
        return "heading"
    if name == "figcaption" or place.sort == "caption":
        return "caption"
    if name in ("li", "dt", "dd"):
        return "item"
    return "cell" if name in ("td", "th", "caption") and means else place.sort


def _looks_like_data(table: Node) -> bool:
    """Tell whether a table holds data: rows of several short cells."""
    inside = list(table.elements())
    cells = [node for node in inside if node.name in ("td", "th")]
    rows = sum(1 for node in inside if node.name == "tr")
    if len(cells) < 4 or rows < 2 or len(cells) < 1.5 * rows or len(cells) > 20_000:
        return False
    return not any(node.name in ("table", "h1", "form") for node in inside) and not any(
        len(text_of_nodes(cell.children)) > _LONG_CELL for cell in cells
    )


def _picture(node: Node, place: _Place) -> Piece:
    return Piece(
        nodes=(node,),
        path=place.path,
        home=place.home,
        sort="picture",
        text="",
        size=0,
        links=float(place.linked),
        doors=0,
        furniture=None if node.name in EMBEDS and _is_player(place.furniture) else place.furniture,
        standfirst=False,
    )


def _is_player(furniture: Node | None) -> bool:
    """Tell whether what calls itself no text is what a film or a sound plays in."""
    names = f"{furniture.get('class')} {furniture.get('id')}" if furniture else ""
    return _PLAYER.search(names) is not None and _OF_OTHERS.search(names) is None


_PLAYER = re.compile(r"player|video|audio|media|embed|movie|podcast|listen", re.IGNORECASE)
_OF_OTHERS = re.compile(
    r"(?:^|[\s_-])ads?(?:$|[\s_-])|advert|banner|sponsor|promo|relat|recomm|comment|footer|sidebar", re.IGNORECASE
)


def _add_runs(run: Sequence[Node | str], place: _Place, found: list[Piece]) -> None:
    """Append running text as one piece, or as one for each paragraph where two line breaks part it."""
    if len(run) == 1:
        found += _piece(run, place)
        return
    part: list[Node | str] = []
    breaks = 0
    for node in run:
        if isinstance(node, Node) and node.name == "br":
            breaks += 1
        elif not (isinstance(node, str) and not node.strip()):
            if breaks >= 2:
                found += _piece(part, place)
                part = []
            breaks = 0
        part.append(node)
    found += _piece(part, place)


def _piece(nodes: Sequence[Node | str], place: _Place) -> tuple[Piece, ...]:
    """Return running text as a piece, or nothing for space."""
    text = text_of_nodes(nodes)
    if not text and place.sort != "cell":
        return ()
    first = nodes[0] if len(nodes) == 1 else None
    plain = isinstance(first, str)
    if isinstance(first, Node) and first.name == "a":
        doors = [len(text)]
    else:
        doors = [] if plain else [len(text_of_nodes((one,))) for one in _links(nodes)]
    linked = len(text) if place.linked else sum(doors)
    told = place.sort == "heading" and place.path[-1].name != "h1" and is_told(text)
    piece = Piece(
        nodes=nodes,
        path=place.path,
        home=place.home,
        sort="prose" if told else place.sort,
        text=text,
        size=len(text) if text.isascii() else 2 * len(text) - len(_WIDE.sub("", text)),
        links=min(1.0, linked / len(text)) if text else 0.0,
        doors=len(doors),
        furniture=place.furniture,
        standfirst=place.standfirst or (not plain and _is_marked_standfirst(nodes)),
    )
    return (piece,)


def is_told(text: str) -> bool:
    """Tell whether what is marked as a heading is a paragraph: long, and a sentence."""
    return len(text) >= _TOLD and text.endswith((".", "。", ".”", ".’"))


def _is_marked_standfirst(nodes: Sequence[Node | str]) -> bool:
    """Tell whether running text is one element that calls itself the sentence below a headline."""
    inside = nodes if len(nodes) == 1 else [node for node in nodes if isinstance(node, Node) or node.strip()]
    return len(inside) == 1 and isinstance(inside[0], Node) and is_standfirst(inside[0])


def _links(nodes: Sequence[Node | str]) -> Iterator[Node]:
    for node in nodes:
        if isinstance(node, Node):
            if node.name == "a":
                yield node
            elif len(node.children) > 1 or (node.children and isinstance(node.children[0], Node)):
                yield from (inner for inner in node.elements() if inner.name == "a")
