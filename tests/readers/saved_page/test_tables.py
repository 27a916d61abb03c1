"""Tables of results in saved pages: names of teams are links there, and the table is the text all the same."""

from __future__ import annotations

import pytest

from readers.worlds import PARAGRAPHS, around
from yoyak.model.sources import Block
from yoyak.readers.saved_page.read import read_saved_page

TEAMS = ("누리FC", "가온", "마루", "하늘", "바다", "초록", "새롬", "나루")
SCORES = ("3-1", "0-0", "2 대 4", "1:1")


def link(text: str, to: str = "team") -> str:
    return f'<a href="/{to}/{len(text)}">{text}</a>'


def table(*rows: tuple[str, ...]) -> str:
    lines = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
    return f"<table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"


PAIRS = tuple(zip(TEAMS[::2], SCORES, TEAMS[1::2], strict=True))
RESULTS = table(("홈", "결과", "원정"), *((link(home), score, link(other)) for home, score, other in PAIRS))
MATCHES = table(*((link(home), link(score, "match"), link(other)) for home, score, other in PAIRS))
RANKS = table(("순위", "팀", "승점"), *((str(at), link(team), str(45 - at)) for at, team in enumerate(TEAMS, 1)))
NEWS = "누리군청 앞 나무 심기에 주민 {}명이 나와 삽을 들었다"
LISTED = table(*((str(at), link(NEWS.format(at)), str(900 - at)) for at in range(1, 8)))
CALENDAR = table(*(tuple(link(str(7 * week + day)) for day in range(1, 8)) for week in range(4)))
MENU = table(*((link("축구"), link("야구"), link("배구")) for _ in range(3)))


def blocks(table: str, *, between: bool) -> tuple[Block, ...]:
    above, below = PARAGRAPHS[:2], PARAGRAPHS[2:] if between else ()
    above = above if between else PARAGRAPHS
    body = "".join(f"<p>{text}</p>" for text in above) + table + "".join(f"<p>{text}</p>" for text in below)
    html = f"<html lang=ko><head><title>누리FC 선두</title></head><body><h1>누리FC 선두</h1><main>{body}</main></body>"
    return read_saved_page(html, around("content/2024/page.html")).blocks


@pytest.mark.parametrize("between", [True, False], ids=["between", "last"])
@pytest.mark.parametrize("results", [RESULTS, MATCHES, RANKS], ids=["results", "links to matches", "ranks"])
def test_a_table_of_results_is_text_though_its_teams_are_links(results: str, between: bool) -> None:
    found = blocks(results, between=between)
    tables = [block.text for block in found if block.kind == "table"]
    assert len(tables) == 1
    assert all(team in tables[0] for team in TEAMS)
    assert [block.text for block in found if block.kind == "paragraph"] == list(PARAGRAPHS)


@pytest.mark.parametrize("links", [LISTED, CALENDAR, MENU], ids=["most read", "calendar", "menu"])
def test_a_table_of_links_to_other_pages_is_none(links: str) -> None:
    assert [block.text for block in blocks(links, between=False)] == list(PARAGRAPHS)
