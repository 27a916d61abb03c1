"""What is said to a person: messages, before they are put into words, and problems, which are messages about a place.

A message is the key of its text in messages/, and the values in it. A problem is about content; an error is about the
run. Every code of a problem stands in docs/reference/problems.md with its cause and its mend; a test compares that page
with the code.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Literal, NamedTuple

from msgspec import Struct, structs


class Message(Struct, frozen=True, array_like=True):
    """A key of messages/LANGUAGE/*.yaml, and the named values of its text. A value may be a message itself."""

    key: str
    values: tuple[tuple[str, Value], ...] = ()


Value = str | int | Message
"""What stands in a message: a text of the content as it is, a number, or another message."""
Words = Message | str
"""A message; or a text that is the same in every language, such as a file's own words. Empty for nothing."""


def say(key: str, /, **values: Value) -> Message:
    """Return a message: ``say("unknown-theme", slug="econmy")``. ``count`` chooses the plural form of its text."""
    return Message(key, tuple(values.items()))


def advised(key: str, /, **values: Value) -> tuple[Message, Message]:
    """Return a message and what to do then, which is the text of ``KEY.hint``: ``advised("unknown-ending")``."""
    return say(key, **values), say(f"{key}.hint")


def joined(*words: Words) -> Words:
    """Return sentences one behind the other, without the empty ones."""
    there = [one for one in words if one]
    if len(there) < 2:
        return there[0] if there else ""
    first, *rest = there
    return say("sentences", first=first, rest=joined(*rest))


def listed(words: Sequence[Words]) -> Words:
    """Return one thing, or several in a row: ``a, b and c``."""
    if len(words) < 2:
        return words[0] if words else ""
    found = words[0]
    for one in words[1:-1]:
        found = say("list.comma", before=found, next=one)
    return say("list.and", before=found, last=words[-1])


def with_values(words: Words, change: Callable[[str], str]) -> Words:
    """Return a message with each text in it changed, such as one that has a password in it."""
    if isinstance(words, str):
        return change(words)
    return Message(
        words.key,
        tuple((name, value if isinstance(value, int) else with_values(value, change)) for name, value in words.values),
    )


def texts_in(words: Words) -> tuple[str, ...]:
    """Return the texts that stand in a message."""
    if isinstance(words, str):
        return (words,)
    return tuple(text for _, value in words.values if not isinstance(value, int) for text in texts_in(value))


# --- problems: what can be wrong with content --------------------------------------------------------------------


Severity = Literal["error", "warning"]


class Problem(Struct, frozen=True, kw_only=True):
    """One thing wrong in one place. An ``error`` costs its article; a ``warning`` costs nothing."""

    code: str
    message: Words
    hint: Words = ""
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


def problem_of(
    key: str, path: str = "", line: int = 0, column: int = 0, /, *, hint: Words | None = None, **values: Value
) -> Problem:
    """Return the error that a message tells, which begins with its code, with the hint of the same key or another."""
    message, usual = advised(key, **values)
    code, hint = key.partition(".")[0], usual if hint is None else hint
    return Problem(code=code, message=message, hint=hint, path=path, line=line, column=column)


def warning(
    key: str, path: str = "", line: int = 0, column: int = 0, /, *, hint: Words | None = None, **values: Value
) -> Problem:
    """Return the same as a problem that costs nothing."""
    return structs.replace(problem_of(key, path, line, column, hint=hint, **values), severity="warning")


class Advice(NamedTuple):
    """What a person should write: a sentence, and the lines below it."""

    hint: Words
    write: tuple[str, ...] = ()


def at_the_top(line: str, *, fenced: bool, what: str = "at-the-top") -> Advice:
    """Return the advice to write a key; in a file without front matter the fences are shown with it.

    `what` is the key of a message that has a place for the line.
    """
    if fenced:
        return Advice(say(what, line=line))
    return Advice(say("at-the-top.fenced"), ("---", line, "---"))


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems without repeats, by place: path, line, column, then by code and values."""
    return tuple(sorted(set(problems), key=_place_and_words))


def _place_and_words(problem: Problem) -> tuple[object, ...]:
    words = repr((problem.message, problem.hint))
    return problem.path, problem.line, problem.column, problem.code, words, problem.severity, problem.write


def errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return only the problems that cost an article."""
    return tuple(problem for problem in problems if problem.severity == "error")


def foreign_marks(problems: Iterable[Problem], held: Iterable[str]) -> tuple[Problem, ...]:
    """Return only the marks of other programs that readers would see; `held` are the files that are not published."""
    unseen = frozenset(held)
    return tuple(problem for problem in problems if problem.code == "foreign-mark" and problem.path not in unseen)


def did_you_mean(word: str, known: Iterable[str]) -> Words:
    """Return ``Did you mean "x"?`` for the known word nearest to `word`, or an empty text."""
    from difflib import get_close_matches  # here, because most builds have nothing to guess

    near = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return say("did-you-mean", word=near[0]) if near else ""
