"""Who signs a saved page: lines without markup, several people, outlets beside names, and those who did not write."""

from __future__ import annotations

import pytest

from readers.worlds import around, value
from rows import each_row
from yoyak.readers.saved_page.names import Names
from yoyak.readers.saved_page.read import read_saved_page

PROSE = "".join(
    f"<p>The harbour master of Millport said on day {day} that the old pier will close until its steel is new.</p>"
    for day in range(1, 6)
)
HAN = "".join(
    f"<p>市交通局表示，大桥全长一点二公里，设有自行车道，第{n}期工程历时四年，总投资二十亿元，附近居民过河的时间大为缩短。</p>"
    for n in "一二三四"
)


def authors(body: str, lang: str = "en", head: str = "") -> list[str]:
    html = f'<!DOCTYPE html><html lang="{lang}"><head>{head}</head><body>{body}</body></html>'
    reading = read_saved_page(html, around("content/2024/page.html"))
    return [person.name for person in value(reading, "authors")] if "authors" in reading.fields else []


@pytest.mark.parametrize(
    ("above", "below", "people"),
    [
        ("<p>By Ada Brook</p>", "", ["Ada Brook"]),
        ("<p>By Ada Brook and Tom Reed for The Pier</p>", "", ["Ada Brook", "Tom Reed"]),
        ("<p>Ada Brook, Staff Writer</p>", "", ["Ada Brook"]),
        ("<div>Ada Brook, Special for The Pier 5:27 p.m. EDT July 17, 2013</div>", "", ["Ada Brook"]),
        ("<div><strong>Ada Brook</strong> | Millport | 08/01/2014</div>", "", ["Ada Brook"]),
        ("<p>Ada Brook</p><p>May 15, 2013</p>", "", ["Ada Brook"]),
        ("<p>4 March 2025, Ada Brook</p>", "", ["Ada Brook"]),
        ("<p>A guest post by Ada Brook, chair of the pier society</p>", "", ["Ada Brook"]),
        ("<p>Ein Gastbeitrag von Ada Brook</p>", "", ["Ada Brook"]),
        ('<div class="article-meta">Interview: Ada Brook &nbsp; 4 March 2025</div>', "", ["Ada Brook"]),
        ("", "<p>Written by Ada Brook</p>", ["Ada Brook"]),
        ("", "<p>(Reporting By Ada Brook; Editing by Tom Reed)</p>", ["Ada Brook"]),
    ],
)
def test_a_line_that_signs_needs_no_markup(above: str, below: str, people: list[str]) -> None:
    assert authors(f"<h1>Old pier to close</h1>{above}<div>{PROSE}{below}</div>") == people


@pytest.mark.parametrize(
    ("lead", "people"),
    [
        ("（记者 王海 李明）今天上午大桥通车。", ["王海", "李明"]),
        ("（记者王海）今天上午大桥通车。", ["王海"]),
        ("（编辑 王海）今天上午大桥通车。", []),
    ],
)
def test_chinese_reporters_sign_in_the_first_paragraph(lead: str, people: list[str]) -> None:
    head = '<meta name="author" content="河边新闻网">'
    named = authors(f"<h1>新桥今天通车</h1><div><p>河边新闻网讯{lead}</p>{HAN}</div>", "zh-CN", head)
    assert [name for name in named if name != "河边新闻网"] == people


@pytest.mark.parametrize(
    "line",
    [
        "<p>Pakistan Election 2013 Coverage</p>",
        "<p>Share » Tweet »</p>",
        "<p>Millport Associated Press</p>",
        '<div class="blogger-metadata"><span class="blog-byline">| <a href="/x">Ada Brook</a></span></div>',
        '<div class="story-feature"><div class="byline"><span class="byline-name">Ada Brook</span></div></div>',
        '<div class="RightRail"><div class="byline">By Ada Brook</div></div>',
    ],
)
def test_labels_agencies_and_boxes_are_no_authors(line: str) -> None:
    assert authors(f"<h1>Old pier to close</h1><div>{PROSE}</div>{line}") == []


@pytest.mark.parametrize(
    ("lang", "line", "people"),
    [
        ("ja", "2025年4月5日 記者 山本 恵", ["山本 恵"]),
        ("ja", "取材・文／山本恵子", ["山本恵子"]),
        ("zh-TW", "2025-04-05 記者陳大文／台北報導", ["陳大文"]),
    ],
)
def test_reporters_sign_beside_the_day(lang: str, line: str, people: list[str]) -> None:
    assert authors(f"<h1>新橋今天通車</h1><p>{line}</p><div>{HAN}</div>", lang) == people


def test_who_signs_the_next_story_is_no_author() -> None:
    below = "<div><p>Read next</p><p>By Ada Brook</p><p>Seals on the beach</p></div>"
    assert authors(f"<h1>Old pier to close</h1><div>{PROSE}{PROSE}</div>{below}") == []


def test_who_edited_did_not_write() -> None:
    edited = '<span class="author">责任编辑：王海</span>'
    assert authors(f"<h1>新桥今天通车</h1><div>{HAN}</div>{edited}", "zh-CN") == []


def test_two_who_sign_in_elements_of_their_own_are_both_authors() -> None:
    signed = "".join(
        f'<li class="by"><span><span itemprop="author"><a href="/{n}">{name}</a></span></span></li>'
        for n, name in enumerate(("Ada Brook", "Tom Reed"))
    )
    assert authors(f"<h1>Old pier to close</h1><ul>{signed}</ul><div>{PROSE}</div>") == ["Ada Brook", "Tom Reed"]


def test_a_name_in_one_piece_with_the_headline_signs() -> None:
    body = f"<td><b>Old pier to close</b><br>By ADA BROOK, Pier Staff Writer{PROSE}</td>"
    head = "<title>Old pier to close</title>"
    assert authors(f"<table><tr><td><a href=/>News</a></td>{body}</tr></table>", head=head) == ["ADA BROOK"]


def test_a_page_that_only_says_when_it_changed_has_that_day() -> None:
    line = "<p>Stand: 04.03.2024, 10:15 Uhr</p>"
    html = f'<html lang="de"><body><h1>Alter Steg schließt</h1>{line}<div>{PROSE}</div></body></html>'
    assert str(value(read_saved_page(html, around("content/page.html")), "date").value)[:10] == "2024-03-04"


def test_a_nickname_is_an_author_where_data_and_page_say_so() -> None:
    shown = '<a class="author-link" href="/u">tidewatcher</a>'
    head = '<meta name="author" content="tidewatcher">'
    assert authors(f"<h1>Old pier to close</h1>{shown}<div>{PROSE}</div>", head=head) == ["tidewatcher"]
    assert authors(f"<h1>Old pier to close</h1><div>{PROSE}</div>", head=head) == []


@each_row(
    ("lang", "written", "people"),
    [
        ("en", "Ada Brook, Example Today Sports", ["Ada Brook"]),
        ("en", "Ada Brook Example Today World correspondent", ["Ada Brook"]),
        ("en", "Ada Brook, Tom Reed, and Eve Lane, Example Today", ["Ada Brook", "Tom Reed", "Eve Lane"]),
        ("en", "Brook, A.", ["A. Brook"]),
        ("en", "Jong, Maria de", ["Maria de Jong"]),
        ("en", "VOX - RF", []),
        ("zh-CN", "河边日报", []),
        ("zh-CN", "王海：", []),
    ],
)
def test_outlets_beside_names_are_left_out(lang: str, written: str, people: list[str]) -> None:
    told, _ = Names.of(("Example Today",), lang).told_apart([written])
    assert [person.name for person in told] == people


def test_who_wrote_a_story_above_the_headline_did_not_write_this_one() -> None:
    card = '<div class="card"><a href="/{0}">{0} boats leave the old pier</a> <span class="byline">By {1}</span></div>'
    cards = card.format("Seven", "Tom Reed") + card.format("Nine", "Uwe Sorge")
    headline = "<h1>The old pier of Millport closes until its steel is new</h1>"
    signed = '<div class="head"><span class="byline">By Ada Brook</span></div>'
    name = '<h1><a href="/">The Pier</a></h1>'
    assert authors(f"{cards}<main>{headline}{signed}{PROSE}</main>") == ["Ada Brook"]
    assert authors(f"{name}{cards}<main>{headline}{signed}{PROSE}</main>") == ["Ada Brook"]
    assert authors(f"{cards}<header>{signed}{headline}</header>{PROSE}") == ["Ada Brook"]
    assert authors(f"{signed}{headline}<div>{PROSE}</div><footer>{cards}</footer>") == ["Ada Brook"]
