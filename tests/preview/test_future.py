"""The preview at another time: the dates to choose from, the door, and the windows that show it."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page, expect

from preview.conftest import Running, until
from yoyak.model.build import Coming
from yoyak.model.message import say
from yoyak.preview.future import stops

SEOUL = ZoneInfo("Asia/Seoul")
LATER, LAST = "2999-07-05T09:00:00+09:00", "2999-08-01T00:00:00+09:00"
DATES = "publish_at: 2999-07-05 09:00\nexpires_at: 2999-08-01\n"
SLOW = 20_000


def at(day: int) -> datetime:
    return datetime(2024, 7, day, tzinfo=SEOUL)


def test_now_stands_among_the_dates_and_what_is_past_is_left_out() -> None:
    coming = [
        Coming(at=at(day), kind="date", path="content/a.md", title="A", effect=say("coming.published"))
        for day in (2, 4, 4, 9)
    ]
    found = stops(tuple(coming), None, at(3))
    assert [(one.label, len(one.changes)) for one in found] == [
        ("Now", 0),
        ("2024-07-04 00:00 KST", 2),
        ("2024-07-09 00:00 KST", 1),
    ]
    assert [one.label[:10] for one in stops(tuple(coming), at(1), at(5), "ko")] == [
        "2024-07-01", "2024-07-02", "2024-07-04", "지금", "2024-07-09",
    ]  # fmt: skip


@pytest.fixture
def site(running: Running) -> Running:
    """A preview with an article that appears and expires in far days."""
    before = len(running.lines())
    running.save("later", "It comes later.", DATES)
    until(lambda: len(running.lines()) > before)
    return running


def ask(running: Running, body: bytes = b"", **headers: str) -> tuple[int, bytes]:
    origin = f"http://127.0.0.1:{running.port}"
    request = urllib.request.Request(f"{origin}/__yoyak/at", body or None)
    for name, value in ({"Origin": origin, "Content-Type": "application/json"} | headers).items():
        request.add_header(name.replace("_", "-"), value)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


def chosen(running: Running) -> str:
    return str(json.loads(ask(running)[1])["at"])


def choose(time: str) -> bytes:
    return json.dumps({"at": time}).encode()


def test_a_date_of_the_list_is_chosen_and_left_again(site: Running) -> None:
    listed = json.loads(ask(site)[1])
    assert [one["at"] for one in listed["stops"]] == ["", *(one["at"] for one in listed["stops"][1:])]
    assert {LATER, LAST} <= {one["at"] for one in listed["stops"]}
    assert ask(site, choose(LATER))[0] == 202
    until(lambda: chosen(site) == LATER)
    assert "ribbon" not in site.page("/digest/articles/later/")
    assert ask(site, choose(""))[0] == 202
    until(lambda: chosen(site) == "")
    assert "ribbon" in site.page("/digest/articles/later/")


REFUSED: list[tuple[bytes, dict[str, str], int]] = [
    (choose(LATER), {"Origin": "http://evil.example"}, 403),
    (choose(LATER), {"Origin": "null"}, 403),
    (choose(LATER), {"Origin": "http://127.0.0.1:1"}, 403),
    (choose(LATER), {"Content_Type": "text/plain"}, 403),
    (choose(LATER), {"Content_Type": "application/x-www-form-urlencoded"}, 403),
    (choose(LATER), {"Sec_Fetch_Site": "cross-site"}, 403),
    (choose(LATER), {"Sec_Fetch_Site": "same-site"}, 403),
    (choose(LATER), {"Host": "evil.example"}, 403),
    (choose("2031-01-01T00:00:00+09:00"), {}, 400),
    (choose("0001-01-01T00:00:00+00:00"), {}, 400),
    (b"[]", {}, 400),
    (b'{"at": 5}', {}, 400),
    (b"\xff", {}, 400),
    (choose("x" * 5000), {}, 400),
]


def test_nobody_else_and_nothing_else_chooses(site: Running) -> None:
    for body, headers, status in REFUSED:
        assert ask(site, body, **headers)[0] == status, (body, headers)
        assert chosen(site) == "", (body, headers)


# --- in a browser --------------------------------------------------------------------------------


@pytest.fixture
def page(chromium: Browser, site: Running) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1000, "height": 700})
    context.set_default_timeout(SLOW)
    page = context.new_page()
    page.goto(f"{site.address}articles/later/")
    expect(page.locator("main .ribbon").first).to_be_visible(timeout=SLOW)
    yield page
    context.close()


@pytest.mark.browser
def test_the_slider_shows_the_future_to_every_window_and_leads_back(page: Page, site: Running) -> None:
    other = page.context.new_page()
    other.goto(site.address)
    opener = page.get_by_role("button", name="dates ahead")
    opener.press("Enter")
    slider = page.get_by_role("slider")
    expect(slider).to_be_focused(timeout=SLOW)
    expect(slider).to_have_attribute("aria-valuetext", "Now")
    expect(page.locator("#yoyak-preview section.ahead li").last).to_contain_text("expires and is removed")
    stops = [one["at"] for one in json.loads(ask(site)[1])["stops"]]
    for _ in range(stops.index(LATER)):
        slider.press("ArrowRight")
    for window in (page, other):
        expect(window.get_by_text("Shown as of 2999-07-05 09:00 KST")).to_be_attached(timeout=SLOW)
    expect(page.locator("main .ribbon")).to_have_count(0, timeout=SLOW)
    expect(slider).to_be_focused()
    slider.press("Escape")
    expect(opener).to_be_focused(timeout=SLOW)
    page.get_by_role("button", name="Back to now").press("Enter")
    expect(page.locator("main .ribbon").first).to_be_visible(timeout=SLOW)
    expect(page.get_by_role("button", name="Back to now")).to_have_count(0, timeout=SLOW)


@pytest.mark.browser
def test_a_button_of_the_list_chooses_its_date(page: Page) -> None:
    page.get_by_role("button", name="dates ahead").click()
    page.get_by_role("button", name="2999-08-01 00:00 KST").click()
    expect(page.get_by_text("Shown as of 2999-08-01 00:00 KST")).to_be_visible(timeout=SLOW)
    pressed = page.locator("#yoyak-preview [aria-pressed=true]")
    expect(pressed).to_have_text("2999-08-01 00:00 KST", timeout=SLOW)


@pytest.mark.browser
def test_the_list_fits_a_small_window_and_has_no_accessibility_fault(page: Page, axe_source: str) -> None:
    page.set_viewport_size({"width": 320, "height": 600})
    page.get_by_role("button", name="dates ahead").click()
    page.get_by_role("button", name="2999-08-01 00:00 KST").click()
    expect(page.get_by_text("Shown as of")).to_be_visible(timeout=SLOW)
    for name in ("section.ahead", ".as-of"):
        box = page.locator(f"#yoyak-preview {name}").bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 320
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.evaluate(axe_source)
        assert page.evaluate("axe.run('#yoyak-preview').then(found => found.violations.map(rule => rule.id))") == []
