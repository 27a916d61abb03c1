"""Who can write to the store's folder decides what is believed of it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from yoyak.store.place import is_exposed, is_private, is_shared, key_of, make_folder, secret_file

pytestmark = pytest.mark.skipif(not hasattr(os, "getuid"), reason="this system has no such rights")
STRANGER, GROUP = 54321, 54322
as_root = pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="only root can give files away")


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    site = tmp_path / "site"
    site.mkdir(mode=0o755)
    site.chmod(0o755)
    (site / ".yoyak").mkdir()
    (site / ".yoyak").chmod(0o755)
    return site / ".yoyak"


@pytest.mark.parametrize(
    ("mode_of_site", "mode", "shared", "exposed"),
    [
        (0o755, 0o755, False, False),
        (0o700, 0o700, False, False),
        (0o755, 0o775, True, True),
        (0o755, 0o757, True, True),
        (0o755, 0o777, True, True),
        (0o775, 0o775, True, False),
        (0o775, 0o777, True, True),
        (0o2775, 0o2775, True, False),
        (0o777, 0o777, True, False),
        (0o777, 0o770, True, False),
        (0o1777, 0o777, True, True),
    ],
)
def test_a_folder_is_exposed_to_those_who_cannot_write_to_its_site(
    store: Path, mode_of_site: int, mode: int, shared: bool, exposed: bool
) -> None:
    store.parent.chmod(mode_of_site)
    store.chmod(mode)
    assert (is_shared(store), is_exposed(store)) == (shared, exposed)


@as_root
def test_a_folder_of_a_stranger_is_exposed(store: Path) -> None:
    os.chown(store, STRANGER, -1)
    assert is_exposed(store)


@as_root
def test_a_folder_of_the_owner_of_the_site_is_not_exposed(store: Path) -> None:
    os.chown(store, STRANGER, -1)
    os.chown(store.parent, STRANGER, -1)
    assert (is_shared(store), is_exposed(store)) == (True, False)


@as_root
def test_a_folder_for_another_group_is_exposed(store: Path) -> None:
    os.chown(store, -1, GROUP)
    store.chmod(0o775)
    store.parent.chmod(0o775)
    assert is_exposed(store)


@as_root
def test_a_folder_of_a_stranger_is_not_private(store: Path) -> None:
    store.chmod(0o700)
    assert is_private(store)
    os.chown(store, STRANGER, -1)
    assert not is_private(store)


@pytest.mark.parametrize(("umask", "of_site", "made"), [(0, 0o755, 0o755), (0, 0o777, 0o777), (0o002, 0o775, 0o775)])
def test_a_new_folder_has_no_writers_that_the_site_does_not_have(
    store: Path, umask: int, of_site: int, made: int
) -> None:
    store.rmdir()
    store.parent.chmod(of_site)
    before = os.umask(umask)
    try:
        make_folder(store)
        make_folder(store)
    finally:
        os.umask(before)
    assert store.stat().st_mode & 0o777 == made


@as_root
def test_a_new_folder_of_another_group_than_the_site_is_not_for_that_group(store: Path) -> None:
    store.rmdir()
    store.parent.chmod(0o775)
    os.chown(store.parent, -1, GROUP)
    before = os.umask(0o002)
    try:
        make_folder(store)
    finally:
        os.umask(before)
    assert store.stat().st_mode & 0o777 == 0o755


def test_a_home_that_is_not_there_is_not_made(store: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    store.chmod(0o775)
    monkeypatch.delenv("XDG_STATE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path / "none"))
    assert key_of(store / "store.sqlite")
    assert not (tmp_path / "none").exists()


def test_a_link_is_not_private(store: Path) -> None:
    store.chmod(0o700)
    (store.parent / "link").symlink_to(store)
    assert not is_private(store.parent / "link")


def test_where_nobody_else_can_write_no_secret_is_made(store: Path) -> None:
    assert key_of(store / "store.sqlite") == b""
    assert not secret_file().exists()


def test_a_key_lasts_and_belongs_to_its_place(store: Path) -> None:
    store.chmod(0o775)
    first = key_of(store / "store.sqlite")
    assert len(first) == 32
    assert key_of(store / "store.sqlite") == first
    assert key_of(store / "other.sqlite") != first
    assert secret_file().stat().st_mode & 0o777 == 0o600
    assert secret_file().parent.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("spoil", ["readable", "short", "link", "folder"])
def test_a_secret_that_others_may_know_makes_no_key_that_lasts(store: Path, spoil: str) -> None:
    store.chmod(0o775)
    key_of(store / "store.sqlite")
    place = secret_file()
    if spoil == "readable":
        place.chmod(0o644)
    elif spoil == "short":
        place.write_bytes(b"x")
    elif spoil == "link":
        place.rename(place.with_name("real"))
        place.symlink_to("real")
    else:
        place.unlink()
        place.mkdir()
    assert key_of(store / "store.sqlite") != key_of(store / "store.sqlite")


@as_root
def test_a_secret_of_another_user_is_neither_used_nor_replaced(store: Path) -> None:
    store.chmod(0o775)
    first = key_of(store / "store.sqlite")
    data = secret_file().read_bytes()
    os.chown(secret_file(), STRANGER, -1)
    assert key_of(store / "store.sqlite") != first
    assert secret_file().read_bytes() == data


def test_a_home_that_cannot_be_written_does_not_stop_a_build(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store.chmod(0o775)
    monkeypatch.setenv("XDG_STATE_HOME", "/dev/null/none")
    assert len(key_of(store / "store.sqlite")) == 32
