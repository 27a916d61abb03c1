"""Which program this is: what another one remembered is not trusted, since it may have meant something else."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import msgspec

from yoyak import __version__

_PACKAGE = Path(__file__).parent.parent


@cache
def program() -> bytes:
    """Return a digest of yoyak, its libraries and its Python.

    yoyak itself counts by what its files look like, so that a developer's change is another program; libraries count by
    the names and versions that are installed beside it.
    """
    told = [__version__, sys.version, *_files(str(_PACKAGE)), *_libraries()]
    return hashlib.blake2b("\n".join(told).encode("utf-8", "surrogateescape"), digest_size=16).digest()


def _files(folder: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            if entry.is_dir(follow_symlinks=False):
                if entry.name != "__pycache__":
                    yield from _files(entry.path)
            elif entry.name.endswith((".py", ".yaml")):
                found = entry.stat()
                yield f"{entry.path} {found.st_size} {found.st_mtime_ns}"


def _libraries() -> list[str]:
    beside = Path(msgspec.__file__).parent.parent
    names = (entry.name for entry in beside.iterdir())
    return sorted(name for name in names if name.endswith((".dist-info", ".egg-info")))
