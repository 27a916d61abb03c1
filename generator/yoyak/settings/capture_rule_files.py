"""The files of content/_rules/: a team's own phrases and patterns for captures. Read with the settings of its site."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path, PurePosixPath
from unicodedata import normalize

from yoyak.files.site_files import Refused, entries_below, open_below
from yoyak.model.sources import SourceFile

RULES = "content/_rules"
_ENDINGS = (".yaml", ".yml")
_LIMIT = 256 * 1024
"""Bytes that are read of a file; what is longer is refused when it is understood."""


def rule_files(folder: Path) -> tuple[SourceFile, ...]:
    """Return the rules files of a site, sorted by name. Links and whatever else is no regular file are not followed."""
    root = os.path.realpath(folder / "content")
    if not root.startswith(os.path.realpath(folder) + os.sep):
        return ()  # load says why
    place = f"{root}{os.sep}{PurePosixPath(RULES).name}"
    try:
        with entries_below(root, place) as entries:
            names = sorted(entry.name for entry in entries if entry.is_file(follow_symlinks=False))
    except (Refused, FileNotFoundError):
        return ()
    wanted = (name for name in names if name.lower().endswith(_ENDINGS) and not name.startswith((".", "#")))
    return tuple(_read(root, f"{place}{os.sep}{name}") for name in wanted)


def _read(root: str, location: str) -> SourceFile:
    with os.fdopen(open_below(root, location, links="none"), "rb") as file:
        data = file.read(_LIMIT + 1)
    name = normalize("NFC", os.path.basename(location))  # noqa: PTH119
    return SourceFile(path=f"{RULES}/{name}", data=data, digest=hashlib.sha256(data).hexdigest())
