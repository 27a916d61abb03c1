"""An original that is exchanged after its folder was listed is not read where a link leads."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from importing.desk import contents, new_site, run_import, written
from yoyak.importing.gather import gather, original_of
from yoyak.importing.originals import Original
from yoyak.messages.catalogue import speak
from yoyak.model.message import Problem

pytestmark = pytest.mark.skipif(os.name == "nt", reason="links need a right on Windows")
LETTER = "<html><head><title>우리 글</title></head><body><article><p>여기 있다.</p></article></body></html>"


def found(folder: Path, place: Path) -> Original | Problem:
    """Gather what the folder holds, let `place` become a link to the outside, and read."""
    gathered = gather([str(folder)], folder.parent / "site")
    (folder.parent / "away").mkdir()
    place.rename(folder.parent / "away" / place.name)
    place.symlink_to(folder.parent / "away" / place.name)
    (place,) = gathered.places
    return original_of(place)


@pytest.mark.parametrize("exchanged", ["in/2026", "in/2026/a.html"])
def test_what_became_a_link_in_a_folder_is_refused(tmp_path: Path, exchanged: str) -> None:
    written(tmp_path, "in/2026/a.html", LETTER)
    read = found(tmp_path / "in", tmp_path / exchanged)
    assert isinstance(read, Problem)
    assert speak(read.message) == "This was exchanged by a link while its folder was read."


def test_a_link_that_was_named_itself_is_read(tmp_path: Path) -> None:
    written(tmp_path, "away/a.html", LETTER)
    (tmp_path / "named.html").symlink_to("away/a.html")
    site = new_site(tmp_path / "site")
    assert run_import(site, tmp_path / "named.html").imported


def test_a_picture_beside_an_original_that_is_a_link_is_not_taken(tmp_path: Path) -> None:
    written(tmp_path, "secret.png", b"\x89PNG\r\n\x1a\nsecret")
    original = written(tmp_path, "in/a.html", LETTER.replace("<p>", '<p><img src="p.png">'))
    (tmp_path / "in" / "p.png").symlink_to("../secret.png")
    site = new_site(tmp_path / "site")
    run_import(site, original)
    assert not any(b"secret" in data for data in contents(site).values())


@pytest.mark.parametrize("name", ["content/2024/pipe.md", "content/_sources/pipe"])
def test_a_pipe_in_the_site_does_not_keep_an_import_waiting(tmp_path: Path, name: str) -> None:
    site = new_site(tmp_path / "site")
    (site / name).parent.mkdir(parents=True)
    os.mkfifo(site / name)
    assert run_import(site, written(tmp_path, "a.html", LETTER)).imported
