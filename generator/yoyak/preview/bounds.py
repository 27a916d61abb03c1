"""What one preview takes at once, so that handles never run out, whoever opens connections and says nothing."""

from __future__ import annotations

import asyncio
import errno
import logging
import sys
from collections.abc import Callable
from time import monotonic
from typing import Any

from yoyak.model.message import Words, say
from yoyak.model.types import Record

_FEW, _MANY = 6, 320
"""Connections that are held at least, and at most."""
_PAGES = 12
"""Connections kept free of streams, for pages and what they show."""
_OTHERS = 48
"""Handles for all but connections: files that are read and written, workers, the watcher."""
_NO_HANDLE = (errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM)
_PAUSE = 60.0
"""Seconds between two lines on the terminal."""


class Bounds(Record, frozen=True, kw_only=True):
    connections: int
    """Held at once; after that the one that has asked for nothing for the longest time is closed."""
    streams: int
    """Windows that listen for builds at once."""
    request: float = 10.0
    """Seconds that a request may take to arrive."""
    answer: float = 30.0
    """Seconds that a client gets to take the rest of an answer when the connection is to be closed."""


def bounds_of(handles: int) -> Bounds:
    """Return what fits into a limit of open handles.

    >>> bounds_of(128)
    Bounds(connections=40, streams=28, request=10.0, answer=30.0)
    """
    # Half of the rest is left for bursts: connections are accepted before old ones are closed.
    connections = max(_FEW, min(_MANY, (handles - _OTHERS) // 2))
    return Bounds(connections=connections, streams=connections - min(_PAGES, connections // 2))


def handles() -> int:
    """Return how many handles this process may have open."""
    if sys.platform == "win32":  # it has no such limit
        return 1 << 16
    import resource

    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return soft if soft != resource.RLIM_INFINITY else 1 << 16


class Faults:
    """Takes what goes wrong in the server's loop, where nobody waits for it: one plain line a minute at most."""

    def __init__(self, say: Callable[[Words], None], pause: float = _PAUSE) -> None:
        logging.getLogger("asyncio").setLevel(logging.CRITICAL)  # it has nothing to add but tracebacks
        self._say, self._pause = say, pause
        self._told: dict[Words, float] = {}

    def __call__(self, _: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        if isinstance(error, ConnectionError | TimeoutError | asyncio.CancelledError):
            return  # a browser went away
        if isinstance(error, OSError) and error.errno in _NO_HANDLE:
            self._tell(say("preview.no-handles", error=error.strerror or str(error), files=str(handles())))
        else:
            self._tell(say("preview.fault", error=str(error or context.get("message"))))

    def _tell(self, line: Words) -> None:
        now = monotonic()
        if now - self._told.get(line, -self._pause) >= self._pause:
            self._told = {line: now}
            self._say(line)
