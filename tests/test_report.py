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


def test_a_folder_of_another_generator_is_one_message_that_names_the_import() -> None:
    found = tuple(
        Problem(code="foreign-key", message='"draft" is a key of other generators.', path=f"content/{n}.md", line=2)
        for n in range(300)
    )
    lines = list(shown_problems(found))
    assert len(lines) == 7
    assert lines[-1].startswith("300 files with front matter of another generator.")
    assert "yoyak import" in lines[-1]
    assert len(list(shown_problems(found, everything=True))) == 301
