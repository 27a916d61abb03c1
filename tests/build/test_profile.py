"""``yoyak build --profile``: where the time and the memory went, and that nothing is measured when nobody asks."""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sites import article, build_site, write_site
from yoyak.build.profile import MOST
from yoyak.cli.build_text import profile_lines
from yoyak.model.build import Profile, Spent
from yoyak.text.columns import columns

AT = ("--at", "2024-07-10 12:00")
PAGE = (
    '<html><head><title>저장한 글</title><meta property="article:published_time" content="2024-07-02T09:00:00+09:00">'
    "</head><body><article><h1>저장한 글</h1><p>{}</p></article></body></html>"
)
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site of two dozen articles of three kinds, and so many pages that they are made side by side."""
    files: dict[str, str | bytes] = {
        f"content/{n:02}.md": article(title=f"글 {n}", date=f"2024-07-{n % 9 + 1:02}", tags=[f"꼬리{n}"])
        for n in range(24)
    }
    files["content/saved.html"] = PAGE.format("문장이다. " * 40)
    files["content/pages/about.md"] = "---\ntitle: 소개\n---\n\n우리는.\n"
    return write_site(tmp_path / "site", files, plain=True)


def profile_of(site: Path, **request: Any) -> Profile:
    found = build_site(site, profile=True, **request).report.profile
    assert found
    return found


def test_nothing_is_measured_when_nobody_asks(site: Path) -> None:
    assert build_site(site, jobs=2).report.profile is None


@pytest.mark.parametrize("jobs", [1, 2])
def test_every_file_and_every_page_is_counted_once(site: Path, jobs: int) -> None:
    report = build_site(site, profile=True, jobs=jobs).report
    found = report.profile
    assert found
    assert found.files_read == 26
    assert (found.pages_made, found.pages_kept) == (report.pages, 0)
    assert sum(one.items for one in found.templates) == report.pages
    assert {one.name: one.items for one in found.readers} == {"markdown": 24, "saved_page": 1, "own files": 1}


@pytest.mark.parametrize("jobs", [1, 2])
def test_times_come_from_workers_too(site: Path, jobs: int) -> None:
    found = profile_of(site, jobs=jobs)
    tables = (found.templates, found.readers, found.slowest_files, found.slowest_pages)
    assert all(one.seconds > 0 for table in tables for one in table)
    assert {"scan", "load", "parse", "render", "write", "remember"} <= set(found.stages)
    assert found.store_seconds > 0
    assert found.store_bytes > 0


def test_lists_are_the_slowest_ones_first(site: Path) -> None:
    found = profile_of(site)
    for spent in (found.templates, found.readers, found.slowest_files, found.slowest_pages):
        assert list(spent) == sorted(spent, key=lambda one: -one.seconds)
    assert len(found.slowest_files) == len(found.slowest_pages) == MOST


def test_a_second_build_says_what_it_knew(site: Path) -> None:
    pages = profile_of(site).pages_made
    (site / "content/00.md").write_text(
        article("새 글.", title="글 0", date="2024-07-01", tags=["꼬리0"]), encoding="utf-8"
    )
    found = profile_of(site)
    assert found.files_known == 24
    assert [one.name for one in found.slowest_files if one.name.endswith("/00.md")] == ["content/00.md"]
    assert 0 < found.pages_made < pages
    assert found.pages_kept == pages - found.pages_made


def test_views_that_pages_share_are_made_once_in_one_process(site: Path) -> None:
    found = profile_of(site, jobs=1)
    assert found.views_made > 0
    assert found.views_remembered > 0, "cards"


def test_memory_is_that_of_the_build_and_of_its_largest_worker(site: Path) -> None:
    pytest.importorskip("resource")
    found = profile_of(site, jobs=2)
    assert found.memory > 10_000_000
    assert found.memory_of_workers > 1_000_000


def test_a_profile_changes_nothing_in_the_output(site: Path, tmp_path: Path) -> None:
    plain = build_site(site, output=tmp_path / "plain", jobs=2)
    looked = build_site(site, output=tmp_path / "looked", jobs=2, profile=True)
    assert {path.name for path in plain.output.rglob("*")} == {path.name for path in looked.output.rglob("*")}
    assert build_site(site, output=tmp_path / "looked", verify=True).report.differing == ()


def test_a_file_that_is_stopped_is_no_trouble_for_a_profile(site: Path) -> None:
    (site / "content/bad.md").write_bytes(b"\xff\xfe\x00" * 5)
    found = build_site(site, profile=True, jobs=2, keep_going=True).report
    assert found.profile
    assert found.complete


@pytest.mark.parametrize("jobs", [1, 2])
def test_templates_that_jinja_itself_renders_are_named(site: Path, jobs: int) -> None:
    assert profile_of(site, jobs=jobs).templates_by_jinja == ()
    (site / "templates").mkdir(exist_ok=True)
    (site / "templates/article.html").write_text('{% set of = {"a": page.title} %}{{ of.a }}', encoding="utf-8")
    found = profile_of(site, jobs=jobs)
    assert found.templates_by_jinja == ("article.html",)
    line = "Jinja itself renders 1 template, more slowly: article.html"
    assert line in profile_lines(found)


# --- the command ------------------------------------------------------------------------------------------


def test_the_tables_stand_behind_the_closing_lines(yoyak: Run, site: Path) -> None:
    done = yoyak("build", "--site", site, *AT, "--profile")
    lines = done.stdout.splitlines()
    assert done.returncode == 0
    closing = next(number for number, line in enumerate(lines) if line.startswith("Done in "))
    titles = [line.split("  ")[0] for line in lines[closing:] if "seconds" in line and not line.startswith("store")]
    assert titles == ["stage", "reader", "template", "slowest files", "slowest pages"]
    assert [line.split()[0] for line in lines[-5:]] == ["files", "pages", "views", "store", "memory"]


def test_a_build_with_nothing_to_do_still_says_how_long_it_took(yoyak: Run, site: Path) -> None:
    yoyak("build", "--site", site, *AT)
    for path in site.rglob("*"):
        if "output" not in path.parts and ".yoyak" not in path.parts:
            _age(path)
    yoyak("build", "--site", site, *AT)
    done = yoyak("build", "--site", site, *AT, "--profile", "--quiet")
    lines = done.stdout.splitlines()
    assert [line.split()[0] for line in lines if line] == ["stage", "scan", "pages"]
    assert "0 made" in lines[-1]


def _age(path: Path) -> None:
    then = time.time() - 60
    os.utime(path, (then, then))


def test_json_has_the_profile_only_when_asked(yoyak: Run, site: Path) -> None:
    asked = json.loads(yoyak("build", "--site", site, *AT, "--json", "--profile").stdout)
    assert {"stages", "templates", "readers", "slowest_files", "slowest_pages", "memory"} <= set(asked["profile"])
    assert "profile" not in json.loads(yoyak("build", "--site", site, *AT, "--json").stdout)


def test_columns_are_aligned_for_names_in_hangul_too() -> None:
    spent = (Spent(name="content/가온.md", seconds=1.5, items=1), Spent(name="content/b.md", seconds=0.25, items=1))
    lines = list(profile_lines(Profile(stages={}, slowest_files=spent)))
    rows = [line for line in lines if line.startswith("content/")]
    assert len({columns(line) for line in rows}) == 1


def test_a_name_that_steers_a_terminal_is_printed_harmlessly() -> None:
    spent = (Spent(name="content/\x1b[31m\u202e.md", seconds=1.5, items=1),)
    text = "\n".join(profile_lines(Profile(stages={}, slowest_files=spent)))
    assert "\x1b" not in text
    assert "\u202e" not in text
