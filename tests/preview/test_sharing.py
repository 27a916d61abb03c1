"""A preview that is shared: each guest has a link, and without one nothing is shown."""

from __future__ import annotations

import re
import socket
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from browser.sites import static_server
from browser.test_accessibility import Scheme
from preview.conftest import SETTINGS, Running, until
from preview.test_desk import SELECT, events, faults_at
from rows import each_row
from yoyak.desk.records import event_now, records
from yoyak.desk.writing import add
from yoyak.model.review import Anchor
from yoyak.model.types import Person
from yoyak.preview.guard import refusal
from yoyak.preview.guests import Guest, invited

PORT = 8000
THERE = "192.168.0.7"
LEE, HAN = Person(name="Lee", email="lee@example.org"), Person(name="Han", email="han@example.org")
GUEST, LINK = invited(LEE, may_approve=False)
OTHER, OTHER_LINK = invited(HAN, may_approve=True)
SECRET = LINK.rpartition("/")[2]
LINKS: dict[str, tuple[str, str]] = {
    "cookie": (f"yoyak-{PORT}={SECRET}", ""),
    "path": ("", LINK),
    "none": ("", ""),
    "wrong": (f"yoyak-{PORT}={SECRET[:-1]}", ""),
    "of another port": (f"yoyak-{PORT + 1}={SECRET}", ""),
    "wrong path": (f"yoyak-{PORT}={SECRET}", "/_share/nothing"),
}
HOSTS = [f"{THERE}:{PORT}", "127.0.0.1:8000", "localhost:8000", "evil.example:8000", f"{THERE}:8001", THERE]
ORIGINS = [None, f"http://{THERE}:{PORT}", "http://evil.example", "null"]
SITES = [None, "none", "same-origin", "same-site", "cross-site"]
FORM = {"content-type": "application/x-www-form-urlencoded"}


def asked(
    method: str, link: str, path: str = "/", guests: tuple[Guest, ...] = (GUEST, OTHER), **more: str | None
) -> Any:
    cookie, shared = LINKS[link]
    found = {name.replace("_", "-"): value for name, value in more.items() if value is not None}
    found |= {"cookie": f'a=b; {cookie}; c="d'} if cookie else {}
    return refusal(method, found, PORT, shared or path, at=THERE, guests=guests)


TABLE = [*product(HOSTS, ORIGINS, SITES, ["GET", "HEAD", "POST", "PUT"], LINKS)]


def test_the_table_has_at_least_five_hundred_rows() -> None:
    assert len(TABLE) >= 500


def test_a_guest_is_answered_only_by_the_link_and_at_the_machines_address() -> None:
    for host, origin, site, method, link in TABLE:
        refused = asked(method, link, "/_desk/event", host=host, origin=origin, sec_fetch_site=site, **FORM)
        known = link in ("cookie", "path") and host == HOSTS[0]
        own = origin in (None, ORIGINS[1]) and site in (None, "none", "same-origin")
        may = known and own and method in ("GET", "HEAD")
        sends = (
            known and method == "POST" and link == "cookie" and origin == ORIGINS[1] and site in (None, "same-origin")
        )
        assert (refused is None) == (may or sends), (host, origin, site, method, link)
        if not known:
            assert str(refused.sentence.key) == "preview.share.no-link"


@each_row("path", ["/__yoyak/clip", "/__yoyak/clip.js", "/__yoyak/at", "/_desk/edit"])
@each_row("method", ["GET", "POST"])
def test_the_editors_doors_are_closed_to_guests(path: str, method: str) -> None:
    kind = "application/json" if "yoyak" in path else FORM["content-type"]
    own = {"host": HOSTS[0], "origin": ORIGINS[1], "sec_fetch_site": "same-origin", "content_type": kind}
    assert asked(method, "cookie", path, **own).status == 403


def test_without_guests_nobody_is_answered_elsewhere() -> None:
    assert asked("GET", "cookie", guests=(), host=HOSTS[0]).status == 403


def test_a_link_has_more_than_128_bits_and_is_kept_as_a_digest() -> None:
    assert len(SECRET) >= 32
    assert SECRET.encode() not in GUEST.digest


# --- the real preview -------------------------------------------------------------------------------

FERRY = "content/ferry.md"
HERE = "127.0.0.2"
"""Another address of this machine, at which one is a guest."""


@pytest.fixture
def shared(tmp_path: Path, start: Callable[..., Running]) -> Callable[..., Running]:
    content = tmp_path.resolve() / "site" / "content"
    content.mkdir(parents=True)
    head = "title: Ferry\ndate: 2024-07-03\nthemes: [harbour]\n"
    (content / "ferry.md").write_text(f"---\n{head}---\n\nThe ferry sails at 9:15.\n\nIt costs 2.50 euro.\n", "utf-8")

    def begin(*more: str) -> Running:
        people = ("--share", "Lee <lee@example.org>", "--share", "Han <han@example.org>", "--share-on", HERE)
        running = start(
            settings=SETTINGS + "review: {required: true}\n", more=("--as", "Kim <kim@example.org>", *people, *more)
        )
        until(lambda: "TLS" in running.terminal.read_text("utf-8"))
        return running

    return begin


def link_of(running: Running, name: str) -> str:
    line = next(line for line in running.lines() if line.startswith(f"For {name}"))
    return line.rpartition(" ")[2]


def answer(
    running: Running, path: str = "/", at: str = HERE, more: str = "", method: str = "GET", body: str = ""
) -> str:
    """Return what a request with these very headers gets."""
    with socket.create_connection((at, running.port), timeout=10) as connection:
        head = f"{method} {path} HTTP/1.1\r\nHost: {at}:{running.port}\r\nConnection: close\r\n{more}"
        size = f"Content-Length: {len(body.encode())}\r\n" if body else ""
        connection.sendall(f"{head}{size}\r\n{body}".encode())
        parts = []
        while part := connection.recv(65536):
            parts.append(part)
    return b"".join(parts).decode()


def cookie_at(running: Running, name: str) -> str:
    path = re.sub(r"^http://[^/]+", "", link_of(running, name))
    found = re.search(r"set-cookie: ([^;]+);(.*)\r\n", answer(running, path), re.IGNORECASE)
    assert found
    assert "HttpOnly" in found[2]
    assert "SameSite=Strict" in found[2]
    return f"Cookie: {found[1]}\r\n"


def test_each_person_has_a_link_and_without_one_nothing_is_shown(shared: Callable[..., Running]) -> None:
    running = shared()
    links = [link_of(running, name) for name in ("Lee", "Han")]
    assert len(set(links)) == 2
    assert sum("TLS" in line for line in running.lines()) == 1
    for path in (
        "/",
        "/digest/",
        "/_desk/",
        "/nothing",
        "/_share/",
        "/_share/guess",
        "/__yoyak/events",
        "/digest/feed.xml",
    ):
        refused = answer(running, path)
        assert refused.startswith("HTTP/1.1 403")
        assert refused.endswith("This preview is shown only to those who have a link. "
                                "Open your link again, or ask for a new one.\n")  # fmt: skip
        assert "Ferry" not in refused
    welcome = answer(running, links[0].partition(f":{running.port}")[2])
    assert "Ferry" not in welcome
    assert "시험" not in welcome
    assert "Ferry" in answer(running, "/digest/", more=cookie_at(running, "Lee"))
    assert "Ferry" in running.page("/digest/"), "the editor needs no link"


def test_a_link_of_another_run_opens_nothing(shared: Callable[..., Running]) -> None:
    running = shared()
    cookie = cookie_at(running, "Lee")
    running.process.terminate()
    running.process.wait(10)
    again = shared("--port", str(running.port))
    assert answer(again, "/digest/", more=cookie).startswith("HTTP/1.1 403")


def test_a_name_of_the_machine_does_not_make_one_its_editor(shared: Callable[..., Running]) -> None:
    running = shared()
    with socket.create_connection((HERE, running.port), timeout=10) as connection:
        connection.sendall(f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{running.port}\r\nConnection: close\r\n\r\n".encode())
        assert connection.recv(12) == b"HTTP/1.1 403"


def test_slow_and_large_requests_of_a_guest_do_not_stop_the_others(shared: Callable[..., Running]) -> None:
    running = shared()
    cookie = cookie_at(running, "Lee")
    slow = []
    for number in range(40):
        one = socket.create_connection((HERE, running.port), timeout=10)
        sent = f"POST /_desk/event HTTP/1.1\r\nHost: {HERE}:{running.port}\r\nOrigin: http://{HERE}:{running.port}\r\n"
        kind = "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 199999\r\n"
        one.sendall(f"{sent}{cookie}{kind}\r\n{'a' * number}".encode())
        slow.append(one)
    assert "Ferry" in answer(running, "/_desk/", more=cookie_at(running, "Han"))
    assert "Ferry" in running.page("/_desk/")
    own = f"Origin: http://{HERE}:{running.port}\r\nContent-Type: application/x-www-form-urlencoded\r\n{cookie}"
    for size in (500_000, 1_500_000):
        large = answer(running, "/_desk/event", more=own, method="POST", body="text=" + "a" * size)
        assert large.startswith("HTTP/1.1 413"), size
    for one in slow:
        one.close()


@pytest.fixture
def browser_of(chromium: Browser) -> Iterator[Callable[[], Page]]:
    """Give a page of a browser of its own for each person."""
    contexts: list[BrowserContext] = []

    def page() -> Page:
        context = chromium.new_context(viewport={"width": 360, "height": 800})
        context.set_default_timeout(20_000)
        contexts.append(context)
        return context.new_page()

    yield page
    for context in contexts:
        context.close()


def article(running: Running, at: str = HERE) -> str:
    return f"http://{at}:{running.port}/_desk/article?file={quote(FERRY, safe='')}"


@pytest.mark.browser
def test_two_people_note_by_their_links_and_cannot_approve(
    shared: Callable[..., Running], browser_of: Callable[[], Page]
) -> None:
    running = shared()
    lee, han = browser_of(), browser_of()
    for page, name in ((lee, "Lee"), (han, "Han")):
        page.goto(link_of(running, name))
        page.wait_for_url("**/_desk/")
        expect(page.locator(".me")).to_have_text(name)
        page.goto(article(running))
        assert page.locator("button[value=approve], button[value=hold], button[value=request-changes]").count() == 0
    assert lee.evaluate("document.documentElement.scrollWidth") <= 360
    lee.evaluate(SELECT, ["ferry sails", "9:15"])
    lee.fill("#new-note [name=text]", "Which day?")
    lee.click("#new-note button[value=note]")
    expect(lee.locator(".note .meta span").first).to_have_text("Lee")
    expect(han.locator(".note")).to_have_count(1)  # the page has followed by itself
    assert han.locator(".note button[value=resolve]").count() == 0, "it is the note of somebody else"
    han.locator(".note textarea").fill("Daily.")
    han.click(".note button[value=reply]")
    expect(han.locator(".reply")).to_contain_text("Han")
    expect(lee.locator(".reply")).to_contain_text("Han")
    lee.click(".note button[value=resolve]")
    expect(lee.locator(".note.done")).to_have_count(1)
    assert sorted(events(running)) == ["note", "reply", "resolve"]
    assert forged(lee, "approve") == 409, "it is well formed: with leave it is taken, see below"
    assert forged(lee, "hold") == 409
    assert sorted(events(running)) == ["note", "reply", "resolve"]
    written = "".join(file.read_text("utf-8") for file in (running.folder / "content/_reviews").rglob("*.yaml"))
    assert "kim@" not in written
    assert lee.context.cookies()[0]["httpOnly"]
    lee.goto(f"http://{HERE}:{running.port}/digest/")
    expect(lee.locator("main")).to_contain_text("Ferry")


def forged(page: Page, event: str) -> int:
    """Send what no button of the page offers, with all that its forms carry."""
    origin = page.url.partition("/_desk/")[0]
    form = page.context.request.get(page.url).text()
    fields = {name: re.findall(f'name="{name}" value="([^"]+)"', form)[0] for name in ("token", "file", "shown")}
    sent = page.context.request.post(
        f"{origin}/_desk/event", form={**fields, "event": event}, headers={"Origin": origin}, max_redirects=0
    )
    return sent.status


@pytest.mark.browser
def test_with_may_approve_a_guest_approves(shared: Callable[..., Running], browser_of: Callable[[], Page]) -> None:
    running, page = shared("--may-approve"), browser_of()
    page.goto(link_of(running, "Han"))
    page.wait_for_url("**/_desk/")
    page.goto(article(running))
    page.click(".verdict button[value=approve]")
    expect(page.locator(".side .state").first).to_have_text("Approved")
    assert events(running) == ["approve"]
    assert forged(page, "approve") == 303
    assert forged(page, "hold") == 409
    assert forged(page, "release") == 409


EVIL = """<!doctype html><meta charset="utf-8"><title>waiting</title><body><script>
const there = "THERE", got = [], words = "Ferry";
const note = (what) => got.push(what);
const put = (name, values) => {
  const one = Object.assign(document.createElement(name), values);
  document.body.append(one);
  return one;
};
const shows = (name, src) => new Promise((done) => {
  put(name, { src, onload: () => { note(name); done(); }, onerror: done });
});
const stream = new Promise((done) => {
  const one = new EventSource(there + "/__yoyak/events", { withCredentials: true });
  one.onmessage = () => { note("stream"); done(); };
  one.onerror = () => { one.close(); done(); };
});
async function read(init) {
  try {
    const answer = await fetch(there + "/_desk/", { credentials: "include", ...init });
    if ((await answer.text()).includes(words)) note("fetch");
  } catch {}
}
const frame = new Promise((done) => {
  const one = put("iframe", { src: there + "/_desk/", name: "inside", onload: () => {
    try { if (one.contentDocument.body.textContent.includes(words)) note("frame"); } catch {}
    done();
  } });
});
function send() {
  const form = put("form", { method: "post", action: there + "/_desk/event", target: "inside" });
  for (const [name, value] of Object.entries({ event: "note", text: "evil", file: "content/ferry.md" })) {
    const field = document.createElement("input");
    Object.assign(field, { name, value });
    form.append(field);
  }
  form.submit();
}
Promise.all([stream, frame, read({}), read({ mode: "no-cors" }), read({ method: "POST", body: "event=note" }),
  shows("img", there + "/digest/assets/icon.svg"), shows("script", there + "/__yoyak/preview.js")])
  .then(() => { send(); setTimeout(() => { document.title = "got: " + got.join(" "); }, 1000); });
</script>"""


@pytest.mark.browser
@pytest.mark.parametrize("as_guest", [True, False])
def test_a_page_of_another_origin_gets_nothing(
    shared: Callable[..., Running], browser_of: Callable[[], Page], tmp_path: Path, *, as_guest: bool
) -> None:
    running, page = shared("--may-approve"), browser_of()
    at = HERE if as_guest else "127.0.0.1"
    page.goto(link_of(running, "Han") if as_guest else running.address)
    page.wait_for_load_state()
    evil = tmp_path / "evil"
    evil.mkdir()
    (evil / "index.html").write_text(EVIL.replace("THERE", f"http://{at}:{running.port}"), encoding="utf-8")
    with static_server(evil) as origin:
        page.goto(origin)
        until(lambda: page.title().startswith("got:"))
        assert page.title() == "got:"
    assert not (running.folder / "content/_reviews").exists()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--share", "<>"), "names nobody"),
        (("--share", "Lee <lee@example.org>", "--share", "L <LEE@example.org>"), "twice"),
        (("--may-approve",), "need somebody to share with"),
        (("--share", "Lee", "--share-on", "example.org"), "no address of a machine"),
        (("--share", "Lee", "--share-on", "127.0.0.1"), "yourself"),
        (("--share", "Lee", "--share-on", "198.51.100.1"), "cannot listen on 198.51.100.1"),
    ],
)
def test_what_cannot_be_shared_says_why(start: Callable[..., Running], options: tuple[str, ...], said: str) -> None:
    running = start(more=options)
    assert running.process.wait(20) in (1, 2)
    assert said in running.terminal.read_text("utf-8")


def test_the_form_of_one_guest_is_not_another_ones(shared: Callable[..., Running]) -> None:
    running = shared()
    page = answer(running, f"/_desk/article?file={quote(FERRY, safe='')}", more=cookie_at(running, "Lee"))
    token = re.search(r'name="token" value="([^"]+)"', page)
    assert token
    own = f"Origin: http://{HERE}:{running.port}\r\n"
    own += "Content-Type: application/x-www-form-urlencoded\r\n"
    body = urlencode({"token": token[1], "file": FERRY, "event": "note", "text": "x"})
    refused = answer(running, "/_desk/event", more=own + cookie_at(running, "Han"), method="POST", body=body)
    assert refused.startswith("HTTP/1.1 403")
    done = answer(running, "/_desk/event", more=own + cookie_at(running, "Lee"), method="POST", body=body)
    assert done.startswith("HTTP/1.1 303")


@pytest.mark.browser
def test_the_sheet_for_paper_has_the_numbers_of_its_notes(
    shared: Callable[..., Running], browser_of: Callable[[], Page]
) -> None:
    running, page = shared(), browser_of()
    with records(running.folder) as desk:
        for quote_, text in (("2.50 euro", "Is that the price?"), ("sails", "Which ferry?"), ("", "Too short.")):
            add(desk, FERRY, {"event": ["note"], "quote": [quote_], "text": [text]}, LEE)
    page.goto(link_of(running, "Lee"))
    page.wait_for_url("**/_desk/")
    page.goto(f"http://{HERE}:{running.port}/_desk/sheet?file={quote(FERRY, safe='')}")
    expect(page.locator("[data-body]")).to_contain_text("The ferry sails2 at 9:15.")
    expect(page.locator("[data-body]")).to_contain_text("It costs 2.50 euro3.")
    notes = [re.compile(rf"{re.escape(text)}\s*$") for text in ("Too short.", "Which ferry?", "Is that the price?")]
    expect(page.locator(".note")).to_have_text(notes)  # waits, while the sheet is shown anew with the last of them
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.emulate_media(media="print")
    assert not page.locator(".top").is_visible()
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))) == 1


@pytest.mark.browser
@pytest.mark.timeout(120)
@pytest.mark.parametrize(("leave", "scheme"), [((), "dark"), (("--may-approve",), "light")])
def test_the_sheet_and_what_a_guest_sees_are_accessible(
    shared: Callable[..., Running], chromium: Browser, axe_source: str, leave: tuple[str, ...], scheme: Scheme
) -> None:
    running = shared(*leave)
    with records(running.folder) as desk:
        note = desk.add(FERRY, event_now("note", LEE, text="Which?", kind="fact", anchor=Anchor(quote="2.50 euro")))
        desk.add(FERRY, event_now("reply", HAN, answers=note.name, text="Sure."))
        instead = {"kind": "suggestion", "anchor": Anchor(quote="sails"), "instead": "goes"}
        desk.add(FERRY, event_now("note", HAN, **instead))
        desk.add(FERRY, event_now("hold", HAN, text="Wait."))
    pages = ["", *(f"{page}?file={quote(FERRY, safe='')}" for page in ("article", "changes", "sheet"))]
    page = chromium.new_page(bypass_csp=True, reduced_motion="reduce")
    page.goto(link_of(running, "Lee"))
    page.wait_for_url("**/_desk/")
    places = [f"http://{HERE}:{running.port}/_desk/{place}" for place in pages]
    assert faults_at(places, page, axe_source, [scheme]) == []
    page.close()
