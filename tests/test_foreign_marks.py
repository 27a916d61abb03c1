"""Marks of other programs that readers would see stop a build until somebody has looked at them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from sites import article, write_site
from yoyak.build.build import BuildRequest, build

Yoyak = Callable[..., CompletedProcess[str]]
MARKED = article(title="하나") + '\n{{< figure src="/a.png" >}}\n\n{% include a.html %}\n'


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write_site(tmp_path / "site", {"content/a.md": MARKED, "content/b.md": article(title="둘")}, plain=True)


def test_a_build_stops_with_the_number_of_marks_and_of_files(site: Path, yoyak: Yoyak) -> None:
    found = yoyak("build", "--site", site)
    assert found.returncode == 1
    assert "2 marks of other programs in 1 file: readers would see them as they are typed." in found.stdout
    assert "--allow-foreign-marks" in found.stdout.splitlines()[-1]
    assert not (site / "output" / "index.html").exists()


@pytest.mark.parametrize("option", ["--allow-foreign-marks", "--keep-going", "--preview"])
def test_who_has_looked_at_them_builds(site: Path, yoyak: Yoyak, option: str) -> None:
    found = yoyak("build", "--site", site, option)
    assert (found.returncode, "2 marks of other programs in 1 file" in found.stdout) == (0, True)
    assert (site / "output" / "index.html").exists()


def test_a_check_is_not_stopped(site: Path, yoyak: Yoyak) -> None:
    assert yoyak("check", "--site", site).returncode == 0


def test_what_was_allowed_once_is_asked_again(site: Path, yoyak: Yoyak) -> None:
    assert yoyak("build", "--site", site, "--allow-foreign-marks").returncode == 0
    assert yoyak("build", "--site", site).returncode == 1
    assert yoyak("build", "--site", site, "--allow-foreign-marks").returncode == 0


def test_a_mark_in_a_text_that_is_held_back_stops_nothing(site: Path) -> None:
    (site / "content/a.md").write_text(MARKED.replace("---\n", "---\nstatus: draft\n", 1), encoding="utf-8")
    assert build(BuildRequest(folder=site)).complete


def test_a_mark_that_an_edit_brings_stops_the_next_build(site: Path) -> None:
    place = site / "content/a.md"
    place.write_text(article(title="하나"), encoding="utf-8")
    assert build(BuildRequest(folder=site)).complete
    before = {path: path.read_bytes() for path in (site / "output").rglob("*.html")}
    place.write_text(MARKED, encoding="utf-8")
    assert not build(BuildRequest(folder=site)).complete
    assert {path: path.read_bytes() for path in (site / "output").rglob("*.html")} == before
    place.write_text(article(title="하나"), encoding="utf-8")
    assert build(BuildRequest(folder=site)).complete


def test_a_mark_in_code_stops_nothing(site: Path) -> None:
    (site / "content/a.md").write_text(article() + "\n`{{< figure >}}`\n\n```\n{% raw %}\n```\n", encoding="utf-8")
    assert build(BuildRequest(folder=site)).complete
