"""The lines of a page as a reader sees them, roughly: enough to find one that says what it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

_TOKEN = re.compile(r"<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]*)[^>]*>|<!--.*?-->|[^<]+|<", re.DOTALL)
_CELLS = ("td", "th")
_BLOCKS = frozenset(
    """address article aside blockquote body br caption center dd details div dl dt fieldset figcaption figure footer
    form h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section summary table tbody tfoot thead tr ul""".split()
)
_SILENT = {
    name: re.compile(rf"</{name}\b[^>]*>{more}", re.IGNORECASE)
    for name, more in {"script": "", "style": "", "template": "", "title": "", "head": r"|(?=<body\b)"}.items()
}
"""Elements whose words nobody sees, with their ends: a ``<`` in a script begins no tag."""


_UP_TO_SILENT = re.compile(
    r"(?:[^<]++|<(?!(?ai:script|style|template|title|head)(?![a-zA-Z0-9])[^>]*>)"
    r"(?:/?[a-zA-Z][a-zA-Z0-9]*+[^>]*+>|!--(?s:.*?)-->)?+)*+"
)
"""What `_TOKEN` takes one by one up to such an element."""


def shown_part(html: str) -> str:
    """Return the HTML of which `lines_of_html` makes its lines: without what nobody sees."""
    parts: list[str] = []
    at = 0
    while at < len(html):
        found = _UP_TO_SILENT.match(html, at)
        end = found.end() if found else at
        parts.append(html[at:end])
        silent = _TOKEN.match(html, end)
        closing = _SILENT[silent["name"].lower()].search(html, silent.end()) if silent else None
        at = closing.end() if closing else len(html)
    return "".join(parts)


def lines_of_html(html: str) -> Iterator[tuple[int, str]]:
    """Yield the lines of HTML with the number of the line of its text that each begins on; ``|`` parts two cells."""
    number, counted, first, at, said = 1, 0, 0, 0, False
    parts: list[str] = []
    while token := _TOKEN.match(html, at):
        at = token.end()
        name = (token["name"] or "").lower()
        if name in _SILENT and not token["end"]:
            end = _SILENT[name].search(html, at)
            at = end.end() if end else len(html)
        elif not name and not token[0].startswith("<!--"):
            if not said:
                first = at - len(token[0].lstrip())
            parts.append(" ".join(unescape(token[0]).split("\n")))
            said = said or parts[-1].strip(" |") != ""
        elif name in _CELLS and parts:
            parts.append(" | ")
        elif name in _BLOCKS:
            if text := " ".join("".join(parts).split()).strip(" |"):
                number, counted = number + html.count("\n", counted, first), first
                yield number, text
            parts, said = [], False
    if text := " ".join("".join(parts).split()).strip(" |"):
        yield number + html.count("\n", counted, first), text
