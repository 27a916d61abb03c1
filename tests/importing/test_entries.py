"""What makes two entries of feeds one, and which text a feed gives only the beginning of."""

from __future__ import annotations

from pathlib import Path

import pytest

from importing.desk import contents, new_site, only_article, run_import, written
from rows import each_row
from yoyak.importing.entries import is_cut, with_known_tags
from yoyak.importing.results import ImportReport
from yoyak.importing.telling import import_lines
from yoyak.messages.catalogue import speak


def _feed(*items: str) -> str:
    head = '<?xml version="1.0"?><rss version="2.0"><channel><title>항구</title><link>https://haven.example/</link>'
    return f"{head}{''.join(items)}</channel></rss>"


def _item(title: str, link: str, guid: str, text: str = "새 배가 다닌다.") -> str:
    return f"<item><title>{title}</title><link>{link}</link><guid>{guid}</guid><description>{text}</description></item>"


def _days(tmp_path: Path, *feeds: str) -> tuple[Path, list[ImportReport]]:
    site = new_site(tmp_path / "site")
    return site, [run_import(site, written(tmp_path, f"{n}.xml", feed)) for n, feed in enumerate(feeds)]


def test_an_entry_whose_address_and_title_change_stays_one_article(tmp_path: Path) -> None:
    link = "https://haven.example/7?no=3"
    first = _feed(_item("배", f"{link}&amp;fromRss=true&amp;trackingCode=rss", "https://haven.example/7"))
    second = _feed(_item("배(수정)", f"{link}&amp;utm_source=rss", "https://haven.example/7"))
    site, reports = _days(tmp_path, first, second)
    article = only_article(site)
    assert f'\nsource_url: "{link}"\n' in article
    assert [known.title for known in reports[1].known] == ["배(수정)"]
    assert 'its title is now "배(수정)"' in next(import_lines(reports[1]))


@pytest.mark.parametrize("guid", ["7", "tag:haven.example,2024:7", "https://haven.example/?p=7"])
def test_an_entry_at_another_address_is_known_by_its_name(guid: str, tmp_path: Path) -> None:
    feeds = [_feed(_item("배", f"https://haven.example/{slug}", guid)) for slug in ("old", "new")]
    site, reports = _days(tmp_path, *feeds)
    assert only_article(site)
    assert len(reports[1].known) == 1
    assert reports[1].known[0].title == ""


def test_the_same_number_in_two_feeds_names_two_entries(tmp_path: Path) -> None:
    feeds = [_feed(_item(host, f"https://{host}.example/a", "7")) for host in ("haven", "isle")]
    site, reports = _days(tmp_path, *feeds)
    assert [report.imported[0].title for report in reports] == ["haven", "isle"]
    assert len(contents(site)) == 4


def test_a_name_that_every_entry_has_names_none(tmp_path: Path) -> None:
    feed = _feed(*(_item(f"글 {n}", f"https://haven.example/{n}", "https://haven.example/") for n in range(3)))
    _, reports = _days(tmp_path, feed)
    assert len(reports[0].imported) == 3


def test_entries_that_share_the_address_of_the_front_page_are_all_imported(tmp_path: Path) -> None:
    home = "https://haven.example/"
    old = _feed(*(_item(f"글 {n}", home, f"guid-{n}") for n in (1, 2)))
    new = _feed(*(_item(f"글 {n}", home, f"guid-{n}") for n in (3,)))
    _, reports = _days(tmp_path, old, new)
    assert [len(report.imported) for report in reports] == [2, 1]


def test_an_entry_that_stands_twice_in_a_feed_is_imported_once_and_said(tmp_path: Path) -> None:
    item = _item("배", "https://haven.example/7?utm_source=a", "7")
    site, reports = _days(tmp_path, _feed(item, item.replace("utm_source=a", "utm_source=b")))
    assert only_article(site)
    assert "1 entry of this feed is another one once more" in speak(reports[0].problems[0].message)


def test_a_text_that_is_cut_is_said(tmp_path: Path) -> None:
    items = [
        _item("배", "https://haven.example/7", "7", "첫 배는 여섯 시이고 막배는 ......"),
        _item("섬", "https://haven.example/8", "8"),
    ]
    _, reports = _days(tmp_path, _feed(*items))
    assert [problem.code for problem in reports[0].problems] == ["text-cut"]
    assert 'gives only the beginning of 1 of its 2 entries: "배".' in speak(reports[0].problems[0].message)


@each_row(
    "words",
    [
        "막배는 ......", "막배는 …", "the last [&hellip;]".replace("&hellip;", "…"), "the last [...]", "the la…",
        "It left. Continue reading", "It left. Continue reading “Ferry” →", "It left. Read more »", "떠났다. 더 보기",
        "떠났다. 계속 읽기", "It left (more…)", "막배는...", "떠났다. 원문 보기 >", "Weiterlesen",
    ],
)  # fmt: skip
def test_the_end_of_a_beginning_is_seen(words: str) -> None:
    assert is_cut(words)


@each_row(
    "words",
    [
        "배가 떠났다.",
        "그는 떠났다…",
        "그럴까요...",
        "I want to read more books.",
        "Once more",
        "아무도 더 보기 어렵다.",
        "",
        "1. 2. 3.",
    ],
)
def test_the_end_of_a_whole_text_is_none_of_a_beginning(words: str) -> None:
    assert not is_cut(words)


def test_a_name_that_moves_to_https_is_the_same(tmp_path: Path) -> None:
    feeds = [
        _feed(_item("배", f"{scheme}://haven.example/7", f"{scheme}://haven.example/7")) for scheme in ("http", "https")
    ]
    site, reports = _days(tmp_path, *feeds)
    assert only_article(site)
    assert len(reports[1].known) == 1


@pytest.mark.parametrize(
    ("enclosure", "markdown"),
    [
        (
            "<enclosure url='https://cdn.example/1.mp3' length='1' type='audio/mpeg'/>",
            "[Sound (cdn.example)](https://cdn.example/1.mp3)",
        ),
        (
            "<enclosure url='https://cdn.example/1.mp4' type='video/mp4'/>",
            "[Video (cdn.example)](https://cdn.example/1.mp4)",
        ),
        ("<enclosure url='https://cdn.example/1.jpg' type='image/jpeg'/>", "![](https://cdn.example/1.jpg)"),
    ],
)
def test_what_a_feed_names_beside_an_entry_is_in_its_article(enclosure: str, markdown: str, tmp_path: Path) -> None:
    item = _item("배", "https://haven.example/7", "7").replace("</item>", f"{enclosure}</item>")
    site, _ = _days(tmp_path, _feed("<language>en</language>", item))
    assert only_article(site).endswith(f"\n\n{markdown}\n")


def test_a_text_that_ends_with_a_link_to_its_rest_is_cut(tmp_path: Path) -> None:
    rest = "첫 배 &lt;a href='https://haven.example/7'&gt;Continue reading on Haven »&lt;/a&gt;"
    _, reports = _days(tmp_path, _feed(_item("배", "https://haven.example/7", "7", rest)))
    assert [problem.code for problem in reports[0].problems] == ["text-cut"]


@pytest.mark.parametrize("title", ["<Squid Game> 시즌 2", "A<B and C>D", "<오징어게임>", "a < b", "5<6>4"])
def test_an_angle_bracket_in_a_title_is_a_letter(title: str, tmp_path: Path) -> None:
    feed = _feed(_item(title.replace("<", "&lt;").replace(">", "&gt;"), "https://haven.example/7", "7"))
    _, reports = _days(tmp_path, feed)
    assert reports[0].imported[0].title == title


def test_elements_stay_elements() -> None:
    html = '<p class="a">x</p><IMG src=a><o:p></o:p><my-box>y</my-box></p>'
    assert with_known_tags(html) == html
