"""Problems: what can be wrong with content, how it is worded and how it is printed.

A problem is about content; an error is about the run. Every code stands in docs/reference/problems.md with its cause
and its mend; a test compares that page with the code.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

from msgspec import Struct

Severity = Literal["error", "warning"]


class Problem(Struct, frozen=True, kw_only=True):
    """One thing wrong in one place. An ``error`` costs its article; a ``warning`` costs nothing."""

    code: str
    message: str
    hint: str = ""
    severity: Severity = "error"
    path: str = ""
    line: int = 0
    """1-based; 0 when the problem is about the whole file."""
    column: int = 0
    """1-based, in characters; 0 when the problem is about the whole line."""
    write: tuple[str, ...] = ()
    """Lines to put into the file as they are, when the hint announces some."""

    @property
    def place(self) -> str:
        """``content/a.md:3:9``, as far as it is known."""
        return ":".join([self.path, *(str(part) for part in (self.line, self.column) if part)])

    @property
    def printed(self) -> str:
        """The line for a person: ``content/a.md:3:9: error: This is no date. Write … [bad-date]``."""
        sentence = " ".join(part for part in (self.message, self.hint) if part)
        said = f"{self.severity}: {sentence} [{self.code}]"
        return f"{self.place}: {said}" if self.path else said

    def __str__(self) -> str:
        """The sentence, and each line to write below it."""
        return "\n".join((self.sentence, *self.write))

    @property
    def sentence(self) -> str:
        """Where, what, and what to do, on one line."""
        sentence = " ".join(part for part in (self.message, self.hint) if part)
        mark = "" if self.severity == "error" else "warning: "
        return f"{self.place}: {mark}{sentence}" if self.path else f"{mark}{sentence}"


class Advice(NamedTuple):
    """What a person should write: a sentence, and the lines below it."""

    hint: str
    write: tuple[str, ...] = ()


def at_the_top(line: str, *, fenced: bool, what: str = "Write one at its top") -> Advice:
    """Return the advice to write a key; in a file without front matter the fences are shown with it.

    >>> at_the_top("title: …", fenced=True).hint
    'Write one at its top: title: …'
    """
    if fenced:
        return Advice(f"{what}: {line}")
    return Advice("Write these three lines at the very top of the file:", ("---", line, "---"))


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems without repeats, by place: path, line, column, then by what they say."""
    return tuple(
        sorted(set(problems), key=lambda p: (p.path, p.line, p.column, p.code, p.message, p.hint, p.severity, p.write))
    )


def errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return only the problems that cost an article."""
    return tuple(problem for problem in problems if problem.severity == "error")


def foreign_marks(problems: Iterable[Problem], held: Iterable[str]) -> tuple[Problem, ...]:
    """Return only the marks of other programs that readers would see; `held` are the files that are not published."""
    unseen = frozenset(held)
    return tuple(problem for problem in problems if problem.code == "foreign-mark" and problem.path not in unseen)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return ``Did you mean "x"?`` for the known word nearest to `word`, or an empty text."""
    from difflib import get_close_matches  # here, because most builds have nothing to guess

    near = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f'Did you mean "{near[0]}"?' if near else ""
