"""The files of content/_rules/: a team's own phrases and patterns for captures. Read with the settings of its site."""

from __future__ import annotations

import hashlib
from pathlib import Path
from unicodedata import normalize

from yoyak.content import SourceFile

RULES = "content/_rules"
_ENDINGS = (".yaml", ".yml")
_LIMIT = 256 * 1024
"""Bytes that are read of a file; what is longer is refused when it is understood."""


def rule_files(folder: Path) -> tuple[SourceFile, ...]:
    """Return the rules files of a site, sorted by name. Links and whatever else is no regular file are not followed."""
    place = folder / RULES
    names = sorted(entry.name for entry in place.iterdir()) if place.is_dir() and not place.is_symlink() else []
    found = (place / name for name in names if name.lower().endswith(_ENDINGS) and not name.startswith((".", "#")))
    return tuple(_source_file(location) for location in found if location.is_file() and not location.is_symlink())


def _source_file(location: Path) -> SourceFile:
    with location.open("rb") as file:
        data = file.read(_LIMIT + 1)
    name = normalize("NFC", location.name)
    return SourceFile(path=f"{RULES}/{name}", data=data, digest=hashlib.sha256(data).hexdigest())
