"""How the disk spells the name of a file."""

from __future__ import annotations

from pathlib import Path
from unicodedata import normalize


def spelled_by_the_disk(folder: Path, parts: tuple[str, ...]) -> Path | None:
    """Return a file whose name the disk may have with its letters taken apart (NFD), or None."""
    for part in parts:
        if (folder / part).exists():
            folder /= part
            continue
        beside = folder.iterdir() if folder.is_dir() else ()
        same = next((place for place in beside if normalize("NFC", place.name) == part), None)
        if same is None:
            return None
        folder = same
    return folder
