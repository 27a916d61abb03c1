"""Where tests write: in memory, if it has room for all, since nothing there waits for a disk; and a disk for some."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

MEMORY = Path("/dev/shm")
_ROOM = 3_000_000_000
"""Bytes that have to be free: what all tests write twice takes less."""


def roomy_memory() -> Path | None:
    """Return a disk in memory with room for the tests of a run, from which a program (a hook of git) may start."""
    if not os.access(MEMORY, os.W_OK):
        return None
    found = os.statvfs(MEMORY)
    starts = not found.f_flag & getattr(os, "ST_NOEXEC", 0)
    return MEMORY if starts and found.f_bavail * found.f_frsize > _ROOM else None


def another_disk(place: Path) -> Path:
    """Return a folder on another disk than that of a place; skip the test where there is none."""
    for disk in (MEMORY, Path("/var/tmp"), Path("/tmp")):
        if os.access(disk, os.W_OK) and disk.stat().st_dev != place.stat().st_dev:
            return disk
    pytest.skip("there is no second disk to write to")


@pytest.fixture
def tmp_path(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder on a disk, but for `make fast`: for tests of what moves files, saves them, and knows them again."""
    if "not process" in request.config.option.markexpr:
        yield tmp_path_factory.mktemp("quick")
        return
    with TemporaryDirectory(prefix="yoyak-disk-", ignore_cleanup_errors=True) as folder:
        yield Path(folder).resolve()
