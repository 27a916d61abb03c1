"""Where the events of an article stand: a folder below content/_reviews/."""

from __future__ import annotations

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
        if path.startswith(f"{REVIEWS}/") and path.endswith(ENDING) and not path.rpartition("/")[2].startswith("."):
            found.setdefault(path.rpartition("/")[0], []).append(path)
    return found
