"""The guides for SFTP, FTPS and rsync, done as they are written, from `yoyak new` to the site."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from publish.file_servers import FTP_PASSWORD, FTP_USER, ftpd, sshd
from publish.ssh_host import serving_ssh

Yoyak = Callable[..., CompletedProcess[str]]
DOCS = Path(__file__).parents[2] / "docs" / "how-to"


def follow(page: str, folder: Path, yoyak: Yoyak, **keys: object) -> str:
    """Do what a page says, with other keys of the target; return what the last command said."""
    text = (DOCS / page).read_text(encoding="utf-8")
    commands = re.findall(r"(?m)^\$ (.+?)(?:  +#.*)?$", text)
    assert len(commands) < 10
    said, here = "", folder
    for command in commands:
        program = command.split()[0]
        if command == "cd digest":
            here = folder / "digest"
            write_settings(here / "site.yaml", text, keys)
        elif program == "yoyak":
            done = yoyak(*shlex.split(command)[1:], cwd=here)
            assert done.returncode == 0, done.stderr
            said = done.stdout
        else:
            assert program in ("pip", "sftp", "export", "ssh", "ssh-copy-id")
    return said


def write_settings(site: Path, page: str, keys: dict[str, object]) -> None:
    address, deploy = re.findall(r"(?ms)^```yaml\n# site.yaml\n(.*?)^```", page)[0].split("\n", 1)
    for key, value in keys.items():
        deploy = re.sub(rf" {key}: [^,}}]+", "", deploy).replace("}", f", {key}: {value}}}").replace(",,", ",")
    settings = re.sub(r"(?m)^base_url:.*$", address, site.read_text(encoding="utf-8"))
    site.write_text(f"{settings}\n{deploy}", encoding="utf-8")


def test_a_new_site_is_online_by_sftp(tmp_path: Path, yoyak: Yoyak, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)
    with sshd(tmp_path, home) as server:
        said = follow("publish-to-sftp.md", tmp_path, yoyak, host="127.0.0.1", port=server.port, user='""')
        assert f"Deployed to sftp://127.0.0.1:{server.port}{server.root}/www" in said
        assert "https://digest.kr/" in (server.root / "www" / "sitemap.xml").read_text(encoding="utf-8")


def test_a_new_site_is_online_by_ftps(tmp_path: Path, yoyak: Yoyak, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOYAK_LIVE_PASSWORD", FTP_PASSWORD)
    with ftpd(tmp_path) as server:
        keys = {"host": "localhost", "port": server.port, "user": FTP_USER, "ca": server.certificate}
        said = follow("publish-to-ftps.md", tmp_path, yoyak, **keys)
        assert f"Deployed to ftps://localhost:{server.port}/www" in said
        assert "https://digest.kr/" in (server.root / "www" / "sitemap.xml").read_text(encoding="utf-8")


def test_a_new_site_is_online_by_rsync(tmp_path: Path, yoyak: Yoyak, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "keys").mkdir()
    (tmp_path / "www").mkdir()
    with serving_ssh(tmp_path / "keys") as server:
        monkeypatch.setenv("RSYNC_RSH", server.shell)
        place = tmp_path / "www/digest"
        follow("publish-to-rsync.md", tmp_path, yoyak, host=server.host, port=server.port, path=place)
        index = place / "current/sitemap.xml"
        assert "https://www.example.kr/" in index.read_text(encoding="utf-8")
        first, *_ = sorted(path.name for path in (place / "releases").iterdir())
        assert str((place / "current").readlink()) == f"releases/{first}"
