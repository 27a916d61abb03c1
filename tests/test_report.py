"""What the command line says of a build."""

from __future__ import annotations

from yoyak.problems import Problem
from yoyak.report import shown_problems


def test_a_files_name_cannot_steer_the_terminal() -> None:
    problem = Problem(code="no-title", message="This article has no title.", path="content/\x1b[2J\r.md")
    assert list(shown_problems((problem,))) == ["content/�[2J�.md: This article has no title."]
