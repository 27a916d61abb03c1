"""What stands right below a page's headline and talks of it: the article, however long a notice far below is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from yoyak.readers.saved_page.pieces import Piece
from yoyak.readers.saved_page.tree import Node

_LEAST = 100
"""Characters of prose below a headline that can be an article."""
_FEW = 12
"""Pieces below a headline among which a short article begins."""
_LEAST_TOLD = 2
"""Words of the headline that its article says again."""
ENDS = re.compile(r"""[.!?…。！？।۔؟։။។።:;]["”’»›」』)\]＂]*$|[다요죠까음함됨]["”’']?$""")
"""What ends a sentence."""
_WIDE = ("body", "html")
_WORD = re.compile(r"[a-z\u00c0-\u024f\u0370-\u052f]{4,}|[\uac00-\ud7af]{2,}|[\u3040-\u30ff\u4e00-\u9fff]{2,}")
_SENTENCE = re.compile(r"[.!?…。！？।۔](?=\s|$|[\"”’»」』)])|。")
"""Where a sentence ends. One alone is the opening of a text that goes on elsewhere."""
_LETTERS = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")


def strangers(pieces: Sequence[Piece], headline: int, title: str) -> frozenset[int]:
    """Return the ids of the pieces below the article that say nothing of its headline.

    Empty unless the text in the headline's own element says two of its words again and nothing outside of it says one.
    """
    telling = _telling(title or pieces[headline].text)
    holder = _holder(pieces, headline)
    if holder is None or holder.name in _WIDE or len(telling) < _LEAST_TOLD:
        return frozenset()
    below = pieces[headline + 1 :]
    own = {id(piece) for piece in below if _stands_in(piece, holder)}
    outside = [piece for piece in below if id(piece) not in own and piece.sort != "picture"]
    if _said(telling, (piece.text for piece in below if id(piece) in own)) < _LEAST_TOLD:
        return frozenset()
    prose = (piece.text for piece in outside if is_prose(piece))
    return frozenset(map(id, outside)) if not _said(telling, prose) else frozenset()


def is_headline(piece: Piece, title: str) -> bool:
    return piece.sort == "heading" and (piece.path[-1].name == "h1" or (bool(title) and piece.text == title))


def is_prose(piece: Piece) -> bool:
    """Tell whether a piece is running text that no link leads away from, and calls itself nothing else."""
    return piece.furniture is None and piece.sort == "prose" and piece.links < 0.3 and piece.size >= 60


def _holder(pieces: Sequence[Piece], headline: int) -> Node | None:
    """Return the smallest element around the headline with as much prose behind it as a short article has."""
    below = [piece for piece in pieces[headline + 1 :] if is_prose(piece)]
    around = (pieces[headline].home, *pieces[headline].home.above())
    article = next((node for node in around if node.name == "article"), None)
    for node in around[around.index(article) :] if article is not None else around:
        own = _beginning_in(below, node)
        told = [piece for piece in own if not piece.standfirst]
        if sum(piece.size for piece in told) >= _LEAST and len(_SENTENCE.findall(" ".join(p.text for p in told))) > 1:
            return node
    return None


def _beginning_in(pieces: Sequence[Piece], node: Node) -> Sequence[Piece]:
    """Return the pieces up to the first one that does not stand in an element."""
    end = next((at for at, piece in enumerate(pieces) if not _stands_in(piece, node)), len(pieces))
    return pieces[:end]


def _stands_in(piece: Piece, node: Node) -> bool:
    return piece.home is node or any(above is node for above in piece.home.above())


def _telling(title: str) -> frozenset[str]:
    """Return what of a headline its article says again: the beginnings of words; pairs of Chinese letters."""
    found: set[str] = set()
    for word in _WORD.findall(title.casefold()):
        if _LETTERS.match(word):
            found.update(word[at : at + 2] for at in range(len(word) - 1))
        else:
            found.add(word[:2] if "\uac00" <= word[0] <= "\ud7af" else word[:5])
    return frozenset(found)


def _said(telling: frozenset[str], texts: Iterable[str]) -> int:
    text = " ".join(texts).casefold()
    return sum(part in text for part in telling)


def said_again(title: str, texts: Iterable[str]) -> int:
    """Return how many words of a headline stand in texts."""
    return _said(_telling(title), texts)


def close_below(pieces: Sequence[Piece], headline: int) -> Sequence[Piece]:
    """Return the first pieces below a headline, up to the next heading."""
    found: list[Piece] = []
    for piece in pieces[headline + 1 : headline + 1 + _FEW]:
        if piece.sort == "heading":
            break
        found.append(piece)
    return found
