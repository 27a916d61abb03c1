"""Every page fits its window, keeps to its host, prints, and says all it has to say without a script."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from browser.kinds import KINDS, pages_of
from browser.sites import BuiltSites, ServedSite

pytestmark = pytest.mark.browser

# Elements past the right edge, unless something around them scrolls by itself (a wide table, a line of code).
TOO_WIDE = """() => {
  const width = document.documentElement.clientWidth;
  if (document.scrollingElement.scrollWidth <= width) return [];
  const scrolls = node => node && node !== document.documentElement
    && (['auto', 'scroll', 'hidden', 'clip'].includes(getComputedStyle(node).overflowX) || scrolls(node.parentElement));
  const out = [...document.body.querySelectorAll('*')]
    .filter(node => node.getBoundingClientRect().right > width + 1 && !scrolls(node.parentElement));
  const culprits = out.slice(0, 5).map(node => node.outerHTML.slice(0, 120));
  return [`${document.scrollingElement.scrollWidth} px in ${width}`, ...culprits];
}"""


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["korean", "english", "extreme"])
def test_no_page_scrolls_sideways_at_320_pixels(name: str, kind: str, built: BuiltSites, chromium: Browser) -> None:
    site = built(name)
    context = chromium.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    found = {path: _too_wide(page, site.url(path)) for path in pages_of(kind, site.output)[:3]}
    context.close()
    assert {path: lines for path, lines in found.items() if lines} == {}


@pytest.mark.parametrize("kind", ["front", "article", "tags", "archive"])
def test_no_page_scrolls_sideways_at_400_percent_zoom(kind: str, built: BuiltSites, chromium: Browser) -> None:
    """WCAG 2.2, 1.4.10: 1280 by 1024 pixels at 400 % are 320 by 256 CSS pixels."""
    site = built("korean")
    context = chromium.new_context(viewport={"width": 320, "height": 256}, device_scale_factor=4)
    page = context.new_page()
    found = _too_wide(page, site.url(pages_of(kind, site.output)[0]))
    context.close()
    assert found == []


def test_no_request_leaves_the_host(site: ServedSite, chromium: Browser) -> None:
    context = chromium.new_context()
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    for kind in KINDS:
        for path in pages_of(kind, site.output)[:2]:
            context.new_page().goto(site.url(path))
    for page in context.pages:  # all of them are idle for half a second together, not one after the other
        page.wait_for_load_state("networkidle")
    context.close()
    assert [url for url in asked if not url.startswith((site.home, "data:"))] == []


def test_the_browser_complains_of_nothing(site: ServedSite, chromium: Browser) -> None:
    context = chromium.new_context()
    complaints: list[str] = []
    page = context.new_page()
    page.on(
        "console",
        lambda said: complaints.append(f"{page.url}: {said.text}") if said.type in {"error", "warning"} else None,
    )
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    for kind in KINDS:
        for path in pages_of(kind, site.output)[:2]:
            page.goto(site.url(path))
    context.close()
    assert complaints == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_says_the_same_without_scripts(kind: str, built: BuiltSites, chromium: Browser) -> None:
    site = built("korean")
    url = site.url(pages_of(kind, site.output)[0])
    texts = [_visible_text(chromium, url, scripts=scripts) for scripts in (True, False)]
    missing = [line for line in texts[0] if line not in texts[1] and line not in _words_of_scripts(chromium, url)]
    assert texts[1]
    assert missing == []


@pytest.mark.parametrize("name", ["korean", "english"])
def test_an_edition_prints_on_a4_with_addresses_after_links(name: str, built: BuiltSites, chromium: Browser) -> None:
    site = built(name)
    context = chromium.new_context()
    page = context.new_page()
    page.goto(site.url(pages_of("edition", site.output)[0]))
    page.emulate_media(media="print")
    after = page.evaluate(
        "() => [...document.querySelectorAll('main a[href]')].map(a => getComputedStyle(a, '::after').content)"
    )
    pdf = page.pdf(format="A4", print_background=False)
    context.close()
    assert pdf.startswith(b"%PDF")
    # Chromium's versions differ in whether the computed `content` has attr() replaced.
    assert any("attr(href)" in text or "/articles/" in text for text in after)


def _too_wide(page: Page, url: str) -> list[str]:
    page.goto(url)
    found: list[str] = page.evaluate(TOO_WIDE)
    return found


def _visible_text(chromium: Browser, url: str, *, scripts: bool) -> list[str]:
    context = chromium.new_context(java_script_enabled=scripts)
    page = context.new_page()
    page.goto(url)
    lines = page.locator("main").inner_text().splitlines()
    context.close()
    return [line.strip() for line in lines if line.strip()]


def _words_of_scripts(chromium: Browser, url: str) -> list[str]:
    """Return the words of buttons, which only scripts can serve and which may be hidden without them."""
    context = chromium.new_context()
    page = context.new_page()
    page.goto(url)
    words = page.locator("main button").all_inner_texts()
    context.close()
    return [word.strip() for word in words]
