"""A deploy to a folder in releases, and the way back."""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path

import pytest

from publish.desks import PAGES, Desk, tree, write
from publish.interrupted import Interruption, deploy_interrupted, deploys_met_by
from yoyak.messages.errors import YoyakError
from yoyak.model.targets import FolderTarget
from yoyak.publish.journal import PART
from yoyak.publish.releases import OLD, RECORD, is_release
from yoyak.publish.targets import list_releases

CHANGED = {**PAGES, "index.html": "new front"}
MANY = {f"tags/{n}/index.html": f"tag {n}" for n in range(30)}


@pytest.fixture
def live(quick_path: Path) -> Path:
    return quick_path / "live"


def shown(live: Path) -> dict[str, bytes]:
    """Return what a web server shows whose document root is the link."""
    return {path: data for path, data in tree((live / "current").resolve()).items() if path != RECORD}


def releases(live: Path) -> list[str]:
    return sorted(path.name for path in (live / "releases").iterdir())


def deploys_of(desk: Desk, *fronts: str) -> list[str]:
    return [
        (desk.builds({**PAGES, "index.html": front}), desk.deploys().release)[1]  # type: ignore[func-returns-value]
        for front in fronts
    ]


def test_first_deploy_is_behind_a_relative_link(release_desk: Desk, live: Path) -> None:
    name = release_desk.deploys().release
    assert str((live / "current").readlink()) == f"releases/{name}"
    assert is_release(name)
    assert shown(live) == tree(release_desk.output)


def test_plan_changes_nothing(release_desk: Desk, live: Path) -> None:
    assert len(release_desk.plans().added) == len(PAGES) + 1
    assert not live.exists()


def test_second_deploy_touches_nothing(release_desk: Desk, live: Path) -> None:
    release_desk.deploys()
    before = {path: path.lstat() for path in (live, *live.rglob("*"))}
    report = release_desk.deploys()
    assert (report.release, report.size, report.unchanged) == ("", 0, len(PAGES) + 1)
    assert {path: path.lstat().st_mtime_ns for path in (live, *live.rglob("*"))} == {
        path: status.st_mtime_ns for path, status in before.items()
    }


def test_unchanged_files_are_links_to_the_last_release(release_desk: Desk, live: Path) -> None:
    first = release_desk.deploys().release
    release_desk.builds(CHANGED)
    second = release_desk.deploys().release
    paths = [live / "releases" / name for name in (first, second)]
    assert (paths[0] / "feed.xml").stat().st_ino == (paths[1] / "feed.xml").stat().st_ino
    assert (paths[0] / "index.html").read_text() == PAGES["index.html"]
    assert shown(live) == tree(release_desk.output)


def test_file_system_without_links_gets_copies(release_desk: Desk, live: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(*_: object, **__: object) -> None:
        raise PermissionError(1, os.strerror(1))

    release_desk.deploys()
    write(live / "current", {"mine.txt": "mine"})
    release_desk.builds(CHANGED)
    monkeypatch.setattr(os, "link", refuses)
    release_desk.deploys()
    assert shown(live) == {**tree(release_desk.output), "mine.txt": b"mine"}


def test_only_so_many_releases_stay(release_desk: Desk, live: Path) -> None:
    names = deploys_of(release_desk, *"abcde")
    assert releases(live) == names[2:]


def test_file_of_ours_that_was_edited_there_is_new_in_the_next_release(release_desk: Desk, live: Path) -> None:
    first = release_desk.deploys().release
    write(live / "current", {"feed.xml": "defaced"})
    assert release_desk.plans().changed == ("feed.xml",)
    release_desk.deploys()
    assert shown(live) == tree(release_desk.output)
    assert (live / "releases" / first / "feed.xml").read_text() == "defaced"


def test_file_of_others_in_the_live_release_goes_along(release_desk: Desk, live: Path) -> None:
    release_desk.deploys()
    write(live / "current", {".well-known/acme": "token", "articles/note.txt": "mine"})
    (live / "current" / "uploads").symlink_to("/srv/uploads")
    for front in "abcdef":
        deploys_of(release_desk, front)
    found = tree((live / "current").resolve())
    assert (found[".well-known/acme"], found["articles/note.txt"], found["uploads"]) == (
        b"token",
        b"mine",
        b"-> /srv/uploads",
    )
    assert len(releases(live)) == 3


def test_file_of_others_in_an_old_release_only_stays(release_desk: Desk, live: Path) -> None:
    first = release_desk.deploys().release
    deploys_of(release_desk, "a")
    write(live / "releases" / first, {"mine.txt": "mine"})
    deploys_of(release_desk, *"bcd")
    assert tree(live / "releases" / f"{OLD}{first}") == {"mine.txt": b"mine"}


def test_what_is_beside_the_releases_stays(release_desk: Desk, live: Path) -> None:
    write(live, {"robots.txt": "mine", "releases/notes.txt": "mine", "releases/20240101/x": "mine"})
    with pytest.raises(YoyakError, match="--adopt"):
        release_desk.deploys()
    release_desk.deploys(adopt=True)
    deploys_of(release_desk, *"abcd")
    assert {"robots.txt", "releases/notes.txt", "releases/20240101/x"} <= tree(live).keys()


@pytest.mark.parametrize("what", ["file", "folder", "link elsewhere", "releases file", "releases link"])
def test_something_in_the_place_of_the_link_is_refused(
    release_desk: Desk, live: Path, tmp_path: Path, what: str
) -> None:
    (tmp_path / "elsewhere").mkdir()
    live.mkdir()
    match what:
        case "file":
            (live / "current").write_text("mine")
        case "folder":
            write(live, {"current/index.html": "mine"})
        case "link elsewhere":
            (live / "current").symlink_to(tmp_path / "elsewhere")
        case "releases file":
            (live / "releases").write_text("mine")
        case "releases link":
            (live / "releases").symlink_to(tmp_path / "elsewhere")
    before = tree(live)
    with pytest.raises(YoyakError, match="not yoyak's"):
        release_desk.deploys(adopt=True)
    assert (tree(live), tree(tmp_path / "elsewhere")) == (before, {})


def test_folder_in_place_does_not_become_one_of_releases(release_desk: Desk, live: Path) -> None:
    desk = release_desk
    desk.target = FolderTarget(path="../live")
    desk.deploys()
    desk.target = FolderTarget(path="../live", mode="release")
    with pytest.raises(YoyakError, match="deployed in place"):
        desk.deploys()
    assert tree(live) == tree(desk.output)


def test_folder_of_releases_does_not_become_one_in_place(release_desk: Desk, live: Path) -> None:
    release_desk.deploys()
    release_desk.target = FolderTarget(path="../live")
    with pytest.raises(YoyakError, match="has releases"):
        release_desk.deploys(adopt=True)


def test_many_removals_and_another_site_need_consent(release_desk: Desk, live: Path) -> None:
    release_desk.builds({**PAGES, **MANY})
    release_desk.deploys()
    release_desk.builds()
    with pytest.raises(YoyakError, match="removes 30 of the 35"):
        release_desk.deploys()
    release_desk.builds(base_url="https://other.example.org/")
    with pytest.raises(YoyakError, match="holds another site"):
        release_desk.deploys()
    assert release_desk.deploys(confirm_removals=30).removed == 30


def test_modes_are_those_that_a_web_server_can_read(release_desk: Desk, live: Path) -> None:
    mask = os.umask(0o077)
    try:
        release_desk.deploys()
    finally:
        os.umask(mask)
    modes = {(path.is_dir(), stat.S_IMODE(path.stat().st_mode)) for path in (live, *live.rglob("*"))}
    assert modes == {(True, 0o755), (False, 0o644)}


# --- the way back ---


def test_rollback_shows_what_was_live_before(release_desk: Desk, live: Path) -> None:
    names = deploys_of(release_desk, *"abc")
    report = release_desk.goes_back()
    assert (report.before, report.now) == (names[2], names[1])
    assert shown(live)["index.html"] == b"b"
    assert release_desk.goes_back().now == names[0]
    assert release_desk.goes_back(to=names[2]).now == names[2]
    assert shown(live)["index.html"] == b"c"


def test_deploy_after_a_rollback_knows_what_was_live(release_desk: Desk, live: Path) -> None:
    names = deploys_of(release_desk, *"ab")
    release_desk.goes_back()
    (latest,) = deploys_of(release_desk, "c")
    assert (release_desk.goes_back().now, shown(live)["index.html"]) == (names[0], b"a")
    assert latest in releases(live)


def test_releases_are_listed(release_desk: Desk) -> None:
    names = deploys_of(release_desk, *"ab")
    listed = list_releases(release_desk.request)
    assert [(one.name, one.live, one.before, one.files) for one in listed] == [
        (names[1], True, names[0], len(PAGES) + 1),
        (names[0], False, "", len(PAGES) + 1),
    ]
    assert listed[0].at[:4] == names[1][:4]


def test_rollback_to_a_damaged_release_is_refused(release_desk: Desk, live: Path) -> None:
    names = deploys_of(release_desk, *"ab")
    (live / "releases" / names[0] / "articles/항구/index.html").unlink()
    with pytest.raises(YoyakError, match=r"not as it was deployed.*articles/항구/index\.html"):
        release_desk.goes_back()
    assert shown(live)["index.html"] == b"b"


def test_damaged_live_release_keeps_nobody_from_going_back(release_desk: Desk, live: Path) -> None:
    names = deploys_of(release_desk, *"ab")
    (live / "releases" / names[1] / ".yoyak-manifest.json").write_text("{")
    assert [one.name for one in list_releases(release_desk.request)] == names[::-1]
    release_desk.goes_back()
    assert shown(live)["index.html"] == b"a"
    with pytest.raises(YoyakError, match="not a list of files"):
        release_desk.goes_back(to=names[1])


@pytest.mark.parametrize("name", ["../../etc", "/etc", ".", "20240101-000000-00000000", "-x"])
def test_rollback_to_a_strange_name_is_refused(release_desk: Desk, name: str) -> None:
    deploys_of(release_desk, *"ab")
    with pytest.raises(YoyakError, match="has no release"):
        release_desk.goes_back(name)


# --- cut short ---


@pytest.mark.parametrize("how", ["killed", "disk full"])
def test_deploy_that_is_cut_short_anywhere_leaves_one_whole_release(
    release_desk: Desk, live: Path, how: Interruption
) -> None:
    release_desk.target = FolderTarget(path="../live", mode="release", keep=2)
    release_desk.builds({**PAGES, "old.html": "old"})
    for number in range(1, 1000):
        shutil.rmtree(live, ignore_errors=True)
        write(live, {"CNAME": "mine", "releases/mine.txt": "mine"})
        release_desk.builds({"index.html": "older", "tags/1/index.html": "1"})
        release_desk.deploys(adopt=True)
        release_desk.builds({**PAGES, "old.html": "old"})
        release_desk.deploys(confirm_removals=50)
        write(live / "current", {"acme/token": "mine"})
        old = shown(live)
        release_desk.builds(CHANGED)
        said = deploy_interrupted(release_desk, live, how, number)
        new = {**tree(release_desk.output), "acme/token": b"mine"}
        assert shown(live) in (old, new), number
        if how == "disk full" and said:
            assert "is full" in said, said
            assert PART not in said, said
        release_desk.deploys()
        assert shown(live) == new, number
        assert [name for name in releases(live) if not is_release(name)] == ["mine.txt"], number
        assert len(releases(live)) == 3, number
        assert (live / "CNAME").read_text() == "mine"
        assert not os.path.lexists(live / f"{PART}current")
        if said is None:
            assert number > 30
            return


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize(
    ("calls", "most"),
    [
        ("?rename,?renameat,?renameat2", 7),
        ("?link,?linkat", 3),
        ("?symlink,?symlinkat", 1),
        ("?mkdir,?mkdirat", 9),
        ("?unlink,?unlinkat", 12),
        ("?rmdir", 4),
        ("?write,?sendfile,?copy_file_range", 4),
        ("?fsync,?fdatasync", 10),
    ],
)
def test_fault_at_a_system_call_leaves_one_whole_release(release_desk: Desk, live: Path, calls: str, most: int) -> None:
    release_desk.target = FolderTarget(path="../live", mode="release", keep=2)

    def begin() -> None:
        shutil.rmtree(live, ignore_errors=True)
        deploys_of(release_desk, "older", "old")
        release_desk.builds(CHANGED)

    begin()
    old, new = shown(live), tree(release_desk.output)
    for done in deploys_met_by(calls, most, release_desk, begin):
        assert shown(live) in (old, new), done
        assert "Traceback" not in done.stderr, done
        assert PART not in done.stderr, done
        release_desk.deploys()
        assert shown(live) == new, done
        assert (len(releases(live)), all(map(is_release, releases(live)))) == (2, True), done


def test_first_deploy_that_is_cut_short_goes_on_without_consent(release_desk: Desk, live: Path) -> None:
    for number in range(1, 1000):
        shutil.rmtree(live, ignore_errors=True)
        said = deploy_interrupted(release_desk, live, "killed", number)
        release_desk.deploys()
        assert shown(live) == tree(release_desk.output), number
        if said is None:
            return


def test_rollback_after_a_deploy_that_was_killed_goes_to_other_content(release_desk: Desk, live: Path) -> None:
    for number in range(1, 1000):
        shutil.rmtree(live, ignore_errors=True)
        deploys_of(release_desk, "a")
        release_desk.builds(CHANGED)
        said = deploy_interrupted(release_desk, live, "killed", number)
        release_desk.deploys()
        release_desk.goes_back()
        assert shown(live)["index.html"] == b"a", number
        if said is None:
            return
