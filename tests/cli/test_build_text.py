"""What the command line says of a build."""

from __future__ import annotations

from yoyak.cli.build_text import shown_problems
from yoyak.messages.catalogue import counted_problems
from yoyak.model.message import Problem


def test_a_files_name_cannot_steer_the_terminal() -> None:
    problem = Problem(code="no-title", message="This article has no title.", path="content/\x1b[2J\r.md")
    assert list(shown_problems((problem,))) == ["content/�[2J�.md: error: This article has no title. [no-title]"]


def test_what_a_message_quotes_cannot_turn_the_line_round() -> None:
    problem = Problem(code="unknown-theme", message='unknown theme "a\u202eb\u2028c".', path="content/a.md")
    assert list(shown_problems((problem,))) == [
        'content/a.md: error: unknown theme "a<U+202E>b<U+2028>c". [unknown-theme]'
    ]


def test_an_error_among_many_warnings_is_the_last_line() -> None:
    warnings = [
        Problem(code="no-theme", message="No.", path=f"content/{n:02}.md", severity="warning") for n in range(17)
    ]
    error = Problem(code="bad-date", message="No date.", path="content/03.md", line=3)
    lines = list(shown_problems((*warnings, error)))
    assert lines[-2:] == [
        "… and 12 more warnings of the same kind [no-theme]. yoyak check shows all.",
        "content/03.md:3: error: No date. [bad-date]",
    ]


def test_errors_and_warnings_are_counted_by_these_names() -> None:
    warning = Problem(code="no-theme", message="No.", severity="warning")
    assert counted_problems((warning, Problem(code="bad-date", message="No."))) == "1 error and 1 warning"


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
