"""A deploy to sshd, through the front door."""

from __future__ import annotations

import base64
import hmac
import os
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

import paramiko
import pytest
from msgspec.structs import replace

from publish.desks import PAGES, Desk, tree, write
from publish.file_servers import SshServer, sshd
from publish.hosts import silent_host
from publish.odd_sftp_server import PASSWORD, odd_server
from yoyak.messages.errors import YoyakError
from yoyak.model.targets import SftpTarget
from yoyak.publish.guards import AdoptionError
from yoyak.publish.journal import PART_FILE
from yoyak.publish.manifest import NAME
from yoyak.publish.plan import NetworkTimeouts
from yoyak.publish.targets import plan_deploy


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


def test_one_changed_page_is_sent_alone(desk: Desk, live: Path) -> None:
    desk.deploys()
    before = {path: path.stat().st_mtime_ns for path in live.rglob("*")}
    desk.builds({**PAGES, "index.html": "new"})
    desk.deploys()
    assert tree(live) == tree(desk.output)
    after = {path: path.stat().st_mtime_ns for path in live.rglob("*")}
    assert {path.name for path in after if after[path] != before[path]} == {"index.html", NAME}


def test_files_can_be_read_by_a_web_server(desk: Desk, live: Path) -> None:
    desk.deploys()
    modes = {(path.is_dir(), stat.S_IMODE(path.stat().st_mode)) for path in (live, *live.rglob("*"))}
    assert modes == {(True, 0o755), (False, 0o644)}


def test_foreign_files_survive(desk: Desk, live: Path) -> None:
    foreign = {"CNAME": "digest.example.org", "articles/항구/note.txt": "mine", ".htaccess": "Deny", "빈/파일": ""}
    write(live, foreign)
    with pytest.raises(AdoptionError, match="4 files"):
        desk.deploys()
    desk.deploys(adopt=True)
    desk.builds({path: text for path, text in PAGES.items() if "항구" not in path})
    desk.deploys()
    assert tree(live) == {**tree(desk.output), **{path: text.encode() for path, text in foreign.items()}}


@pytest.mark.parametrize("path", ["index.html", "articles", "index.html/deep"])
def test_a_foreign_file_in_the_way_is_refused_by_name(desk: Desk, live: Path, path: str) -> None:
    write(live, {path: "mine"})
    with pytest.raises(YoyakError, match="files that are not yoyak's"):
        desk.deploys(adopt=True)
    assert tree(live) == {path: b"mine"}


def test_a_link_to_a_folder_is_not_followed(desk: Desk, live: Path, tmp_path: Path) -> None:
    write(tmp_path / "private", {"x": "mine"})
    live.mkdir()
    (live / "articles").symlink_to(tmp_path / "private")
    with pytest.raises(YoyakError, match="articles"):
        desk.deploys(adopt=True)
    assert tree(tmp_path / "private") == {"x": b"mine"}


def test_what_is_behind_a_link_is_neither_written_nor_removed(desk: Desk, live: Path, tmp_path: Path) -> None:
    desk.deploys()
    (live / "articles").rename(tmp_path / "moved")
    (live / "articles").symlink_to(tmp_path / "moved")
    desk.builds({**PAGES, "articles/항구/index.html": "new"})
    with pytest.raises(YoyakError, match="articles is a link"):
        desk.deploys()
    desk.builds({path: text for path, text in PAGES.items() if "항구" not in path})
    desk.deploys()
    assert "항구/index.html" in tree(tmp_path / "moved")


def test_a_link_in_the_place_of_our_file_is_replaced_and_its_goal_kept(desk: Desk, live: Path, tmp_path: Path) -> None:
    desk.deploys()
    write(tmp_path, {"private": "mine"})
    for name in ("feed.xml", PART_FILE):
        (live / name).unlink(missing_ok=True)
        (live / name).symlink_to(tmp_path / "private")
    desk.builds({**PAGES, "feed.xml": "new"})
    desk.deploys()
    assert tree(live) == tree(desk.output)
    assert (tmp_path / "private").read_text() == "mine"


def test_a_path_that_is_a_file_is_refused(desk: Desk, live: Path) -> None:
    live.write_text("mine")
    with pytest.raises(YoyakError, match="is a file"):
        desk.plans()


def test_a_path_whose_parent_is_missing_is_refused(desk: Desk, server: SshServer) -> None:
    desk.target = server.target("no/such/www")
    with pytest.raises(YoyakError, match="nor does the folder above it"):
        desk.plans()


def test_a_link_that_leads_to_the_login_folder_or_above_is_refused(desk: Desk, server: SshServer, live: Path) -> None:
    for goal in (server.root, server.root.parent, Path("/")):
        live.unlink(missing_ok=True)
        live.symlink_to(goal)
        with pytest.raises(YoyakError, match="the login folder or above it"):
            desk.plans()
    desk.target = server.target(str(server.root))
    with pytest.raises(YoyakError, match="the login folder or above it"):
        desk.plans()


def test_a_link_to_a_folder_of_its_own_is_the_target(desk: Desk, live: Path, tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    live.symlink_to(tmp_path / "real")
    desk.deploys()
    assert tree(tmp_path / "real") == tree(desk.output)


def test_names_that_are_no_utf8_are_somebodys_files(desk: Desk, live: Path) -> None:
    live.mkdir()
    (live / os.fsdecode("소식.html".encode("cp949"))).write_text("mine")
    with pytest.raises(AdoptionError, match="1 file"):
        desk.deploys()
    desk.deploys(adopt=True)
    desk.check_files = True
    assert desk.deploys().size == 0


def test_files_that_others_removed_are_sent_again_when_asked_to_look(desk: Desk, live: Path) -> None:
    desk.deploys()
    (live / "articles" / "항구" / "index.html").unlink()
    desk.check_files = True
    assert desk.deploys().added == 1
    assert tree(live) == tree(desk.output)


def test_an_unknown_server_gets_nothing_and_its_fingerprint_is_shown(
    desk: Desk, server: SshServer, live: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    key = server.host_key.with_suffix(".pub")
    shown = subprocess.run(("ssh-keygen", "-lf", key), capture_output=True, text=True, check=True).stdout.split()[1]
    with pytest.raises(YoyakError, match="does not know the server") as refused:
        desk.plans()
    assert shown in str(refused.value)
    assert f"sftp -P {server.port} " in str(refused.value)
    assert not live.exists()


@pytest.mark.parametrize("marker", ["", "@revoked "])
def test_a_server_with_another_key_gets_nothing(
    desk: Desk, server: SshServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, marker: str
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    known = (server.home / ".ssh" / "known_hosts").read_text()
    other = (server.home / ".ssh" / "id_ed25519.pub").read_text().split()[1]
    name, kind, key = known.split()
    write(tmp_path, {".ssh/known_hosts": f"{marker}{name} {kind} {key if marker else other}\n"})
    with pytest.raises(YoyakError, match="has another key than the one in"):
        desk.plans()


@pytest.mark.parametrize("written", ["hashed", "pattern", "with bad lines", "of another file"])
def test_known_hosts_is_read_as_ssh_reads_it(
    desk: Desk, server: SshServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: str
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    name, kind, key = (server.home / ".ssh" / "known_hosts").read_text().split()
    salt, lines = os.urandom(20), f"{name} {kind} {key}"
    if written == "hashed":
        digest = hmac.new(salt, name.encode(), "sha1").digest()
        lines = f"|1|{base64.b64encode(salt).decode()}|{base64.b64encode(digest).decode()} {kind} {key}"
    if written == "pattern":
        lines = f"!other,[127.0.0.*]:* {kind} {key} 한글"
    if written == "with bad lines":
        lines = f"# x\nh ssh-rsa !!!\n|1|x|y ssh-rsa AAAA\n@cert-authority {name} {kind} {key}\n\n{lines}"
    write(tmp_path, {".ssh/known_hosts" if written != "of another file" else ".ssh/others": f"{lines}\n"})
    if written == "of another file":
        write(tmp_path, {".ssh/config": "Host 127.0.0.1\n  UserKnownHostsFile ~/.ssh/others\n"})
    desk.target = server.target("w" + tmp_path.name, key=str(server.home / ".ssh" / "id_ed25519"))
    assert desk.plans().added


def test_the_settings_of_ssh_are_used(
    desk: Desk, server: SshServer, live: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    _, kind, key = (server.home / ".ssh" / "known_hosts").read_text().split()
    settings = f"Host web\n  HostName 127.0.0.1\n  Port {server.port}\n  HostKeyAlias desk-web\n"
    settings += f"  IdentityFile {server.home}/.ssh/id_ed25519\n"
    write(tmp_path, {".ssh/known_hosts": f"desk-web {kind} {key}\n", ".ssh/config": settings})
    desk.target = SftpTarget(host="web", path=live.name)
    desk.deploys()
    assert tree(live) == tree(desk.output)


def test_without_a_key_the_ways_to_log_in_are_named(
    desk: Desk, server: SshServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    write(tmp_path, {".ssh/known_hosts": (server.home / ".ssh" / "known_hosts").read_text()})
    with pytest.raises(YoyakError, match=r"does not let .* in") as refused:
        desk.plans()
    assert "set YOYAK_LIVE_PASSWORD" in str(refused.value)
    monkeypatch.setenv("YOYAK_LIVE_PASSWORD", "s3cret-word")
    with pytest.raises(YoyakError, match="The password in YOYAK_LIVE_PASSWORD was tried") as refused:
        desk.plans()
    assert "s3cret" not in str(refused.value)


def test_a_locked_key_needs_its_passphrase(
    desk: Desk, server: SshServer, live: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked = tmp_path / "locked"
    locked.write_bytes((server.home / ".ssh" / "id_ed25519").read_bytes())
    locked.chmod(0o600)
    subprocess.run(("ssh-keygen", "-q", "-p", "-N", "s3cret word", "-f", locked), check=True)
    desk.target = server.target(live.name, key=str(locked))
    with pytest.raises(YoyakError, match="needs its passphrase"):
        desk.plans()
    monkeypatch.setenv("YOYAK_LIVE_PASSWORD", "s3cret word")
    desk.deploys()
    assert tree(live) == tree(desk.output)


@pytest.mark.parametrize("text", ["PuTTY-User-Key-File-3: ssh-ed25519\n", "ssh-ed25519 AAAA desk\n", ""])
def test_a_file_that_is_no_private_key_is_told(desk: Desk, server: SshServer, tmp_path: Path, text: str) -> None:
    write(tmp_path, {"key": text})
    desk.target = server.target(key=str(tmp_path / "key"))
    with pytest.raises(YoyakError, match="private key could not be read"):
        desk.plans()


@pytest.mark.parametrize("settings", ["Host *\n  Port abc\n", "Host *\n  Port 70000\n", "=\n", "\xff\n  x"])
def test_settings_of_ssh_that_cannot_be_meant_are_told(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: str
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / ".ssh").mkdir()
    (tmp_path / ".ssh" / "config").write_bytes(settings.encode("latin-1"))
    desk.target = SftpTarget(host="127.0.0.1", path="www")
    with pytest.raises(YoyakError, match=r"\.ssh/config could not be read"):
        desk.plans()


def test_a_silent_server_is_given_up(desk: Desk) -> None:
    with silent_host() as port:
        desk.target = SftpTarget(host="127.0.0.1", port=port, path="www")
        with pytest.raises(YoyakError, match="did not answer for 1 seconds"):
            plan_deploy(replace(desk.request, limits=NetworkTimeouts(fetch=1.0)))


def test_a_full_disk_is_named_and_the_next_deploy_ends_well(
    desk: Desk, server: SshServer, live: Path, small_disk: Path
) -> None:
    live.symlink_to(small_disk)
    desk.target = server.target(f"{live.name}/www")
    desk.deploys()
    before = tree(small_disk / "www")
    desk.builds({**PAGES, "index.html": "new", "big.png": "x" * 300_000})
    with pytest.raises(YoyakError, match=r"big\.png.* Often the disk or the quota is full"):
        desk.deploys()
    assert before.items() <= tree(small_disk / "www").items()
    desk.builds({**PAGES, "index.html": "new"})
    desk.deploys()
    assert tree(small_disk / "www") == tree(desk.output)


def test_a_server_that_cannot_replace_by_a_rename_gets_the_site_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = paramiko.ECDSAKey.generate()
    with odd_server(tmp_path / "odd", key) as port:
        known = f"[127.0.0.1]:{port} {key.get_name()} {key.get_base64()}\n"
        write(tmp_path, {"odd-home/.ssh/known_hosts": known})
        monkeypatch.setenv("HOME", str(tmp_path / "odd-home"))
        monkeypatch.setenv("YOYAK_LIVE_PASSWORD", PASSWORD)
        desk, live = (
            Desk(tmp_path, SftpTarget(host="127.0.0.1", port=port, path="www", user="desk")),
            tmp_path / "odd/home/desk/www",
        )
        for pages in (PAGES, {**PAGES, "index.html": "new"}, {"index.html": "newer", "기사/글.html": "x" * 3_000_000}):
            desk.builds(pages)
            desk.deploys()
            assert tree(live) == tree(desk.output)
        modes = {(path.is_dir(), stat.S_IMODE(path.stat().st_mode)) for path in (live, *live.rglob("*"))}
        assert modes == {(True, 0o755), (False, 0o644)}
