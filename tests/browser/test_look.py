"""What a reader would complain about: text cut and shown again, a menu that names another page, things said twice."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from urllib.parse import urljoin

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, Page

from browser.kinds import html_files, pages_of
from browser.sites import BuiltSites, CommandLine, ServedSite, korean
from samples import some

pytestmark = pytest.mark.browser

WIDTHS = (360, 768, 1024, 1280)

# A clamp hides whole lines only when its box is not higher than the lines that it lets through.
TOO_HIGH = """() => [...document.querySelectorAll('.summary')].filter(node => {
  const style = getComputedStyle(node), clamp = Number(style.webkitLineClamp);
  return clamp && node.clientHeight > clamp * parseFloat(style.lineHeight) + 1;
}).map(node => `${node.clientHeight} px: ${node.textContent.slice(0, 60)}`)"""

CLAMPED = "() => [...document.querySelectorAll('.summary')].filter(n => n.scrollHeight > n.clientHeight + 1).length"


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("name", ["korean", "english", "untitled", "extreme"])
def test_a_shortened_summary_ends_at_its_last_line(name: str, page: Page, built: BuiltSites) -> None:
    site = built(name)
    found = {}
    for kind in ("front", "edition", "theme", "tag", "day", "not_found"):
        for path in some(pages_of(kind, site.output), 2):
            page.goto(site.url(path))
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 900})
                found[path, width] = page.evaluate(TOO_HIGH)
    assert {place: lines for place, lines in found.items() if lines} == {}


def test_the_sites_looked_at_have_summaries_that_are_shortened(page: Page, built: BuiltSites) -> None:
    page.set_viewport_size({"width": 768, "height": 900})
    page.goto(built("untitled").home)
    assert page.evaluate(CLAMPED) > 0


def test_the_menu_marks_a_place_on_its_own_page_only(site: ServedSite) -> None:
    for file in html_files(site.output):
        here = site.url(file.relative_to(site.output).as_posix())
        marked = _read(file.read_text(encoding="utf-8")).select("[aria-current]")
        assert [link for link in marked if urljoin(here, str(link.get("href"))) != here] == [], here
        assert {link["aria-current"] for link in marked} <= {"page"}


@pytest.mark.parametrize(
    ("name", "kind"),
    [*(("korean", kind) for kind in ("front", "editions", "themes", "tags", "page")), ("small", "archive")],
)
def test_the_menu_marks_the_place_that_is_shown(name: str, kind: str, built: BuiltSites) -> None:
    site = built(name)
    soup = _read((site.output / pages_of(kind, site.output)[0]).read_text(encoding="utf-8"))
    assert len(soup.select(".bar [aria-current=page]")) == 1


def test_the_menu_leads_to_past_editions(built: BuiltSites) -> None:
    site = built("korean")
    soup = _read((site.output / "index.html").read_text(encoding="utf-8"))
    assert [link.text for link in soup.select(".bar nav a")][:2] == ["이번 호", "지난 호"]


@pytest.mark.parametrize("name", ["korean", "english"])
def test_the_menu_takes_one_line_of_a_phone(name: str, page: Page, built: BuiltSites) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(built(name).home)
    tops = page.evaluate("() => [...document.querySelectorAll('.bar nav li')].map(n => n.getBoundingClientRect().top)")
    assert len(set(tops)) == 1


@pytest.mark.parametrize("kind", ["front", "edition", "editions"])
def test_no_page_of_an_edition_says_a_thing_twice(kind: str, site: ServedSite) -> None:
    for path in pages_of(kind, site.output):
        soup = _read((site.output / path).read_text(encoding="utf-8"))
        said = [_words(node.text) for node in soup.select(".brand, .mast .issue span, h1, .lead h2")]
        assert len(said) == len(set(said)), f"{path}: {said}"
        for row in soup.select(".editions > li, .pager a"):
            said = [_words(node.text) for node in row.select("h2, h3, b, .meta span, span")]
            assert len(said) == len(set(said)), f"{path}: {said}"
        parts = [part for node in soup.select("title") for part in node.text.split(" · ")]
        assert len(parts) == len(set(parts)), f"{path}: {parts}"


def test_an_edition_without_a_title_has_the_headline_of_its_lead_story(built: BuiltSites) -> None:
    site = built("untitled")
    front = _read((site.output / "index.html").read_text(encoding="utf-8"))
    headline = front.select_one("h1 a")
    assert headline
    assert headline.text == "The kettle that two harbours share"
    assert str(headline["href"]).endswith("/articles/kettle/")
    assert front.select_one("h1[lang=en]")
    assert not front.select(".lead h2")
    listed = _read((site.output / "editions/index.html").read_text(encoding="utf-8"))
    assert [node.text for node in listed.select(".editions h2")] == [
        "The kettle that two harbours share",
        "우리가 붙인 이름",
        "배가 두 번 뜬 날",
    ]
    edition = _read((site.output / "editions/2024-W25/index.html").read_text(encoding="utf-8"))
    assert edition.title
    assert edition.title.text.startswith("배가 두 번 뜬 날 · 2024년 제25호 · ")


def test_an_edition_named_like_the_site_is_called_by_its_number(
    tmp_path: Path, yoyak: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    korean(tmp_path)
    note = tmp_path / "content/editions/2024-W28.md"
    note.write_text("---\ntitle: 소버린 AI 다이제스트\n---\n", encoding="utf-8")
    assert yoyak("build", "--site", tmp_path).returncode == 0
    soup = _read((tmp_path / "output/index.html").read_text(encoding="utf-8"))
    assert [_words(node.text) for node in soup.select("h1, .mast .issue span")] == [
        "2024.07.08 (월) – 07.14 (일)",
        "2024년 제28호",
    ]


def test_every_section_of_an_edition_has_a_story_of_its_own(site: ServedSite) -> None:
    for path in chain(pages_of("front", site.output), pages_of("edition", site.output)):
        soup = _read((site.output / path).read_text(encoding="utf-8"))
        assert [part for part in soup.select("main > .section") if not part.select(".card, .editions")] == [], path


def test_the_contents_of_an_edition_lead_to_every_theme(site: ServedSite) -> None:
    for path in chain(pages_of("front", site.output), pages_of("edition", site.output)):
        soup = _read((site.output / path).read_text(encoding="utf-8"))
        places = [str(link["href"]) for link in soup.select(".contents a")]
        assert [place for place in places if not soup.select(f"[id='{place.removeprefix('#')}']")] == [], path


def test_the_theme_of_the_lead_story_alone_leads_to_the_lead_story(built: BuiltSites) -> None:
    site = built("untitled")
    soup = _read((site.output / "index.html").read_text(encoding="utf-8"))
    places = [link["href"] for link in soup.select(".contents a") if "항구" in link.text]
    assert [story.name for place in places for story in soup.select(str(place))] == ["article"]


def test_the_recipe_of_the_manual_restyles_an_english_site(page: Page, built: BuiltSites) -> None:
    site = built("restyled")
    page.goto(site.home)
    family, colour = page.evaluate(
        "() => [getComputedStyle(document.querySelector('h1')).fontFamily,"
        " getComputedStyle(document.querySelector('.seal')).backgroundColor]"
    )
    assert family.startswith('"Nanum Myeongjo"')
    assert colour == "rgb(31, 95, 74)"


def _read(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


def _words(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


GAPS = """() => {
  const names = [...document.querySelectorAll('.article .meta > a bdi')].map(name => {
    const range = document.createRange();
    range.selectNodeContents(name);
    return range.getBoundingClientRect();
  });
  return names.slice(1).map((place, index) => [place.top - names[index].top, place.left - names[index].right])
    .filter(([down]) => down === 0).map(([, gap]) => Math.round(gap));
}"""


def test_names_of_a_byline_stand_equally_far_apart(page: Page, tmp_path: Path, yoyak: CommandLine) -> None:
    names = "[김하늘, 이바다, 독고영재, 한별, Maria Fernández]"
    (tmp_path / "content").mkdir()
    (tmp_path / "content/a.md").write_text(f"---\ntitle: 글\ndate: 2024-07-03\nauthors: {names}\n---\n\n글이다.\n")
    (tmp_path / "site.yaml").write_text(
        "title: 항구\nbase_url: https://a.example/\nlanguage: ko\ntimezone: Asia/Seoul\n"
    )
    done = yoyak("build", "--site", tmp_path)
    assert done.returncode == 0, done.stderr
    page.set_viewport_size({"width": 1280, "height": 900})
    html = (tmp_path / "output/articles/a/index.html").read_text(encoding="utf-8")
    css = "".join(file.read_text(encoding="utf-8") for file in (tmp_path / "output/assets").glob("*.css"))
    page.set_content(html.replace("</head>", f"<style>{css}</style></head>"))
    gaps = page.evaluate(GAPS)
    assert len(gaps) == 4
    assert max(gaps) - min(gaps) <= 1
