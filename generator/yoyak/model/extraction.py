"""How a file was read: what a reader found, where, and how sure it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from yoyak.model.problems import Problem
from yoyak.model.types import BodyLink, Kind, Record


class Evidence(Record, kw_only=True):
    """Where a value was found: a line of the file or a CSS selector, and the rule that took it."""

    rule: str
    line: int | None = None
    selector: str | None = None


class Field(Record, kw_only=True):
    """One value of an article with its provenance."""

    value: Any
    confidence: float
    """0 to 1; what front matter says is 1."""
    evidence: tuple[Evidence, ...] = ()
    alternatives: tuple[Any, ...] = ()
    """Runners-up, best first."""


BlockKind = Literal["paragraph", "heading", "quote", "list", "table", "figure", "caption"]


class Block(Record, kw_only=True):
    """A piece of a body in reading order."""

    kind: BlockKind
    text: str
    line: int | None = None
    credit: str | None = None
    html: str = ""
    """The block as unsafe HTML where text alone would lose its links, items or cells."""


class LineLabel(Record, kw_only=True):
    """What one non-blank line of a capture was taken for. Kept and left-out lines are the whole file."""

    n: int
    label: str
    rule: str
    confidence: float
    kept: bool


class LeftOut(Record, kw_only=True):
    """Words of a saved page that are no part of its article."""

    text: str
    rule: str
    """Why."""
    selector: str
    """The element around them, as the page calls it."""


class Reading(Record, kw_only=True):
    """What a reader found in one file. The names of `fields` are those of front matter, plus
    ``label`` (the page's own theme), ``rights_notice`` and ``dateline``."""

    kind: Kind
    fields: Mapping[str, Field]
    html: str
    """The body as HTML that has not been through the door yet."""
    blocks: tuple[Block, ...] = ()
    lines: tuple[LineLabel, ...] = ()
    links: tuple[BodyLink, ...] = ()
    wants: tuple[str, ...] = ()
    """Paths of other source files that the body links to, whose addresses were not known."""
    problems: tuple[Problem, ...] = ()
