"""Captions that a page does not call so: an element named caption beside a picture makes a figure of both."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from yoyak.readers.saved_page.tree import PICTURES, Node, text_of_nodes
from yoyak.readers.word_lists import alternatives

_CAPTION = re.compile(rf"(?:^|[\s_-])(?:{alternatives('captions')})(?:$|[\s_-])", re.IGNORECASE)
_PICTURE_BOX = re.compile(rf"(?:^|[\s_-])(?:{alternatives('picture-boxes')})(?:$|[\s_-])", re.IGNORECASE)
_NEVER = frozenset((*PICTURES, "figure", "figcaption", "body"))
_NOT_IN_BOX = ("h1", "h2", "h3", "h4", "ul", "ol", "table", "figure", "figcaption", "form")
_LEVELS = 4
_LONGEST = 600


def name_figures(nodes: Iterable[Node]) -> None:
    """Name the pictures of a tree that have a caption beside them ``figure``, and the caption ``figcaption``.

    This is a part of building the tree: nobody has seen it yet.
    """
    for node in nodes:
        names = node.attrs.get("class") if node.attrs and node.name not in _NEVER else ""
        kind = _kind(names) if names else ""
        if kind == "box" and node.name == "div" and _is_picture_with_words(node):
            node.name = "figure"
        figure = _figure_of(node) if kind == "caption" else None
        if figure is not None:
            node.name = "figcaption"
            if not any(above.name == "figure" for above in (figure, *figure.above())):
                figure.name = "figure"
            for above in node.above():
                above.holds_block = True


@lru_cache(4096)
def _kind(names: str) -> str:
    """Return what the classes of an element call it: the caption of a picture, or a box with one."""
    return "caption" if _CAPTION.search(names) else "box" if _PICTURE_BOX.search(names) else ""


def _is_picture_with_words(node: Node) -> bool:
    """Tell whether an element holds one picture, a few words, and nothing that leads away."""
    inside = list(node.elements())
    names = [inner.name for inner in inside]
    if names.count("img") + names.count("amp-img") != 1 or any(name in names for name in _NOT_IN_BOX):
        return False
    if any(above.name == "figure" for above in node.above()):
        return False
    return 0 < len(text_of_nodes((node,))) <= 300 and not any(
        inner.name == "a" and text_of_nodes((inner,)) for inner in inside
    )


def _figure_of(caption: Node) -> Node | None:
    """Return the nearest element around a caption that holds its picture and little else."""
    words = len(text_of_nodes((caption,)))
    if any(child.name in PICTURES for child in caption.elements()) or not 0 < words <= _LONGEST:
        return None
    for _, above in zip(range(_LEVELS), caption.above(), strict=False):
        if above.name in ("body", "article", "main", "html", "figcaption"):
            return None
        if any(node.name in PICTURES for node in above.elements()):
            return above if len(text_of_nodes((above,))) <= words + 200 else None
    return None
