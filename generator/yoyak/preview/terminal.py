"""What the terminal says while a preview runs: one line a build, and its problems."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from time import strftime

from yoyak.messages.errors import YoyakError
from yoyak.model.problems import Problem, errors
from yoyak.model.report import BuildReport
from yoyak.text.columns import printable
from yoyak.text.counting import counted, counted_problems


class Terminal:
    """Tells of one build after the other."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say
        self._told: tuple[Problem, ...] = ()

    def say(self, line: str) -> None:
        with suppress(OSError):  # the terminal is gone: the preview is still of use
            self._say(printable(line))

    def tell(self, outcome: BuildReport | YoyakError) -> None:
        """Say what a build did, and what is wrong. A warning is not repeated as long as it stays."""
        self.say(f"{strftime('%H:%M:%S')}  {summary(outcome)}")
        for line in problem_lines(outcome, self._told):
            self.say(f"  {line}")
        if isinstance(outcome, BuildReport):
            self._told = outcome.problems


def summary(outcome: BuildReport | YoyakError) -> str:
    """Return ``16 articles, 3 files changed, 0.12 s``, with the number of errors and warnings if there are any."""
    if isinstance(outcome, YoyakError):
        return "not built:"
    touched = len(outcome.written) + len(outcome.changed) + len(outcome.removed)
    done = f"{counted(outcome.articles, 'article')}, {counted(touched, 'file')} changed"
    problems = f", {counted_problems(outcome.problems)}" if outcome.problems else ""
    return f"{done if outcome.complete else 'not built'}, {sum(outcome.seconds.values()):.2f} s{problems}"


def problem_lines(outcome: BuildReport | YoyakError, told: tuple[Problem, ...]) -> Iterator[str]:
    """Yield what is wrong; warnings among `told`, the problems of the build before, are left out."""
    if isinstance(outcome, YoyakError):
        yield from str(outcome).splitlines()
        return
    for problem in outcome.problems:
        if problem.severity == "warning" and problem not in told:
            yield from (problem.printed, *problem.write)
    for problem in errors(outcome.problems):
        yield from (problem.printed, *problem.write)
