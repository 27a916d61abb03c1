"""Where the events of an article stand: a folder below content/_reviews/."""

from __future__ import annotations

import os
from collections.abc import Iterable

REVIEWS = "content/_reviews"
ENDING = ".yaml"


def folder_of(path: str) -> str:
    """Return the folder of an article's events below the site: ``content/_reviews/2024/07/ferry``."""
    below, _, ending = path.removeprefix("content/").rpartition(".")
    return f"{REVIEWS}/{below or ending}"


def folders(paths: Iterable[str]) -> dict[str, list[str]]:
    """Return the event files among the files of a site, by the folder that they are in."""
    found: dict[str, list[str]] = {}
    for path in paths:
        folder, _, name = path.rpartition("/")
        if path.startswith(f"{REVIEWS}/") and name.lower().endswith((ENDING, ".yml")) and not name.startswith("."):
            found.setdefault(folder, []).append(path)
    return found


def links(site: str, paths: Iterable[str]) -> tuple[str, ...]:
    """Return the folders of reviews that are links: nothing is read through them."""
    inside = (path for path in paths if path == REVIEWS or path.startswith(f"{REVIEWS}/"))
    return tuple(path for path in inside if os.path.islink(f"{site}/{path}"))  # noqa: PTH114 - no object for each
