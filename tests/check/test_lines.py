"""Where a link stands in the file of its author."""

from __future__ import annotations

from pathlib import Path
from unicodedata import normalize

import pytest

from yoyak.check.output_words import LineFinder

TEXT = "# 하나\n\n[여기](없는-글.md)\n"


def finder(folder: Path, data: bytes) -> LineFinder:
    (folder / "elsewhere.md").write_bytes(data)
    return LineFinder(folder, {"content/a.md": str(folder / "elsewhere.md")})


@pytest.mark.parametrize(
    "data", [TEXT.encode(), TEXT.encode("cp949"), normalize("NFD", TEXT).encode(), TEXT.replace("\n", "\r").encode()]
)
def test_a_link_is_found_however_its_file_is_written(tmp_path: Path, data: bytes) -> None:
    assert finder(tmp_path, data)("content/a.md", "없는-글.md") == 3


def test_a_link_that_does_not_stand_as_it_is_has_no_line(tmp_path: Path) -> None:
    assert finder(tmp_path, TEXT.encode())("content/a.md", "other.md") == 0


def test_settings_are_looked_up_on_the_disk(tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_text("title: x\nnavigation: [{title: y, url: /z/}]\n", encoding="utf-8")
    assert finder(tmp_path, b"")("site.yaml", "/z/") == 2
