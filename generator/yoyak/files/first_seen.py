"""The day on which a capture came into a site: what its dates without a year are understood from.

Asked only for the captures that have such dates and do not say the day themselves. git knows best, in one call for all;
else the file's own time of change, which a copy or a clone may have lost.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from msgspec import structs

from yoyak.model.sources import SourceFile
from yoyak.text.names import name_of_path

_NAMED = re.compile(r"\d{4}-\d{2}-\d{2}(?!\d)")
_SAID = re.compile(rb"\A(?:\xef\xbb\xbf)?---.{0,65536}?^(?:captured|date):\s*\d", re.DOTALL | re.MULTILINE)
_YEARLESS = re.compile(
    rb"(?<![\d./-])(?<!\xeb\x85\x84 )(?<!\xeb\x85\x84)(?<!\xb3\xe2 )(?<!\xb3\xe2)"
    rb"\d{1,2}(?:[./]\s?|\xec\x9b\x94\s?|\xbf\xf9\s?)\d{1,2}(?:\xec\x9d\xbc|\xc0\xcf|\.)?\s{0,3}"
    rb"(?:[\x80-\xff]{4,6}\s?)?(?:\(|\d{1,2}:|[\r\n]|\Z)"
)
"""``07.03 (수)`` or ``7월 3일 (수)`` in the bytes of UTF-8 and cp949."""
_NO_SIGNATURE = "log.showSignature=false"
_SECONDS = 10
_MOST_PATHS = 400
"""Paths in one call; of more, the whole folder is asked for."""


def with_first_seen(
    folder: Path, sources: Sequence[SourceFile], locations: Mapping[str, str]
) -> tuple[SourceFile, ...]:
    """Return the files, those that need it with the day on which they were first seen.

    `locations` says where the disk has each path: its name there may be in another normal form.
    """
    wanted = {source.path: locations[source.path] for source in sources if _needs_a_day(source)}
    if not wanted:
        return tuple(sources)
    commits = _first_commits(folder, list(wanted.values()))
    return tuple(_seen(source, locations, commits) if source.path in wanted else source for source in sources)


def _needs_a_day(source: SourceFile) -> bool:
    named = _NAMED.match(name_of_path(source.path))
    if not source.path.lower().endswith(".txt") or named or _SAID.match(source.data):
        return False
    return _YEARLESS.search(source.data) is not None


def _seen(source: SourceFile, locations: Mapping[str, str], commits: Mapping[str, datetime]) -> SourceFile:
    location = locations[source.path]
    if location in commits:
        return structs.replace(source, seen=commits[location], seen_by="git")
    try:
        changed = datetime.fromtimestamp(Path(location).stat().st_mtime, UTC)
    except (OSError, ValueError, OverflowError):
        return source
    if not 1 < changed.year < 9999:
        return source
    return structs.replace(source, seen=changed, seen_by="file-time")


def _first_commits(folder: Path, locations: Sequence[str]) -> dict[str, datetime]:
    """Return the time of the first commit that has each file, as far as git is there and knows them."""
    folder = folder.resolve()
    root = next((place for place in (folder, *folder.parents) if (place / ".git").exists()), None)
    if root is None or (root / ".git" / "shallow").exists():
        return {}
    relative = [os.path.relpath(location, folder) for location in locations]
    paths = relative if len(relative) <= _MOST_PATHS else ["content"]
    options = ("--diff-filter=A", "--no-renames", "--relative", "--name-only", "-z", "--format=%x01%aI")
    try:
        said = subprocess.run(
            ("git", "--literal-pathspecs", "-C", str(folder), "-c", _NO_SIGNATURE, "log", *options, "--", *paths),
            stdin=subprocess.DEVNULL, capture_output=True, env=_environment(), check=True, timeout=_SECONDS,
        ).stdout  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        return {}
    return {str(folder / name): day for name, day in _days(said).items()}


def _days(said: bytes) -> dict[str, datetime]:
    """Return the days by name; git tells the newest commits first, so that the oldest one stays."""
    found: dict[str, datetime] = {}
    day: datetime | None = None
    for part in said.split(b"\0"):
        text = os.fsdecode(part).strip("\n")
        if text.startswith("\x01"):
            stamp, _, text = text[1:].partition("\n")
            day = _moment(stamp)
        if text and day:
            found[text] = day
    return found


def _moment(stamp: str) -> datetime | None:
    try:
        seen = datetime.fromisoformat(stamp.strip())
    except ValueError:
        return None
    return seen if 1 < seen.year < 9999 else None


def _environment() -> dict[str, str]:
    """Return the environment without what leads git to another repository: yoyak may run inside of a git hook."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_") or "CONFIG" in name}
    return {**kept, "LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0"}
