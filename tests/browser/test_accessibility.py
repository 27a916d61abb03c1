"""axe-core finds nothing on any kind of page: light, dark, wide, narrow, Korean, English, with and without scripts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ViewportSize

from browser.kinds import KINDS, pages_of
from browser.sites import BuiltSites

pytestmark = pytest.mark.browser

WIDE: ViewportSize = {"width": 1280, "height": 800}
NARROW: ViewportSize = {"width": 360, "height": 740}

# target-size is the one rule of WCAG 2.2 AA that axe leaves off unless asked.
RUN_AXE = "() => axe.run(document, {rules: {'target-size': {enabled: true}}}).then(found => found.violations)"


@pytest.fixture(
    scope="module",
    params=[("light", WIDE, True), ("dark", NARROW, True), ("dark", WIDE, False), ("light", NARROW, False)],
    ids=["light-wide", "dark-narrow", "dark-wide-without-scripts", "light-narrow-without-scripts"],
)
def look(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[BrowserContext]:
    """One way of looking at pages. Without scripts, the site's own are blocked: axe itself is one."""
    scheme, viewport, scripts = request.param
    context = chromium.new_context(color_scheme=scheme, viewport=viewport, reduced_motion="reduce")
    if not scripts:
        context.route("**/*.js", lambda route: route.abort())
    yield context
    context.close()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["korean", "english"])
def test_axe_finds_nothing(name: str, kind: str, look: BrowserContext, built: BuiltSites, axe_source: str) -> None:
    site = built(name)
    pages = pages_of(kind, site.output)
    assert pages, f"the sample site has no page of the kind {kind}"
    assert violations(look, site.url(pages[0]), axe_source) == []


def test_axe_finds_nothing_on_any_article(look: BrowserContext, built: BuiltSites, axe_source: str) -> None:
    site = built("korean")
    found = {path: violations(look, site.url(path), axe_source) for path in pages_of("article", site.output)}
    assert {path: lines for path, lines in found.items() if lines} == {}


@pytest.mark.parametrize("kind", ["front", "article", "tags", "tag", "archive"])
def test_axe_finds_nothing_on_pages_that_strain_the_layout(
    kind: str, look: BrowserContext, built: BuiltSites, axe_source: str
) -> None:
    site = built("extreme")
    assert violations(look, site.url(pages_of(kind, site.output)[0]), axe_source) == []


@pytest.mark.parametrize("name", ["small", "empty"])
@pytest.mark.parametrize("kind", ["front", "themes", "tags", "archive"])
def test_axe_finds_nothing_on_a_site_with_next_to_nothing(
    name: str, kind: str, look: BrowserContext, built: BuiltSites, axe_source: str
) -> None:
    site = built(name)
    for path in pages_of(kind, site.output):
        assert violations(look, site.url(path), axe_source) == []


def violations(context: BrowserContext, url: str, axe_source: str) -> list[str]:
    """Return what axe finds on a page, a line for each element."""
    page = context.new_page()
    try:
        page.goto(url)
        page.evaluate(axe_source)
        found: list[dict[str, Any]] = page.evaluate(RUN_AXE)
        return [
            f"{rule['id']}: {node['html'][:160]} {node['failureSummary']}" for rule in found for node in rule["nodes"]
        ]
    finally:
        page.close()
