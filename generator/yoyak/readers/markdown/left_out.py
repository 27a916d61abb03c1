"""What CommonMark and GitHub leave out without a word: cells of no column, lines that only look like addresses."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, reference, table
from markdown_it.rules_block.table import escapedSplit

_DEFINITION = re.compile(r"\[(?!\^)(?P<label>[^\[\]\n]+)\]:[ \t]*(?P<address>[^\s<]\S*)")
_IN_BRACKETS = re.compile(r"\[([^\[\]\n]+)\](?!:)")
_OF_ADDRESSES = re.compile(r"[/.#:?@\\]")


def add(md: MarkdownIt) -> None:
    """Add the rules to a parser."""
    md.block.ruler.at("reference", _reference)
    md.block.ruler.at("table", _table, {"alt": ["paragraph", "reference"]})


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
    before = len(state.tokens)
    if not table(state, start, end, silent):
        return False
    if not silent:
        width = len(_cells(state, start))
        for row in range(start + 2, state.line):
            if more := " | ".join(cell for text in _cells(state, row)[width:] if (cell := text.strip())):
                token = state.push("hidden", "", 0)
                token.content, token.map, token.info = more, [row, row + 1], "cells"
                state.tokens.insert(before, state.tokens.pop())
    return True


def _text_of(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _cells(state: StateBlock, row: int) -> list[str]:
    cells = escapedSplit(_text_of(state, row).strip())
    return cells[(not cells[0]) : len(cells) - (len(cells) > 1 and not cells[-1])]
