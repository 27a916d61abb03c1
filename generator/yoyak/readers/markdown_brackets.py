"""Two ways in which Python-Markdown's time grows with the square of a text, and what is done about them.

Brackets are matched once for a text, where the library looks for the end of each by itself. Tags without an end are
refused when there are very many: Python's own reader of HTML is slow with them.
"""

from __future__ import annotations

import re
from itertools import islice

from markdown import Markdown
from markdown.inlinepatterns import LinkInlineProcessor

MANY_TAGS = 1000
"""Tags that are opened and not closed; in an article there are none."""

_BRACKET = re.compile(r"[\[\]]")
_UNCLOSED = re.compile(r"<[A-Za-z][^<>]*(?=<|\Z)")


def match_brackets_once(md: Markdown) -> None:
    """Let all patterns for links and pictures share one table of brackets."""
    table = _Brackets()
    for pattern in md.inlinePatterns:
        if isinstance(pattern, LinkInlineProcessor):
            pattern.getText = table.text_from  # type: ignore[method-assign]


class _Brackets:
    """Where each bracket of the text at hand is closed."""

    def __init__(self) -> None:
        self.data = ""
        self.ends: dict[int, int] = {}

    def text_from(self, data: str, index: int) -> tuple[str, int, bool]:
        """Return the text between the bracket before `index` and its end, where it goes on, and whether it ends."""
        near = _end_nearby(data, index)
        if near is None and data is not self.data:
            self.data, self.ends = data, _matched(data)
        end = self.ends.get(index - 1) if near is None else near
        return ("", len(data), False) if end is None else (data[index:end], end + 1, True)


def _end_nearby(data: str, index: int) -> int | None:
    """Return where the bracket before `index` is closed, if only a few others stand between."""
    depth = 1
    for bracket in islice(_BRACKET.finditer(data, index), 32):
        depth += 1 if bracket[0] == "[" else -1
        if not depth:
            return bracket.start()
    return None


def _matched(data: str) -> dict[int, int]:
    opened: list[int] = []
    ends: dict[int, int] = {}
    for bracket in _BRACKET.finditer(data):
        if bracket[0] == "[":
            opened.append(bracket.start())
        elif opened:
            ends[opened.pop()] = bracket.start()
    return ends


def line_of_unclosed_tags(text: str) -> int:
    """Return the 1-based line of the first tag without an end, when there are too many of them; else 0."""
    if text.count("<") <= MANY_TAGS:
        return 0
    tags = list(islice(_UNCLOSED.finditer(text), MANY_TAGS + 1))
    return text.count("\n", 0, tags[0].start()) + 1 if len(tags) > MANY_TAGS else 0
