"""A save changes the page that is shown in its place, in a real browser: what a reader does with it stays."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Error, Page, Route, expect

from preview.conftest import Running, until

pytestmark = pytest.mark.browser

LONG = "\n\n".join(f"Paragraph {number} of a long article." for number in range(200))
BODY = f"The ferry sails.\n\n{LONG}\n\n<details><summary>More</summary>\n\nFolded.\n\n</details>"
STAYED = "globalThis.mark === 'still here'"
CHANGED = "[data-yoyak-changed]"
KEEPS = """
    globalThis.fetch = (ask => async (...request) => {
        const answer = await ask(...request), text = answer.text.bind(answer);
        answer.text = async () => {
            const all = await text();
            setTimeout(() => { globalThis.kept = true; });
            return all;
        };
        return answer;
    })(globalThis.fetch);
"""
SETTLED = "Boolean(globalThis.kept && document.querySelector('#yoyak-preview'))"
"""The preview's script has the page as it came, and the first news: a save that it saw before would load the page."""


@pytest.fixture
def page(chromium: Browser, running: Running) -> Iterator[Page]:
    """The page of a long article that has settled, with a mark that a load would take away."""
    save(running, "ferry", BODY)
    context = chromium.new_context(viewport={"width": 1000, "height": 700})
    context.set_default_timeout(20_000)
    context.add_init_script(KEEPS)
    page = context.new_page()
    page.goto(f"{running.address}articles/ferry/")
    expect(page.get_by_text("Paragraph 199")).to_be_attached(timeout=20_000)
    settle(page)
    yield page
    context.close()


def settle(page: Page) -> None:
    until(lambda: _is_settled(page))
    page.evaluate("globalThis.mark = 'still here'")


def _is_settled(page: Page) -> bool:
    try:
        return bool(page.evaluate(SETTLED))
    except Error:  # it was loaded again in this moment, for a build that ended only now
        return False


def save(running: Running, name: str, body: str, more: str = "") -> None:
    """Save an article and wait for the build."""
    before = len(running.lines())
    running.save(name, body, more)
    until(lambda: len(running.lines()) > before)


def see(page: Page, words: str, *, stayed: bool = True) -> None:
    expect(page.get_by_text(words).first).to_be_attached(timeout=20_000)
    assert page.evaluate(STAYED) is stayed


def test_a_save_changes_the_page_without_loading_it(page: Page, running: Running) -> None:
    save(running, "ferry", BODY.replace("The ferry sails.", "The ferry sails at noon."))
    see(page, "The ferry sails at noon.")


def test_one_save_after_the_other_changes_the_page(page: Page, running: Running) -> None:
    for hour in ("seven", "noon", "four"):
        save(running, "ferry", BODY.replace("The ferry sails.", f"The ferry sails at {hour}."))
        see(page, f"The ferry sails at {hour}.")


def test_another_headline_is_in_the_title_and_the_head(page: Page, running: Running) -> None:
    text = running.text("Ship", BODY)
    (running.folder / "content/ferry.md").write_text(text, encoding="utf-8")
    expect(page).to_have_title("Ship · 시험 다이제스트", timeout=20_000)
    see(page, "Ship")
    assert page.locator("meta[property='og:title']").get_attribute("content") == "Ship"
    assert page.locator("meta[property='og:title']").count() == 1


def test_the_scroll_stays(page: Page, running: Running) -> None:
    page.wait_for_function("scrollTo({ top: 2345, behavior: 'instant' }), scrollY === 2345")
    save(running, "ferry", BODY.replace("Paragraph 150 of", "Paragraph 150 is of"))
    see(page, "Paragraph 150 is of")
    assert page.evaluate("scrollY") == 2345


def test_the_focus_stays_on_a_link_of_the_text(page: Page, running: Running) -> None:
    linked = f"A [bridge](bridge.md) leads there.\n\n{BODY}"
    save(running, "ferry", linked)
    link = page.locator("main .body a", has_text="bridge")
    link.focus()
    save(running, "ferry", f"A first paragraph.\n\n{linked.replace('The ferry sails.', 'It sails at noon.')}")
    see(page, "It sails at noon.")
    expect(link).to_be_focused()


def test_a_selection_stays_on_its_words_when_the_text_before_them_changes(page: Page, running: Running) -> None:
    page.evaluate("""() => {
        const paragraphs = [...document.querySelectorAll("main p")];
        const text = paragraphs.find((one) => one.textContent === "The ferry sails.").firstChild;
        getSelection().setBaseAndExtent(text, 10, text, 15);
    }""")
    save(running, "ferry", BODY.replace("The ferry sails.", "Today the old ferry sails."))
    see(page, "Today the old ferry sails.")
    assert page.evaluate("getSelection().toString()") == "sails"


def test_what_is_unfolded_stays_unfolded(page: Page, running: Running) -> None:
    details = page.locator("main details").last
    details.evaluate("one => { one.open = true; }")
    save(running, "ferry", BODY.replace("Folded.", "Folded no more."))
    see(page, "Folded no more.")
    assert details.evaluate("one => one.open")


@pytest.mark.parametrize("place", ["body", "main"])
def test_an_open_dialog_stays_open(page: Page, running: Running, place: str) -> None:
    page.evaluate(
        """(place) => {
        const dialog = document.createElement("dialog");
        dialog.textContent = "Wait";
        document.querySelector(place).prepend(dialog);
        dialog.showModal();
    }""",
        place,
    )
    save(running, "ferry", BODY.replace("The ferry sails.", "The ferry sails at noon."))
    see(page, "The ferry sails at noon.")
    assert page.evaluate("document.querySelector('dialog').matches(':modal')")


def test_the_blocks_that_changed_are_marked_for_a_moment(page: Page, running: Running) -> None:
    save(
        running,
        "ferry",
        BODY.replace("Paragraph 3 of", "Paragraph 3 is of").replace("The ferry sails.\n", "It sails.\n\nAnd.\n"),
    )
    page.wait_for_function("document.querySelectorAll('[data-yoyak-changed]').length >= 3")
    marked = page.locator(f".body {CHANGED}").all_inner_texts()
    assert marked == ["It sails.", "And.", "Paragraph 3 is of a long article."]
    expect(page.locator(CHANGED)).to_have_count(0, timeout=10_000)


def test_a_mark_is_calm_where_motion_is_not_wanted_and_absent_on_paper(page: Page, running: Running) -> None:
    page.emulate_media(reduced_motion="reduce")
    save(running, "ferry", BODY.replace("The ferry sails.", "The ferry sails at noon."))
    look = "one => { const its = getComputedStyle(one); return [its.animationName, its.backgroundColor]; }"
    mark = page.locator(f".body {CHANGED}")
    assert mark.evaluate(look) == ["none", "rgba(240, 195, 60, 0.267)"]
    page.emulate_media(media="print", reduced_motion="reduce")
    assert mark.evaluate(look) == ["none", "rgba(0, 0, 0, 0)"]


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("partials/footer.html", "<footer>Another end</footer>"),
        ("article.html", '{% extends "base.html" %}{% block content %}Another end{% endblock %}'),
        ("assets/style.css", "body { color: #123456; }"),
    ],
)
def test_a_change_of_the_templates_or_of_their_assets_loads_the_page(
    page: Page, running: Running, file: str, text: str
) -> None:
    place = running.folder / "templates" / file
    place.parent.mkdir(parents=True)
    place.write_text(text, encoding="utf-8")
    page.wait_for_function(f"!({STAYED})")


def test_other_settings_load_the_page(page: Page, running: Running) -> None:
    settings = running.folder / "site.yaml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("시험", "새"), encoding="utf-8")
    expect(page).to_have_title("ferry · 새 다이제스트", timeout=20_000)
    assert not page.evaluate(STAYED)


def test_a_new_picture_loads_the_page_so_that_its_script_sees_it(page: Page, running: Running) -> None:
    (running.folder / "content/map.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="300"><rect width="400" height="300"/></svg>'
    )
    save(running, "ferry", f"![A map](map.svg)\n\n{BODY}")
    expect(page.locator("main a.zoom")).to_have_count(1, timeout=20_000)
    settle(page)
    save(running, "ferry", f"![A map](map.svg)\n\n{BODY.replace('The ferry sails.', 'It sails at noon.')}")
    see(page, "It sails at noon.")
    expect(page.locator("main a.zoom")).to_have_count(1, timeout=20_000)


def test_what_a_script_did_to_the_page_stays_where_nothing_changed(page: Page, running: Running) -> None:
    page.evaluate("""() => {
        const [, second] = document.querySelectorAll(".body p");
        second.className = "seen";
        second.before(Object.assign(document.createElement("button"), { textContent: "Mine" }));
    }""")
    save(running, "ferry", f"A new beginning.\n\n{BODY.replace('Paragraph 0 of', 'Paragraph 0 is of')}")
    see(page, "A new beginning.")
    assert page.locator(".body button").count() == 1
    assert page.locator(".body p.seen").inner_text() == "Paragraph 0 is of a long article."


def test_two_windows_both_change_in_their_place(page: Page, running: Running) -> None:
    other = page.context.new_page()
    other.goto(f"{running.address}articles/ferry/")
    settle(other)
    save(running, "ferry", BODY.replace("The ferry sails.", "The ferry sails at noon."))
    for window in (other, page):
        see(window, "The ferry sails at noon.")


def test_a_deleted_article_loads_the_page_that_says_so(page: Page, running: Running) -> None:
    (running.folder / "content/ferry.md").unlink()
    page.wait_for_function(f"!({STAYED})")
    expect(page.get_by_text("The ferry sails.")).to_have_count(0, timeout=20_000)


def test_a_save_that_breaks_the_file_and_one_that_repairs_it_leave_the_page(page: Page, running: Running) -> None:
    overlay = page.locator("#yoyak-preview section[role=alert]")
    (running.folder / "content/ferry.md").write_text("---\ntitle: Ferry\ndate: gestern\n---\n\nBroken.\n")
    expect(overlay).to_be_visible(timeout=20_000)
    save(running, "ferry", BODY.replace("The ferry sails.", "The ferry sails at noon."))
    expect(overlay).to_be_hidden(timeout=20_000)
    see(page, "The ferry sails at noon.")


def test_the_page_changes_in_its_place_under_the_strictest_policy(page: Page, running: Running) -> None:
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text))

    def strictly(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, headers=answer.headers | {"content-security-policy": "default-src 'self'"})

    page.route("**/articles/ferry/", strictly)
    page.reload()
    settle(page)
    save(running, "ferry", BODY.replace("The ferry sails.", "The ferry sails at noon."))
    see(page, "The ferry sails at noon.")
    marked = page.locator(f".body {CHANGED}")
    assert marked.evaluate("one => getComputedStyle(one).animationName") == "yoyak-changed"
    assert [text for text in refused if "Content Security Policy" in text] == []


def test_a_very_long_page_changes_in_its_place_at_once(page: Page, running: Running) -> None:
    long = "\n\n".join(f"Line {number} of a very long text." for number in range(3000))
    save(running, "ferry", long)
    expect(page.get_by_text("Line 2999 of")).to_be_attached(timeout=20_000)
    settle(page)
    save(running, "ferry", long.replace("Line 1500 of", "Line 1500 is of"))
    see(page, "Line 1500 is of")
    assert page.locator(CHANGED).all_inner_texts() == ["Line 1500 is of a very long text."]
