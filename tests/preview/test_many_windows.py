"""Eight windows of one browser: a browser keeps six connections to a host, and all of them must still follow a save."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from preview.conftest import Running, until

pytestmark = pytest.mark.browser

NAMES = [f"article-{number}" for number in range(8)]
SOON = 20_000
"""Milliseconds after a save in which the page that is looked at must have it."""
WITHOUT_LOCKS = "Object.defineProperty(Navigator.prototype, 'locks', { value: undefined })"
WITHOUT_CHANNELS = "delete globalThis.BroadcastChannel"
HOLDERS = "navigator.locks.query().then(({ held, pending }) => [held.length, pending.length])"
LEADS = "globalThis.opened > 0"
COUNTS_STREAMS = """
    globalThis.opened = 0;
    globalThis.EventSource = class extends EventSource {
        constructor(address) { super(address); globalThis.opened += 1; }
        close() { super.close(); globalThis.opened -= 1; }
    };
"""
HANGS = "setTimeout(() => { const end = Date.now() + 9000; while (Date.now() < end); })"


@pytest.fixture
def browser(chromium: Browser, running: Running) -> Iterator[BrowserContext]:
    """A browser of its own, and a site with eight articles."""
    for name in NAMES:
        running.save(name, f"The text of {name}.")
    until(lambda: all(running.status(f"/digest/articles/{name}/") == 200 for name in NAMES))
    context = chromium.new_context()
    context.set_default_timeout(10_000)
    context.add_init_script(COUNTS_STREAMS)
    yield context
    context.close()


def open_window(browser: BrowserContext, running: Running, name: str) -> Page:
    page = browser.new_page()
    page.goto(f"{running.address}articles/{name}/")
    expect(page.get_by_text(f"The text of {name}.")).to_be_visible()
    return page


@pytest.fixture
def windows(browser: BrowserContext, running: Running) -> dict[str, Page]:
    """Eight windows, each at another article, that have settled."""
    opened = {name: open_window(browser, running, name) for name in NAMES}
    opened[NAMES[0]].wait_for_function(f"{HOLDERS}.then(([held, waiting]) => held === 1 && waiting === 7)")
    return opened


def leader(windows: dict[str, Page]) -> str:
    """Return the article of the window that holds the stream."""
    until(lambda: sum(page.evaluate(LEADS) for page in windows.values()) == 1)
    return next(name for name, page in windows.items() if page.evaluate(LEADS))


def save_and_see(running: Running, page: Page, name: str, sentence: str, longest: int = SOON) -> None:
    running.save(name, f"The text of {name}. {sentence}")
    expect(page.get_by_text(sentence)).to_be_visible(timeout=longest)


def test_each_of_eight_windows_follows_the_save_of_its_article(windows: dict[str, Page], running: Running) -> None:
    for name, page in windows.items():
        save_and_see(running, page, name, "It was saved.")


def test_the_others_follow_when_the_window_with_the_stream_is_closed(
    windows: dict[str, Page], running: Running
) -> None:
    for _ in range(3):
        windows.pop(leader(windows)).close()
        name, page = next(iter(windows.items()))
        save_and_see(running, page, name, f"It was saved for {len(windows)}.")


def test_the_others_follow_when_the_window_with_the_stream_hangs(windows: dict[str, Page], running: Running) -> None:
    windows.pop(leader(windows)).evaluate(HANGS)
    name, page = next(iter(windows.items()))
    save_and_see(running, page, name, "It was saved.", longest=8_000)


def test_two_windows_at_one_article_both_follow(
    windows: dict[str, Page], browser: BrowserContext, running: Running
) -> None:
    name = NAMES[3]
    twin = open_window(browser, running, name)
    save_and_see(running, windows[name], name, "It was saved.")
    expect(twin.get_by_text("It was saved.")).to_be_visible(timeout=SOON)


def test_every_window_shows_the_problem_and_that_it_is_gone(windows: dict[str, Page], running: Running) -> None:
    good = running.text("Ferry", "The ferry sails.")
    (running.folder / "content/ferry.md").write_text(good.replace("2024-07-03", "gestern"), encoding="utf-8")
    overlays = [page.locator("#yoyak-preview section[role=alert]") for page in windows.values()]
    for overlay in overlays:
        expect(overlay).to_be_visible(timeout=10_000)
    (running.folder / "content/ferry.md").write_text(good, encoding="utf-8")
    for overlay in overlays:
        expect(overlay).to_be_hidden(timeout=10_000)


def test_every_window_says_that_the_preview_has_ended_and_follows_the_next_one(
    windows: dict[str, Page], running: Running, start: Callable[..., Running]
) -> None:
    port = running.port
    running.process.terminate()
    running.process.wait(10)
    for page in windows.values():
        expect(page.locator("#yoyak-preview [role=status]")).to_contain_text("does not answer", timeout=10_000)
    again = start(port=port)
    for page in windows.values():
        expect(page.locator("#yoyak-preview [role=status]")).to_be_hidden(timeout=10_000)
    save_and_see(again, windows[NAMES[5]], NAMES[5], "It was saved after a pause.", longest=20_000)


@pytest.mark.parametrize("lack", [WITHOUT_LOCKS, WITHOUT_CHANNELS], ids=["locks", "channels"])
def test_each_window_holds_a_stream_in_a_browser_without(browser: BrowserContext, running: Running, lack: str) -> None:
    browser.add_init_script(lack)
    windows = {name: open_window(browser, running, name) for name in NAMES[:3]}
    assert [page.evaluate("globalThis.opened") for page in windows.values()] == [1, 1, 1]
    for name, page in windows.items():
        save_and_see(running, page, name, "It was saved.")
