"""What both hosts with an API have in common: odd names, odd answers, an interruption, the command line in Korean."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from shutil import rmtree
from subprocess import CompletedProcess
from time import monotonic, sleep

import pytest

from command import run_yoyak
from publish.api_desks import AT_CLOUDFLARE, AT_NETLIFY, ApiDesk, CloudflareDesk, NetlifyDesk, serving
from publish.api_host import ApiHost, Asked, Told
from publish.desks import PAGES, write
from publish.netlify_host import NetlifyHost
from yoyak.messages.errors import YoyakError
from yoyak.publish.api_connection import asked_pause

Yoyak = Callable[..., CompletedProcess[str]]
ODD_NAMES = {
    "index.html": "", "a b.html": "1", "100%.html": "2", "a+b.html": "3", "it's.html": "4", 'q"q.html': "5",
    "한글 글/é.html": "6", "empty.css": "", "a&b=c;d.html": "7", "~t.txt": "", "[x].html": "8", ".well-known/x": "9",
    "v1.2/none": "10", "same.css": "1", "%2e%2e/x.html": "11",
}  # fmt: skip
ODD_ANSWERS: list[object] = [
    None, [], {}, 5, "x", [1], [[]], {"id": None}, {"success": True}, {"success": False, "errors": [{"code": "x"}]},
    {"success": True, "result": [1]}, {"success": True, "result": {"id": 5, "latest_stage": []}},
    {"id": "../x", "state": "ready", "required": 5}, {"id": "x", "required": [None, {}]},
    {"id": "x", "published_deploy": {"id": [], "title": 5}},
    {"success": True, "result": {"name": "d", "canonical_deployment": {"id": {}, "deployment_trigger": []}}},
    {"success": True, "result": {"jwt": "a.eyJleHAiOiAiTmFOIn0.c"}}, {"success": True, "result": {"jwt": "a\nb"}},
    {"success": True, "result": ["x", None]}, {"success": True, "result": {"unsuccessful_keys": 5}},
]  # fmt: skip


@pytest.fixture(params=["netlify", "cloudflare"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def host(kind: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[ApiHost]:
    with serving(kind, monkeypatch) as host:
        yield host


@pytest.fixture
def desk(kind: str, tmp_path: Path) -> ApiDesk:
    desk = NetlifyDesk(tmp_path, AT_NETLIFY) if kind == "netlify" else CloudflareDesk(tmp_path, AT_CLOUDFLARE)
    desk.builds()
    return desk


def settle(desk: ApiDesk, kind: str) -> None:
    """Give the desk a site with its target, and build it."""
    target = "{kind: netlify, site: digest.netlify.app}" if kind == "netlify" else "{kind: cloudflare, project: digest}"
    about = "title: t\nbase_url: https://digest.example.org/\ntimezone: Asia/Seoul"
    write(desk.site, {"site.yaml": f"{about}\ndeploy:\n  live: {target}\n"})
    write(desk.site, {"content/harbour.md": "---\ntitle: 항구\ndate: 2024-07-01\n---\n배가 들어온다.\n"})
    rmtree(desk.output)
    assert run_yoyak("build", "--site", desk.site).returncode == 0


def test_a_file_arrives_whatever_its_name(host: ApiHost, desk: ApiDesk) -> None:
    desk.builds(ODD_NAMES)
    desk.deploys()
    assert host.live == desk.site_files
    assert not desk.plans().changes


@pytest.mark.parametrize("answer", ODD_ANSWERS, ids=repr)
def test_an_answer_of_any_form_is_an_error_in_words(host: ApiHost, desk: ApiDesk, answer: object) -> None:
    desk.deploys()
    first = host.live
    desk.builds({**PAGES, "index.html": "two"})
    protocol = host.answer
    for number in range(1, 16):
        base = len(host.asked)

        def at_one(asked: Asked, number: int = number, base: int = base) -> Told:
            told = protocol(asked)
            return Told(200, answer) if len(host.asked) - base == number else told

        host.answer = at_one  # type: ignore[method-assign]
        with suppress(YoyakError):
            desk.deploys()
        host.answer = protocol  # type: ignore[method-assign]
        assert host.live in (first, desk.site_files)
    host.wrong.clear()  # such an answer leads to questions about what it names


def test_an_interrupted_deploy_ends_soon_and_changes_nothing(host: ApiHost, desk: ApiDesk, kind: str) -> None:
    settle(desk, kind)
    slow = ("PUT", "/files/") if kind == "netlify" else ("POST", "/upload")
    host.fault = lambda _, asked: "stuck" if asked.method == slow[0] and slow[1] in asked.path else ""
    command = (sys.executable, "-m", "yoyak", "deploy", "live", "--allow-example-address", "--site", str(desk.site))
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    while not host.count(*slow) and process.poll() is None:
        sleep(0.02)
    process.send_signal(signal.SIGINT)
    asked_to_stop = monotonic()
    _, said = process.communicate(timeout=20)
    assert process.returncode == 130
    assert "Traceback" not in said
    assert monotonic() - asked_to_stop < 5
    assert host.live == {}
    if isinstance(host, NetlifyHost):
        assert host.deploys[0]["state"] == "error"  # it was cancelled


def test_a_preview_never_takes_the_place_of_what_is_live(host: ApiHost, desk: ApiDesk, kind: str, yoyak: Yoyak) -> None:
    settle(desk, kind)
    options = ("--allow-example-address", "--site", desk.site)
    assert yoyak("deploy", "live", *options).returncode == 0
    live = host.live
    settings = (desk.site / "site.yaml").read_text(encoding="utf-8")
    assert "takes no preview" in yoyak("deploy", "live", "--preview", *options).stderr
    write(desk.site, {"site.yaml": settings.replace("{kind", "{previews: true, kind")})
    write(desk.site, {"content/draft.md": "---\ntitle: 초안\nstatus: draft\ndate: 2024-07-02\n---\n아직 아니다.\n"})
    assert "/served/" in yoyak("deploy", "live", "--preview", *options).stdout
    assert host.live == live
    yoyak("rollback", "live", "--site", desk.site)
    assert host.live == live


def test_the_command_line_speaks_korean(host: ApiHost, desk: ApiDesk, kind: str, yoyak: Yoyak) -> None:
    settle(desk, kind)
    deploy = ("--lang", "ko", "deploy", "live", "--allow-example-address", "--site", desk.site)
    assert "배포했습니다. 추가" in yoyak(*deploy).stdout
    assert "이미 최신 상태입니다" in yoyak(*deploy).stdout
    assert "https://digest.example.org/" in yoyak("rollback", "live", "--list", "--site", desk.site).stdout
    host.fault = lambda _number, _asked: "403"
    refused = yoyak(*deploy)
    assert refused.returncode == 1
    assert "권한이 없습니다" in refused.stderr
    assert host.token not in refused.stderr


@pytest.mark.parametrize("said", ["abc", "-5", "1e9", "٣", "9" * 30, "Wed, 21 Oct 2015 07:28:00 GMT", "Wed, 99 Oct 9"])
def test_a_pause_that_cannot_be_understood_is_none(said: str) -> None:
    assert asked_pause({"retry-after": said}) == 0
    assert asked_pause({"x-ratelimit-reset": said}) == 0


def test_a_token_may_end_with_a_line_break(host: ApiHost, desk: ApiDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("NETLIFY_AUTH_TOKEN", "CLOUDFLARE_API_TOKEN"):
        monkeypatch.setenv(variable, f"{host.token}\n")
    desk.deploys()
    assert host.live == desk.site_files
