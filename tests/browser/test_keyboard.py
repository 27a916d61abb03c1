"""What a hand on the keyboard can do: skip to the text, copy the address, look at a picture and come back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.kinds import pages_of
from browser.sites import BuiltSites, ServedSite

pytestmark = pytest.mark.browser

FOCUSED = "document.activeElement"


@pytest.fixture(params=["korean", "english"])
def site(request: pytest.FixtureRequest, built: BuiltSites) -> ServedSite:
    return built(request.param)


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(permissions=["clipboard-read", "clipboard-write"])
    yield context.new_page()
    context.close()


def test_the_first_tab_stop_skips_to_the_text(page: Page, site: ServedSite) -> None:
    page.goto(site.home)
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_be_in_viewport()
    assert page.evaluate(f"{FOCUSED}.getAttribute('href')") == "#main"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate(f"document.querySelector('main').contains({FOCUSED})")


def test_the_copy_button_copies_the_address_and_says_so(page: Page, site: ServedSite) -> None:
    page.goto(site.url(pages_of("article", site.output)[0]))
    _tab_to(page, "[data-copy]")
    page.keyboard.press("Enter")
    expect(page.locator("[aria-live]").first).not_to_be_empty()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(site.base_url + "articles/")


def test_a_picture_opens_and_closes_and_gives_the_focus_back(page: Page, site: ServedSite) -> None:
    page.goto(site.url(_with(site, 'class="zoom"')))
    _tab_to(page, "a.zoom")
    page.keyboard.press("Enter")
    expect(page.locator("dialog[open] img")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)
    assert page.evaluate(f"{FOCUSED}.matches('a.zoom')")


def test_every_stop_of_the_tab_key_can_be_seen(page: Page, site: ServedSite) -> None:
    page.goto(site.url(pages_of("article", site.output)[0]))
    unseen = []
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate(f"{FOCUSED} === document.body"):
            break
        if page.evaluate(f"(s => s.outlineStyle === 'none' && s.boxShadow === 'none')(getComputedStyle({FOCUSED}))"):
            unseen.append(page.evaluate(f"{FOCUSED}.outerHTML"))
    assert unseen == []


def test_what_scrolls_is_a_stop_of_the_tab_key_at_each_width(page: Page, site: ServedSite) -> None:
    page.goto(site.url(_with(site, '<table tabindex="0"')))
    page.evaluate("for (const cell of document.querySelectorAll('main td')) cell.style.paddingInline = '3em'")
    seen = set()
    for width in (1600, 300, 1600):
        page.set_viewport_size({"width": width, "height": 800})
        page.wait_for_timeout(100)  # two frames: the page hears of its new size after it is laid out
        facts = "box => [box.tabIndex, box.scrollWidth > box.clientWidth]"
        boxes = page.evaluate(f"Array.from(document.querySelectorAll('main :is(table, pre)'), {facts})")
        assert [stop == 0 for stop, _ in boxes] == [scrolls for _, scrolls in boxes], width
        seen |= {scrolls for _, scrolls in boxes}
    assert seen == {True, False}


def _tab_to(page: Page, selector: str) -> None:
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate(f"{FOCUSED}.matches('{selector}')"):
            return
    pytest.fail(f"60 tab stops and none is {selector}")


def _with(site: ServedSite, words: str) -> str:
    pages = pages_of("article", site.output)
    return next(path for path in pages if words in (site.output / path).read_text(encoding="utf-8"))
