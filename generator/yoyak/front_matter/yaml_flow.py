"""Where a list or a mapping between brackets ends, and where a comment would cut the text inside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

_TOKEN = re.compile(
    r"(?P<space>\s+)|(?P<quoted>\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*')|(?P<mark>[\[\]{},])|(?P<rest>[^\s\[\]{},]+)",
    re.DOTALL,
)

DEPTH = 32
"""Lists and mappings inside each other; an edition's settings need four."""


class Flow(NamedTuple):
    close: tuple[int, int] | None
    """Line, and the column behind the closing bracket; None when it never closes."""
    cut: tuple[int, int] | None
    """Line and column of a ``#`` that belongs to the text, as far as one can tell, and would be taken for a comment."""
    deep: bool = False
    """It holds more than `DEPTH` brackets inside each other; the rest was not looked at."""


def flow_at(lines: Sequence[str], at: int, column: int, end: int, *, comments: bool = True) -> Flow:
    """Follow the bracket at `column` of line `at` to its end, before line `end`. All numbers are 0-based.

    Without `comments` a ``#`` is a character like any other, as it is for a reader who does not know YAML.
    """
    text, position = "\n".join(lines[at:end]), column
    depth = 0
    fresh = True  # at the beginning of a value, where a quote is a quote and a comment may be one
    cut: tuple[int, int] | None = None
    while match := _TOKEN.match(text, position):
        token, position = match[0], match.end()
        if match["mark"]:
            depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(token, 0)
            if depth > DEPTH:
                return Flow(None, cut, deep=True)
            if depth == 0:
                return Flow(_place(text, position, at), cut)
            fresh = True
        elif comments and token[0] == "#" and (fresh or text[match.start() - 1].isspace()):
            if not fresh or text[match.start() + 1 : match.start() + 2].strip():
                cut = cut or _place(text, match.start(), at)
            line_end = text.find("\n", match.start())
            position = len(text) if line_end < 0 else line_end
        elif match["quoted"] and not fresh:
            position = match.start() + 1
        elif not match["space"]:
            if fresh and token[0] in "\"'" and not match["quoted"]:
                return Flow(None, cut)
            fresh = token.endswith(":")
    return Flow(None, cut)


def _place(text: str, position: int, at: int) -> tuple[int, int]:
    return at + text.count("\n", 0, position), position - 1 - text.rfind("\n", 0, position)
