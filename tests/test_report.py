"""What the command line says of a build."""

from __future__ import annotations

from yoyak.problems import Problem
from yoyak.report import shown_problems


def test_a_files_name_cannot_steer_the_terminal() -> None:
    problem = Problem(code="no-title", message="This article has no title.", path="content/\x1b[2J\r.md")
    assert list(shown_problems((problem,))) == ["content/�[2J�.md: This article has no title."]


def test_what_a_message_quotes_cannot_turn_the_line_round() -> None:
    problem = Problem(code="unknown-theme", message='unknown theme "a\u202eb\u2028c".', path="content/a.md")
    assert list(shown_problems((problem,))) == ['content/a.md: unknown theme "a<U+202E>b<U+2028>c".']
