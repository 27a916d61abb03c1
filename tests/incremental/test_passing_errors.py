"""An error of a moment, such as a disk that answers late or too many open files, is forgotten by the next build."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from incremental.amounts import KILLS
from incremental.processes import ENVIRONMENT, run_build, start_build, under_strace
from pictures import png
from sites import NOON, article, write_site
from yoyak.build.build import BuildRequest, build
from yoyak.model.build import Runaway
from yoyak.model.sources import Listed

DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"/>\n'
FILES = {
    "content/a.md": article("글이다.\n\n![배](ferry.svg)"),
    "content/b.txt": "섬으로 가는 배\n\n배는 하루에 두 번 간다.\n",
    "content/pages/about.md": "---\ntitle: 소개\n---\n글이다.\n",
    "content/ferry.svg": DRAWING,
}


PAIRS = list(product(FILES, ("EIO", "EMFILE", "EACCES", "ENOMEM")))


# By default each file and each error once; `make laws` tries each with each.
@pytest.mark.parametrize(("path", "error"), PAIRS if len(PAIRS) <= KILLS else PAIRS[::5])
def test_a_file_that_could_not_be_opened_once_is_read_by_the_next_build(
    quick_path: Path, path: str, error: str
) -> None:
    site = write_site(quick_path / "site", FILES, plain=True)
    for name in FILES:
        os.utime(site / name, (1_700_000_000, 1_700_000_000))
    paths = [argument for one in (site / path, Path(path).name) for argument in ("-P", str(one))]
    inject = ["--trace=openat", f"--inject=openat:error={error}", "-o", os.devnull]
    failed = run_build(site, under=under_strace(*paths, *inject))
    assert failed.returncode == 1
    again = run_build(site)
    assert (again.returncode, f"{path}: error" in again.stderr) == (0, False), again.stderr


def test_a_library_that_could_not_be_loaded_once_is_no_fault_of_a_picture(quick_path: Path) -> None:
    site = write_site(quick_path / "site", {"content/a.md": article("![배](ferry.png)"), "content/ferry.png": png()})
    os.utime(site / "content/ferry.png", (1_700_000_000, 1_700_000_000))
    hidden = quick_path / "hidden"
    hidden.mkdir()
    (hidden / "sitecustomize.py").write_text("import sys\nsys.modules['imagesize'] = None\n", encoding="utf-8")
    told = {**ENVIRONMENT, "PYTHONPATH": f"{hidden}{os.pathsep}{ENVIRONMENT['PYTHONPATH']}"}
    with start_build(site, environment=told) as failed:
        assert "ModuleNotFoundError" in failed.communicate(timeout=100)[1]
    again = run_build(site)
    assert again.returncode == 0, again.stderr


def test_a_reading_that_failed_in_a_way_nobody_foresaw_is_tried_again(quick_path: Path) -> None:
    site = write_site(quick_path / "site", {"content/a.md": article()}, plain=True)
    request = BuildRequest(folder=site, at=NOON)

    def failing(function: Callable[[Any], Any], items: Sequence[Any]) -> list[Any]:
        fault = Runaway(why="fault", told="OSError: Too many open files")
        return [fault if isinstance(item, Listed) else function(item) for item in items]

    assert not build(request, map=failing).complete
    assert build(request).complete


def test_a_link_to_an_article_that_could_not_be_read_at_first_is_kept(quick_path: Path) -> None:
    files = {"content/a.md": article("[다음](b.md)", slug="a"), "content/b.md": article(slug="b")}
    request = BuildRequest(folder=write_site(quick_path / "site", files, plain=True), at=NOON)
    failed: list[str] = []

    def failing_once(function: Callable[[Any], Any], items: Sequence[Any]) -> list[Any]:
        fault = Runaway(why="fault", told="OSError: Too many open files")
        met = [isinstance(one, Listed) and one.path == "content/b.md" and not failed for one in items]
        failed.extend("b" for one in met if one)
        return [fault if is_met else function(one) for is_met, one in zip(met, items, strict=True)]

    assert build(request, map=failing_once).complete
    assert failed
    assert '<a href="/articles/b/">다음</a>' in (quick_path / "site/output/articles/a/index.html").read_text(
        encoding="utf-8"
    )


@pytest.mark.parametrize("calls", ["?getdents64,?getdents", "?rmdir", "?unlinkat"])
def test_an_empty_folder_does_not_stay_since_it_could_not_be_listed_or_removed(quick_path: Path, calls: str) -> None:
    site = write_site(
        quick_path / "site", {"content/a.md": article(), "content/b.md": article(slug="gone")}, plain=True
    )
    assert run_build(site).returncode == 0
    (site / "content/b.md").unlink()
    folder = site / "output/articles/gone"
    assert folder.is_dir()
    inject = ["-P", str(folder), f"--trace={calls}", f"--inject={calls}:error=ENOSPC", "-o", os.devnull]
    assert run_build(site, under=under_strace(*inject)).returncode == 0
    assert not folder.exists()
    assert (site / "output/articles").is_dir()
