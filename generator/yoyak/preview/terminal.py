"""What the terminal says while a preview runs: one line a build, and its problems."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from time import strftime

from yoyak.messages.catalogue import counted_problems, printed, speak
from yoyak.messages.errors import YoyakError
from yoyak.model.build import BuildReport
from yoyak.model.message import Problem, Words, errors, say
from yoyak.text.columns import printable


class Terminal:
    """Reports one build after the other."""

    def __init__(self, echo: Callable[[str], None]) -> None:
        self._echo = echo
        self._told: tuple[Problem, ...] = ()

    def say(self, line: Words) -> None:
        """Print a line, in the language of the command line."""
        with suppress(OSError):  # the terminal is gone: the preview is still of use
            self._echo(printable(speak(line)))

    def tell(self, outcome: BuildReport | YoyakError) -> None:
        """Say what a build did, and what is wrong. A warning is not repeated as long as it stays."""
        self.say(f"{strftime('%H:%M:%S')}  {speak(summary(outcome))}")
        for line in problem_lines(outcome, self._told):
            self.say(f"  {line}")
        if isinstance(outcome, BuildReport):
            self._told = outcome.problems


def summary(outcome: BuildReport | YoyakError) -> Words:
    """Return ``16 articles, 3 files changed, 0.12 s``, with the number of errors and warnings if there are any."""
    if isinstance(outcome, YoyakError):
        return say("preview.not-run")
    touched = len(outcome.written) + len(outcome.changed) + len(outcome.removed)
    seconds = f"{sum(outcome.seconds.values()):.2f}"
    articles, files = say("preview.articles", count=outcome.articles), say("preview.files-changed", count=touched)
    done = say("preview.built", articles=articles, files=files, seconds=seconds)
    built = done if outcome.complete else say("preview.not-built", seconds=seconds)
    if not outcome.problems:
        return built
    return say("preview.with-problems", built=built, problems=counted_problems(outcome.problems))


def problem_lines(outcome: BuildReport | YoyakError, told: tuple[Problem, ...]) -> Iterator[str]:
    """Yield what is wrong; warnings among `told`, the problems of the build before, are left out."""
    if isinstance(outcome, YoyakError):
        yield from str(outcome).splitlines()
        return
    new = (one for one in outcome.problems if one.severity == "warning" and one not in told)
    for problem in (*new, *errors(outcome.problems)):
        yield from (printed(problem), *problem.write)
