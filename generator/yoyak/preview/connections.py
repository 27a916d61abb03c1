"""Connections of the preview: each gets some seconds to say what it wants, and one that waits makes room for others.

uvicorn has a time limit for the pause between two requests, and none for a request that arrives too slowly.
"""

from __future__ import annotations

import asyncio
import errno
import logging
import sys
from collections.abc import Callable, Mapping
from time import monotonic
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from yoyak.messages.catalogue import speak
from yoyak.model.message import Words, say
from yoyak.model.types import Record


def protocol(bounds: Bounds, headers: Mapping[str, str], language: str = "en") -> type[asyncio.Protocol]:
    """Return the protocol of connections that keep to `bounds`; refusals carry `headers`, and are in `language`."""
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())

    class Bounded(_Connection):
        _bounds, _head, _language = bounds, head, language

    return Bounded


class _Connection(H11Protocol):
    _bounds: Bounds
    _head: str
    _language: str

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._clock: asyncio.TimerHandle | None = None

    @property
    def waits(self) -> bool:
        """Whether it has asked for nothing yet, or for nothing since its last answer."""
        cycle: Any = self.cycle  # None before the first request, whatever its annotation says
        return cycle is None or bool(cycle.response_complete)

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        # One that closes may not be taken for room again: several connections are made before it is gone.
        others = [one for one in self.connections if isinstance(one, _Connection) and not one.transport.is_closing()]
        super().connection_made(transport)
        self._since = self.loop.time()
        if len(others) >= self._bounds.connections and not _make_room(others):
            self._refuse(503, "Service Unavailable", say("preview.full"))
            return
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self.transport.is_closing():
            return
        self._since = self.loop.time()
        super().data_received(data)
        if self.conn.their_state in (h11.IDLE, h11.SEND_BODY):
            self._watch()
        else:
            self._stop()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._since = self.loop.time()
        if self.transport.is_closing():
            self._end_soon()
        elif self.conn.their_state is h11.SEND_BODY:
            self._watch()

    def timeout_keep_alive_handler(self) -> None:
        super().timeout_keep_alive_handler()
        self._end_soon()

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - its words are English in every language
        self._refuse(400, "Bad Request", say("preview.no-request"))

    def _watch(self) -> None:
        """Give the request a time to arrive, counted from its beginning: drops of it do not make it longer."""
        if self._clock is None:
            self._clock = self.loop.call_later(self._bounds.request, self._too_slow)

    def _stop(self) -> None:
        if self._clock is not None:
            self._clock.cancel()
            self._clock = None

    def _too_slow(self) -> None:
        self._clock = None
        if not self.transport.is_closing():
            self._refuse(408, "Request Timeout", say("preview.too-slow"))

    def _refuse(self, status: int, reason: str, sentence: Words) -> None:
        """Answer without the application, if nothing was answered yet, and close."""
        self._stop()
        self._unset_keepalive_if_required()
        body = f"{speak(sentence, self._language)}\n"
        if self.waits:
            lines = f"HTTP/1.1 {status} {reason}\r\n{self._head}Content-Type: text/plain; charset=utf-8\r\n"
            length = f"Content-Length: {len(body.encode())}\r\nConnection: close\r\n\r\n"
            self.transport.write(f"{lines}{length}{body}".encode())
        self.transport.close()
        self._end_soon()

    def _end_soon(self) -> None:
        """Close for good although the client takes nothing of what is left to send."""
        self.loop.call_later(self._bounds.answer, self.transport.abort)


def _make_room(others: list[_Connection]) -> bool:
    """Close the connection that has asked for nothing for the longest time, if there is one."""
    waiting = [other for other in others if other.waits]
    if not waiting:
        return False
    min(waiting, key=lambda other: other._since).transport.abort()
    return True


# --- What one preview takes at once, so that handles never run out, whoever opens connections and says nothing ---


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
