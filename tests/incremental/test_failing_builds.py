"""A build in which any system call fails: the output is one whole site, and the next build leaves nothing of it."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest

from incremental.amounts import FAULTS
from incremental.desk import Desk, State, open_desk, other
from incremental.oracle import bytes_of, files_below
from incremental.processes import build_failing_at, run_build, strace
from yoyak.paths import HIDDEN

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
MOVES = "?rename,?renameat,?renameat2,?link,?linkat"
COPIES = "?sendfile,?copy_file_range"
"""What a build does where no rename and no link works."""
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


@pytest.mark.parametrize("calls", [*CALLS, COPIES])
def test_an_error_at_a_system_call_leaves_one_whole_site(
    started: Desk, quick_path: Path, output: Path, calls: str
) -> None:
    chance, ends = Random(f"{calls} {output.parent.name == 'site'}"), Counter[str]()
    state: State = "old"
    site = quick_path / "site"
    shutil.copytree(started.folder, site, ignore=shutil.ignore_patterns("output", ".yoyak"))
    desk = Desk(site, started.clean, output)
    desk.builds()
    for _ in range(FAULTS):
        error, when = chance.choice(ERRORS), f"{chance.randint(1, CALLS.get(calls, 50))}{chance.choice(['', '', '+'])}"
        faults = {calls: f"error={error}:when={when}"}
        if calls == COPIES:
            faults = {MOVES: f"error=EXDEV:when={chance.randint(1, 60)}+", **faults}
        state = other(state)
        ends[f"{error} {build_meets(desk, state, faults)}"] += 1
    print(calls, output.parent.name == "site", dict(sorted(ends.items())), f"{ends.total()} errors")


def build_meets(desk: Desk, state: State, faults: dict[str, str]) -> str:
    """Build a state over the other one amid faults, assert that all is well then and after the next build.

    Where no file can be removed any more, the hidden staging folder stays until the next build; where none can be moved
    or copied any more, the message says that the output is of two builds (0066). Returns which site was left, or that
    the build made too few such calls for the fault to happen.
    """
    options = "--output", str(desk.output), "--jobs", "1"
    before = {path.name for path in desk.store.iterdir()}
    desk.writes(state)
    done, struck = build_failing_at(desk.folder, desk.folder.parent / "log", faults, *options)
    found = {path: data for path, data in bytes_of(files_below(desk.output)).items() if not path.startswith(HIDDEN)}
    whole = found in desk.clean.values()
    assert whole or "has files of two builds" in done.stderr, (faults, done)
    assert done.returncode or found == desk.clean[state], (faults, done)
    assert "staging" not in done.stderr, done
    again = run_build(desk.folder, *options)
    assert (again.returncode, bytes_of(files_below(desk.output))) == (0, desk.clean[state]), again
    assert {path.name for path in desk.store.iterdir()} <= before
    assert {path.name for path in desk.output.parent.iterdir()} <= BESIDE
    left = "later" if found == desk.clean[state] else "earlier" if whole else "mixed, and said so"
    return left if struck else "not met"
