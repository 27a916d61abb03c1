"""Kinds of edits of many variants, alone and again and again: the law of `test_sequences.py`."""

from __future__ import annotations

from pathlib import Path

import pytest

from incremental.laws import FULLY
from incremental.sequences import TRICKY, hold, story_of

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


@pytest.mark.parametrize("name", sorted(TRICKY))
def test_a_tricky_edit_again_and_again_gives_what_a_clean_build_gives(quick_path: Path, name: str) -> None:
    hold(story_of(name), quick_path, *FULLY, compared=1)
