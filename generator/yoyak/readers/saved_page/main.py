"""Which pieces of a page are the article: the run of pieces that weighs most, and what inside of it is furniture."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import groupby

from yoyak.model.types import Record
from yoyak.readers.saved_page.holder import ENDS, is_headline
from yoyak.readers.saved_page.pieces import Piece
from yoyak.readers.saved_page.tree import Node
from yoyak.readers.saved_page.weights import TELLING, WALL, bare, is_in, weighed

_NEAR = 25
_GAP = 500.0
_OWN = 250.0
"""What the text before another article's headline weighs at least to be the page's article."""


class Main(Record, kw_only=True):
    """The article's pieces."""

    pieces: tuple[Piece, ...]
    before: tuple[Piece, ...]
    """The pieces right before them."""
    behind: tuple[Piece, ...]
    """The pieces between them that are none, and those right behind them."""
    teasers: frozenset[int]
    """The ids of pieces that lead to other stories."""
    boxes: frozenset[int]
    """The ids of pieces in boxes inside the text."""


def article_pieces(pieces: Sequence[Piece], *, written: str = "", title: str = "", summary: str = "") -> Main:
    """Return the pieces of the article; `written` is its text as the page's data gives it, `title` its headline."""
    page = weighed(pieces, written, title)
    kept, weights = page.pieces, page.weights
    start, end = _best_run(weights)
    start = _behind_headline(kept, weights, (start, end), title)
    core = _core(kept[start:end], weights[start:end], page.named)
    start -= _more(kept[:start][::-1], core, title, page.texts, headed=True)
    end += _more(kept[end:], core, title, page.texts)
    run = [piece for piece in kept[start:end] if piece.furniture is None and id(piece) not in page.teasers]
    first = next((at for at, piece in enumerate(run) if is_in(piece, core)), 0)
    scores = _scores(run[first:])
    inside = [piece for piece in run[first:] if _belongs(piece, core) and id(piece) not in scores]
    opening = [piece for piece in run[:first][-4:] if _opens(piece)]
    run = [*_lead(kept[:start], title, summary), *opening, *inside]
    taken = set(map(id, run))
    left = [piece for piece in kept[start:end] if id(piece) not in taken]
    return Main(
        pieces=tuple(run),
        before=tuple(kept[max(0, start - _NEAR) : start]),
        behind=(*left[-_NEAR:], *kept[end : end + _NEAR]),
        teasers=page.teasers,
        boxes=page.boxes,
    )


# --- the run ------------------------------------------------------------------------------------------


def _best_run(weights: Sequence[float]) -> tuple[int, int]:
    """Return the borders of the run with the greatest sum. None reaches over a great gap."""
    best, borders, total, top, start = 0.0, (0, 0), 0.0, 0.0, 0
    for at, weight in enumerate(weights):
        if weight == WALL and best >= _OWN:
            break  # what follows is another article, however long
        if total <= 0 or top - total > max(_GAP, 0.3 * top):
            total, top, start = 0.0, 0.0, at
        total += weight
        top = max(top, total)
        if total > best:
            best, borders = total, (start, at + 1)
    return borders


def _behind_headline(pieces: Sequence[Piece], weights: Sequence[float], run: tuple[int, int], title: str) -> int:
    """Return where the run begins: behind the headline, when little that weighs stands before it."""
    start, end = run
    heads = [at for at in range(start, end) if is_headline(pieces[at], title)]
    if not heads:
        return start
    whole = sum(weight for weight in weights[start:end] if weight > 0)
    before = sum(weight for weight in weights[start : heads[-1]] if weight > 0)
    return heads[-1] + 1 if before < 0.3 * whole else start


def _core(pieces: Sequence[Piece], weights: Sequence[float], named: frozenset[int]) -> frozenset[int]:
    """Return the ids of the smallest element with most of a run's weight, and of those that are made like it."""
    total: dict[int, float] = defaultdict(float)
    nodes: dict[int, Node] = {}
    for piece, weight in zip(pieces, weights, strict=True):
        for node in (piece.home, *piece.home.above()) if weight > 0 else ():
            total[id(node)] += weight
            nodes[id(node)] = node
    whole = sum(weight for weight in weights if weight > 0)
    if not whole:
        return frozenset()
    best = min(
        (key for key in total if total[key] >= 0.85 * whole),
        key=lambda key: (total[key], -sum(1 for _ in nodes[key].above())),
    )
    alike = (nodes[best].name, nodes[best].get("class"))
    others = (key for key, node in nodes.items() if (node.name, node.get("class")) == alike) if alike[1] else ()
    return frozenset((best, *others, *(named & nodes.keys())))


def _more(
    pieces: Sequence[Piece], core: frozenset[int], title: str, texts: frozenset[int], *, headed: bool = False
) -> int:
    """Return how many pieces beside the run are still the article's: short paragraphs, items and quotes.

    `headed` takes a heading right beside it too.
    """
    taken = 0
    for at, piece in enumerate(pieces[:40], 1):
        if piece.furniture is not None or not is_in(piece, core) or is_headline(piece, title):
            break
        if piece.sort in ("picture", "caption"):
            taken = at
        elif piece.sort in ("item", "cell") or (piece.sort == "prose" and piece.path):
            if piece.links > 0.7 and id(piece) not in texts:
                break
            taken = at
        elif piece.sort == "heading" and headed and at == 1 and piece.links < 0.5:
            taken = at
        elif piece.sort in ("heading", "prose"):
            break
    return taken


def _opens(piece: Piece) -> bool:
    """Tell whether a piece before the text is the sentence that leads into it, or its picture."""
    if piece.sort in ("picture", "caption"):
        return True
    return piece.sort == "prose" and piece.links < 0.3 and piece.size >= (30 if piece.standfirst else 60)


def _belongs(piece: Piece, core: frozenset[int]) -> bool:
    """Tell whether a piece inside of the run is the article's own."""
    if not is_in(piece, core):
        return False
    if piece.sort in ("prose", "heading"):
        return not (piece.links > 0.7 and (piece.size < 200 or piece.links > 0.95))
    return True


def _scores(pieces: Sequence[Piece]) -> frozenset[int]:
    """Return the ids of what a board shows in boxes, one below the other: names and numbers, and no sentence."""
    found: set[int] = set()
    for shown, run in groupby(pieces, key=_is_in_a_box):
        boxes = list(run)
        numbers = sum(_SCORE.fullmatch(piece.text.strip()) is not None for piece in boxes)
        if shown and numbers >= max(2, len(boxes) / 4):
            found |= {id(piece) for piece in boxes}
    return frozenset(found)


def _is_in_a_box(piece: Piece) -> bool:
    return piece.sort == "prose" and not piece.path and piece.size < _NEAR and not ENDS.search(piece.text)


_SCORE = re.compile(r"[\d:.,%'’+–-]{0,8}\d(?:[^.!?]{0,30}\d)?[%'’]?")


# --- what stands before the run -----------------------------------------------------------------------


def _lead(before: Sequence[Piece], title: str, summary: str) -> list[Piece]:
    """Return the pictures right before the run, and the sentence below the headline."""
    found: list[Piece] = []
    headings: list[Piece] = []
    for piece in reversed(before[-60:]):
        if is_headline(piece, title):
            found += headings if len(headings) == 1 else []
            break
        if piece.furniture is not None:
            continue
        told = bool(summary) and piece.size >= 40 and bare(piece.text)[:TELLING] in bare(summary)
        below = piece.standfirst and piece.size >= 30 and piece.links < 0.3
        if piece.sort in ("picture", "caption") or told or below:
            found.append(piece)
        elif piece.sort == "heading" and piece.links < 0.3 and piece.size >= 8:
            headings.append(piece)
    return found[::-1] if len(found) < 8 else []
