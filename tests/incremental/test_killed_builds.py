"""A build that is killed anywhere: the next one gives what a clean one gives, and nothing is left of the killed one."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest

from incremental.amounts import KILLS
from incremental.desk import Desk, State, is_whole, open_desk, other
from incremental.oracle import bytes_of, files_below
from incremental.processes import CALLS, build_killed_at, calls_of, start_build, strace
from yoyak.model.build import MANIFEST

pytestmark = [pytest.mark.slow, pytest.mark.timeout(3600)]


@pytest.fixture
def desk(quick_path: Path) -> Desk:
    return open_desk(quick_path)


@pytest.fixture
def desks(desk: Desk, tmp_path: Path) -> Iterator[tuple[Desk, ...]]:
    """A desk with its output beside its store; where there is time for it, also one with its output on another disk."""
    disks = (place for place in (Path("/dev/shm"), Path("/var/tmp")) if os.access(place, os.W_OK))
    disk = next((place for place in disks if place.stat().st_dev != desk.folder.stat().st_dev), None)
    if disk is None or KILLS < 10:
        yield (desk,)
        return
    with TemporaryDirectory(dir=disk) as folder:
        yield desk, open_desk(tmp_path, Path(folder) / "output")


@pytest.fixture(scope="module")
def counts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, int]:
    """How often an incremental build makes each system call that changes files."""
    strace()
    desk = open_desk(tmp_path_factory.mktemp("counted"))
    desk.writes("new")
    return calls_of(desk.folder, desk.folder.parent / "calls.txt")


def assert_whole(desk: Desk) -> None:
    """Assert that every page is the earlier or the later one, and not a half of it."""
    torn = [path for path, file in files_below(desk.output).items() if not is_whole(path, file, desk)]
    assert [path for path in torn if not path.startswith(MANIFEST)] == []


def assert_mended(desk: Desk, state: State, before: set[str]) -> None:
    """Assert that the next build mends everything, and leaves no file of the killed one anywhere."""
    desk.builds()
    desk.assert_output(state)
    assert {path.name for path in desk.store.iterdir()} == before


@pytest.mark.parametrize("call", CALLS)
def test_build_killed_at_a_system_call_is_mended_by_the_next(
    desks: tuple[Desk, ...], counts: dict[str, int], call: str
) -> None:
    states: dict[Path, State] = {desk.folder: "old" for desk in desks}
    ends = Counter[str]()
    for number, desk in zip(_numbers(counts[call]), cycle(desks), strict=False):
        before, state = {path.name for path in desk.store.iterdir()}, states[desk.folder]
        desk.writes(other(state))
        killed = build_killed_at(desk.folder, call, number, "--output", str(desk.output)) != 0
        ends[f"{'killed' if killed else 'ended'}, {_left(desk, state)}"] += 1
        assert_whole(desk)
        states[desk.folder] = _go_on(desk, state, back=number % 3 == 0)
        assert_mended(desk, states[desk.folder], before)
    print(call, dict(sorted(ends.items())), f"{ends.total()} kills of {counts[call]} calls on {len(desks)} disks")
    not_killed = sum(count for end, count in ends.items() if end.startswith("ended"))
    assert not_killed <= ends.total() // 2, "hardly a build was killed"


def test_build_killed_at_any_time_is_mended_by_the_next(desks: tuple[Desk, ...]) -> None:
    states: dict[Path, State] = {desk.folder: "old" for desk in desks}
    chance, ends = Random(20240703), Counter[str]()
    longest = _seconds_of_a_build(desks[0])
    for number, desk in zip(range(KILLS), cycle(desks), strict=False):
        before, state = {path.name for path in desk.store.iterdir()}, states[desk.folder]
        desk.writes(other(state))
        with start_build(desk.folder, "--output", str(desk.output)) as process:
            time.sleep(longest * (0.3 + 0.8 * chance.random()))
            process.kill()
            process.communicate()  # the second process has the other end of its output
        ends[_left(desk, state)] += 1
        assert_whole(desk)
        states[desk.folder] = _go_on(desk, state, back=number % 3 == 0)
        assert_mended(desk, states[desk.folder], before)
    print("at any time", dict(sorted(ends.items())), f"{ends.total()} kills on {len(desks)} disks")


def _left(desk: Desk, state: State) -> str:
    """Say what a killed build left: one whole site, or files of two until the next command puts them back."""
    found = bytes_of(files_below(desk.output))
    return "before" if found == desk.clean[state] else "after" if found == desk.clean[other(state)] else "mixed"


def _go_on(desk: Desk, state: State, *, back: bool) -> State:
    """Return the state of the content at the next build: as at the killed one, or as before it."""
    state = state if back else other(state)
    desk.writes(state)
    return state


def _numbers(count: int) -> Iterator[int]:
    """Yield which calls are killed: all, or so many of them from the first to the last."""
    if count <= KILLS:
        yield from range(1, count + 1)
    else:
        yield from sorted({1 + place * (count - 1) // (KILLS - 1) for place in range(KILLS)})


def _seconds_of_a_build(desk: Desk) -> float:
    started = time.monotonic()
    with start_build(desk.folder) as process:
        process.wait()
    return time.monotonic() - started


def test_build_killed_with_its_workers_at_work_is_mended_by_the_next(desk: Desk) -> None:
    """A worker that is killed costs its article in that build, and nothing in the next one."""
    strace()
    for number in (1, 2, 5):
        before = {path.name for path in desk.store.iterdir()}
        desk.writes("new")
        build_killed_at(desk.folder, "write", number, "--jobs", "2", "--keep-going")
        assert_mended(desk, "new", before)
        desk.writes("old")
        desk.builds()
