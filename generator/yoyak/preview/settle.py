"""When to look after a hint: a short quiet, so that one save is one rebuild, but never an endless wait."""

from __future__ import annotations

from yoyak.model.types import Record

QUIET = 0.05
"""Seconds without a hint after which the files are taken to be at rest. Editors' saves take 1 to 20 ms."""
QUIET_WHEN_WHOLE = 0.01
"""The same after a hint that a file was written to its end, as long as only a file or two are meant."""
FEW = 2
LIMIT = 2.0
"""Seconds after the first hint when the wait ends, however busy the folder is."""
MOST = 50
"""Paths that are remembered; with more, everything is looked at."""


class Hint(Record, kw_only=True):
    """Something may have changed."""

    path: str = ""
    """Below the site folder; empty when it may be anything."""
    whole: bool = False
    """The file was closed after writing, or moved into its place: nothing more is to come of this save."""


class Pending(Record, kw_only=True):
    """Hints that no scan has answered yet: the times of the first and of the last, and what they were about."""

    first: float
    last: float
    paths: frozenset[str] | None = frozenset()
    """None for anything."""
    whole: bool = False


def noted(pending: Pending | None, now: float, hint: Hint | None = None) -> Pending:
    """Return `pending` with one more hint, at the time `now`."""
    hint = hint or Hint()
    before = pending.paths if pending else frozenset[str]()
    paths = before | {hint.path} if hint.path and before is not None and len(before) < MOST else None
    return Pending(first=pending.first if pending else now, last=now, paths=paths, whole=hint.whole)


def due(pending: Pending) -> float:
    """Return the time at which to scan for what the hints were about."""
    at_rest = pending.whole and pending.paths is not None and len(pending.paths) <= FEW
    return min(pending.last + (QUIET_WHEN_WHOLE if at_rest else QUIET), pending.first + LIMIT)
