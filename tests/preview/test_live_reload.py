"""The preview in a real browser: a save is seen without a click, and a broken file is shown over its last good page."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from preview.conftest import Running, until
from preview.test_morph import KEEPS, STAYED, settle

pytestmark = pytest.mark.browser

LONG = "\n\n".join(f"Paragraph {number} of a long article." for number in range(200))
OVERLAY = "#yoyak-preview section[role=alert]"


@pytest.fixture
def page(chromium: Browser, running: Running) -> Iterator[Page]:
    """The page of a long article, of a build that is over: else the page would be loaded once more meanwhile."""
    build_with(running, "ferry", f"The ferry sails.\n\n{LONG}")
    context = chromium.new_context(viewport={"width": 1000, "height": 700})
    context.set_default_timeout(20_000)
    context.add_init_script(KEEPS)
    page = context.new_page()
    page.goto(f"{running.address}articles/ferry/")
    expect(page.get_by_text("Paragraph 199")).to_be_attached(timeout=20_000)
    yield page
    context.close()


def break_ferry(running: Running) -> None:
    text = running.text("Ferry", "Broken.").replace("2024-07-03", "gestern")
    (running.folder / "content" / "ferry.md").write_text(text, encoding="utf-8")


def build_with(running: Running, name: str, body: str) -> None:
    """Save an article and wait for the build."""
    before = len(running.lines())
    running.save(name, body)
    until(lambda: len(running.lines()) > before)


def mend_ferry(running: Running) -> None:
    running.save("ferry", f"The ferry sails.\n\n{LONG}")


def under_a_strict_policy(route: Route) -> None:
    answer = route.fetch()
    route.fulfill(response=answer, headers=answer.headers | {"content-security-policy": "default-src 'self'"})


def test_the_scroll_of_somebody_who_reads_on_during_the_reload_stays(page: Page, running: Running) -> None:
    page.wait_for_function("scrollTo({ top: 1000, behavior: 'instant' }), scrollY === 1000")
    page.evaluate("addEventListener('beforeunload', () => scrollTo({ top: 2345, behavior: 'instant' }))")
    (running.folder / "templates/partials").mkdir(parents=True)
    (running.folder / "templates/partials/footer.html").write_text("<footer>Another end</footer>")
    expect(page.get_by_text("Another end")).to_be_attached(timeout=20_000)
    page.wait_for_function("scrollY === 2345")


def test_a_page_that_a_save_does_not_change_is_not_loaded_again(page: Page, running: Running) -> None:
    build_with(running, "bridge", LONG)
    other = page.context.new_page()
    other.goto(page.url)
    settle(other)
    with other.expect_response("**/__yoyak/news*"):
        build_with(running, "bridge", f"{LONG}\n\nOne paragraph more, which no list shows.")
    other.wait_for_timeout(200)  # in which it would be loaded
    assert other.evaluate(STAYED)


def test_a_broken_file_is_shown_over_its_last_good_page_in_every_window_until_it_is_mended(
    page: Page, running: Running
) -> None:
    break_ferry(running)
    overlay = page.locator(OVERLAY)
    expect(overlay).to_be_visible(timeout=20_000)
    expect(overlay).to_contain_text("content/ferry.md:3:")
    expect(overlay.locator("mark")).to_have_text("    3  date: gestern")
    expect(page.get_by_text("The ferry sails.")).to_be_visible()
    other = page.context.new_page()
    other.goto(running.address)  # opened while the file is broken: it is there at once
    expect(other.locator(OVERLAY)).to_contain_text("content/ferry.md:3:")
    mend_ferry(running)
    for window in (page, other):
        expect(window.locator(OVERLAY)).to_be_hidden(timeout=20_000)


def test_the_overlay_closes_with_escape_and_opens_again_by_keyboard(page: Page, running: Running) -> None:
    break_ferry(running)
    expect(page.locator(OVERLAY)).to_be_visible(timeout=20_000)
    page.keyboard.press("Escape")
    button = page.get_by_role("button", name="1 error")
    expect(button).to_be_focused(timeout=20_000)
    page.reload()
    expect(button).to_be_visible(timeout=20_000)
    expect(page.locator(OVERLAY)).to_be_hidden()
    button.press("Enter")
    expect(page.locator(OVERLAY)).to_be_focused(timeout=20_000)


def test_the_overlay_shows_what_a_file_says_as_text(page: Page, running: Running) -> None:
    text = running.text("Ferry", "x").replace("2024-07-03", "<img src=x onerror=alert(1)>")
    (running.folder / "content" / "ferry.md").write_text(text)
    expect(page.locator(f"{OVERLAY} mark")).to_contain_text("<img src=x onerror=alert(1)>", timeout=20_000)
    assert page.locator(f"{OVERLAY} img").count() == 0


def test_a_warning_is_only_counted(page: Page, running: Running) -> None:
    text = running.text("Bridge", "The bridge stands.").replace("themes: [harbour]\n", "")
    (running.folder / "content" / "bridge.md").write_text(text)
    expect(page.locator("#yoyak-preview [role=status]")).to_have_text("1 warning", timeout=20_000)
    expect(page.locator(OVERLAY)).to_be_hidden()


def test_a_deleted_articles_page_says_that_it_is_gone_and_comes_back_with_it(page: Page, running: Running) -> None:
    (running.folder / "content" / "ferry.md").unlink()
    expect(page.get_by_text("The ferry sails.")).to_have_count(0, timeout=20_000)
    mend_ferry(running)
    expect(page.get_by_text("The ferry sails.")).to_be_visible(timeout=20_000)


def test_a_draft_is_shown_with_its_ribbon(page: Page, running: Running) -> None:
    running.save("draft", "Not for everybody yet.", "status: draft\n")
    running.save("ferry", "The ferry sails with a draft.")
    expect(page.get_by_text("The ferry sails with a draft.")).to_be_visible(timeout=20_000)
    page.goto(f"{running.address}articles/draft/")
    expect(page.locator(".ribbon").first).to_be_visible()


def test_the_page_follows_a_preview_that_was_started_again(
    page: Page, running: Running, start: Callable[..., Running]
) -> None:
    port = running.port
    running.process.send_signal(signal.SIGINT)
    running.process.wait(10)
    running.save("ferry", "The ferry sails after a pause.")
    start(port=port)
    expect(page.get_by_text("The ferry sails after a pause.")).to_be_visible(timeout=20_000)


def test_the_script_works_under_the_strictest_policy(page: Page, running: Running) -> None:
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text))
    page.route("**/articles/ferry/", under_a_strict_policy)
    break_ferry(running)
    page.reload()
    expect(page.locator(OVERLAY)).to_be_visible(timeout=20_000)
    assert page.locator(OVERLAY).evaluate("element => getComputedStyle(element).position") == "fixed"
    assert [text for text in refused if "Content Security Policy" in text] == []


def test_the_overlay_has_no_accessibility_fault(page: Page, running: Running, axe_source: str) -> None:
    break_ferry(running)
    expect(page.locator(OVERLAY)).to_be_visible(timeout=20_000)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.evaluate(axe_source)
        assert page.evaluate("axe.run('#yoyak-preview').then(found => found.violations.map(rule => rule.id))") == []
