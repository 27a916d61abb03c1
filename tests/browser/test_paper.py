"""On paper: an A4 sheet with whole months, whole summaries, and no address that nobody can use."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from browser.kinds import KINDS, pages_of
from browser.sites import BuiltSites, ServedSite, served

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


FOLDED = {
    "note": "> [!NOTE]- 접힌 쪽지\n> 쪽지의 글이다.\n",
    "tip": '??? tip "접힌 도움말"\n    도움말의 글이다.\n\n    > 안의 인용이다.\n',
    "details": "<details><summary>합의문</summary>\n\n합의문의 글이다.\n\n- 하나\n\n<details><summary>속</summary>\n\n"
    "속에 접힌 글이다.\n\n</details>\n\n</details>\n",
    "long": "<details><summary>회의록</summary>\n\n" + "회의록의 한 줄이다.\n\n" * 90 + "</details>\n",
}
LINKS = """[지난 글](여객선.md), [같은 글의 제목](#남은-일), [밖의 글](https://port.example/%ED%95%A9%EC%9D%98%EB%AC%B8?id=4&q=a%20b),
https://port.example/2024/, [편집실](mailto:desk@port.example), desk@port.example, [옛 글자](https://port.example/%C7%D1),
[뒤집힌 글](https://port.example/%E2%80%AEtxt), [한글 이름](https://한빛.example/%EA%B0%80)

## 남은 일
"""


def _harbour(folder: Path) -> str:
    (folder / "content").mkdir()
    texts = {
        **FOLDED,
        "links": LINKS,
        "여객선": "여객선의 글이다.\n",
        "tags": "꼬리표의 글이다.[^1]\n\n[^1]: 각주이다.\n",
    }
    for name, text in texts.items():
        front = f"---\ntitle: {name}\ndate: 2024-07-03\ntags: [하역, 안전]\n---\n\n"
        (folder / f"content/{name}.md").write_text(front + text, encoding="utf-8")
    base = "https://harbour.example/news/"
    (folder / "site.yaml").write_text(
        f"title: 항구\nbase_url: {base}\nlanguage: ko\ntimezone: Asia/Seoul\n", encoding="utf-8"
    )
    return base


@pytest.fixture(scope="module")
def harbour(
    tmp_path_factory: pytest.TempPathFactory, yoyak: Callable[..., subprocess.CompletedProcess[str]]
) -> Iterator[ServedSite]:
    """A site of what is folded, linked and tagged."""
    with served(_harbour, tmp_path_factory.mktemp("paper"), yoyak) as site:
        yield site


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
@pytest.mark.parametrize("name", FOLDED)
def test_what_is_folded_is_printed_whole(name: str, scripts: bool, chromium: Browser, harbour: ServedSite) -> None:
    context = chromium.new_context(java_script_enabled=scripts, viewport={"width": SHEET, "height": 985})
    page = context.new_page()
    page.goto(harbour.url(f"articles/{name}/index.html"))
    pdf = page.pdf(prefer_css_page_size=True)
    page.emulate_media(media="print")
    words = page.locator(".body :is(p, li)")
    assert words.count()
    assert words.evaluate_all("all => all.filter(node => !node.checkVisibility()).map(node => node.textContent)") == []
    context.close()
    # What a browser prints is not what it emulates: ninety lines are on more sheets than one.
    assert (len(re.findall(rb"/Type\s*/Page\b", pdf)) > 2) == (name == "long")


# Chromium's versions differ in whether the computed `content` has attr() replaced.
PRINTED = """() => Object.fromEntries([...document.querySelectorAll('main .body a')].map(link => {
  const content = getComputedStyle(link, '::after').content;
  const words = content.replace(/attr\\((.*?)\\)/, (_, name) => link.getAttribute(name));
  return [link.textContent, words.replaceAll('"', '').replace('< ', '<').replace(' >', '>').trim()];
}))"""


def test_an_address_is_printed_with_its_host_and_readable_letters_and_once(sheet: Page, harbour: ServedSite) -> None:
    sheet.goto(harbour.url("articles/links/index.html"))
    without = sheet.evaluate(PRINTED)
    assert without["지난 글"] == without["같은 글의 제목"] == "none"
    assert "port.example/%ED%95%A9" in without["밖의 글"]
    sheet.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    assert sheet.evaluate(PRINTED) == {
        "지난 글": "<https://harbour.example/news/articles/여객선/>",
        "같은 글의 제목": "none",
        "밖의 글": "<https://port.example/합의문?id=4&q=a%20b>",
        "https://port.example/2024/": "none",
        "편집실": "<mailto:desk@port.example>",
        "desk@port.example": "none",
        "옛 글자": "<https://port.example/%C7%D1>",
        "뒤집힌 글": "<https://port.example/%E2%80%AEtxt>",
        "한글 이름": "<https://한빛.example/가>",
    }


def test_a_list_prints_the_addresses_of_articles_and_not_of_days(sheet: Page, harbour: ServedSite) -> None:
    sheet.goto(harbour.url("tags/하역/index.html"))
    sheet.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    found = sheet.locator("main :is(h2, h3) a").evaluate_all(
        "all => all.map(link => [link.pathname.split('/')[2], getComputedStyle(link, '::after').content !== 'none'])"
    )
    assert {tuple(one) for one in found} == {("archive", False), ("articles", True)}


def test_tags_begin_on_the_sheet_and_no_arrow_leads_back(sheet: Page, harbour: ServedSite) -> None:
    sheet.goto(harbour.url("articles/tags/index.html"))
    tag = sheet.locator(".tags a").first.bounding_box()
    assert tag
    assert tag["x"] >= 0
    assert not sheet.locator(".footnote-backref").is_visible()
