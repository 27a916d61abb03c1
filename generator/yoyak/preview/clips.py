"""The one door by which something is written through the preview: a piece that its own page hands over.

The guard has let only the preview's own pages come here; the key shows that the bookmark is this site's.
"""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct, json
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from yoyak.messages.catalogue import speaking
from yoyak.model.message import say
from yoyak.preview.guard import CLIP, refused, sent_in
from yoyak.preview.words import script_with_words

Take = Callable[[bytes], Struct]
"""Make an article of what was sent, and say what became of it. Raises ValueError for what is no clip."""
_SCRIPT = Path(__file__).with_name("clip.js")
_MOST = 6_000_000
"""Bytes: a long page without its scripts has a tenth of it."""
_POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; "
    "form-action 'none'"
)


def clip_routes(take: Take, key: Callable[[], str], language: str) -> list[Route]:
    """Return the page that a bookmark opens, its script, and the door itself; they speak `language`.

    `key` is asked each time: who deletes its file shuts the door for the old one at once.
    """

    turn = asyncio.Lock()  # pieces that wait for each other in threads would leave none for pages

    def page(_: Request) -> Response:
        html = (
            f'<!doctype html><html lang="{language}"><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width"><title>yoyak</title><main></main>'
            f'<script src="{CLIP}.js"></script></html>'
        )
        return Response(html, media_type="text/html", headers={"Content-Security-Policy": _POLICY})

    def script(_: Request) -> Response:
        return Response(script_with_words(_SCRIPT, "preview.clip-page.", language), media_type="text/javascript")

    async def door(request: Request) -> Response:
        kept = key()
        if not kept or not hmac.compare_digest(request.headers.get("x-yoyak-key", "").encode(), kept.encode()):
            return refused(say("preview.clip.old"), 403, language)
        sent = await sent_in(request, _MOST)
        if sent is None:
            return refused(say("preview.clip.too-large"), 413, language)
        try:
            async with turn:
                with speaking(language):  # what it says of the article is shown in the window
                    taken = await run_in_threadpool(take, sent)
        except ValueError as error:
            return refused(say("preview.clip.no-clip", why=str(error)), 400, language)
        return Response(json.encode(taken), media_type="application/json")

    return [
        Route(CLIP, page, methods=["GET"]),
        Route(CLIP, door, methods=["POST"]),
        Route(f"{CLIP}.js", script),
    ]
