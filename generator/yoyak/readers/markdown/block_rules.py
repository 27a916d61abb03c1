"""Blocks that CommonMark reads otherwise than their writers mean: dates, tags that are none, other programs' code."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, heading, hr, html_block, list_block, paragraph, reference, table
from markdown_it.rules_block.table import escapedSplit
from mdit_py_plugins.admon.index import admonition

from yoyak.readers.markdown.callouts import is_callout
from yoyak.readers.markdown.html_names import begins_unknown_tag

_NUMBERS = re.compile(r"(\d{1,9})[.)][ \t]+(?:(\d{1,4})\.?(?![\d:])[ \t]*(?:(\d{1,4})(?=[\s.(]|$))?)?")
_YEARS = range(1900, 2200)
_CODE = re.compile(
    r"\{\{[<%]\s*(?P<hugo>highlight|code)\s+(?P<hugo_language>[\w+#.-]+)?[^}]*[>%]\}\}\s*$"
    r"|\{%-?\s*(?P<liquid>highlight|raw)(?:\s+(?P<liquid_language>[\w+#.-]+))?[^%]*%\}\s*$"
)
_ENDS = {
    "hugo": r"\{{\{{[<%]\s*/\s*{}\s*[>%]\}}\}}\s*$",
    "liquid": r"\{{%-?\s*end{}\s*-?%\}}\s*$",
}
_MONTH = re.compile(
    r"\d{1,2}\. (?:jan|feb|m[äa]r|apr|ma[ij]|ju[nl]|aug|sep|okt|nov|de[sz])[a-zä]*\.? (?:19|20)\d\d\b", re.IGNORECASE
)
_EVENT = re.compile(
    r"(?:[2-9]|1[0-2])\. ?\d{1,2} ?(?:운동|만세|혁명|사건|민주|의거|항쟁|쿠데타|군사|정변|참사|전쟁|사변|"
    r"남북|공동|광복|경축|독립|사태|반란|비상|계엄|내란|테러|정신|희생|선언|합의)|3\. ?1절"
)
"""What is called by its day: ``3. 1운동``. Below another item of a list it is the next one."""
_WIDE = re.compile(r"(?:#{1,6}|-|\d{1,9}[.)])([\u3000\xa0][\u3000\xa0 ]*)(?=\S)")
"""A mark with the space behind it that keyboards for East Asia write, or a Mac with its option key held."""
_DASHES = re.compile(r"([ㅡ—–―─━－ー])(?:[ \t]*\1){2,}[ \t]*$")
"""A line across the page, drawn with what looks like a hyphen; below words it is one of their lines."""
_CELL = r"[ \t]*:?[ㅡ—–―─━－ー-]+:?[ \t]*"
_RULE_OF_DASHES = re.compile(rf"(?=.*\|)\|?{_CELL}(?:\|{_CELL})*\|?[ \t]*")
_PLAIN = str.maketrans(dict.fromkeys("ㅡ—–―─━－ー", "-") | dict.fromkeys("\u3000\xa0", " "))
_ITEM = re.compile(r"(?:(\d{1,9})[.)]|[-*+])[ \t]{1,4}(?=\S)")
_HIDDEN = re.compile(r"%%\s*$")
_BOX = re.compile(r"(!!!|\?\?\?\+?)[ \t]+([A-Za-z][\w-]*)(?:[ \t]+inline(?:[ \t]+end)?)?[ \t]*(\"[^\"]*\")?[ \t]*$")


def add(md: MarkdownIt) -> None:
    """Add the rules to a parser."""
    ruler = md.block.ruler
    ruler.at("list", partial(_plainly, _list, _WIDE), {"alt": ["paragraph", "reference", "blockquote"]})
    ruler.at("heading", partial(_plainly, heading, _WIDE), {"alt": ["paragraph", "reference", "blockquote"]})
    ruler.before("hr", "dashes", partial(_plainly, hr, _DASHES))
    ruler.before("list", "date", _date, {"alt": ["list"]})
    ruler.before("list", "date_behind_item", _date_behind_item, {"alt": ["paragraph"]})
    ruler.at("reference", _reference)
    ruler.at("table", _table, {"alt": ["paragraph", "reference"]})
    ruler.at("html_block", _html_block, {"alt": ["paragraph", "reference", "blockquote"]})
    ruler.before("fence", "template_code", _template_code, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    ruler.before("fence", "box", _box, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    ruler.before("fence", "hidden", _hidden, {"alt": ["paragraph", "reference", "blockquote", "list"]})


def begins_with_date(line: str) -> bool:
    """Tell whether a line begins with a date whose first number would be taken for a list's.

    >>> [begins_with_date(line) for line in ("2024. 7. 3. 회의", "7. 3.(수) 회의", "3. 7. 2024", "1. 하나", "1. 2. 3.")]
    [True, True, True, False, False]
    >>> begins_with_date("3. Juli 2024 in Kiel"), begins_with_date("1. Windows 2000")
    (True, False)
    """
    if _MONTH.match(line):
        return True
    match = _NUMBERS.match(line)
    if match is None:
        return False
    first, second, third = (int(number) if number else 0 for number in match.groups())
    if first in _YEARS and len(match[1]) == 4:
        return True
    if not second or "." not in line[match.start(2) : match.end(2) + 1]:
        return False
    if third in _YEARS:
        return first <= 31 and second <= 12
    if third:
        return 13 <= first <= 99 and second <= 12 and third <= 31
    return first <= 12 and second <= 31


def _text_of(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _line_with(pattern: re.Pattern[str], state: StateBlock, start: int, end: int) -> int | None:
    """Return the first line that a pattern fits; what was looked for in vain is not looked for again below."""
    nowhere: dict[re.Pattern[str], int] = state.env.setdefault("nowhere", {})
    if nowhere.get(pattern, end + 1) <= start:
        return None
    found = next((line for line in range(start, end) if pattern.match(_text_of(state, line))), None)
    if found is None and end == state.lineMax:
        nowhere[pattern] = start
    return found


def _write(state: StateBlock, start: int, text: str) -> None:
    """Put a text of the same length in the place of a line, from its first character on."""
    at = state.bMarks[start] + state.tShift[start]
    state.src = f"{state.src[:at]}{text}{state.src[at + len(text) :]}"


def _plainly(
    rule: Callable[..., bool], odd: re.Pattern[str], state: StateBlock, start: int, end: int, silent: bool
) -> bool:
    """Try a rule on a line whose odd signs are plain ones; only what the rule takes is changed."""
    source, text = state.src, _text_of(state, start)
    if (found := odd.match(text)) and not state.is_code_block(start):
        _write(state, start, found[0].translate(_PLAIN))
    if rule(state, start, end, silent):
        return True
    state.src = source
    return False


def _list(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    text = _text_of(state, start)
    if begins_with_date(text) or _EVENT.match(text):
        return False
    if not silent and text[:1].isdigit():
        _indent_below_numbers(state, start, end)
    return list_block(state, start, end, silent)


def _indent_below_numbers(state: StateBlock, start: int, end: int) -> None:
    """Let a list that is indented by two below a number be in its item, as it is in previews."""
    base, width, more = state.sCount[start], 0, 0
    moved: dict[int, int] = {}
    for line in range(start, end):
        text, indent = _text_of(state, line), state.sCount[line] - base
        item = _ITEM.match(text)
        if "```" in text or "~~~" in text:
            return  # code keeps its own indentation
        if text and indent < 2:
            if not item or not item[1]:
                break
            width, more = item.end(), 0
        elif item and indent < width and not more and item[1] in (None, "1"):
            more = width - indent
        if more and text:
            moved[line] = more
    for line, by in moved.items():
        state.sCount[line] += by


def _date(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Begin a paragraph with a date, and end a list before it."""
    text = _text_of(state, start)
    if state.is_code_block(start) or not (begins_with_date(text) or (_EVENT.match(text) and not silent)):
        return False
    return silent or paragraph(state, start, end, silent)


def _date_behind_item(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """End an item's paragraph before a date that is not indented; in any other paragraph a date is one of its words."""
    return silent and state.sCount[start] < state.blkIndent and _date(state, start, end, silent)


def _html_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    return not begins_unknown_tag(_text_of(state, start)) and html_block(state, start, end, silent)


def _template_code(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take what stands between the marks that Hugo and Jekyll have for code as a block of code."""
    text = _text_of(state, start)
    opened = _CODE.match(text) if text.startswith("{") and not state.is_code_block(start) else None
    if opened is None:
        return False
    family = "hugo" if opened["hugo"] else "liquid"
    closing = re.compile(_ENDS[family].format(opened[family]))
    last = _line_with(closing, state, start + 1, end)
    if last is None:
        return False
    if not silent:
        token = state.push("fence", "code", 0)
        token.info = opened[f"{family}_language"] or ""
        token.content = state.getLines(start + 1, last, state.sCount[start], True)
        token.map = [start, last + 1]
        state.line = last + 1
    return True


def _hidden(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Leave out what stands between two lines of ``%%``: Obsidian shows it to its writer only."""
    if state.is_code_block(start) or not _HIDDEN.match(_text_of(state, start)):
        return False
    last = _line_with(_HIDDEN, state, start + 1, end)
    if last is None:
        return False
    if not silent:
        token = state.push("hidden", "", 0)
        token.content = "%%\n" + state.getLines(start + 1, last, state.sCount[start], True) + "%%"
        token.map = [start, last + 1]
        state.line = last + 1
    return True


def _box(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take ``!!! note "Title"`` and what is indented below it as the callout that MkDocs makes of it."""
    written = None if state.is_code_block(start) else _BOX.match(_text_of(state, start))
    if written is None or not is_callout(written[2]):
        return False
    at = len(state.tokens)
    if not admonition(state, start, end, silent) or silent:
        return silent
    opened = state.tokens[at]
    opened.type, opened.info = "container_callout_open", f"{written[2]} {written[3] or ''}".strip()
    opened.markup = written[1]
    del state.tokens[at + 1 : at + 4]  # the title, which a callout has in its first line
    return True


# --- what CommonMark and GitHub leave out without a word: cells of no column, lines that only look like addresses ---

_DEFINITION = re.compile(r"\[(?!\^)(?P<label>[^\[\]\n]+)\]:[ \t]*(?P<address>[^\s<]\S*)")
_IN_BRACKETS = re.compile(r"\[([^\[\]\n]+)\](?!:)")
_OF_ADDRESSES = re.compile(r"[/.#:?@\\]")


def _reference(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take ``[속보]: 사망`` for what it is: words. CommonMark reads the address of a link in it, and shows nothing."""
    match = _DEFINITION.match(_text_of(state, start))
    if match and not _OF_ADDRESSES.search(match["address"]):
        is_used = match["label"].lower() in _used_labels(state)
        if not (is_used and match["address"].isascii()):
            return False
    return reference(state, start, end, silent)


def _used_labels(state: StateBlock) -> set[str]:
    """Return what stands in brackets in the whole text without a colon behind it, which is looked for once."""
    if "used" not in state.env:
        state.env["used"] = {match[1].lower() for match in _IN_BRACKETS.finditer(state.src)}
    used: set[str] = state.env["used"]
    return used


def _table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a table, and put a token for the cells for which it has no column in front of it."""
    before, source = len(state.tokens), state.src
    if start + 1 < end and _RULE_OF_DASHES.fullmatch(rule := _text_of(state, start + 1)):
        _write(state, start + 1, rule.translate(_PLAIN))
    if not table(state, start, end, silent):
        state.src = source
        return False
    if not silent:
        width = len(_cells(state, start))
        for row in range(start + 2, state.line):
            if more := " | ".join(cell for text in _cells(state, row)[width:] if (cell := text.strip())):
                token = state.push("hidden", "", 0)
                token.content, token.map, token.info = more, [row, row + 1], "cells"
                state.tokens.insert(before, state.tokens.pop())
    return True


def _cells(state: StateBlock, row: int) -> list[str]:
    cells = escapedSplit(_text_of(state, row).strip())
    return cells[(not cells[0]) : len(cells) - (len(cells) > 1 and not cells[-1])]
