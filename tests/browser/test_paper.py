"""On paper: an A4 sheet with whole months, whole summaries, and no address that nobody can use."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from browser.kinds import KINDS, pages_of
from browser.sites import BuiltSites

pytestmark = pytest.mark.browser

SHEET = 643
"""An A4 sheet of 210 mm without its margins of 20 mm, in CSS pixels."""

WIDTHS = "() => [...document.body.children].map(n => [n.localName, n.getBoundingClientRect().width]).filter(n => n[1])"

MONTHS = """() => [...document.querySelectorAll('.month')].map(month => {
  const place = month.getBoundingClientRect(), row = month.closest('.calendar').getBoundingClientRect();
  return {left: place.left - row.left, right: row.right - place.right, height: place.height,
    breaks: getComputedStyle(month).breakInside,
    shades: [...month.querySelectorAll('td > a')].map(day => getComputedStyle(day))
      .map(style => [style.printColorAdjust, style.backgroundColor])};
})"""

ADDRESSES = """() => [...document.querySelectorAll('main a:has(img)')]
  .filter(link => /[.](svg|png|jpe?g|webp|gif)$/.test(link.pathname))
  .map(link => getComputedStyle(link, '::after').content).filter(text => !['none', 'normal'].includes(text))"""

CUT = """() => [...document.querySelectorAll('.summary')]
  .filter(node => node.scrollHeight > node.clientHeight + 1).map(node => node.textContent)"""


@pytest.fixture(scope="module")
def sheet(chromium: Browser) -> Iterator[Page]:
    """A page as wide as the text of a printed sheet, with the styles of paper."""
    context = chromium.new_context(viewport={"width": SHEET, "height": 985})
    page = context.new_page()
    page.emulate_media(media="print")
    yield page
    context.close()


@pytest.mark.parametrize("name", ["korean", "english", "untitled"])
def test_a_page_takes_the_whole_width_of_the_sheet_and_its_summaries_are_whole(
    name: str, sheet: Page, built: BuiltSites
) -> None:
    site = built(name)
    for kind in KINDS:
        for path in pages_of(kind, site.output)[:1]:
            sheet.goto(site.url(path))
            assert [part for part in sheet.evaluate(WIDTHS) if part[1] != SHEET] == [], path
            assert sheet.evaluate("() => document.scrollingElement.scrollWidth") <= SHEET, path
            assert sheet.evaluate(CUT) == [], path


def test_wide_tables_and_long_lines_of_code_fit_the_sheet(sheet: Page, built: BuiltSites) -> None:
    for name in ("extreme", "specimen"):
        site = built(name)
        sheet.goto(site.url(pages_of("article", site.output)[0]))
        assert sheet.evaluate("() => document.scrollingElement.scrollWidth") <= SHEET


@pytest.mark.parametrize("name", ["korean", "english", "extreme"])
@pytest.mark.parametrize("kind", ["archive", "year"])
def test_months_print_whole_and_shaded_over_the_width_of_the_sheet(
    kind: str, name: str, sheet: Page, built: BuiltSites
) -> None:
    site = built(name)
    sheet.goto(site.url(pages_of(kind, site.output)[0]))
    months = sheet.evaluate(MONTHS)
    assert {month["breaks"] for month in months} == {"avoid"}
    assert max(month["height"] for month in months) < 985 / 3
    if len(months) > 2:
        assert min(month["left"] for month in months) == 0
        assert min(month["right"] for month in months) < 1
    shades = [shade for month in months for shade in month["shades"]]
    assert shades
    assert [shade for shade in shades if shade[0] != "exact" or shade[1] == "rgba(0, 0, 0, 0)"] == []


def test_a_year_of_months_prints_on_two_sheets(chromium: Browser, built: BuiltSites) -> None:
    site = built("extreme")
    page = chromium.new_page()
    page.goto(site.url(pages_of("year", site.output)[0]))
    pdf = page.pdf(prefer_css_page_size=True)
    page.close()
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) <= 2


@pytest.mark.parametrize("name", ["korean", "specimen"])
def test_a_picture_prints_no_address_of_its_file(name: str, sheet: Page, built: BuiltSites) -> None:
    site = built(name)
    pictures = 0
    for path in pages_of("article", site.output):
        sheet.goto(site.url(path))
        pictures += sheet.locator("main a img").count()
        assert sheet.evaluate(ADDRESSES) == []
    assert pictures


def test_a_picture_that_leads_elsewhere_prints_where(sheet: Page, built: BuiltSites) -> None:
    site = built("specimen")
    sheet.goto(site.url("articles/specimen/index.html"))
    found = sheet.locator("a[href^='https://shop.example']:has(img)").evaluate(
        "link => getComputedStyle(link, '::after').content"
    )
    assert "attr(href)" in found or "shop.example" in found


@pytest.mark.parametrize("name", ["korean", "english", "untitled"])
def test_the_front_page_prints_its_edition_only(name: str, sheet: Page, built: BuiltSites) -> None:
    sheet.goto(built(name).home)
    assert sheet.locator(".recent").count() == 1
    assert not sheet.locator(".recent").is_visible()
    assert sheet.locator(".lead").is_visible()
