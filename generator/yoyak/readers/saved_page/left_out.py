"""Pieces of a saved page that an article cannot hold: each is reported, none vanishes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import unquote

from yoyak.model.message import Problem, problem_of, say, warning
from yoyak.readers.saved_page.embeds import is_advertisement
from yoyak.readers.saved_page.furniture import is_furniture
from yoyak.readers.saved_page.inline import LinkContext
from yoyak.readers.saved_page.pieces import Piece
from yoyak.readers.saved_page.tree import Node
from yoyak.text.urls import is_web_address

_MAIN = re.compile(r"main|content|article|post|body|view|cafe", re.IGNORECASE)


def left_out(page: LinkContext, fields: Sequence[Node], pieces: Sequence[Piece]) -> Iterator[Problem]:
    """Yield warnings for films and frames without an address, and for forms in the text."""
    path = page.around.path
    if page.lost:
        yield lost_embeds(path, page.lost)
    if _holds_form(fields, pieces):
        yield form_left_out(path)


def frame_of(nodes: Sequence[Node]) -> str:
    """Return what a page shows in its frame, as it is written; empty without one."""
    frames = [node for node in nodes if node.name in ("iframe", "frame") and _shows_a_page(node.get("src"))]
    frames.sort(
        key=lambda node: not re.search(r"main|content|article|post|body|view", node.get("id") + node.get("name"))
    )
    return unquote(frames[0].get("src").strip().removeprefix("./")) if frames else ""


def _shows_a_page(source: str) -> bool:
    return bool(source.strip()) and not re.match(r"about:|javascript:|data:", source) and not is_advertisement(source)


def in_a_frame(path: str, frame: str) -> Problem:
    """Return the error for a page whose text is in a frame."""
    if is_web_address(frame) or frame.startswith("//"):
        hint = say("page-in-a-frame.address")
    else:
        hint = say("page-in-a-frame.file")
    return problem_of("page-in-a-frame", path, hint=hint, frame=frame[:200])


def lost_embeds(path: str, names: Sequence[str]) -> Problem:
    """Return the warning for what has no address that others can open."""
    named = ", ".join(f'"{name[:60]}"' for name in names[:3]) + (" …" if len(names) > 3 else "")
    return warning("embed-left-out", path, count=len(names), names=named)


def form_left_out(path: str) -> Problem:
    """Return the warning for something to fill in."""
    return warning("form-left-out", path)


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
