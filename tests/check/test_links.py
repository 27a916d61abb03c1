"""What is read of a rendered page, so that its links can be checked."""

from __future__ import annotations

import pytest

from rows import each_row
from sites import article, built, problems
from yoyak.check.links import PageLinks, broken_entries, broken_links, link_reader
from yoyak.messages.catalogue import speak
from yoyak.model.addresses import Loads
from yoyak.model.types import Output, Page
from yoyak.pages.own import OwnRecipe

HERE = "/sub/here/"
URLS = frozenset({HERE, "/sub/", "/sub/%EA%B8%80/", "/sub/a.png", "/sub/q&a/"})


@each_row(
    ("html", "broken"),
    [
        ('<a href="/sub/"><img src="/sub/a.png"><a href="/sub/%EA%B8%80/"><a href="../"><a href="">', ()),
        ('<a href="https://example.org/sub/"><a href="https://elsewhere.org/"><a href="mailto:a@b.c">', ()),
        ('<a href="/sub/q&amp;a/"><a href="/sub/?page=2"><a href="/sub/here/#">', ()),
        ('<a href="/sub/nope/"><img src="/sub/nope.png"><a href="nope">', ("/sub/nope.png", "/sub/nope/", "nope")),
        ('<a href="https://example.org/sub/nope/">', ("https://example.org/sub/nope/",)),
        ('<a href="/글/">', ("/글/",)),
        # Text is no link, and hides none.
        ('<p>write href="/sub/nope/" or src="/sub/nope.png"</p>', ()),
        ('<p>an open src="</p><a class="x" href="/sub/nope/">', ("/sub/nope/",)),
        ('<p>an open href="</p><a href="/sub/nope/">', ("/sub/nope/",)),
        ('<p>an open id="</p><img alt="" src="/sub/nope.png">', ("/sub/nope.png",)),
        ('<a data-href="/sub/nope/">', ()),
    ],
)
def test_a_link_to_an_address_that_the_site_lacks_is_broken(html: str, broken: tuple[str, ...]) -> None:
    assert _read(html).broken == broken


@pytest.mark.parametrize(
    ("html", "fragments"),
    [
        ('<h2 id="here"><a href="#here"><a href="/sub/here/#here">', ()),
        ('<h2 id="a&amp;b"><h2 id="글"><a href="#a&amp;b"><a href="#%EA%B8%80"><a href="#글">', ()),
        ('<a href="#gone"><a href="/sub/here/#gone">', (("#gone", HERE, "gone"), ("/sub/here/#gone", HERE, "gone"))),
        ('<a href="/sub/#there">', (("/sub/#there", "/sub/", "there"),)),
        ('<p>write href="#gone"</p>', ()),
    ],
)
def test_a_place_is_looked_up_unless_it_is_on_the_page_itself(html: str, fragments: tuple[object, ...]) -> None:
    assert _read(html).fragments == fragments


def test_the_places_of_a_page_are_known() -> None:
    assert _read('<h2 id="b"><p id="a&amp;b"><i id="b"><b data-id="c">').ids == ("a&b", "b")


LOST = "/sub/%EC%97%86%EC%9D%8C/"


@pytest.mark.parametrize("written", [LOST, "/%EC%97%86%EC%9D%8C/", "/sub/없음/"], ids=["as it is", "short", "as read"])
def test_a_link_in_no_text_is_reported_alike_of_the_menu_and_of_a_template(written: str) -> None:
    def line_of(_: str, text: str) -> int:
        return 3 if text == written else 0

    (of_menu,) = broken_entries([LOST, LOST], line_of, "/sub/", frozenset())
    (of_page,) = broken_links([_read(f'<a href="{LOST}">', url="/sub/")], {}, line_of, "/sub/")
    assert of_menu == of_page
    assert (of_menu.path, of_menu.line) == ("site.yaml", 3)
    assert speak(of_menu.message).startswith('The link "/sub/없음/" on /sub/ leads nowhere: ')


NEIGHBOURS = {
    "content/2024/harbour-fares.md": article("## 어른 & 아이\n\n글."),
    "content/2024/새 배 편.md": article(slug="new-boat", title="새 배"),
    "content/2023/lighthouse.md": article(title="등대"),
    "content/pages/about-us.md": "---\ntitle: 소개\n---\n\n글.\n",
}


@each_row(
    ("written", "meant"),
    [
        ("harbor-fares.md", "harbour-fares.md"),
        ("harbour-fares.md#어른-아아", "어른-아이"),
        ("<새배편.md>", "<새 배 편.md>"),
        ("lighthouse.md", "../2023/lighthouse.md"),
        ("/articles/light-house/", "/articles/lighthouse/"),
        ("/articles/lighthouse", "/articles/lighthouse/"),
        ("https://digest.example.org/about/", "/about-us/"),
        ("/articles/quite-another/", ""),
        ("draft.md", ""),
    ],
)
def test_a_broken_link_is_answered_with_the_nearest_of_what_is_there(
    written: str, meant: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    files = {**NEIGHBOURS, "content/2024/draft.md": article(title="초고", status="draft")}
    files["content/2024/here.md"] = article(f"[글]({written})", title="여기")
    (said,) = [one for one in problems(built(tmp_path_factory.mktemp("site"), files)) if "leads nowhere" in one]
    assert said.endswith(f'Did you mean "{meant}"?' if meant else "Fix its address, or take the link out."), said


def test_a_feed_has_no_links_to_check() -> None:
    assert _read('<a href="/sub/nope/">', "feed.xml").broken == ()


def _read(html: str, output: str = "here/index.html", url: str = HERE) -> PageLinks:
    recipe = OwnRecipe(title="", body="", description="", lang="")
    page = Page(kind="page", url=url, output=output, template="page.html", recipe=recipe)
    return link_reader(URLS, "https://example.org/sub/", Loads(host="example.org"))(
        page, Output(path=output, data=html.encode())
    )
