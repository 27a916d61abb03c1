"""Front matter: the keys between two ``---`` lines at the beginning of a file, and the body behind them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Generic, Literal, TypeVar
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec import inspect as kinds
from msgspec.structs import replace

from yoyak.front_matter.almost import (
    badly_closed,
    begins_as_keys,
    problem_at_beginning,
    problem_of_body,
    unclosed,
)
from yoyak.front_matter.keys_in_text import keys_in_text
from yoyak.front_matter.typed import convert
from yoyak.front_matter.yaml_nodes import compose
from yoyak.front_matter.yaml_values import several
from yoyak.model.message import Problem, errors, in_order

if TYPE_CHECKING:
    from yoyak.front_matter.data_heads import DataHead

K = TypeVar("K", bound=Struct)

CODES = frozenset(
    "slug url source_url base_url timezone lang language email src edition order pins path remote branch host".split()
)
"""Keys whose values are text for a program: a comment may stand behind them, as YAML has it."""

_OPEN = re.compile(r"\ufeff?---[ \t]*(?:ya?ml[ \t]*)?(?:\r\n|[\n\r]|\Z)")
_CLOSE = re.compile(r"[\r\n](?:---|\.\.\.)[ \t]*(?:\r\n|[\n\r]|\Z)")


class Split(Struct, frozen=True, kw_only=True):
    """A file cut in two."""

    head: str | None
    """The text between the fences; None when the file begins with its body."""
    head_line: int
    body: str
    """As written; empty when a problem makes it unclear where the body begins."""
    body_line: int
    problem: Problem | None = None
    language: Literal["yaml", "toml", "json"] = "yaml"


class FrontMatterResult(Struct, Generic[K], frozen=True, kw_only=True):
    """The keys of a file, its body, and where everything stood."""

    keys: K | None
    """None when an error forbids the article."""
    partial: K | None = None
    """What of the keys is understood in spite of errors; None when nothing is."""
    body: str
    body_line: int
    """1-based."""
    fenced: bool
    """The file has front matter."""
    lines: Mapping[str, tuple[int, int]]
    """Line and column of every value that was written, by its dotted key."""
    days: frozenset[str]
    """The keys that name a day without a time."""
    problems: tuple[Problem, ...]


def split(text: str) -> Split:
    """Cut `text` at its fences: ``---`` alone on the first line, ``---`` or ``...`` alone on a later one.

    A beginning that looks like front matter and is not closed, or is fenced with something else, is a problem: to
    publish it as text would publish drafts. A ``---`` anywhere in the body is a rule.
    """
    opening = _OPEN.match(text)
    if opening is None:
        if found := _data_head(text):
            return _of_data(text, found)
        problem = problem_at_beginning(text) or keys_in_text(text, 1)
        return _refused(problem) if problem else _only_body(text)
    closing = _CLOSE.search(text, opening.end() - 1)  # the line end before it may be that of the first fence
    if closing:
        start, end = opening.end(), closing.end()
        if problem := badly_closed(text[start : closing.start() + 1], 2):
            return _refused(problem)
        line = 1 + _breaks(text[:end]) if text[end - 1] in "\r\n" else 2 + _breaks(text[:end])
        if problem := problem_of_body(text[end:], line) or keys_in_text(text[end:], line):
            return _refused(problem)
        return Split(head=text[start : closing.start() + 1], head_line=2, body=text[end:], body_line=line)
    if begins_as_keys(text[opening.end() :]):
        following = text[opening.end() :]
        return _refused(badly_closed(following, 2) or unclosed(following))
    problem = keys_in_text(text, 1)
    return _refused(problem) if problem else _only_body(text)


def read_front_matter(
    text: str, path: str, keys: type[K], zone: ZoneInfo, *, cuts: bool = False
) -> FrontMatterResult[K]:
    """Return the keys that `text` begins with, and its body; a file without front matter has the keys' defaults.

    With `cuts` a value past its bound is cut with a warning, as in an import; else it is an error.
    """
    parts = split(text)
    if parts.problem:
        problem = replace(parts.problem, path=path)
        return FrontMatterResult(
            keys=None, body="", body_line=1, fenced=False, lines={}, days=frozenset(), problems=(problem,)
        )
    if parts.language == "yaml":
        composed = compose(parts.head or "", path, parts.head_line, text_keys(keys))
    else:
        from yoyak.front_matter.data_heads import compose_data

        composed = compose_data(parts.head or "", parts.language, path, parts.head_line)
    converted = convert(composed.node, keys, path, zone, cuts=cuts)
    return FrontMatterResult(
        keys=None if errors(composed.problems) else converted.value,
        partial=converted.partial,
        body=parts.body,
        body_line=parts.body_line,
        fenced=parts.head is not None,
        lines=converted.lines,
        days=converted.days,
        problems=in_order((*composed.problems, *converted.problems)),
    )


@cache
def text_keys(keys: type[Struct]) -> frozenset[str]:
    """Return the names of all keys, also inner ones, whose values are text for people, and which hold `several`."""
    return frozenset(_text_names(kinds.type_info(keys))) - CODES


def _text_names(info: kinds.Type) -> Iterator[str]:
    match info:
        case kinds.StructType():
            for field in info.fields:
                if _holds(field.type, kinds.StrType):
                    yield field.encode_name
                if _holds(field.type, kinds.VarTupleType):
                    yield several(field.encode_name)
                yield from _text_names(field.type)
        case kinds.Metadata():
            yield from _text_names(info.type)
        case kinds.VarTupleType():
            yield from _text_names(info.item_type)
        case kinds.DictType():
            yield from _text_names(info.value_type)
        case kinds.UnionType():
            for option in info.types:
                yield from _text_names(option)


def _holds(info: kinds.Type, kind: type[kinds.Type]) -> bool:
    """Tell whether a value is one of a kind, or may be, or is a list of such."""
    match info:
        case kinds.Metadata():
            return _holds(info.type, kind)
        case kinds.VarTupleType() if kind is kinds.StrType:
            return _holds(info.item_type, kind)
        case kinds.UnionType():
            return any(_holds(option, kind) for option in info.types)
    return isinstance(info, kind)


def _data_head(text: str) -> DataHead | None:
    """Return the TOML or JSON that a text begins with. What reads them is imported for a text that may have some."""
    if not text.removeprefix("\ufeff").lstrip().startswith(("+++", "---", "{")):
        return None
    from yoyak.front_matter.data_heads import data_head

    return data_head(text)


def _of_data(text: str, found: DataHead) -> Split:
    """Return a file cut behind its TOML or JSON."""
    line = 1 + _breaks(text[: found.end])
    body = text[found.end :]
    problem = found.problem or problem_of_body(body, line) or keys_in_text(body, line)
    if problem:
        return _refused(problem)
    return Split(head=found.head, head_line=found.line, body=body, body_line=line, language=found.language)


def _refused(problem: Problem) -> Split:
    return Split(head=None, head_line=1, body="", body_line=1, problem=problem)


def _only_body(text: str) -> Split:
    return Split(head=None, head_line=1, body=text.removeprefix("\ufeff"), body_line=1)


def _breaks(text: str) -> int:
    """Count line breaks: ``\\n``, ``\\r\\n`` or ``\\r``."""
    return text.count("\n") + text.count("\r") - text.count("\r\n")
