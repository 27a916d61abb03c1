"""Every page fits its window, keeps to its host, prints, and says all it has to say without a script."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

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
LOAD_ALL = "for (const one of document.querySelectorAll('[loading=lazy]')) one.loading = 'eager'"


class Walk(NamedTuple):
    """What was seen on the way through two pages of each kind, at 320 pixels."""

    wide: dict[str, list[str]]
    asked: list[str]
    complaints: list[str]


@pytest.fixture(scope="module")
def walk(chromium: Browser) -> Callable[[ServedSite], Walk]:
    """Go through a site once, for all that is asked of its pages."""
    known: dict[str, Walk] = {}

    def walked(site: ServedSite) -> Walk:
        if site.home not in known:
            known[site.home] = _walked(chromium, site)
        return known[site.home]

    return walked


def _walked(chromium: Browser, site: ServedSite) -> Walk:
    context = chromium.new_context(viewport={"width": 320, "height": 640})
    page, seen = context.new_page(), Walk({}, [], [])
    page.on("request", lambda request: seen.asked.append(request.url))
    page.on("pageerror", lambda error: seen.complaints.append(f"{page.url}: {error}"))
    page.on(
        "console",
        lambda said: seen.complaints.append(f"{page.url}: {said.text}") if said.type in {"error", "warning"} else None,
    )
    for kind in KINDS:
        for path in pages_of(kind, site.output)[:2]:
            page.goto(site.url(path))
            if lines := page.evaluate(TOO_WIDE):
                seen.wide[path] = lines
            page.evaluate(LOAD_ALL)
    page.wait_for_load_state("networkidle")
    context.close()
    return seen


def test_no_page_scrolls_sideways_at_320_pixels(site: ServedSite, walk: Callable[[ServedSite], Walk]) -> None:
    assert walk(site).wide == {}


def test_no_request_leaves_the_host(site: ServedSite, walk: Callable[[ServedSite], Walk]) -> None:
    asked = walk(site).asked
    assert len(asked) > 10
    assert [url for url in asked if not url.startswith((site.home, "data:"))] == []


def test_the_browser_complains_of_nothing(site: ServedSite, walk: Callable[[ServedSite], Walk]) -> None:
    assert walk(site).complaints == []


def test_no_page_scrolls_sideways_at_400_percent_zoom(built: BuiltSites, chromium: Browser) -> None:
    """WCAG 2.2, 1.4.10: 1280 by 1024 pixels at 400 % are 320 by 256 CSS pixels."""
    site = built("korean")
    context = chromium.new_context(viewport={"width": 320, "height": 256}, device_scale_factor=4)
    page, found = context.new_page(), {}
    for kind in ("front", "article", "tags", "archive"):
        page.goto(site.url(pages_of(kind, site.output)[0]))
        found[kind] = page.evaluate(TOO_WIDE)
    context.close()
    assert {kind: lines for kind, lines in found.items() if lines} == {}


def test_a_page_says_the_same_without_scripts(built: BuiltSites, chromium: Browser) -> None:
    site, missing = built("korean"), {}
    contexts = [chromium.new_context(java_script_enabled=scripts) for scripts in (True, False)]
    with_scripts, without = [context.new_page() for context in contexts]
    for kind in KINDS:
        url = site.url(pages_of(kind, site.output)[0])
        there, said = _visible_text(with_scripts, url), _visible_text(without, url)
        assert said, url
        # Words of buttons, which only scripts can serve, may be hidden without them.
        there -= {word.strip() for word in with_scripts.locator("main button").all_inner_texts()}
        missing[kind] = there - said
    for context in contexts:
        context.close()
    assert {kind: lines for kind, lines in missing.items() if lines} == {}


@pytest.mark.parametrize("name", ["korean", "english"])
def test_an_edition_prints_on_a4_with_addresses_after_links(name: str, built: BuiltSites, chromium: Browser) -> None:
    site = built(name)
    context = chromium.new_context()
    page = context.new_page()
    page.goto(site.url(pages_of("edition", site.output)[0]))
    page.emulate_media(media="print")
    page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    after = page.evaluate(
        "() => [...document.querySelectorAll('main a[data-address^=\"https:\"]')]"
        ".map(a => getComputedStyle(a, '::after').content)"
    )
    pdf = page.pdf(format="A4", print_background=False)
    context.close()
    assert pdf.startswith(b"%PDF")
    # Chromium's versions differ in whether the computed `content` has attr() replaced.
    assert any("attr(data-address)" in text or f"{site.base_url}articles/" in text for text in after)


def _visible_text(page: Page, url: str) -> set[str]:
    page.goto(url)
    return {line.strip() for line in page.locator("main").inner_text().splitlines() if line.strip()}
