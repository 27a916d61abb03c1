"""Headlines of saved pages: what is printed, against what search engines get, and dashes that belong to a headline."""

from __future__ import annotations

import pytest

from readers.worlds import PARAGRAPHS, around, value
from rows import each_row
from yoyak.readers.saved_page.read import read_saved_page

PROSE = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)


def title_of(head: str, body: str) -> object:
    html = f"<!DOCTYPE html><html lang='en'><head>{head}</head><body><main>{body}{PROSE}</main></body></html>"
    return value(read_saved_page(html, around("content/2024/page.html")), "title")


def og(content: str) -> str:
    return f'<meta property="og:title" content="{content}">'


@pytest.mark.parametrize("dash", [" – ", " - ", " -- ", " — "])
def test_a_headline_with_a_dash_is_one_headline(dash: str) -> None:
    headline = f"The pier keeps its lamps all winter{dash}and the kiosk gets a bench"
    assert title_of(f"<title>{headline} - Gaon Post</title>", f"<h1>{headline}</h1>") == headline


def test_the_printed_headline_wins_against_the_one_for_search_engines() -> None:
    head = og("Pier lamps: what the harbour council decided") + "<title>Pier lamps: council decision | Gaon</title>"
    printed = "Council keeps the lamps of the pier alight"
    assert title_of(head, f"<h1>{printed}</h1>") == printed


SEARCHED = "Telephone boxes: why an engineer buys them"
DATA = f'<script type="application/ld+json">{{"@type":"NewsArticle","headline":"{SEARCHED}"}}</script>{og(SEARCHED)}'


@pytest.mark.parametrize("level", ["h1", "h2"])
@pytest.mark.parametrize("title", ["{} | Gaon Post", "Gaon Post | {}"])
def test_a_headline_that_is_printed_and_stands_in_the_tab_wins_against_data(level: str, title: str) -> None:
    printed = "An engineer and his two hundred telephone boxes"
    head = f"<title>{title.format(printed)}</title>{DATA}"
    body = f"<h2>Most read</h2><{level}>{printed}</{level}>" if level == "h2" else f"<h1>{printed}</h1>"
    assert title_of(head, body) == printed


def test_the_paper_in_brackets_behind_a_headline_is_no_part_of_it() -> None:
    headline = "閉校した小学校の「最後の宿題」　全国から返事"
    head = f"<title>{headline}（瀬戸口新報） - みはらしニュース</title>{og(f'{headline}（瀬戸口新報）')}"
    assert title_of(head, f"<h1>{headline}</h1>") == headline
    assert title_of(head, f"<h1>{headline}（瀬戸口新報）</h1>") == f"{headline}（瀬戸口新報）"


def test_a_kicker_before_the_headline_is_no_part_of_it() -> None:
    head = og("Harbour: Twelve ferries go electric") + "<title>Harbour: Twelve ferries go electric</title>"
    assert title_of(head, "<h1>Twelve ferries go electric</h1>") == "Twelve ferries go electric"


def test_a_heading_that_speaks_of_something_else_does_not_win() -> None:
    head = og("Twelve ferries go electric") + "<title>Twelve ferries go electric</title>"
    assert title_of(head, "<h1>Weather and tides</h1>") == "Twelve ferries go electric"


@pytest.mark.parametrize("mark", ["_", " - ", "|", "-"])
def test_a_title_is_cut_where_a_line_of_the_page_ends(mark: str) -> None:
    headline = "港口新渡轮明年起改用电力"
    assert title_of(f"<title>{headline}{mark}海港新闻</title>", f"<div>{headline}</div>") == headline


def test_the_way_to_the_page_behind_the_headline_is_no_part_of_it() -> None:
    line = "월산시장 좌판에 지붕 씌운다"
    head = f"<title>{line} &lt; 지역 &lt; 기사본문 - 월산신문</title>"
    assert title_of(head, f"<h3>{line} <span>[7]</span></h3>") == line


def test_a_number_of_comments_in_the_heading_is_no_part_of_it() -> None:
    head = "<title>Twelve ferries go electric | Gaon Post</title>"
    assert title_of(head, "<h1>Twelve ferries go electric <a href=#c>[48]</a></h1>") == "Twelve ferries go electric"


@pytest.mark.parametrize("count", ["23", " 7", "<span>112</span>", "<a href=#c> 1,204</a>"])
@pytest.mark.parametrize("tail", [" - Gaon Post", " | News | Gaon Post", ""])
def test_a_number_glued_to_the_heading_is_no_part_of_it_where_the_page_has_it_without(count: str, tail: str) -> None:
    line = "Twelve ferries of the harbour go electric"
    assert title_of(f"<title>{line}{tail}</title>", f"<h1>{line}{count}</h1>") == line
    assert title_of(f"<title>Gaon Post</title>{og(line)}", f"<h1>{line}{count}</h1>") == line


def test_a_number_that_the_page_has_everywhere_stays() -> None:
    line = "Plans for the harbour until 2030"
    assert title_of(f"<title>{line} - Gaon Post</title>{og(line)}", f"<h1>{line}</h1>") == line
    assert title_of("<title>Gaon Post</title>", f"<h1>{line}</h1>") == line


@each_row(
    ("head", "printed", "codes"),
    [
        ("<title>Twelve ferries go electric | Gaon</title>", "<h1>Twelve ferries go electric</h1>", []),
        (og("Harbour: Twelve ferries go electric"), "<h1>Twelve ferries go electric</h1>", []),
        ("", "<h1>Twelve ferries go electric</h1>", []),
        (f"{DATA}<title>{SEARCHED}</title>", "<h1>A ride in a box</h1>", ["title-unsure"]),
        ("<title>Twelve ferries go electric</title>", "<p>It rains.</p>", ["title-unsure"]),
    ],
)
def test_a_headline_that_page_and_data_do_not_agree_on_is_named(head: str, printed: str, codes: list[str]) -> None:
    html = f"<html lang='en'><head>{head}</head><body><main>{printed}{PROSE}</main></body></html>"
    reading = read_saved_page(html, around("content/2024/page.html"))
    assert [problem.code for problem in reading.problems] == codes
    assert (reading.fields["title"].confidence < 0.7) == bool(codes)
