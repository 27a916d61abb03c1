"""A store that cannot be read is a miss: the build is right, says at most one line, and the next one is quick again."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest

from command import Started, start_yoyak
from incremental.amounts import MEMORY, MUTATIONS
from incremental.damage import WAYS, Damage, databases_of, files_of, flip
from incremental.desk import AT, Desk, State, open_desk, other
from incremental.oracle import bytes_of, files_below
from incremental.processes import CHECKOUT, ENVIRONMENT, assert_clean_end, run_build, start_build
from sites import build_site

pytestmark = [pytest.mark.slow, pytest.mark.timeout(3600)]

_HOLDER = """
import sqlite3, sys
connections = [sqlite3.connect(path, isolation_level=None) for path in sys.argv[1:]]
for connection in connections:
    connection.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture(scope="module")
def built() -> Iterator[Desk]:
    """A desk that has built more than once, so that its store holds all that a store can hold; and a copy beside it."""
    with TemporaryDirectory(prefix="yoyak-", dir=MEMORY if os.access(MEMORY, os.W_OK) else None) as folder:
        desk = open_desk(Path(folder))
        for state in ("new", "old"):
            desk.writes(state)
            desk.builds()
        shutil.copytree(desk.folder, f"{desk.folder}-built", symlinks=True)
        yield desk


@pytest.fixture
def desk(built: Desk) -> Desk:
    """The desk as it was built, and built once more, since its files are others."""
    shutil.rmtree(built.folder)
    shutil.copytree(f"{built.folder}-built", built.folder, symlinks=True)
    built.assert_next_build_renders_nothing()
    return built


def assert_miss(desk: Desk, state: State, *options: str) -> None:
    """Assert that a build by the command line is right in spite of its store, and that the next one is incremental."""
    assert_clean_end(run_build(desk.folder, *options))
    desk.assert_output(state)
    desk.assert_next_build_renders_nothing()
    desk.assert_output(state)


# --- damaged files ---


@pytest.mark.parametrize("damage", WAYS.values(), ids=list(WAYS))
def test_every_file_of_a_store_may_be(desk: Desk, damage: Damage) -> None:
    """Once with nothing else to do, and once with pages to render of what is remembered."""
    names = [path.relative_to(desk.store) for path in files_of(desk.store)]
    assert names, "a build left nothing in its store"
    state: State = "old"
    for name in names:
        damage(desk.store / name)
        assert_miss(desk, state)
        damage(desk.store / name)
        state = other(state)
        desk.writes(state)
        assert_miss(desk, state)


def test_any_bits_of_a_store_may_flip(desk: Desk) -> None:
    state: State = "old"
    assert files_of(desk.store), "a build left nothing in its store"
    for number in range(MUTATIONS):
        chance = Random(number)
        told = flip(chance.choice(files_of(desk.store)), chance)
        state = other(state) if number % 3 else state
        desk.writes(state)
        done = run_build(desk.folder)
        try:
            assert_clean_end(done)
            desk.assert_output(state)
            desk.assert_next_build_renders_nothing()
            desk.assert_output(state)
        except AssertionError as error:
            raise AssertionError(f"mutation {number} ({told}): {error}") from error


def test_what_the_store_says_is_told_in_one_line_with_its_name(desk: Desk) -> None:
    for path in files_of(desk.store):
        path.write_bytes(b"garbage" * 1000)
    done = run_build(desk.folder)
    assert_clean_end(done)
    assert ".yoyak" in done.stderr


# --- the folder of the store ---


def test_store_may_be_a_file(desk: Desk) -> None:
    shutil.rmtree(desk.store)
    desk.store.write_text("mine", encoding="utf-8")
    desk.writes("new")
    assert_clean_end(run_build(desk.folder))
    desk.assert_output("new")
    assert desk.store.read_text(encoding="utf-8") == "mine"


def test_store_may_be_a_link_to_nothing(desk: Desk) -> None:
    shutil.rmtree(desk.store)
    desk.store.symlink_to("nowhere")
    desk.writes("new")
    assert_clean_end(run_build(desk.folder))
    desk.assert_output("new")


def test_store_may_be_read_only(desk: Desk) -> None:
    with _read_only(desk.store):
        desk.writes("new")
        assert_clean_end(run_build(desk.folder))
        desk.assert_output("new")
    desk.writes("old")
    assert_miss(desk, "old")


@contextmanager
def _read_only(folder: Path) -> Iterator[None]:
    """Make a folder read-only: by its mode, or for root, who may write everywhere, by a mount."""
    if os.geteuid():
        folder.chmod(0o555)
        yield
        folder.chmod(0o755)
        return
    mount, unmount = ["mount", "--bind", str(folder), str(folder)], ["umount", str(folder)]
    if not shutil.which("mount") or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("root may write everywhere, and this machine allows no mount")
    try:
        if subprocess.run(["mount", "-o", "remount,ro,bind", str(folder)], capture_output=True).returncode:
            pytest.skip("root may write everywhere, and this machine allows no read-only mount")
        yield
    finally:
        subprocess.run(unmount, check=True)


def test_store_may_go_between_two_builds(desk: Desk) -> None:
    shutil.rmtree(desk.store)
    assert_miss(desk, "old")


def test_store_of_another_site_may_be_copied_here(desk: Desk, quick_path: Path) -> None:
    elsewhere = open_desk(quick_path / "elsewhere")
    elsewhere.writes("new")
    (elsewhere.folder / "site.yaml").write_text(
        "title: 다른 곳\nbase_url: https://other.example/\ntimezone: UTC\n", encoding="utf-8"
    )
    elsewhere.builds()
    shutil.rmtree(desk.store)
    shutil.copytree(elsewhere.store, desk.store)
    assert_miss(desk, "old")


# --- other builds ---


def test_store_of_another_version_is_not_used(desk: Desk, quick_path: Path) -> None:
    """The other version says things otherwise: whatever of its pages were kept would show."""
    program = quick_path / "program"
    shutil.copytree(CHECKOUT / "generator", program / "generator")  # with what is compiled of it
    shutil.copytree(CHECKOUT / "templates", program / "templates")
    version = program / "generator/yoyak/__init__.py"
    version.write_text(re.sub(r'(__version__ = ")', r"\g<1>99.", version.read_text(encoding="utf-8")), encoding="utf-8")
    feed = program / "templates/feed.json"
    feed.write_text(feed.read_text(encoding="utf-8") + "\n\n", encoding="utf-8")
    environment = {**ENVIRONMENT, "PYTHONPATH": str(program / "generator")}
    for state in ("new", "old"):
        desk.writes(state)
        with start_build(desk.folder, environment=environment) as process:
            assert process.wait() == 0
        with pytest.raises(AssertionError):
            desk.assert_output(state)
        assert_miss(desk, state)


def test_store_that_another_process_holds_is_done_without(desk: Desk) -> None:
    databases = [str(path) for path in databases_of(desk.store)]
    assert databases, "a build left no database in its store"
    holder = subprocess.Popen(
        [sys.executable, "-c", _HOLDER, *databases], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        desk.writes("new")
        assert_clean_end(run_build(desk.folder))
        desk.assert_output("new")
    desk.writes("old")
    assert_miss(desk, "old")


def test_store_that_another_process_reads_is_used(desk: Desk) -> None:
    connections = [sqlite3.connect(path) for path in databases_of(desk.store)]
    assert connections, "a build left no database in its store"
    for connection in connections:
        connection.execute("BEGIN")
        connection.execute("SELECT * FROM sqlite_master").fetchall()
    desk.writes("new")
    assert_clean_end(run_build(desk.folder))
    desk.assert_output("new")
    for connection in connections:
        connection.close()
    assert_miss(desk, "new")


def at_once(desk: Desk, *builds: tuple[str, ...]) -> None:
    """Begin several builds before the first one ends, and assert that each of them ends well."""
    common, folder, started = ("build", "--site", desk.folder, "--at", AT), desk.folder.parent, list[Started]()
    for number, options in enumerate(builds):
        started.append(start_yoyak(*common, *options, said=folder / f"said-{number}", complained=folder / f"{number}"))
    for number, process in enumerate(started):
        code, complained = process.wait(100), (folder / f"{number}").read_text(encoding="utf-8")
        assert_clean_end(subprocess.CompletedProcess(builds[number], code, "", complained))


@pytest.mark.parametrize("_round", range(3))
def test_two_builds_at_once_end_with_one_right_output(desk: Desk, _round: int) -> None:
    desk.writes("new")
    at_once(desk, *(("--jobs", str(jobs)) for jobs in (1, 2)))
    desk.assert_output("new")
    desk.assert_next_build_renders_nothing()


@pytest.mark.parametrize("_round", range(3))
def test_preview_and_a_build_at_once_keep_out_of_each_others_way(desk: Desk, _round: int) -> None:
    """They write to two folders, so that no lock holds one back: only the store is the same."""
    desk.writes("new")
    preview = desk.store / "preview"
    at_once(desk, (), ("--preview", "--output", str(preview)))
    desk.assert_output("new")
    desk.assert_next_build_renders_nothing()
    seen = bytes_of(files_below(preview))
    shutil.rmtree(desk.store)
    build_site(desk.folder, output=preview, preview=True)
    assert bytes_of(files_below(preview)) == seen
