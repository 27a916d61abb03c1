"""How trouble with YAML is worded: what a writer did, not what a parser missed, and the line as it should be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from yoyak.model.message import Message, Words, say

MANY = 20
"""Problems of one kind in one file; with more of them it is not front matter."""
WIDE_COMMA = re.compile(r"[，、]\s*")
"""Commas of East Asian keyboards, which YAML takes for letters."""
LONGEST = 160
"""A corrected line is shown up to this length."""
_ENTRY = re.compile(r"\s*(?:- +)*[^\s:\"'][^:]*:(?=\s)")
_NO_SPACE = re.compile(
    r"(\s*(?:- +)*(?:[A-Za-z_]+|[가-힣]{1,8}(?: [가-힣]{1,8})?(?=\s*[：﹕])))\s*(?::|：|﹕)\s*(?=\S)"
)


class Mistake(NamedTuple):
    message: Words
    hint: Words
    line: int
    """0-based."""
    column: int
    """0-based."""


class TopLevelKey(NamedTuple):
    """A key at the left margin."""

    line: int
    """0-based."""
    name: str


def quoted(text: str) -> str:
    """Return one line of text between quotes that YAML reads back exactly."""
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"


def write(lead: str, text: str, *, inside: bool = False) -> Message:
    """Return the advice to write `lead` and then `text` in quotes, e.g. ``Write: title: "[속보] 말"``.

    `inside` another sentence it has another form.
    """
    fits = len(text) <= LONGEST
    line = f"{lead.strip()} {quoted(text if fits else '…')}".strip()
    if inside:
        return say("write.inside" if fits else "write.quoted.inside", line=line)
    return say("write" if fits else "write.quoted", line=line)


def missing_space(line: str) -> Words:
    """Return the advice for ``title:제목`` and ``title：제목``, or an empty text."""
    match = _NO_SPACE.match(line)
    return say("write", line=f"{match[1].strip()}: {line[match.end() :].strip()}") if match else ""


def syntax_words(problem: str, lines: Sequence[str], line: int, column: int, entry: TopLevelKey | None) -> Mistake:
    """Return the words for libyaml's `problem`, found at `line` and `column` (0-based) of the entry `entry`."""
    text = lines[line] if line < len(lines) else ""
    if not text.strip() and entry:
        line, column, text = entry.line, 0, lines[entry.line]
    return Mistake(_message(problem, text, column), _correction(text), line, column)


def _message(problem: str, text: str, column: int) -> Message:
    mark = text[column : column + 1]
    if "mapping values are not allowed" in problem:
        return say("yaml-syntax.colon")
    if "cannot start any token" in problem:
        return say("yaml-syntax.mark", mark=mark)
    if "escape" in problem:
        return say("yaml-syntax.escape")
    if "could not find expected ':'" in problem:
        return say("yaml-syntax.no-key")
    if "block sequence entries" in problem:
        return say("yaml-syntax.list")
    if "',' or" in problem:
        return say("yaml-syntax.comma")
    if "expected key" in problem:
        return say("yaml-syntax.not-continued")
    return say("yaml-syntax.line")


def _correction(text: str) -> Words:
    """Return the line with its value in quotes, or its list with every item in quotes."""
    match = _ENTRY.match(text)
    if not match:
        return missing_space(text) or say("yaml-syntax.whole")
    lead, value = match[0].strip(), text[match.end() :].strip()
    if not value or len(value) > LONGEST or value[0] == "{":
        return say("yaml-syntax.inner")
    if value[0] == "[" and value[-1] == "]":
        items = ", ".join(quoted(_unquoted(item.strip())) for item in value[1:-1].split(",") if item.strip())
        return say("yaml-syntax.list-or-text", list=f"{lead} [{items}]", line=f"{lead} {quoted(value)}")
    return write(lead, _unquoted(value))


def _unquoted(text: str) -> str:
    inside = text[1:-1]
    return inside if len(text) > 1 and text[0] == text[-1] in "\"'" and text[0] not in inside else text
