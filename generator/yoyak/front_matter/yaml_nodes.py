"""YAML without its guesses: text becomes a tree of nodes in which every value is still text.

The types that want the values decide what they mean (`typed`).
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from yoyak.front_matter.yaml_certain import certain_mapping
from yoyak.front_matter.yaml_tree import Composed, Mapping, Node, Scalar, Sequence
from yoyak.model.message import Problem, say

__all__ = ["LIMIT", "Composed", "Mapping", "Node", "Scalar", "Sequence", "compose"]

LIMIT = 64 * 1024
"""Bytes of front matter; the longest that a person has reason to write is a twentieth of it."""


def compose(text: str, path: str, first_line: int, text_keys: AbstractSet[str], *, limit: int = LIMIT) -> Composed:
    """Return the node tree of `text`, which begins at `first_line` of the file `path`, and every problem in it.

    `text_keys` are the names of the keys whose values are text: what stands behind them on one line is taken as it is
    written, wherever YAML would refuse it, cut it or take it for something else.
    """
    if len(text) > limit or len(text.encode("utf-8", "replace")) > limit:
        return Composed(None, (_too_large(path, first_line, limit),))
    if certain := certain_mapping(text, first_line):
        return Composed(certain, ())
    from yoyak.front_matter.yaml_careful import compose_carefully  # here, with its parser, for heads that need it

    return compose_carefully(text, path, first_line, text_keys)


def _too_large(path: str, line: int, limit: int) -> Problem:
    return Problem(
        code="too-large",
        message=say("too-large", kib=limit // 1024),
        hint=say("too-large.hint"),
        path=path,
        line=line,
    )
