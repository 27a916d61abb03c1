"""Problems in words: the lines that a terminal, a log and a report show."""

from __future__ import annotations

from collections.abc import Iterable

from yoyak.messages.catalogue import speak
from yoyak.model.message import Problem, errors, joined, say


def said(problem: Problem) -> str:
    """Return what is wrong and what to do, without the place."""
    return speak(joined(problem.message, problem.hint))


def printed(problem: Problem) -> str:
    """Return the line for a person: ``content/a.md:3:9: error: This is no date. Write … [bad-date]``."""
    line = f"{severity_word(problem)}: {said(problem)} [{problem.code}]"
    return f"{problem.place}: {line}" if problem.path else line


def severity_word(problem: Problem) -> str:
    """Return ``error`` or ``warning``."""
    return speak(say(f"severity.{problem.severity}"))


def sentence(problem: Problem) -> str:
    """Return where, what, and what to do, on one line; only a warning is marked as one."""
    mark = "" if problem.severity == "error" else f"{severity_word(problem)}: "
    return f"{problem.place}: {mark}{said(problem)}" if problem.path else f"{mark}{said(problem)}"


def paragraph(problem: Problem) -> str:
    """Return the sentence, and each line to write below it."""
    return "\n".join((sentence(problem), *problem.write))


def counted_problems(problems: Iterable[Problem]) -> str:
    """Return ``2 errors and 1 warning``, or ``No problems``."""
    every = tuple(problems)
    wrong = len(errors(every))
    of_errors, of_warnings = say("count.errors", count=wrong), say("count.warnings", count=len(every) - wrong)
    if wrong and wrong < len(every):
        return speak(say("count.errors-and-warnings", errors=of_errors, warnings=of_warnings))
    return speak((of_errors if wrong else of_warnings) if every else say("count.no-problems"))
