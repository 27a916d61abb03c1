"""Files of events: whole or absent whatever happens, and nothing is read or written outside content/_reviews/."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from incremental.amounts import KILLS
from incremental.processes import ENVIRONMENT, under_strace
from samples import some
from yoyak.messages.errors import YoyakError
from yoyak.model.review import Event, Seen, VoidEvent
from yoyak.model.types import Person
from yoyak.review.events import named, written
from yoyak.review.files import event_at, seen_at, write_event
from yoyak.review.seen import seen_in, seen_text

PATH = "content/2024/07/ferry.md"
FOLDER = "content/_reviews/2024/07/ferry"
AT = datetime(2024, 7, 3, 9, 15, tzinfo=UTC)
KIM = Person(name="Kim", email="kim@example.org")
SEEN: Seen = seen_in((("title", "Ferry"),), ())
HOLD = Event(name="", event="hold", by=KIM, at=AT, seen=SEEN.digest, text="Wait.")
NAME = named(HOLD).name
SCRIPT = """
from pathlib import Path
import sys
from review.test_files import HOLD, PATH, SEEN
from yoyak.messages.errors import YoyakError
from yoyak.review.files import write_event
try:
    write_event(Path(sys.argv[1]), PATH, HOLD, SEEN)
except YoyakError as error:
    print(f"said: {error}")
"""
EVERY = KILLS > 5
"""Kill at every call, not at some of each."""
CALLS = ("mkdir", "mkdirat", "write", "fsync", "rename", "renameat", "renameat2", "openat", "close")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "content").mkdir()
    return tmp_path


def files(site: Path) -> dict[str, bytes]:
    return {one.relative_to(site).as_posix(): one.read_bytes() for one in sorted(site.rglob("*")) if one.is_file()}


WHOLE = {f"{FOLDER}/{NAME}.yaml": written(named(HOLD)), f"{FOLDER}/seen/{SEEN.digest}.txt": seen_text(SEEN).encode()}


def assert_whole_or_absent(site: Path) -> None:
    """Assert that nothing of an event is there that is not all of it; a part has a name that nothing reads."""
    found = {path: data for path, data in files(site).items() if not path.rpartition("/")[2].startswith(".")}
    assert found.items() <= WHOLE.items()


def assert_next_write_works(site: Path) -> None:
    write_event(site, PATH, HOLD, SEEN)
    assert files(site).items() >= WHOLE.items()
    assert event_at(site, f"{FOLDER}/{NAME}.yaml") == named(HOLD)
    assert seen_at(site, PATH, SEEN.digest) == SEEN


def test_an_event_is_written_once(site: Path) -> None:
    assert_next_write_works(site)
    before = (site / FOLDER / f"{NAME}.yaml").stat()
    assert_next_write_works(site)
    assert (site / FOLDER / f"{NAME}.yaml").stat().st_mtime_ns == before.st_mtime_ns
    assert files(site) == WHOLE


# --- ends of a process ----------------------------------------------------------------------------


def _run(site: Path, *inject: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **ENVIRONMENT,
        "PYTHONPATH": f"{ENVIRONMENT['PYTHONPATH']}{os.pathsep}{Path(__file__).parent.parent}",
    }
    command = [*under_strace(*inject), sys.executable, "-c", SCRIPT, str(site)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)


@pytest.fixture(scope="module")
def counts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[int, int]]:
    """Give of each call how often it is made before the site is touched, and in all."""
    folder = tmp_path_factory.mktemp("counted")
    site, log = folder / "site", folder / "calls.txt"
    (site / "content").mkdir(parents=True)
    done = _run(site, f"--trace={','.join(CALLS)}", "-y", "-o", str(log))
    assert done.returncode == 0, done.stderr
    lines = log.read_text(errors="replace").splitlines()
    first = next(number for number, line in enumerate(lines) if str(site) in line)

    def count(some: list[str], call: str) -> int:
        return sum(f" {call}(" in line for line in some)

    return {call: (count(lines[:first], call), count(lines, call)) for call in CALLS if count(lines, call)}


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_a_process_killed_at_any_call_leaves_the_event_whole_or_absent(
    tmp_path: Path, counts: dict[str, tuple[int, int]]
) -> None:
    killed = 0
    for call, (before, count) in counts.items():
        numbers = range(before + 1, count + 1)
        for number in numbers if EVERY else sorted({*some(numbers, len(numbers) // 12), *numbers[-1:]}):
            site = tmp_path / f"{call}-{number}"
            (site / "content").mkdir(parents=True)
            done = _run(site, f"--trace={call}", f"--inject={call}:signal=SIGKILL:when={number}", "-o", os.devnull)
            killed += done.returncode != 0
            assert_whole_or_absent(site)
            assert_next_write_works(site)
    assert killed >= 8


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize("error", ["ENOSPC", "EIO", "EROFS"])
def test_a_disk_that_fails_at_any_call_is_told_and_nothing_half_written_stays(
    tmp_path: Path, error: str, counts: dict[str, tuple[int, int]]
) -> None:
    told = 0
    for call in ("mkdir", "mkdirat", "write", "fsync", "rename", "renameat", "renameat2"):
        before, count = counts.get(call, (0, 0))
        numbers = range(before + 1, count + 1)
        for number in numbers if EVERY else some(numbers[-2:], 1):
            site = tmp_path / f"{call}-{number}"
            (site / "content").mkdir(parents=True)
            inject = f"--inject={call}:error={error}:when={number}"
            done = _run(site, f"--trace={call}", inject, "-o", os.devnull)
            assert "Traceback" not in done.stderr, done.stderr
            told += done.stdout.startswith("said: ")
            assert_whole_or_absent(site)
            if done.stdout:
                assert f"{FOLDER}/{NAME}.yaml" not in files(site)
                assert [path for path in files(site) if "/.yoyak-part-" in path] == []
            assert_next_write_works(site)
    assert told >= 3


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is read-only for root")
def test_a_read_only_folder_is_told(site: Path) -> None:
    (site / "content").chmod(0o500)
    with pytest.raises(YoyakError, match="could not be written"):
        write_event(site, PATH, HOLD, SEEN)
    (site / "content").chmod(0o700)
    assert_next_write_works(site)


def test_a_file_in_the_place_of_a_folder_is_told(site: Path) -> None:
    (site / "content/_reviews").write_text("no folder")
    with pytest.raises(YoyakError, match="could not be written"):
        write_event(site, PATH, HOLD, SEEN)
    assert files(site) == {"content/_reviews": b"no folder"}


# --- what is there already -------------------------------------------------------------------------


def test_a_damaged_event_is_not_taken_for_what_is_written(site: Path) -> None:
    assert_next_write_works(site)
    place = site / FOLDER / f"{NAME}.yaml"
    place.write_bytes(written(named(HOLD))[:40])
    with pytest.raises(YoyakError, match="could not be written"):
        write_event(site, PATH, HOLD, SEEN)
    assert place.read_bytes() == written(named(HOLD))[:40]


def test_a_damaged_text_of_what_was_seen_is_mended_by_the_next_event(site: Path) -> None:
    assert_next_write_works(site)
    place = site / FOLDER / "seen" / f"{SEEN.digest}.txt"
    place.write_bytes(b"title: Fer")
    assert seen_at(site, PATH, SEEN.digest) is None
    assert_next_write_works(site)


def test_line_ends_of_windows_are_the_same_files(site: Path) -> None:
    assert_next_write_works(site)
    for place in (site / FOLDER).rglob("*.*"):
        place.write_bytes(place.read_bytes().replace(b"\n", b"\r\n"))
    assert event_at(site, f"{FOLDER}/{NAME}.yaml") == named(HOLD)
    write_event(site, PATH, HOLD, SEEN)
    assert seen_at(site, PATH, SEEN.digest) == SEEN


# --- links and other things -------------------------------------------------------------------------


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    folder = tmp_path / "outside"
    (folder / "seen").mkdir(parents=True)
    (folder / f"{NAME}.yaml").write_bytes(written(named(HOLD)))
    (folder / "seen" / f"{SEEN.digest}.txt").write_bytes(seen_text(SEEN).encode())
    return folder


@pytest.mark.parametrize("linked", ["content/_reviews", "content/_reviews/2024", FOLDER])
def test_no_link_leads_out_of_the_folder_of_reviews(site: Path, outside: Path, linked: str) -> None:
    below = outside / FOLDER.removeprefix(linked).strip("/")
    below.mkdir(parents=True, exist_ok=True)
    for path, data in WHOLE.items():
        place = below / path.removeprefix(f"{FOLDER}/")
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(data)
    before = files(outside)
    (site / linked).parent.mkdir(parents=True, exist_ok=True)
    (site / linked).symlink_to(outside)
    assert event_at(site, f"{FOLDER}/{NAME}.yaml") == VoidEvent(name=NAME, harmless=False)
    assert seen_at(site, PATH, SEEN.digest) is None
    with pytest.raises(YoyakError, match="could not be written"):
        write_event(site, PATH, HOLD, SEEN)
    assert files(outside) == before


@pytest.mark.parametrize("kind", ["link", "broken link", "pipe", "folder"])
def test_an_event_that_is_no_plain_file_is_void_and_is_left_alone(site: Path, outside: Path, kind: str) -> None:
    place = site / FOLDER / f"{NAME}.yaml"
    place.parent.mkdir(parents=True)
    if kind == "pipe":
        os.mkfifo(place)
    elif kind == "folder":
        place.mkdir()
    else:
        place.symlink_to(outside / f"{NAME}.yaml" if kind == "link" else outside / "nothing")
    assert event_at(site, f"{FOLDER}/{NAME}.yaml") == VoidEvent(name=NAME, harmless=False)
    with pytest.raises(YoyakError, match="could not be written"):
        write_event(site, PATH, HOLD, SEEN)
    assert not (outside / "nothing").exists()


@pytest.mark.parametrize(
    "path",
    [
        "content/가온/섬 배 #1%.md",
        "content/a\nb.md",
        "content/..ferry.md",
        "content/-rf.md",
        "content/seen.md",
        "content/[x]{y}'\".md",
        "content/e\u0301.md",
        "content/x.yaml.md",
        f"content/{'장' * 60}.md",
    ],
)
def test_articles_of_any_name_have_events(site: Path, path: str) -> None:
    event = write_event(site, path, HOLD, SEEN)
    (place,) = (one for one in (site / "content/_reviews").rglob("*.yaml") if one.is_file())
    assert event_at(site, place.relative_to(site).as_posix()) == event
    assert seen_at(site, path, SEEN.digest) == SEEN
