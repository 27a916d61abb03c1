"""What a reader may know about the world around its text, and what it finds and weighs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Literal
from zoneinfo import ZoneInfo

from yoyak.model.addresses import Loads, loads
from yoyak.model.message import Problem
from yoyak.model.schema import PERMALINK, EmbedKeys
from yoyak.model.sources import Asset, Evidence, Field
from yoyak.model.types import Record


class OwnRules(Record, kw_only=True):
    """What a site's content/_rules/ says about one label of a capture's lines; its patterns have been tried."""

    label: str
    phrases: tuple[str, ...] = ()
    patterns: tuple[tuple[str, str], ...] = ()
    """Name and regular expression, parts written out."""
    without: tuple[str, ...] = ()
    """Phrases and names of patterns of yoyak's own that do not count."""


ReferenceFrom = Literal["captured", "file-name", "page", "git", "file-time", "today"]


class Surroundings(Record, kw_only=True):
    """Where a text stands: the file, the site's settings that reading needs, and the files beside it."""

    path: str
    """The source file, relative to the site folder, posix."""
    first_line: int = 1
    """The number in the file of the text's first line."""
    zone: ZoneInfo
    reference: date
    """The day from which a date without a year is understood."""
    reference_from: ReferenceFrom = "today"
    """How that day was found."""
    language: str
    base_path: str
    """With slashes at both ends."""
    base_url: str
    assets: Mapping[str, Asset]
    """By path; only these can be shown."""
    addresses: Mapping[str, str]
    """The url of an article by the path of its source file, as far as known."""
    permalinks: str = PERMALINK
    """The pattern of the addresses of articles."""
    url: str = ""
    """The root-relative address of the page that the text will stand on, as far as known."""
    gone: Mapping[str, str] = {}
    """The root-relative addresses of this site that no page has, as far as known, each with any text."""
    title: str = ""
    """The title that front matter gives; empty when the text has to say it."""
    formulas: bool = False
    """The site sets what is between dollar signs."""
    embeds: tuple[EmbedKeys, ...] = ()
    """The hosts whose films and frames the site shows."""
    names: Mapping[str, str] = {}
    """Every file below content/ by less than its path: see `yoyak.text.names.NamesOf`."""
    load_remote: bool = False
    """Let pages load pictures from other hosts."""
    cuts: bool = False
    """A value of front matter that is past its bound is cut with a warning, not refused: nobody here wrote it."""
    rules: tuple[OwnRules, ...] = ()
    """The site's own rules for captures."""

    @property
    def loads(self) -> Loads:
        """What pages may load from other hosts."""
        return loads(self.base_url, pictures=self.load_remote, hosts=tuple(embed.host for embed in self.embeds))


# --- what readers find: candidates for a field, and pictures -----------------------------------------------------


class FoundPicture(Record, kw_only=True):
    """A picture as the source writes it: an address or a file, not looked for yet."""

    src: str
    alt: str = ""
    caption: str = ""
    credit: str = ""


class Candidate(Record, kw_only=True):
    """One place that says what a field is."""

    value: Any
    confidence: float
    evidence: Evidence


def chosen(candidates: Iterable[Candidate]) -> Field | None:
    """Return the surest candidate, the first of equals, as a field; what the others say else are its runners-up.

    Candidates that agree are evidence for each other.
    """
    ranked = sorted((c for c in candidates if c.value), key=lambda candidate: -candidate.confidence)
    if not ranked:
        return None
    best = ranked[0].value
    others: list[Any] = []
    for candidate in ranked:
        if candidate.value != best and candidate.value not in others:
            others.append(candidate.value)
    agreeing = tuple(candidate.evidence for candidate in ranked if candidate.value == best)
    return Field(value=best, confidence=ranked[0].confidence, evidence=agreeing, alternatives=tuple(others[:3]))


def surer(field: Field | None, more: Iterable[Candidate]) -> Field | None:
    """Return a field, or what more candidates say where it has nothing as sure."""
    better = chosen(more)
    return field if better is None or (field and field.confidence >= better.confidence) else better


class Release(Record, kw_only=True):
    """What a text says about its release."""

    fields: Mapping[str, Field]
    problems: tuple[Problem, ...]
    lines: frozenset[int]
    """The lines that say from when it may be published."""


NO_RELEASE = Release(fields={}, problems=(), lines=frozenset())
