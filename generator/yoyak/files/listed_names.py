"""Names of files below content/ that cannot be used, or that two files share."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path, PurePosixPath
from unicodedata import normalize

from yoyak.model.message import Message, say
from yoyak.model.problems import Problem
from yoyak.text.odd_letters import called, odd_letters
from yoyak.text.slugs import path_key

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def bad_name(path: str) -> Problem | None:
    """Return an error for a name that no page, list or message could carry."""
    if path.isprintable():
        return None
    name = PurePosixPath(path).name
    control = _CONTROL.search(name)
    if not control and name.isprintable():
        return None
    try:
        name.encode()
    except UnicodeEncodeError:
        shown, message = ascii(path)[1:-1], say("unreadable-name")
    else:
        if not control:
            return None
        shown = _CONTROL.sub("\N{REPLACEMENT CHARACTER}", path)
        message = say("unreadable-name.control", character=called(control[0]))
    return Problem(code="unreadable-name", path=shown, message=message, hint=say("unreadable-name.hint"))


def odd_name(path: str) -> Iterator[Problem]:
    """Yield a warning for a name with a letter that nobody sees."""
    if path.isascii():
        return
    for odd in islice(odd_letters(PurePosixPath(path).stem), 1):
        if odd.why == "hidden":
            yield Problem(
                code="hidden-character",
                severity="warning",
                path=path,
                message=say("hidden-character.name", character=called(odd.character)),
                hint=say("hidden-character.name.hint"),
            )


def unique(files: list[tuple[str, str]], problems: list[Problem]) -> Iterator[tuple[str, str]]:
    """Yield each file once by the name that every disk would give it; of two that differ only by case, the first."""
    seen: dict[str, str] = {}
    for path, location in files:
        first = seen.setdefault(path_key(path), location)
        if first == location:
            yield path, location
        else:
            problems.append(
                Problem(
                    code="same-name",
                    path=path,
                    message=_one_name(Path(first).name, Path(location).name),
                    hint=say("same-name.hint"),
                )
            )


def _one_name(first: str, second: str) -> Message:
    """Say why two names are one. Two forms of the same Hangul look alike: a Mac takes letters apart (NFD)."""
    if normalize("NFC", first) == normalize("NFC", second):
        return say("same-name.apart", name=normalize("NFC", first))
    return say("same-name", first=first, second=second)
