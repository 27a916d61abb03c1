"""Files of a site are read from one handle, and no link leads out of their folder, whatever changes meanwhile."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from yoyak.files import handles
from yoyak.files.handles import folders_kept
from yoyak.files.site_files import Refused, open_below, read_below, read_whole, top_of

LIMIT = 1_000
needs_links = pytest.mark.skipif(os.name == "nt", reason="links need a right on Windows")


@pytest.fixture(params=["handles", "paths"])
def root(tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one file, read with handles of folders, or as where systems have none (Windows)."""
    if request.param == "paths":
        monkeypatch.setattr(handles, "_BY_HANDLE", False)
    (tmp_path / "content" / "2026").mkdir(parents=True)
    (tmp_path / "content" / "2026" / "a.md").write_bytes(b"ours")
    (tmp_path / "away").mkdir()
    (tmp_path / "away" / "a.md").write_bytes(b"theirs")
    return tmp_path / "content"


def read(root: Path, path: str, limit: int = LIMIT) -> bytes:
    return read_below(str(root), f"{root}{os.sep}{path}", limit)


def why(root: Path, path: str, limit: int = LIMIT) -> str:
    with pytest.raises(Refused) as refused:
        read(root, path, limit)
    return refused.value.why


def test_a_file_below_the_root_is_read(root: Path) -> None:
    assert read(root, "2026/a.md") == b"ours"


def test_an_empty_file_is_read(root: Path) -> None:
    (root / "e.md").write_bytes(b"")
    assert read(root, "e.md") == b""


@needs_links
@pytest.mark.parametrize("to", ["2026/a.md", "{root}/2026/a.md", "2026/../2026/./a.md", "inner/a.md"])
def test_a_link_to_a_file_below_the_root_is_followed(root: Path, to: str) -> None:
    (root / "inner").symlink_to("2026")
    (root / "link.md").symlink_to(to.format(root=root))
    assert read(root, "link.md") == b"ours"


@needs_links
@pytest.mark.parametrize("to", ["../away/a.md", "/etc/passwd", "2026/../../away/a.md", "out/a.md", "chain.md"])
def test_a_link_that_leads_out_is_refused(root: Path, to: str) -> None:
    (root / "out").symlink_to("../away")
    (root / "chain.md").symlink_to("out/a.md")
    (root / "link.md").symlink_to(to)
    assert why(root, "link.md") == "link"


@needs_links
def test_a_folder_that_became_a_link_leads_nowhere(root: Path) -> None:
    (root / "out").symlink_to("../away")
    assert why(root, "out/a.md") == "link"


@needs_links
def test_a_root_that_is_a_link_counts_as_what_is_beside_it(root: Path) -> None:
    (root.parent / "shared").mkdir()
    (root / "2026" / "a.md").rename(root.parent / "shared" / "a.md")
    other = root.parent / "linked"
    other.symlink_to("shared")
    assert read(other, "a.md") == b"ours"


@needs_links
def test_a_root_that_became_a_link_to_another_place_is_refused(
    root: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    away = tmp_path_factory.mktemp("elsewhere")
    (away / "a.md").write_bytes(b"theirs")
    (root.parent / "swapped").symlink_to(away)
    assert why(root.parent / "swapped", "a.md") == "link"


@pytest.mark.parametrize("path", ["../away/a.md", "2026/../../away/a.md", ".", "2026//a.md", ""])
def test_a_path_with_steps_upwards_is_no_file_of_the_root(root: Path, path: str) -> None:
    assert why(root, path) == "link"


def test_a_folder_of_the_same_beginning_is_not_the_root(root: Path) -> None:
    (root.parent / "content2").mkdir()
    (root.parent / "content2" / "a.md").write_bytes(b"theirs")
    with pytest.raises(Refused):
        read_below(str(root), f"{root}2{os.sep}a.md", LIMIT)


def test_a_file_that_is_gone_is_not_found(root: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read(root, "2026/b.md")


def test_a_folder_is_no_file(root: Path) -> None:
    assert why(root, "2026") == "kind"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes here")
def test_a_pipe_is_refused_at_once(root: Path) -> None:
    os.mkfifo(root / "pipe.md")
    assert why(root, "pipe.md") == "kind"


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="there are no such sockets here")
def test_a_socket_is_refused(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)
    with socket.socket(socket.AF_UNIX) as made:
        made.bind("s.md")
        assert why(root, "s.md") == "kind"


@needs_links
def test_a_link_to_itself_is_unreadable(root: Path) -> None:
    (root / "loop.md").symlink_to("loop.md")
    with pytest.raises(OSError):  # noqa: PT011 - its words are the system's
        read(root, "loop.md")


def test_a_file_beyond_the_limit_is_refused_with_its_size(root: Path) -> None:
    (root / "big.md").write_bytes(b"x" * (LIMIT + 1))
    with pytest.raises(Refused) as refused:
        read(root, "big.md")
    assert (refused.value.why, refused.value.size) == ("size", LIMIT + 1)


def test_a_file_that_grows_while_it_is_read_is_refused(root: Path) -> None:
    place = root / "2026" / "a.md"
    handle = open_below(str(root), str(place), LIMIT)
    place.write_bytes(b"x" * 2 * LIMIT)
    with pytest.raises(Refused):
        read_whole(handle, LIMIT)
    os.close(handle)


def open_handles() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="open handles cannot be counted here")
def test_no_handle_is_left_open(root: Path) -> None:
    (root / "link.md").symlink_to("../away/a.md")
    before = open_handles()
    assert read(root, "2026/a.md") == b"ours"
    for path in ("link.md", "2026", "2026/none.md", "2026/a.md/x"):
        with pytest.raises(OSError):  # noqa: PT011 - of several kinds
            read(root, path)
    assert open_handles() == before


def test_the_top_of_a_path_is_found_from_behind() -> None:
    place = Path("/srv/x/2026/a.md")
    assert top_of("content/2026/a.md", str(place)) == str(place.parent.parent)


@needs_links
@pytest.mark.parametrize("root", ["handles"], indirect=True)
def test_a_file_that_is_exchanged_all_the_time_never_gives_what_is_outside(root: Path) -> None:
    """Both the file and its folder change places with links that lead out, while it is read."""
    with (
        _exchanged(root / "2026" / "a.md", root.parent / "away" / "a.md"),
        _exchanged(root / "2026", root.parent / "away"),
    ):
        for _ in range(3_000):
            try:
                assert read(root, "2026/a.md") == b"ours"
            except OSError:
                continue


@contextmanager
def _exchanged(place: Path, other: Path) -> Iterator[None]:
    """Let a place be a link to another one again and again."""
    aside, link, done = place.with_name(f"{place.name}.aside"), place.with_name(f"{place.name}.link"), threading.Event()

    def run() -> None:
        while not done.is_set():
            try:
                link.symlink_to(other)
                place.rename(aside)
                link.rename(place)
                place.unlink()
                aside.rename(place)
            except OSError:
                link.unlink(missing_ok=True)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


# --- folders that are kept open -------------------------------------------------------------------------------


@needs_links
def test_a_kept_folder_that_is_exchanged_by_a_link_gives_nothing_of_elsewhere(root: Path) -> None:
    with folders_kept():
        assert read(root, "2026/a.md") == b"ours"
        (root / "2026").rename(root / "aside")
        (root / "2026").symlink_to(root.parent / "away")
        found = b""
        with suppress(Refused):
            found = read(root, "2026/a.md")
        assert found in (b"ours", b"")
    assert why(root, "2026/a.md") == "link"


@needs_links
def test_a_link_in_a_kept_folder_is_not_followed_out(root: Path) -> None:
    with folders_kept():
        assert read(root, "2026/a.md") == b"ours"
        (root / "2026/a.md").unlink()
        (root / "2026/a.md").symlink_to(root.parent / "away/a.md")
        assert why(root, "2026/a.md") == "link"


def test_a_kept_folder_that_was_made_anew_is_looked_into_again(root: Path) -> None:
    with folders_kept():
        assert read(root, "2026/a.md") == b"ours"
        (root / "2026/a.md").unlink()
        (root / "2026").rmdir()
        with pytest.raises(FileNotFoundError):
            read(root, "2026/a.md")
        (root / "2026").mkdir()
        (root / "2026/a.md").write_bytes(b"new")
        assert read(root, "2026/a.md") == b"new"


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="handles are counted in /proc")
def test_few_folders_are_kept_and_none_afterwards(root: Path) -> None:
    before = open_handles()
    for number in range(100):
        (root / f"f{number}").mkdir()
        (root / f"f{number}/a.md").write_bytes(b"%d" % number)
    with folders_kept():
        for number in range(100):
            assert read(root, f"f{number}/a.md") == b"%d" % number
            assert open_handles() <= before + 16
    assert open_handles() == before


def test_another_thread_does_not_use_kept_folders(root: Path) -> None:
    found: list[bytes] = []
    with folders_kept():
        assert read(root, "2026/a.md") == b"ours"
        (root / "2026").rename(root / "aside")
        (root / "2026").mkdir()
        (root / "2026/a.md").write_bytes(b"new")
        thread = threading.Thread(target=lambda: found.append(read(root, "2026/a.md")))
        thread.start()
        thread.join()
    assert found == [b"new"]
