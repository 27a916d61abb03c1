"""Files of a deploy's folder are linked, removed and made to last one by one, and no link is followed on the way."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from yoyak.messages.errors import YoyakError
from yoyak.publish import files


@pytest.fixture
def last(tmp_path: Path) -> Path:
    place = tmp_path / "last" / "articles" / "first" / "index.html"
    place.parent.mkdir(parents=True)
    place.write_text("one")
    return tmp_path / "last"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "root").mkdir()
    return tmp_path / "root"


def test_a_linked_file_is_the_same_file_in_folders_that_everybody_may_read(last: Path, root: Path) -> None:
    umask = os.umask(0o077)
    try:
        assert files.link_file(last, root, "articles/first/index.html")
    finally:
        os.umask(umask)
    assert (root / "articles/first/index.html").samefile(last / "articles/first/index.html")
    assert stat.S_IMODE((root / "articles").stat().st_mode) == files.FOLDER_MODE
    assert stat.S_IMODE((root / "articles/first").stat().st_mode) == files.FOLDER_MODE


@pytest.mark.parametrize("where", ["articles", "articles/first"])
def test_nothing_is_written_behind_a_link(last: Path, root: Path, tmp_path: Path, where: str) -> None:
    (tmp_path / "elsewhere").mkdir()
    (root / where).parent.mkdir(exist_ok=True)
    (root / where).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(YoyakError, match=f"{where} is a link"):
        files.link_file(last, root, "articles/first/index.html")
    assert not [*(tmp_path / "elsewhere").iterdir()]


def test_a_file_in_the_place_of_a_folder_is_named(last: Path, root: Path) -> None:
    (root / "articles").write_text("somebody's")
    with pytest.raises(FileExistsError) as failed:
        files.link_file(last, root, "articles/first/index.html")
    assert failed.value.filename == str(root / "articles")
    assert (root / "articles").read_text() == "somebody's"


def test_a_source_that_is_gone_and_a_name_that_is_taken_are_errors_with_a_name(last: Path, root: Path) -> None:
    with pytest.raises(FileNotFoundError) as failed:
        files.link_file(last, root, "articles/second/index.html")
    assert failed.value.filename == str(last / "articles/second/index.html")
    assert files.link_file(last, root, "articles/first/index.html")
    with pytest.raises(FileExistsError):
        files.link_file(last, root, "articles/first/index.html")


def test_a_file_is_removed_but_never_behind_a_link_and_never_a_folder(last: Path, root: Path) -> None:
    (root / "behind").symlink_to(last / "articles")
    files.remove_file(root, "behind/first/index.html")
    assert (last / "articles/first/index.html").read_text() == "one"
    files.remove_file(last, "articles/none/index.html")
    files.remove_file(last, "articles/first/index.html/below")
    with pytest.raises(OSError, match="first") as failed:
        files.remove_file(last, "articles/first")
    assert failed.value.filename == str(last / "articles/first")
    files.remove_file(last, "articles/first/index.html")
    assert files.remove_empty_folders(last, ["articles/first/index.html"])
    assert not [*last.iterdir()]


def test_a_link_is_removed_and_what_it_leads_to_is_not(last: Path, root: Path) -> None:
    (root / "index.html").symlink_to(last / "articles/first/index.html")
    files.remove_file(root, "index.html")
    assert not [*root.iterdir()]
    assert (last / "articles/first/index.html").is_file()


def test_folders_that_are_gone_need_not_last(last: Path) -> None:
    files.sync_folders(last, ["articles/first/index.html", "none/at/all.html", "articles/first/index.html/below"])
    files.sync_folders(last / "none", ["index.html"])


def test_a_folder_that_does_not_last_is_named(last: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_handle: int) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(OSError, match="Input/output error") as failed:
        files.sync_folders(last, ["articles/first/index.html"])
    assert failed.value.filename == str(last)
