"""Which words of a source are neither on its page nor in a problem, nor excused."""

from __future__ import annotations

import re

from readers.markdown.documents import WORD
from readers.markdown.reading import read, seen
from yoyak.messages.catalogue import paragraph
from yoyak.model.message import Problem

_COMMENT = re.compile(r"<!--(?:-?>|.*?(?:-->|--!>))", re.DOTALL)
"""What nobody is to see: a comment of HTML that ends."""
_TAG = re.compile(r"</?[A-Za-z](?:[^<>=]|=\s*+(?:\"[^\"]*+\"|'[^']*+'|(?![\"'])))*+>")
"""The inside of a tag: addresses, classes, styles. What is to be read in it (``alt``, ``title``) is seen, or excused."""
_ADDRESS = re.compile(
    r"\]\(\s*(?:<[^<>\n]*>|[^\s<>()]*)|^[>\s\d.)*+:-]*\[[^^\]\n][^\]\n]*\]:\s*(?:<[^<>\n]*>|\S*[/.#]\S*)(?:\s+['\"(].*)?",
    re.MULTILINE,
)
"""The address of a link or picture, and the definition of one."""
_ATTRIBUTES = re.compile(r"\{:?[ \t]*(?:[#.][^\s{}]+|[\w-]+=(?:\"[^\"\n]*\"|'[^'\n]*'|[^\s{}]+)|[ \t])+\}")
"""An attribute list."""
_FENCE = re.compile(r"^[>\s\d.)*+-]*(?:`{3,}|~{3,}|:{3,}).*$", re.MULTILINE)
"""What stands behind the marks of a fence."""
EXCUSES = {
    "a comment": _COMMENT,
    "a tag": _TAG,
    "an address": _ADDRESS,
    "attributes": _ATTRIBUTES,
    "a fence's attributes": _FENCE,
}

_OPENERS = {
    "left-out": re.compile(r"<!--|%%|<(?!form\b)([A-Za-z][\w-]*)"),
    "missing-picture": re.compile(r"!\[|<(img)"),
}
"""What begins what a problem reports as left out, by the problem's code."""
_ENDS = {"<!--": "-->", "%%": "%%", "![": ")"}


def lost(source: str) -> list[str]:
    """Return the words of a document that are lost, in their order."""
    found = read(source)
    there = f"{seen(found)}\n" + "\n".join(paragraph(problem) for problem in found.problems)
    missing = {match[0] for match in WORD.finditer(source)} - {match[0] for match in WORD.finditer(there)}
    without_line = [f"a problem without a line: {problem}" for problem in found.problems if not problem.line]
    if not missing:
        return without_line
    excused = [match.span() for pattern in EXCUSES.values() for match in pattern.finditer(source)]
    excused += [span for problem in found.problems for span in _left_out(source, problem)]
    return without_line + [
        match[0]
        for match in WORD.finditer(source)
        if match[0] in missing and not any(start <= match.start() < end for start, end in excused)
    ]


def _left_out(source: str, problem: Problem) -> list[tuple[int, int]]:
    """Return where what a problem reports as left out stands: from a mark on the line that it names to the mark's end."""
    lines = source.split("\n")
    if problem.code not in _OPENERS or not 1 <= problem.line <= len(lines):
        return []
    first = problem.line - (2 if problem.code == "missing-picture" else 1)  # its address may be on its second line
    begin = sum(len(line) + 1 for line in lines[: max(first, 0)])
    end = begin + sum(len(line) + 1 for line in lines[max(first, 0) : problem.line + 1])  # code hides line ends
    marks = _OPENERS[problem.code].finditer(source, begin, end)
    return [(mark.start(), _end_of(source, mark)) for mark in marks]


def _end_of(source: str, mark: re.Match[str]) -> int:
    closing = re.escape(_ENDS.get(mark[0]) or (">" if mark[1] == "img" else f"</{mark[1]}"))
    if mark[0] == "%%" and source[mark.end() :].partition("\n")[0].strip() == "":
        depth = source[: mark.start()].rpartition("\n")[2].count(">")
        closing = rf"^(?:[ ]*>){{{depth}}}[ \t]*%%\s*$"  # a block ends with a separate line
    end = re.compile(closing, re.IGNORECASE | re.MULTILINE).search(source, mark.end())
    return end.end() if end else len(source)
