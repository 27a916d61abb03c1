"""Built sites behind nginx with the headers that yoyak prints: in Chromium no page violates the policy."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple
from urllib.error import HTTPError
from urllib.parse import quote, urljoin, urlsplit
from urllib.request import urlopen

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, Page, Route

from browser.kinds import KINDS, html_files, pages_of
from browser.nginx import nginx_server
from browser.sites import WRITERS
from pages.header_file import headers_at, redirects_in
from samples import ALL

pytestmark = pytest.mark.browser

WATCH = """
window.seen = [];
document.addEventListener(
  "securitypolicyviolation", one => window.seen.push(one.violatedDirective + " " + one.blockedURI));
"""
LOAD_ALL = "for (const one of document.querySelectorAll('[loading=lazy]')) one.loading = 'eager'"
HEAD = """{% extends "yoyak/base.html" %}
{% block head %}{{ super() }}
<style>:root { --seen: 3px; }</style>
<script>
  document.documentElement.dataset.ran = "a < b && 'c'";
</script>
{% endblock %}
{% block scripts %}{{ super() }}
<img alt="점" id="dot" src="data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7">
{% endblock %}
"""
ODD = """{% extends "yoyak/base.html" %}\r
{% block head %}{{ super() }}\r
{#- <script>window.commented = {{ page.kind }}</script> -#}\r
<script>\r
  window.ran = ["줄 끝"];  \r
\t</script>\r
{%- if page.kind %}  <SCRIPT Type='text/javascript'>window.ran.push("조건 <!-- && 'b'");</SCRIPT> {%- endif -%}
{% for n in [1, 2] %}<script data-n="{{ n > 1 }}">ran.push("되풀이")</script>{% endfor %}
<script type="module">window.ran.push("모듈");</script>
<script type="application/json" id="data">{"kind": "{{ page.kind }}"}</script>
<noscript><style>p { color: red; }</style></noscript>
<style media="print">@media print { nav { display: none } }</style>
<style>
:root { --seen: 3px; }
</style>
{% endblock %}
{% block scripts %}{{ super() }}
<svg width="9" height="9" id="drawn"><style>#drawn path { fill: rgb(1, 2, 3); }</style><path d="M0 0h9v9z"/></svg>
<iframe srcdoc="<p>inner</p>" title="srcdoc"></iframe>
<form action="/find/"><input name="q"></form>
<template><p>none</p></template>
<video controls src="/film.webm" preload="none"></video>
{% endblock %}
"""
ARTICLE = """---
title: 영상이 있는 글
date: 2024-07-03
rights: full
aliases: [/old/film/]
---

<iframe src="https://player.video.example/1" title="배"></iframe>

![등대](lamp.svg)
"""
LAMP = '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="300"><path d="M0 0h9v9z"/></svg>'
FILES = {
    "templates/base.html": HEAD,
    "content/film.md": ARTICLE,
    "content/lamp.svg": LAMP,
    "content/public/ads.txt": "a.example, 1, DIRECT\n",
    "content/public/.well-known/apple-app-site-association": '{"applinks": {}}',
    "content/public/.well-known/security.txt": "Contact: mailto:desk@digest.example.org\n",
}


def styled(folder: Path) -> str:
    """Write a site whose templates have code in them and whose article has a frame."""
    settings = "title: 등대\nbase_url: https://digest.example.org/\ntimezone: Asia/Seoul\n"
    for path, text in {**FILES, "site.yaml": f"{settings}embeds: [{{host: video.example, frame: true}}]\n"}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return "https://digest.example.org/"


def island(folder: Path) -> str:
    """Write a site below a path that addresses write with percent signs."""
    settings = "title: 섬\nbase_url: https://digest.example.org/섬-소식/\ntimezone: Asia/Seoul\n"
    for path, text in {"content/film.md": ARTICLE, "content/lamp.svg": LAMP, "site.yaml": settings}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return "https://digest.example.org/섬-소식/"


def odd(folder: Path) -> str:
    """Write a site whose templates have code written in many ways, and line ends of Windows."""
    settings = "title: 등대\nbase_url: https://digest.example.org/\ntimezone: Asia/Seoul\n"
    for path, text in {
        "content/a.md": "---\ntitle: 글\ndate: 2024-07-03\n---\n\n글이다.\n",
        "content/public/film.webm": "",
        "content/public/find/index.html": "found",
        "templates/base.html": ODD,
        "site.yaml": settings,
    }.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(text.encode())
    return "https://digest.example.org/"


OWN = {"styled": styled, "island": island, "odd": odd}


class Hosted(NamedTuple):
    """A site as nginx serves it."""

    output: Path
    home: str

    def url(self, path: str) -> str:
        return self.home + quote(path.removesuffix("index.html"))


@pytest.fixture(scope="module")
def hosted(
    tmp_path_factory: pytest.TempPathFactory, yoyak: Callable[..., subprocess.CompletedProcess[str]], nginx: str
) -> Iterator[Callable[[str], Hosted]]:
    """Give a site by its name, built, and served with the headers of `yoyak headers`."""
    known: dict[str, Hosted] = {}
    with ExitStack() as stack:

        def site(name: str) -> Hosted:
            if name not in known:
                folder = tmp_path_factory.mktemp(name)
                path = urlsplit({**WRITERS, **OWN}[name](folder / "site" if _made(folder) else folder)).path
                with (folder / "site" / "site.yaml").open("a", encoding="utf-8") as file:
                    file.write("hosting: {headers: true, public: [film.webm, find/]}\n")
                output = folder / "root" / path.strip("/")
                done = yoyak("build", "--site", folder / "site", "--output", output)
                assert done.returncode == 0, done.stderr
                headers = yoyak("headers", "--site", folder / "site", "--for", "nginx")
                assert headers.returncode == 0, headers.stderr
                origin = stack.enter_context(nginx_server(nginx, folder / "nginx", folder / "root", headers.stdout))
                known[name] = Hosted(output, origin + quote(path.strip("/") + "/").lstrip("/"))
            return known[name]

        yield site


def _made(folder: Path) -> bool:
    (folder / "site").mkdir()
    for parent in (folder, folder.parent):
        parent.chmod(0o755)
    return True


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context()
    context.add_init_script(WATCH)
    yield context.new_page()
    context.close()


def violations(page: Page, url: str) -> list[str]:
    """Open a page to its end and return everything that the policy stopped, or that the console complains of."""
    said: list[str] = []
    page.on("console", lambda one: said.append(one.text) if one.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("requestfailed", lambda request: said.append(f"failed: {request.url}"))
    page.goto(url)
    page.evaluate(LOAD_ALL)
    page.wait_for_timeout(100)
    found: list[str] = page.evaluate("window.seen")
    return [*found, *said]


@pytest.mark.parametrize("name", ["korean", "english", "specimen"] if ALL else ["korean", "specimen"])
def test_no_type_of_page_violates_the_policy(name: str, page: Page, hosted: Callable[[str], Hosted]) -> None:
    site = hosted(name)
    first = {kind: files[0] for kind in KINDS if (files := pages_of(kind, site.output))}
    assert name == "specimen" or set(first) == set(KINDS)
    found = {kind: violations(page, site.url(file)) for kind, file in first.items()}
    assert found == {kind: [] for kind in first}


def test_what_templates_write_into_pages_runs(page: Page, hosted: Callable[[str], Hosted]) -> None:
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(status=200, content_type="text/html", body="<p>film</p>")

    page.context.route("https://**/*", answer)
    assert violations(page, hosted("styled").url("articles/film/")) == []
    assert page.evaluate("document.documentElement.dataset.ran") == "a < b && 'c'"
    assert page.evaluate("getComputedStyle(document.body).getPropertyValue('--seen')") == "3px"
    assert page.evaluate("document.querySelector('#dot').naturalWidth") == 1
    assert asked == ["https://player.video.example/1"]
    assert page.evaluate("window.seen") == []


def test_code_is_allowed_however_a_template_writes_it(page: Page, hosted: Callable[[str], Hosted]) -> None:
    assert violations(page, hosted("odd").url("articles/a/")) == []
    assert page.evaluate("window.ran") == ["줄 끝", "조건 <!-- && 'b'", "되풀이", "되풀이", "모듈"]
    assert page.evaluate("getComputedStyle(document.querySelector('#drawn path')).fill") == "rgb(1, 2, 3)"
    assert page.evaluate("getComputedStyle(document.body).getPropertyValue('--seen')") == "3px"
    page.evaluate("document.forms[0].submit()")
    page.wait_for_url("**/find/?q=")


def test_the_script_of_the_site_still_works(page: Page, hosted: Callable[[str], Hosted]) -> None:
    page.context.route("https://**/*", lambda route: route.fulfill(status=200, body=""))
    page.goto(hosted("styled").url("articles/film/"))
    page.click("a.zoom")
    assert page.evaluate("document.querySelector('dialog[open] img').naturalWidth") == 400
    assert page.evaluate("window.seen") == []


@pytest.mark.parametrize(
    ("code", "directive"),
    [
        ("const s = document.createElement('script'); s.textContent = '1'; document.body.append(s)", "script-src-elem"),
        ("document.body.setAttribute('onclick', 'x()')", "script-src-attr"),
        ("document.body.setAttribute('style', 'color:red')", "style-src-attr"),
        ("new Image().src = 'https://tracker.example/1.gif'", "img-src"),
        ("fetch('https://tracker.example/').catch(() => 0)", "connect-src"),
        ("document.body.append(Object.assign(document.createElement('iframe'), {src: 'https://a.example/'}))", "frame"),
        ("document.head.append(Object.assign(document.createElement('base'), {href: '/x/'}))", "base-uri"),
    ],
)
def test_what_is_no_part_of_the_site_is_stopped(
    code: str, directive: str, page: Page, hosted: Callable[[str], Hosted]
) -> None:
    page.goto(hosted("korean").home)
    page.evaluate(code)
    page.wait_for_function("window.seen.length > 0", timeout=5000)
    assert page.evaluate("window.seen")[0].startswith(directive)


def test_no_other_site_can_frame_a_page(page: Page, hosted: Callable[[str], Hosted]) -> None:
    page.context.route(
        "http://other.example/", lambda route: route.fulfill(body=f"<iframe src='{hosted('korean').home}'></iframe>")
    )
    page.goto("http://other.example/", wait_until="networkidle")
    assert "chrome-error" in page.frames[1].url


@pytest.mark.parametrize("name", ["korean", "english", "island"])
def test_the_error_page_works_at_any_depth(name: str, page: Page, hosted: Callable[[str], Hosted]) -> None:
    site = hosted(name)
    for depth in ("no-such-page", "no/such/page/at/all/", "articles/없는-글/"):
        answer = page.goto(site.url(depth), wait_until="networkidle")
        assert answer is not None
        assert answer.status == 404
        assert page.evaluate("getComputedStyle(document.body).fontFamily") != "Times New Roman"
        assert page.evaluate("[...document.styleSheets].length") == 1
        assert page.evaluate("document.querySelector('a.button').href") == site.home
        assert page.evaluate("window.seen") == []


def test_types_and_cache_headers_are_right(hosted: Callable[[str], Hosted]) -> None:
    site = hosted("styled")
    asset = next((site.output / "assets").glob("style.*.css")).name
    wanted = {
        "": ("text/html; charset=utf-8", "public, max-age=0, must-revalidate"),
        "feed.json": ("application/json; charset=utf-8", "public, max-age=0, must-revalidate"),
        "sitemap.xml": ("application/xml; charset=utf-8", "public, max-age=0, must-revalidate"),
        f"assets/{asset}": ("text/css; charset=utf-8", "public, max-age=31536000, immutable"),
        "ads.txt": ("text/plain; charset=utf-8", "public, max-age=0, must-revalidate"),
        ".well-known/security.txt": ("text/plain; charset=utf-8", "public, max-age=0, must-revalidate"),
        ".well-known/apple-app-site-association": (
            "application/json; charset=utf-8",
            "public, max-age=0, must-revalidate",
        ),
    }
    found = {}
    for path in wanted:
        with urlopen(site.home + path) as answer:
            found[path] = (answer.headers["Content-Type"], answer.headers["Cache-Control"])
    assert found == wanted


@pytest.mark.parametrize("name", ["english", "island"])
def test_below_a_path_assets_are_kept_for_ever_too(name: str, hosted: Callable[[str], Hosted]) -> None:
    site = hosted(name)
    asset = next((site.output / "assets").glob("style.*.css")).name
    with urlopen(f"{site.home}assets/{asset}") as answer:
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")


def test_the_server_sends_what_the_file_for_hosts_says(hosted: Callable[[str], Hosted]) -> None:
    site = hosted("styled")
    text = (site.output / "_headers").read_text(encoding="utf-8")
    asset = next((site.output / "assets").glob("*.js")).name
    for path in ("/", "/articles/film/", f"/assets/{asset}", "/.well-known/apple-app-site-association", "/none"):
        try:
            sent = urlopen(urljoin(site.home, path)).headers
        except HTTPError as error:
            sent = error.headers
        said = headers_at(text, path)
        kind = said.pop("Content-Type", "")
        assert {name: sent[name] for name in said} == said
        assert all(len(sent.get_all(name)) == 1 for name in said)
        assert sent["Content-Type"].startswith(kind)


@pytest.mark.parametrize("name", ["english", "styled"])
def test_every_link_of_the_site_is_answered(name: str, hosted: Callable[[str], Hosted]) -> None:
    site = hosted(name)
    asked: dict[str, str] = {}
    for file in html_files(site.output):
        here = site.url(file.relative_to(site.output).as_posix())
        for node in BeautifulSoup(file.read_bytes(), "html.parser").select("[href], [src]"):
            address = urljoin(here, str(node.get("href") or node.get("src"))).partition("#")[0]
            if address.startswith(site.home):
                asked.setdefault(address, here)
    assert len(asked) > 10
    failed = {}
    for address, here in asked.items():
        try:
            urlopen(address).close()
        except HTTPError as error:
            failed[address] = (error.code, here)
    assert failed == {}


def test_every_redirect_of_the_site_leads_to_a_page(hosted: Callable[[str], Hosted]) -> None:
    site = hosted("styled")
    redirects = redirects_in((site.output / "_redirects").read_text(encoding="utf-8"))
    assert [(one.old, one.new) for one in redirects] == [("/old/film/", "/articles/film/")]
    for one in redirects:
        with urlopen(urljoin(site.home, one.old)) as old, urlopen(urljoin(site.home, one.new)) as new:
            assert (old.status, new.status) == (200, 200)
            assert f"url=https://digest.example.org{one.new}".encode() in old.read()
