"""Deploys to real servers of files that are cut short: at every request, by a full disk, by a kill at any time."""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from publish.desks import Desk, tree, write
from publish.file_servers import FTP_PASSWORD, FtpServer, Line, SshServer, ftpd, in_child, sshd
from samples import every
from yoyak.messages.errors import YoyakError
from yoyak.model.targets import SftpTarget
from yoyak.publish.journal import JOURNAL, LOCK

OLD = {
    "index.html": "old assets/style.1.css",
    "about": "will be a folder",
    "old/page/index.html": "old assets/style.1.css",
    "assets/style.1.css": "1",
}
NEW = {
    "index.html": "new assets/style.2.css",
    "about/index.html": "new assets/style.2.css",
    "기사/index.html": "new assets/style.2.css",
    "assets/style.2.css": "2" * 50_000,
}
FOREIGN = {"CNAME": "digest.example.org", "old/page/mine.txt": "mine"}
KILLS, STEP = int(os.environ.get("YOYAK_KILLS", "4")), int(os.environ.get("YOYAK_CUT_STEP", "26"))
"""How many kills, and how far apart the cuts are."""


@pytest.fixture(scope="module")
def ssh_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SshServer]:
    with sshd(tmp_path_factory.mktemp("sshd"), tmp_path_factory.mktemp("desk-home")) as running:
        yield running


@pytest.fixture(scope="module")
def ftp_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FtpServer]:
    with ftpd(tmp_path_factory.mktemp("ftpd")) as running:
        yield running


@pytest.fixture
def line(ssh_server: SshServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Line]:
    """A line to sshd."""
    monkeypatch.setenv("HOME", str(ssh_server.home))
    line = Line(ssh_server.port)
    known = ssh_server.home / ".ssh" / "known_hosts"
    kind_and_key = known.read_text().split("\n")[0].split(" ", 1)[1]
    known.write_text(f"{known.read_text()}[127.0.0.1]:{line.port} {kind_and_key}\n")
    yield line
    line.close()


@pytest.fixture
def sftp_desk(tmp_path: Path, line: Line) -> Desk:
    return Desk(tmp_path, SftpTarget(host="127.0.0.1", port=line.port, path=tmp_path.name))


@pytest.fixture
def ftps_desk(tmp_path: Path, ftp_server: FtpServer, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setenv("YOYAK_LIVE_PASSWORD", FTP_PASSWORD)
    return Desk(tmp_path, ftp_server.target(tmp_path.name))


def start_over(desk: Desk, live: Path) -> None:
    """Leave OLD at the server and NEW to be deployed."""
    shutil.rmtree(live, ignore_errors=True)
    write(live, FOREIGN)
    desk.builds(OLD)
    desk.deploys(adopt=True)
    desk.builds(NEW)


def assert_nothing_lost(live: Path, when: object) -> None:
    files = tree(live)
    assert {path: files[path].decode() for path in FOREIGN} == FOREIGN, when
    pages = [data.decode() for path, data in files.items() if path.endswith(".html")]
    named = {name for page in pages for name in re.findall(r"assets/[\w.]+", page)}
    assert named <= files.keys(), when


def assert_ends_well(desk: Desk, live: Path, when: object) -> None:
    assert_nothing_lost(live, when)
    desk.deploys()
    assert tree(live) == {**tree(desk.output), **{path: text.encode() for path, text in FOREIGN.items()}}, when
    assert desk.deploys().size == 0


def test_sftp_ends_well_after_a_cut_at_every_piece(
    sftp_desk: Desk, ssh_server: SshServer, line: Line, tmp_path: Path
) -> None:
    live, said, number = ssh_server.root / tmp_path.name, list[str](), 0
    for number in every(STEP, 1000):
        line.restart()
        start_over(sftp_desk, live)
        line.restart(cut_at=number)
        try:
            sftp_desk.deploys()
        except YoyakError as error:
            line.restart()
            said.append(str(error))
            assert_ends_well(sftp_desk, live, number)
        else:
            break
    assert number > 60
    cut = re.compile("was cut|ended the connection|open an SSH session|Connection reset")
    assert [text for text in said if not cut.search(text)] == []


def test_ftps_ends_well_after_a_cut_at_every_command(ftps_desk: Desk, ftp_server: FtpServer, tmp_path: Path) -> None:
    live, said, number = ftp_server.root / tmp_path.name, list[str](), 0
    for number in every(STEP, 1000):
        ftp_server.cut_at(None)
        start_over(ftps_desk, live)
        ftp_server.cut_at(number)
        try:
            ftps_desk.deploys()
        except YoyakError as error:
            ftp_server.cut_at(None)
            said.append(str(error))
            assert_ends_well(ftps_desk, live, number)
        else:
            ftp_server.cut_at(None)
            break
    assert number > 60
    assert [text for text in said if "was cut" not in text] == []


def test_a_lock_that_an_interrupted_deploy_left_is_taken_away(
    ftps_desk: Desk, ftp_server: FtpServer, tmp_path: Path
) -> None:
    live = ftp_server.root / tmp_path.name
    start_over(ftps_desk, live)
    ftp_server.cut_at(45)
    with pytest.raises(YoyakError, match="was cut"):
        ftps_desk.deploys()
    ftp_server.cut_at(None)
    assert (live / JOURNAL).is_file()
    (live / LOCK).mkdir(exist_ok=True)
    assert_ends_well(ftps_desk, live, 45)


def killed_at_random(desk: Desk, live: Path) -> None:
    """Kill deploys until `KILLS` of them had not ended before."""
    chance, killed = random.Random(), 0
    start_over(desk, live)
    began = time.monotonic()
    assert os.waitpid(in_child(desk.deploys), 0)[1] == 0
    usual = time.monotonic() - began
    for number in range(10 * KILLS):
        start_over(desk, live)
        child = in_child(desk.deploys)
        time.sleep(chance.uniform(0, usual))
        os.kill(child, signal.SIGKILL)
        killed += os.waitpid(child, 0)[1] != 0
        time.sleep(0.1)  # the server ends what it was doing
        assert_ends_well(desk, live, number)
        if killed == KILLS:
            return
    pytest.fail(f"{10 * KILLS - killed} of {10 * KILLS} deploys ended before they were killed")


@pytest.mark.timeout(3600)
def test_sftp_ends_well_after_kills_at_random_times(sftp_desk: Desk, ssh_server: SshServer, tmp_path: Path) -> None:
    killed_at_random(sftp_desk, ssh_server.root / tmp_path.name)


@pytest.mark.timeout(3600)
def test_ftps_ends_well_after_kills_at_random_times(ftps_desk: Desk, ftp_server: FtpServer, tmp_path: Path) -> None:
    killed_at_random(ftps_desk, ftp_server.root / tmp_path.name)
