"""Whether anything changed is decided by two scans, not by events."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath
from time import time_ns
from unicodedata import normalize

import pytest

from rows import each_row
from yoyak.store.stamps import Stamps, concerns, ignored, scan, stamps_of_output

SECOND = 1_000_000_000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "content" / "2024").mkdir(parents=True)
    (tmp_path / "templates").mkdir()
    (tmp_path / "site.yaml").write_text("title: x")
    (tmp_path / "content" / "2024" / "a.md").write_text("first")
    return tmp_path


def later(folder: Path) -> Stamps:
    """Scan as if every file had been at rest for a while."""
    return scan(folder, now=time_ns() + SECOND)


def test_a_scan_finds_the_settings_and_what_lies_below_content_and_templates(folder: Path) -> None:
    (folder / "templates" / "article.html").write_text("x")
    (folder / "README.md").write_text("not the site's")
    (folder / "output").mkdir()
    (folder / "output" / "index.html").write_text("built")
    assert sorted(later(folder)) == ["content/2024/a.md", "site.yaml", "templates/article.html"]


def test_two_scans_of_untouched_files_are_equal(folder: Path) -> None:
    assert later(folder) == later(folder)


def test_reading_a_file_changes_no_stamp(folder: Path) -> None:
    before = later(folder)
    (folder / "content" / "2024" / "a.md").read_text()
    assert later(folder) == before


def test_a_written_file_has_another_stamp(folder: Path) -> None:
    before = later(folder)
    (folder / "content" / "2024" / "a.md").write_text("second one")
    assert later(folder) != before


def test_a_file_replaced_by_one_of_the_same_size_and_time_has_another_stamp(folder: Path) -> None:
    file, new = folder / "content" / "2024" / "a.md", folder / "new"
    before, times = later(folder), file.stat()
    new.write_text("other")
    os.utime(new, ns=(times.st_atime_ns, times.st_mtime_ns))
    new.replace(file)
    assert later(folder) != before


def test_a_file_written_within_a_tick_of_the_scan_is_looked_at_again(folder: Path) -> None:
    written = (folder / "content" / "2024" / "a.md").stat().st_mtime_ns
    assert scan(folder, now=written + 1) != scan(folder, now=written + SECOND)


def test_a_deleted_and_a_new_file_are_noticed(folder: Path) -> None:
    (folder / "content" / "2024" / "a.md").rename(folder / "content" / "b.md")
    assert sorted(later(folder)) == ["content/b.md", "site.yaml"]


def test_a_site_without_content_is_an_empty_scan(tmp_path: Path) -> None:
    assert scan(tmp_path, now=0) == {}


def test_a_loop_of_links_ends(folder: Path) -> None:
    (folder / "content" / "loop").symlink_to(folder / "content")
    (folder / "content" / "self.md").symlink_to(folder / "content" / "self.md")
    assert "content/loop/2024/a.md" not in later(folder)


def test_names_are_spelled_as_the_disk_spells_them(folder: Path) -> None:
    (folder / "content" / normalize("NFD", "가.md")).write_text("decomposed")
    assert normalize("NFD", "content/가.md") in later(folder)


@each_row(
    "name",
    [".a.md.swp", "a.md~", "#a.md#", ".#a.md", "4913", "a.md.tmp", ".goutputstream-X1", "a.md___jb_tmp___", ".DS_Store",
     "a.html.crdownload", "a.html.part", ".git"],
)  # fmt: skip
def test_a_name_of_an_editor_or_the_system_is_ignored(name: str) -> None:
    assert ignored(name)


@pytest.mark.parametrize("name", ["a.md", "기사.md", "_reviews", "a#1.md", "4913.md", "photo.svg"])
def test_a_name_of_an_author_is_not_ignored(name: str) -> None:
    assert not ignored(name)


@pytest.mark.parametrize("path", ["site.yaml", "content", "content/a.md", "templates/partials/card.html"])
def test_a_build_is_concerned_by_what_it_reads(path: str) -> None:
    assert concerns(PurePosixPath(path))


@pytest.mark.parametrize(
    "path", ["output/index.html", ".yoyak/preview/index.html", "content/.git/x", "notes.md", "", "site.yaml~"]
)
def test_a_build_is_not_concerned_by_anything_else(path: str) -> None:
    assert not concerns(PurePosixPath(path))


# --- what a built site looks like ----------------------------------------------------------------


@pytest.fixture
def output(tmp_path: Path) -> Path:
    for path in OUTPUTS:
        (tmp_path / "output" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "output" / path).write_text(path)
    return tmp_path / "output"


OUTPUTS = ["index.html", "a/index.html", "a/b/index.html", "c/d/e/index.html"]


def put_behind_a_link(place: Path) -> None:
    place.rename(place.parent / "elsewhere")
    place.symlink_to("elsewhere")


def test_a_built_site_is_told_file_by_file(output: Path) -> None:
    stamps = stamps_of_output(output, OUTPUTS)
    assert stamps is not None
    assert {path: stamp.size for path, stamp in stamps.items()} == {path: len(path) for path in OUTPUTS}


@pytest.mark.parametrize("path", ["a", "a/b", "c/d", "c/d/e", "index.html", "a/b/index.html"])
def test_nothing_is_told_of_a_built_site_behind_a_link(output: Path, path: str) -> None:
    put_behind_a_link(output / path)
    assert stamps_of_output(output, OUTPUTS) is None


@pytest.mark.parametrize("path", OUTPUTS)
def test_nothing_is_told_of_a_built_site_that_lacks_a_file(output: Path, path: str) -> None:
    (output / path).unlink()
    assert stamps_of_output(output, OUTPUTS) is None


def test_nothing_is_told_of_a_site_with_a_folder_in_the_place_of_a_file(output: Path) -> None:
    (output / "index.html").unlink()
    (output / "index.html").mkdir()
    assert stamps_of_output(output, OUTPUTS) is None
