"""Where the store of an output folder lies."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from yoyak.locate import PREVIEW
from yoyak.request import BuildRequest

HIDDEN = ".yoyak-staging"
"""The staging folder inside an output folder that lies on another disk than .yoyak/. It is never deployed."""


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
    return f"store-{_mark(request.target)}"


def staging_name(target: Path) -> str:
    """Return how the names of the folders begin in which builds into an output folder stage their files."""
    return f"staging-{_mark(target)}"


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


def _mark(target: Path) -> str:
    return hashlib.sha256(str(target).encode()).hexdigest()[:12]
