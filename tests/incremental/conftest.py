"""How much the tests of incremental builds try, and where."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from incremental.amounts import MEMORY

pytest.register_assert_rewrite("incremental.laws", "incremental.desk", "incremental.processes")  # so that they say why


@pytest.fixture
def quick_path() -> Iterator[Path]:
    """A folder for a test, in memory where there is room for it."""
    inside = MEMORY if os.access(MEMORY, os.W_OK) else None
    folder = Path(tempfile.mkdtemp(prefix="yoyak-", dir=inside))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)
