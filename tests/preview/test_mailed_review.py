"""A colleague without yoyak reviews the bundle that she was sent; the editor takes in the file that she sends back."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, expect

from command import run_yoyak
from preview.conftest import SETTINGS, Running
from preview.test_desk import FERRY, POLICY, address

pytestmark = pytest.mark.browser

BODY = """The **ferry** from [Gaon](https://example.net/) sails *daily* at 9:15.

It costs 2.50 euro, says the harbour. Dogs 🐕 are welcome.

It costs nothing on Sundays."""
ORDER = "title: Order\ndate: 2024-07-04\nthemes: [harbour]\n"
SELECT = """([first, last]) => {
  const nodes = [];
  const walker = document.createTreeWalker(document.querySelector(".body"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) nodes.push(walker.currentNode);
  const from = nodes.find((node) => node.data.includes(first)), to = nodes.find((node) => node.data.includes(last));
  getSelection().setBaseAndExtent(from, from.data.indexOf(first), to, to.data.indexOf(last) + last.length);
}"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path.resolve() / "site"
    (folder / "content").mkdir(parents=True)
    head = "title: Ferry\ndate: 2024-07-03\nthemes: [harbour]\nauthors: [Author]\n"
    (folder / FERRY).write_text(f"---\n{head}---\n\n{BODY}\n", encoding="utf-8")
    (folder / "content/order.md").write_text(f"---\n{ORDER}---\n\nAn order of <i>the</i> day.\n", encoding="utf-8")
    (folder / "site.yaml").write_text(SETTINGS + POLICY, encoding="utf-8")
    return folder


def bundle(site: Path, name: str = "preview.html") -> Path:
    file = site.parent / name
    done = run_yoyak("build", "--preview", "--bundle", file, "--site", site)
    assert done.returncode == 0, done.stderr
    return file


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    context.set_default_timeout(10_000)
    page = context.new_page()
    wrong = list[str]()

    def logged(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.location["url"].endswith("/favicon.ico"):
            wrong.append(message.text)

    page.on("console", logged)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    yield page
    context.close()
    assert wrong == []


def opened(page: Page, file: Path, article: str = "ferry") -> Locator:
    """Open an article of a bundle, and return its panel."""
    page.goto("about:blank")
    page.goto(f"{file.as_uri()}#/articles/{article}/")
    expect(page.locator("main h1")).to_have_text(article.title())
    if page.locator(".panel").is_hidden():
        page.get_by_role("button", name="Review").click()
    return page.locator(".panel")


def note(page: Page, panel: Locator, first: str, last: str, text: str) -> None:
    """Select words and write a note on them."""
    page.evaluate(SELECT, [first, last])
    page.get_by_role("button", name="Note on these words").click()
    page.keyboard.type(text)
    panel.get_by_role("button", name="Add the note").click()
    expect(panel.get_by_role("status")).to_contain_text("Added.")


def saved(page: Page, panel: Locator) -> Path:
    """Save the file, and return where the browser put it."""
    with page.expect_download() as found:
        panel.get_by_role("button", name="Save the file").click()
    assert found.value.suggested_filename.startswith("review-Lee-")
    return Path(found.value.path())


def says_who(panel: Locator) -> None:
    panel.get_by_label("Your name").fill("Lee")
    panel.get_by_label("Your e-mail address").fill("lee@example.org")


def shown(site: Path) -> Any:
    return json.loads(run_yoyak("review", "show", "ferry", "--json", "--site", site).stdout)


def test_a_colleague_reviews_a_file_and_sends_one_back(site: Path, page: Page, start: Callable[..., Running]) -> None:
    first = bundle(site)
    panel = opened(page, first)
    note(page, panel, "ferry", "Gaon", "Which ferry?")
    expect(panel.locator("blockquote")).to_have_text("ferry from Gaon")

    panel.get_by_label("On these words").fill("2.50 euro")
    panel.get_by_label("Kind").select_option("suggestion")
    panel.get_by_label("Write instead").fill("2.75 euro")
    panel.get_by_role("button", name="Add the note").click()
    panel.get_by_role("button", name="Request changes").click()
    expect(panel.get_by_role("alert").filter(has_text="what should change")).to_be_visible()
    panel.get_by_label("Reason").fill("The price is wrong.")
    panel.get_by_role("button", name="Request changes").click()
    expect(panel).to_contain_text("You request changes to this article.")

    says_who(panel)
    page.reload()  # what she wrote is kept, and she said who she is
    panel = opened(page, first)
    expect(panel.locator("blockquote")).to_have_count(2)
    file = saved(page, panel)
    written = json.loads(file.read_text(encoding="utf-8"))
    assert [one["event"] for one in written["events"]] == ["note", "note", "request-changes"]
    assert written["site"] == "https://digest.example.org/digest/"

    done = run_yoyak("review", "import", file, "--site", site)
    assert done.returncode == 0, done.stderr
    again = run_yoyak("review", "import", file, "--site", site)
    assert (again.returncode, len(list(site.rglob("*.yaml")))) == (0, 4)  # with site.yaml

    desk = start(settings=SETTINGS + POLICY, more=("--as", "Kim <kim@example.org>"))
    page.goto(f"http://127.0.0.1:{desk.port}/_desk/?state=changes-requested")
    expect(page.locator(".row .meta")).to_contain_text("Lee")
    page.goto(address(desk))
    expect(page.locator(".note blockquote")).to_have_text(["ferry from Gaon", "2.50 euro"])
    expect(page.locator(".orphan")).to_have_count(0)
    page.click("button[value=suggestion]")
    expect(page.locator(".note.done")).to_have_count(1)
    assert "costs 2.75 euro" in (site / FERRY).read_text(encoding="utf-8")

    panel = opened(page, first)  # the file that she still has
    expect(panel).to_contain_text("You request changes to this article.")
    panel.get_by_label("Facts").check()
    panel.get_by_role("button", name="Approve").click()
    expect(panel).to_contain_text("You approve this article.")
    done = run_yoyak("review", "import", saved(page, panel), "--site", site)
    assert done.returncode == 0
    assert "other words" in done.stdout + done.stderr
    found = shown(site)
    assert [(one["scope"], one["why_not"]) for one in found["verdicts"] if one["what"] == "approve"] == [
        (["facts"], "words")
    ]
    assert found["state"] == "stale"
    assert "2.75" in found["changed"]

    panel = opened(page, bundle(site, "second.html"))  # a new file: it has what she wrote, and the words of today
    expect(panel).to_contain_text("You said so of an earlier version.")
    panel.get_by_role("button", name="Approve").click()
    assert run_yoyak("review", "import", saved(page, panel), "--site", site).returncode == 0
    assert shown(site)["state"] == "approved"
