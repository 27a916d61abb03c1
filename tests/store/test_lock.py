"""A build works in a folder that nobody else can exchange, and believes no store that others could write."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Callable
from pathlib import Path
from zlib import crc32

import pytest

from incremental.processes import run_build, under_strace
from sites import article, build_site, write_site
from yoyak.build.store_recovery import OF_ANOTHER
from yoyak.importing.results import ImportRequest
from yoyak.importing.run import import_originals
from yoyak.messages.catalogue import speak
from yoyak.messages.errors import YoyakError
from yoyak.model.build import BuildRequest
from yoyak.store.lock import alone, workplace_of
from yoyak.store.place import secret_file

pytestmark = pytest.mark.skipif(not hasattr(os, "getuid"), reason="this system has no such rights")
STRANGER = 54321
as_root = pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="only root can give files away")
TRUE, FORGED = "참된 제목", "거짓 제목"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site with its own temporary folder and its own home."""
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    site = write_site(tmp_path / "site", {"content/a.md": article(title=TRUE)}, plain=True)
    site.chmod(0o755)
    return site


def expose(site: Path) -> BuildRequest:
    """Let everybody write to .yoyak/ of a site."""
    request = BuildRequest(folder=site)
    request.store.mkdir(exist_ok=True)
    request.store.chmod(0o777)
    return request


def share(site: Path) -> None:
    """Let a group write to a site and its .yoyak/."""
    site.chmod(0o775)
    (site / ".yoyak").mkdir(exist_ok=True)
    (site / ".yoyak").chmod(0o775)


# --- the place ---


def test_a_build_works_in_the_site_where_only_its_people_can_write(site: Path) -> None:
    assert workplace_of(BuildRequest(folder=site)) == site / ".yoyak"


def test_a_folder_that_strangers_can_write_to_is_not_used(site: Path) -> None:
    place = workplace_of(expose(site))
    assert place
    assert place.parent == site.parent / "temporary"
    assert place.stat().st_mode & 0o777 == 0o700
    assert workplace_of(expose(site)) == place


@pytest.mark.parametrize("made", ["mode", "link", "file", "readable"])
def test_a_fallback_that_somebody_else_may_have_made_is_not_used(site: Path, made: str) -> None:
    place = workplace_of(expose(site))
    assert place
    _made_by_somebody(place, made)
    with alone(expose(site)) as work:
        assert work.folder != place
        assert work.folder.resolve() != place.resolve()
        assert work.folder.stat().st_mode & 0o777 == 0o700
        (work.folder / "staging").mkdir()
    assert not work.folder.exists()


def _made_by_somebody(place: Path, made: str) -> None:
    if made in ("mode", "readable"):
        place.chmod(0o777 if made == "mode" else 0o755)
        return
    place.rename(place.with_name("real"))
    if made == "link":
        place.symlink_to("real")
    else:
        place.write_text("")


@as_root
def test_a_fallback_of_another_user_is_not_used(site: Path) -> None:
    place = workplace_of(expose(site))
    assert place
    os.chown(place, STRANGER, -1)
    assert workplace_of(expose(site)) is None


def test_a_build_in_an_exposed_folder_says_so_and_leaves_nothing_there(site: Path) -> None:
    expose(site)
    built = build_site(site)
    assert [note for note in built.report.notes if "chmod go-w" in speak(note)]
    assert list((site / ".yoyak").iterdir()) == []
    assert not build_site(site).report.written


def test_files_that_come_from_a_private_folder_have_their_ordinary_rights(site: Path) -> None:
    before = os.umask(0o022)
    try:
        usual = _modes(build_site(site).output)
        expose(site)
        assert _modes(build_site(site, output=site / "other").output) == usual
    finally:
        os.umask(before)


def _modes(output: Path) -> dict[str, int]:
    return {path.relative_to(output).as_posix(): path.stat().st_mode for path in sorted(output.rglob("*"))}


def test_an_import_into_an_exposed_site_stops(site: Path) -> None:
    expose(site)
    with pytest.raises(YoyakError, match="chmod go-w"):
        import_originals(ImportRequest(folder=site, named=()))


def test_the_mark_of_a_failed_build_is_not_written_through_a_link(site: Path) -> None:
    share(site)
    victim = site.parent / "victim"
    victim.write_text("mine")
    (site / ".yoyak" / "failed-build").symlink_to(victim)
    (site / "content" / "b.md").write_text("---\ndate: gibberish\n---\n")
    assert not build_site(site).report.complete
    assert victim.read_text() == "mine"
    assert (site / ".yoyak" / "failed-build").is_file()


def test_a_store_that_is_a_link_is_not_written_through(site: Path) -> None:
    share(site)
    victim = site.parent / "victim"
    (site / ".yoyak" / "store.sqlite").symlink_to(victim)
    build_site(site)
    assert not victim.exists()


# --- the rows ---


def forge(store: Path) -> None:
    """Give the article another title, with the checksum that anybody can compute."""
    with sqlite3.connect(store) as database:
        ((value,),) = database.execute("SELECT value FROM articles WHERE path = 'content/a.md'")
        forged = value.replace(TRUE.encode(), FORGED.encode())
        assert forged != value
        seal = crc32(forged, crc32(b"articles content/a.md"))
        database.execute("UPDATE articles SET value = ?, seal = ? WHERE path = 'content/a.md'", (forged, seal))
    database.close()


def shown_after_a_change_of_templates(site: Path) -> str:
    """Build with another template, so that pages are made again of what the store has."""
    template = site / "templates" / "article.html"
    template.write_text(template.read_text() + "<!-- another -->")
    return "".join(path.read_text() for path in build_site(site).output.rglob("*.html"))


@pytest.mark.parametrize("open_up", [share, expose])
def test_a_forged_row_is_not_believed_where_others_can_write(site: Path, open_up: Callable[[Path], object]) -> None:
    open_up(site)
    build_site(site)
    stores = [*(site / ".yoyak").glob("store.sqlite"), *(site.parent / "temporary").glob("*/store.sqlite")]
    assert stores
    (site / ".yoyak" / "store.sqlite").write_bytes(stores[0].read_bytes())
    forge(site / ".yoyak" / "store.sqlite")
    shown = shown_after_a_change_of_templates(site)
    assert TRUE in shown
    assert FORGED not in shown


def test_a_row_that_its_own_user_changes_is_believed(site: Path) -> None:
    """So that the test above would see a forged one."""
    build_site(site)
    forge(site / ".yoyak" / "store.sqlite")
    assert FORGED in shown_after_a_change_of_templates(site)


def test_a_shared_store_is_used_by_the_one_who_made_it(site: Path) -> None:
    share(site)
    build_site(site)
    assert build_site(site).report.notes == ()
    assert build_site(site).report.rendered == 0


def test_a_store_of_another_user_is_made_anew(site: Path) -> None:
    share(site)
    build_site(site)
    secret_file().unlink()
    assert build_site(site).report.notes == (OF_ANOTHER,)


def test_a_store_from_before_others_could_write_is_made_anew(site: Path) -> None:
    build_site(site)
    share(site)
    assert build_site(site).report.notes == (OF_ANOTHER,)
    assert build_site(site).report.notes == ()


@pytest.mark.parametrize("error", ["EPERM", "EACCES", "EROFS"])
def test_a_lock_that_may_not_be_opened_keeps_nobody_from_building(site: Path, error: str) -> None:
    assert run_build(site).returncode == 0
    (site / "content/a.md").write_text("---\ntitle: A\ndate: 2024-07-03\n---\nWORDS\n", encoding="utf-8")
    inject = ["-P", str(site / ".yoyak/store.lock"), "--trace=openat", f"--inject=openat:error={error}"]
    done = run_build(site, under=under_strace("-o", os.devnull, *inject))
    assert (done.returncode, "store.lock" in done.stderr) == (0, False), done.stderr
    assert "WORDS" in (site / "output/articles/a/index.html").read_text(encoding="utf-8")
