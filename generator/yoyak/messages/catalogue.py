"""The texts of the command line, by key and language, and problems in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

import msgspec

from yoyak.messages import LANGUAGES
from yoyak.model.message import Message, Problem, Value, Words, errors, joined, say
from yoyak.text.korean import filled

Text = str | dict[str, str]
"""A text, or one for each plural form that the language has: ``one``, ``other``."""

_FOLDER = Path(__file__).parent
_LANGUAGE = ContextVar("language", default="en")


ABOUT = "about.yaml"
"""A file of each language that no command prints: what docs/reference/problems.md says of each code."""


def speak_in(language: str) -> None:
    """Let `speak` answer in one of `LANGUAGES` from now on."""
    _LANGUAGE.set(language)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Let `speak` answer in one of `LANGUAGES` as long as this lasts, in this thread or task only."""
    before = _LANGUAGE.set(language)
    try:
        yield
    finally:
        _LANGUAGE.reset(before)


def language_for(tag: str) -> str:
    """Return the one of `LANGUAGES` in which people who write ``ko-KR`` are spoken to.

    >>> language_for("ko-KR"), language_for("ja")
    ('ko', 'en')
    """
    code = tag.lower().partition("-")[0]
    return code if code in LANGUAGES else "en"


def spoken_language() -> str:
    """Return the language that `speak` answers in."""
    return _LANGUAGE.get()


def speak(words: Words, language: str | None = None) -> str:
    """Return a message as text, with its values in it; a text comes back as it is."""
    if isinstance(words, str):
        return words
    code = language or _LANGUAGE.get()
    values = dict(words.values)
    text = texts(code)[words.key]
    if isinstance(text, dict):
        text = text["one" if values["count"] == 1 and "one" in text else "other"]
    return filled(text, {name: _shown(value, code) for name, value in values.items()})


def _shown(value: Value, language: str) -> str:
    if isinstance(value, Message):
        return speak(value, language)
    return f"{value:,}" if isinstance(value, int) else value


@cache
def texts(language: str) -> Mapping[str, Text]:
    """Return all texts of a language by key.

    They are written in LANGUAGE/*.yaml and read from LANGUAGE.json, which ``python -m tests.update messages`` makes of
    them: a build with nothing to do prints a line or two, and shall load no YAML for it.
    """
    return msgspec.json.decode((_FOLDER / f"{language}.json").read_bytes(), type=dict[str, Text])


def compiled(language: str) -> bytes:
    """Return what LANGUAGE.json has to be: the texts of all YAML files of a language, in the order of their keys."""
    found: dict[str, Text] = {}
    for file in sorted((_FOLDER / language).iterdir(), key=lambda file: file.name):
        if file.name.endswith(".yaml") and file.name != ABOUT:
            found |= msgspec.yaml.decode(file.read_bytes(), type=dict[str, Text])
    return msgspec.json.format(msgspec.json.encode(dict(sorted(found.items()))), indent=1) + b"\n"


# --- problems: the lines that a terminal, a log and a report show ------------------------------------------------


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
