"""How much each piece of a page speaks for being the article's text, and which pieces cannot be."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

from yoyak.model.types import Record
from yoyak.readers.saved_page.boxes import boxes
from yoyak.readers.saved_page.holder import ENDS, is_headline, is_prose, strangers
from yoyak.readers.saved_page.pieces import Piece
from yoyak.readers.saved_page.teasers import teasers_of
from yoyak.readers.saved_page.tree import Node
from yoyak.readers.saved_page.wrong_names import with_short_text, without_wrong_furniture
from yoyak.readers.word_lists import alternatives

_CONTAINERS = re.compile(rf"(?:^|\s)(?:{alternatives('text-containers')})(?:$|\s)", re.IGNORECASE)
"""What well-known systems call the element with the text."""

TELLING = 60
"""Characters of a text by which it is known again in the page's data."""


class Weighed(Record, kw_only=True):
    """The pieces of a page and what each weighs."""

    pieces: Sequence[Piece]
    weights: Sequence[float]
    named: frozenset[int]
    """The ids of the elements that call themselves the text."""
    teasers: frozenset[int]
    """The ids of pieces that lead to other stories, or stand in a box of their own."""
    boxes: frozenset[int]
    """The ids of the latter."""
    texts: frozenset[int]
    """The ids of pieces in lists and tables that say more than their links do."""


def weighed(pieces: Sequence[Piece], written: str, title: str) -> Weighed:
    """Return what the pieces weigh; `written` is the article's text in the page's data, `title` its headline."""
    known = _Known.of(written)
    kept = with_short_text(without_wrong_furniture(pieces), title)
    named = _named_containers(kept)
    boxed = _boxes_in(kept)
    teasers = teasers_of(kept) | boxed
    texts = _in_texts(kept) - teasers
    weights = [
        -20.0 if id(piece) in teasers else _weight(piece, known, named, inside=id(piece) in texts) for piece in kept
    ]
    weighed_ = _from_headline(kept, weights, title)
    return Weighed(pieces=kept, weights=weighed_, named=named, teasers=teasers, boxes=boxed, texts=texts)


def is_in(piece: Piece, nodes: frozenset[int]) -> bool:
    return id(piece.home) in nodes or any(id(node) in nodes for node in piece.home.above())


# --- what the page's data knows -----------------------------------------------------------------------


class _Known(Record, kw_only=True):
    """The article's text in the page's data, for comparison."""

    text: str

    @classmethod
    def of(cls, written: str) -> _Known:
        text = bare(written)
        return cls(text=text if len(text) >= 200 else "")

    def has(self, piece: Piece) -> bool:
        """Tell whether a piece stands in the data."""
        return bool(self.text) and piece.size >= 20 and bare(piece.text)[:TELLING] in self.text


def bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


# --- weights ------------------------------------------------------------------------------------------


def _weight(piece: Piece, known: _Known, named: frozenset[int], *, inside: bool) -> float:
    """Return how much a piece speaks for being the article's (above 0) or against it.

    `inside`: it stands in a list or table that is more than its links.
    """
    size = min(piece.size, 600)
    if piece.furniture is not None:
        # The captions and buttons of a gallery, however many pictures it has, do not part what stands around it.
        return -1.0 if any(node.name == "figure" for node in piece.path) else -5 - 0.4 * min(size, 250)
    if known.has(piece):
        return 20 + 2 * size
    weight = _plain_weight(piece, size, inside=inside)
    if weight > 0 and named:
        return weight * (1.5 if is_in(piece, named) else 0.4)
    return weight


def _from_headline(pieces: Sequence[Piece], weights: Sequence[float], title: str) -> list[float]:
    """Return the weights with less for what stands before the headline, and a wall before another article's."""
    first = next((at for at, piece in enumerate(pieces) if is_headline(piece, title) and piece.furniture is None), None)
    if first is None:
        return list(weights)
    before = [0.4 * weight if weight > 0 else weight for weight in weights[:first]]
    strange = strangers(pieces, first, title)
    below = zip(pieces[first:], weights[first:], strict=True)
    behind = _fading([min(weight, -10.0) if id(piece) in strange else weight for piece, weight in below])
    own = _article_around(pieces[first])
    return before + [
        WALL if own is not None and is_headline(piece, "") and _article_around(piece) not in (own, None) else weight
        for piece, weight in zip(pieces[first:], behind, strict=True)
    ]


WALL = -1e6


def _fading(weights: Sequence[float]) -> list[float]:
    """Return weights that count for less the more stands between them and the headline that is no text."""
    found: list[float] = []
    against = 0.0
    for weight in weights:
        found.append(weight * max(0.3, 1 - against / 1000) if weight > 0 else weight)
        against -= min(weight, 0.0)
    return found


def _article_around(piece: Piece) -> Node | None:
    return next((node for node in (piece.home, *piece.home.above()) if node.name == "article"), None)


def _plain_weight(piece: Piece, size: int, *, inside: bool) -> float:
    if piece.sort in ("picture", "caption"):
        return 0.0
    if piece.links > 0.5 and inside:
        return 0.0 if piece.sort == "cell" else -2.0
    if piece.links > 0.5:
        return -15.0 * max(1, piece.doors) - 0.3 * size
    if piece.sort == "heading":
        return -2.0
    if piece.sort == "cell":
        return 0.4 * size if size >= 80 and ENDS.search(piece.text) else 0.3 * min(size, 60)
    if piece.sort == "item":
        return 0.5 * size if size >= 50 and (size >= 120 or ENDS.search(piece.text)) else -2.0
    return _prose_weight(piece, size)


def _prose_weight(piece: Piece, size: int) -> float:
    complete, paragraph = ENDS.search(piece.text) is not None, bool(piece.path)
    if size < 25:
        return -6.0 if paragraph else -12.0
    if size < 80:
        return size * ((0.6 if complete else 0.2) if paragraph else (0.3 if complete else -0.2))
    return size * (1 - piece.links) * (1.0 if paragraph or complete else 0.5)


def _named_containers(pieces: Iterable[Piece]) -> frozenset[int]:
    """Return the ids of the elements that call themselves the text, when they hold a good part of the prose."""
    prose: dict[int, float] = defaultdict(float)
    everything = 0.0
    for piece in pieces:
        size = piece.size * (1 - piece.links) if piece.furniture is None and piece.size >= 60 else 0.0
        everything += size
        for node in (piece.home, *piece.home.above()) if size else ():
            if calls_itself_the_text(node):
                prose[id(node)] += size
    return frozenset(key for key, size in prose.items() if size >= 200 and size >= 0.15 * everything)


def calls_itself_the_text(node: Node) -> bool:
    """Tell whether an element names itself as well-known systems name the one with the text."""
    if not node.attrs:
        return False
    return node.get("itemprop") == "articleBody" or _names_text(f"{node.get('class')} {node.get('id')}")


@lru_cache(8192)
def _names_text(names: str) -> bool:
    return len(names) > 1 and _CONTAINERS.search(names) is not None


def _boxes_in(pieces: Sequence[Piece]) -> frozenset[int]:
    """Return the ids of pieces in boxes, unless they are most of the page: an article may be about newsletters."""
    found = boxes(pieces)
    rest = sum(piece.size for piece in pieces if is_prose(piece) and id(piece) not in found)
    return found if rest >= sum(piece.size for piece in pieces if id(piece) in found) else frozenset()


def _in_texts(pieces: Sequence[Piece]) -> frozenset[int]:
    """Return the ids of the pieces of lists and tables whose words are not mostly links."""
    groups: dict[int, list[Piece]] = defaultdict(list)
    for piece in pieces:
        if piece.sort not in ("item", "cell") or piece.furniture is not None:
            continue
        outer = next((node for node in piece.path if node.name in ("ul", "ol", "dl", "table")), None)
        if outer is not None:
            groups[id(outer)].append(piece)
    return frozenset(
        id(piece)
        for group in groups.values()
        if sum(piece.size * piece.links for piece in group) <= 0.4 * sum(piece.size for piece in group)
        or _are_scores(group)
        for piece in group
    )


_NAME, _MOST_ROWS = 16, 0.6
"""Characters of a team's name, in the mean, and the share of a table's rows that have a number of their own."""


def _are_scores(cells: Sequence[Piece]) -> bool:
    """Tell whether a table's links are names with numbers beside them, as of teams; headlines are longer."""
    linked = [cell for cell in cells if cell.links > 0.5]
    numbers = [cell for cell in cells if cell.size <= _NAME and (_SCORE if cell.links else _NUMBER).search(cell.text)]
    rows, scored = ({id(_row(cell)) for cell in some} for some in (cells, numbers))
    named = all(_NAMED.search(cell.text) for cell in linked) and _row(cells[0]) is not None
    short = sum(cell.size for cell in linked) <= _NAME * len(linked)
    return named and short and len(rows) > 1 and len(scored) >= _MOST_ROWS * len(rows)


_NUMBER, _SCORE = re.compile(r"\d"), re.compile(r"\d\s?[-–:대]\s?\d")
_NAMED = re.compile(rf"[^\W\d_]|{_SCORE.pattern}")


def _row(cell: Piece) -> Node | None:
    return next((node for node in (cell.home, *cell.path) if node.name == "tr"), None)
