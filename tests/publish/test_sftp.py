"""A deploy to sshd, through the front door."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from publish.desks import Desk, tree
from publish.file_servers import SshServer, sshd


@pytest.fixture(scope="module")
def home_of_all(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("desk-home")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, home_of_all: Path) -> Iterator[SshServer]:
    with sshd(tmp_path_factory.mktemp("sshd"), home_of_all) as running:
        yield running


@pytest.fixture
def live(server: SshServer, tmp_path: Path) -> Path:
    """The folder of the target."""
    return server.root / tmp_path.name


@pytest.fixture
def desk(tmp_path: Path, server: SshServer, live: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setenv("HOME", str(server.home))
    monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)
    desk = Desk(tmp_path, server.target(live.name))
    desk.builds()
    return desk


def test_first_deploy_leaves_exactly_the_built_site(desk: Desk, live: Path) -> None:
    desk.deploys()
    assert tree(live) == tree(desk.output)


def test_a_second_deploy_sends_nothing(desk: Desk) -> None:
    desk.deploys()
    report = desk.deploys()
    assert (report.added, report.changed, report.removed, report.size) == (0, 0, 0, 0)
