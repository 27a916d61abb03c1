"""Saved pages of a sentence or two."""

from __future__ import annotations

from readers.worlds import around
from rows import each_row
from yoyak.model.sources import Reading
from yoyak.readers.saved_page.read import read_saved_page

MENU = '<header><a href="/">누리일보</a><nav><a href="/a">정치</a> <a href="/b">경제</a></nav></header>'
FOOT = "<footer><p>©누리일보 무단 전재 금지</p></footer>"
RELATED = (
    '<div class="related"><ul><li><a href="/1">다른 기사 하나</a></li><li><a href="/2">다른 기사 둘</a></li></ul></div>'
)

TWO = ["빈집을 고친다.", "날이 맑다."]


def _page(body: str) -> Reading:
    head = '<!DOCTYPE html><html lang="ko"><head><title>빈집 | 누리일보</title></head>'
    html = f"{head}<body>{MENU}{body}{FOOT}</body></html>"
    return read_saved_page(html, around("content/2024/page.html", ("content/2024/p_files/a.jpg",)))


def _said(reading: Reading) -> list[str]:
    return [block.text for block in reading.blocks]


@each_row(
    ("body", "text"),
    [
        ("<article><h1>빈집</h1><p>빈집을 고친다.</p></article>", ["빈집을 고친다."]),
        ("<article><h1>빈집</h1><p>빈집을 고친다.</p><p>날이 맑다.</p></article>", TWO),
        (f"<div class='wrap'><h1>빈집</h1><div>빈집을 고친다.</div></div>{RELATED}", ["빈집을 고친다."]),
        ("<main><h1>빈집</h1><p>It rained.</p></main>", ["It rained."]),
        ("<h1>빈집</h1><p>빈집을 고친다.</p>", ["빈집을 고친다."]),
        ("<div class='post-content'><p>빈집을 고친다.</p><p>날이 맑다.</p></div>", TWO),
        ("<header><h1>빈집</h1></header><div id='article_body'>빈집을 고친다.<br><br>날이 맑다.</div>", TWO),
        ("<article><header><h1>빈집</h1><time>3 July</time></header><p>짧다.</p></article>", ["짧다."]),
        ("<div><h2>빈집</h2><div class='date'>2024-07-03 09:00</div><div>짧다.</div></div>", ["짧다."]),
        ("<article><h1>쿠키</h1><p>구글이 쿠키를 없앤다.</p></article>", ["구글이 쿠키를 없앤다."]),
        ("<article><h1>알림</h1><ul><li>표는 섬에서</li><li>값은 둘</li></ul></article>", ["표는 섬에서\n값은 둘"]),
        ("<article><h1>공지</h1><p>7월 5일 휴무</p></article>", ["7월 5일 휴무"]),
    ],
)  # fmt: skip
def test_a_page_of_a_sentence_is_an_article_and_its_shortness_is_said(body: str, text: list[str]) -> None:
    reading = _page(body)
    assert _said(reading) == text
    said = [(problem.code, problem.severity) for problem in reading.problems if problem.code != "title-unsure"]
    assert said == [("page-very-short", "warning")]


def test_a_photo_story_is_an_article() -> None:
    figures = "<figure><img src='p_files/a.jpg' alt='빈집'><figcaption>고친 빈집</figcaption></figure>"
    reading = _page(f"<article><h1>빈집</h1>{figures}</article>")
    assert [block.kind for block in reading.blocks] == ["figure"]
    assert [problem.code for problem in reading.problems] == ["page-very-short"]


@each_row(
    "body",
    [
        "", "<div id='root'></div>", "<p>로딩 중</p>", "<p>Please enable JavaScript to view this.</p>",
        "<h1>빈집</h1>",
        "<p>\u200b</p><p>&nbsp;</p>", "<h1>404</h1><p>페이지를 찾을 수 없습니다.</p>", RELATED,
    ],
)  # fmt: skip
def test_a_page_without_text_is_refused(body: str) -> None:
    assert [problem.code for problem in _page(body).problems] == ["page-without-text"]


def test_a_paragraph_that_nobody_sees_is_none() -> None:
    body = "<article><h1>빈집</h1><p>빈집을 고친다.</p><p>\u200b</p><p>\u2060\u00ad</p><p>날이 맑다.</p></article>"
    assert _said(_page(body)) == TWO
