"""The preview's web server: the files of a session, the stream of news and the script that reads it."""

from __future__ import annotations

import asyncio
import errno
import socket
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path
from typing import Any

import uvicorn
from msgspec import json
from msgspec.structs import replace
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp

from yoyak.messages.catalogue import speak
from yoyak.model.message import Words, say
from yoyak.preview.addresses import Answer, answer, read_inside, version
from yoyak.preview.connections import Bounds, Faults, bounds_of, handles, protocol
from yoyak.preview.guard import HEADERS, LOCAL, Guard, refused
from yoyak.preview.guests import GUEST, Guest
from yoyak.preview.live import Bell, News, news, stream
from yoyak.preview.session import Previewer, Snapshot
from yoyak.preview.words import script_with_words
from yoyak.text.media_types import content_type

_SCRIPT = Path(__file__).with_name("preview.js")
_PARTS = tuple(_SCRIPT.with_name(name) for name in ("idiomorph.js", "morph.js", "future.js"))
_BUILD_TIME = 30.0
"""Seconds that a request waits for a running build."""
_LINE = 128
"""Connections that may stand in line to be accepted."""
_TRIES = 20
"""Ports tried after the wanted one, before the system chooses."""
_SVG_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox; frame-ancestors 'self'"
"""A picture opened by itself is a document: it must not run what it holds."""
_EMPTY = (
    '<!doctype html><html lang="{lang}"><meta charset="utf-8"><title>{title}</title>'
    '<script src="/__yoyak/preview.js" defer></script><h1>{heading}</h1>'
)
"""Shown when the site could not be built even once, so that the overlay is on a page."""


def app(
    session: Previewer,
    bell: Bell,
    *,
    port: int,
    bounds: Bounds | None = None,
    more: Sequence[Route] = (),
    guests: Sequence[Guest] = (),
) -> ASGIApp:
    """Return the preview of a session as an ASGI application that answers at `port` of this machine; `more` is what
    else it answers, `guests` are those who may look at it from elsewhere."""
    most = (bounds or bounds_of(handles())).streams
    open_streams = Counter[str]()

    def script(_: Request) -> Response:
        data = script_with_words(_SCRIPT, "preview.window.", session.language, _PARTS)
        return Response(data, media_type="text/javascript")

    async def events(request: Request) -> Response:  # in the loop: what is counted there needs no lock
        if request.method == "HEAD":
            return Response(media_type="text/event-stream")
        guest = _is_guest(request)
        if open_streams.total() >= most or (guest and open_streams["guests"] >= most // 2):
            return refused(say("preview.full"), 503, session.language, {"Retry-After": "5"})
        found = followed(session, bell, _page(request), open_streams, guest=guest)
        return StreamingResponse(found, media_type="text/event-stream")

    def last_news(request: Request) -> Response:
        found = _news(session, _page(request), guest=_is_guest(request))
        return Response(json.encode(found), media_type="application/json")

    def file(request: Request) -> Response:
        return _file(session, request.scope["raw_path"])

    own = {"preview.js": script, "events": events, "news": last_news}
    routes = [
        *(Route(f"/__yoyak/{name}", function) for name, function in own.items()),
        *more,
        Route("/{path:path}", file),
    ]
    return Guard(Starlette(routes=routes), port=port, language=session.language, guests=guests)


def _is_guest(request: Request) -> bool:
    return GUEST in request.scope


def _state(session: Previewer, *, guest: bool) -> Snapshot:
    """Return what is to be seen: guests see neither the problems of files nor the times to choose from."""
    state = session.state
    return replace(state, errors=(), warnings=0, coming=()) if guest else state


def _page(request: Request) -> bytes:
    """Return the path of the page that a window shows, percent-encoded as the window has it."""
    return request.query_params.get("page", "/").encode()


def _news(session: Previewer, page: bytes, *, guest: bool = False) -> News:
    """Return the news of a page for a window that holds no stream, and note that somebody looks at it."""
    state = _state(session, guest=guest)
    session.looking.see(answer(page, state).file)
    return news(state, page, session.language)


async def followed(
    session: Previewer, bell: Bell, page: bytes, open_streams: Counter[str], *, guest: bool = False
) -> AsyncIterator[bytes]:
    """Yield the news of a page, and let builds know that somebody looks at it."""
    kind = "guests" if guest else "events"
    open_streams[kind] += 1
    try:
        with session.looking.follow(answer(page, session.state).file):
            async for message in stream(lambda: _state(session, guest=guest), bell, page, session.language):
                yield message
    finally:
        open_streams[kind] -= 1


def _file(session: Previewer, raw_path: bytes) -> Response:
    """Answer a request for a page or a file.

    The version is taken before the bytes are read: if a build falls between, the page reloads once too often.
    """
    found, shown = _found(session, raw_path)
    if found.file.endswith(".html"):
        session.looking.ask(found.file)
    if found.location:
        return RedirectResponse(found.location, found.status)
    data = read_inside(session.output, found.file)
    if data is None and found.file:
        session.wait_until_idle(_BUILD_TIME)
        found, shown = _found(session, raw_path)
        data = read_inside(session.output, found.file)
    if data is None:
        return Response(_no_page(session.language), 404, media_type="text/html", headers=_headers("", shown))
    return Response(data, found.status, headers=_headers(found.file, shown))


def _no_page(language: str) -> str:
    title, heading = (speak(say(key), language) for key in ("preview.not-here.title", "preview.not-here"))
    return _EMPTY.format(lang=language, title=title, heading=heading)


def _found(session: Previewer, raw_path: bytes) -> tuple[Answer, str]:
    state = session.state
    found = answer(raw_path, state)
    return found, version(found, state)


def _headers(file: str, shown: str) -> dict[str, str]:
    """The version travels as a Server-Timing entry, the one header of its own answer that a page's script can read."""
    headers = {"Server-Timing": f'yoyak;desc="{shown}"', "Content-Type": content_type(file or "404.html")}
    return headers | ({"Content-Security-Policy": _SVG_POLICY} if file.endswith(".svg") else {})


_QUIET: dict[str, Any] = {
    "backlog": 8,  # asyncio accepts so many at once, and when handles have run out it fails so often before it pauses
    "ws": "none",
    "lifespan": "off",
    "log_config": None,
    "log_level": "critical",
    "access_log": False,
    "server_header": False,
    "proxy_headers": False,
    "timeout_graceful_shutdown": 2,
}


class Server(uvicorn.Server):
    """Uvicorn, quiet, that ends the open streams before it waits for them."""

    def __init__(
        self,
        inner: ASGIApp,
        bell: Bell,
        *,
        bounds: Bounds | None = None,
        say: Callable[[Words], None] = print,
        language: str = "en",
    ) -> None:
        http = protocol(bounds or bounds_of(handles()), HEADERS, language)
        super().__init__(uvicorn.Config(inner, http=http, **_QUIET))
        self._bell, self._faults = bell, Faults(say)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        asyncio.get_running_loop().set_exception_handler(self._faults)
        await super().startup(sockets)
        for one in sockets or ():
            one.listen(_LINE)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._bell.close()
        await super().shutdown(sockets)


def listen(port: int, address: str = LOCAL) -> socket.socket:
    """Return a socket on `address` at `port`, or at the next free one; 0 stands for any.

    Raises:
        PermissionError: this account may not use the port.
        OSError: no port is free, or the system gives none.
    """
    for candidate in [*range(port, min(port + _TRIES, 65536)), 0] if port else [0]:
        try:
            return open_socket(candidate, address)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
    raise OSError(speak(say("preview.no-port")))


def open_socket(port: int, address: str) -> socket.socket:
    """Return a socket on `address` at exactly this port."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    return socket.create_server((address, port), family=family, backlog=_LINE)
