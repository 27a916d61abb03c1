"""YAML without its guesses: text becomes a tree of nodes in which every value is still text.

PyYAML reads the structure (`yaml_build`) from the shadow copy that `yaml_shadow` makes. The types that want the values
decide what they mean (`typed`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from itertools import pairwise
from typing import Any
from unicodedata import name

from yoyak.front_matter.yaml_build import Builder, Composed, Mapping, Node, Refusal, Scalar, Sequence, distinct
from yoyak.front_matter.yaml_shadow import Shadow, shadow_of
from yoyak.front_matter.yaml_words import MANY
from yoyak.model.message import Problem, problem_of
from yoyak.text.plain_keys import with_hashtags

__all__ = ["LIMIT", "Composed", "Mapping", "Node", "Scalar", "Sequence", "compose", "plain_values"]

LIMIT = 64 * 1024
"""Bytes of front matter; the longest that a person has reason to write is a twentieth of it."""
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
"""What YAML's reader refuses (YAML 1.1 §5.1), and the line breaks that nobody sees: U+0085, U+2028, U+2029."""


def compose(text: str, path: str, first_line: int, text_keys: AbstractSet[str], *, limit: int = LIMIT) -> Composed:
    """Return the node tree of `text`, which begins at `first_line` of the file `path`, and every problem in it.

    `text_keys` are the names of the keys whose values are text: what stands behind them on one line is taken as it is
    written, wherever YAML would refuse it, cut it or take it for something else.
    """
    if len(text) > limit or len(text.encode("utf-8", "replace")) > limit:
        return Composed(None, (problem_of("too-large", path, first_line, kib=limit // 1024),))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    controls = tuple(_controls(text, path, first_line))
    if controls:
        text = _CONTROLS.sub(" ", text)
    shadow = shadow_of(with_hashtags(text), path, first_line, text_keys)
    composed = _compose(shadow, path, first_line)
    return Composed(composed.node, (*controls, *shadow.problems, *composed.problems))


def _controls(text: str, path: str, first_line: int) -> Iterator[Problem]:
    for match in [*_CONTROLS.finditer(text)][:10]:
        character = match[0]
        yield problem_of(
            "control-character",
            path,
            first_line + text.count("\n", 0, match.start()),
            match.start() - text.rfind("\n", 0, match.start()),
            character=f"U+{ord(character):04X}{_called(character)}",
        )


def _called(character: str) -> str:
    known = name(character, "").lower()
    return f", {known}" if known else ""


def _compose(shadow: Shadow, path: str, first_line: int) -> Composed:
    """Compose the whole; when that fails, each top-level entry by itself, so that each one's mistake is found."""
    whole = Builder(shadow, path, first_line)
    try:
        return Composed(whole.build(0, len(shadow.lines)), tuple(whole.problems))
    except Refusal as refused:
        first = refused.problem
    if len(shadow.entries) < 2:
        return Composed(_broken(shadow, first_line), (*whole.problems, first))
    return _compose_apart(shadow, path, first_line, first)


def _compose_apart(shadow: Shadow, path: str, first_line: int, first: Problem) -> Composed:
    parts: list[Mapping] = []
    broken: list[Scalar] = []
    problems: list[Problem] = []
    borders = [0, *(entry.line for entry in shadow.entries[1:]), len(shadow.lines)]
    for (start, end), entry in zip(pairwise(borders), shadow.entries, strict=True):
        builder = Builder(shadow, path, first_line)
        if len(problems) >= MANY:
            broken.append(Scalar(entry.name, first_line + entry.line, 1, True))
            continue
        try:
            node = builder.build(start, end)
        except Refusal as refused:
            problems.append(refused.problem)
            broken.append(Scalar(entry.name, first_line + entry.line, 1, True))
        else:
            parts += [node] if isinstance(node, Mapping) else []
        problems += builder.problems
    entries, repeated = distinct([entry for part in parts for entry in part.entries], path)
    node = Mapping(entries, first_line, 1, broken=tuple(broken))
    refusals = problems if broken else [first, *problems]
    return Composed(node, (*refusals, *repeated))


def _broken(shadow: Shadow, first_line: int) -> Mapping | None:
    keys = tuple(Scalar(entry.name, first_line + entry.line, 1, True) for entry in shadow.entries)
    return Mapping((), first_line, 1, broken=keys) if keys else None


def plain_values(node: Node) -> Any:
    """Return a node as texts, lists and dicts."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [plain_values(item) for item in node.items]
    return {key.text: plain_values(value) for key, value in node.entries}
