"""Where a list or a mapping between brackets ends, and where a comment would cut the text inside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

_TOKEN = re.compile(
    r"(?P<space>\s+)|(?P<quoted>\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*')|(?P<mark>[\[\]{},])|(?P<rest>[^\s\[\]{},]+)"
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


def flow_at(lines: Sequence[str], at: int, column: int, end: int) -> Flow:
    """Follow the bracket at `column` of line `at` to its end, before line `end`. All numbers are 0-based."""
    depth = 0
    fresh = True  # at the beginning of a value, where a quote is a quote and a comment is meant as one
    cut: tuple[int, int] | None = None
    for number in range(at, end):
        line, position = lines[number], column if number == at else 0
        spaced = True
        while match := _TOKEN.match(line, position):
            token, position = match[0], match.end()
            if match["mark"]:
                depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(token, 0)
                if depth > DEPTH:
                    return Flow(None, cut, deep=True)
                if depth == 0:
                    return Flow((number, position), cut)
                fresh = True
            elif token[0] == "#" and (spaced or fresh):
                meant = fresh and line[match.start() + 1 : match.start() + 2] in ("", " ", "\t")
                cut = cut or (None if meant else (number, match.start()))
                break
            elif match["quoted"] and not fresh:
                position = match.start() + 1
            elif not match["space"]:
                fresh = token.endswith(":")
            spaced = bool(match["space"])
    return Flow(None, cut)
