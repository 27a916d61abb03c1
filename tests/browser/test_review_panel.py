"""The review panel of a bundle, used from a file: on every screen, and in a browser that keeps nothing."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from browser.sites import WRITERS
from command import run_yoyak
from yoyak.desk.carried import carried
from yoyak.model.request import BuildRequest
from yoyak.model.review import Anchor
from yoyak.portable.panel import ReviewedPage
from yoyak.review.anchors import AnchorPlace, find
from yoyak.review.blocks import folded
from yoyak.review.seen import seen_from

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]

SETTINGS = "title: Digest\nbase_url: https://digest.example.org/\nlanguage: en\ntimezone: Asia/Seoul\n"
HEAD = "title: Ferry\ndate: 2024-07-03\nsummary: It costs 2.50 euro.\n"
BODY = """It costs 2.50 euro.

The **ferry** from [Gaon](https://example.net/) sails *daily* at 9:15, dogs 🐕‍🦺 and all.[^1]

## Prices

- one
    - two
    - three `code`

| Day | Price |
|---|---|
| Mon | 2 |

![A boat](boat.svg "The boat")

> Quoted words.

```
a  b
  c
```

It costs 2.50 euro.

[^1]: Since 1998.
"""
BOAT = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M1 1h7"/></svg>'
RUN_AXE = "() => axe.run(document, {rules: {'target-size': {enabled: true}}}).then(found => found.violations)"
KEEPS_NOTHING = (
    """Object.defineProperty(window, "localStorage", {get() { throw new DOMException("no", "SecurityError"); }})"""
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site") / "site"
    (folder / "content").mkdir(parents=True)
    (folder / "content/ferry.md").write_text(f"---\n{HEAD}---\n\n{BODY}", encoding="utf-8")
    (folder / "content/boat.svg").write_text(BOAT, encoding="utf-8")
    (folder / "content/other.md").write_text(f"---\n{HEAD.replace('Ferry', 'Other')}---\n\nOther words.\n", "utf-8")
    (folder / "site.yaml").write_text(SETTINGS, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def file(site: Path) -> Path:
    place = site.parent / "보낸 것 #1 100%.html"
    done = run_yoyak("build", "--preview", "--bundle", place, "--site", site)
    assert done.returncode == 0, done.stderr
    return place


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(accept_downloads=True)
    context.set_default_timeout(10_000)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext, file: Path) -> Iterator[Page]:
    page = context.new_page()
    wrong = list[str]()
    page.on("pageerror", lambda error: wrong.append(str(error)))
    opened(page, file)
    yield page
    assert wrong == []


def opened(page: Page, file: Path, place: str = "articles/ferry/") -> Locator:
    page.goto(f"{file.as_uri()}#/{place}")
    page.wait_for_selector("main h1")
    return panel_of(page)


def panel_of(page: Page) -> Locator:
    if page.locator(".panel").is_hidden():
        page.get_by_role("button", name="Review").click()
    return page.locator(".panel")


def add(page: Page, text: str, on: str = "") -> None:
    panel = panel_of(page)
    panel.get_by_label("On these words").fill(on)
    panel.get_by_label("Note", exact=True).fill(text)
    panel.get_by_role("button", name="Add the note").click()


def written(page: Page) -> Any:
    """Return what would be sent."""
    panel = panel_of(page)
    panel.get_by_label("Your name").fill("Lee")
    with page.expect_download() as found:
        panel.get_by_role("button", name="Save the file").click()
    return json.loads(Path(found.value.path()).read_text(encoding="utf-8"))


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


# --- everybody, everywhere --------------------------------------------------------------------------


@pytest.fixture(scope="module", params=["korean", "english"])
def sample(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp(request.param)
    (folder / "site").mkdir()
    WRITERS[request.param](folder / "site")
    done = run_yoyak("build", "--preview", "--bundle", folder / "one.html", "--site", folder / "site")
    assert done.returncode == 0, done.stderr
    return folder / "one.html"


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(
    sample: Path, chromium: Browser, axe_source: str, width: int, scheme: Any
) -> None:
    size: Any = {"width": width, "height": 740}
    context = chromium.new_context(color_scheme=scheme, viewport=size, bypass_csp=True, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{sample.as_uri()}#/articles/across-the-sea/")
    page.wait_for_selector("main h1")
    page.locator(".bar button:visible").first.click()
    panel = page.locator(".panel")
    panel.locator("select").select_option("suggestion")
    panel.locator("textarea:visible").nth(1).fill("A note.")
    panel.locator(".strong").first.click()  # a suggestion without words: an error is shown
    page.evaluate(axe_source)
    assert [one["id"] for one in page.evaluate(RUN_AXE)] == []
    panel.locator("select").select_option("comment")
    panel.locator(".strong").first.click()
    panel.locator("form").nth(1).get_by_role("button").first.click()
    panel.locator("summary").click()
    assert [one["id"] for one in page.evaluate(RUN_AXE)] == []
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


# --- what comes back --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def sent(chromium: Browser, file: Path) -> bytes:
    """A file that the panel wrote."""
    context = chromium.new_context(accept_downloads=True)
    page = context.new_page()
    opened(page, file)
    add(page, "<b>Who</b> & why?", "Quoted words.")
    panel = panel_of(page)
    panel.get_by_label("Reason").fill("Wrong price.")
    panel.get_by_role("button", name="Request changes").click()
    found = written(page)
    context.close()
    return json.dumps(found).encode()


def changed(whole: Any, number: int = 0, **keys: Any) -> Any:
    return whole | {
        "events": [one | keys if place == number else one for place, one in enumerate(whole["events"])],
    }


REFUSED = {
    "markup for a digest": lambda whole: changed(whole, seen="<b>" * 22),
    "a wrong text for a digest": lambda whole: whole | {"seen": dict.fromkeys(whole["seen"], "p: x\n")},
    "a text of 30 MB": lambda whole: changed(whole, text="x" * 30_000_000),
    "a note of 1 MB": lambda whole: changed(whole, text="x" * 1_000_000),
    "a quote of 1 MB": lambda whole: changed(whole, anchor={"quote": "x" * 1_000_000}),
    "a name with directions": lambda whole: changed(whole, by={"name": "Kim\u202e"}),
    "a name of two lines": lambda whole: changed(whole, by={"name": "Kim\nLee"}),
    "no name": lambda whole: changed(whole, by={"name": " "}),
    "a path out": lambda whole: changed(whole, path="content/../../etc/passwd"),
    "an absolute path": lambda whole: changed(whole, path="/etc/passwd"),
    "a path of Windows": lambda whole: changed(whole, path="content\\..\\site.yaml"),
    "next year": lambda whole: changed(whole, at="2999-01-01T00:00:00Z"),
    "no time": lambda whole: changed(whole, at="yesterday"),
    "an unknown event": lambda whole: changed(whole, event="publish"),
    "an unknown key": lambda whole: changed(whole, counts=True),
    "another version": lambda whole: whole | {"yoyak-review": 2},
    "a list for a text": lambda whole: changed(whole, text=["a"]),
    "half a character": lambda whole: changed(whole, text="\ud83d"),
    "10,001 events": lambda whole: whole | {"events": whole["events"] * 5001},
    "an answer in a circle": lambda whole: changed(
        changed(whole, 0, event="reply", id="a", answers="b"), 1, event="reply", id="b", answers="a"
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_mangled_file_is_refused_whole_in_few_lines(site: Path, sent: bytes, tmp_path: Path, name: str) -> None:
    copy = copy_of(site, tmp_path)
    found = imported(copy, REFUSED[name](json.loads(sent)))
    assert found.returncode == 1, found.stdout
    assert "Traceback" not in found.stderr
    assert len(found.stderr) < 8000
    assert not (copy / "content/_reviews").exists()


def test_a_torn_file_is_refused_wherever_it_ends(site: Path, sent: bytes, tmp_path: Path) -> None:
    copy = copy_of(site, tmp_path)
    place = tmp_path / "torn.json"
    for end in range(1, len(sent) - 1, len(sent) // 12):
        place.write_bytes(sent[:end])
        found = run_yoyak("review", "import", place, "--site", copy)
        assert (found.returncode, "Traceback" in found.stderr) == (1, False)
    assert not (copy / "content/_reviews").exists()


def test_what_is_odd_is_taken_in_and_said(site: Path, sent: bytes, tmp_path: Path) -> None:
    copy, whole = copy_of(site, tmp_path), json.loads(sent)
    assert imported(copy, whole).returncode == 0
    assert len(list((copy / "content/_reviews").rglob("*.yaml"))) == 2
    again = imported(copy, whole)
    assert (again.returncode, len(list((copy / "content/_reviews").rglob("*.yaml")))) == (0, 2)
    other = imported(copy, changed(whole | {"site": "https://<b>other</b>.example/"}, text="Of another site."))
    assert (other.returncode, "other" in other.stdout + other.stderr) == (0, True)
    nowhere = {"path": "content/<b>none</b>.md", "seen": "0" * 64}
    gone = imported(copy, changed(changed(whole, 0, **nowhere), 1, **nowhere))
    assert (gone.returncode, "none" in gone.stdout + gone.stderr) == (1, True)
    shown = json.loads(run_yoyak("review", "show", "ferry", "--json", "--site", copy).stdout)
    assert "<b>Who</b> & why?" in [one["text"] for one in shown["notes"]]


def copy_of(site: Path, folder: Path) -> Path:
    return Path(shutil.copytree(site, folder / "copy", ignore=shutil.ignore_patterns(".yoyak")))


def imported(site: Path, whole: Any) -> subprocess.CompletedProcess[str]:
    place = site.parent / "sent.json"
    place.write_text(json.dumps(whole), encoding="utf-8")
    return run_yoyak("review", "import", place, "--site", site)
