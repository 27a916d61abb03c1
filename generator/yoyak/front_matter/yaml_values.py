"""How one value is looked at: what YAML would refuse or cut is taken as text, what may mean two things is a problem.

The lines as written and their shadow, and where a list or a mapping between brackets ends, are here as well.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from yoyak.front_matter.yaml_words import LONGEST, MANY, quoted, write
from yoyak.model.message import Problem, Words, joined, say
from yoyak.model.schema import FrontMatter

_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"|\'(?:[^\']|\'\')*\'', re.DOTALL)
_BLOCK = re.compile(r"[|>](?:[-+]?[1-9]?|[1-9][-+])(?:[ \t]+#.*)?")
_COMMENT = re.compile(r"[ \t]#(?=[ \t]|$)")
_KEY_BELOW = re.compile(r"[ ]+(?P<key>[a-z_]{3,}):(?:[ ]|$)")
_KEYS = frozenset(FrontMatter.__struct_fields__)
"""Other words behind which a colon stands may continue a text."""
_CUT = re.compile(r"(?:^|[ \t])#")
_COMMENT_CUTS = say("ambiguous-comment")
_SIMPLE_ITEM = r"""(?:[ \t]*(?:"[^"\\]*"|'[^']*')[ \t]*|[^\[\]{}"'#,]*)"""
_SIMPLE_FLOW = re.compile(rf"\[{_SIMPLE_ITEM}(?:,{_SIMPLE_ITEM})*\]")
_TOKEN = re.compile(
    r"(?P<space>\s+)|(?P<quoted>\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*')|(?P<mark>[\[\]{},])|(?P<rest>[^\s\[\]{},]+)",
    re.DOTALL,
)

DEPTH = 32
"""Lists and mappings inside each other; an edition's settings need four."""


class Spot(NamedTuple):
    """Where a value begins."""

    at: int
    column: int
    outer: int
    """Lines that are indented deeper than this continue it."""
    text: bool
    """It belongs to a key whose value is text."""


class YamlSource:
    """The lines as written, the lines of the shadow, and what was found wrong. Line and column numbers are 0-based."""

    def __init__(self, lines: list[str], path: str, first_line: int, text_keys: AbstractSet[str]) -> None:
        self.lines = lines
        self.text_keys = text_keys
        self.shadow = lines.copy()
        self.path = path
        self.first_line = first_line
        self.taken: set[tuple[int, int]] = set()
        """Where the values begin that only the shadow has in quotes."""
        self.refused: set[tuple[int, int]] = set()
        """Where the values begin that a problem was reported for."""
        self.problems: list[Problem] = []

    def written(self, at: int, column: int) -> str:
        """Return the rest of a line without the white space behind it."""
        return self.lines[at][column:].rstrip(" \t")

    def lead(self, spot: Spot) -> str:
        """Return what stands before a value: its key and colon, or the dash of its item."""
        return self.lines[spot.at][: spot.column].strip()

    def quote(self, at: int, column: int) -> None:
        """Put the rest of a line in quotes, in the shadow."""
        value = self.written(at, column).replace("'", "''")
        self.shadow[at] = f"{self.lines[at][:column]}'{value}'"
        self.taken.add((at, column))

    def blank(self, start: int, end: int) -> int:
        """Leave lines that a problem was reported for out of the shadow; return the next line."""
        self.shadow[start:end] = [""] * (end - start)
        return max(start, end)

    def problem(self, code: str, at: int, column: int, message: Words, hint: Words) -> None:
        """Report a mistake, unless so many were reported that one more helps nobody."""
        if len(self.problems) >= MANY:
            return
        line = self.first_line + at
        self.problems.append(
            Problem(code=code, message=message, hint=hint, path=self.path, line=line, column=column + 1)
        )

    def refuse(self, spot: Spot, code: str, message: Words, hint: Words) -> None:
        """Report a value and give it up."""
        self.problem(code, spot.at, spot.column, message, hint)
        self.give_up(spot.at, spot.column)

    def give_up(self, at: int, column: int) -> None:
        """Leave a value that cannot be used in the shadow as text, so that the reading goes on."""
        self.quote(at, column)
        self.refused.add((at, column))

    def below(self, at: int, outer: int) -> int:
        """Return the line after the last one that is indented deeper than `outer`."""
        end = at + 1
        for number in range(at + 1, len(self.lines)):
            line = self.lines[number]
            bare = line.lstrip(" ")
            if bare.strip():
                if len(line) - len(bare) <= outer:
                    break
                end = number + 1
        return end

    def has_below(self, spot: Spot) -> bool:
        """Tell whether the value of a key stands on the lines below it."""
        for line in self.lines[spot.at + 1 :]:
            bare = line.strip()
            if bare and bare[0] != "#":
                indent = len(line) - len(line.lstrip(" "))
                return indent > spot.outer or (indent == spot.outer and (bare == "-" or bare.startswith("- ")))
        return False


def read_value(page: YamlSource, spot: Spot, value: str) -> int:
    """Look at one value, mend its shadow if it is text, and return the line after it."""
    first = value[0]
    if first == "#":
        return _hash(page, spot)
    if first in "\"'":
        return _quoted(page, spot, value)
    if first in "[{":
        return _flow(page, spot, value)
    if first in "|>" and _BLOCK.fullmatch(value):
        return _block(page, spot, value)
    end = page.below(spot.at, spot.outer)
    below = _KEY_BELOW.match(page.lines[spot.at + 1]) if end > spot.at + 1 else None
    if below and (not spot.text or below["key"] in _KEYS):
        end = spot.at + 1
    if spot.text and end == spot.at + 1:
        _take(page, spot.at, spot.column)
    elif spot.text:
        _check_lines(page, spot, end)
    return end


def _take(page: YamlSource, at: int, column: int) -> None:
    """Take the rest of the line as text, unless a comment may be meant."""
    value = page.written(at, column)
    comment = _COMMENT.search(f" {value}")
    if comment:
        _comment(page, at, column, value, comment.start())
        page.give_up(at, column)
    elif not value[0].isalnum() or ":" in value or "#" in value:
        page.quote(at, column)


def _hash(page: YamlSource, spot: Spot) -> int:
    """Look at a value that begins with ``#``: a comment when the value follows below."""
    if spot.text and not page.has_below(spot):
        _take(page, spot.at, spot.column)
    return spot.at + 1


def _block(page: YamlSource, spot: Spot, value: str) -> int:
    end = page.below(spot.at, spot.outer)
    if spot.text and end == spot.at + 1:
        message = say("empty-block", mark=value[0])
        advice = write(page.lead(spot), value, inside=True)
        page.problem("empty-block", spot.at, spot.column, message, say("empty-block.hint", advice=advice))
        page.give_up(spot.at, spot.column)
    return end


def _quoted(page: YamlSource, spot: Spot, value: str) -> int:
    match = _QUOTED.match(value)
    if match:
        if spot.text and match.end() < len(value) and page.below(spot.at, spot.outer) == spot.at + 1:
            _take(page, spot.at, spot.column)
        return spot.at + 1
    end = page.below(spot.at, spot.outer)
    match = _QUOTED.match("\n".join([page.lines[spot.at][spot.column :], *page.lines[spot.at + 1 : end]]))
    if match:
        return spot.at + match[0].count("\n") + 1
    page.refuse(spot, "unclosed-quote", say("unclosed-quote"), _closing(page, spot, value))
    return page.blank(spot.at + 1, end)


def _closing(page: YamlSource, spot: Spot, value: str) -> Words:
    lead = page.lead(spot)
    if len(value) > LONGEST:
        return say("unclosed-quote.long")
    return say("unclosed-quote.hint", line=f"{lead} {quoted(value[1:])}", other=f"{lead} {quoted(value)}")


def _flow(page: YamlSource, spot: Spot, value: str) -> int:
    if _SIMPLE_FLOW.fullmatch(value):
        return spot.at + 1
    end = page.below(spot.at, spot.outer)
    while end < len(page.lines) and page.lines[end].lstrip(" ").startswith(("]", "}")):
        end += 1
    if spot.text and end == spot.at + 1 and _goes_on(page, spot, value):
        _take(page, spot.at, spot.column)
        return end
    flow = flow_at(page.lines, spot.at, spot.column, end)
    if flow.deep:
        return end
    if spot.text and flow.cut:
        _cut(page, spot, *flow.cut)
    if flow.close is None or (value[0] + value[-1] in ("[}", "{]") and flow.close[0] == spot.at):
        return _unclosed(page, spot, value, end, reported=spot.text and flow.cut is not None)
    return flow.close[0] + 1


def _goes_on(page: YamlSource, spot: Spot, value: str) -> bool:
    """Tell whether text follows the bracket's end on its line, as in ``[속보] 대통령``; a comment is no text."""
    close = flow_at(page.lines, spot.at, spot.column, spot.at + 1, comments=False).close
    rest = value[close[1] - spot.column :].strip(" \t") if close else ""
    return bool(rest) and not _COMMENT.match(f" {rest}")


def _unclosed(page: YamlSource, spot: Spot, value: str, end: int, *, reported: bool) -> int:
    if reported:
        page.give_up(spot.at, spot.column)
    else:
        hint = _closed(page, spot, value, end)
        page.refuse(spot, "unclosed-bracket", say("unclosed-bracket", mark=value[0]), hint)
    return page.blank(spot.at + 1, end)


def _closed(page: YamlSource, spot: Spot, value: str, end: int) -> Words:
    """Return the advice for a bracket that is not closed: the list of a key that has one, keys, text, or either."""
    lead, mark = page.lead(spot), value[0]
    whole = " ".join(part.strip() for part in (value, *page.lines[spot.at + 1 : end]) if part.strip())
    is_list = several(lead.rstrip(": \t")) in page.text_keys
    closed = whole.rstrip(" ,)]}") + ("]" if mark == "[" else "}")
    if is_list and (mark == "{" or flow_at([closed], 0, 0, 1).close != (0, len(closed))):
        plain = re.sub(r"[][{}\"]", "", whole).strip(" ,")  # something in it has no end, either
        closed = f"[{plain}]"
    if len(closed) <= LONGEST and (is_list or re.match(r"\{\w+:\s", value)):
        return say("write", line=f"{lead} {closed}")
    if spot.text:
        return write(lead, whole)
    if re.fullmatch(r"[\w:. -]{1,80}", whole[1:]):
        return say("write", line=f"{lead} {whole[1:].strip()}")
    text = say("if-text", advice=write(lead, whole, inside=True))
    is_like_list = re.fullmatch(r"\[[^][{}#]+,[^][{}#]*\]", closed)
    return joined(say("unclosed-bracket.hint", line=f"{lead} {closed}"), text) if is_like_list else text


def several(key: str) -> str:
    """Return how the names of keys say that the values of one are texts, and not one text."""
    return f"{key}[]"


def _check_lines(page: YamlSource, spot: Spot, end: int) -> None:
    """Refuse a comment between the lines of a text that goes on below."""
    parts = [page.lines[spot.at][spot.column :], *page.lines[spot.at + 1 : end]]
    for number, part in enumerate(parts):
        cut = _CUT.search(part)
        if cut:
            whole = " ".join(part.strip() for part in parts if part.strip())
            column = cut.end() - 1 + (0 if number else spot.column)
            advice = write(page.lead(spot), whole)
            page.problem("ambiguous-comment", spot.at + number, column, _COMMENT_CUTS, advice)
            page.give_up(spot.at, spot.column)
            page.blank(spot.at + 1, end)
            return


def _comment(page: YamlSource, at: int, column: int, value: str, start: int) -> None:
    advice = write(page.lines[at][:column], value, inside=True)
    hint = say("ambiguous-comment.hint", advice=advice, comment=value[start:][:80])
    page.problem("ambiguous-comment", at, column + start, _COMMENT_CUTS, hint)


def _cut(page: YamlSource, spot: Spot, at: int, column: int) -> None:
    word = quoted(re.split(r"[,\]}]", page.lines[at][column:])[0].strip())
    if at == spot.at:
        advice = write(page.lead(spot), page.written(at, spot.column), inside=True)
        hint = say("ambiguous-comment.list", advice=advice, word=word)
    else:
        hint = say("ambiguous-comment.item", word=word)
    page.problem("ambiguous-comment", at, column, _COMMENT_CUTS, hint)


# --- where a bracket closes ------------------------------------------------------------------------------------------


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
