"""Templates and assets of a site are its own: a link that leads out of templates/ is refused by name."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from incremental.oracle import files_below
from incremental.processes import run_build, under_strace
from sites import article, build_site, problems, write_site
from yoyak.messages.catalogue import sentence
from yoyak.model.sources import Looks
from yoyak.paths import templates_folder
from yoyak.pipeline.load import load_looks

pytestmark = pytest.mark.skipif(os.name == "nt", reason="links need a right on Windows")
REFUSED = "templates/{}: This is a link to a file outside templates/. Copy the file here instead."


def looks(site: Path) -> Looks:
    return load_looks(templates_folder(), site / "templates")


@pytest.mark.parametrize("name", ["assets/own.css", "partials/own.html"])
def test_a_link_out_of_templates_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "away").write_text("foreign")
    site = write_site(tmp_path / "site", {"templates/partials/a.html": "", "templates/assets/a.css": ""}, plain=True)
    (site / "templates" / name).symlink_to(tmp_path / "away")
    found = looks(site)
    assert [sentence(one) for one in found.problems] == [REFUSED.format(name)]
    assert not any("foreign" in text for text in found.overrides.values())
    assert "own.css" not in found.assets


def test_a_link_inside_templates_is_followed(tmp_path: Path) -> None:
    site = write_site(tmp_path, {"templates/partials/a.html": "ours", "templates/assets/a.css": "a{}"}, plain=True)
    (site / "templates" / "partials" / "b.html").symlink_to("a.html")
    (site / "templates" / "assets" / "b.css").symlink_to("../assets/a.css")
    found = looks(site)
    assert (found.overrides["partials/b.html"], found.assets["b.css"].data) == ("ours", b"a{}")
    assert found.problems == ()


def test_the_folder_of_templates_itself_may_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "shared" / "partials").mkdir(parents=True)
    (tmp_path / "shared" / "partials" / "a.html").write_bytes(b"one\r\ntwo\r")
    site = write_site(tmp_path / "site", {})
    (site / "templates").symlink_to("../shared")
    assert looks(site).overrides["partials/a.html"] == "one\ntwo\n"


@pytest.mark.parametrize("folder", ["templates", "templates/partials", "templates/assets"])
def test_a_folder_of_templates_that_cannot_be_listed_is_not_taken_for_an_empty_one(tmp_path: Path, folder: str) -> None:
    site = write_site(
        tmp_path, {"content/a.md": article(), "templates/partials/a.html": "", "templates/assets/a.css": ""}
    )
    build_site(site)
    before = files_below(site / "output")
    (site / "templates/partials/a.html").write_text("another")
    calls = "?getdents64,?getdents"
    inject = ["-P", str(site / folder), f"--trace={calls}", f"--inject={calls}:error=EACCES", "-o", os.devnull]
    done = run_build(site, under=under_strace(*inject))
    assert (done.returncode, done.stderr) == (1, f"yoyak: {site / folder}: Permission denied.\n")
    assert files_below(site / "output") == before


def test_a_link_out_of_templates_stops_a_build(tmp_path: Path) -> None:
    site = write_site(tmp_path, {"content/a.md": article(), "templates/assets/a.css": ""}, plain=True)
    (site / "templates" / "assets" / "host.txt").symlink_to("/etc/hostname")
    found = build_site(site)
    assert problems(found) == [REFUSED.format("assets/host.txt")]
    assert not found.output.exists()
