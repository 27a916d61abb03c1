"""Which pages somebody looks at: they are made first."""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from time import monotonic

_RECENT = 60.0
"""Seconds after a request for which a page without an open stream counts as looked at."""
_OPEN = 50.0
"""Seconds for which a window that says what it shows is taken to show it. preview.js says so every 20 seconds."""
_MOST = 8
"""Pages that were asked for last."""


class Looking:
    """Filled by the server's thread, read by the worker's."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._followed: Counter[str] = Counter()
        self._asked: OrderedDict[str, float] = OrderedDict()
        self._seen: dict[str, float] = {}

    def ask(self, file: str) -> None:
        """Note that a page was requested."""
        with self._lock:
            self._asked.pop(file, None)
            self._asked[file] = monotonic()
            while len(self._asked) > _MOST:
                self._asked.popitem(last=False)

    @contextmanager
    def follow(self, file: str) -> Iterator[None]:
        """Note that a page is open as long as its stream is."""
        with self._lock:
            self._followed[file] += 1
        try:
            yield
        finally:
            with self._lock:
                self._followed -= Counter((file,))

    def see(self, file: str) -> None:
        """Note that a window shows a page, which holds no stream of its own."""
        with self._lock:
            now = monotonic()
            self._seen = {other: time for other, time in self._seen.items() if time > now - _OPEN} | {file: now}

    def files(self) -> tuple[str, ...]:
        """Return the pages that are looked at, by their paths in the preview, the last one first."""
        with self._lock:
            now = monotonic()
            recent = [file for file, time in reversed(self._asked.items()) if time > now - _RECENT]
            seen = [file for file, time in reversed(self._seen.items()) if time > now - _OPEN]
            return tuple(dict.fromkeys((*self._followed, *seen, *recent)))
