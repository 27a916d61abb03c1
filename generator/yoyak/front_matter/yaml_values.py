"""How one value is looked at: what YAML would refuse or cut is taken as text, what may mean two things is a problem."""

from __future__ import annotations

import re

from yoyak.front_matter.yaml_flow import flow_at
from yoyak.front_matter.yaml_page import Spot, YamlSource
from yoyak.front_matter.yaml_tree import LONGEST, quoted, write
from yoyak.model.message import Words, say

_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"|\'(?:[^\']|\'\')*\'', re.DOTALL)
_BLOCK = re.compile(r"[|>](?:[-+]?[1-9]?|[1-9][-+])(?:[ \t]+#.*)?")
_COMMENT = re.compile(r"[ \t]#(?=[ \t]|$)")
_CUT = re.compile(r"(?:^|[ \t])#")
_COMMENT_CUTS = say("ambiguous-comment")
_SIMPLE_FLOW = re.compile(r"\[[^\[\]{}\"'#]*\]")


def read_value(page: YamlSource, spot: Spot) -> int:
    """Look at one value, mend its shadow if it is text, and return the line after it."""
    value = page.written(spot.at, spot.column)
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
    end = page.below(spot.at, spot.outer)
    match = _QUOTED.match(value)
    if match:
        if spot.text and match.end() < len(value) and end == spot.at + 1:
            _take(page, spot.at, spot.column)
        return spot.at + 1
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
    if flow.close is None:
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
        advice = write(page.lead(spot), value, inside=True)
        page.refuse(spot, "unclosed-bracket", say("unclosed-bracket", mark=value[0]), say("if-text", advice=advice))
    return page.blank(spot.at + 1, end)


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
