"""Look at a folder of files without following any link."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from yoyak.files.site_files import open_output


def entries(root: Path) -> Iterator[tuple[str, os.stat_result]]:
    """Yield the path of everything below `root` that is no folder, with its own (never its link's) status.

    Paths are relative to `root` and posix. A ``.git`` folder is passed over.
    """
    waiting = [("", str(root))]
    while waiting:
        above, place = waiting.pop()
        with os.scandir(place) as found:
            for entry in found:
                path = f"{above}{entry.name}"
                if not entry.is_dir(follow_symlinks=False):
                    yield path, entry.stat(follow_symlinks=False)
                elif entry.name != ".git":
                    waiting.append((f"{path}/", entry.path))


def sha256_of(root: Path, path: str) -> str:
    """Return the SHA-256, in hex, of the bytes of a file below `root`.

    Raises:
        OSError: it is not there any more, or something else is in its place.
    """
    with os.fdopen(open_output(root, path), "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
