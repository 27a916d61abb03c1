"""What the command line prints: for a person in lines, for a program as JSON.

Problems go to standard error, answers to standard output.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click
from msgspec import json, to_builtins

from yoyak.model import BuildReport
from yoyak.report import closing_lines, counted, counted_problems, shown_problems
from yoyak.seams import Progress

_STAGES = {
    "load": "Loading",
    "parse": "Reading",
    "group": "Grouping",
    "plan": "Planning",
    "render": "Rendering",
    "check": "Checking",
    "write": "Writing",
}


@contextmanager
def progress(*, silent: bool) -> Iterator[Progress | None]:
    """Give a function that is told each stage: a moving line when a person looks, nothing when not."""
    if silent or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console

    with Console(stderr=True).status("Loading …") as status:
        yield lambda name, items: status.update(
            f"{_STAGES.get(name, name)} {items:,} …" if items else f"{_STAGES.get(name, name)} …"
        )


def print_json(value: object) -> None:
    """Print a value as JSON."""
    click.echo(json.format(json.encode(value), indent=2).decode())


def print_report(report: BuildReport, *, as_json: bool, quiet: bool) -> None:
    """Print what a build did."""
    if as_json:
        print_json(report)
        return
    for line in shown_problems(report.problems):
        click.echo(line, err=True)
    if not quiet:
        for line in closing_lines(report):
            click.echo(line)


def print_check(report: BuildReport, *, as_json: bool, quiet: bool) -> None:
    """Print every problem that a check found."""
    if as_json:
        print_json({"problems": report.problems, "articles": report.articles, "pages": report.pages})
        return
    for line in shown_problems(report.problems, everything=True):
        click.echo(line, err=True)
    if not quiet:
        found = counted_problems(report.problems)
        click.echo(f"{found} in {counted(report.articles, 'article')} and {counted(report.pages, 'page')}.")


def print_shown(shown: Any, *, as_json: bool) -> None:
    """Print how a file was read."""
    if as_json:
        print_json({key: value for key, value in to_builtins(shown).items() if key != "text"})
        return
    from yoyak.showing_lines import lines_of

    for line in lines_of(shown):
        click.echo(line)


def print_deploy(plan: Any, report: Any, *, as_json: bool, quiet: bool) -> None:
    """Print what a deploy would do, or did."""
    from yoyak.publish.describe import describe, summarise

    if as_json:
        print_json(report or {key: value for key, value in to_builtins(plan).items() if key not in ("files", "there")})
        return
    for line in () if quiet else describe(plan):
        click.echo(line)
    if report:
        click.echo(summarise(report))
