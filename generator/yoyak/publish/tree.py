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
    for folder, folders, names in os.walk(root, onerror=_fail):
        here = Path(folder)
        folders[:] = [name for name in folders if name != ".git"]
        for name in (*names, *(name for name in folders if (here / name).is_symlink())):
            yield (here / name).relative_to(root).as_posix(), (here / name).lstat()


def sha256_of(root: Path, path: str) -> str:
    """Return the SHA-256, in hex, of the bytes of a file below `root`.

    Raises:
        OSError: it is not there any more, or something else is in its place.
    """
    with os.fdopen(open_output(root, path), "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _fail(error: OSError) -> None:
    raise error
