"""Eight windows of one browser: a browser keeps six connections to a host, and all of them must still follow a save."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from preview.conftest import Running, previews, until

pytestmark = pytest.mark.browser

NAMES = [f"article-{number}" for number in range(8)]
NUMBERS = count(1)
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


Start = Callable[..., Running]


def eight_articles(folder: Path, start: Start) -> Running:
    """Start the preview of a site with eight articles."""
    content = folder.resolve() / "site" / "content"
    content.mkdir(parents=True)
    for name in NAMES:
        text = f"---\ntitle: {name}\ndate: 2024-07-03\nthemes: [harbour]\n---\n\nThe text of {name}.\n"
        (content / f"{name}.md").write_text(text, encoding="utf-8")
    return start()


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The preview of the tests that do not end it. No sentence is saved twice, so they need no other one."""
    folder = tmp_path_factory.mktemp("windows")
    with previews(folder) as start:
        yield eight_articles(folder, start)


@contextmanager
def browser_of(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context()
    context.set_default_timeout(10_000)
    context.add_init_script(COUNTS_STREAMS)
    yield context
    context.close()


@pytest.fixture(scope="module")
def browser(chromium: Browser) -> Iterator[BrowserContext]:
    """The browser with the eight windows."""
    with browser_of(chromium) as context:
        yield context


def open_window(browser: BrowserContext, running: Running, name: str) -> Page:
    page = browser.new_page()
    page.goto(f"{running.address}articles/{name}/")
    expect(page.get_by_text(f"The text of {name}.")).to_be_visible()
    return page


def all_windows(browser: BrowserContext, running: Running) -> dict[str, Page]:
    """Return eight windows, each at another article, that have settled; those that are open are taken."""
    there = {page.url.rstrip("/").rpartition("/")[2]: page for page in browser.pages}
    for page in set(browser.pages) - set(there.values()):
        page.close()
    opened = {name: there.get(name) or open_window(browser, running, name) for name in NAMES}
    opened[NAMES[0]].wait_for_function(f"{HOLDERS}.then(([held, waiting]) => held === 1 && waiting === 7)")
    return opened


@pytest.fixture
def windows(browser: BrowserContext, running: Running) -> dict[str, Page]:
    return all_windows(browser, running)


def leader(windows: dict[str, Page]) -> str:
    """Return the article of the window that holds the stream."""
    until(lambda: sum(page.evaluate(LEADS) for page in windows.values()) == 1)
    return next(name for name, page in windows.items() if page.evaluate(LEADS))


def save_and_see(running: Running, page: Page, name: str, longest: int = SOON) -> str:
    """Save a sentence that no article had before, wait until the window shows it, and return it."""
    sentence = f"It was saved as number {next(NUMBERS)}."
    running.save(name, f"The text of {name}. {sentence}")
    expect(page.get_by_text(sentence)).to_be_visible(timeout=longest)
    return sentence


@contextmanager
def hanging(page: Page) -> Iterator[None]:
    """Hold a window by the debugger: it runs no line more, and is closed at the end."""
    stopped = list[object]()
    debugger = page.context.new_cdp_session(page)
    debugger.on("Debugger.paused", lambda found: stopped.append(found))
    debugger.send("Debugger.enable")
    debugger.send("Debugger.pause")
    try:
        until(lambda: (debugger.send("Debugger.enable"), stopped)[1])  # when it signs, as it does each second
        yield
    finally:
        page.close()


def test_each_of_eight_windows_follows_the_save_of_its_article(windows: dict[str, Page], running: Running) -> None:
    for name, page in windows.items():
        save_and_see(running, page, name)


def test_the_others_follow_when_the_window_with_the_stream_is_closed(
    windows: dict[str, Page], running: Running
) -> None:
    for _ in range(3):
        windows.pop(leader(windows)).close()
        name, page = next(iter(windows.items()))
        save_and_see(running, page, name)


def test_the_others_follow_when_the_window_with_the_stream_hangs(windows: dict[str, Page], running: Running) -> None:
    with hanging(windows.pop(leader(windows))):
        name, page = next(iter(windows.items()))
        save_and_see(running, page, name, longest=8_000)


def test_two_windows_at_one_article_both_follow(
    windows: dict[str, Page], browser: BrowserContext, running: Running
) -> None:
    name = NAMES[3]
    twin = open_window(browser, running, name)
    sentence = save_and_see(running, windows[name], name)
    expect(twin.get_by_text(sentence)).to_be_visible(timeout=SOON)


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
    chromium: Browser, tmp_path: Path, start: Start
) -> None:
    ended = eight_articles(tmp_path, start)
    with browser_of(chromium) as browser:
        windows = all_windows(browser, ended)
        ended.process.terminate()
        ended.process.wait(10)
        for page in windows.values():
            expect(page.locator("#yoyak-preview [role=status]")).to_contain_text("does not answer", timeout=10_000)
        again = start(port=ended.port)
        for page in windows.values():
            expect(page.locator("#yoyak-preview [role=status]")).to_be_hidden(timeout=10_000)
        save_and_see(again, windows[NAMES[5]], NAMES[5])


@pytest.mark.parametrize("lack", [WITHOUT_LOCKS, WITHOUT_CHANNELS], ids=["locks", "channels"])
def test_each_window_holds_a_stream_in_a_browser_without(chromium: Browser, running: Running, lack: str) -> None:
    with browser_of(chromium) as browser:
        browser.add_init_script(lack)
        windows = {name: open_window(browser, running, name) for name in NAMES[:3]}
        assert [page.evaluate("globalThis.opened") for page in windows.values()] == [1, 1, 1]
        for name, page in windows.items():
            save_and_see(running, page, name)
