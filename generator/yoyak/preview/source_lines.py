"""A problem as the overlay shows it: its place, its sentence and the lines around it."""

from __future__ import annotations

import os
import re
from pathlib import Path

from yoyak.files.site_files import read_below
from yoyak.messages.catalogue import speak
from yoyak.messages.errors import YoyakError
from yoyak.model.message import Problem
from yoyak.model.types import Record
from yoyak.store.stamps import SETTINGS
from yoyak.text.decoding import UndecodableError, file_text
from yoyak.text.secrets import settings_without_secrets

AROUND = 2
"""Lines shown before and after the line that a problem is about."""
_PLACE = re.compile(r"(?P<place>(?P<path>[^\s:]+):(?P<line>\d+)(:\d+)?): (?P<message>.+)", re.DOTALL)
_WIDTH = 160
_LIMIT = 5_000_000


class SourceLine(Record, kw_only=True):
    number: int
    text: str
    marked: bool = False
    """The line that the problem is about."""


class ProblemView(Record, kw_only=True):
    """What the overlay shows of one problem. All of it is plain text."""

    place: str
    """``content/a.md:3:9``, or empty for a problem of the run."""
    message: str
    hint: str
    code: str = ""
    """What the list of problems in the documentation is searched by; empty for an error of the run."""
    lines: tuple[SourceLine, ...] = ()


def problem_view(problem: Problem, folder: Path) -> ProblemView:
    """Return the problem with the source lines around it, read from the site folder as it is now."""
    lines = lines_around(_source(folder, problem.path), problem.line) if problem.path and problem.line else ()
    hint = "\n".join((speak(problem.hint), *problem.write))
    return ProblemView(place=problem.place, message=speak(problem.message), hint=hint, code=problem.code, lines=lines)


def error_view(error: YoyakError, folder: Path) -> ProblemView:
    """Return an error of the run; if its text begins with a place, as a broken template's does, with its lines."""
    found = _PLACE.match(str(error))
    if not found:
        return ProblemView(place="", message=str(error), hint="")
    lines = lines_around(_source(folder, found["path"]), int(found["line"]))
    return ProblemView(place=found["place"], message=found["message"], hint="", lines=lines)


def lines_around(text: str, line: int) -> tuple[SourceLine, ...]:
    """Return the 1-based `line` of a text and a few lines around it; nothing when the text has no such line."""
    lines = text.split("\n")
    if not text or not 1 <= line <= len(lines):
        return ()
    first = max(1, line - AROUND)
    shown = lines[first - 1 : line + AROUND]
    return tuple(
        SourceLine(number=n, text=part if len(part) <= _WIDTH else f"{part[: _WIDTH - 1]}…", marked=n == line)
        for n, part in enumerate(shown, first)
    )


def _source(folder: Path, path: str) -> str:
    """Return a file's text for a person to look at; empty when it cannot be read or is not in the site folder."""
    root = os.path.realpath(folder)
    try:
        data = read_below(root, f"{root}{os.sep}{path}", _LIMIT)
    except (OSError, ValueError):
        return ""
    try:
        text = file_text(data)
    except UndecodableError:
        text = data.decode(errors="replace")
    return settings_without_secrets(text) if path == SETTINGS else text
