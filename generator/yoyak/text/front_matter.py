"""Front matter: the keys between two ``---`` lines at the beginning of a file, and the body behind them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import takewhile
from typing import Generic, TypeVar
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec import inspect as kinds
from msgspec.structs import replace

from yoyak.problems import Problem, errors, in_order
from yoyak.schema import FrontMatter
from yoyak.text.typed import convert
from yoyak.text.yaml_nodes import compose

K = TypeVar("K", bound=Struct)

CODES = frozenset(
    "slug url source_url base_url timezone lang language email src edition order pins path remote branch".split()
)
"""Keys whose values are text for a program: a comment may stand behind them, as YAML has it."""

_OPEN = re.compile(r"\ufeff?---[ \t]*(?:\r\n|[\n\r]|\Z)")
_CLOSE = re.compile(r"[\r\n](?:---|\.\.\.)[ \t]*(?:\r\n|[\n\r]|\Z)")
_ALMOST = re.compile(
    r"[\ufeff\s]*(?:[-\u2010-\u2015\u2212\u2500\u2501\uff0d\u30fc~_*=+;]{2,}|```)[ \t]*(?P<rest>[^\r\n]*)"
)
"""A first line that somebody may have meant as a fence: dashes of every kind, TOML's ``+++``, blank lines before."""
_FIRST = "\ufeff-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2500\u2501\uff0d\u30fc~_*=+;` \t\r\n"
_KEY = re.compile(r"[ \t]*[\"']?([A-Za-z_]{2,20})[\"']?[ \t]*[:\uff1a=]")
_KEYS_THEN_FENCE = re.compile(
    r"\ufeff?[a-z_]+:[^\r\n]*[\r\n]+(?:(?:[a-z_]+:|[ \t#-])[^\r\n]*[\r\n]+){0,200}?---[ \t]*(?:[\r\n]|\Z)"
)
_BARE_KEY = re.compile(r"[a-z_]+(?=:(?:\s|\Z))")
_KNOWN = frozenset(FrontMatter.__struct_fields__)


class Split(Struct, frozen=True, kw_only=True):
    """A file cut in two."""

    head: str | None
    """The text between the fences; None when the file begins with its body."""
    head_line: int
    body: str
    """As written; empty when a problem makes it unclear where the body begins."""
    body_line: int
    problem: Problem | None = None


class FrontMatterResult(Struct, Generic[K], frozen=True, kw_only=True):
    """The keys of a file, its body, and where everything stood."""

    keys: K | None
    """None when an error forbids the article."""
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
        problem = _look_alike(text) if text[:1] in _FIRST else _unopened(text)
        return _refused(problem) if problem else _only_body(text)
    closing = _CLOSE.search(text, opening.end() - 1)  # the line end before it may be that of the first fence
    if closing:
        start, end = opening.end(), closing.end()
        line = 1 + _breaks(text[:end]) if text[end - 1] in "\r\n" else 2 + _breaks(text[:end])
        return Split(head=text[start : closing.start() + 1], head_line=2, body=text[end:], body_line=line)
    following = text[opening.end() :].lstrip()
    if _KEY.match(following) or _names_key(following):
        return _refused(_unclosed())
    return _only_body(text)


def read_front_matter(text: str, path: str, keys: type[K], zone: ZoneInfo) -> FrontMatterResult[K]:
    """Return the keys that `text` begins with, and its body; a file without front matter has the keys' defaults."""
    parts = split(text)
    if parts.problem:
        problem = replace(parts.problem, path=path)
        return FrontMatterResult(
            keys=None, body="", body_line=1, fenced=False, lines={}, days=frozenset(), problems=(problem,)
        )
    composed = compose(parts.head or "", path, parts.head_line, text_keys(keys))
    converted = convert(composed.node, keys, path, zone)
    return FrontMatterResult(
        keys=None if errors(composed.problems) else converted.value,
        body=parts.body,
        body_line=parts.body_line,
        fenced=parts.head is not None,
        lines=converted.lines,
        days=converted.days,
        problems=in_order((*composed.problems, *converted.problems)),
    )


@cache
def text_keys(keys: type[Struct]) -> frozenset[str]:
    """Return the names of all keys, also inner ones, whose values are text for people."""
    return frozenset(_text_names(kinds.type_info(keys))) - CODES


def _text_names(info: kinds.Type) -> Iterator[str]:
    match info:
        case kinds.StructType():
            for field in info.fields:
                if _holds_text(field.type):
                    yield field.encode_name
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


def _holds_text(info: kinds.Type) -> bool:
    match info:
        case kinds.Metadata():
            return _holds_text(info.type)
        case kinds.VarTupleType():
            return _holds_text(info.item_type)
        case kinds.UnionType():
            return any(_holds_text(option) for option in info.types)
    return isinstance(info, kinds.StrType)


# --- beginnings that are almost front matter ------------------------------------------------------


def _look_alike(text: str) -> Problem | None:
    """Return a problem when the first line looks like a fence and keys follow it."""
    match = _ALMOST.match(text)
    if match is None or not _names_key(f"{match['rest']}\n{text[match.end() :].lstrip()}"):
        return None
    line = text[: match.end()]
    return Problem(
        code="bad-fence",
        message="The article begins with keys, but the line above them is not a fence.",
        hint="Write exactly --- on the first line, and --- on a line of its own below the last key.",
        line=1 + _breaks(line[: len(line) - len(line.lstrip("\ufeff \t\r\n"))]),
        column=1,
    )


def _unopened(text: str) -> Problem | None:
    """Return a problem when keys stand at the very beginning, with a fence below them or none at all."""
    match = _KEY.match(text)
    if match is None or match[1] not in _KNOWN:
        return None
    if _KEYS_THEN_FENCE.match(text):
        what, where = "no fence above them", "above the first key"
    elif _only_keys(text):
        what, where = "no fence around them", "above the first key, and one below the last"
    else:
        return None
    return Problem(
        code="bad-fence",
        message=f"The article begins with keys, but there is {what}.",
        hint=f"Write --- on a line of its own {where}.",
        line=1,
        column=1,
    )


def _only_keys(text: str) -> bool:
    """Tell whether all lines up to the first blank one are keys of front matter; one alone may be a text's own word."""
    lines = takewhile(str.strip, re.split(r"\r\n|[\r\n]", text[:4000]))
    keys = [match[0] if match else "" for match in map(_BARE_KEY.match, lines)]
    return _KNOWN.issuperset(keys) and (len(keys) > 1 or keys == ["status"])


def _unclosed() -> Problem:
    return Problem(
        code="bad-fence",
        message="The front matter that begins here is never closed.",
        hint="Write --- on a line of its own below the last key.",
        line=1,
        column=1,
    )


def _names_key(text: str) -> bool:
    """Tell whether a line up to the first blank one names a key of front matter."""
    for line in re.split(r"\r\n|[\r\n]", text[:4000].lstrip("\r\n")):
        if not line.strip():
            break
        match = _KEY.match(line)
        if match and match[1].lower() in _KNOWN:
            return True
    return False


def _refused(problem: Problem) -> Split:
    return Split(head=None, head_line=1, body="", body_line=1, problem=problem)


def _only_body(text: str) -> Split:
    return Split(head=None, head_line=1, body=text.removeprefix("\ufeff"), body_line=1)


def _breaks(text: str) -> int:
    """Count line breaks: ``\\n``, ``\\r\\n`` or ``\\r``."""
    return text.count("\n") + text.count("\r") - text.count("\r\n")
