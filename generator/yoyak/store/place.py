"""Where the store of an output folder lies."""

from __future__ import annotations

import os
from pathlib import Path

from yoyak.model.build import BuildRequest
from yoyak.paths import HIDDEN, PREVIEW, mark_of, staging_name


def store_file(request: BuildRequest) -> Path:
    """Return the file that remembers builds into the request's output folder; each folder has its own."""
    return request.store / f"{_name(request)}.sqlite"


def lock_file(request: BuildRequest) -> Path:
    """Return the file that a build locks while it reads and writes the store and the output folder."""
    return request.store / f"{_name(request)}.lock"


def _name(request: BuildRequest) -> str:
    folder = request.folder.resolve()
    if request.target == folder / "output":
        return "store"
    if request.target == folder / PREVIEW:
        return "preview-store"
    return f"store-{mark_of(request.target)}"


def lock_of_staging(folder: Path, name: str) -> str:
    """Return the name of the lock that a build holds which stages in a folder of this name, in the site `folder`."""
    for target, lock in ((folder / "output", "store"), (folder / PREVIEW, "preview-store")):
        if name.startswith(staging_name(target)):
            return f"{lock}.lock"
    return f"store-{name.removeprefix('staging-')[:12]}.lock"


def leftovers(work: Path) -> list[str]:
    """Return the names of the folders in which builds stage, or had staged, their files."""
    try:
        return [name for name in os.listdir(work) if name.startswith("staging-")]  # noqa: PTH208 - names
    except FileNotFoundError:
        return []


def has_leftovers(request: BuildRequest) -> bool:
    """Tell whether a build that runs or did not end has files staged in the site, or in the output."""
    return bool(leftovers(request.store)) or os.path.lexists(request.target / HIDDEN)
