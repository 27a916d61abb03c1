"""What the terminal says while a preview runs: one line a build, and its problems."""

from __future__ import annotations

import re
from collections.abc import Iterator

from yoyak.model import BuildReport
from yoyak.problems import Problem, YoyakError

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def lines(outcome: BuildReport | YoyakError, told: tuple[Problem, ...], clock: str) -> Iterator[str]:
    """Yield the lines about one build. Warnings among `told`, the problems of the build before, are not repeated."""
    if isinstance(outcome, YoyakError):
        yield f"{clock}  not built:"
        yield from (f"  {printable(line)}" for line in str(outcome).splitlines())
        return
    yield f"{clock}  {_summary(outcome)}"
    for problem in outcome.problems:
        if problem.severity == "error" or problem not in told:
            yield f"  {printable(str(problem))}"


def _summary(report: BuildReport) -> str:
    touched = len(report.written) + len(report.changed) + len(report.removed)
    seconds = sum(report.seconds.values())
    problems = f", {_count(len(report.problems), 'problem')}" if report.problems else ""
    done = f"{_count(report.articles, 'article')}, {_count(touched, 'file')} changed"
    return f"{done if report.complete else 'not built'}, {seconds:.2f} s{problems}"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def printable(text: str) -> str:
    """Return a text of one line whose control characters cannot steer a terminal."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)
