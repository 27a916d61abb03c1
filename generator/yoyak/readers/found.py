"""What readers find and weigh: candidates for a field, and pictures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from yoyak.model.message import Problem
from yoyak.model.sources import Evidence, Field
from yoyak.model.types import Record


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


class Release(Record, kw_only=True):
    """What a text says about its release."""

    fields: Mapping[str, Field]
    problems: tuple[Problem, ...]
    lines: frozenset[int]
    """The lines that say from when it may be published."""


NO_RELEASE = Release(fields={}, problems=(), lines=frozenset())
