"""What the command line prints: for a person in lines, for a program as JSON.

Problems go to standard error, answers to standard output.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from datetime import datetime
from shutil import get_terminal_size
from typing import Any

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
from yoyak.model.build import BuildReport, Coming
from yoyak.model.message import Problem, errors, say
from yoyak.text.columns import printable


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
    """Print a value as JSON."""
    from yoyak.messages.as_json import with_texts

    click.echo(json.format(json.encode(with_texts(value)), indent=2).decode())


def print_report(
    report: BuildReport, *, as_json: bool, quiet: bool, explain: bool = False, verify: bool = False
) -> None:
    """Print what a build did."""
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
        from yoyak.cli.profile_table import profile_lines

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
        for line in reviewed_lines(report.held, report.language, report.clock):
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
        from yoyak.show.as_json import plain

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

    if as_json:
        print_json(explained[0] if len(explained) == 1 else explained)
        return
    for number, found in enumerate(explained):
        for line in ("", *lines_of(found)) if number else lines_of(found):
            click.echo(line)


def print_fix(report: Any, *, write: bool, as_json: bool, quiet: bool) -> None:
    """Print what can be repaired, or was, and what a person must decide."""
    from yoyak.fixing.words import closing_lines, lines_of, troubles_of

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
    if as_json:
        print_json(releases)
        return
    from yoyak.publish.describe import release_lines

    for line in release_lines(releases):
        click.echo(printable(line))


def print_rollback(report: Any, *, as_json: bool, quiet: bool) -> None:
    """Print what a rollback did."""
    if as_json:
        print_json(report)
    elif not quiet:
        done = say("rollback.done", where=report.where, before=report.before, now=report.now)
        click.echo(printable(speak(done)))
