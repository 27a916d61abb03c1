"""The one flag between the watcher and the worker: something may have changed."""

from __future__ import annotations

import threading
from time import monotonic

from yoyak.model.types import Record


class Hints:
    """Collects hints from any thread and lets one worker wait until they have settled.

    A hint that comes while the worker builds stays pending, so that its next wait ends at once: exactly one more pass.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._pending: Pending | None = None
        self._closed = False
        self.paths: frozenset[str] | None = None
        """What the hints that ended the last wait were about; None for anything."""

    def note(self, hint: Hint | None = None) -> None:
        """Say that something may have changed."""
        with self._changed:
            self._pending = noted(self._pending, monotonic(), hint)
            self._changed.notify_all()

    def close(self) -> None:
        """End the worker's wait for good."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def wait(self, longest: float) -> bool:
        """Wait for hints to settle, or `longest` seconds without any; return False once closed."""
        end = monotonic() + longest
        with self._changed:
            while not self._closed:
                rest = (due(self._pending) if self._pending else end) - monotonic()
                if rest <= 0:
                    self.paths = self._pending.paths if self._pending else None
                    self._pending = None
                    return True
                self._changed.wait(rest)
        return False


# --- When to look after a hint: a short quiet, so that one save is one rebuild, but never an endless wait --------


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
