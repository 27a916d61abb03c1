"""What programs leave beside articles is neither published nor reported."""

from __future__ import annotations

from pathlib import Path

from sites import article, build_site, problems, write_site
from yoyak.paths import templates_folder
from yoyak.pipeline.load import load_looks

LEFT = (
    "Thumbs.db",
    "desktop.ini",
    ".DS_Store",
    "~$회의록.docx",
    "._배.md",
    "~WRL1.tmp",
    ".배.md.swp",
    "배.md~",
    "Icon\r",
)


def test_files_that_programs_leave_in_content_are_silent(tmp_path: Path) -> None:
    files = {f"content/2024/{name}": "x" for name in (*LEFT, "$RECYCLE.BIN/a.md")}
    found = build_site(write_site(tmp_path, files | {"content/2024/배.md": article()}, plain=True))
    assert (problems(found), found.report.articles) == ([], 1)


def test_a_folder_whose_name_looks_like_a_leftover_is_read(tmp_path: Path) -> None:
    files = {"content/2024.tmp/배.md": article(), "content/옛글~/섬.md": article()}
    assert build_site(write_site(tmp_path, files, plain=True)).report.articles == 2


def test_files_that_programs_leave_in_templates_are_no_assets(tmp_path: Path) -> None:
    folder = write_site(tmp_path, {"templates/assets/Thumbs.db": "x", "templates/assets/own.css": "a{}"}, plain=True)
    assert {"Thumbs.db", "own.css"} & set(load_looks(templates_folder(), folder / "templates").assets) == {"own.css"}
