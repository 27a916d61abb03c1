"""The pieces of an article as one small tree: only what the body needs of the page's markup."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from yoyak.readers.saved_page.lazy import LAZY, SETS
from yoyak.readers.saved_page.pieces import Piece
from yoyak.readers.saved_page.tree import BLOCKS, EMBEDS, PICTURES, Node

_KEPT = frozenset((
    "href", "alt", "class", "width", "height", "colspan", "rowspan", "start", "dir", "lang", *LAZY, *SETS,
))  # fmt: skip
_OF_EMBEDS = frozenset("title aria-label style data data-videoid videoid playlabel name hidden id poster".split())
_BREAK, _RULE = Node("br", {}, None, []), Node("hr", {}, None, [])
_EMPTY = frozenset(("br", "img", "source", "hr", "wbr", "amp-img", *EMBEDS))
"""Elements without words, or with words that nobody sees."""


def article_tree(pieces: Iterable[Piece]) -> Node:
    """Return the words, links, emphasis and pictures of the pieces, each in its list, table or figure."""
    root = Node("html", {}, None, [])
    path: Sequence[Node] = ()
    copies: list[Node] = [root]
    for piece in pieces:
        same = _shared(path, piece.path)
        if same == len(path) and same == len(piece.path) and root.children:
            _write((_BREAK, _BREAK), copies[-1])
        del copies[same + 1 :]
        for node in piece.path[same:]:
            copies.append(_copy(node, copies[-1]))
        path = piece.path
        _write(piece.nodes, copies[-1])
        if not path:
            _copy(_RULE, root)
    return root


def _shared(open_: Sequence[Node], path: Sequence[Node]) -> int:
    same = 0
    for one, other in zip(open_, path, strict=False):
        if one is not other:
            break
        same += 1
    return same


def _write(nodes: Sequence[Node | str], parent: Node) -> None:
    """Append copies of nodes to an element; depth is bounded by the tree's."""
    for node in nodes:
        if isinstance(node, str):
            before = parent.children
            if before and isinstance(before[-1], str):
                before[-1] += node
            elif node:
                before.append(node)
        elif node.name in _EMPTY:
            _copy(node, parent)
        elif node.name in BLOCKS and node.name not in PICTURES:
            _write(node.children, parent)
        else:
            _write(node.children, _copy(node, parent))


def _copy(node: Node, parent: Node) -> Node:
    """Append an element like `node` without what stands in it, and with the attributes that a body needs."""
    wanted = _KEPT | _OF_EMBEDS if node.name in EMBEDS else _KEPT
    attrs = {key: value or "" for key, value in node.attrs.items() if key in wanted} if node.attrs else node.attrs
    copy = Node(node.name, attrs, parent, [])
    parent.children.append(copy)
    return copy
