"""Where the store of an output folder lies."""

from __future__ import annotations

import hashlib
from pathlib import Path

from yoyak.locate import PREVIEW
from yoyak.request import BuildRequest


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
    return f"store-{hashlib.sha256(str(request.target).encode()).hexdigest()[:12]}"
