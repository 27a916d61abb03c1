"""A deploy to an FTP server under TLS, through the front door."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from publish.desks import Desk, tree
from publish.file_servers import FTP_PASSWORD, FtpServer, ftpd


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FtpServer]:
    with ftpd(tmp_path_factory.mktemp("ftpd")) as running:
        yield running


@pytest.fixture
def live(server: FtpServer, tmp_path: Path) -> Path:
    """The folder of the target."""
    return server.root / tmp_path.name


@pytest.fixture
def desk(tmp_path: Path, server: FtpServer, live: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setenv("YOYAK_LIVE_PASSWORD", FTP_PASSWORD)
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


@pytest.mark.parametrize("oddity", ["no-mlsd", "no-mlsd,no-size", "no-replace", "no-pasv", "old-banner"])
def test_odd_servers_get_the_site_too(tmp_path: Path, oddity: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOYAK_LIVE_PASSWORD", FTP_PASSWORD)
    with ftpd(tmp_path, *oddity.split(",")) as server:
        desk = Desk(tmp_path, server.target())
        desk.builds()
        desk.deploys()
        assert sorted(tree(server.root / "www").values()) == sorted(tree(desk.output).values())
        desk.builds({"index.html": "new", "a/b.html": "new"})
        desk.deploys()
        assert sorted(tree(server.root / "www").values()) == sorted(tree(desk.output).values())
