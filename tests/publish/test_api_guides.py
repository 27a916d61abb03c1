"""The guides to Netlify and Cloudflare Pages, done as they are written, against hosts on this machine."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from publish.api_host import serving_api
from publish.cloudflare_host import CloudflareHost
from publish.netlify_host import NetlifyHost
from yoyak.publish.manifest import NAME
from yoyak.publish.whole_site import PUBLIC_MANIFEST

Yoyak = Callable[..., CompletedProcess[str]]
GUIDES = Path(__file__).parents[2] / "docs/how-to"
HOSTS = {
    "publish-to-netlify.md": (NetlifyHost, "NETLIFY_API_URL", "/api/v1"),
    "publish-to-cloudflare.md": (CloudflareHost, "CLOUDFLARE_API_BASE_URL", "/client/v4"),
}


@pytest.mark.parametrize("guide", HOSTS)
def test_a_guide_leads_from_nothing_to_a_live_site(
    guide: str, tmp_path: Path, yoyak: Yoyak, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = (GUIDES / guide).read_text(encoding="utf-8")
    kind, variable, path = HOSTS[guide]
    host = kind()
    host.shows({"index.html": b"a page dropped there"})
    monkeypatch.setenv(variable, f"{host.address}{path}")
    with serving_api(host):
        said = [_done(command, page, tmp_path, yoyak, monkeypatch) for command in _commands(page)]
    output = tmp_path / "digest/output"
    files = {path.relative_to(output).as_posix() for path in output.rglob("*") if path.is_file()} - {".gitignore"}
    assert host.live.keys() == {f"/{PUBLIC_MANIFEST if name == NAME else name}" for name in files}
    assert len(said) < 10
    assert "is up to date" in said[-1]
    assert not any(host.token in one for one in said)


def _commands(page: str) -> list[str]:
    consoles = re.findall(r"(?ms)^```console\n(.*?)^```", page)
    return [command for console in consoles for command in re.findall(r"(?m)^\$ (.+)$", console)]


def _done(command: str, page: str, home: Path, yoyak: Yoyak, monkeypatch: pytest.MonkeyPatch) -> str:
    """Do what a line of the page says, and return what it prints."""
    program, *words = shlex.split(command, comments=True)
    site = home / "digest"
    if program == "export":
        monkeypatch.setenv(*words[0].split("=", 1))
    if program == "cd":
        _set_up(site / "site.yaml", page)
    if program != "yoyak":
        return ""
    done = yoyak(*words, cwd=site if site.exists() else home)
    assert done.returncode == 0, done.stderr
    return f"{done.stderr}{done.stdout}"


def _set_up(settings: Path, page: str) -> None:
    block = re.findall(r"(?ms)^```yaml\n# site\.yaml\n(.*?)^```", page)[0]
    kept = [line for line in settings.read_text(encoding="utf-8").splitlines() if not line.startswith("base_url:")]
    text = re.sub(r"(?ms)^deploy:\n(?:[ #].*?\n|\n)*", "", "\n".join(kept) + "\n")
    settings.write_text(text + block, encoding="utf-8")
