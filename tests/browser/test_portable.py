"""A portable site opens in Chromium from a folder and from a server below any path; a bundle opens as one file."""

from __future__ import annotations

import random
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, unquote, urldefrag

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request

from browser.sites import WRITERS, CommandLine, static_server
from samples import ALL

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]

ADDRESSES = "() => [...document.querySelectorAll('a[href], link[href], area[href]')].map(one => one.href)"
PICTURES = """() => Promise.all([...document.images].map(one => {
    one.loading = "eager";
    return one.decode().then(() => "", () => one.outerHTML);
}))"""
TARGETS = "() => [...document.querySelectorAll('[id]')].map(one => one.id)"
MOST = 30
"""Pages of a site that are opened at each run, some of each kind."""
SITES = ["korean", "english", "untitled", "restyled", "specimen"]
FROM_A_FOLDER = [name for name in SITES if name != "english"]
FROM_A_SERVER = ["english", "specimen"]
"""The English site has the pages of the Korean one: it is looked at from a server, the other from a file."""


class Watched(NamedTuple):
    """A page of the browser, and what went wrong on it."""

    page: Page
    wrong: list[str]
    asked: set[str]


@pytest.fixture
def watched(chromium: Browser) -> Iterator[Watched]:
    context = chromium.new_context()
    page = context.new_page()
    wrong, asked = list[str](), set[str]()

    def note(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            wrong.append(message.text)

    def failed(request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # its page was left before it came
            wrong.append(f"failed: {request.url}")

    page.on("console", note)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("requestfailed", failed)
    page.on("request", lambda request: asked.add(request.url))
    yield Watched(page, wrong, asked)
    context.close()


@pytest.fixture(scope="module")
def folder_of(tmp_path_factory: pytest.TempPathFactory, yoyak: CommandLine) -> Callable[[str], Path]:
    """Give the portable preview of a site, moved to a folder with an awkward name."""

    @cache
    def made(name: str) -> Path:
        place = tmp_path_factory.mktemp(name)
        source, moved = place / "site", place / "보낸 것 #1 100%" / "깊은 곳"
        source.mkdir()
        WRITERS[name](source)
        done = yoyak("build", "--preview", "--portable", "--site", source)
        assert done.returncode == 0, done.stderr
        shutil.move(source / "portable", moved)
        return moved

    return made


@pytest.mark.parametrize("name", SITES if ALL else FROM_A_FOLDER)
def test_every_page_opens_from_a_folder(name: str, folder_of: Callable[[str], Path], watched: Watched) -> None:
    folder = folder_of(name)
    open_all(folder, f"file://{quote(str(folder))}/", watched)


@pytest.mark.parametrize("name", FROM_A_SERVER)
def test_every_page_opens_from_a_server_below_any_path(
    name: str, folder_of: Callable[[str], Path], watched: Watched
) -> None:
    folder = folder_of(name)
    with static_server(folder.parents[1]) as origin:
        open_all(folder, origin + quote(folder.relative_to(folder.parents[1]).as_posix()) + "/", watched)


def rarest(places: list[str], kind: Callable[[str], str], seen: Counter[str]) -> str:
    """Take a place out of those that wait: any of a kind of which the fewest were seen."""
    fewest = min(seen[kind(place)] for place in places)
    place = random.choice([place for place in places if seen[kind(place)] == fewest])
    places.remove(place)
    seen[kind(place)] += 1
    return place


def kind_of(file: Path) -> str:
    found = re.search('<body class="[^" ]*', file.read_text(encoding="utf-8"))
    return found[0] if found else "moved"


def chosen(folder: Path) -> list[Path]:
    """Return some pages of a portable site: each kind has the same number, or all that there are."""
    kinds = {path.relative_to(folder).as_posix(): kind_of(path) for path in sorted(folder.rglob("*.html"))}
    waiting, seen = list(kinds), Counter[str]()
    found = [rarest(waiting, kinds.__getitem__, seen) for _ in range(len(kinds) if ALL else min(MOST, len(kinds)))]
    assert set(seen) == set(kinds.values())
    return [folder / path for path in found]


def open_all(folder: Path, home: str, watched: Watched) -> None:
    """Open every page of a small site and some of a large one, and look up every address that they name."""
    ids, links = dict[str, set[str]](), set[str]()
    for path in chosen(folder):
        url = home + quote(path.relative_to(folder).as_posix())
        moves = 'http-equiv="refresh"' in path.read_text(encoding="utf-8")
        watched.page.goto(url, wait_until="load")
        if moves:
            watched.page.wait_for_url(lambda now, old=url: now != old)
        assert "".join(watched.page.evaluate(PICTURES)) == ""
        ids[watched.page.url.partition("#")[0]] = set(watched.page.evaluate(TARGETS))
        links |= {link for link in watched.page.evaluate(ADDRESSES) if link.startswith((home, "file:"))}
        assert watched.page.evaluate("getComputedStyle(document.querySelector('.skip')).position") == "absolute"
    assert len(links) > 5
    for link in links:
        address, fragment = urldefrag(link)
        assert address.startswith(home), link
        assert (folder / unquote(address.removeprefix(home))).is_file(), link
        assert not fragment or address not in ids or unquote(fragment) in ids[address], link
    assert watched.wrong == []
    assert [url for url in watched.asked if not url.startswith(home) and not url.endswith("/favicon.ico")] == []


# --- the bundle -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def bundle_of(tmp_path_factory: pytest.TempPathFactory, yoyak: CommandLine) -> Callable[[str], Path]:
    """Give the bundle of a site by its name."""

    @cache
    def made(name: str) -> Path:
        folder = tmp_path_factory.mktemp(name)
        source, file = folder / "site", folder / "보낸 것 #1 100%.html"
        source.mkdir()
        WRITERS[name](source)
        done = yoyak("build", "--preview", "--bundle", file, "--site", source)
        assert done.returncode == 0, done.stderr
        return file

    return made


def kind_of_place(place: str) -> str:
    """Tell what pages at such an address are: `#/tags/sea/` is of the kind `tags 3`."""
    return f"{place.split('/')[1]} {place.count('/')}"


@pytest.mark.parametrize("name", SITES if ALL else FROM_A_FOLDER)
def test_every_page_of_a_bundle_shows_and_asks_for_nothing(
    name: str, bundle_of: Callable[[str], Path], watched: Watched
) -> None:
    bundle = bundle_of(name)
    page, home = watched.page, f"file://{quote(str(bundle))}"
    page.goto(home)
    page.wait_for_selector("main")
    waiting, seen, kept, anchors = ["#/"], {"#/"}, dict[str, set[str]](), set[tuple[str, str]]()
    kinds = Counter[str]()
    while waiting and (ALL or len(kept) < MOST):
        key = rarest(waiting, kind_of_place, kinds)
        page.evaluate("hash => { location.hash = hash; }", key)
        page.wait_for_timeout(20)
        assert page.locator("main").count() == 1
        assert page.locator("body > p:first-child").count() == 0
        assert "".join(page.evaluate(PICTURES)) == ""
        kept[key] = set(page.evaluate(TARGETS))
        links = [link.removeprefix(home) for link in page.evaluate(ADDRESSES) if link.startswith(home)]
        found = {link.partition("?")[0] for link in links if link.startswith("#/")} - seen
        seen |= found
        waiting += sorted(found)
        for link in links:
            path, _, anchor = link.partition("?") if link.startswith("#/") else (key, "?", link[1:])
            anchors.add((path, unquote(anchor)))
    assert len(kept) > 5
    assert [one for one in anchors if one[1] and one[0] in kept and one[1] not in kept[one[0]]] == []
    assert watched.wrong == []
    assert {url.partition("#")[0] for url in watched.asked if not url.startswith(("data:", "blob:"))} == {home}


@pytest.fixture
def korean(bundle_of: Callable[[str], Path], watched: Watched) -> Page:
    """The bundle of the sample site, opened."""
    watched.page.goto(f"file://{quote(str(bundle_of('korean')))}")
    watched.page.wait_for_selector("main h1")
    return watched.page


def until(page: Page, condition: str) -> None:
    """Wait for a condition. Playwright's own way to wait asks for `eval`, which a bundle allows nobody."""
    for _ in range(200):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(25)
    raise AssertionError(condition)


def heading(page: Page) -> str:
    return page.locator("main h1").inner_text()


def test_a_bundle_follows_links_and_goes_back_to_where_one_was(korean: Page, watched: Watched) -> None:
    first, title = heading(korean), korean.title()
    link = korean.locator("main a[href*='articles/']").last
    link.scroll_into_view_if_needed()
    korean.wait_for_timeout(400)
    before = korean.evaluate("scrollY")
    assert before > 0
    link.click()
    until(korean, "document.body.className === 'kind-article'")
    until(korean, "scrollY === 0")
    assert korean.title() != title
    korean.go_back()
    until(korean, "document.body.className === 'kind-front'")
    assert heading(korean) == first
    until(korean, f"Math.abs(scrollY - {before}) < 3")
    korean.go_forward()
    until(korean, "document.body.className === 'kind-article'")
    korean.reload()
    until(korean, "document.body.className === 'kind-article'")
    assert watched.wrong == []


def test_an_anchor_of_a_bundle_leads_to_its_place(korean: Page) -> None:
    korean.locator(".contents a").last.click()
    until(korean, "scrollY > 100")
    assert heading(korean)
    korean.wait_for_timeout(300)
    korean.evaluate("location.hash = '#/articles/across-the-sea/?두고-갈-것'")
    until(korean, "document.body.className === 'kind-article'")
    until(korean, "Math.abs(document.getElementById('두고-갈-것').getBoundingClientRect().top) < 200")
    korean.locator(".skip").focus()
    korean.keyboard.press("Enter")
    until(korean, "document.activeElement.id === 'main'")


def test_an_anchor_may_have_any_name(tmp_path: Path, yoyak: CommandLine, watched: Watched) -> None:
    names = ["x?y", "100%", "constructor", "물음표?"]
    lines = "줄\n\n" * 40
    places = "\n\n".join(f'<p id="{name}">{name}</p>\n\n{lines}' for name in names)
    links = " ".join(f"[{number}](<#{name}>)" for number, name in enumerate(names))
    text = f"---\ntitle: 제목\ndate: 2024-07-03\nrights: full\n---\n\n{links}\n\n{places}\n"
    site = tmp_path / "site"
    (site / "content").mkdir(parents=True)
    (site / "content/a.md").write_text(text, encoding="utf-8")
    settings = "title: 시험\nbase_url: https://d.example/\ntimezone: Asia/Seoul\n"
    (site / "site.yaml").write_text(settings, encoding="utf-8")
    done = yoyak("build", "--bundle", tmp_path / "one.html", "--site", site)
    assert done.returncode == 0, done.stderr
    page = watched.page
    page.goto(f"file://{tmp_path}/one.html#/articles/a/")
    for number, name in enumerate(names):
        page.get_by_role("link", name=str(number), exact=True).click()
        until(page, f"Math.abs(document.getElementById('{name}').getBoundingClientRect().top) < 100")
        page.go_back()
        until(page, "scrollY === 0")
    page.evaluate("scrollTo({ top: 500, behavior: 'instant' })")
    until(page, "history.state?.y === 500")  # that is kept, and left at once for another place
    page.evaluate("scrollTo({ top: 0, behavior: 'instant' }); document.querySelector('.body a').click()")
    until(page, "scrollY > 0")
    page.go_back()
    until(page, "scrollY === 0")
    assert watched.wrong == []


def test_titles_are_found_by_keyboard_alone(korean: Page) -> None:
    korean.get_by_role("button", name="제목으로 찾기").focus()
    korean.keyboard.press("Enter")
    korean.keyboard.type("사투리 기계")
    assert korean.get_by_role("dialog").get_by_role("link").count() == 1
    korean.keyboard.press("Enter")
    until(korean, "location.hash.startsWith('#/articles/')")
    until(korean, "document.body.className === 'kind-article'")
    assert "사투리" in heading(korean)
    assert korean.get_by_role("dialog").count() == 0


def test_what_the_search_does_not_find_it_says(korean: Page) -> None:
    korean.get_by_role("button", name="제목으로 찾기").click()
    korean.keyboard.type("<b>없는 말</b>")
    assert korean.get_by_role("dialog").get_by_text("제목이 없습니다").is_visible()
    korean.keyboard.press("Escape")  # empties the field
    korean.keyboard.press("Escape")
    assert korean.get_by_role("dialog").count() == 0


def test_an_old_address_and_an_unknown_one_show_a_page(korean: Page) -> None:
    korean.evaluate("location.hash = '#/2024/dialect-dictionary/'")
    until(korean, "document.body.className === 'kind-article'")
    assert "/articles/" in korean.url
    korean.evaluate("location.hash = '#/no/such/%ZZ/'")
    until(korean, "document.body.className === 'kind-not_found'")
    korean.locator("main .button").click()
    until(korean, "document.body.className === 'kind-front'")


def test_scripts_of_the_site_work_on_each_page_of_a_bundle(korean: Page, watched: Watched) -> None:
    for path in ("across-the-sea", "second-wave", "across-the-sea"):
        korean.evaluate("path => { location.hash = `#/articles/${path}/`; }", path)
        until(korean, "document.querySelector('[data-copy]')?.hidden === false")
        korean.locator("a.zoom").first.click()
        picture = korean.locator("dialog.enlarged img")
        assert picture.evaluate("one => one.decode().then(() => one.naturalWidth)") > 100
        korean.keyboard.press("Escape")
    assert watched.wrong == []


def test_nothing_that_is_put_into_a_bundle_later_runs(korean: Page) -> None:
    korean.evaluate("""() => {
        document.body.insertAdjacentHTML("beforeend", "<img src=x onerror='window.ran = 1'>");
        const script = document.createElement("script");
        script.textContent = "window.ran = 2";
        document.body.append(script);
    }""")
    korean.wait_for_timeout(200)
    assert korean.evaluate("window.ran") is None


def test_a_bundle_says_what_it_needs_where_no_script_runs(bundle_of: Callable[[str], Path], chromium: Browser) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"file://{quote(str(bundle_of('korean')))}")
    assert "자바스크립트" in page.locator("body > p").inner_text()
    context.close()


def test_the_bundle_of_the_sample_site_is_small(tmp_path: Path, yoyak: CommandLine) -> None:
    import json

    source = tmp_path / "site"
    source.mkdir()
    WRITERS["korean"](source)
    done = yoyak("build", "--preview", "--bundle", tmp_path / "one.html", "--site", source, "--json")
    report = json.loads(done.stdout)
    assert report["bundle_size"] == (tmp_path / "one.html").stat().st_size
    assert report["bundle_size"] - report["bundle_pictures"] < 300_000
