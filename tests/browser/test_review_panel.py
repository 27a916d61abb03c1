"""The review panel of a bundle, used from a file: notes, verdicts, and a browser that keeps nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from browser.panels import HEAD, add, copy_of, opened, panel_of, written
from command import run_yoyak
from yoyak.desk.saved_reviews import carried
from yoyak.model.build import BuildRequest
from yoyak.model.review import Anchor
from yoyak.portable.panel import ReviewedPage
from yoyak.review.anchors import AnchorPlace, find
from yoyak.review.blocks import folded
from yoyak.review.seen import seen_from

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]

KEEPS_NOTHING = (
    """Object.defineProperty(window, "localStorage", {get() { throw new DOMException("no", "SecurityError"); }})"""
)


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


def reviewed(site: Path) -> ReviewedPage:
    output = site / ".yoyak/bundle"
    found = carried(BuildRequest(folder=site, output=output, preview=True, portable=True))
    return found.pages["articles/ferry/"]


# --- words ------------------------------------------------------------------------------------------


def test_words_selected_anywhere_are_found_by_the_desk_where_they_were(page: Page, site: Path) -> None:
    blocks = seen_from(reviewed(site).seen).blocks
    count = page.evaluate("""() => {
      const walker = document.createTreeWalker(document.querySelector(".body"), NodeFilter.SHOW_TEXT);
      window.texts = [];
      while (walker.nextNode()) {
        const { data, parentElement } = walker.currentNode;
        if (data.trim() && !parentElement.closest("a.zoom, button")) texts.push(walker.currentNode);
      }
      return texts.length;
    }""")
    assert count > 15
    chosen = []
    for number in range(count):
        words = page.evaluate(
            "(number) => { getSelection().selectAllChildren(document.body); getSelection().setBaseAndExtent("
            "texts[number], 0, texts[number], texts[number].length); return texts[number].data; }",
            number,
        )
        pick = page.get_by_role("button", name="Note on these words")
        pick.click()
        page.keyboard.type(f"{number}")
        panel_of(page).get_by_role("button", name="Add the note").click()
        chosen.append(folded(words))
    for one, words in zip(written(page)["events"], chosen, strict=True):
        anchor = one["anchor"]
        assert folded(anchor["quote"]) == words
        place = find(Anchor(**anchor), blocks)
        assert isinstance(place, AnchorPlace), (anchor, words)
        assert place.block is not None
        assert blocks[place.block].id == anchor["block"]
        assert folded(blocks[place.block].text[place.start : place.end]) == words


def test_a_selection_in_a_long_article_looks_only_at_its_own_letters(
    context: BrowserContext, tmp_path: Path, site: Path
) -> None:
    copy = copy_of(site, tmp_path)
    (copy / "content/ferry.md").write_text(f"---\n{HEAD}---\n\n" + "Some words of it.\n\n" * 500, encoding="utf-8")
    file = tmp_path / "long.html"
    assert run_yoyak("build", "--preview", "--bundle", file, "--site", copy).returncode == 0
    page = context.new_page()
    opened(page, file)
    page.evaluate("""() => {
      const before = Range.prototype.comparePoint;
      window.compared = 0;
      Range.prototype.comparePoint = function (...of) { compared += 1; return before.apply(this, of); };
      getSelection().selectAllChildren(document.querySelector(".body p:nth-child(400)"));
    }""")
    page.get_by_role("button", name="Note on these words").wait_for()
    assert page.evaluate("compared") < 500 * 4


def test_typed_words_are_placed_only_where_they_are_certain(page: Page) -> None:
    add(page, "Which?", "It costs 2.50 euro.")  # twice in the text; the summary is not of it
    alert = panel_of(page).get_by_role("alert")
    expect(alert.filter(has_text="more than once")).to_be_visible()
    add(page, "Where?", "No such words")
    expect(alert.filter(has_text="not in a paragraph")).to_be_visible()
    add(page, "", "Quoted words.")
    expect(alert.filter(has_text="Write the note first")).to_be_visible()
    add(page, "Who?", "Quoted words.")
    add(page, "All of it.")
    found = written(page)["events"]
    assert [one.get("anchor", {}).get("quote") for one in found] == ["Quoted words.", None]


def test_of_everything_the_first_words_of_the_article_are_taken(page: Page) -> None:
    page.locator("main h1").click()
    page.keyboard.press("Control+a")
    page.get_by_role("button", name="Note on these words").click()
    expect(panel_of(page).get_by_label("On these words")).to_have_value("It costs 2.50 euro.")


def test_words_of_the_page_that_are_not_of_the_article_take_no_note(page: Page) -> None:
    page.evaluate("getSelection().selectAllChildren(document.querySelector('h1'))")
    page.wait_for_timeout(100)
    assert page.get_by_role("button", name="Note on these words").count() == 0


def test_no_style_of_a_site_hides_or_moves_the_panel(page: Page) -> None:
    page.evaluate("""() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync("* { all: revert; position: static !important } div { display: none !important }");
      document.adoptedStyleSheets = [sheet];
    }""")
    assert page.locator(".panel").is_visible()
    assert page.locator(".panel").evaluate("panel => getComputedStyle(panel.getRootNode().host).position") == "fixed"
    page.emulate_media(media="print")
    assert page.locator(".panel").is_hidden()


def test_a_suggestion_needs_both_words(page: Page) -> None:
    panel = panel_of(page)
    panel.get_by_label("Kind").select_option("suggestion")
    panel.get_by_label("Write instead").fill("New words.")
    panel.get_by_role("button", name="Add the note").click()
    expect(panel.get_by_role("alert").filter(has_text="which words")).to_be_visible()
    panel.get_by_label("On these words").fill("Quoted words.")
    panel.get_by_label("Write instead").fill("")
    panel.get_by_role("button", name="Add the note").click()
    expect(panel.get_by_role("alert").filter(has_text="what to write instead")).to_be_visible()
    panel.get_by_label("Write instead").fill("New words.")
    panel.get_by_role("button", name="Add the note").click()
    assert [one["instead"] for one in written(page)["events"]] == ["New words."]


# --- what one wrote ---------------------------------------------------------------------------------


def test_a_note_is_edited_deleted_and_brought_back(page: Page) -> None:
    add(page, "First.", "Quoted words.")
    panel = panel_of(page)
    assert page.evaluate("[...CSS.highlights.get('yoyak-note')].map(String)") == ["Quoted words."]
    panel.get_by_role("button", name="Show: Quoted words.").click()
    assert page.evaluate("[...CSS.highlights.get('yoyak-chosen')].map(String)") == ["Quoted words."]
    panel.get_by_role("button", name="Edit: Quoted words.").click()
    panel.get_by_label("Note", exact=True).fill("Better.")
    panel.get_by_role("button", name="Change the note").click()
    expect(panel.locator("ol .words")).to_have_text(["Better."])
    panel.get_by_label("Note", exact=True).fill("Half")
    panel.get_by_role("button", name="Edit: Quoted words.").click()
    expect(panel.get_by_role("alert").filter(has_text="Add or discard")).to_be_visible()
    expect(panel.get_by_label("Note", exact=True)).to_have_value("Half")
    panel.get_by_role("button", name="Discard").click()
    panel.get_by_role("button", name="Delete: Quoted words.").click()
    expect(panel.locator("ol .words")).to_have_count(0)
    expect(panel.get_by_role("button", name="Undo")).to_be_focused()
    page.keyboard.press("Enter")
    assert [one["text"] for one in written(page)["events"]] == ["Better."]


def test_a_verdict_replaces_the_one_before(page: Page) -> None:
    panel = panel_of(page)
    panel.get_by_role("button", name="Approve").click()
    panel.get_by_label("Reason").fill("No.")
    panel.get_by_role("button", name="Request changes").click()
    found = written(page)
    assert [one["event"] for one in found["events"]] == ["request-changes"]
    panel.get_by_role("button", name="Take back").click()
    expect(panel.get_by_role("button", name="Take back")).to_have_count(0)
    panel.get_by_role("button", name="Save the file").click()
    expect(panel.get_by_role("alert").filter(has_text="nothing yet")).to_be_visible()


def test_what_is_half_written_survives_the_window(page: Page, file: Path) -> None:
    panel = panel_of(page)
    panel.get_by_label("On these words").fill("Quoted words.")
    panel.get_by_label("Note", exact=True).fill("A long thou")
    panel.get_by_label("Reason").fill("Beca")
    page.evaluate("location.hash = '#/articles/other/'")
    expect(page.locator("main h1")).to_have_text("Other")
    expect(panel.get_by_label("Note", exact=True)).to_have_value("")
    page.close(run_before_unload=False)
    page = page.context.new_page()
    panel = opened(page, file)
    expect(panel.get_by_label("Note", exact=True)).to_have_value("A long thou")
    expect(panel.get_by_label("On these words")).to_have_value("Quoted words.")
    expect(panel.get_by_label("Reason")).to_have_value("Beca")


def test_two_windows_of_a_file_lose_nothing_of_each_other(page: Page, file: Path) -> None:
    other = page.context.new_page()
    opened(other, file)
    add(page, "One.")
    expect(panel_of(other).locator("ol .words")).to_have_text(["One."])
    add(other, "Two.")
    add(page, "Three.")
    assert [one["text"] for one in written(other)["events"]] == ["One.", "Two.", "Three."]


def test_a_browser_that_keeps_nothing_says_so_and_asks_before_it_closes(context: BrowserContext, file: Path) -> None:
    context.add_init_script(KEEPS_NOTHING)
    page = context.new_page()
    panel = opened(page, file)
    expect(panel.get_by_role("alert").filter(has_text="keeps nothing")).to_be_visible()
    add(page, "Is it kept?")
    asked = list[str]()
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.close(run_before_unload=True)
    page.wait_for_timeout(500)
    assert asked == ["beforeunload"]
    assert [one["text"] for one in written(page)["events"]] == ["Is it kept?"]  # she stayed, and it is there
    with page.expect_event("close"):
        page.close(run_before_unload=True)
    assert asked == ["beforeunload"]


def test_a_full_storage_is_said_too(context: BrowserContext, file: Path) -> None:
    context.add_init_script("Storage.prototype.setItem = (_, value) => { if (value) throw new Error('full'); }")
    page = context.new_page()
    opened(page, file)
    add(page, "One.")
    add(page, "Two.")
    expect(panel_of(page).get_by_role("alert").filter(has_text="keeps nothing")).to_be_visible()
    assert [one["text"] for one in written(page)["events"]] == ["One.", "Two."]


SOMETHING = {"id": "1", "path": "p", "title": "t", "at": "x", "text": "x", "instead": "", "seen": "x", "event": "hold"}
KEPT = [
    "not json",
    "null",
    "[]",
    '"text"',
    '{"said": 3}',
    '{"said": [null, 3, {}], "by": null, "seen": [], "drafts": {"content/ferry.md": 3}}',
    json.dumps({"by": {"name": 3}, "said": [SOMETHING | {"kind": "comment", "anchor": None, "scope": []}]}),
]


@pytest.mark.parametrize("kept", KEPT)
def test_what_somebody_else_put_into_the_storage_breaks_nothing(context: BrowserContext, file: Path, kept: str) -> None:
    place = "yoyak-review https://digest.example.org/ Digest"
    page = context.new_page()
    opened(page, file)
    page.evaluate("([place, kept]) => { localStorage.setItem(place, kept); }", [place, kept])
    page.reload()
    page.wait_for_selector("main h1")
    add(page, "Mine.")
    expect(panel_of(page).get_by_role("alert").filter(has_text="could not be read")).to_be_visible()
    assert [one["text"] for one in written(page)["events"]] == ["Mine."]
    assert page.evaluate("place => localStorage.getItem(`${place} (damaged)`)", place) == kept


def test_a_note_is_text_wherever_it_is_shown(page: Page, site: Path, tmp_path: Path) -> None:
    evil = "<img src=x onerror='window.ran = 1'><script>window.ran = 2</script>\u202e\u0007 & \ud83d"
    panel = panel_of(page)
    page.evaluate("window.ran = 0")
    add(page, evil)
    panel.get_by_label("Your name").fill("Lee\u202e <b>\u0007</b>")
    with page.expect_download() as found:
        panel.get_by_role("button", name="Save the file").click()
    page.wait_for_timeout(200)
    assert page.evaluate("window.ran") == 0
    saved = json.loads(Path(found.value.path()).read_text(encoding="utf-8"))
    assert saved["events"][0]["by"]["name"].isprintable()
    copy = copy_of(site, tmp_path)
    done = run_yoyak("review", "import", found.value.path(), "--site", copy)
    assert done.returncode == 0, done.stderr
    shown = json.loads(run_yoyak("review", "show", "ferry", "--json", "--site", copy).stdout)
    assert shown["notes"][0]["text"].startswith("<img src=x")


def test_what_is_too_long_is_refused_by_the_panel_and_not_by_the_desk(page: Page) -> None:
    add(page, "가" * 20_000)
    panel = panel_of(page)
    expect(panel.get_by_role("alert").filter(has_text="too long")).to_be_visible()
    assert len(panel.get_by_label("Note", exact=True).input_value()) == 20_000
    panel.get_by_label("Note", exact=True).fill("가" * 15_000)
    panel.get_by_role("button", name="Add the note").click()
    assert len(written(page)["events"][0]["text"]) == 15_000
