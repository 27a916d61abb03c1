"""Pieces of a saved page that an article cannot hold: each is reported, none vanishes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from yoyak.problems import Problem
from yoyak.readers.page_furniture import is_furniture
from yoyak.readers.page_inline import Page
from yoyak.readers.page_pieces import Piece
from yoyak.readers.page_tree import Node


def left_out(page: Page, fields: Sequence[Node], pieces: Sequence[Piece]) -> Iterator[Problem]:
    """Yield warnings for films and frames without an address, and for forms in the text."""
    path = page.around.path
    if page.lost:
        yield lost_embeds(path, page.lost)
    if _holds_form(fields, pieces):
        yield form_left_out(path)


def lost_embeds(path: str, names: Sequence[str]) -> Problem:
    """Return the warning for what has no address that others can open."""
    named = ", ".join(f'"{name[:60]}"' for name in names[:3]) + (" …" if len(names) > 3 else "")
    return Problem(
        code="embed-left-out",
        severity="warning",
        path=path,
        message=f"{len(names)} film(s), sound(s) or frame(s) have no web address and are left out: {named}.",
        hint="Add a link to each by hand, where it belongs.",
    )


def form_left_out(path: str) -> Problem:
    """Return the warning for something to fill in."""
    return Problem(
        code="form-left-out",
        severity="warning",
        path=path,
        message="There is a form in the text: only its words are kept, not what is to be filled in.",
        hint="Add a link to the page, if readers shall fill it in.",
    )


def _holds_form(fields: Sequence[Node], pieces: Sequence[Piece]) -> bool:
    """Tell whether something to fill in stands among the pieces of the text, and not in furniture."""
    homes = {id(node) for piece in pieces for node in (piece.home, *piece.path)}
    wide = ("body", "html")
    for field in fields:
        chain = [field, *field.above()]
        inner = next((at for at, node in enumerate(chain) if id(node) in homes and node.name not in wide), None)
        if inner is not None and not any(map(is_furniture, chain[: inner + 1])):
            return True
    return False
