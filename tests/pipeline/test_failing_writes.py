"""Writes that fail: the output is the earlier site or the later one, whole, and nothing that was under way stays."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from disks import another_disk
from pipeline.test_write import opened, texts, write
from sites import article, build_site, built, tree, write_site
from yoyak.files.moves import Moves, Step, settle
from yoyak.files.site_files import cause, unwritten
from yoyak.messages.catalogue import speak
from yoyak.messages.errors import YoyakError
from yoyak.model.build import MANIFEST
from yoyak.model.types import Output
from yoyak.paths import HIDDEN, staging_name
from yoyak.store.lock import LOCK_REPLACED

FIRST = {"a": "1", "gone": "1", "x/deep/gone": "1", "same": "1", "folder/page": "1"}
SECOND = {"a": "2", "new/page": "2", "same": "1", "folder": "2", "x/y": "2"}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    (folder / "content").mkdir(parents=True)
    return folder


@pytest.fixture(params=["one disk", "two disks"])
def output(request: pytest.FixtureRequest, site: Path) -> Iterator[Path]:
    """An output folder beside the store, and one on another disk."""
    if request.param == "one disk":
        yield site / "output"
        return
    with TemporaryDirectory(dir=another_disk(site)) as folder:
        yield Path(folder) / "output"


def everything(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder, the manifest too."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def stage(site: Path, output: Path, files: dict[str, str]) -> tuple[Path, list[Step]]:
    """Stage a build as far as the moves, and return its folder and what it would do; it is never ended."""
    target = opened(site, output)
    staged = [target.stage(Output(path=path, data=text.encode())) for path, text in files.items()]
    changed = [file.path for file in staged if file.change == "changed"]
    removed = tuple(path for path in target.before if path not in files)
    return target.staging, list(target._steps(changed, removed, target._own_places()))


@pytest.mark.parametrize("number", range(1, 8))
def test_a_build_that_ends_between_two_moves_is_undone_by_the_next_command(
    site: Path, output: Path, number: int
) -> None:
    write(site, FIRST, output)
    before = everything(output)
    staging, steps = stage(site, output, SECOND)
    Moves(staging, output).carry_out(steps[:number])
    assert everything(output) != before
    settle(staging, output)
    assert everything(output) == before
    assert not staging.exists()


@pytest.mark.parametrize("number", range(8))
def test_a_move_that_cannot_be_made_takes_back_those_before_it(site: Path, output: Path, number: int) -> None:
    write(site, FIRST, output)
    before = everything(output)
    staging, steps = stage(site, output, SECOND)
    moves = Moves(staging, output)
    steps.insert(number, Step(path="never", new="not-staged", had=False))
    with pytest.raises(FileNotFoundError):
        moves.carry_out(steps)
    assert moves.undo() is None
    assert everything(output).items() >= before.items()
    assert moves.close() is None
    assert everything(output) == before


def test_the_next_build_mends_what_a_killed_one_left_and_leaves_nothing(site: Path, output: Path) -> None:
    write(site, FIRST, output)
    for number in range(1, 7):
        staging, steps = stage(site, output, SECOND)
        Moves(staging, output).carry_out(steps[:number])
        write(site, FIRST, output)
        assert texts(output) == FIRST
        assert [path for path in output.rglob("*") if path.is_dir() and not any(path.iterdir())] == []
        assert [path.name for path in (site / ".yoyak").iterdir()] == []


def test_what_is_put_back_at_the_second_try_leaves_nothing(site: Path, output: Path) -> None:
    write(site, FIRST, output)
    before = everything(output)
    staging, steps = stage(site, output, SECOND)
    moves = Moves(staging, output)
    moves.carry_out(steps)
    (output / "a").unlink()
    _folder(output / "a")
    assert moves.undo() is not None
    shutil.rmtree(output / "a")
    assert moves.undo() is None
    assert moves.close() is None
    assert (everything(output), staging.exists()) == (before, False)


def test_an_undo_that_is_itself_cut_short_can_be_done_again(site: Path) -> None:
    output = site / "output"
    write(site, FIRST)
    before = everything(output)
    staging, steps = stage(site, output, SECOND)
    moves = Moves(staging, output)
    moves.carry_out(steps)
    for number in reversed(range(len(steps) // 2, len(steps))):
        moves._undo(number)
    settle(staging, output)
    assert everything(output) == before


def test_nothing_of_a_withdrawn_article_stays_on_another_disk(site: Path, output: Path) -> None:
    """A build is killed with its pages staged; then the article is withdrawn."""
    write(site, {"a": "1", "b": "1"}, output)
    stage(site, output, {"a": "a withdrawn text", "b": "1"})
    write(site, {"b": "1"}, output)
    assert texts(output) == {"b": "1"}
    assert not (output / HIDDEN).exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root mounts a small disk")
@pytest.mark.parametrize("room", [2, 3, 4])
def test_a_disk_that_fills_up_leaves_the_earlier_site_and_is_named(site: Path, tmp_path: Path, room: int) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={room * 65536}", "tmpfs", disk], check=False)
    if mounted.returncode:
        pytest.skip("no small disk can be mounted")
    try:
        write(site, {f"p{number}": "1" * 10_000 for number in range(8)}, disk / "output")
        before = everything(disk / "output")
        with pytest.raises(
            YoyakError, match=r"output could not be written: the disk is full\. It is as it was"
        ) as told:
            write(site, {f"p{number}": "2" * 60_000 for number in range(8)}, disk / "output")
        assert "staging" not in str(told.value)
        assert everything(disk / "output") == before
    finally:
        subprocess.run(["umount", disk], check=True)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root makes a file immutable")
def test_a_page_that_nobody_may_change_leaves_the_earlier_site(site: Path) -> None:
    write(site, FIRST)
    before = everything(site / "output")
    page = site / "output/a"
    if subprocess.run(["chattr", "+i", page], check=False, capture_output=True).returncode:
        pytest.skip("this disk has no immutable files")
    try:
        with pytest.raises(YoyakError, match=r"there is no permission to write there\. It is as it"):
            write(site, SECOND)
        assert everything(site / "output") == before
    finally:
        subprocess.run(["chattr", "-i", page], check=True)
    assert list((site / ".yoyak").iterdir()) == []


@pytest.mark.slow
def test_where_a_rename_never_works_a_build_goes_on_or_back(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's calls fail from the n-th on: renames, and links as well."""

    def failing(real: Callable[..., None], left: list[int]) -> Callable[..., None]:
        def call(*given: object, **named: object) -> None:
            left[0] -= 1
            if left[0] < 0:
                raise OSError(errno.EIO, os.strerror(errno.EIO))
            real(*given, **named)

        return call

    for number in range(30):
        for names in (("rename",), ("rename", "link"), ("link",), ("unlink",)):
            write(site, FIRST)
            before = everything(site / "output")
            left = [number]
            with monkeypatch.context() as patch:
                for name in names:
                    patch.setattr(os, name, failing(getattr(os, name), left))
                try:
                    write(site, SECOND)
                except YoyakError:
                    assert everything(site / "output") == before, (number, names)
                else:
                    assert texts(site / "output") == SECOND, (number, names)


# --- what stands in the way ---------------------------------------------------------------------


def _folder(place: Path) -> None:
    place.mkdir()
    (place / "theirs").write_text("x", encoding="utf-8")


def _socket(place: Path) -> None:
    with socket.socket(socket.AF_UNIX) as one:
        here = Path.cwd()
        os.chdir(place.parent)  # the name of a socket is short
        try:
            one.bind(place.name)
        finally:
            os.chdir(here)


WAYS: dict[str, Callable[[Path], object]] = {"folder": _folder, "pipe": os.mkfifo, "socket": _socket}


@pytest.mark.timeout(20)
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("path", ["same", "changed", "new", MANIFEST])
def test_what_stands_in_the_place_of_a_file_is_refused_before_the_first_change(site: Path, way: str, path: str) -> None:
    write(site, {"same": "1", "changed": "1", "removed": "1"})
    place = site / "output" / path
    place.unlink(missing_ok=True)
    WAYS[way](place)
    before = {one: stat.S_IFMT(os.lstat(one).st_mode) for one in (site / "output").rglob("*")}
    with pytest.raises(YoyakError, match=r"is not from yoyak and stands where the site needs a file\. Move it away"):
        write(site, {"same": "1", "changed": "2", "new": "1"})
    assert {one: stat.S_IFMT(os.lstat(one).st_mode) for one in (site / "output").rglob("*")} == before
    assert list((site / ".yoyak").iterdir()) == []


@pytest.mark.timeout(20)
@pytest.mark.parametrize("way", ["pipe", "socket"])
def test_what_stands_in_the_place_of_a_folder_is_refused(site: Path, way: str) -> None:
    write(site, {"a": "1"})
    WAYS[way](site / "output/new")
    with pytest.raises(YoyakError, match="stands where the site needs a folder"):
        write(site, {"a": "2", "new/page": "1"})
    assert (site / "output/a").read_text(encoding="utf-8") == "1"


@pytest.mark.timeout(60)
@pytest.mark.parametrize("way", ["folder", "pipe", "link"])
@pytest.mark.parametrize("name", ["store.lock", "store.sqlite", "staging"])
def test_what_stands_in_the_store_never_stops_a_build(tmp_path: Path, way: str, name: str) -> None:
    site = write_site(tmp_path / "site", {"content/a.md": article()}, plain=True)
    (site / ".yoyak").mkdir()
    (tmp_path / "victim").write_text("x", encoding="utf-8")
    place = site / ".yoyak" / (staging_name(site / "output") if name == "staging" else name)
    WAYS[way](place) if way in WAYS else place.symlink_to(tmp_path / "victim")
    report = build_site(site).report
    assert report.complete
    assert name != "store.lock" or any(note == LOCK_REPLACED for note in report.notes)
    assert (tmp_path / "victim").read_text(encoding="utf-8") == "x"


# --- other commands ------------------------------------------------------------------------------


def test_a_build_removes_what_a_killed_one_of_another_output_left(tmp_path: Path) -> None:
    built(tmp_path, {"content/a.md": article()})
    before = tree(tmp_path / "output")
    staging, steps = stage(tmp_path, tmp_path / "output", {"articles/a/index.html": "half"})
    Moves(staging, tmp_path / "output").carry_out(steps)
    assert tree(tmp_path / "output") != before
    build_site(tmp_path, preview=True, output=tmp_path / ".yoyak/preview")
    assert tree(tmp_path / "output") == before
    assert not staging.exists()


def test_a_check_puts_back_what_a_killed_build_had_changed(tmp_path: Path) -> None:
    built(tmp_path, {"content/a.md": article()})
    before = tree(tmp_path / "output")
    staging, steps = stage(tmp_path, tmp_path / "output", {"articles/a/index.html": "half"})
    Moves(staging, tmp_path / "output").carry_out(steps)
    build_site(tmp_path, check_only=True)
    assert (tree(tmp_path / "output"), staging.exists()) == (before, False)


# --- words -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.ENOSPC, "the disk is full"), (errno.EDQUOT, "quota"), (errno.EMFILE, "too many files are open"),
     (errno.EACCES, "no permission"), (errno.EIO, "the disk reports an error"), (errno.ELOOP, "too many levels")],
)  # fmt: skip
def test_the_cause_is_told_in_words(number: int, words: str) -> None:
    error = OSError(number, os.strerror(number), "/site/.yoyak/staging-1/tree/x")
    assert words in speak(cause(error))
    assert "staging" not in str(unwritten("/site/output", error))


def test_staged_files_that_cannot_be_listed_are_not_taken_for_none(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(site, {"a": "1", "b/c": "1"})
    before = everything(site / "output")
    real = os.listdir

    def refused(path: str | os.PathLike[str] = ".") -> list[str]:
        if "staging-" in os.fspath(path):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), os.fspath(path))
        return real(path)

    monkeypatch.setattr(os, "listdir", refused)
    with pytest.raises(YoyakError, match="could not be written: there is no permission"):
        write(site, {"a": "2", "b/c": "2"})
    monkeypatch.undo()
    assert everything(site / "output") == before


def test_a_disk_that_says_no_more_what_stands_where_leaves_one_whole_site(
    site: Path, output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From some question on each fails, so that nothing can be asked on the way back either."""
    write(site, SECOND, output)
    second = everything(output)
    write(site, FIRST, output)
    first, asked, lstat = everything(output), 0, os.lstat

    def failing(*arguments: Any, **more: Any) -> os.stat_result:
        nonlocal asked
        asked += 1
        if asked > last:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), arguments[0])
        return lstat(*arguments, **more)

    for last in range(200):
        target, asked = opened(site, output), 0
        with monkeypatch.context() as patched:
            patched.setattr(os, "lstat", failing)
            with suppress(YoyakError, OSError):
                staged = [target.stage(Output(path=path, data=text.encode())) for path, text in SECOND.items()]
                target.commit(staged, preview=False, base_url="https://digest.example.org/")
            with suppress(YoyakError, OSError):
                target.close()
        found = {path: data for path, data in everything(output).items() if not path.startswith(HIDDEN)}
        assert found in (first, second), last
        if asked <= last:
            break
        write(site, FIRST, output)
        assert everything(output) == first
    assert asked <= last


def _exchanged(output: Path, path: str, away: Path) -> None:
    """Put a link in the place of a folder; what lies behind it has the same names and is somebody else's."""
    (output / path).rename(output.with_name("aside"))
    (output / path).symlink_to(away)


@pytest.fixture
def away(tmp_path: Path) -> Path:
    folder = tmp_path / "away"
    for name in ("gone", "deep/gone"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("somebody else's")
    return folder


@pytest.mark.skipif(os.name == "nt", reason="links need a right on Windows")
@pytest.mark.parametrize("path", ["x/deep", "x"])
def test_what_lies_behind_a_link_that_came_amid_the_moves_is_left_alone(
    site: Path, output: Path, away: Path, path: str
) -> None:
    write(site, FIRST, output)
    theirs = everything(away)
    staging, steps = stage(site, output, SECOND)
    _exchanged(output, path, away)
    moves = Moves(staging, output)
    with suppress(OSError):
        moves.carry_out(steps)
    assert everything(away) == theirs
    assert moves.undo() is None
    assert everything(away) == theirs
    settle(staging, output)
    write(site, SECOND, output)
    assert everything(away) == theirs
    assert texts(output) == SECOND


@pytest.mark.skipif(os.name == "nt", reason="links need a right on Windows")
@pytest.mark.parametrize("path", ["x/deep", "x"])
def test_to_put_back_what_was_changes_nothing_behind_a_link(site: Path, output: Path, away: Path, path: str) -> None:
    write(site, FIRST, output)
    theirs = everything(away)
    staging, steps = stage(site, output, SECOND)
    Moves(staging, output).carry_out(steps)
    _exchanged(output, path, away)
    settle(staging, output)
    assert everything(away) == theirs
    assert (output / "a").read_text() == "1"


def test_a_folder_that_is_gone_for_a_moment_is_not_reached_by_its_name(site: Path, output: Path) -> None:
    write(site, FIRST, output)
    staging, steps = stage(site, output, SECOND)
    (output / "x/deep").rename(output.with_name("aside"))
    moves = Moves(staging, output)
    with pytest.raises(OSError, match="the folder x/deep in it was exchanged"):
        moves.carry_out(steps)
    assert moves.undo() is None
    assert (output / "a").read_text() == "1"


def test_a_folder_that_became_a_link_is_named(site: Path, output: Path, away: Path) -> None:
    write(site, FIRST, output)
    staging, steps = stage(site, output, SECOND)
    _exchanged(output, "x/deep", away)
    with pytest.raises(OSError, match="the folder x/deep in it was exchanged while it was written"):
        Moves(staging, output).carry_out(steps)


_ENDED = """
import os, signal, sys
signal.signal(signal.SIGHUP, signal.SIG_DFL)  # a test run may ignore it
from pathlib import Path
from yoyak.model.types import Output
from yoyak.pipeline.write import open_target

site, output, sign, when = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
count, begun = 0, False

def watch(event, args):
    global count, begun
    if event != "os.rename":
        return
    begun = begun or str(args[1]).endswith("/journal")
    count += begun
    if count == when:
        os.kill(os.getpid(), sign)

sys.addaudithook(watch)
target = open_target(output, site, site / ".yoyak")
staged = [target.stage(Output(path=path, data=text.encode())) for path, text in eval(sys.argv[5]).items()]
target.commit(staged, preview=False, base_url="https://digest.example.org/")
"""


@pytest.mark.skipif(os.name == "nt", reason="signals are those of POSIX")
@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
@pytest.mark.parametrize("when", [1, 2, 3, 5])
def test_a_build_that_is_told_to_end_first_ends_its_moves(
    site: Path, output: Path, sign: signal.Signals, when: int
) -> None:
    write(site, FIRST, output)
    wanted = [sys.executable, "-c", _ENDED, str(site), str(output), str(int(sign)), str(when), repr(SECOND)]
    ended = subprocess.run(wanted, capture_output=True, check=False, timeout=60)
    assert ended.returncode == -sign
    settle(output / HIDDEN, output)
    assert texts(output) == SECOND
