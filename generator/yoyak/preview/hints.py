"""The one flag between the watcher and the worker: something may have changed."""

from __future__ import annotations

import threading
from time import monotonic

from yoyak.preview.settle import Hint, Pending, due, noted


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
