"""Payloads through every syntax of Markdown are loaded in Chromium: nothing of them runs, nothing asks another host."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Request, Route

from readers.markdown.payloads import FRAMED, payloads, rendered
from samples import some

pytestmark = pytest.mark.browser

HOME = "https://digest.example.org/"
TRAP = """
window.trapped = [];
for (const name of ["alert", "confirm", "prompt", "print", "open", "trap"])
  window[name] = (...words) => { window.trapped.push(name + ": " + words.join(" ").slice(0, 80)); return null; };
document.addEventListener("securitypolicyviolation", event => window.trapped.push("policy: " + event.blockedURI));
"""
ON_A_PAGE = 2500
CLICKS = """() => {
for (const node of document.querySelectorAll("body *")) {
  if (node.matches("a[href], button, input, summary, area, label")) {
    if (!/^(https?|mailto|tel):$/.test(node.protocol || "https:")) window.trapped.push("address: " + node.href);
    node.addEventListener("click", event => event.preventDefault());
    node.click();
  }
  for (const name of ["mouseover", "focus", "error", "load", "toggle", "animationend"])
    node.dispatchEvent(new Event(name));
} return window.trapped; }"""


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context()
    context.add_init_script(TRAP)
    yield context.new_page()
    context.close()


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_no_payload_runs_or_asks_another_host(page: Page) -> None:
    """A third of them, others at each run; all of them with YOYAK_ALL=1."""
    every = list(payloads())
    chosen = some(every, len(every) // 3)
    pieces = list(dict.fromkeys(html for payload in chosen for html in rendered(payload)))
    if not pieces:
        pytest.skip("blns.json and h5sc.json are not here: they are not part of the project")
    asked: set[str] = set()
    bodies: dict[str, str] = {}

    def answer(route: Route, request: Request) -> None:
        asked.add(urlsplit(request.url).hostname or request.url)
        html = bodies.get(request.url)
        route.fulfill(status=200 if html else 404, content_type="text/html; charset=utf-8", body=html or "")

    page.context.route("**/*", answer)
    page.on("dialog", lambda dialog: asked.add(f"a dialog: {dialog.message}"))
    for start in range(0, len(pieces), ON_A_PAGE):
        url = f"{HOME}{start}/"
        sections = "".join(f"<section>{piece}</section>" for piece in pieces[start : start + ON_A_PAGE])
        bodies[url] = f"<!doctype html><html lang=ko><title>글</title><body>{sections}"
        page.goto(url)
        assert page.evaluate(CLICKS) == []
        assert page.evaluate("document.querySelectorAll('body > section').length") == min(
            ON_A_PAGE, len(pieces) - start
        )
        assert page.url == url
    assert {host for host in asked if not host.endswith(FRAMED)} <= {"digest.example.org", "i.ytimg.com"}


def test_the_trap_closes(page: Page) -> None:
    html = "<body><img src=x onerror=trap()><a href='javascript:trap()'>글</a>"
    page.route("**/*", lambda route: route.fulfill(body=html, content_type="text/html"))
    page.goto(HOME)
    assert len(page.evaluate(CLICKS)) >= 2
