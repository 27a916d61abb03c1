"""How trouble with YAML is worded: what a writer did, not what a parser missed, and the line as it should be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

MANY = 20
"""Problems of one kind in one file; with more of them it is not front matter."""
LONGEST = 160
"""A corrected line is shown up to this length."""
_ENTRY = re.compile(r"\s*(?:- +)*[^\s:\"'][^:]*:(?=\s)")
_NO_SPACE = re.compile(r"(\s*(?:- +)*[A-Za-z_]+)[ \t]*(?::|：|﹕)[ \t]*(?=\S)")


class Words(NamedTuple):
    message: str
    hint: str
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


def write(lead: str, text: str) -> str:
    """Return the advice to write `lead` and then `text` in quotes, e.g. ``Write: title: "[속보] 말"``."""
    value, advice = (text, "Write:") if len(text) <= LONGEST else ("…", "Put the whole value in quotes:")
    return " ".join(part for part in (advice, lead.strip(), quoted(value)) if part)


def missing_space(line: str) -> str:
    """Return the advice for ``title:제목`` and ``title：제목``, or an empty text."""
    match = _NO_SPACE.match(line)
    return f"Write: {match[1].strip()}: {line[match.end() :].strip()}" if match else ""


def syntax_words(problem: str, lines: Sequence[str], line: int, column: int, entry: TopLevelKey | None) -> Words:
    """Return the words for libyaml's `problem`, found at `line` and `column` (0-based) of the entry `entry`."""
    text = lines[line] if line < len(lines) else ""
    if not text.strip() and entry:
        line, column, text = entry.line, 0, lines[entry.line]
    return Words(_message(problem, text, column), _correction(text), line, column)


def _message(problem: str, text: str, column: int) -> str:
    mark = text[column : column + 1]
    if "mapping values are not allowed" in problem:
        return "A colon and a space inside a value begin a new key in YAML."
    if "cannot start any token" in problem:
        return f'A value cannot begin with "{mark}" unless it stands in quotes.'
    if "escape" in problem:
        return "The backslash between double quotes begins an escape that YAML does not know."
    if "could not find expected ':'" in problem:
        return 'This line is neither "key: value" nor part of the value above.'
    if "block sequence entries" in problem:
        return "A list cannot begin on the line of its key."
    if "',' or" in problem:
        return "A comma or the closing bracket is missing here."
    if "expected key" in problem:
        return "What stands here does not continue the value before it."
    return "This line cannot be read as YAML."


def _correction(text: str) -> str:
    """Return the line with its value in quotes, or its list with every item in quotes."""
    match = _ENTRY.match(text)
    if not match:
        return missing_space(text) or "If it is text, put the whole value in quotes."
    lead, value = match[0].strip(), text[match.end() :].strip()
    if not value or len(value) > LONGEST or value[0] == "{":
        return "Put the text in it in quotes."
    if value[0] == "[" and value[-1] == "]":
        items = ", ".join(quoted(_unquoted(item.strip())) for item in value[1:-1].split(",") if item.strip())
        return f"If it is a list, write: {lead} [{items}]; if it is one text, write: {lead} {quoted(value)}"
    return write(lead, _unquoted(value))


def _unquoted(text: str) -> str:
    inside = text[1:-1]
    return inside if len(text) > 1 and text[0] == text[-1] in "\"'" and text[0] not in inside else text


def lower(sentence: str) -> str:
    """Return a sentence for use behind a comma."""
    return sentence[0].lower() + sentence[1:]
