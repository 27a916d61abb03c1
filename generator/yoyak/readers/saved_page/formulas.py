"""Formulas (MathML) as words: what their author wrote in TeX, or what the elements say."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

_BETWEEN = {"mfrac": "/", "msup": "^", "msub": "_", "mover": "^", "munder": "_"}
_DEEPEST = 20
_STYLE = re.compile(r"^\{\\displaystyle\s+(.*)\}$", re.DOTALL)


def words_of_formula(math: LexborNode) -> str:
    """Return a formula as one line: ``t=s/v``."""
    written = math.attributes.get("alttext") or _written(math)
    text = _STYLE.sub(r"\1", written) if written else _words(math, 0)
    return " ".join(text.split())


def _written(math: LexborNode) -> str:
    for note in math.css('annotation[encoding="application/x-tex"]'):
        return note.text(deep=True) or ""
    return ""


def _words(node: LexborNode, depth: int) -> str:
    parts: list[str] = []
    child = node.first_child
    while child is not None:
        name = child.tag or ""
        if name == "-text":
            parts.append((child.text_content or "").strip())
        elif depth > _DEEPEST:
            parts.append((child.text(deep=True) or "").strip())
        elif not name.startswith("annotation"):
            parts.append(_words(child, depth + 1))
        child = child.next
    return _BETWEEN.get(node.tag or "", "").join(part for part in parts if part)
