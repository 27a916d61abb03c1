"""Elements of AMP pages that a browser with scripts fills: what stands in them is what follows them."""

from __future__ import annotations

from selectolax.lexbor import LexborNode

from yoyak.readers.word_lists import words

HOLLOW = words("hollow-elements")
"""Elements that a browser with scripts fills. A page that leaves their end tag out puts its text into them."""
_STAND_INS = ("placeholder", "fallback", "overflow")


def without_stand_ins(source: LexborNode) -> None:
    """Take out what is shown only until an element is filled, or when it cannot be."""
    inner = source.first_child
    while inner is not None:
        after = inner.next
        if not (inner.tag or "-").startswith("-") and any(name in inner.attributes for name in _STAND_INS):
            inner.decompose()
        inner = after
