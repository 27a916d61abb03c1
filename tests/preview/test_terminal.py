"""What the terminal says about a build."""

from __future__ import annotations

import re

import pytest

from preview.conftest import report
from yoyak.messages.catalogue import printed, speak, speaking
from yoyak.messages.errors import YoyakError
from yoyak.model.message import Problem
from yoyak.preview.terminal import Terminal, problem_lines, summary

ERROR = Problem(code="bad-date", message="This is no date.", path="content/a.md", line=3)
WARNING = Problem(code="no-theme", message="No theme fits.", path="content/b.md", severity="warning")
BROKEN_RUN = YoyakError("There is no room on the disk.\nMake some.")


@pytest.fixture
def said() -> list[str]:
    return []


def test_a_build_is_one_line(said: list[str]) -> None:
    Terminal(said.append).tell(report(changed=("index.html",)))
    [line] = said
    assert re.fullmatch(r"\d\d:\d\d:\d\d  16 articles, 1 file changed, 0\.30 s", line)


def test_problems_are_counted_and_follow_in_full(said: list[str]) -> None:
    Terminal(said.append).tell(report(problems=(ERROR,)))
    assert said[0].endswith("0.30 s, 1 error")
    assert said[1] == "  content/a.md:3: error: This is no date. [bad-date]"


def test_a_warning_is_said_once_and_an_error_every_time(said: list[str]) -> None:
    terminal = Terminal(said.append)
    terminal.tell(report(problems=(ERROR, WARNING)))
    terminal.tell(report(problems=(ERROR, WARNING)))
    assert [line for line in said if "content/" in line] == [
        f"  {printed(problem)}" for problem in (WARNING, ERROR, ERROR)
    ]


def test_warnings_are_counted_as_warnings(said: list[str]) -> None:
    Terminal(said.append).tell(report(problems=(ERROR, WARNING, WARNING)))
    assert said[0].endswith("0.30 s, 1 error and 2 warnings")


def test_a_build_that_problems_stopped_is_not_called_built() -> None:
    assert speak(summary(report(complete=False))) == "not built, 0.30 s"


def test_the_terminal_speaks_the_language_of_the_command_line(said: list[str]) -> None:
    with speaking("ko"):
        Terminal(said.append).tell(report(changed=("index.html",), problems=(ERROR, WARNING)))
        Terminal(said.append).tell(report(complete=False))
    assert said[0].endswith("  글 16건, 바뀐 파일 1개, 0.30초, 오류 1건, 경고 1건")
    assert said[2] == "  content/a.md:3: 오류: This is no date. [bad-date]"
    assert said[3].endswith("  빌드하지 못함, 0.30초")


def test_a_broken_run_says_why() -> None:
    assert list(problem_lines(BROKEN_RUN, ())) == ["There is no room on the disk.", "Make some."]


def test_control_characters_of_a_file_do_not_reach_the_terminal(said: list[str]) -> None:
    Terminal(said.append).say("\x1b[31mred\x07\n소버린")
    assert said == ["�[31mred��소버린"]


def test_a_terminal_that_is_gone_does_not_end_the_preview() -> None:
    def gone(_: str) -> None:
        raise BrokenPipeError

    Terminal(gone).tell(report())
