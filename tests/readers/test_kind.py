"""Which reader a file is for."""

from __future__ import annotations

from time import process_time

import pytest

from readers.worlds import around
from rows import each_row
from yoyak.model.sources import SourceFile
from yoyak.readers.opened import kind_of
from yoyak.readers.source import read_source


@each_row(
    ("path", "text", "kind"),
    [
        ("a.md", "본문", "markdown"),
        ("a.markdown", "본문", "markdown"),
        ("a.txt", "본문\n#붙은 문단은 제목이 아니다", "capture"),
        ("a.txt", "# 제목\n\n본문과 **강조**", "markdown"),
        ("a.txt", "제목\n- 하나뿐인 표시\n- 둘", "capture"),
        ("a.txt", "<!DOCTYPE html><html>", "saved_page"),
        ("a.md", "\n<!-- saved from url=(0024)https://news.example/ -->\n<html lang='ko'>", "saved_page"),
        ("a.html", "<p>조각", "saved_page"),
        ("a.txt", '<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0//EN"><html>', "saved_page"),
        ("a.txt", f"<!-- {'x' * 5000} -->\n<!-- 둘 --><html>", "saved_page"),
        ("a.md", "<!-- 적어 둔 것 -->\n# 제목", "markdown"),
        ("a.md", "<!-- -->" * 1000 + "x", "markdown"),
        ("A.HTM", "<p>조각", "saved_page"),
        ("a.md", "<p>조각</p>", "markdown"),
    ],
)
def test_the_kind_of_a_file_is_told_by_its_text_before_its_ending(path: str, text: str, kind: str) -> None:
    assert kind_of(path, text) == kind


@pytest.mark.parametrize("run", ["1", "[", "![", "가", "\t\n", "[x](", "- a\n", "ab)."])
def test_a_long_run_of_one_sign_is_read_in_proportion_to_its_length(run: str) -> None:
    text = f"배가 뜬다\n\n입력 2024.07.03. 오전 9:20\n\n{run * (40_000 // len(run))}\n\n새 배가 뜬다고 시가 밝혔다.\n"
    before = process_time()
    read_source(SourceFile(path="content/a.txt", data=text.encode(), digest=""), around("content/a.txt"))
    assert process_time() - before < 3  # twice as long took four times as long, and more than ten seconds


@pytest.mark.parametrize("text", ["a{run}^b1 x", "a{run}x", "## a{run}{{.b}} x", "- a{run}^b1 x", "[b](c){run}^b1 x"])
@pytest.mark.parametrize("blank", [" ", "\N{NO-BREAK SPACE}", " #"])
def test_a_long_run_of_blanks_in_markdown_is_read_in_proportion_to_its_length(text: str, blank: str) -> None:
    data = text.format(run=blank * (40_000 // len(blank))).encode()
    before = process_time()
    read_source(SourceFile(path="content/a.md", data=data, digest=""), around("content/a.md"))
    assert process_time() - before < 3
