"""A site in which nothing has changed: it is recognised before a library is imported, and nothing is written."""

from __future__ import annotations

import fcntl
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from incremental.newsroom import SAVED_PAGE
from incremental.oracle import File, files_below
from incremental.processes import ENVIRONMENT
from sites import NOON, article, build_site, write_site
from yoyak.build.build import build
from yoyak.incremental.unchanged import look
from yoyak.model.build import BuildRequest

HEAVY = frozenset({"jinja2", "markdown", "bs4", "selectolax", "nh3", "feedparser", "imagesize", "babel"})
"""What reads an article, looks at a picture or makes a page."""
FILES = {
    "content/a.md": article("![그림](p.svg) [둘째](b.md)", tags=["함께"]),
    "content/b.md": article("둘째 글.", tags=["함께"], date="2024-06-01"),
    "content/waits.md": article("셋째 글.", date="2024-06-02", status="draft"),
    "content/c.html": SAVED_PAGE,
    "content/p.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"/>',
    "content/pages/about.md": "---\ntitle: 소개\n---\n\n우리.\n",
}
Change = Callable[[Path], None]


@pytest.fixture
def folder(quick_path: Path) -> Path:
    """A site that was built twice, the second time with nothing to do."""
    folder = write_site(quick_path / "site", FILES)
    for _ in range(2):
        assert build_site(folder).report.complete
    return folder


def everything_of(output: Path) -> tuple[dict[str, File], dict[str, int]]:
    """Return all files of an output and the times of its folders, which show what came and went."""
    folders = [output, *(path for path in output.rglob("*") if path.is_dir())]
    return files_below(output), {str(path): path.stat().st_mtime_ns for path in folders}


def imported_by_a_build(folder: Path, *options: str) -> frozenset[str]:
    """Build a site and return the top names of all modules that were imported."""
    command = [sys.executable, "-X", "importtime", "-m", "yoyak", "build", "--site", str(folder), *options]
    done = subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    return frozenset(re.findall(r"^import time: +\d+ \| +\d+ \| +(\w+)", done.stderr, re.MULTILINE))


@contextmanager
def at_flock(number: int, act: Callable[[], None]) -> Iterator[None]:
    """Act just before this process asks for a lock of a file for the so-manieth time."""
    asked = 0

    def hear(event: str, arguments: Any) -> None:
        nonlocal asked
        if event == "fcntl.flock" and asked < number and arguments[1] & fcntl.LOCK_EX:
            asked += 1
            if asked == number:
                act()

    sys.addaudithook(hear)  # for good: there is no way to take one out
    yield
    asked, before = number, asked
    assert before == number, "it did not wait"


def touch_everything(folder: Path) -> None:
    for number, path in enumerate(sorted(folder.glob("content/**/*.*"))):
        os.utime(path, (stamp := 1_600_000_000 + number, stamp))


def save_everything_again(folder: Path) -> None:
    for path in sorted(folder.glob("content/**/*.*")):
        data = path.read_bytes()
        path.unlink()
        path.write_bytes(data)


def comment_the_settings(folder: Path) -> None:
    with (folder / "site.yaml").open("a", encoding="utf-8") as file:
        file.write("# nothing\n")


@pytest.mark.slow
def test_unchanged_site_is_recognised_before_a_library_is_imported(folder: Path) -> None:
    assert imported_by_a_build(folder, "--at", f"{NOON:%Y-%m-%d %H:%M}") & HEAVY == frozenset()


@pytest.mark.slow
def test_unchanged_site_is_recognised_without_a_look_into_its_settings(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(ENVIRONMENT, "SOURCE_DATE_EPOCH", f"{NOON:%s}")
    assert "yaml" not in imported_by_a_build(folder)


@pytest.mark.slow
def test_site_in_which_something_changed_shows_that_imports_are_seen(folder: Path) -> None:
    (folder / "content/a.md").write_text(article("다른 글."), encoding="utf-8")
    assert {"jinja2", "nh3"} <= imported_by_a_build(folder, "--at", f"{NOON:%Y-%m-%d %H:%M}")


@pytest.mark.slow
def test_unchanged_site_is_recognised_when_the_clock_has_moved_on(folder: Path) -> None:
    later = NOON + timedelta(minutes=5)
    assert imported_by_a_build(folder, "--at", f"{later:%Y-%m-%d %H:%M}") & HEAVY == frozenset()


def test_build_that_waited_for_another_one_looks_at_the_files_again(folder: Path) -> None:
    request = BuildRequest(folder=folder, output=folder / "output", at=NOON)
    (folder / "content/a.md").write_text(article("먼저 저장한 글."), encoding="utf-8")
    seen = look(request)
    with FileLock(folder / ".yoyak/store.lock") as other:

        def save_and_end() -> None:
            (folder / "content/b.md").write_text(article("나중에 저장한 글."), encoding="utf-8")
            other.release()

        with at_flock(2, save_and_end):  # at the first it is refused, and waits
            build(request, seen=seen)
    assert "나중에 저장한 글." in next((folder / "output/articles/b").iterdir()).read_text(encoding="utf-8")


@pytest.mark.parametrize("minutes", [0, 5, 24 * 60, 14 * 24 * 60])
def test_nothing_of_an_unchanged_site_is_written(folder: Path, minutes: int) -> None:
    before = everything_of(folder / "output")
    report = build_site(folder, at=NOON + timedelta(minutes=minutes)).report
    assert (report.written, report.changed, report.removed) == ((), (), ())
    assert everything_of(folder / "output") == before


@pytest.mark.parametrize("change", [touch_everything, save_everything_again, comment_the_settings])
def test_nothing_is_written_when_files_only_look_changed(folder: Path, change: Change) -> None:
    before = everything_of(folder / "output")
    change(folder)
    report = build_site(folder).report
    assert (report.written, report.changed, report.removed) == ((), (), ())
    assert everything_of(folder / "output") == before


@pytest.mark.parametrize("change", [touch_everything, save_everything_again, comment_the_settings])
def test_no_page_is_rendered_when_files_only_look_changed(folder: Path, change: Change) -> None:
    change(folder)
    assert dict(build_site(folder).report.reasons) == {}


@pytest.mark.parametrize("minutes", [0, 5, 24 * 60, 14 * 24 * 60])
def test_no_page_of_an_unchanged_site_is_rendered(folder: Path, minutes: int) -> None:
    assert dict(build_site(folder, at=NOON + timedelta(minutes=minutes)).report.reasons) == {}


def test_report_of_an_unchanged_site_says_what_the_first_one_said(folder: Path) -> None:
    (folder / "content/a.md").write_text(article("글. [둘째](b.md)", colour="blue"), encoding="utf-8")
    first, second = (build_site(folder, keep_going=True).report for _ in range(2))
    told = [(r.articles, r.pages, r.problems, r.held, r.left_out, r.clock, r.language) for r in (first, second)]
    assert told[0] == told[1]
    assert first.problems
