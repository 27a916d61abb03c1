"""The pieces of an article as one small document for Beautiful Soup: only what the body needs of the page's markup."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from yoyak.readers.saved_page.lazy import LAZY, SETS
from yoyak.readers.saved_page.pieces import PICTURES, Piece
from yoyak.readers.saved_page.tree import BLOCKS, EMBEDS, Node

_KEPT = frozenset((
    "href", "alt", "class", "width", "height", "colspan", "rowspan", "start", "dir", "lang", *LAZY, *SETS,
))  # fmt: skip
_OF_EMBEDS = frozenset(("title", "aria-label", "style", "data", "data-videoid", "name", "hidden", "id", "poster"))
_EMPTY = frozenset(("br", "img", "source", "hr", "wbr"))
_CLOSED = frozenset(("amp-img", *EMBEDS))
"""Elements whose words nobody sees. HTML knows no end tag for them to be left out."""


def markup_of(pieces: Iterable[Piece]) -> str:
    """Return HTML with the words, links, emphasis and pictures of the pieces, each in its list, table or figure."""
    parts: list[str] = []
    open_: list[Node] = []
    for piece in pieces:
        same = _shared(open_, piece.path)
        if same == len(open_) and same == len(piece.path) and parts:
            parts.append("<br><br>")
        parts += [f"</{node.name}>" for node in reversed(open_[same:])]
        parts += [_tag(node) for node in piece.path[same:]]
        open_ = list(piece.path)
        _write(piece.nodes, parts)
        if not piece.path:
            parts.append("<hr>")
    parts += [f"</{node.name}>" for node in reversed(open_)]
    return "".join(parts)


def _shared(open_: Sequence[Node], path: Sequence[Node]) -> int:
    same = 0
    for one, other in zip(open_, path, strict=False):
        if one is not other:
            break
        same += 1
    return same


def _write(nodes: Sequence[Node | str], parts: list[str]) -> None:
    """Append nodes as HTML; depth is bounded by the tree's."""
    for node in nodes:
        if isinstance(node, str):
            parts.append(escape(node, quote=False))
        elif node.name in _EMPTY:
            parts.append(_tag(node))
        elif node.name in _CLOSED:
            parts.append(f"{_tag(node)}</{node.name}>")
        elif node.name in BLOCKS and node.name not in PICTURES:
            _write(node.children, parts)
        else:
            parts.append(_tag(node))
            _write(node.children, parts)
            parts.append(f"</{node.name}>")


def _tag(node: Node) -> str:
    wanted = _KEPT | _OF_EMBEDS if node.name in EMBEDS else _KEPT
    kept = "".join(f' {key}="{escape(node.get(key))}"' for key in node.attrs if key in wanted) if node.attrs else ""
    return f"<{node.name}{kept}>"
