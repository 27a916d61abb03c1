"""Targets on other machines that cannot be meant: refused before anything is asked of a server."""

from __future__ import annotations

from pathlib import Path

import pytest

from publish.desks import Desk, write
from yoyak.messages.errors import YoyakError
from yoyak.model.targets import FtpsTarget, SftpTarget
from yoyak.publish.host_paths import password_variable
from yoyak.settings.config import load_config

START = "title: Desk\nbase_url: https://digest.example.org/\ntimezone: Asia/Seoul\n"
PATHS = (
    "", " ", "/", "//", "/.", "..", "../www", "www/../..", "/srv/../..", "www/..", "~", "~/", "~desk/www", "$WWW",
    "/srv/$X", "${WWW}/site", "www//site", "www\\site", "C:/www", "www/.git", "\nwww", "www\0", "~/..", "~/$X", " www",
)  # fmt: skip
HOSTS = (
    "", " ", "-oProxyCommand=x", "-host", "ftp://ftp.example.com", "sftp://h/x", "ftp.example.com/www", "$HOST", "a b",
    "desk@ftp.example.com", "ftp.example.com:2222", "h\nost", "h\r\nUSER x", "..", "a" * 300, "[::1", "host-", "%41",
)  # fmt: skip
USERS = ("$USER", "-l", "de\nsk", " desk", "de\r\nDELE x")


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("kind", [SftpTarget, FtpsTarget])
def test_a_path_that_is_no_folder_of_its_own_is_refused(
    tmp_path: Path, path: str, kind: type[SftpTarget | FtpsTarget], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YOYAK_LIVE_PASSWORD", "secret-word")
    desk = Desk(tmp_path, kind(host="127.0.0.1", port=9, path=path, user="desk"))
    desk.builds()
    with pytest.raises(YoyakError, match="The target's path is"):
        desk.plans()


@pytest.mark.parametrize("path", [".", "./"])
def test_the_login_folder_of_sftp_is_no_folder_of_a_site(tmp_path: Path, path: str) -> None:
    desk = Desk(tmp_path, SftpTarget(host="127.0.0.1", port=9, path=path))
    desk.builds()
    with pytest.raises(YoyakError, match="the login folder itself"):
        desk.plans()


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize("kind", [SftpTarget, FtpsTarget])
def test_a_host_that_is_no_name_of_one_is_refused(
    tmp_path: Path, host: str, kind: type[SftpTarget | FtpsTarget]
) -> None:
    desk = Desk(tmp_path, kind(host=host, port=9, path="www", user="desk"))
    desk.builds()
    with pytest.raises(YoyakError, match="The target's host is"):
        desk.plans()


@pytest.mark.parametrize("user", USERS)
@pytest.mark.parametrize("kind", [SftpTarget, FtpsTarget])
def test_a_user_that_no_server_has_is_refused(tmp_path: Path, user: str, kind: type[SftpTarget | FtpsTarget]) -> None:
    desk = Desk(tmp_path, kind(host="127.0.0.1", port=9, path="www", user=user))
    desk.builds()
    with pytest.raises(YoyakError, match="The target's user is"):
        desk.plans()


@pytest.mark.parametrize("target", [
    SftpTarget(host="127.0.0.1", port=9, path="www", user="desk:s3cret-word"),
    FtpsTarget(host="127.0.0.1", port=9, path="www", user="desk:s3cret-word"),
    SftpTarget(host="desk:s3cret-word@127.0.0.1", port=9, path="www"),
    FtpsTarget(host="ftp://desk:s3cret-word@127.0.0.1", port=9, path="www", user="desk"),
])  # fmt: skip
def test_a_password_in_the_target_is_refused_and_not_shown(tmp_path: Path, target: SftpTarget | FtpsTarget) -> None:
    desk = Desk(tmp_path, target)
    desk.builds()
    with pytest.raises(YoyakError) as refused:
        desk.plans()
    assert "s3cret" not in str(refused.value)


@pytest.mark.parametrize("port", ["0", "65536", "-1", "ssh", "22.5"])
@pytest.mark.parametrize("kind", ["sftp", "ftps"])
def test_a_port_out_of_range_is_a_problem_with_its_line(tmp_path: Path, kind: str, port: str) -> None:
    write(
        tmp_path, {"site.yaml": f"{START}deploy:\n  live: {{kind: {kind}, host: h, user: d, path: w, port: {port}}}\n"}
    )
    config, problems = load_config(tmp_path, at=None, preview=False, environment={})
    assert config is None
    assert [problem.line for problem in problems] == [5]


@pytest.mark.parametrize("kind", ["sftp", "ftps"])
def test_a_password_in_site_yaml_is_a_problem_that_does_not_show_it(tmp_path: Path, kind: str) -> None:
    target = f"{{kind: {kind}, host: h, user: d, path: w, password: s3cret-word}}"
    write(tmp_path, {"site.yaml": f"{START}deploy:\n  live: {target}\n"})
    _, problems = load_config(tmp_path, at=None, preview=False, environment={})
    assert len(problems) == 1
    assert "s3cret" not in repr(problems)


def test_a_password_with_a_line_break_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOYAK_LIVE_PASSWORD", "pass\r\nDELE index.html")
    desk = Desk(tmp_path, FtpsTarget(host="127.0.0.1", port=9, path="www", user="desk"))
    desk.builds()
    with pytest.raises(YoyakError, match="YOYAK_LIVE_PASSWORD has a line break"):
        desk.plans()


def test_without_a_password_the_variable_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("YOYAK_LIVE_PASSWORD", raising=False)
    desk = Desk(tmp_path, FtpsTarget(host="127.0.0.1", port=9, path="www", user="desk"))
    desk.builds()
    with pytest.raises(YoyakError, match="YOYAK_LIVE_PASSWORD"):
        desk.plans()


@pytest.mark.parametrize(("name", "variable"), [
    ("live", "YOYAK_LIVE_PASSWORD"), ("live-2", "YOYAK_LIVE_2_PASSWORD"), ("a.b", "YOYAK_A_B_PASSWORD"),
    ("운영", "YOYAK____PASSWORD"),
])  # fmt: skip
def test_the_variable_of_a_password_is_one_that_a_shell_can_set(name: str, variable: str) -> None:
    assert password_variable(name) == variable


def test_a_host_that_is_not_there_is_named_with_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOYAK_LIVE_PASSWORD", "secret-word")
    for kind in (SftpTarget, FtpsTarget):
        desk = Desk(tmp_path, kind(host="127.0.0.1", port=9, path="www", user="desk"))
        desk.builds()
        with pytest.raises(YoyakError, match=r"127\.0\.0\.1 \(port 9\) could not be reached: Connection refused"):
            desk.plans()
        desk.target = kind(host="no-such-host.invalid", port=9, path="www", user="desk")
        with pytest.raises(YoyakError, match="there is no host of this name"):
            desk.plans()
