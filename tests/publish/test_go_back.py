"""A rollback does not show again what was taken down, or is not published any more, unless a person says so."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from msgspec.structs import replace

from publish.api_desks import AT_NETLIFY, QUICK, NetlifyDesk, serving
from publish.desks import PAGES, Desk
from publish.ssh_host import serving_ssh
from yoyak.messages.errors import YoyakError
from yoyak.model.targets import RsyncTarget
from yoyak.publish.netlify import NetlifyDeployments
from yoyak.publish.plan import DeployRequest
from yoyak.publish.targets import carry_out, plan_deploy, roll_back

Yoyak = Callable[..., CompletedProcess[str]]
PAGE = "articles/항구/index.html"
WITHDRAWN = {PAGE: "content/harbour.md", "articles/draft/index.html": "content/draft.md"}


class Site:
    """A site with a folder target of releases, as its person uses it."""

    def __init__(self, folder: Path, yoyak: Yoyak) -> None:
        self.folder, self.yoyak, self.live = folder / "site", yoyak, folder / "live"
        deploy = f"deploy: {{live: {{kind: folder, path: {self.live}, mode: release}}}}"
        keys = "title: T\nbase_url: https://digest.kr/\ntimezone: Asia/Seoul\nlanguage: en\n"
        self.write("site.yaml", keys + deploy)
        for name in ("harbour", "ferry"):
            self.article(name)

    def write(self, path: str, text: str) -> None:
        (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / path).write_text(text, encoding="utf-8")

    def article(self, name: str, keys: str = "status: approved") -> None:
        self.write(f"content/{name}.md", f"---\ntitle: The {name}\ndate: 2024-01-02\n{keys}\n---\n\nOf the {name}.\n")

    def runs(self, *arguments: str, code: int = 0) -> str:
        done = self.yoyak(*arguments, "--site", self.folder)
        assert done.returncode == code, done.stderr
        return done.stderr + done.stdout

    def shows(self, name: str) -> bool:
        page = self.live / "current/articles" / name / "index.html"
        return page.is_file() and f"Of the {name}." in page.read_text(encoding="utf-8")


@pytest.fixture
def site(tmp_path: Path, yoyak: Yoyak) -> Site:
    site = Site(tmp_path, yoyak)
    site.runs("deploy", "live")
    assert site.shows("harbour")
    return site


def test_what_was_taken_down_is_named_and_stays_offline_until_it_is_confirmed(site: Site) -> None:
    site.runs("takedown", "content/harbour.md", "--reason", "a request", "--as", "Kim <kim@digest.kr>")
    site.runs("deploy", "live")
    assert not site.shows("harbour")
    said = site.runs("rollback", "live", code=1)
    assert "content/harbour.md" in said
    assert "--confirm-shown 1" in said
    assert "ferry" not in said
    assert not site.shows("harbour")
    site.write("templates/gone.html", '{% extends "yoyak/gone.html" %}')  # the next edition's note has other bytes
    site.write("content/_themes.yaml", "")
    site.article("third")
    site.runs("deploy", "live")
    listed = json.loads(site.runs("rollback", "live", "--list", "--json"))
    site.runs("rollback", "live")  # its page only says that nothing is there
    assert not site.shows("harbour")
    site.runs("rollback", "live", "--to", listed[-1]["name"], "--confirm-shown", "1")
    assert site.shows("harbour")


@pytest.mark.parametrize("how", ["draft", "deleted", "unreadable", "expired"])
def test_what_is_not_published_any_more_is_named(site: Site, how: str) -> None:
    if how == "deleted":
        (site.folder / "content/harbour.md").unlink()
    else:
        broken = {"draft": "status: draft", "unreadable": "status: [", "expired": "expires_at: 2024-02-01"}
        site.article("harbour", broken[how])
    site.runs("deploy", "live", "--keep-going")
    assert not site.shows("harbour")
    assert re.search(r"content/harbour\.md.* --confirm-shown 1", site.runs("rollback", "live", code=1), re.DOTALL)


def test_an_article_that_was_renamed_or_corrected_stops_no_rollback(site: Site) -> None:
    (site.folder / "content/harbour.md").rename(site.folder / "content/port.md")
    site.article("ferry", "status: approved\ntags: [sea]")
    site.runs("deploy", "live")
    site.runs("rollback", "live")
    assert site.shows("harbour")


def asked(desk: Desk, confirm: int | None = None) -> DeployRequest:
    return replace(desk.request, withdrawn=WITHDRAWN, confirm_shown=confirm)


def test_a_release_behind_rsync_is_asked_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving_ssh(tmp_path) as server:
        monkeypatch.setenv("RSYNC_RSH", server.shell)
        desk = Desk(tmp_path, RsyncTarget(host=server.host, path=str(tmp_path / "live"), port=server.port))
        desk.builds()
        desk.deploys()
        for number in "12":
            desk.builds({**PAGES, PAGE: f"nothing is here any more {number}"})
            request = replace(desk.request, taken_down=frozenset([PAGE]))
            carry_out(request, plan_deploy(request))
        roll_back(asked(desk))  # the second one says that it is gone, in other words
        with pytest.raises(YoyakError, match=r"content/harbour\.md\. Nothing was changed.*--confirm-shown 1"):
            roll_back(asked(desk))
        assert roll_back(asked(desk, 1)).now


@pytest.mark.parametrize("read", [True, False])
def test_an_edition_at_netlify_is_asked_by_its_manifest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, read: bool
) -> None:
    with serving("netlify", monkeypatch) as host:
        desk = NetlifyDesk(tmp_path, AT_NETLIFY)
        for front in "ab":
            desk.builds({**PAGES, "index.html": front})
            desk.deploys()
        if not read:
            fault = host.fault
            host.fault = lambda number, one: "500" if "manifest" in one.path else fault(number, one)
        with pytest.raises(YoyakError, match=r"content/harbour\.md") as refused:
            NetlifyDeployments(asked(desk), None, QUICK).roll_back("")
        number = 1 if read else 2
        assert f"--confirm-shown {number}" in str(refused.value)
        with pytest.raises(YoyakError) if number == 2 else pytest.MonkeyPatch.context():
            NetlifyDeployments(asked(desk, 1), None, QUICK).roll_back("")
        if number == 2:
            NetlifyDeployments(asked(desk, 2), None, QUICK).roll_back("")
