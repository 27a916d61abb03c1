"""A build in which any system call fails: the output is one whole site, and the next build leaves nothing of it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest

from incremental.amounts import KILLS
from incremental.desk import Desk, open_desk
from incremental.oracle import bytes_of, files_below
from incremental.processes import build_failing_at, run_build, strace

pytestmark = [pytest.mark.slow, pytest.mark.timeout(3600)]

CALLS = {
    "?rename,?renameat,?renameat2": 70,
    "?unlink,?unlinkat": 70,
    "?link,?linkat": 50,
    "?mkdir,?mkdirat": 20,
    "?rmdir": 8,
    "?write,?pwrite64": 280,
    "?fsync,?fdatasync": 4,
    "?openat": 950,
    "?newfstatat,?lstat": 4500,
}
"""About how many of each a build of the desk makes."""
ERRORS = ("EIO", "ENOSPC", "EMFILE", "EACCES", "EDQUOT")

BESIDE = {"output", ".yoyak", "content", "templates", "site.yaml"}


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    strace()
    return open_desk(tmp_path_factory.mktemp("started"))


@pytest.fixture(params=["one disk", "two disks"])
def output(request: pytest.FixtureRequest, quick_path: Path) -> Iterator[Path]:
    if request.param == "one disk":
        yield quick_path / "site/output"
        return
    disks = (place for place in (Path("/dev/shm"), Path("/var/tmp")) if os.access(place, os.W_OK))
    other = next((place for place in disks if place.stat().st_dev != quick_path.stat().st_dev), None)
    if other is None:
        pytest.skip("there is no second disk to write to")
    with TemporaryDirectory(dir=other) as folder:
        yield Path(folder) / "output"


@pytest.mark.parametrize("calls", CALLS)
def test_an_error_at_a_system_call_leaves_one_whole_site(
    started: Desk, quick_path: Path, output: Path, calls: str
) -> None:
    chance = Random(f"{calls} {output.parent.name == 'site'}")
    for _ in range(max(1, KILLS // 5)):
        site = quick_path / "site"
        shutil.copytree(started.folder, site, ignore=shutil.ignore_patterns("output", ".yoyak"))
        desk = Desk(site, started.clean)
        desk.writes("old")
        options = "--output", str(output), "--jobs", "1"
        assert run_build(site, *options).returncode == 0
        before = {path.name for path in desk.store.iterdir()}
        desk.writes("new")
        when = f"{chance.randint(1, CALLS[calls])}{chance.choice(['', '', '+'])}"
        done = build_failing_at(site, calls, chance.choice(ERRORS), when, *options)
        found = bytes_of(files_below(output))
        assert found in (desk.clean["old"], desk.clean["new"]), (when, done)
        assert done.returncode or found == desk.clean["new"], (when, done)
        assert "staging" not in done.stderr, done
        again = run_build(site, *options)
        assert (again.returncode, bytes_of(files_below(output))) == (0, desk.clean["new"]), again
        assert {path.name for path in desk.store.iterdir()} <= before
        assert {path.name for path in output.parent.iterdir()} <= {
            "output",
            ".yoyak",
            "content",
            "templates",
            "site.yaml",
        }
        shutil.rmtree(site)
        shutil.rmtree(output, ignore_errors=True)
