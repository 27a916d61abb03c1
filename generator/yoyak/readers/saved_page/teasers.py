"""Cards of other stories: elements and items whose headline or picture is a link."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from yoyak.readers.saved_page.pieces import Piece
from yoyak.readers.saved_page.tree import Node


def teasers_of(pieces: Sequence[Piece]) -> frozenset[int]:
    """Return the ids of pieces that lead to other stories: the words of a card or an item whose headline is a link."""
    groups: dict[int, list[Piece]] = defaultdict(list)
    lists: dict[int, list[Piece]] = defaultdict(list)
    path: tuple[Node, ...] | None = None
    item = outer = None
    for piece in pieces:
        if piece.path is not path:  # most pieces that follow each other stand in the same elements
            path = piece.path
            item, outer = _item_and_list(path)
        if piece.sort == "picture":
            if item is not None and piece.links:
                groups[id(item)].append(piece)
        elif piece.sort not in ("caption", "cell"):
            home = piece.home.parent if piece.home.name == "a" and piece.home.parent else piece.home
            groups[id(item or home)].append(piece)
            if outer is not None:
                lists[id(outer)].append(piece)
    found: set[int] = set()
    for group in groups.values():
        if len(group) <= 4 and _is_headed_by_link(group) and sum([piece.size for piece in group]) < 400:
            found.update(map(id, group))
    for group in lists.values():
        size = sum(piece.size for piece in group)
        if len(group) > 1 and sum(piece.size * piece.links for piece in group) > 0.6 * size:
            found.update(map(id, group))
    return frozenset(found)


def _item_and_list(path: Sequence[Node]) -> tuple[Node | None, Node | None]:
    """Return the innermost item and the outermost list in a path."""
    item = outer = None
    for node in path:
        if node.name in ("li", "dl"):
            item = node
        elif outer is None and node.name in ("ul", "ol"):
            outer = node
    return item, outer


def _is_headed_by_link(group: Sequence[Piece]) -> bool:
    """Tell whether a card begins with a picture or a headline that is a link."""
    first = next((piece for piece in group if piece.sort != "picture"), None)
    if first is not None and first.sort == "heading" and not first.links:
        return False
    titled = first is not None and first.links > 0.9 and 15 <= first.size <= 200
    return titled or any(piece.links > 0.9 for piece in group if piece.sort == "picture")
