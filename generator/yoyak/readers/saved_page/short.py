"""Pages with a sentence or two: the first report of breaking news, a notice, a photo story.

The weights of `page_weights` look for much text. Where they find little, what stands below the headline, or in the
element that calls itself the article, is taken as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from yoyak.model.sources import Block
from yoyak.readers.saved_page.holder import is_headline
from yoyak.readers.saved_page.pieces import Piece
from yoyak.readers.saved_page.tree import Node
from yoyak.readers.saved_page.weights import calls_itself_the_text, is_in
from yoyak.readers.word_lists import alternatives
from yoyak.text.odd_letters import shows_nothing

_MOST_LINKED = 0.5
_FEW = 12
"""Pieces of a page that is nothing but its text."""
_DATE = re.compile(
    r"(?:(?:기사)?\s?(?:입력|등록|수정|작성|승인)(?:일시|시간|일)?\s?[:：]?\s?)?"
    r"\d{2,4}\s?[-./년]\s?\d{1,2}\s?[-./월]\s?\d{1,2}[\d\s.:일시분()월화수목금토오전후]*"
)
_SHELL = re.compile(alternatives("shells"), re.IGNORECASE)
"""What a page says that waits for its text, or has none."""


def short_pieces(pieces: Sequence[Piece], title: str) -> tuple[Piece, ...]:
    """Return what of a short page is its article."""
    headed = [at for at, piece in enumerate(pieces) if is_headline(piece, title) and piece.furniture is None]
    start = headed[-1] + 1 if headed else 0
    own = [piece for piece in pieces[start:] if _may_be_text(piece)]
    around = _holder(pieces[headed[-1]], own) if headed else None
    named = next((node for piece in own for node in _around(piece) if calls_itself_the_text(node)), None)
    holder = named or around or next((n for p in own for n in _around(p) if n.name in ("article", "main")), None)
    if holder is None:
        return tuple(own) if len(own) <= _FEW else ()
    return tuple(piece for piece in own if is_in(piece, frozenset((id(holder),))))


def _may_be_text(piece: Piece) -> bool:
    linked = piece.links > _MOST_LINKED and piece.sort != "picture"
    return (
        piece.furniture is None
        and not linked
        and not _is_date(piece)
        and (piece.sort == "picture" or not shows_nothing(piece.text))
    )


def _is_date(piece: Piece) -> bool:
    """Tell whether a piece is the line that says when, and no text."""
    inside = [node for node in piece.nodes if isinstance(node, Node) or node.strip()]
    timed = bool(inside) and all(isinstance(node, Node) and node.name == "time" for node in inside)
    return timed or piece.home.name == "time" or bool(_DATE.fullmatch(piece.text))


def _holder(headline: Piece, own: Iterable[Piece]) -> Node | None:
    """Return the smallest element around the headline that holds text too."""
    prose = [piece for piece in own if piece.sort in ("prose", "item", "caption")]
    for node in _around(headline):
        if node.name not in ("header", "hgroup") and any(is_in(piece, frozenset((id(node),))) for piece in prose):
            return node if node.name not in ("body", "html") else None
    return None


def _around(piece: Piece) -> tuple[Node, ...]:
    return (piece.home, *piece.home.above())


def says_something(blocks: Iterable[Block], embeds: Sequence[str]) -> bool:
    """Tell whether an article stands in blocks: words that are none of a page that waits for its text, or a picture
    with its caption. A link to a frame is none."""
    for block in blocks:
        if block.text in embeds:
            continue
        if block.kind == "figure" and block.text:
            return True
        if not shows_nothing(block.text) and not (len(block.text) <= 120 and _SHELL.search(block.text)):
            return True
    return False
