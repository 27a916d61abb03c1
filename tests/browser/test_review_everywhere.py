"""The review panel of a bundle for everybody: on every screen, by keyboard, by touch, on paper."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from browser.panels import add, written
from browser.sites import WRITERS
from command import run_yoyak
from samples import ALL

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]

RUN_AXE = """() => axe.run(document, {resultTypes: ["violations"], rules: {"target-size": {enabled: true}}})
  .then(found => found.violations)"""


WIDTHS = (320, 360, 768, 1280)
LANGUAGES = ("korean", "english")
FIRST = random.randrange(2)


@pytest.fixture
def page(panel_page: Page) -> Page:
    return panel_page


@pytest.fixture(scope="module")
def file(ferry: Path) -> Path:
    return ferry


@pytest.fixture(scope="module")
def site(ferry: Path) -> Path:
    return ferry.parent / "site"


@pytest.fixture
def context(reader: BrowserContext) -> BrowserContext:
    return reader


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Give the bundle of the sample site in a language."""

    @cache
    def bundle(language: str) -> Path:
        folder = tmp_path_factory.mktemp(language)
        (folder / "site").mkdir()
        WRITERS[language](folder / "site")
        done = run_yoyak("build", "--preview", "--bundle", folder / "one.html", "--site", folder / "site")
        assert done.returncode == 0, done.stderr
        return folder / "one.html"

    return bundle


@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(
    sample: Callable[[str], Path], chromium: Browser, axe_source: str, width: int
) -> None:
    """The languages take turns; YOYAK_ALL=1 has each at every width."""
    for language in LANGUAGES if ALL else [LANGUAGES[(FIRST + WIDTHS.index(width)) % 2]]:
        looked_at(sample(language), chromium, axe_source, width)


def looked_at(sample: Path, chromium: Browser, axe_source: str, width: int) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 740}, bypass_csp=True, reduced_motion="reduce")
    page = context.new_page()

    def found() -> list[str]:
        ids = []
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            ids += [f"{scheme}: {one['id']}" for one in page.evaluate(RUN_AXE)]
        return ids

    page.goto(f"{sample.as_uri()}#/articles/across-the-sea/")
    page.wait_for_selector("main h1")
    page.locator(".bar button:visible").first.click()
    panel = page.locator(".panel")
    panel.locator("select").select_option("suggestion")
    panel.locator("textarea:visible").nth(1).fill("A note.")
    panel.locator(".strong").first.click()  # a suggestion without words: an error is shown
    page.evaluate(axe_source)
    assert found() == []
    panel.locator("select").select_option("comment")
    panel.locator(".strong").first.click()
    panel.locator("form").nth(1).get_by_role("button").first.click()
    panel.locator("summary").click()
    assert found() == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert panel.evaluate("panel => panel.scrollWidth <= panel.clientWidth")
    context.close()


def test_the_whole_panel_works_by_keyboard(page: Page, file: Path) -> None:
    expect(page.locator(".panel h2")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".panel")).to_be_hidden()
    expect(page.get_by_role("button", name="Review")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".panel h2")).to_be_focused()
    for _ in range(2):
        page.keyboard.press("Tab")
    page.keyboard.type("Quoted words.")
    for _ in range(2):
        page.keyboard.press("Tab")
    page.keyboard.type("By keyboard.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Your notes")).to_be_focused()
    for _ in range(3):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Undo")).to_be_focused()
    page.keyboard.press("Enter")
    assert [one["text"] for one in written(page)["events"]] == ["By keyboard."]


def test_paper_has_no_panel(page: Page) -> None:
    add(page, "Note.", "Quoted words.")
    page.emulate_media(media="print")
    assert page.locator(".panel").is_hidden()
    assert page.evaluate("getComputedStyle(document.documentElement).paddingInlineEnd") == "0px"


def test_a_phone_picks_words_by_touch(chromium: Browser, file: Path) -> None:
    size: Any = {"width": 360, "height": 740}
    context = chromium.new_context(viewport=size, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(f"{file.as_uri()}#/articles/ferry/")
    page.wait_for_selector("main h1")
    page.evaluate("getSelection().selectAllChildren(document.querySelector('.body blockquote p'))")
    pick = page.get_by_role("button", name="Note on these words")
    pick.wait_for()
    page.evaluate("getSelection().removeAllRanges()")  # as some phones do when a button is touched
    pick.tap()
    expect(page.locator(".panel").get_by_label("On these words")).to_have_value("Quoted words.")
    context.close()


def test_what_is_published_takes_no_notes(site: Path, tmp_path: Path, context: BrowserContext) -> None:
    file = tmp_path / "published.html"
    done = run_yoyak("build", "--bundle", file, "--site", site)
    assert done.returncode == 0, done.stderr
    text = file.read_text(encoding="utf-8")
    assert [word for word in ("yoyak-review", "makeNotes", "Request changes", "p: It costs") if word in text] == []
    page = context.new_page()
    page.goto(f"{file.as_uri()}#/articles/ferry/")
    page.wait_for_selector("main h1")
    assert page.get_by_role("button", name="Review").count() == 0


def test_a_page_that_is_no_article_shows_what_was_written_where(page: Page, file: Path) -> None:
    add(page, "Note.")
    page.evaluate("location.hash = '#/'")
    expect(page.locator(".panel h2")).to_have_text("Review")
    page.locator(".panel").get_by_role("link", name="Ferry · 1").click()
    expect(page.locator("main h1")).to_have_text("Ferry")
    expect(page.locator(".panel ol .words")).to_have_text(["Note."])


def test_the_time_of_an_event_is_one_that_the_desk_reads(page: Page) -> None:
    add(page, "Note.")
    assert datetime.fromisoformat(written(page)["events"][0]["at"]).tzinfo
