"""What a browser saves beside a page belongs to that page."""

from __future__ import annotations

from pathlib import Path

import pytest

from yoyak.pipeline.load import load


@pytest.mark.parametrize(
    ("page", "articles"), [("ferry.html", ["ferry.html"]), ("other.html", ["ferry_files/frame.html", "other.html"])]
)
def test_a_frame_in_the_folder_of_a_saved_page_is_no_article(tmp_path: Path, page: str, articles: list[str]) -> None:
    folder = tmp_path / "content"
    (folder / "ferry_files").mkdir(parents=True)
    (folder / page).write_text("<html>", encoding="utf-8")
    (folder / "ferry_files" / "frame.html").write_text("<html>", encoding="utf-8")
    (folder / "ferry_files" / "ferry.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>", encoding="utf-8")
    content = load(tmp_path)
    assert sorted(source.path.removeprefix("content/") for source in content.articles) == articles
    assert "content/ferry_files/ferry.svg" in content.assets
