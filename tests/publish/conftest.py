"""A desk with a folder target, and one with a bare git repository."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from publish.buckets import KEYS, BadLine, Store, bad_line, serving_store
from publish.desks import Desk, run_git
from yoyak.model.targets import FolderTarget, GitTarget


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own, in which git knows nobody."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    for name in ("GIT_CONFIG_GLOBAL", "XDG_CONFIG_HOME", "EMAIL", "GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME"):
        monkeypatch.delenv(name, raising=False)
    return home


@pytest.fixture
def live(tmp_path: Path) -> Path:
    """The folder of the folder target."""
    return tmp_path / "live"


@pytest.fixture
def desk(tmp_path: Path, live: Path) -> Desk:
    """A desk that has built its site and deploys to the folder `live`."""
    desk = Desk(tmp_path, FolderTarget(path="../live"))
    desk.builds()
    return desk


@pytest.fixture
def remote(tmp_path: Path) -> Path:
    """An empty bare repository."""
    run_git("init", "--quiet", "--bare", tmp_path / "remote.git")
    return tmp_path / "remote.git"


@pytest.fixture
def git_desk(tmp_path: Path, remote: Path) -> Desk:
    """A desk that has built its site and deploys to a branch of `remote`."""
    desk = Desk(tmp_path, GitTarget(remote="../remote.git"))
    desk.builds()
    return desk


@pytest.fixture(scope="session")
def _bucket_server() -> Iterator[Store]:
    with serving_store() as store:
        yield store


@pytest.fixture
def store(_bucket_server: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    """A store with one empty bucket, and keys for it in the environment. Every request is made once."""
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    _bucket_server.empty()
    return _bucket_server


@pytest.fixture
def line(store: Store) -> Iterator[BadLine]:
    """The way to the store, which the test may make bad."""
    with bad_line(store) as line:
        yield line


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 200 kB."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ("mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", str(place))
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only root may mount a small disk")
    yield place
    subprocess.run(("umount", "--lazy", str(place)), check=True)
