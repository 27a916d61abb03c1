"""The nodes of a piece of YAML: every value is still text, with its place."""

from __future__ import annotations

from typing import NamedTuple

from msgspec import Struct

from yoyak.model.message import Problem


class Scalar(Struct, frozen=True, gc=False):
    """A value as written, without its quotes."""

    text: str
    line: int
    """1-based, in the file."""
    column: int
    """1-based, in characters."""
    plain: bool
    """It was written without quotes."""
    refused: bool = False
    """There is a problem for it already; its text is not to be used."""


class Sequence(Struct, frozen=True):
    items: tuple[Node, ...]
    line: int
    column: int
    source: str = ""
    """The rest of its first line as written, when the list stands between brackets."""


class Mapping(Struct, frozen=True):
    entries: tuple[tuple[Scalar, Node], ...]
    """Keys are distinct, compared in NFC."""
    line: int
    column: int
    source: str = ""
    """The rest of its first line as written, when the mapping stands between braces."""
    broken: tuple[Scalar, ...] = ()
    """Keys whose values could not be read; there is a problem for each."""


Node = Scalar | Sequence | Mapping


class Composed(NamedTuple):
    node: Node | None
    """None when there is nothing, or nothing readable; incomplete when there are problems."""
    problems: tuple[Problem, ...]
