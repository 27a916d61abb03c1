"""What the overlay shows of a problem."""

from __future__ import annotations

from pathlib import Path

import pytest

from yoyak.messages.errors import YoyakError
from yoyak.model.message import Problem
from yoyak.preview.source_lines import error_view, lines_around, problem_view

TEXT = "one\ntwo\nthree\nfour\nfive\nsix\n"


def shown(text: str, line: int) -> list[tuple[int, str]]:
    return [(part.number, part.text) for part in lines_around(text, line)]


def test_a_line_is_shown_between_two_others_on_each_side() -> None:
    assert shown(TEXT, 3) == [(1, "one"), (2, "two"), (3, "three"), (4, "four"), (5, "five")]


def test_the_first_line_has_none_before_it() -> None:
    assert shown(TEXT, 1) == [(1, "one"), (2, "two"), (3, "three")]


def test_the_line_of_the_problem_is_marked() -> None:
    assert [part.number for part in lines_around(TEXT, 4) if part.marked] == [4]


@pytest.mark.parametrize("line", [0, -1, 99])
def test_a_line_that_the_file_has_not_shows_nothing(line: int) -> None:
    assert shown(TEXT, line) == []


def test_a_very_long_line_is_cut() -> None:
    [part] = lines_around("x" * 100_000, 1)
    assert len(part.text) == 160


def test_a_problem_is_shown_with_its_place_and_the_lines_of_its_file(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\r\ndate: gestern\r\n---\r\n")
    view = problem_view(
        Problem(code="bad-date", message="No date.", hint="Mend it.", path="a.md", line=2, column=7), tmp_path
    )
    assert (view.place, view.message, view.hint) == ("a.md:2:7", "No date.", "Mend it.")
    assert view.lines[1].text == "date: gestern"


def test_a_korean_file_in_an_old_encoding_is_shown_in_korean(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes("제목: 소버린 인공지능 시대가 열린다\n".encode("cp949"))
    view = problem_view(Problem(code="x", message="x", path="a.md", line=1), tmp_path)
    assert view.lines[0].text == "제목: 소버린 인공지능 시대가 열린다"


@pytest.mark.parametrize("path", ["../secret.md", "gone.md", "content", "link.md"])
def test_a_file_that_is_not_a_readable_file_of_the_site_shows_no_lines(tmp_path: Path, path: str) -> None:
    site = tmp_path / "site"
    (site / "content").mkdir(parents=True)
    (tmp_path / "secret.md").write_text("secret")
    (site / "link.md").symlink_to(tmp_path / "secret.md")
    assert problem_view(Problem(code="x", message="x", path=path, line=1), site).lines == ()


def test_an_error_of_the_run_that_names_a_place_is_shown_with_its_lines(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "article.html").write_text("<h1>\n{{ titel }}\n")
    view = error_view(YoyakError("templates/article.html:2: 'titel' is undefined (for the page /)."), tmp_path)
    assert (view.place, view.lines[1].text) == ("templates/article.html:2", "{{ titel }}")


def test_an_error_of_the_run_without_a_place_is_shown_as_it_is(tmp_path: Path) -> None:
    view = error_view(YoyakError("There is no room on the disk: 0 bytes."), tmp_path)
    assert (view.place, view.message) == ("", "There is no room on the disk: 0 bytes.")
