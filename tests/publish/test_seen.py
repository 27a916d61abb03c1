"""What a deploy read of output/ is not read again, and a file that was written since is, whatever its time says."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from time import sleep, time_ns

import pytest

from publish.desks import PAGES, Desk
from publish.test_output import refusal
from yoyak.publish import seen
from yoyak.publish.targets import carry_out

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="every file is read there")
PAGE = "articles/항구/index.html"


@pytest.fixture
def old_desk(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk whose build is some while ago, and read once."""
    monkeypatch.setattr(seen, "_SURE_AFTER", 20_000_000)
    sleep(0.05)
    desk.plans()
    return desk


def record(desk: Desk) -> Path:
    return next((desk.site / ".yoyak/deploy").glob("seen-*"))


def reads(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return what a plan reads of the output, but the manifest."""
    opened: list[str] = []

    def noting(event: str, arguments: tuple[object, ...]) -> None:
        if event == "open" and watching:
            opened.append(Path(os.fsdecode(str(arguments[0]))).name)

    watching = True
    sys.addaudithook(noting)
    desk.plans()
    watching = False
    return [name for name in opened if name in {Path(path).name for path in PAGES}]


def test_what_was_read_is_not_read_again(old_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    assert reads(old_desk, monkeypatch) == []
    record(old_desk).unlink()
    assert sorted(reads(old_desk, monkeypatch)) == sorted(Path(path).name for path in PAGES)


def test_an_edit_of_the_same_length_and_time_is_found(old_desk: Desk) -> None:
    page = old_desk.output / PAGE
    before = page.stat()
    page.write_text(page.read_text(encoding="utf-8").replace("하루", "이틀"), encoding="utf-8")
    os.utime(page, ns=(before.st_atime_ns, before.st_mtime_ns))
    after = page.stat()
    assert (after.st_size, after.st_mtime_ns, after.st_ino) == (before.st_size, before.st_mtime_ns, before.st_ino)
    assert f"changed after the build: {PAGE}" in refusal(old_desk)


def test_a_file_in_the_place_of_another_is_found(old_desk: Desk) -> None:
    page, other = old_desk.output / PAGE, old_desk.site / "other"
    other.write_text(page.read_text(encoding="utf-8").replace("하루", "이틀"), encoding="utf-8")
    os.utime(other, ns=(page.stat().st_atime_ns, page.stat().st_mtime_ns))
    other.replace(page)
    assert f"changed after the build: {PAGE}" in refusal(old_desk)


def test_an_edit_is_found_again_after_it_was_refused(old_desk: Desk) -> None:
    (old_desk.output / PAGE).write_text("by hand", encoding="utf-8")
    for _ in range(2):
        sleep(0.05)
        assert f"changed after the build: {PAGE}" in refusal(old_desk)


def test_a_file_that_was_just_written_is_not_trusted_to_look_as_it_did(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = [place.stat().st_ctime_ns for place in desk.output.rglob("*") if place.is_file()]
    monkeypatch.setattr(seen, "time_ns", lambda: min(written) + seen._SURE_AFTER)  # however busy the machine is
    desk.plans()
    assert not [*(desk.site / ".yoyak/deploy").glob("seen-*")]


def test_a_time_in_the_future_is_not_trusted(old_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    record(old_desk).unlink()
    page = old_desk.output / PAGE
    os.utime(page, ns=(time_ns(), time_ns() + 10**12))  # the time that counts is that of this change
    changed = page.stat().st_ctime_ns
    monkeypatch.setattr(seen, "time_ns", lambda: changed + seen._SURE_AFTER // 2)  # however busy the machine is
    old_desk.plans()
    assert PAGE not in record(old_desk).read_bytes().decode("utf-8", "replace")


@pytest.mark.parametrize("data", [b"", b"\x80", b"\xc1", b"nothing of ours" * 9])
def test_a_damaged_record_is_none(old_desk: Desk, data: bytes) -> None:
    record(old_desk).write_bytes(data)
    assert len(old_desk.plans().added) == len(PAGES) + 1
    (old_desk.output / PAGE).write_text("by hand", encoding="utf-8")
    assert f"changed after the build: {PAGE}" in refusal(old_desk)


def test_a_record_that_others_could_write_is_none(old_desk: Desk) -> None:
    (old_desk.output / PAGE).write_text("by hand", encoding="utf-8")
    record(old_desk).chmod(0o666)
    assert f"changed after the build: {PAGE}" in refusal(old_desk)


def test_a_record_that_cannot_be_kept_stops_no_deploy(desk: Desk) -> None:
    place = seen._place(desk.site, desk.output)
    place.mkdir(parents=True)
    assert len(desk.plans().added) == len(PAGES) + 1


@pytest.mark.parametrize("odd", ["pipe", "link"])
def test_a_record_that_is_no_file_of_ours_is_none(old_desk: Desk, odd: str) -> None:
    place = record(old_desk)
    place.rename(old_desk.site / "elsewhere")
    os.mkfifo(place) if odd == "pipe" else place.symlink_to(old_desk.site / "elsewhere")
    (old_desk.output / PAGE).write_text("by hand", encoding="utf-8")
    assert f"changed after the build: {PAGE}" in refusal(old_desk)


@pytest.fixture
def linked(release_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk with a second release, most of whose files are links to those of the first, as after a long deploy."""
    monkeypatch.setattr(seen, "_SURE_AFTER", 20_000_000)
    monkeypatch.setattr(seen, "_LINKED_BEFORE", -(10**9))
    release_desk.deploys()
    sleep(0.05)
    release_desk.builds({**PAGES, "index.html": "new"})
    sleep(0.05)
    release_desk.deploys()
    sleep(0.05)
    release_desk.plans()
    return release_desk


def test_links_to_the_last_release_are_not_read_again(linked: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    assert reads(linked, monkeypatch) == []
    linked.builds({**PAGES, "index.html": "newer"})
    sleep(0.05)
    linked.deploys()
    assert reads(linked, monkeypatch) == ["index.html"]


def test_an_edit_of_a_release_is_mended(linked: Desk, live: Path) -> None:
    page = live / "current" / PAGE
    before = page.stat()
    page.write_text(page.read_text(encoding="utf-8").replace("하루", "이틀"), encoding="utf-8")
    os.utime(page, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert PAGE in linked.plans().changed
    linked.deploys()
    assert (live / "current" / PAGE).read_text(encoding="utf-8") == PAGES[PAGE]


def test_an_edit_of_a_release_while_the_next_one_is_made_is_not_recorded_as_what_was_read(
    linked: Desk, live: Path
) -> None:
    linked.builds({**PAGES, "index.html": "newer"})
    plan = linked.plans()
    (live / "current" / PAGE).write_text("by hand", encoding="utf-8")
    carry_out(linked.request, plan)
    assert PAGE in linked.plans().changed
