"""The head of a text of another program, as plain values: YAML, TOML, JSON, or ``Key: value`` lines."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from yoyak.front_matter.typed import FOREIGN
from yoyak.front_matter.yaml_nodes import Mapping as YamlMapping
from yoyak.front_matter.yaml_nodes import compose, plain_values
from yoyak.model.schema import FrontMatter
from yoyak.model.types import Record

_YAML = re.compile(r"\ufeff?\s*---[ \t]*\n(?P<head>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_BARE = re.compile(r"\ufeff?(?P<head>(?:[a-zA-Z_][\w-]*:(?: .*|)\n|[ \t]+\S.*\n|- .*\n)+)---[ \t]*(?:\n|\Z)")
"""Hexo takes a head without its first fence."""
_TOML = re.compile(
    r"\ufeff?(?:\+\+\+|---[ \t]*toml)[ \t]*\n(?P<head>.*?)^(?:\+\+\+|---)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE
)
_JSON = re.compile(r"\ufeff?\s*(?:---[ \t]*json[ \t]*\n|;;;[ \t]*\n)?\s*(?=\{)")
_BARE_JSON = re.compile(r"\ufeff?\s*(?P<head>\"\w+\"\s*:.*?)^;;;[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
"""Hexo's: the pairs of an object, without its braces, above ``;;;``."""
_AFTER_JSON = re.compile(r"[ \t]*\n?(?:(?:---|;;;)[ \t]*(?:\n|\Z))?")
_LINES = re.compile(
    r"\ufeff?(?P<head>(?:title|date|authors?|category|tags|slug|summary|modified|status|lang): .*\n"
    r"(?:[a-z_]+: .*\n|[ \t]+\S.*\n)*)(?:\n|\Z)",
    re.IGNORECASE,
)
_LISTED = frozenset(("tags", "authors", "keywords"))


class ForeignHead(Record, kw_only=True):
    """What stands above a text."""

    values: Mapping[str, Any]
    """Texts, lists and mappings; of TOML and JSON, their own types too."""
    body: str


def head_of(text: str) -> ForeignHead | None:
    """Return the head of a text and what stands below it; None when it has none that can be read."""
    found = _json_head(text)
    for pattern, read in () if found else _FORMS:
        match = pattern.match(text)
        values = read(match["head"]) if match else None
        if match and values:
            return ForeignHead(values=values, body=text[match.end() :])
    return found


def body_of(text: str) -> str:
    """Return what stands below the head of a text; all of one without a head."""
    head = head_of(text)
    return head.body if head else text


def _yaml(head: str) -> Mapping[str, Any] | None:
    node = compose(head, "", 1, frozenset(FrontMatter.__struct_fields__) | FOREIGN).node
    value = plain_values(node) if isinstance(node, YamlMapping) else None
    return value if isinstance(value, dict) else None


def _toml(head: str) -> Mapping[str, Any] | None:
    try:
        return tomllib.loads(head)
    except (tomllib.TOMLDecodeError, RecursionError):
        return None


def _json_head(text: str) -> ForeignHead | None:
    opening = _JSON.match(text)
    try:
        values, end = json.JSONDecoder().raw_decode(text, opening.end()) if opening else (None, 0)
    except (ValueError, RecursionError):
        return None
    if not isinstance(values, dict) or not values:
        return None
    after = _AFTER_JSON.match(text, end)
    return ForeignHead(values=values, body=text[after.end() if after else end :])


def _pairs(head: str) -> Mapping[str, Any] | None:
    try:
        values = json.loads("{" + head.rstrip().rstrip(",") + "}")
    except (ValueError, RecursionError):
        return None
    return values if isinstance(values, dict) else None


def _plain_lines(head: str) -> Mapping[str, Any] | None:
    """Return Pelican's head: ``Key: value`` lines down to the first blank one."""
    found: dict[str, Any] = {}
    for line in re.sub(r"\n[ \t]+", " ", head).splitlines():
        key, _, value = line.partition(":")
        name = key.strip().lower()
        found[name] = [part.strip() for part in value.split(",")] if name in _LISTED else value.strip()
    return found


_FORMS: Sequence[tuple[re.Pattern[str], Callable[[str], Mapping[str, Any] | None]]] = (
    (_TOML, _toml),
    (_YAML, _yaml),
    (_BARE_JSON, _pairs),
    (_BARE, _yaml),
    (_LINES, _plain_lines),
)
