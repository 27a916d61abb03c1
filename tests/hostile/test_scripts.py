"""No string of the corpora runs: each stands in every place of a built site, and Chromium opens it with a trap."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from browser.sites import static_server
from hostile.corpora import strings, triggers
from hostile.test_corpora import SENTENCE
from samples import some
from sites import Built, article, built

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SETTINGS = "title: 시험 다이제스트\nbase_url: https://digest.example.org/\ntimezone: Asia/Seoul\npage_size: 500\n"
PAGE = (
    "<!doctype html><html><head><title>{}</title></head>"
    "<body><article><h1>쪽 {}</h1><p>{}</p>{}<p>{}</p></article></body></html>"
)
TOGETHER = 40
"""Pages that are opened side by side, each in a frame of its own."""
TRAP = """
window.__run = [];
const trap = name => function () { (window.top.__caught ||= []).push(`${name} on ${location.pathname}`) };
for (const name of ['alert', 'confirm', 'prompt', 'print']) {
  Object.defineProperty(window, name, {value: trap(name), writable: false, configurable: false});
}
Object.defineProperty(window, '__xss', {set: trap('__xss')});
"""
OPEN = """async ([urls, triggers]) => {
  document.body.innerHTML = '';
  const frames = urls.map(url => {
    const frame = document.createElement('iframe');
    frame.width = 900; frame.height = 700; frame.src = url;
    const loaded = new Promise(done => { frame.onload = done; setTimeout(done, 8000) });
    document.body.append(frame);
    return [frame, loaded];
  });
  await Promise.all(frames.map(([, loaded]) => loaded));
  for (const [frame] of frames) {
    const inside = frame.contentDocument;
    for (const element of inside.querySelectorAll('.body *, h1, .tags *, .meta *')) {
      for (const kind of ['mouseover', 'focus', 'error', 'toggle', 'animationstart']) {
        element.dispatchEvent(new Event(kind));
      }
    }
    for (const link of inside.querySelectorAll('a[href], form, button')) {
      const address = (link.href || link.action || '').trim().toLowerCase();
      if (/^(javascript|vbscript|data):/.test(address)) (window.__caught ||= []).push(`${address} on ${frame.src}`);
    }
    for (const trigger of triggers) {
      try { frame.contentWindow.Function(`{ const location = {}; ${trigger} }`)() } catch {}
    }
  }
  await new Promise(done => setTimeout(done, 100));
  return window.__caught || [];
}"""
STRANGE = """() => [...document.querySelectorAll('iframe')].flatMap(frame => [
  ...frame.contentDocument.querySelectorAll(
    '.body :is(script, style, iframe, object, embed, form, svg, math, link, meta, base), [srcdoc]'),
  ...[...frame.contentDocument.querySelectorAll('.body *, h1 *, .tags *, .meta *')]
    .filter(element => [...element.attributes].some(a => a.name.startsWith('on') || a.name === 'style')),
].map(element => `${element.outerHTML.slice(0, 100)} on ${frame.src}`))"""


@pytest.fixture(scope="module", params=["naughty", "scripts", "markdown"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A site with yoyak's own templates. Each string is all of an article's texts, and stands in captures and pages."""
    files: dict[str, str | bytes] = {}
    every = 2 if request.param == "markdown" else 1
    for number, text in enumerate(list(filter(str.strip, strings(request.param)))[::every]):
        texts: dict[str, object] = dict.fromkeys(("title", "subtitle", "source", "summary"), text)
        lists = {key: [text] for key in ("tags", "authors")}
        image = {"image": {"src": text, "alt": text, "caption": text}} if number % 8 == 0 else {}
        files[f"content/{number}.md"] = article(text, **texts, **lists, **image, rights="full", slug=f"n{number}")
        files[f"content/pasted-{number}.txt"] = f"새 배 뜬다 {number}\n{SENTENCE}\n{text}\n{SENTENCE}\n"
        files[f"content/page-{number}.html"] = PAGE.format(escape(text), number, SENTENCE, text, SENTENCE)
    found = built(tmp_path_factory.mktemp("scripts"), files, SETTINGS, plain=False, keep_going=True, jobs=2)
    assert found.report.complete
    return found


@pytest.fixture(scope="module")
def origin(site: Built) -> Iterator[str]:
    with static_server(site.output) as address:
        yield address


def test_nothing_runs_and_nothing_strange_stands_on_any_page(site: Built, origin: str, chromium: Browser) -> None:
    """A third of the pages is opened, others at each run; all of them with YOYAK_ALL=1."""
    wanted = re.compile(r"(articles/.*|tags|authors|sources|archive/2024/07/03|index\.html)(/index\.html)?")
    paths = sorted(path for path in site.paths() if path.endswith(".html") and wanted.fullmatch(path))
    assert len(paths) > 200
    paths = some(paths, len(paths) // 3)
    context = chromium.new_context()
    context.add_init_script(TRAP)
    asked: list[str] = []
    caught: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page = context.new_page()
    page.on("dialog", lambda dialog: (caught.append(dialog.message), dialog.dismiss()))
    page.goto(f"{origin}404.html")
    clicks = list(triggers())
    for start in range(0, len(paths), TOGETHER):
        urls = [origin + path.removesuffix("index.html") for path in paths[start : start + TOGETHER]]
        caught += page.evaluate(OPEN, [urls, clicks])
        caught += page.evaluate(STRANGE)
        page.evaluate("window.__caught = []")
    context.close()
    assert caught == []
    assert [url for url in asked if not url.startswith((origin, "data:"))] == []


def test_the_trap_springs(tmp_path: Path, chromium: Browser) -> None:
    for name, body in {
        "a": "<script>alert(1)</script>",
        "b": '<a href="javascript:alert(1)">x</a>',
        "c": "plain",
    }.items():
        (tmp_path / f"{name}.html").write_text(f'<div class="body">{body}</div>', encoding="utf-8")
    (tmp_path / "d.html").write_text('<div class="body"><img src="no" onerror="__xss = 1"></div>', encoding="utf-8")
    context = chromium.new_context()
    context.add_init_script(TRAP)
    with static_server(tmp_path) as address:
        page = context.new_page()
        page.goto(f"{address}c.html")
        caught = page.evaluate(OPEN, [[f"{address}{name}.html" for name in "abcd"], []])
        strange = page.evaluate(STRANGE)
    context.close()
    assert {line.split()[0] for line in caught} == {"alert", "javascript:alert(1)", "__xss"}
    assert {line.rpartition("/")[2] for line in strange} == {"a.html", "d.html"}
