"""Front matter in TOML (between ``+++`` lines) and in JSON (between braces), as the nodes that YAML makes.

So the types, messages and lines are the same. A number stays as it was written; a time is ISO 8601.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping as AbstractMapping
from datetime import date, datetime, time
from typing import Any, Literal, NamedTuple

from msgspec.structs import replace

from yoyak.front_matter.almost import is_key
from yoyak.front_matter.yaml_nodes import Composed, Mapping, Node, Scalar, Sequence
from yoyak.model.message import Problem, Words, problem_of, say

Language = Literal["toml", "json"]

_TOML = re.compile(r"\ufeff?(?:\+\+\+|(?P<dashes>---[ \t]*toml))[ \t]*(?:\r\n|[\r\n])", re.IGNORECASE)
_JSON = re.compile(r"\ufeff?(?P<dashes>---[ \t]*json[ \t]*(?:\r\n|[\r\n]))?\s*(?=\{\s*[\"}])", re.IGNORECASE)
_JSON_KEY = re.compile(r"\{\s*\"(?P<key>[\w-]+)\"\s*:")
_TOML_KEY = re.compile(r"[ \t]*[\"']?(?P<key>[\w-]+)[\"']?[ \t]*=", re.MULTILINE)
_AT_LINE = re.compile(r" \(at line (?P<line>\d+), column (?P<column>\d+)\)$")
_END_OF_LINE = re.compile(r"[ \t]*(?:\r\n|[\r\n]|\Z)")
_DEPTH = 32


class DataHead(NamedTuple):
    """A head and where it ends."""

    language: Language
    head: str
    line: int
    """Of its first line, 1-based."""
    end: int
    """The position of the body in the file."""
    problem: Problem | None = None


def data_head(text: str) -> DataHead | None:
    """Return the TOML or JSON that a file begins with; None when it begins otherwise, or names no key."""
    if (opening := _TOML.match(text)) is not None:
        return _toml_head(text, opening)
    if (opening := _JSON.match(text)) is not None:
        return _json_head(text, opening)
    return None


def compose_data(head: str, language: Language, path: str, first_line: int) -> Composed:
    """Return the node tree of a head in TOML or JSON, with the line of each key at its margin."""
    try:
        found = _parsed(head, language)
    except _Refused as refused:
        return Composed(None, (replace(refused.problem, path=path, line=refused.problem.line + first_line - 1),))
    entries: list[tuple[Scalar, Node]] = []
    repeated: list[Problem] = []
    for name, value in found:
        line = _line_of(name, head, language) + first_line - 1
        key = Scalar(name, line, 1, plain=True)
        if any(other.text == name for other, _ in entries):
            repeated.append(problem_of("duplicate-key", path, line, 1, key=name))
            continue
        entries.append((key, _node(value, line, 0)))
    return Composed(Mapping(tuple(entries), first_line, 1), tuple(repeated))


def _toml_head(text: str, opening: re.Match[str]) -> DataHead | None:
    fence = "---" if opening["dashes"] else "+++"
    closing = re.compile(rf"^{re.escape(fence)}[ \t]*(?:\r\n|[\r\n]|\Z)", re.MULTILINE).search(text, opening.end())
    head = text[opening.end() : closing.start() if closing else opening.end() + 4000]
    if not any(is_key(match["key"]) for match in _TOML_KEY.finditer(head)):
        return None
    if closing is None:
        problem = problem_of("bad-fence.toml", "", 1, 1, hint=say("bad-fence.close", fence=fence))
        return DataHead("toml", "", 2, len(text), problem)
    return DataHead("toml", head, 2, closing.end())


def _json_head(text: str, opening: re.Match[str]) -> DataHead | None:
    start = opening.end()
    line = 1 + len(re.findall(r"\r\n|[\r\n]", text[:start]))
    try:
        value, end = _JSON_DECODER.raw_decode(text, start)
    except (ValueError, RecursionError):
        begins = _JSON_KEY.match(text, start)
        return DataHead("json", text[start:], line, len(text)) if begins and is_key(begins["key"]) else None
    if not any(is_key(name) for name, _ in value):
        return None
    head = text[start:end]
    closing = re.compile(r"\s*---[ \t]*(?:\r\n|[\r\n]|\Z)").match(text, end) if opening["dashes"] else None
    rest = closing or _END_OF_LINE.match(text, end)
    return DataHead("json", head, line, rest.end() if rest else end)


class _Refused(Exception):
    def __init__(self, problem: Problem) -> None:
        self.problem = problem


def _parsed(head: str, language: Language) -> list[tuple[str, Any]]:
    """Return the keys of a head with their values, also those that are there twice.

    Raises:
        _Refused: it cannot be read.
    """
    try:
        if language == "toml":
            return list(tomllib.loads(re.sub(r"\r\n?", "\n", head), parse_float=str).items())
        return list(_JSON_DECODER.raw_decode(head)[0])
    except tomllib.TOMLDecodeError as error:
        place = _AT_LINE.search(str(error))
        what = _AT_LINE.sub("", str(error))
        at = (int(place["line"]), int(place["column"])) if place else (1, 1)
        raise _Refused(_unreadable("toml-syntax", "TOML", _small(what), at, "+++")) from None
    except json.JSONDecodeError as error:
        raise _Refused(
            _unreadable("json-syntax", "JSON", _small(error.msg), (error.lineno, error.colno), "{")
        ) from None
    except (ValueError, RecursionError):
        raise _Refused(_unreadable("json-syntax", "JSON", say("json-syntax.deep"), (1, 1), "{")) from None


def _small(sentence: str) -> str:
    """Return a parser's own words, which it has in English only, for the end of a sentence."""
    return sentence[:1].lower() + sentence[1:]


def _unreadable(code: str, name: str, what: Words, at: tuple[int, int], opening: str) -> Problem:
    message = say("data-syntax", language=name, why=what)
    hint = say("data-syntax.hint", opening=opening)
    if code == "toml-syntax":
        return Problem(code="toml-syntax", message=message, hint=hint, line=at[0], column=at[1])
    return Problem(code="json-syntax", message=message, hint=hint, line=at[0], column=at[1])


_JSON_DECODER = json.JSONDecoder(object_pairs_hook=list, parse_float=str, parse_int=str, parse_constant=str)


def _line_of(name: str, head: str, language: Language) -> int:
    """Return the line of a key in its head, 1-based: the first that begins with it."""
    sign = ":" if language == "json" else r"(?:=|\.)"
    table = rf"|^[ \t]*\[+[ \t]*[\"']?{re.escape(name)}\b" if language == "toml" else ""
    begin = r"(?:^|[{,])[ \t\r\n]*\"" if language == "json" else r"^[ \t]*[\"']?"
    found = re.search(rf"{begin}{re.escape(name)}[\"']?[ \t]*{sign}{table}", head, re.MULTILINE)
    if found is None:
        return 1
    before = head[: found.start() + found[0].find(name)]
    return 1 + len(re.findall(r"\r\n|[\r\n]", before))


def _node(value: Any, line: int, depth: int) -> Node:
    if isinstance(value, AbstractMapping):
        value = list(value.items()) or [()]
    if depth > _DEPTH:
        return Scalar("", line, 1, plain=True)
    if isinstance(value, list) and value and all(isinstance(part, tuple) for part in value):
        entries = tuple(
            (Scalar(part[0], line, 1, plain=True), _node(part[1], line, depth + 1)) for part in value if part
        )
        return Mapping(entries, line, 1)
    if isinstance(value, list):
        return Sequence(tuple(_node(part, line, depth + 1) for part in value), line, 1)
    return Scalar(_text(value), line, 1, plain=not isinstance(value, str) or value == "")


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return ""
    if isinstance(value, datetime | time):
        return value.replace(microsecond=0).isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)
