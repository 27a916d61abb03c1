"""The desk in a real browser, used as people use it; each step leaves its files in content/ and nothing else."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from itertools import product
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.test_accessibility import SCHEMES, Scheme, violations
from preview.conftest import SETTINGS, Running, ask, until
from samples import ALL
from yoyak.desk.records import event_now, records
from yoyak.model.types import Person
from yoyak.review.blocks import blocks_of

pytestmark = pytest.mark.browser

FERRY = "content/ferry.md"
BODY = """The **ferry** from [Gaon](https://example.net/) sails *daily* at 9:15.

It costs 2.50 euro, says the harbour.

- one
    - two
    - three `code`

| Day | Price |
|---|---|
| Mon | 2 |

> Quoted words.

```
a  b
  c
```
"""
POLICY = "review: {required: true, four_eyes: true, reviewers: [kim@example.org, lee@example.org]}\n"
LEE = Person(name="Lee", email="lee@example.org")
SELECT = """([first, last]) => {
  const nodes = [];
  const walker = document.createTreeWalker(document.querySelector("[data-body]"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) nodes.push(walker.currentNode);
  const from = nodes.find((node) => node.data.includes(first)), to = nodes.find((node) => node.data.includes(last));
  const range = document.createRange();
  range.setStart(from, from.data.indexOf(first));
  range.setEnd(to, to.data.indexOf(last) + last.length);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""


@pytest.fixture
def desk(tmp_path: Path, start: Callable[..., Running]) -> Running:
    """A preview of one article that Kim reviews."""
    content = tmp_path.resolve() / "site" / "content"
    content.mkdir(parents=True)
    head = "title: Ferry\ndate: 2024-07-03\nthemes: [harbour]\nauthors: [Author]\n"
    (content / "ferry.md").write_text(f"---\n{head}---\n\n{BODY}", encoding="utf-8")
    return start(settings=SETTINGS + POLICY, more=("--as", "Kim <kim@example.org>"))


@pytest.fixture
def page(chromium: Browser, desk: Running) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(20_000)
    page = context.new_page()
    page.goto(address(desk))
    yield page
    context.close()


def address(desk: Running, page: str = "article") -> str:
    return f"http://127.0.0.1:{desk.port}/_desk/{page}?file={quote(FERRY, safe='')}"


def events(desk: Running) -> list[str]:
    """Return the kinds of the events on record, in the order of their files."""
    found = sorted((desk.folder / "content/_reviews").rglob("*.yaml"), key=lambda file: file.stat().st_mtime_ns)
    return [file.read_text(encoding="utf-8").partition("\n")[0].removeprefix("event: ") for file in found]


def state(page: Page) -> str:
    return page.locator(".side .state").first.inner_text()


def edit(desk: Running, old: str, new: str) -> None:
    """Change the article and wait for the preview to be built."""
    place, before = desk.folder / FERRY, len(desk.lines())
    place.write_text(place.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    until(lambda: len(desk.lines()) > before)


def test_what_was_checked_and_why_are_asked_above_the_buttons(page: Page) -> None:
    form = page.locator(".verdict").inner_html()
    assert form.index('value="facts"') < form.index('name="text"') < form.index('value="approve"')


def test_an_article_that_waits_for_its_day_says_so_on_its_page(page: Page, desk: Running) -> None:
    page.click(".verdict button[value=approve]")
    expect(page.locator(".side .state")).to_have_text(["Approved"])
    expect(page.locator(".side .meta").first).to_contain_text("by Kim")
    expect(page.locator(".side .meta").first).to_contain_text("date 2024-07-03 00:00")
    edit(desk, "title: Ferry", "title: Ferry\npublish_at: 2099-01-01 09:00")
    expect(page.locator(".side .state")).to_have_text(["Approved", "Scheduled"])
    expect(page.locator(".side .meta").first).to_contain_text("goes out 2099-01-01 09:00")


def test_an_article_goes_through_review(page: Page, desk: Running) -> None:
    assert state(page) == "In review"
    page.evaluate(SELECT, ["ferry", "Gaon"])
    expect(page.locator("#new-note [name=quote]")).to_have_value("ferry from Gaon")
    page.fill("#new-note [name=text]", "Which ferry?")
    page.click("#new-note button[value=note]")
    expect(page.locator(".note blockquote")).to_have_text("ferry from Gaon")
    page.locator("#new-note [name=text]").fill("The price is wrong.")
    page.click("#new-note button[value=request-changes]")
    assert state(page) == "Changes requested"
    assert events(desk) == ["note", "request-changes"]

    edit(desk, "2.50", "2.75")
    expect(page.locator("[data-body]")).to_contain_text("2.75")  # the page has followed the save by itself
    page.get_by_role("link", name="Changes", exact=True).click()
    expect(page.locator(".text.changed del")).to_have_text("2.50 euro")
    expect(page.locator(".text.changed ins")).to_have_text("2.75 euro")

    page.get_by_role("link", name="Ferry").click()
    page.check(".verdict [value=facts]")
    page.click(".verdict button[value=approve]")
    expect(page.locator(".side .state").first).to_have_text("Approved")

    edit(desk, "harbour.", "port.")
    expect(page.locator(".side .state").first).to_have_text("Changed since approval")
    expect(page.locator(".warn")).to_contain_text("port")

    edit(desk, "**ferry** from", "boat out of")
    expect(page.locator(".orphan")).to_have_count(1)
    page.locator(".note:has(.orphan) [name=quote]").fill("boat out of Gaon")
    page.click(".note:has(.orphan) button[value=reattach]")
    expect(page.locator(".orphan")).to_have_count(0)
    page.locator(".note").nth(1).locator("button[value=resolve]").click()
    expect(page.locator(".note.done")).to_have_count(1)
    assert events(desk) == ["note", "request-changes", "approve", "reattach", "resolve"]
    assert sorted(file.name for file in (desk.folder / "content").iterdir()) == ["_reviews", "ferry.md"]


def test_a_suggestion_is_put_into_the_file_by_a_click(page: Page, desk: Running) -> None:
    before = (desk.folder / FERRY).read_bytes()
    page.fill("#new-note [name=quote]", "2.50 euro")
    page.fill("#new-note [name=instead]", "2.75 euro")
    page.click("#new-note button[value=note]")
    page.click("button[value=suggestion]")
    expect(page.locator(".note.done")).to_have_count(1)
    assert (desk.folder / FERRY).read_bytes() == before.replace(b"2.50 euro", b"2.75 euro")
    assert events(desk) == ["note", "resolve"]


def test_what_was_changed_meanwhile_is_neither_approved_nor_lost(page: Page, desk: Running) -> None:
    page.locator("#new-note [name=text]").fill("A long thought.")
    edit(desk, "2.50", "9.99")
    page.click("#new-note button[value=note]")
    expect(page.locator(".told").first).to_contain_text("was changed while you were reading it")
    expect(page.locator("#new-note [name=text]")).to_have_value("A long thought.")
    assert events(desk) == []


def test_what_is_typed_while_the_page_is_made_anew_is_there_again(page: Page, desk: Running) -> None:
    typing = (
        "addEventListener('beforeunload', () => { document.querySelector('#new-note [name=text]').value = 'Sure?' })"
    )
    page.evaluate(typing)
    edit(desk, "2.50", "9.99")
    expect(page.locator("[data-body]")).to_contain_text("9.99")
    expect(page.locator("#new-note [name=text]")).to_have_value("Sure?")


def test_a_page_stays_as_it_is_when_a_build_changes_another_article(page: Page, desk: Running) -> None:
    page.evaluate("globalThis.same = true")
    with page.expect_response(lambda one: "/_desk/article" in one.url):
        text = (desk.folder / FERRY).read_text(encoding="utf-8").replace("Ferry", "Bridge")
        (desk.folder / "content/bridge.md").write_text(text, encoding="utf-8")
    expect(page.locator(".told")).to_have_count(0)
    assert page.evaluate("globalThis.same") is True


def test_words_that_a_note_could_not_be_put_on_stay_where_they_were_typed(page: Page, desk: Running) -> None:
    page.fill("#new-note [name=quote]", "2.50 euro")
    page.fill("#new-note [name=text]", "Sure?")
    page.click("#new-note button[value=note]")
    expect(page.locator(".note")).to_have_count(1)
    edit(desk, "2.50 euro", "9.99")
    page.locator(".note:has(.orphan) [name=quote]").fill("9.98")
    page.click(".note:has(.orphan) button[value=reattach]")
    expect(page.locator(".told")).to_have_count(1)
    expect(page.locator(".note:has(.orphan) [name=quote]")).to_have_value("9.98")
    expect(page.locator("#new-note [name=quote]")).to_have_value("")


def test_everything_works_without_a_script(chromium: Browser, desk: Running) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{desk.port}/_desk/")
    page.click(".row a")
    page.fill("#new-note [name=quote]", "costs 2.50 euro")
    page.fill("#new-note [name=text]", "Sure?")
    page.click("#new-note button[value=note]")
    expect(page.locator(".note blockquote")).to_have_text("costs 2.50 euro")
    page.click(".verdict button[value=approve]")
    expect(page.locator(".side .state").first).to_have_text("Approved")
    assert events(desk) == ["note", "approve"]
    context.close()


def test_the_board_shows_what_waits_and_for_whom(page: Page, desk: Running) -> None:
    page.goto(f"http://127.0.0.1:{desk.port}/_desk/?for=me")
    expect(page.locator(".row")).to_have_count(1)
    expect(page.locator(".row .meta")).to_contain_text("kim@example.org, lee@example.org")
    with records(desk.folder, preview=True) as found:
        found.add(FERRY, event_now("request-changes", LEE, text="No."))
    page.goto(f"http://127.0.0.1:{desk.port}/_desk/?state=changes-requested")
    expect(page.locator(".row .meta")).to_contain_text("Lee")


def test_the_script_finds_the_blocks_that_notes_are_fastened_to(page: Page, desk: Running) -> None:
    with records(desk.folder, preview=True) as found:
        expected = [block.text for block in blocks_of(found.html(FERRY), found.config.base_path)]
    assert page.evaluate("globalThis.yoyakBlocks()") == expected


def test_the_pages_of_the_desk_are_accessible(chromium: Browser, desk: Running, axe_source: str) -> None:
    with records(desk.folder, preview=True) as found:
        note = found.add(FERRY, event_now("note", LEE, text="Hm.", kind="fact"))
        found.add(FERRY, event_now("hold", LEE, text="Wait."))
        found.add(FERRY, event_now("reply", LEE, text="So?", answers=note.name))
    page = chromium.new_page(bypass_csp=True, reduced_motion="reduce")
    places = ("", f"article?file={quote(FERRY)}", f"changes?file={quote(FERRY)}")
    assert faults_at([f"http://127.0.0.1:{desk.port}/_desk/{place}" for place in places], page, axe_source) == []
    page.close()


WIDTHS = (320, 768, 1280)


def faults_at(places: Sequence[str], page: Page, axe_source: str, schemes: Sequence[Scheme] = SCHEMES) -> list[str]:
    """Return what axe finds on each page, in each scheme at one of the widths, by turns; with YOYAK_ALL=1 at all.

    No page scrolls sideways at any.
    """
    first, found = random.randrange(len(WIDTHS)), list[str]()
    for number, place in enumerate(places):
        for turn, width in enumerate(WIDTHS):
            now = [one for one in schemes if ALL or (first + number + SCHEMES.index(one) - turn) % len(WIDTHS) == 0]
            found += violations(page, place, width, axe_source, now)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (place, width)
    return found


HEADERS: tuple[tuple[str, ...], ...] = (
    ("Origin: https://evil.example",),
    ("Origin: null",),
    (),
    ("Sec-Fetch-Site: cross-site", "Origin: http://127.0.0.1:{port}"),
    ("Sec-Fetch-Site: same-site", "Origin: http://127.0.0.1:{port}"),
    ("Origin: http://127.0.0.1:{port}",),  # the token is missing
    ("Origin: http://127.0.0.1:{port}", "Content-Type: text/plain"),
    ("Origin: http://localhost:{port}",),
)


def test_nobody_else_writes_through_the_desk(desk: Running) -> None:
    body = f"event=approve&what=title&value=x&file={quote(FERRY)}&token=guess&shown="
    for door, headers in product(("event", "edit"), HEADERS):
        form = "Content-Type: application/x-www-form-urlencoded"
        kind = () if any("Content-Type" in line for line in headers) else (form,)
        own = [f"Host: 127.0.0.1:{desk.port}", "Connection: close", f"Content-Length: {len(body)}", *kind]
        lines = [f"POST /_desk/{door} HTTP/1.1", *own, *(line.format(port=desk.port) for line in headers), "", body]
        answer = ask(desk.port, "\r\n".join(lines).encode())
        assert answer.startswith(b"HTTP/1.1 403"), (door, headers)
        assert not (desk.folder / "content/_reviews").exists(), (door, headers)


def test_a_page_of_the_preview_leads_to_its_article_on_the_desk(page: Page, desk: Running) -> None:
    page.goto(f"{desk.address}articles/ferry/")
    page.locator("#yoyak-preview .desk").click()
    expect(page.locator(".side .path")).to_have_text(FERRY)
    page.goto(f"{desk.address}tags/")
    page.locator("#yoyak-preview .desk").click()
    expect(page.locator("h1")).to_have_text("Board")
