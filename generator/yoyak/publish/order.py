"""In which order a deploy changes a host that has no switch, such that no page there ever lacks what it refers to."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from yoyak.publish import manifest
from yoyak.publish.plan import DeployPlan, folders_of


def in_order(paths: Sequence[str]) -> list[list[str]]:
    """Return the paths in groups, such that no group refers to a later one.

    Pictures and styles come first, then pages, then what leads to pages (feeds, sitemap), then the manifest.
    """
    groups: list[list[str]] = [[], [], [], []]
    for path in sorted(paths):
        groups[_rank(path)].append(path)
    return groups


def _rank(path: str) -> int:
    if path == manifest.NAME:
        return 3
    if path.startswith("assets/"):
        return 0
    return {".html": 1, ".xml": 2, ".json": 2, ".txt": 2}.get(Path(path).suffix, 0)


def in_the_way(plan: DeployPlan) -> list[str]:
    """Return our old files that cannot go last: a new folder has their name, or they are in a new file's place."""
    written = {*plan.added, *plan.changed}
    folders = {folder for path in written for folder in folders_of(path)}
    return [path for path in plan.removed if path in folders or not written.isdisjoint(folders_of(path))]
