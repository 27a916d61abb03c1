"""The lines of a page as a reader sees them, roughly: enough to find one that says what it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

_TOKEN = re.compile(r"<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]*)[^>]*>|<!--.*?-->|(?P<text>[^<]+|<)", re.DOTALL)
_CELLS = ("td", "th")
_BLOCKS = frozenset(
    """address article aside blockquote body br caption center dd details div dl dt fieldset figcaption figure footer
    form h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section summary table tbody tfoot thead tr ul""".split()
)
_SILENT = ("script", "style", "template", "title", "head")


def lines_of_html(html: str) -> Iterator[tuple[int, str]]:
    """Yield the lines of HTML with the number of the line of its text that each begins on; ``|`` parts two cells."""
    number, first, silent = 1, 1, ""
    parts: list[str] = []
    for token in _TOKEN.finditer(html):
        name = (token["name"] or "").lower()
        if silent:
            silent = "" if name == silent and token["end"] else silent
        elif name in _SILENT and not token["end"]:
            silent = name
        elif token["text"]:
            if not any(part.strip(" |") for part in parts):
                blank = len(token["text"]) - len(token["text"].lstrip())
                first = number + token["text"][:blank].count("\n")
            parts.append(" ".join(unescape(token["text"]).split("\n")))
        elif name in _CELLS and parts:
            parts.append(" | ")
        elif name in _BLOCKS:
            if text := " ".join("".join(parts).split()).strip(" |"):
                yield first, text
            parts = []
        number += token[0].count("\n")
    if text := " ".join("".join(parts).split()).strip(" |"):
        yield first, text
