"""What the command line prints, for a person in lines, for a program as JSON, and meanwhile how far long work is.

Problems go to standard error, answers to standard output.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from shutil import get_terminal_size
from time import monotonic
from typing import TYPE_CHECKING, Any

import click
from msgspec import json, structs, to_builtins

from yoyak.cli.build_text import (
    closing_lines,
    differing_lines,
    reason_lines,
    reviewed_lines,
    shown_problems,
    suggestion_lines,
)
from yoyak.messages.catalogue import counted_problems, severity_word, speak
from yoyak.model.build import BuildReport, Coming, Progress
from yoyak.model.message import Problem, Words, errors, say
from yoyak.text.columns import columns, printable

if TYPE_CHECKING:
    from rich.console import Console
    from rich.control import Control


def _lines(problems: tuple[Problem, ...], *, everything: bool = False) -> Iterator[str]:
    """Yield the problems as lines, with colours where a person looks."""
    coloured = sys.stderr is not None and sys.stderr.isatty() and "NO_COLOR" not in os.environ
    return shown_problems(problems, everything=everything, paint=_paint if coloured else None)


def _paint(line: str, problem: Problem) -> str:
    """Colour the severity of a line, and dim the code at its end."""
    place, code = f"{printable(problem.place)}: " if problem.path else "", f" [{problem.code}]"
    word = f"{severity_word(problem)}:"
    sentence = line.removeprefix(place + word).removesuffix(code)
    style = click.style(word, fg="red" if problem.severity == "error" else "yellow", bold=True)
    return f"{place}{style}{sentence}{click.style(code, dim=True)}"


def print_json(value: object) -> None:
    from yoyak.messages.as_json import with_texts

    click.echo(json.format(json.encode(with_texts(value)), indent=2).decode())


def answer(value: object, lines: Iterable[str], *, as_json: bool, quiet: bool = False) -> None:
    """Print a value as JSON for a program, else its lines for a person. They are not made when nobody gets them."""
    if as_json:
        print_json(value)
    for line in () if as_json or quiet else lines:
        click.echo(line)


def print_report(
    report: BuildReport, *, as_json: bool, quiet: bool, explain: bool = False, verify: bool = False
) -> None:
    if as_json:
        left_out = {
            "suggestions",
            "coming",
            *([] if explain else ["reasons"]),
            *([] if report.profile else ["profile"]),
        }
        print_json({key: value for key, value in structs.asdict(report).items() if key not in left_out})
        return
    for line in (*map(speak, report.notes), *_lines(report.problems), *differing_lines(report)):
        click.echo(line, err=True)
    for line in reason_lines(report) if explain else ():
        click.echo(line)
    if not quiet:
        for line in closing_lines(report, verified=verify):
            click.echo(line)
    for line in _profile_lines(report):
        click.echo(line)


def _profile_lines(report: BuildReport) -> Iterator[str]:
    """Yield where the time went, if that was measured."""
    if report.profile:
        from yoyak.cli.build_text import profile_lines

        yield from profile_lines(report.profile)


def print_check(report: BuildReport, *, as_json: bool, quiet: bool) -> None:
    """Print every problem that a check found."""
    if as_json:
        parts = ("problems", "suggestions", "articles", "pages", "held")
        print_json({part: getattr(report, part) for part in parts})
        return
    for line in (*map(speak, report.notes), *_lines(report.problems, everything=True)):
        click.echo(line, err=True)
    if not quiet:
        for line in suggestion_lines(report.suggestions):
            click.echo(line)
        for line in reviewed_lines(report.held, report.clock):
            click.echo(line)
        found = counted_problems(report.problems)
        articles, pages = say("count.articles", count=report.articles), say("count.pages", count=report.pages)
        click.echo(speak(say("check.found", problems=found, articles=articles, pages=pages)))


def print_plan(report: BuildReport, coming: Sequence[Coming], until: datetime | None, *, as_json: bool) -> None:
    """Print what changes by itself, by its time; files that an error keeps off the site are reported."""
    wrong = errors(report.problems)
    if as_json:
        print_json({"from": report.clock, "until": until, "coming": coming, "problems": wrong})
        return
    for line in _lines(wrong):
        click.echo(line, err=True)
    moment = None
    for one in coming:
        if one.at != moment:
            moment = one.at
            click.echo(f"{moment:%Y-%m-%d %H:%M %Z}")
        key = "" if one.kind.startswith("edition-") else f", {one.kind}"
        place = f" [{one.path}{key}]" if one.path else ""
        click.echo(printable(f"  {one.title}: {speak(one.effect)}{place}"))
    if not coming and report.clock:  # else the settings cannot be read
        click.echo(speak(say("plan.none")))


def print_shown(files: Sequence[Any], *, as_json: bool) -> None:
    """Print how files were read; several files are a list for a program."""
    if as_json:
        from yoyak.show.as_text import plain

        answers = [plain(shown) for shown in files]
        print_json(answers[0] if len(answers) == 1 else answers)
        return
    from yoyak.show.as_text import lines_of

    whole = not sys.stdout.isatty()
    width = None if whole else get_terminal_size().columns
    for number, shown in enumerate(files):
        for line in ("", *lines_of(shown, width)) if number else lines_of(shown, width):
            click.echo(line, color=False if whole or "NO_COLOR" in os.environ else None)


def print_why(explained: Sequence[Any], *, as_json: bool) -> None:
    """Print why pages and files are as they are; several are a list for a program."""
    from yoyak.why.words import lines_of

    lines = (line for number, found in enumerate(explained) for line in ("",) * (number > 0) + (*lines_of(found),))
    answer(explained[0] if len(explained) == 1 else explained, lines, as_json=as_json)


def print_fix(report: Any, *, write: bool, as_json: bool, quiet: bool) -> None:
    """Print what can be repaired, or was, and what a person must decide."""
    from yoyak.fixing.fix import closing_lines, lines_of, troubles_of

    if as_json:
        print_json(report)
        return
    for line in () if quiet else lines_of(report):
        click.echo(line)
    for line in (*_lines((*report.undecided, *report.others), everything=True), *troubles_of(report)):
        click.echo(line, err=True)
    for line in () if quiet else closing_lines(report, write=write):
        click.echo(line)


def print_import(report: Any, *, as_json: bool, quiet: bool, show: bool = False) -> None:
    """Print what an import wrote, or would write."""
    from yoyak.importing.telling import import_lines

    if as_json:
        print_json(report)
        return
    for line in _lines(report.problems, everything=True):
        click.echo(line, err=True)
    for article in report.imported if show and not quiet else ():
        click.echo("\n".join((f"# {article.path}", *map(printable, article.text.splitlines()))))
    for line in () if quiet else import_lines(report):
        click.echo(line)


def agreed(refusal: str) -> bool:
    """Ask a person whether to go on in spite of a refusal. Without a terminal nobody agrees."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    click.echo(printable(refusal), err=True)
    try:
        answer = click.prompt(f"{speak(say('deploy.ask'))} [y/N]", default="", show_default=False, err=True)
    except click.Abort as error:  # Ctrl-C
        raise KeyboardInterrupt from error
    return answer.strip().lower() in ("y", "yes", "ㅛ", "네", "예")


def print_deploy(plan: Any, report: Any, *, as_json: bool, quiet: bool) -> None:
    """Print what a deploy would do, or did."""
    from yoyak.publish.describe import describe, summarise

    if as_json:
        print_json(report or {key: value for key, value in to_builtins(plan).items() if key not in ("files", "there")})
        return
    for line in () if quiet else describe(plan):
        click.echo(line)
    if report and not quiet:
        click.echo(summarise(report))


def print_releases(releases: Sequence[Any], *, as_json: bool) -> None:
    """Print the releases that a target keeps, the newest first; the live one has an arrow."""
    from yoyak.publish.describe import release_lines

    answer(releases, map(printable, release_lines(releases)), as_json=as_json)


def print_rollback(report: Any, *, as_json: bool, quiet: bool) -> None:
    done = say("rollback.done", where=report.where, before=report.before, now=report.now)
    answer(report, [printable(speak(done))], as_json=as_json, quiet=quiet)


# --- how far long work is: a line with a bar for a person, a line a stage for a log ------------------------------
# It is drawn by whoever reports a count, never by a thread: a build forks its workers, and the cursor is never
# hidden, so that a build that is ended in any way leaves the terminal as it was.


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
