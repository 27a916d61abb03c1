"""``yoyak build --portable`` and ``--bundle`` through the real command."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from sites import article, write_site

AT = ("--at", "2024-07-10 12:00")
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    files = {"content/a.md": article(title="하나"), "content/draft.md": article(status="draft", title="초안")}
    return write_site(tmp_path / "site", files, plain=True)


def test_a_portable_site_is_built_into_its_own_folder(yoyak: Run, site: Path) -> None:
    done = yoyak("build", "--portable", "--site", site, *AT)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1].endswith(f"Look at {site / 'portable'}")
    assert not (site / "output").exists()
    again = yoyak("build", "--portable", "--site", site, *AT)
    assert " 0 new, 0 changed" in again.stdout


def test_a_bundle_is_one_file_and_leaves_no_folder(yoyak: Run, site: Path, tmp_path: Path) -> None:
    file = tmp_path / "to send" / "preview.HTML"
    done = yoyak("build", "--preview", "--bundle", file, "--site", site, *AT)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"All pages are in one file, {file}: " in done.stdout.splitlines()[-1]
    assert not (site / "output").exists()
    assert not (site / "portable").exists()
    first = file.read_bytes()
    again = yoyak("build", "--preview", "--bundle", file, "--site", site, *AT, "--json")
    report = json.loads(again.stdout)
    assert (report["bundle"], report["bundle_size"], report["bundle_pictures"]) == (str(file), len(first), 2)
    assert file.read_bytes() == first


def test_a_bundle_may_be_a_folder(yoyak: Run, site: Path, tmp_path: Path) -> None:
    done = yoyak("build", "--preview", "--bundle", tmp_path / "to-send", "--site", site, *AT)
    assert done.returncode == 0
    assert "noindex" in (tmp_path / "to-send/articles/draft/index.html").read_text(encoding="utf-8")
    assert 'href="/' not in (tmp_path / "to-send/index.html").read_text(encoding="utf-8")


def test_two_folders_for_one_bundle_are_wrong_usage(yoyak: Run, site: Path, tmp_path: Path) -> None:
    done = yoyak("build", "--bundle", tmp_path / "a", "--output", tmp_path / "b", "--site", site)
    assert done.returncode == 2
    assert "Leave --output out." in done.stderr


def test_a_site_with_errors_leaves_an_older_bundle_as_it_was(yoyak: Run, site: Path, tmp_path: Path) -> None:
    file = tmp_path / "one.html"
    yoyak("build", "--bundle", file, "--site", site, *AT)
    before = file.read_bytes()
    (site / "content/bad.md").write_text(article(rights="none"), encoding="utf-8")
    done = yoyak("build", "--bundle", file, "--site", site, *AT)
    assert done.returncode == 1
    assert file.read_bytes() == before


def test_a_path_makes_only_the_folders_that_it_leads_through(yoyak: Run, site: Path, tmp_path: Path) -> None:
    done = yoyak("build", "--bundle", "lost/../new/one.htm", "--site", site, *AT, cwd=tmp_path)
    assert done.returncode == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["new", "site"]


def test_a_file_of_somebody_is_not_replaced(yoyak: Run, site: Path, tmp_path: Path) -> None:
    file = tmp_path / "notes.html"
    file.write_text("notes", encoding="utf-8")
    done = yoyak("build", "--bundle", file, "--site", site, *AT)
    assert (done.returncode, file.read_text(encoding="utf-8")) == (1, "notes")
    assert "is there already and is not a bundle" in done.stderr
