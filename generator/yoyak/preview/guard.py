"""Who may ask the preview, and how every answer is marked.

A page on the web can make a browser send requests to this machine, and by DNS rebinding even under the page's own
name. So the Host must be ours, and what another site wants to embed, fetch or stream is refused.
"""

from __future__ import annotations

from collections.abc import Mapping

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from yoyak.messages.catalogue import speak
from yoyak.model.message import Words, say
from yoyak.model.types import Record

CLIP = "/__yoyak/clip"
"""The address to which pieces of pages are sent."""
AT = "/__yoyak/at"
"""The address to which a window sends the time for which the preview is to be built."""
SCRIPT_DOORS = (CLIP, AT)
"""The addresses to which a script of the preview's own pages may send something."""
FORM_DOORS = ("/_desk/event", "/_desk/edit")
"""Those to which the forms of the desk are sent. There are no others."""
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


def refusal(method: str, headers: Mapping[str, str], port: int, path: str = "/") -> RejectedRequest | None:
    """Return why a request gets no answer, or None for one that does. Names of `headers` are in lower case."""
    if headers.get("host", "").lower() not in hosts(port):
        return RejectedRequest(status=403, sentence=say("preview.wrong-host", port=str(port)))
    if method == "POST" and path in SCRIPT_DOORS:
        return None if _from_own_page(headers) else RejectedRequest(status=403, sentence=say("preview.sends"))
    if method == "POST" and path in FORM_DOORS:
        return None if _by_own_form(headers) else RejectedRequest(status=403, sentence=say("preview.sends"))
    if method not in ("GET", "HEAD"):
        return RejectedRequest(status=405, sentence=say("preview.read-only"))
    if _from_elsewhere(headers):
        return RejectedRequest(status=403, sentence=say("preview.other-site"))
    return None


def hosts(port: int) -> tuple[str, ...]:
    """Return the values of Host under which the preview answers."""
    return tuple(f"{name}:{port}" for name in _NAMES) + (_NAMES if port == 80 else ())


def _from_own_page(headers: Mapping[str, str]) -> bool:
    """Tell whether a page of the preview sends, by its script: a form and another site cannot send JSON so."""
    return (
        headers.get("origin", "").lower() == f"http://{headers['host']}".lower()
        and headers.get("sec-fetch-site", "same-origin") == "same-origin"
        and headers.get("content-type", "").partition(";")[0].strip().lower() == "application/json"
    )


def _by_own_form(headers: Mapping[str, str]) -> bool:
    """Tell whether a form of the preview's own pages is sent; its token says the rest."""
    return (
        headers.get("origin", "").lower() == f"http://{headers['host']}".lower()
        and headers.get("sec-fetch-site", "same-origin") == "same-origin"
        and headers.get("content-type", "").partition(";")[0].strip().lower() == "application/x-www-form-urlencoded"
    )


def _from_elsewhere(headers: Mapping[str, str]) -> bool:
    """Tell whether another site asks. Following a link to the preview is allowed; embedding and reading it is not."""
    if headers.get("origin", f"http://{headers['host']}").lower() != f"http://{headers['host']}".lower():
        return True
    followed = headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"
    return headers.get("sec-fetch-site") in _FOREIGN and not followed


class Guard:
    """Refuses what `refusal` refuses, and puts the protective headers on every answer."""

    def __init__(self, inner: ASGIApp, *, port: int, language: str = "en") -> None:
        self._inner, self._port, self._language = inner, port, language

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request. The server that `yoyak.preview.server` sets up speaks nothing but HTTP."""

        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        refused = refusal(scope["method"], Headers(scope=scope), self._port, scope["path"])
        if refused is None:
            await self._inner(scope, receive, marked)
            return
        answer = PlainTextResponse(f"{speak(refused.sentence, self._language)}\n", refused.status)
        await answer(scope, receive, marked)
