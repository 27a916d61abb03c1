"""Elements that call themselves no text, and are the article all the same."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from yoyak.readers.saved_page.furniture import is_furniture
from yoyak.readers.saved_page.holder import ENDS, close_below, is_headline, is_prose, said_again
from yoyak.readers.saved_page.pieces import Piece
from yoyak.readers.saved_page.tree import Node
from yoyak.readers.word_lists import alternatives

_LOCKED = re.compile(r"paywall|regwall|premium|piano|subscriber|read[-_]?more|more[-_]content|truncat", re.IGNORECASE)
_WEAK = re.compile(rf"{alternatives('weak-names')}", re.IGNORECASE)
"""Names that an element with a short article has too."""
_COMMENTS = re.compile(r"comment|repl(?:y|ies)|disqus|discussion|respond", re.IGNORECASE)


def without_wrong_furniture(pieces: Sequence[Piece]) -> Sequence[Piece]:
    """Return the pieces; elements with a suspicious name that hold most of the prose are the article after all."""
    for _ in range(4):
        free, held = 0.0, defaultdict[tuple[str, str], float](float)
        for piece in pieces:
            size = piece.size if piece.size >= 80 and piece.links < 0.3 and piece.sort == "prose" else 0
            if piece.furniture is None:
                free += size
            elif size:
                held[_called(piece.furniture)] += size * (0.3 if _COMMENTS.search(_called(piece.furniture)[1]) else 1)
        locked = [names for names, size in held.items() if size >= 400 and _LOCKED.search(names[1])]
        best = locked[0] if locked else max(held, key=lambda names: held[names], default=None)
        if best is None or (not locked and held[best] < max(100, 2 * free)):
            break
        for piece in pieces:
            if piece.furniture is not None and _called(piece.furniture) == best:
                piece.furniture = _furniture_below(piece, piece.furniture)
    return pieces


def with_short_text(pieces: Sequence[Piece], title: str) -> Sequence[Piece]:
    """Return the pieces; sentences right below the headline are its article where nothing else there is."""
    first = next((at for at, piece in enumerate(pieces) if is_headline(piece, title) and piece.furniture is None), None)
    below = close_below(pieces, first) if first is not None else ()
    prose = [piece.text for piece in below if is_prose(piece)]
    if prose and said_again(title, prose):
        return pieces
    held: dict[int, list[Piece]] = defaultdict(list)
    for piece in below:
        named = piece.furniture is not None and "hidden" not in piece.furniture.attrs
        if piece.furniture is not None and named and _WEAK.search(_called(piece.furniture)[1]):
            held[id(piece.furniture)].append(piece)
    for group in held.values():
        told = [piece for piece in group if piece.size >= 40 and piece.links < 0.3 and ENDS.search(piece.text)]
        sure = not prose or said_again(title, [piece.text for piece in told]) > 1
        if sure and len(told) > 1 and sum(piece.size for piece in told) >= 150:
            for piece in group:
                piece.furniture = _furniture_below(piece, piece.furniture) if piece.furniture else None
    return pieces


def _called(node: Node) -> tuple[str, str]:
    return node.name, f"{node.get('class')} {node.get('id')}"


def _furniture_below(piece: Piece, root: Node) -> Node | None:
    inner: Node | None = None
    for node in (*reversed(piece.path), piece.home, *piece.home.above()):
        if node is root:
            break
        if is_furniture(node):
            inner = node
    return inner
