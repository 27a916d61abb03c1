"""Where a text is code, so that no mark is looked for, and what shows a mark as it is typed."""

from __future__ import annotations

import re

CODE = (
    r"(?P<fenced>^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(?P<fence>`{3,}(?=[^`\n]*$)|~{3,})[^\n]*(?:\n|\Z)"
    r"[\s\S]*?(?:^[ \t>]*(?P=fence)[`~]*[ \t]*$|\Z))"
    r"|(?P<element><(?P<tag>pre|code|script|style|textarea)\b[^>]*>[\s\S]*?</(?P=tag)\s*>)"
    r"|(?P<aside><!--[\s\S]*?-->)"
    r"|(?P<indented>(?:\A|(?<=\n\n))(?: {4}|\t)(?=[ \t]*\S))"
    r"|(?P<span>(?<![\\`])(?P<ticks>`+)(?!`)(?:(?!\n[ \t]*\n)[\s\S])+?(?<!`)(?P=ticks)(?!`))"
    r"|(?P<tick>\\`|`+)"
)
_INDENTED = re.compile(r"(?:(?: {4}|\t)[^\n]*(?:\n|\Z)|[ \t]*\n(?=(?:[ \t]*\n)*(?: {4}|\t)))*")
_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]|\[\^[^\]]+\]:|:[ \t]")
_SHOWN = re.compile(r"\{\{(?P<mark>[<%])/\*(?P<words>(?:(?!\*/).){0,2000}?)\*/(?P<end>[>%])\}\}", re.DOTALL)
_RAW = re.compile(r"\{%-?\s*raw\s*-?%\}(.*?)\{%-?\s*endraw\s*-?%\}", re.DOTALL)


def as_shown(code: str, program: str) -> str:
    """Return code as its own program shows it: without what keeps a mark in it from being a mark."""
    shown = _SHOWN.sub(r"{{\g<mark>\g<words>\g<end>}}", code) if program in ("hugo", "") else code
    return _RAW.sub(r"\1", shown) if program in ("jekyll", "eleventy") else shown


def end_of_indented(text: str, start: int) -> int:
    """Return where lines end that are code since they are indented; `start` when they belong to a list or a note."""
    for line in reversed(text[:start].split("\n")):
        if line.strip() and not line[0].isspace():
            if _ITEM.match(line):
                return start
            break
        if _ITEM.match(line):
            return start
    found = _INDENTED.match(text, start)
    return found.end() if found else start
