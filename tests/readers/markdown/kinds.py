"""How a row of a table of kinds is checked."""

from __future__ import annotations

import re

from readers.markdown.reading import html, messages

Row = tuple[str, tuple[str, ...], tuple[str, ...]]
"""A text; what is on its page, or is not, behind a ``!``; the beginnings of its problems, in their order."""


def check(row: Row, **more: object) -> None:
    """Compare what comes out with what must."""
    text, shown, problems = row
    page = plain(html(text, **more))
    for piece in shown:
        if piece.startswith("!") and not piece.startswith("!["):
            assert piece[1:] not in page
        else:
            assert piece in page
    found = messages(text, **more)
    assert [message[: len(start)] for message, start in zip(found, problems, strict=False)] == list(problems), found
    assert len(found) == len(problems), found


def plain(page: str) -> str:
    """Return HTML without what every page has, and without white space beside tags of blocks."""
    page = re.sub(r' (?:tabindex="0"|loading="lazy"|disabled=""|height="\d+"|width="\d+"|aria-label="[^"]*")', "", page)
    return re.sub(r"\s*\n\s*", "\n", page).replace(">\n<", "><").replace(">\n", ">").replace("\n<", "<")
