"""A repaired file takes its place whole or not at all, and only the place of the bytes that were read."""

from __future__ import annotations

import os
import re
import shutil
import signal
import stat
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal
from unicodedata import normalize

import pytest
from filelock import FileLock

from fixing.desks import SETTINGS, head, run
from sites import write_site
from yoyak.files.saving import PART, NotSavedError, save
from yoyak.messages.catalogue import speak
from yoyak.messages.errors import YoyakError
from yoyak.store.stamps import ignored

WRONG = head("title: 배", "date: 2024-07-03", "themes: [transprot]").encode()
RIGHT = WRONG.replace(b"transprot", b"transport")
A = "content/a.md"
CHANGES = ("os.rename", "os.remove", "os.chmod", "os.mkdir", "os.chown", "os.setxattr")


def site(folder: Path, files: dict[str, str | bytes] | None = None) -> Path:
    return write_site(folder, {A: WRONG} if files is None else files, SETTINGS)


def parts(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.name.startswith(PART)]


@pytest.mark.parametrize("how", ["killed", "disk full"])
def test_a_run_that_is_cut_short_leaves_each_file_old_or_new(
    tmp_path: Path, how: Literal["killed", "disk full"]
) -> None:
    paths = [f"content/{name}.md" for name in "ab"]
    for number in range(1, 100):
        folder = site(tmp_path / str(number), dict.fromkeys(paths, WRONG))
        ended = cut_short(folder, how, number)
        found = {(folder / path).read_bytes() for path in paths}
        assert found <= {WRONG, RIGHT}, number
        if how == "disk full":
            assert parts(folder) == []
        assert run(folder, write=True).clean
        assert [(folder / path).read_bytes() for path in paths] == [RIGHT] * 2, number
        assert parts(folder) == [], number
        if ended and number > 10:
            return
    pytest.fail("a run has fewer changes")


def cut_short(folder: Path, how: str, number: int) -> bool:
    """Run `fix` in a child that is killed right before the K-th change in content/; tell whether it came to its end."""
    child = os.fork()
    if child == 0:
        try:
            interrupt(str(folder / "content"), how, number)
            os._exit(0 if run(folder, write=True).clean else 1)
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    return status == 0


def interrupt(target: str, how: str, number: int) -> None:
    """Watch the interpreter's own audit events: they come right before each system call."""
    count, mine = 0, os.getpid()

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal count
        writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_CREAT | os.O_DIRECTORY)
        if os.getpid() != mine or not (event in CHANGES or writes):
            return
        if not (isinstance(arguments[0], int) or str(arguments[0]).startswith(target)):
            return
        count += 1
        if count == number and how == "killed":
            os.kill(mine, signal.SIGKILL)
        if count == number:
            raise OSError(28, "No space left on device", str(arguments[0]))

    sys.addaudithook(watch)


def test_bytes_are_on_the_disk_before_the_name_and_the_name_before_the_end(tmp_path: Path, checkout: Path) -> None:
    strace = shutil.which("strace")
    if strace is None:
        pytest.skip("strace is missing")
    log = tmp_path / "log"
    command = [strace, "-f", "-y", "-o", str(log), "-e", "trace=fsync,rename,renameat,renameat2"]
    command += [sys.executable, "-m", "yoyak", "fix", "--write", "--site", str(site(tmp_path / "site"))]
    done = subprocess.run(command, env=os.environ | {"PYTHONPATH": str(checkout / "generator")}, capture_output=True)
    assert done.returncode == 0, done.stderr
    calls = [line for line in log.read_text(encoding="utf-8").splitlines() if f"{tmp_path}/site/content" in line]
    names = [match[1] for line in calls if (match := re.search(r"\b(fsync|rename\w*)\(", line))]
    assert [name.rstrip("at2") for name in names] == ["fsync", "rename", "fsync"]
    assert PART in calls[0]
    assert "site/content>" in calls[2]


def test_a_file_that_was_changed_since_is_left_alone(tmp_path: Path) -> None:
    folder = site(tmp_path, {A: "somebody was faster"})
    with pytest.raises(NotSavedError, match="it was changed while it was read"):
        save(folder, A, WRONG, RIGHT)
    assert (folder / A).read_text() == "somebody was faster"
    assert parts(folder) == []


def test_a_file_that_is_gone_stays_gone(tmp_path: Path) -> None:
    folder = site(tmp_path, {})
    with pytest.raises(NotSavedError, match="it is gone"):
        save(folder, A, WRONG, RIGHT)
    assert not (folder / A).exists()


def test_mode_owner_and_attributes_stay(tmp_path: Path) -> None:
    folder = site(tmp_path)
    place = folder / A
    place.chmod(0o640)
    if os.geteuid() == 0:
        os.chown(place, 1234, 4321)
    with suppress(OSError):  # a disk without attributes
        os.setxattr(place, "user.desk", b"night")
    before = place.stat()
    attributes = {name: os.getxattr(place, name) for name in os.listxattr(place)}
    assert run(folder, write=True).clean
    after = place.stat()
    assert place.read_bytes() == RIGHT
    assert stat.S_IMODE(after.st_mode) == 0o640
    assert (after.st_uid, after.st_gid) == (before.st_uid, before.st_gid)
    assert {name: os.getxattr(place, name) for name in os.listxattr(place)} == attributes


def test_a_link_inside_content_stays_a_link(tmp_path: Path) -> None:
    folder = site(tmp_path)
    (folder / "content/b.md").symlink_to("a.md")
    report = run(folder, write=True)
    assert [(file.path, file.written) for file in report.files] == [(A, True), ("content/b.md", True)]
    assert (folder / "content/b.md").is_symlink()
    assert (folder / A).read_bytes() == RIGHT


def test_what_lies_outside_of_the_site_is_not_written(tmp_path: Path) -> None:
    folder = site(tmp_path / "site", {})
    outside = tmp_path / "outside.md"
    outside.write_bytes(WRONG)
    (folder / A).symlink_to(outside)
    assert run(folder, write=True).files == ()
    with pytest.raises(NotSavedError, match="a link to a file outside"):
        save(folder, A, WRONG, RIGHT)
    assert outside.read_bytes() == WRONG


def test_settings_that_are_a_link_out_of_the_site_are_not_written(tmp_path: Path) -> None:
    folder = site(tmp_path / "site", {})
    wrong = SETTINGS.replace("Seoul", "Seuol")
    (tmp_path / "site.yaml").write_text(wrong, encoding="utf-8")
    (folder / "site.yaml").unlink()
    (folder / "site.yaml").symlink_to("../site.yaml")
    report = run(folder, write=True)
    assert [speak(file.trouble) for file in report.files] == [
        "Not repaired: it is a link to a file outside of the site. Copy the file here instead."
    ]
    assert (tmp_path / "site.yaml").read_text(encoding="utf-8") == wrong


def test_a_name_with_its_letters_taken_apart_stays_so(tmp_path: Path) -> None:
    folder = site(tmp_path, {})
    name = normalize("NFD", "항구")
    (folder / "content" / name).mkdir()
    (folder / "content" / name / f"{name}.md").write_bytes(WRONG)
    report = run(folder, write=True)
    assert [file.path for file in report.files] == ["content/항구/항구.md"]
    assert report.clean
    assert [path.name for path in (folder / "content").rglob("*")] == [name, f"{name}.md"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everything")
def test_a_file_that_may_not_be_written_is_told(tmp_path: Path) -> None:
    folder = site(tmp_path)
    (folder / A).chmod(0o444)
    report = run(folder, write=True)
    assert [speak(file.trouble) for file in report.files] == [
        "Not repaired: it may not be written. Give yourself the right to write it."
    ]
    assert not report.clean


def test_two_runs_do_not_write_at_once(tmp_path: Path) -> None:
    folder = site(tmp_path)
    (folder / ".yoyak").mkdir()
    with FileLock(folder / ".yoyak/fix.lock"), pytest.raises(YoyakError, match="Another yoyak fix is writing"):
        run(folder, write=True)
    assert run(folder).files != ()


def test_nothing_that_is_half_written_is_content(tmp_path: Path) -> None:
    folder = site(tmp_path)
    (folder / f"content/{PART}0123456789abcdef").write_bytes(b"---")
    assert ignored(PART)
    assert [file.path for file in run(folder).files] == [A]
