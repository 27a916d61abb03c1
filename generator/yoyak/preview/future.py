"""The preview at another time: the dates at which something changes, and the door by which a window chooses one.

The guard has let only the preview's own pages come to the door. Only a date of the list can be chosen.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from itertools import groupby

from msgspec import Struct, json
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from yoyak.grouping.coming import moment_text
from yoyak.messages.catalogue import speak
from yoyak.model.build import Coming
from yoyak.model.message import say
from yoyak.model.types import Record
from yoyak.preview.guard import AT, refused, sent_in
from yoyak.preview.session import Previewer

_MOST = 1000
"""Bytes that may be sent."""


class Change(Record, kw_only=True):
    title: str
    effect: str
    url: str


class Stop(Record, kw_only=True):
    """A time for which the preview can be shown."""

    at: str
    """ISO 8601; empty for now."""
    label: str
    changes: tuple[Change, ...] = ()


class Chosen(Struct):
    at: str


def future_routes(session: Previewer, start: datetime | None, turn: Callable[[datetime | None], None]) -> list[Route]:
    """Return the list of dates and the door. `start` is the time at which the preview began, if it was given one."""

    def listed(_: Request) -> Response:
        state = session.state
        found = stops(state.coming, start, datetime.now().astimezone(), session.language)
        at = next((one.at for one in found if state.at and one.at == state.at.isoformat()), "?" if state.at else "")
        return Response(json.encode({"at": at, "stops": found}), media_type="application/json")

    async def door(request: Request) -> Response:
        times = (*(one.at for one in session.state.coming), *((start,) if start else ()))
        known: dict[str, datetime | None] = {at.isoformat(): at for at in times}
        try:
            wanted = json.decode(await sent_in(request, _MOST) or b"", type=Chosen).at
        except ValueError:
            return refused(say("preview.at.unknown"), 400, session.language)
        if wanted and wanted not in known:
            return refused(say("preview.at.unknown"), 400, session.language)
        turn(known.get(wanted))
        return Response(b"{}", 202, media_type="application/json")

    return [Route(AT, listed, methods=["GET"]), Route(AT, door, methods=["POST"])]


def stops(coming: tuple[Coming, ...], start: datetime | None, now: datetime, language: str = "en") -> tuple[Stop, ...]:
    """Return the times to choose from, in their order: now, the given start, and whenever something changes."""
    first = min(start, now) if start else now
    by_time = groupby((one for one in coming if one.at > first), key=lambda one: one.at)
    found = {at: _stop(at, tuple(ones), language) for at, ones in by_time}
    if start:
        found.setdefault(start, _stop(start, (), language))
    found[now] = Stop(at="", label=speak(say("preview.at.now"), language))
    return tuple(found[at] for at in sorted(found))


def _stop(at: datetime, coming: tuple[Coming, ...], language: str) -> Stop:
    changes = tuple(Change(title=one.title, effect=speak(one.effect, language), url=one.url) for one in coming)
    return Stop(at=at.isoformat(), label=moment_text(at), changes=changes)
