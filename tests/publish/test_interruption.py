"""A deploy to a folder that is killed, or that runs out of disk, at every single change that it makes."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from publish.desks import Desk, tree, write
from publish.interrupted import Interruption, deploy_interrupted, deploys_met_by
from samples import every
from yoyak.publish.journal import PART

OLD = {
    "index.html": "old assets/style.1.css",
    "about": "will be a folder",
    "old/page/index.html": "old assets/style.1.css",
    "gone/index.html": "old assets/style.1.css",
    "assets/style.1.css": "1",
}
NEW = {
    "index.html": "new assets/style.2.css",
    "about/index.html": "new assets/style.2.css",
    "기사/index.html": "new assets/style.2.css",
    "assets/style.2.css": "2",
}
NEXT = {"index.html": "next assets/style.3.css", "assets/style.3.css": "3"}
FOREIGN = {"CNAME": "digest.example.org", "old/page/mine.txt": "mine"}


def deploys_interrupted(desk: Desk, live: Path, how: Interruption) -> Iterator[tuple[int, str]]:
    """Deploy NEW over OLD again and again, cut short at some change, at a later one, and so on to the last."""
    for number in every(4, 1000):
        begin(desk, live)
        said = deploy_interrupted(desk, live, how, number)
        if said is None:
            assert number > 20
            return
        yield number, said


def begin(desk: Desk, live: Path) -> None:
    """Leave OLD at the target beside other people's files, and NEW to be deployed."""
    shutil.rmtree(live, ignore_errors=True)
    write(live, FOREIGN)
    desk.builds(OLD)
    desk.deploys(adopt=True)
    desk.builds(NEW)


def assert_nothing_lost(live: Path, number: object) -> None:
    files = tree(live)
    for path, text in FOREIGN.items():
        assert files[path] == text.encode(), number
    pages = [data.decode() for path, data in files.items() if path.endswith(".html")]
    named = {name for page in pages for name in re.findall(r"assets/[\w.]+", page)}
    assert named <= files.keys(), number


def assert_exactly(desk: Desk, live: Path, number: object) -> None:
    assert tree(live) == {**tree(desk.output), **{path: text.encode() for path, text in FOREIGN.items()}}, number


@pytest.mark.parametrize("how", ["killed", "disk full"])
def test_next_deploy_mends_one_that_was_cut_short_anywhere(desk: Desk, live: Path, how: Interruption) -> None:
    for number, _said in deploys_interrupted(desk, live, how):
        assert_nothing_lost(live, number)
        desk.deploys()
        assert_exactly(desk, live, number)


def test_another_build_after_a_kill_leaves_nothing_of_the_cut_short_one(desk: Desk, live: Path) -> None:
    for number, _said in deploys_interrupted(desk, live, "killed"):
        desk.builds(NEXT)
        desk.deploys()
        assert_exactly(desk, live, number)


def test_full_disk_is_told_in_one_line(desk: Desk, live: Path) -> None:
    for _number, said in deploys_interrupted(desk, live, "disk full"):
        assert said.endswith("the disk is full. Make room there. Deploy again then; nothing is lost.")
        assert f"{live}/" in said or f"{live}:" in said
        assert ".yoyak-part-" not in said


def test_stranger_in_the_place_of_a_page_that_was_cut_short_stays(desk: Desk, live: Path) -> None:
    for _number, _said in deploys_interrupted(desk, live, "killed"):
        if not (live / "기사/index.html").exists():
            write(live, {"기사/index.html": "someone's"})
            desk.builds(NEXT)
            desk.deploys()
            assert (live / "기사/index.html").read_text() == "someone's"


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize(
    ("calls", "most"),
    [
        ("?rename,?renameat,?renameat2", 6),
        ("?mkdir,?mkdirat", 7),
        ("?unlink,?unlinkat", 13),
        ("?rmdir", 8),
        ("?write,?sendfile,?copy_file_range", 6),
        ("?fsync,?fdatasync", 19),
    ],
)
def test_fault_at_a_system_call_loses_nothing(desk: Desk, live: Path, calls: str, most: int) -> None:
    for done in deploys_met_by(calls, most, desk, lambda: begin(desk, live)):
        assert_nothing_lost(live, done)
        assert "Traceback" not in done.stderr, done
        assert PART not in done.stderr, done
        desk.deploys()
        assert_exactly(desk, live, done)
