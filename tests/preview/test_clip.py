"""The bookmark in a real browser: one click on somebody's page makes a draft; no other page can write."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import product
from operator import eq
from pathlib import Path
from time import sleep
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from preview.conftest import Running, until
from samples import ALL, some
from yoyak.preview.bookmark import bookmark, bookmark_page, key_of
from yoyak.preview.clips import _MOST
from yoyak.preview.guard import CLIP, refusal
from yoyak.preview.running import noted, port_of

FIGURE = (
    '<figure><img src="/img/{n}.jpg" alt="{alt}" width="640" height="400"><figcaption>{caption}</figcaption></figure>'
)
PAPER = (
    '<html lang="ko"><head><title>가온항 크레인 멈췄다 - 누리일보</title>'
    '<meta property="og:site_name" content="누리일보">'
    '<meta property="article:published_time" content="2024-07-02T09:10:00+09:00"></head><body>'
    '<nav><a href="/">홈</a> <a href="/p">정치</a></nav><h1>가온항 크레인 멈췄다</h1><p class="by">이하늘 기자</p>'
    + FIGURE.format(n=1, alt="크레인", caption="멈춰 선 가온항 2부두 크레인. 누리일보 자료사진")
    + "<article><p>가온항의 크레인이 2일 새벽 멈췄다고 항만공사가 밝혔다. 부품을 구하는 데 사흘이 걸린다.</p>"
    "<p>노조는 “점검 인력이 줄어든 탓”이라며 대책을 요구했다. 공사는 인력을 늘리겠다고 답했다.</p>"
    "<p>선사들은 배를 다른 부두로 돌리고 있다. 화물 350개가 기다리는 것으로 알려졌다.</p></article></body></html>"
)
BROADCASTER = (
    '<html lang="en"><head><title>Night trains return | Harbour Radio</title></head>'
    '<body><div id="top">Menu News Sport</div>'
    "<main><h1>Night trains return to the coast</h1><p>By Mina Hartley, 3 May 2024</p>"
    + FIGURE.format(n=2, alt="A train", caption="The first train leaves at midnight. Photo: Harbour Radio")
    + "<p>Night trains will run along the coast again from June, the operator said on Friday.</p>"
    "<p>The line was closed nine years ago. Twelve towns had asked for it since then.</p>"
    "<p>Tickets go on sale next week. The operator expects four hundred travellers a night.</p></main></body></html>"
)
SCRIPTED = (
    '<html lang="ko"><head><title>마을버스 다시 달린다</title></head><body>'
    "<div hidden><h1>구독하고 계속 읽기</h1>"
    "</div><section><h1>마을버스 다시 달린다</h1><div>2024.06.30 14:20 · 정초록 기자</div>"
    + FIGURE.format(n=3, alt="버스", caption="다시 달리는 마을버스. 정초록 기자")
    + "<div><p>누리군 마을버스가 두 달 만에 다시 달린다고 군이 30일 밝혔다. 노선은 열둘이다.</p>"
    "<p>군은 기사 스무 명을 새로 뽑았다. 첫차는 오전 여섯 시에 떠난다고 설명했다.</p>"
    "<p>주민들은 반겼다. 김한결 이장은 “장날에 걸어 다녔다”며 웃었다고 전했다.</p></div></section></body></html>"
)
PAGES = {
    "/paper": (PAPER, "가온항 크레인 멈췄다", "멈춰 선 가온항 2부두 크레인"),
    "/radio": (BROADCASTER, "Night trains return to the coast", "The first train leaves at midnight."),
    "/bus": (SCRIPTED, "마을버스 다시 달린다", "다시 달리는 마을버스."),
}


MANY = 50 if ALL else 20
UTF_8 = {"Content-Type": "text/html; charset=utf-8"}
STORY = SCRIPTED.partition("<body>")[2].partition("</div>")[2].removesuffix("</body></html>")
UNSEEN = (
    '<p class="none">가려진 글.</p><p class="unseen">가려진 글.</p><p class="tiny">가려진 글.</p>'
    '<p class="away">가려진 글.</p><div class="none"><p>가려진 글.</p></div><p>노조는'
)
ODD = {
    "/frame": '<title>누리군 이야기</title><iframe src="/story" width="900" height="900"></iframe>',
    "/story": f"<title>마을버스 다시 달린다</title>{STORY}",
    "/shadow": "<title>마을버스 다시 달린다</title><my-story></my-story><script>document.querySelector('my-story')"
    f".attachShadow({{mode: 'open'}}).innerHTML = {json.dumps(STORY)}</script>",
    "/names": f'<title>마을버스 다시 달린다</title>{STORY}<form name="body"></form><form name="title"></form>'
    '<img name="head">',
    "/half": f"<title>마을버스 다시 달린다</title>{STORY}<script>document.title += ' \\ud83d'</script>",
    "/box": f"<title>마을버스 다시 달린다</title>{STORY}",
}
"""Pages that hold the third article in ways of their own; the last is in a sandbox whose windows are in it too."""


class Elsewhere(BaseHTTPRequestHandler):
    """Somebody else's site, as strict as sites can be."""

    def do_GET(self) -> None:
        body = PAGES[self.path][0] if self.path in PAGES else ODD.get(self.path, "<title>Foreign</title>")
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        if self.path in PAGES:
            self.send_header(
                "Content-Security-Policy", "default-src 'none'; form-action 'none'; frame-ancestors 'none'"
            )
        if self.path == "/box":
            self.send_header("Content-Security-Policy", "sandbox allow-scripts allow-popups")
        self.end_headers()
        self.wfile.write(b"<!doctype html>" + body.encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def elsewhere() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context()
    context.set_default_timeout(20_000)
    yield context
    context.close()


def articles(running: Running) -> dict[str, str]:
    found = (path for path in (running.folder / "content").rglob("*.md") if "_sources" not in path.parts)
    return {path.name: path.read_text(encoding="utf-8") for path in found}


def click(page: Page, running: Running, key: str = "") -> Page:
    """Click the bookmark, and return the window that it opens."""
    code = unquote(bookmark(key or key_of(running.folder), running.port)).removeprefix("javascript:")
    with page.context.expect_page() as opened:
        page.evaluate(code)
    return opened.value


@pytest.mark.browser
@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("selects", [False, True])
def test_one_click_makes_a_draft(
    context: BrowserContext, running: Running, elsewhere: str, path: str, *, selects: bool
) -> None:
    _, title, caption = PAGES[path]
    page, before = context.new_page(), articles(running)
    page.goto(elsewhere + path)
    if selects:
        page.evaluate("""() => {
            const chosen = document.createRange();
            chosen.setStartBefore([...document.querySelectorAll("h1")].at(-1));
            chosen.setEndAfter([...document.querySelectorAll("p")].at(-1));
            getSelection().addRange(chosen);
        }""")
    opened = click(page, running)
    expect(opened.get_by_text("Saved as a draft")).to_be_visible(timeout=20_000)
    (text,) = [text for name, text in articles(running).items() if name not in before]
    assert f"title: {title}\n" in text
    assert f'source_url: "{elsewhere}{path}"\n' in text
    assert "status: draft\n" in text
    assert caption in text
    assert PAGES[path][0].rpartition("<p>")[2].partition("<")[0] in text
    opened.get_by_role("link").click()
    expect(opened.locator("h1").get_by_text(title)).to_be_visible(timeout=20_000)


def draft_of(opened: Page, running: Running, before: Mapping[str, str]) -> str:
    """Return the one article that a click made, once the window says so."""
    expect(opened.get_by_text("Saved as a draft")).to_be_visible(timeout=20_000)
    (text,) = [text for name, text in articles(running).items() if name not in before]
    return text


@pytest.mark.browser
@pytest.mark.parametrize("path", ["/frame", "/shadow", "/names", "/half"])
def test_an_article_is_taken_however_its_page_holds_it(
    context: BrowserContext, running: Running, elsewhere: str, path: str
) -> None:
    page, before = context.new_page(), articles(running)
    page.goto(elsewhere + path)
    text = draft_of(click(page, running), running, before)
    assert "title: 마을버스 다시 달린다\n" in text
    assert f'source_url: "{elsewhere}{path}"\n' in text
    assert "다시 달리는 마을버스." in text
    assert "장날에 걸어 다녔다" in text


@pytest.mark.browser
def test_a_page_in_a_sandbox_gives_its_window_to_the_preview(
    context: BrowserContext, running: Running, elsewhere: str
) -> None:
    page, before = context.new_page(), articles(running)
    page.goto(elsewhere + "/box")
    page.evaluate(unquote(bookmark(key_of(running.folder), running.port)).removeprefix("javascript:"))
    assert "장날에 걸어 다녔다" in draft_of(page, running, before)


@pytest.mark.browser
@pytest.mark.parametrize(
    ("path", "root"),
    [("/frame", "frames[0].document"), ("/shadow", "document.querySelector('my-story').shadowRoot")],
)
def test_only_what_is_selected_is_taken_wherever_it_stands(
    context: BrowserContext, running: Running, elsewhere: str, path: str, root: str
) -> None:
    page, before = context.new_page(), articles(running)
    page.goto(elsewhere + path)
    page.frame_locator("iframe").locator("p").first.wait_for() if path == "/frame" else None
    page.evaluate(f"""() => {{
        const [, first, last] = {root}.querySelectorAll("p");
        const chosen = first.ownerDocument.getSelection();
        chosen.setBaseAndExtent(first.firstChild, 2, last.firstChild, last.firstChild.length);
    }}""")
    text = draft_of(click(page, running), running, before)
    assert "기사 스무 명을" in text
    assert "군은 기사" not in text
    assert "장날에 걸어 다녔다" in text
    assert "노선은 열둘" not in text


@pytest.mark.browser
@pytest.mark.parametrize("selects", [False, True])
def test_what_nobody_sees_on_the_page_is_not_taken(
    context: BrowserContext, running: Running, elsewhere: str, *, selects: bool
) -> None:
    page, before = context.new_page(), articles(running)
    page.route("**/paper", lambda route: route.fulfill(body=PAPER.replace("<p>노조는", UNSEEN), headers=UTF_8))
    page.goto(elsewhere + "/paper")
    page.add_style_tag(
        content=".none { display: none } .unseen { visibility: hidden } .tiny { font-size: 0 } "
        ".away { position: absolute; left: -9999px }"
    )
    if selects:
        page.evaluate("getSelection().selectAllChildren(document.body)")
    text = draft_of(click(page, running), running, before)
    assert "가려진" not in text
    assert "노조는 “점검 인력이 줄어든 탓”이라며" in text


@pytest.fixture
def browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program in the place of the user's browser, which notes the addresses that it is to open in this file."""
    program, opened = tmp_path / "browser", tmp_path / "opened"
    program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$1" >> "{opened}"\n')
    program.chmod(0o755)
    opened.touch()
    monkeypatch.setenv("BROWSER", f"{program} %s")
    return opened


def clip_command(folder: Path, *options: str) -> subprocess.Popen[bytes]:
    """Start ``yoyak clip`` with an article piped in."""
    command = [sys.executable, "-m", "yoyak", "clip", "--site", str(folder), *options]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    assert process.stdin is not None
    process.stdin.write(PAPER.encode())
    process.stdin.close()
    return process


def test_a_clip_is_shown_in_the_running_preview(running: Running, browser: Path) -> None:
    assert clip_command(running.folder, "--open").wait(60) == 0
    until(lambda: browser.read_text() != "")
    path = browser.read_text().strip().removeprefix(f"http://127.0.0.1:{running.port}")
    assert "가온항 크레인 멈췄다" in running.page(path)


def test_a_clip_is_shown_in_a_preview_that_it_starts(running: Running, browser: Path) -> None:
    running.process.send_signal(signal.SIGINT)
    running.process.wait(10)
    process = clip_command(running.folder, "--open")
    until(lambda: browser.read_text() != "", 60)
    with urllib.request.urlopen(browser.read_text().strip(), timeout=30) as answer:
        assert "가온항 크레인 멈췄다" in answer.read().decode()
    process.send_signal(signal.SIGINT)
    assert process.wait(20) == 0


def test_the_command_makes_the_bookmark_of_the_running_preview(running: Running, browser: Path) -> None:
    assert clip_command(running.folder, "--bookmark").wait(60) == 0
    page = running.folder / ".yoyak" / "bookmark.html"
    assert escape(bookmark(key_of(running.folder), running.port)) in page.read_text(encoding="utf-8")
    until(lambda: browser.read_text() == f"{page.as_uri()}\n")


@pytest.mark.browser
def test_a_bookmark_of_another_site_writes_nothing(context: BrowserContext, running: Running, elsewhere: str) -> None:
    page, before = context.new_page(), articles(running)
    page.goto(elsewhere + "/paper")
    opened = click(page, running, key="A" * 32)
    expect(opened.get_by_text("This bookmark is of another site, or old.")).to_be_visible(timeout=20_000)
    assert articles(running) == before


@pytest.mark.browser
def test_a_reload_sends_nothing_again(context: BrowserContext, running: Running, elsewhere: str) -> None:
    page = context.new_page()
    page.goto(elsewhere + "/paper")
    opened = click(page, running)
    expect(opened.get_by_text("Saved as a draft")).to_be_visible(timeout=20_000)
    assert key_of(running.folder) not in opened.url
    opened.reload()
    expect(opened.get_by_text("There is nothing to take.")).to_be_visible(timeout=20_000)


@pytest.mark.browser
def test_a_foreign_page_that_knows_the_key_cannot_send_by_itself(
    context: BrowserContext, running: Running, elsewhere: str
) -> None:
    """It may open the preview's own page, as a bookmark does; what it sends past that page is refused."""
    page, before = context.new_page(), articles(running)
    page.goto(elsewhere + "/")
    told = page.evaluate(
        """async ([door, key]) => {
            const body = JSON.stringify({ html: "<h1>Planted</h1><p>Planted by a foreign page, in a sentence.</p>" });
            const tries = {};
            for (const mode of ["cors", "no-cors", "same-origin"])
                for (const type of ["application/json", "text/plain"])
                    tries[mode + type] = await fetch(
                        door, { method: "POST", mode, body, headers: { "Content-Type": type } })
                        .then((answer) => answer.type, () => "failed");
            tries.beacon = navigator.sendBeacon(door, new Blob([body], { type: "application/json" }));
            tries.read = await fetch(door).then(() => "read", () => "failed");
            const form = document.createElement("form");
            form.method = "post"; form.action = door; form.enctype = "text/plain"; form.target = "there";
            const field = document.createElement("input");
            field.name = body.slice(0, -1) + ',"text":"'; field.value = '"}';
            const frame = document.createElement("iframe");
            frame.name = "there";
            form.append(field);
            document.body.append(frame, form);
            form.submit();
            await new Promise((done) => setTimeout(done, 1000));
            return tries;
        }""",
        [f"http://127.0.0.1:{running.port}{CLIP}", key_of(running.folder)],
    )
    assert told["read"] == "failed"
    assert articles(running) == before


def send(running: Running, body: bytes, headers: Mapping[str, str], longest: float = 30) -> int:
    request = urllib.request.Request(f"http://127.0.0.1:{running.port}{CLIP}", body, method="POST")
    for name, value in headers.items():
        request.add_header(name, value)
    try:
        with urllib.request.urlopen(request, timeout=longest) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def test_only_the_previews_own_page_with_the_key_may_send(running: Running) -> None:
    own, key = f"http://127.0.0.1:{running.port}", key_of(running.folder)
    body = json.dumps({"html": "<h1>Sent by a test</h1><p>One sentence of a small article.</p>"}).encode()
    before = articles(running)
    origins = (own, "http://evil.example", f"http://localhost:{running.port}", "null", "")
    sites = ("same-origin", "same-site", "cross-site", "none", "")
    types = ("application/json", "text/plain", "application/x-www-form-urlencoded")
    keys = (key, "", key[:-1], "A" * 32)
    wrong = [
        given
        for given in product(origins, sites, types, keys)
        if given not in [(own, site, types[0], key) for site in ("same-origin", "")]
    ]
    one_wrong = [given for given in wrong if sum(map(eq, given, (own, "same-origin", types[0], key))) == 3]
    for given in [*one_wrong, *some(wrong, 20)]:
        headers = dict(zip(("Origin", "Sec-Fetch-Site", "Content-Type", "X-Yoyak-Key"), given, strict=True))
        assert send(running, body, {name: value for name, value in headers.items() if value}) == 403, given
    assert articles(running) == before
    right = {"Origin": own, "Content-Type": "application/json", "X-Yoyak-Key": key}
    assert send(running, body, right) == 200
    until(lambda: len(articles(running)) == len(before) + 1)
    assert send(running, b"no clip", right) == 400
    assert send(running, b" " * (_MOST + 1), right) == 413
    (running.folder / ".yoyak" / "clip-key").unlink()
    assert send(running, body, right) == 403
    assert send(running, body, {**right, "X-Yoyak-Key": key_of(running.folder)}) == 200
    assert send(running, body, right) == 403


@pytest.mark.timeout(300)  # many imports and as many builds, on a machine that does other things
def test_many_pieces_at_once_leave_room_for_pages_and_are_all_taken(running: Running) -> None:
    own, key = f"http://127.0.0.1:{running.port}", key_of(running.folder)
    headers = {"Origin": own, "Content-Type": "application/json", "X-Yoyak-Key": key}
    bodies = [json.dumps({"html": PAPER.replace("가온항", f"{n}번 항")}).encode() for n in range(MANY)]
    before = len(articles(running))
    with ThreadPoolExecutor(MANY) as pool:
        answers = pool.map(lambda body: send(running, body, headers, 300), bodies)
        sleep(0.5)
        with urllib.request.urlopen(running.address, timeout=10) as answer:
            assert answer.status == 200
        assert set(answers) == {200}
    assert len(articles(running)) == before + MANY


@pytest.mark.parametrize("path", ["/", "/digest/", f"{CLIP}.js", f"{CLIP}/", "/__yoyak/news", "/__yoyak/Clip"])
def test_nothing_else_takes_anything(path: str) -> None:
    headers = {"host": "127.0.0.1:8000", "origin": "http://127.0.0.1:8000", "content-type": "application/json"}
    refused = refusal("POST", headers, 8000, path)
    assert refused is not None
    assert refused.status == 405


def test_a_key_is_this_users_alone_and_stays(tmp_path: Path) -> None:
    key = key_of(tmp_path)
    assert key_of(tmp_path) == key
    assert (tmp_path / ".yoyak" / "clip-key").stat().st_mode & 0o077 == 0
    (tmp_path / ".yoyak" / "clip-key").write_text("short")
    assert key_of(tmp_path) not in (key, "short")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
@pytest.mark.parametrize("mode", [0o644, 0o640, 0o620, 0o604])
def test_a_key_that_others_could_read_is_made_anew(tmp_path: Path, mode: int) -> None:
    key = key_of(tmp_path)
    (tmp_path / ".yoyak" / "clip-key").chmod(mode)
    assert key_of(tmp_path) != key


def test_previews_that_start_at_once_have_one_key(tmp_path: Path) -> None:
    imports = "from pathlib import Path; from yoyak.preview.bookmark import key_of"
    command = [sys.executable, "-c", f"{imports}; print(key_of(Path({str(tmp_path)!r})))"]
    started = [subprocess.Popen(command, stdout=subprocess.PIPE) for _ in range(6)]
    assert len({process.communicate()[0] for process in started} | {f"{key_of(tmp_path)}\n".encode()}) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_the_port_is_never_noted_through_a_link(tmp_path: Path) -> None:
    (tmp_path / ".yoyak").mkdir()
    (tmp_path / "mine").write_text("of the user")
    (tmp_path / ".yoyak" / "preview-8000.lock").symlink_to(tmp_path / "mine")
    with noted(tmp_path, 8000):
        assert port_of(tmp_path) == 8000
    assert (tmp_path / "mine").read_text() == "of the user"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in folders there")
@pytest.mark.timeout(20)
def test_a_pipe_in_place_of_a_noted_file_is_not_waited_for(tmp_path: Path) -> None:
    (tmp_path / ".yoyak").mkdir()
    for name in ("preview-8000.lock", "clip-key"):
        os.mkfifo(tmp_path / ".yoyak" / name)
    assert port_of(tmp_path) == 0
    assert key_of(tmp_path)
    with noted(tmp_path, 8000):
        assert port_of(tmp_path) == 8000


def test_each_of_two_previews_of_a_site_is_found_as_long_as_it_runs(tmp_path: Path) -> None:
    (tmp_path / ".yoyak").mkdir()
    with noted(tmp_path, 8001):
        with noted(tmp_path, 8000):
            assert port_of(tmp_path) == 8000
        assert port_of(tmp_path) == 8001
        assert port_of(tmp_path) == 8001
    assert port_of(tmp_path) == 0


def test_a_preview_at_another_port_than_its_bookmark_says_so(start: Callable[..., Running]) -> None:
    first = start()
    bookmark_page(first.folder, first.port, "en")
    said = f"The bookmark leads to port {first.port}. Make one for this preview: yoyak clip --bookmark"
    assert said not in first.lines()
    first.process.kill()
    first.process.wait(10)
    second = start()
    until(lambda: said in second.lines())


def test_a_preview_that_was_killed_is_not_taken_for_one_that_runs(running: Running) -> None:
    assert port_of(running.folder) == running.port
    running.process.kill()
    running.process.wait(10)
    assert port_of(running.folder) == 0


@pytest.mark.browser
@pytest.mark.parametrize(
    ("language", "label"),
    [("ko", "요약에 담기"), ("ko-KR", "요약에 담기"), ("en", "Clip to yoyak"), ("ja", "Clip to yoyak")],
)
def test_the_page_to_drag_the_bookmark_from_holds_it(
    context: BrowserContext, tmp_path: Path, language: str, label: str
) -> None:
    page = context.new_page()
    page.goto(bookmark_page(tmp_path, 8123, language).as_uri())
    there = page.get_by_role("link", name=label).get_attribute("href")
    assert there == bookmark(key_of(tmp_path), 8123)
