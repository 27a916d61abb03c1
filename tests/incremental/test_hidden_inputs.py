"""What decides the output and stands in no file of the site: git, the clock of the environment, where a link leads."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from incremental.newsroom import CAPTURE
from incremental.oracle import bytes_of, difference, files_below
from sites import NOON, article, build_site, write_site
from yoyak.build.build import BuildRequest, build


def assert_equals_a_clean_build(folder: Path, beside: Path) -> None:
    """Assert that a build of a site gives what one of its copy gives, with everything but what was built."""
    shutil.copytree(folder, beside, symlinks=True, ignore=shutil.ignore_patterns("output", ".yoyak"))
    found, clean = build_site(folder), build_site(beside)
    told = difference(bytes_of(files_below(found.output)), bytes_of(files_below(clean.output)))
    assert not told, told
    assert found.report.problems == clean.report.problems


def commit(folder: Path, day: str) -> None:
    """Commit all files as if it were another day, without a change of any file."""
    names = {f"GIT_{who}_{what}": "desk" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    days = {f"GIT_{who}_DATE": f"{day}T12:00:00+09:00" for who in ("AUTHOR", "COMMITTER")}
    for arguments in (("init", "-q"), ("add", "content"), ("commit", "-q", "-m", "x")):
        subprocess.run(["git", "-C", folder, *arguments], check=True, env={**os.environ, **names, **days})


def test_first_commit_of_a_capture_says_its_year(quick_path: Path) -> None:
    folder = write_site(quick_path / "site", {"content/a.txt": CAPTURE, "content/b.md": article()}, plain=True)
    for file in (file for file in folder.rglob("*") if file.is_file()):
        os.utime(file, (1_720_000_000, 1_720_000_000))  # one written just now is looked at again, whatever git says
    found = build_site(folder)
    commit(folder, "2022-08-01")
    assert_equals_a_clean_build(folder, quick_path / "clean")
    assert any("archive/2022/" in path for path in found.paths())


def test_time_of_a_capture_says_its_year(quick_path: Path) -> None:
    folder = write_site(quick_path / "site", {"content/a.txt": CAPTURE, "content/b.md": article()}, plain=True)
    found = build_site(folder)
    os.utime(folder / "content/a.txt", (1_660_000_000, 1_660_000_000))
    assert_equals_a_clean_build(folder, quick_path / "clean")
    assert any("archive/2022/" in path for path in found.paths())


def test_clock_of_the_environment_counts(quick_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {"content/a.md": article(), "content/b.md": article(publish_at="2024-07-10 13:00")}
    folder = write_site(quick_path / "site", files, plain=True)
    for seconds, articles in ((0, 1), (7200, 2), (0, 1)):
        noon = NOON.replace(tzinfo=ZoneInfo("Asia/Seoul")).timestamp()
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(noon) + seconds))
        report = build(BuildRequest(folder=folder, output=folder / "output"))
        assert report.articles == articles


def test_file_behind_a_link_counts(quick_path: Path) -> None:
    files = {"content/_shared/text.md": article("하나."), "content/b.md": article()}
    folder = write_site(quick_path / "site", files, plain=True)
    (folder / "content/a.md").symlink_to("_shared/text.md")
    build_site(folder)
    (folder / "content/_shared/text.md").write_text(article("둘."), encoding="utf-8")
    assert_equals_a_clean_build(folder, quick_path / "clean")
    assert "둘." in build_site(folder).text("articles/a")


def test_link_that_leads_elsewhere_counts(quick_path: Path) -> None:
    files = {f"content/_shared/{name}.md": article(f"{name}.") for name in ("one", "two")}
    folder = write_site(quick_path / "site", {**files, "content/b.md": article()}, plain=True)
    link = folder / "content/a.md"
    link.symlink_to("_shared/one.md")
    build_site(folder)
    link.unlink()
    link.symlink_to("_shared/two.md")
    assert_equals_a_clean_build(folder, quick_path / "clean")
    assert "two." in build_site(folder).text("articles/a")


@pytest.mark.slow
def test_file_that_is_saved_again_at_once_counts(quick_path: Path) -> None:
    """Within a tick of the disk's clock neither the time nor the size of a file changes with its text."""
    folder = write_site(quick_path / "site", {"content/a.md": article("글 0.")}, plain=True)
    place = folder / "content/a.md"
    for number in range(10):
        with place.open("r+b") as file:
            file.write(article(f"글 {number}.").encode())
        found = build_site(folder)
        assert f"글 {number}." in found.text("articles/a")
