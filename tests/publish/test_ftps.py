"""A deploy to an FTP server under TLS, through the front door."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from publish.desks import PAGES, Desk, tree, write
from publish.file_servers import FTP_PASSWORD, FtpServer, ftpd, make_certificate
from publish.hosts import silent_host
from yoyak.messages.errors import YoyakError
from yoyak.model.targets import FtpsTarget
from yoyak.publish.guards import AdoptionError
from yoyak.publish.journal import JOURNAL
from yoyak.publish.manifest import NAME
from yoyak.publish.plan import NetworkTimeouts
from yoyak.publish.targets import carry_out, plan_deploy


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


def test_one_changed_page_is_sent_alone(desk: Desk, server: FtpServer) -> None:
    desk.deploys()
    desk.builds({**PAGES, "index.html": "new"})
    server.commands()
    desk.deploys()
    moved = [line.rpartition("/")[2] for line in server.commands() if line.startswith("RNTO")]
    assert moved == [JOURNAL, "index.html", NAME]


def test_every_data_connection_is_protected(desk: Desk, server: FtpServer) -> None:
    server.commands()
    desk.deploys()
    asked = server.commands()
    assert asked.index("PROT P") < next(number for number, line in enumerate(asked) if line.startswith("STOR"))


def test_foreign_files_survive(desk: Desk, live: Path) -> None:
    foreign = {"CNAME": "digest.example.org", "articles/항구/note.txt": "mine", ".htaccess": "Deny", "빈/파일": ""}
    write(live, foreign)
    with pytest.raises(AdoptionError, match="4 files"):
        desk.deploys()
    desk.deploys(adopt=True)
    desk.builds({path: text for path, text in PAGES.items() if "항구" not in path})
    desk.deploys()
    assert tree(live) == {**tree(desk.output), **{path: text.encode() for path, text in foreign.items()}}


def test_a_removed_page_goes_with_its_empty_folder(desk: Desk, live: Path) -> None:
    desk.deploys()
    desk.builds({path: text for path, text in PAGES.items() if "항구" not in path})
    assert desk.deploys().removed == 1
    assert not (live / "articles").exists()


@pytest.mark.parametrize("oddity", ["", "no-mlsd", "no-mlsd,no-size"])
@pytest.mark.parametrize("path", ["index.html", "articles", "index.html/deep"])
def test_a_foreign_file_in_the_way_is_refused_by_name(
    tmp_path: Path, path: str, oddity: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YOYAK_LIVE_PASSWORD", FTP_PASSWORD)
    with ftpd(tmp_path, *oddity.split(",")) as server:
        desk, live = Desk(tmp_path, server.target()), server.root / "www"
        desk.builds()
        write(live, {path: "mine"})
        with pytest.raises(YoyakError, match="files that are not yoyak's"):
            desk.deploys(adopt=True)
        assert tree(live) == {path: b"mine"}


def test_what_is_behind_a_link_is_neither_written_nor_removed(desk: Desk, live: Path, tmp_path: Path) -> None:
    desk.deploys()
    (live / "articles").rename(live / "moved")
    (live / "articles").symlink_to(live / "moved")
    desk.builds({**PAGES, "articles/항구/index.html": "new"})
    with pytest.raises(YoyakError, match="articles is a link"):
        desk.deploys()
    desk.builds({path: text for path, text in PAGES.items() if "항구" not in path})
    desk.deploys()
    assert (live / "moved/항구/index.html").read_text() == PAGES["articles/항구/index.html"]


def test_a_path_that_is_no_folder_of_a_site_is_refused(desk: Desk, live: Path, server: FtpServer) -> None:
    live.write_text("mine")
    with pytest.raises(YoyakError, match="is a file"):
        desk.plans()
    desk.target = server.target("no/such/www")
    with pytest.raises(YoyakError, match="nor does the folder above it"):
        desk.plans()


def test_the_login_folder_may_be_the_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOYAK_LIVE_PASSWORD", FTP_PASSWORD)
    with ftpd(tmp_path) as server:
        desk = Desk(tmp_path, server.target("."))
        desk.builds()
        assert desk.deploys().where == f"ftps://localhost:{server.port}/"
        assert tree(server.root) == tree(desk.output)


def test_names_that_are_no_utf8_are_somebodys_files(desk: Desk, live: Path) -> None:
    live.mkdir()
    (live / os.fsdecode("소식.html".encode("cp949"))).write_text("mine")
    desk.deploys(adopt=True)
    desk.check_files = True
    assert desk.deploys().size == 0


def test_files_that_others_removed_or_cut_are_sent_again_when_asked_to_look(desk: Desk, live: Path) -> None:
    desk.deploys()
    (live / "articles" / "항구" / "index.html").unlink()
    write(live, {"index.html": ""})
    desk.check_files = True
    report = desk.deploys()
    assert (report.added, report.changed) == (1, 1)
    assert tree(live) == tree(desk.output)


def test_a_server_without_tls_gets_no_password(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOYAK_LIVE_PASSWORD", FTP_PASSWORD)
    with ftpd(tmp_path, "no-tls") as server:
        desk = Desk(tmp_path, server.target())
        desk.builds()
        with pytest.raises(YoyakError, match="does not protect the connection with TLS"):
            desk.plans()
        assert not [line for line in server.commands() if line.startswith(("USER", "PASS"))]


def test_a_certificate_that_nobody_vouches_for_is_refused(desk: Desk, server: FtpServer) -> None:
    desk.target = server.target(ca="")
    server.commands()
    with pytest.raises(YoyakError, match=r"The certificate of localhost is not valid \(self-signed certificate\)"):
        desk.plans()
    assert not [line for line in server.commands() if line.startswith(("USER", "PASS"))]


def test_a_certificate_for_another_name_is_refused(desk: Desk, tmp_path: Path) -> None:
    make_certificate(other := tmp_path / "other.pem", "elsewhere.example.org")
    with ftpd(tmp_path, certificate=other) as server:
        desk.target = server.target()
        with pytest.raises(YoyakError, match=r"is not valid.*not valid for 'localhost'"):
            desk.plans()


@pytest.mark.parametrize("ca", ["no-such-file.pem", "site.yaml", "$CA"])
def test_a_ca_that_is_no_certificate_is_refused(desk: Desk, server: FtpServer, ca: str) -> None:
    write(desk.site, {"site.yaml": "x"})
    desk.target = server.target(ca=ca)
    with pytest.raises(YoyakError, match="which is no file with certificates"):
        desk.plans()


def test_a_wrong_password_is_told_without_it(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOYAK_LIVE_PASSWORD", "s3cret-word")
    with pytest.raises(YoyakError, match=r"does not let desk@example\.org in\. It says: 530") as refused:
        desk.plans()
    assert "s3cret" not in str(refused.value)


def test_a_silent_server_is_given_up(desk: Desk) -> None:
    with silent_host() as port:
        desk.target = FtpsTarget(host="127.0.0.1", port=port, path="www", user="desk")
        with pytest.raises(YoyakError, match="did not answer for 1 seconds"):
            plan_deploy(replace(desk.request, limits=NetworkTimeouts(fetch=1.0)))


def test_a_full_quota_is_named_and_the_next_deploy_ends_well(desk: Desk, tmp_path: Path) -> None:
    with ftpd(tmp_path, "quota") as server:
        desk.target = server.target()
        desk.deploys()
        before = tree(server.root / "www")
        desk.builds({**PAGES, "index.html": "new", "big.png": "x" * 3_000_000})
        plan = plan_deploy(desk.request)
        with pytest.raises(YoyakError, match=r"big\.png\. It says: 552 Quota exceeded"):
            carry_out(replace(desk.request, limits=NetworkTimeouts(fetch=3.0)), plan)
        assert before.items() <= tree(server.root / "www").items()
        desk.builds({**PAGES, "index.html": "new"})
        desk.deploys()
        assert tree(server.root / "www") == tree(desk.output)
