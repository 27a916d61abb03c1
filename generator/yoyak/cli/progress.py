"""How far long work is: for a person a line with a bar, for a log a line a stage; nothing for what ends at once.

It is drawn by whoever reports a count, never by a thread: a build forks its workers, and the cursor is never hidden, so
that a build that is ended in any way leaves the terminal as it was.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from time import monotonic
from typing import TYPE_CHECKING

import click

from yoyak.messages.catalogue import speak
from yoyak.model.build import Progress
from yoyak.model.message import Words, say
from yoyak.text.columns import columns, printable

if TYPE_CHECKING:
    from rich.console import Console
    from rich.control import Control

STAGES = frozenset(
    ("import", "scan", "load", "parse", "group", "plan", "render", "check", "write", "remember", "compare", "deploy")
)
PATIENCE = 2.0
"""Seconds before anything is shown."""
_PAUSE = 0.1
"""Seconds between two counts."""
_WIDEST = 30
_NARROWEST = 6
"""Columns of a bar; where there is room for less, there is none."""


@contextmanager
def progress(*, silent: bool) -> Iterator[Progress | None]:
    """Give a function that is told each stage, and how far it is. What it shows is gone at the end, but for lines."""
    if silent or sys.stderr is None:
        yield None
        return
    if not _may_be_drawn_on():
        yield _Lines()
        return
    bar = _Bar()
    try:
        yield bar
    finally:
        bar.erase()


def _may_be_drawn_on() -> bool:
    """Tell whether standard error is a terminal that can go back in a line."""
    named = os.environ.get("TERM", "" if os.name != "nt" else "windows").lower()
    return sys.stderr.isatty() and named not in ("", "dumb", "unknown")


class _Lines:
    """A line for each stage that long work comes to."""

    def __init__(self) -> None:
        self.since = monotonic()
        self.shown: set[str] = set()

    def __call__(self, name: str, items: int, _done: int = 0, /) -> None:
        waits = name not in STAGES  # it has taken its time already
        if name in self.shown or (not waits and monotonic() < self.since + PATIENCE):
            return
        self.shown.add(name)
        stage = _stage(name)
        line = say("progress.of", stage=stage, items=items) if items else say("progress", stage=stage)
        with suppress(OSError):  # nobody reads any more: the work is done all the same
            click.echo(printable(speak(line)), err=True)


class _Bar:
    """The last line of a terminal."""

    def __init__(self) -> None:
        self.since = monotonic()
        self.name, self.at = "", 0.0
        self.console: Console | None = None

    def __call__(self, name: str, items: int, done: int = 0, /) -> None:
        now = monotonic()
        if now < self.since + PATIENCE or (self.name == name and now < self.at + _PAUSE and not 0 < items <= done):
            return
        self.name, self.at = name, now
        with suppress(OSError):  # the terminal is gone: the work is done all the same
            self.draw(name, items, done)

    def draw(self, name: str, items: int, done: int) -> None:
        """Write the line anew."""
        from rich.console import Console
        from rich.progress_bar import ProgressBar
        from rich.segment import Segment, Segments
        from rich.text import Text

        self.console = console = self.console or Console(stderr=True, force_terminal=True, highlight=False)
        width = console.width - 1  # a line that is full may break
        text = Text(printable(_counted(name, items, done)), end="")
        bar = min(width - columns(printable(_counted(name, items, items))) - 1, _WIDEST)
        with console:  # all of it at once
            console.control(_erasing())
            if bar >= _NARROWEST:
                shown = ProgressBar(items or 1, done, bar, complete_style="green")
                rows = console.render_lines(shown, console.options.update_width(bar + 1))  # with spaces behind it
                console.print(Segments(rows[0] if rows else [Segment(" " * (bar + 1))]), end="")
            else:
                text.truncate(max(width, 1), overflow="ellipsis")
            console.print(text, end="", no_wrap=True, crop=True)

    def erase(self) -> None:
        """Leave the line empty for what is printed next."""
        if self.console:
            with suppress(OSError):
                self.console.control(_erasing())


def _erasing() -> Control:
    from rich.control import Control
    from rich.segment import ControlType

    return Control(ControlType.CARRIAGE_RETURN, (ControlType.ERASE_IN_LINE, 2))


def _stage(name: str) -> Words:
    """Return what is done in a stage; a name that is none says it itself."""
    return say(f"stage.{name}") if name in STAGES else name


def _counted(name: str, items: int, done: int) -> str:
    """Return ``Reading 120 of 300 …``, or less when it is not counted."""
    stage = _stage(name)
    return speak(
        say("progress.counted", stage=stage, done=done, items=items) if items else say("progress", stage=stage)
    )
