"""What the terminal says about a build."""

from __future__ import annotations

from preview.conftest import report
from yoyak.preview.terminal import lines, printable
from yoyak.problems import Problem, YoyakError

ERROR = Problem(code="bad-date", message="This is no date.", path="content/a.md", line=3)
WARNING = Problem(code="no-theme", message="No theme fits.", path="content/b.md", severity="warning")


def test_a_build_is_one_line() -> None:
    assert list(lines(report(changed=("index.html",)), (), "14:03:22")) == [
        "14:03:22  16 articles, 1 file changed, 0.30 s"
    ]


def test_problems_are_counted_and_follow_in_full() -> None:
    assert list(lines(report(problems=(ERROR,)), (), "14:03:22")) == [
        "14:03:22  16 articles, 0 files changed, 0.30 s, 1 problem",
        "  content/a.md:3: This is no date.",
    ]


def test_a_warning_is_said_once_and_an_error_every_time() -> None:
    said = list(lines(report(problems=(ERROR, WARNING)), (ERROR, WARNING), "14:03:22"))[1:]
    assert said == ["  content/a.md:3: This is no date."]


def test_a_build_that_problems_stopped_is_not_called_built() -> None:
    assert next(lines(report(complete=False), (), "14:03:22")) == "14:03:22  not built, 0.30 s"


def test_a_broken_run_says_why() -> None:
    said = list(lines(YoyakError("site.yaml:1:1: no title\nsite.yaml:2:1: no zone"), (), "14:03:22"))
    assert said == ["14:03:22  not built:", "  site.yaml:1:1: no title", "  site.yaml:2:1: no zone"]


def test_control_characters_of_a_file_do_not_reach_the_terminal() -> None:
    assert printable("\x1b[31mred\x07\n소버린") == "�[31mred��소버린"
