"""The stream that reports builds to the open pages (server-sent events, WHATWG HTML §9.2).

One window of a browser holds it, and tells the others, which ask for the news of their own pages: see preview.js.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable

import msgspec

from yoyak.grouping.coming import moment_text
from yoyak.messages.catalogue import speak
from yoyak.model.message import say
from yoyak.model.types import Record
from yoyak.preview.addresses import answer, version
from yoyak.preview.session import Snapshot
from yoyak.preview.source_lines import ProblemView

MOST = 20
"""Problems shown at once."""
_BREATH = 15.0
"""Seconds after which a silent stream says that it is alive; a closed tab is noticed then."""


class News(Record, kw_only=True):
    """One event. The page becomes the new one when `version` is not its own, and shows the problems."""

    version: str
    look: str
    """The page is loaded again, and not changed in its place, when this is not what it was."""
    errors: tuple[ProblemView, ...]
    title: str
    """How many errors there are."""
    counts: str
    """How many errors and warnings there are; empty when there are none."""
    rest: str
    """How many errors are not listed; empty when all are."""
    at: str
    """The time for which the preview is built, when somebody chose one."""
    ahead: str
    """How many dates there are at which something changes; empty for none."""


class Bell:
    """Wakes the streams from any thread."""

    def __init__(self) -> None:
        self.closed = False
        self._loop: asyncio.AbstractEventLoop | None = None
        self._rung = asyncio.Event()

    def ring(self) -> None:
        if self._loop and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._ring)

    def close(self) -> None:
        """End every stream."""
        self.closed = True
        self.ring()

    def _ring(self) -> None:
        rung, self._rung = self._rung, asyncio.Event()
        rung.set()

    def next(self) -> asyncio.Event:
        """Return what the next ring sets. Taken before the state is read, no change can fall between."""
        self._loop = asyncio.get_running_loop()
        return self._rung


def news(state: Snapshot, raw_path: bytes, language: str = "en") -> News:
    """Return what a state means for the page at `raw_path`, in one of the catalogue's languages."""
    wrong, listed = len(state.errors), state.errors[:MOST]
    title = speak(say("count.errors", count=wrong), language)
    warnings = speak(say("count.warnings", count=state.warnings), language)
    dates = len({one.at for one in state.coming})
    rest = speak(say("preview.more", number=wrong - MOST), language) if wrong > MOST else ""
    return News(
        version=version(answer(raw_path, state), state),
        look=state.look,
        errors=listed,
        title=title,
        counts=", ".join([title] * bool(wrong) + [warnings] * bool(state.warnings)),
        rest=rest,
        at=speak(say("preview.at.shown", moment=moment_text(state.at)), language) if state.at else "",
        ahead=speak(say("preview.at.ahead", count=dates), language) if dates else "",
    )


async def stream(
    state: Callable[[], Snapshot], bell: Bell, raw_path: bytes, language: str = "en"
) -> AsyncIterator[bytes]:
    """Yield the news of a page: at once, and at every ring: another window's page may have changed."""
    yield b"retry: 500\n\n"
    while not bell.closed:
        rung = bell.next()
        yield b"data: " + msgspec.json.encode(news(state(), raw_path, language)) + b"\n\n"
        while not rung.is_set():
            try:
                await asyncio.wait_for(rung.wait(), _BREATH)
            except TimeoutError:
                yield b": still here\n\n"
