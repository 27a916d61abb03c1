"""What becomes of a file whose reading was stopped."""

from __future__ import annotations

from pathlib import Path

import pytest

from yoyak.engine.parse_files import runaway_problem
from yoyak.messages.catalogue import paragraph
from yoyak.model.build import Runaway

REFERENCE = Path(__file__).parents[2] / "docs" / "reference" / "problems.md"


@pytest.mark.parametrize(
    "runaway",
    [
        Runaway(why="time"),
        Runaway(why="memory"),
        Runaway(why="depth"),
        Runaway(why="crash", told="SIGSEGV"),
        Runaway(why="fault", told="KeyError: 'title'"),
    ],
    ids=lambda runaway: runaway.why,
)
def test_every_reason_is_in_the_reference_as_it_is_printed(runaway: Runaway) -> None:
    problem = runaway_problem("content/2024/07/pasted.md", runaway)
    assert f"    {paragraph(problem)}\n" in REFERENCE.read_text(encoding="utf-8")
