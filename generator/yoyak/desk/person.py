"""Who one is: as the command line says, else as git knows one."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterable
from pathlib import Path

from yoyak.messages.errors import YoyakError
from yoyak.model.message import say
from yoyak.model.types import Person
from yoyak.review.state import key_of

_WRITTEN = re.compile(r"\s*(?P<name>[^<>]*?)\s*(?:<(?P<email>[^<>\s]+@[^<>\s]+)>)?\s*")
_ADDRESS = re.compile(r"[^<>\s@]+@[^<>\s@]+")
_LONGEST = 200
_SECONDS = 5


def person(folder: Path, written: str | None) -> Person:
    """Return who writes events: ``Kim <kim@example.org>``, or the user that git knows in the folder of a site.

    Raises:
        YoyakError: it is not said, and git knows nobody.
    """
    if written is not None:
        if found := person_of(written):
            return found
        raise YoyakError(say("review.bad-person", written=written[:80]))
    if known := person_in_git(folder):
        return known
    raise YoyakError(say("review.nobody"))


def guests_of(written: Iterable[str]) -> tuple[Person, ...]:
    """Return the people who get a link.

    Raises:
        YoyakError: one is nobody, or is named twice.
    """
    found: list[Person] = []
    for one in written:
        guest = person_of(one)
        if guest is None:
            raise YoyakError(say("preview.share.bad-person", written=one[:80]))
        if key_of(guest) in map(key_of, found):
            raise YoyakError(say("preview.share.twice", name=guest.email or guest.name))
        found.append(guest)
    return tuple(found)


def person_in_git(folder: Path) -> Person | None:
    """Return the user that git knows in a folder; None when it knows nobody, or is not there."""
    return _person(_git(folder, "user.name"), _git(folder, "user.email"))


def person_of(written: str) -> Person | None:
    """Return the person that a text names: a name, an address in angle brackets, or both."""
    match = _WRITTEN.fullmatch(f"<{written.strip()}>" if _ADDRESS.fullmatch(written.strip()) else written)
    if match is None or not written.isprintable() or len(written) > _LONGEST:
        return None
    return _person(match["name"], match["email"])


def _person(name: str, email: str | None) -> Person | None:
    return Person(name=name or (email or "").partition("@")[0], email=email or None) if name or email else None


def _git(folder: Path, key: str) -> str:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_") or "CONFIG" in name}
    try:
        said = subprocess.run(
            ("git", "-C", str(folder), "config", "--get", key),
            stdin=subprocess.DEVNULL, capture_output=True, env=environment, check=True, timeout=_SECONDS,
        ).stdout  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        return ""
    text = said.decode(errors="replace").strip()
    return text if text.isprintable() else ""
