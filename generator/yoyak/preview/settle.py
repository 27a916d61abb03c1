"""When to look after a hint: a short quiet, so that one save is one rebuild, but never an endless wait."""

from __future__ import annotations

from yoyak.model import Record

QUIET = 0.05
"""Seconds without a hint after which the files are taken to be at rest. Editors' saves take 1 to 20 ms."""
LIMIT = 2.0
"""Seconds after the first hint when the wait ends, however busy the folder is."""


class Pending(Record, kw_only=True):
    """Hints that no scan has answered yet: the times of the first and of the last."""

    first: float
    last: float


def noted(pending: Pending | None, now: float) -> Pending:
    """Return `pending` with one more hint, at the time `now`."""
    return Pending(first=pending.first if pending else now, last=now)


def due(pending: Pending) -> float:
    """Return the time at which to scan for what the hints were about."""
    return min(pending.last + QUIET, pending.first + LIMIT)
