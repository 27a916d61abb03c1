"""Who may ask the preview, and how every answer is marked.

A page on the web can make a browser send requests to this machine, and by DNS rebinding even under the page's own
name. So the Host must be ours, and what another site wants to embed, fetch or stream is refused.

At another address than that of this machine for itself, only guests are answered: those who bring a secret link.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from yoyak.messages.catalogue import speak
from yoyak.model.message import Words, say
from yoyak.model.types import Record
from yoyak.preview.guests import GUEST, SHARE, Guest, cookie_of, guest_of, host_at, secret_in, welcome

CLIP = "/__yoyak/clip"
"""The address to which pieces of pages are sent."""
AT = "/__yoyak/at"
"""The address to which a window sends the time for which the preview is to be built."""
SCRIPT_DOORS = (CLIP, AT)
"""The addresses to which a script of the preview's own pages may send something."""
_EDIT_DOOR = "/_desk/edit"
FORM_DOORS = ("/_desk/event", _EDIT_DOOR)
"""Those to which the forms of the desk are sent. There are no others."""
_CLOSED = (CLIP, f"{CLIP}.js", AT, _EDIT_DOOR)
"""What is not for guests, whatever they ask of it."""
LOCAL = "127.0.0.1"
"""The address at which one is the editor of this machine."""
_NAMES = ("127.0.0.1", "localhost", "[::1]")
_FOREIGN = ("cross-site", "same-site")
"""Values of Sec-Fetch-Site. Another port of localhost is "same-site", and somebody else's program."""
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "frame-ancestors 'self'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
}
"""On every answer. A page that opens the preview gets no hold of its window (Cross-Origin-Opener-Policy)."""


class RejectedRequest(Record, kw_only=True):
    status: int
    sentence: Words


def refusal(
    method: str,
    headers: Mapping[str, str],
    port: int,
    path: str = "/",
    *,
    at: str = LOCAL,
    guests: Sequence[Guest] = (),
) -> RejectedRequest | None:
    """Return why a request gets no answer, or None for one that does. Names of `headers` are in lower case.

    `at` is the address of this machine at which the request arrived.
    """
    if at != LOCAL:
        known = guest_of(guests, secret_in(path, headers.get("cookie", ""), port)) is not None
        if not known or headers.get("host", "").lower() not in host_at(at, port):  # it learns nothing else
            return RejectedRequest(status=403, sentence=say("preview.share.no-link"))
        if path in _CLOSED:
            return RejectedRequest(status=403, sentence=say("preview.share.closed"))
    elif headers.get("host", "").lower() not in hosts(port):
        return RejectedRequest(status=403, sentence=say("preview.wrong-host", port=str(port)))
    if method == "POST" and path in (*SCRIPT_DOORS, *FORM_DOORS):
        own = _sent_by_own_page(headers, _JSON if path in SCRIPT_DOORS else _FORM)
        return None if own else RejectedRequest(status=403, sentence=say("preview.sends"))
    if method not in ("GET", "HEAD"):
        return RejectedRequest(status=405, sentence=say("preview.read-only"))
    if _from_elsewhere(headers):
        return RejectedRequest(status=403, sentence=say("preview.other-site"))
    return None


def hosts(port: int) -> tuple[str, ...]:
    """Return the values of Host under which the preview answers."""
    return tuple(f"{name}:{port}" for name in _NAMES) + (_NAMES if port == 80 else ())


_FORM, _JSON = "application/x-www-form-urlencoded", "application/json"


def _sent_by_own_page(headers: Mapping[str, str], kind: str) -> bool:
    """Tell whether a page of the preview sends: by a form, whose token says the rest, or by its script, as JSON, which
    a form and another site cannot send."""
    return (
        headers.get("origin", "").lower() == f"http://{headers['host']}".lower()
        and headers.get("sec-fetch-site", "same-origin") == "same-origin"
        and headers.get("content-type", "").partition(";")[0].strip().lower() == kind
    )


def _from_elsewhere(headers: Mapping[str, str]) -> bool:
    """Tell whether another site asks. Following a link to the preview is allowed; embedding and reading it is not."""
    if headers.get("origin", f"http://{headers['host']}").lower() != f"http://{headers['host']}".lower():
        return True
    followed = headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"
    return headers.get("sec-fetch-site") in _FOREIGN and not followed


def refused(words: Words, status: int, language: str, headers: Mapping[str, str] | None = None) -> Response:
    """Return an answer that only says why there is no other."""
    return PlainTextResponse(f"{speak(words, language)}\n", status, headers=headers)


_READ_PAST = 2_000_000
"""Bytes beyond a bound that are read and dropped."""


async def sent_in(request: Request, most: int) -> bytes | None:
    """Return what was sent with a request, nothing when its browser is gone, or None for more than `most` bytes.

    Some of what is too much is read all the same: a browser that is still sending would never see the answer.
    """
    data, size = bytearray(), 0
    try:
        async for part in request.stream():
            size += len(part)
            data += part if size <= most else b""
            if size > most + _READ_PAST:
                return None
    except ClientDisconnect:
        return b""
    return bytes(data) if size <= most else None


class Guard:
    """Refuses what `refusal` refuses, and puts the protective headers on every answer."""

    def __init__(self, inner: ASGIApp, *, port: int, language: str = "en", guests: Sequence[Guest] = ()) -> None:
        self._inner, self._port, self._language, self._guests = inner, port, language, guests

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request. The server that `yoyak.preview.server` sets up speaks nothing but HTTP."""

        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        headers, path, at = Headers(scope=scope), scope["path"], self._address(scope)
        rejected = refusal(scope["method"], headers, self._port, path, at=at, guests=self._guests)
        if rejected is not None:
            await refused(rejected.sentence, rejected.status, self._language)(scope, receive, marked)
        elif at == LOCAL:
            await self._inner(scope, receive, marked)
        elif path.startswith(SHARE):
            policy = {"Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'"}
            page = HTMLResponse(welcome(self._language), headers=policy)
            page.headers["Set-Cookie"] = cookie_of(path, self._port)
            await page(scope, receive, marked)
        else:
            guest = guest_of(self._guests, secret_in(path, headers.get("cookie", ""), self._port))
            await self._inner({**scope, GUEST: guest}, receive, marked)

    def _address(self, scope: Scope) -> str:
        """Return the address at which a request arrived: that of the machine for itself only if it came from there."""
        if not self._guests:
            return LOCAL  # nobody listens anywhere else
        here, there = scope.get("server") or ("", 0), scope.get("client") or ("", 0)
        return str(here[0]) if here[0] != LOCAL or str(there[0]).startswith("127.") else ""
