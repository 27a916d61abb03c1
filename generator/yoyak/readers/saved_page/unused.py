"""What of a saved page is no part of its article, block by block, each with the reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from yoyak.model.sources import Block, Field, LeftOut
from yoyak.model.types import Person, Record
from yoyak.readers.saved_page.main import Main
from yoyak.readers.saved_page.pieces import Piece
from yoyak.readers.saved_page.tree import Node, Tree
from yoyak.readers.saved_page.weights import bare

_LONG = 40
"""Characters by which a text is known again where it stands twice."""


def unused_blocks(
    tree: Tree, pieces: Sequence[Piece], main: Main, blocks: Sequence[Block], fields: Mapping[str, Field]
) -> tuple[LeftOut, ...]:
    """Return the words of a page that stand neither in its body nor in a field, in order."""
    used = _used(main, blocks, fields)
    ids = [id(piece) for piece in pieces]
    places = [at for at, one in enumerate(ids) if one in used.taken]
    run = (places[0], places[-1]) if places else (len(ids), len(ids))
    found = [
        (_rule(piece, main, used, at, run), _called(piece.furniture or piece.home), piece.text)
        for at, piece in enumerate(pieces)
        if piece.text and not _is_used(piece, used)
    ]
    joined = (
        LeftOut(text=" · ".join(text for _, _, text in group), rule=rule, selector=selector)
        for (rule, selector), group in groupby(found, key=lambda one: one[:2])
    )
    unshown = (LeftOut(text=" ".join(words.split()), rule="no-text", selector=name) for name, words in tree.unshown)
    return (*joined, *unshown)


class _Used(Record, kw_only=True):
    """What of the page is shown, as `bare` texts."""

    taken: frozenset[int]
    """The ids of the pieces that were taken for the text."""
    body: str
    values: frozenset[str]
    """Values of fields, each whole."""
    elsewhere: bool
    """The body was made of other words than `taken`: of the page's data, or of a page with a sentence or two."""


def _used(main: Main, blocks: Sequence[Block], fields: Mapping[str, Field]) -> _Used:
    body = bare(" ".join(part for block in blocks for part in (block.text, block.credit or "")))
    worded = [piece for piece in main.pieces if piece.size >= _LONG]
    values = (text for field in fields.values() for text in _texts(field.value))
    return _Used(
        taken=frozenset(map(id, main.pieces)),
        body=body,
        values=frozenset(bare(value) for value in values),
        elsewhere=not any(bare(piece.text) in body for piece in worded),
    )


def _texts(value: object) -> Iterator[str]:
    for one in value if isinstance(value, tuple) else (value,):
        if isinstance(one, str | Person):
            yield from (one,) if isinstance(one, str) else filter(None, (one.name, one.email))


def _is_used(piece: Piece, used: _Used) -> bool:
    said = bare(piece.text)
    if not said or said in used.values:
        return True
    return (id(piece) in used.taken or used.elsewhere) and said in used.body


def _rule(piece: Piece, main: Main, used: _Used, at: int, run: tuple[int, int]) -> str:
    """Return why a piece is no part of the article, in a word or two."""
    if piece.furniture is not None:
        hidden = "hidden" in piece.furniture.attrs or "style" in piece.furniture.attrs
        return "hidden" if hidden else "named-otherwise"
    if id(piece) in main.boxes:
        return "box"
    if id(piece) in main.teasers:
        return "other-stories"
    if len(piece.text) >= _LONG and bare(piece.text) in used.body:
        return "said-twice"
    if piece.links > 0.5:
        return "links"
    if id(piece) in used.taken:
        return "about-the-text"
    return "before-the-text" if at < run[0] else "behind-the-text" if at > run[1] else "not-of-the-text"


def _called(node: Node) -> str:
    """Return an element by its name and what it calls itself: ``div.share-bar``."""
    if names := node.get("id").split():
        return f"{node.name}#{names[0]}"
    classes = node.get("class").split()
    return f"{node.name}.{classes[0]}" if classes else node.name
