"""Saved pages: data first, then the heading and the densest block of paragraphs."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readers.worlds import PARAGRAPHS, TITLE, around, value
from work import calls_of
from yoyak.messages.catalogue import speak
from yoyak.model.sources import Reading
from yoyak.model.types import Person
from yoyak.readers.around import FoundPicture
from yoyak.readers.saved_page.read import read_saved_page
from yoyak.readers.saved_page.titles import without_site_tail
from yoyak.text.calendar import Moment
from yoyak.text.sanitize import sanitize

PROSE = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)


def page(body: str = f"<h1>{TITLE}</h1><div>{PROSE}</div>", head: str = "", assets: tuple[str, ...] = ()) -> Reading:
    html = f'<!DOCTYPE html><html lang="ko"><head>{head}</head><body>{body}</body></html>'
    return read_saved_page(html, around("content/2024/page.html", assets))


def data(**keys: object) -> str:
    text = json.dumps({"@type": "NewsArticle", **keys}, ensure_ascii=False)
    return f'<script type="application/ld+json">{text}</script>'


def paragraphs(reading: Reading) -> list[str]:
    return [block.text for block in reading.blocks if block.kind == "paragraph"]


# --- fields -------------------------------------------------------------------------------------------


def test_json_ld_comes_before_open_graph_before_the_heading() -> None:
    og = '<meta property="og:title" content="둘째 제목">'
    assert value(page(head=og + data(headline="첫째 제목")), "title") == "첫째 제목"
    assert page(head=og + data(headline="첫째 제목")).fields["title"].alternatives == ("둘째 제목", TITLE)
    assert value(page(head=og), "title") == "둘째 제목"
    assert value(page(), "title") == TITLE


def test_a_graph_is_read_with_its_references() -> None:
    graph = {"@graph": [
        {"@type": "Organization", "@id": "#o", "name": "누리신문"},
        {"@type": "Person", "@id": "#p", "name": "이하늘 기자"},
        {"@type": ["NewsArticle"], "headline": TITLE, "datePublished": "2024-07-04T06:00:00+09:00",
         "author": [{"@id": "#p"}, {"name": "누리신문;정초록 기자 외 1명"}], "publisher": {"@id": "#o"}},
    ]}  # fmt: skip
    reading = page(head=f'<script type="application/ld+json">{json.dumps(graph, ensure_ascii=False)}</script>')
    assert value(reading, "source") == "누리신문"
    assert value(reading, "authors") == (Person(name="이하늘"), Person(name="정초록"))


@pytest.mark.parametrize(
    ("head", "day"),
    [
        (data(datePublished="2024-07-04T06:00:00+0900"), "2024-07-04"),
        (data(datePublished="2024-07-04T23:30:00-05:00"), "2024-07-04"),
        ('<meta property="article:published_time" content="2024-07-04T06:00:00.000Z">', "2024-07-04"),
        ('<meta name="pubdate" content="20240704060000">', "2024-07-04"),
        ('<meta itemprop="datePublished" content="2024년 7월 4일 06:00">', "2024-07-04"),
    ],
)
def test_the_day_of_publication_is_the_pages_own(head: str, day: str) -> None:
    date = value(page(head=head), "date")
    assert isinstance(date, Moment)
    assert date.value.date().isoformat() == day


def test_a_visible_date_is_taken_when_no_data_names_one() -> None:
    date = page(
        f'<h1>{TITLE}</h1><span class="article-date">입력 2024.07.04. 오전 6:00</span><div>{PROSE}</div>'
    ).fields["date"]
    assert (date.value.value.hour, date.confidence) == (6, 0.9)


@pytest.mark.parametrize(
    ("title", "known", "short"),
    [
        ("버스가 바뀐다 - 사회 | 누리신문", ["누리신문", "사회"], "버스가 바뀐다"),
        ("버스가 바뀐다 | 시승기", ["누리신문"], "버스가 바뀐다 | 시승기"),
        ("Buses - a history | The Harbour Review", ["The Harbour Review"], "Buses - a history"),
        ("누리신문", ["누리신문"], "누리신문"),
    ],
)
def test_a_title_loses_its_tail_only_when_that_is_the_outlet_or_the_section(
    title: str, known: list[str], short: str
) -> None:
    assert without_site_tail(title, known) == short


def test_broken_json_ld_costs_nothing() -> None:
    reading = page(head='<script type="application/ld+json">{"@type": "NewsArticle", </script>')
    assert value(reading, "title") == TITLE


def test_the_address_is_the_canonical_one_or_that_which_the_browser_noted() -> None:
    canonical = '<link rel="canonical" href="https://nuri.example/1">'
    noted = "<!-- saved from url=(0022)https://nuri.example/2 -->"
    assert value(page(head=canonical + noted), "source_url") == "https://nuri.example/1"
    assert value(page(head=noted), "source_url") == "https://nuri.example/2"


# --- body ---------------------------------------------------------------------------------------------


def test_menus_related_stories_comments_and_scripts_are_left_out() -> None:
    reading = page(f"""
      <nav><ul><li><a href="/">홈</a></ul></nav><h1>{TITLE}</h1>
      <div class="view">{PROSE}<div class="related_news"><ul><li><a href="/1">다른 기사</a></li></ul></div>
      <script>document.write("<p>광고 문단이 길게 들어 있다. 본문이 아니다.</p>")</script></div>
      <div id="comments"><p>댓글이 길게 달려 있어서 본문처럼 보일 수도 있지만 본문이 아니다. 아니다.</p></div>
      <footer><p>누리신문 발행인과 주소와 전화번호는 여기에 적어 두었으니 연락을 바란다.</p></footer>""")
    assert paragraphs(reading) == list(PARAGRAPHS)


def test_a_body_in_several_containers_is_one() -> None:
    parts = "".join(f"<div class='part'><p>{text}</p></div><div class='ad'>광고</div>" for text in PARAGRAPHS * 2)
    assert paragraphs(page(f"<h1>{TITLE}</h1><section>{parts}</section>")) == list(PARAGRAPHS * 2)


def test_the_sentence_below_the_headline_begins_the_body() -> None:
    lead = "누리군의 빈집이 청년의 집이 된다. 신청은 이미 세 배를 넘었다."
    header = f"<header><h1>{TITLE}</h1><p class='article-lead'>{lead}</p><p>이하늘 기자</p></header>"
    reading = page(f"{header}<div>{PROSE}</div>")
    assert paragraphs(reading) == [lead, *PARAGRAPHS]


def test_another_article_below_is_not_this_one() -> None:
    other = "".join(
        f"<p>{n}째 문단은 다른 기사의 것이며 이 기사보다 훨씬 길게 이어진다. 계속 이어진다.</p>" for n in range(30)
    )
    reading = page(f"<article><h1>{TITLE}</h1>{PROSE}</article><article><h1>다른 기사</h1>{other}</article>")
    assert paragraphs(reading) == list(PARAGRAPHS)


def test_cards_of_other_stories_are_left_out_whatever_they_are_called() -> None:
    words = "<p>열 달 만에 아이들이 돌아왔다. 마을이 들썩인다.</p>"
    card = f"<div class='x'><a href='/2'><h3>섬마을 학교에 다시 종이 울린다</h3></a>{words}</div>"
    assert paragraphs(page(f"<h1>{TITLE}</h1><div>{PROSE}</div><div>{card * 6}</div>")) == list(PARAGRAPHS)


def test_an_element_with_a_suspicious_name_that_holds_the_article_is_the_article() -> None:
    reading = page(
        f"<div class='sidebar-layout'><h1>{TITLE}</h1><div class='meta social paywall'>{PROSE * 2}</div></div>"
    )
    assert paragraphs(reading) == list(PARAGRAPHS * 2)


@pytest.mark.parametrize("words", ["<noscript><p>스크립트", "<button>공유", "<video>영상"])
def test_what_is_never_closed_above_does_not_hide_the_article(words: str) -> None:
    assert paragraphs(page(f"<h1>{TITLE}</h1>{words}<div>{PROSE * 9}</div>")) == list(PARAGRAPHS * 9)


def test_two_line_breaks_end_a_paragraph() -> None:
    reading = page(f'<div id="articleBody">{"<br><br>".join(PARAGRAPHS)}</div>')
    assert paragraphs(reading) == list(PARAGRAPHS)


def test_emphasis_is_kept_and_empty_markup_is_not() -> None:
    reading = page(
        f'<div>{PROSE}<p><span style="color:red"><b>굵게</b></span> 쓴 <i></i>글자는 <a>그대로</a> 남는다.</p></div>'
    )
    assert "<p><strong>굵게</strong> 쓴 글자는 그대로 남는다.</p>" in reading.html


def test_links_become_absolute_and_dangerous_ones_keep_their_text() -> None:
    head = '<link rel="canonical" href="https://nuri.example/a/1">'
    reading = page(
        f'<div>{PROSE}<p><a href="../b">하나</a> <a href="javascript:x()">둘</a> <a href="#c">셋</a> 이야기.</p></div>',
        head,
    )
    assert '<a href="https://nuri.example/b">하나</a> 둘 셋 이야기.' in reading.html


def test_headings_begin_at_the_second_level_and_never_jump() -> None:
    reading = page(f"<div>{PROSE}<h3>하나</h3>{PROSE}<h6>둘</h6>{PROSE}<h3>셋</h3>{PROSE}</div>")
    assert [block.html for block in reading.blocks if block.kind == "heading"] == [
        "<h2>하나</h2>",
        "<h3>둘</h3>",
        "<h2>셋</h2>",
    ]


def test_headings_of_one_level_stay_at_one_level() -> None:
    reading = page(f"<div>{PROSE}<h4>하나</h4>{PROSE}<h4>둘</h4>{PROSE}<h3>셋</h3>{PROSE}<h4>넷</h4>{PROSE}</div>")
    headings = [block.html[:4] for block in reading.blocks if block.kind == "heading"]
    assert headings == ["<h2>", "<h2>", "<h2>", "<h3>"]


def test_lists_quotes_and_tables_keep_their_form() -> None:
    reading = page(f"""<div>{PROSE}<ul><li>하나</li><li>둘</li></ul><blockquote><p>인용</p></blockquote>
      <table><tr><th>연도</th><th>채</th></tr><tr><td>2025</td><td>300</td></tr></table></div>""")
    assert [block.kind for block in reading.blocks[3:]] == ["list", "quote", "table"]
    assert "<tr><td>2025</td><td>300</td></tr>" in reading.html


def test_bylines_and_rights_notices_at_the_end_of_the_body_become_fields() -> None:
    reading = page(f"<div>{PROSE}<p>이하늘 기자 sky@nuri.example</p><p>ⓒ누리신문, 무단 전재 및 재배포 금지</p></div>")
    assert value(reading, "authors") == (Person(name="이하늘", email="sky@nuri.example"),)
    assert value(reading, "rights_notice") == "ⓒ누리신문, 무단 전재 및 재배포 금지"
    assert paragraphs(reading) == list(PARAGRAPHS)


def test_what_is_escaped_in_the_page_stays_escaped() -> None:
    reading = page(f"<div>{PROSE}<p>&lt;script&gt;alert(1)&lt;/script&gt; 라고 썼다.</p></div>")
    assert "&lt;script&gt;alert(1)&lt;/script&gt; 라고 썼다." in reading.html


# --- pictures -----------------------------------------------------------------------------------------

FIGURE = (
    '<figure><img src="page_files/house.jpg" alt="고친 집">'
    "<figcaption>고친 집. [사진=누리군 제공]</figcaption></figure>"
)


def test_a_picture_that_the_browser_saved_beside_the_page_is_shown() -> None:
    reading = page(f"<div>{FIGURE}{PROSE}</div>", assets=("content/2024/page_files/house.jpg",))
    assert '<img src="/assets/house.jpg" alt="고친 집" width="640" height="480">' in reading.html
    image = value(reading, "image")
    assert isinstance(image, FoundPicture)
    assert (image.src, image.caption) == ("page_files/house.jpg", "고친 집.")


def test_a_picture_on_another_host_is_linked_to() -> None:
    head = '<link rel="canonical" href="https://nuri.example/a/1">'
    reading = page(f"<div>{FIGURE.replace('page_files', 'pictures')}{PROSE}</div>", head)
    assert '<a class="picture-link" href="https://nuri.example/a/pictures/house.jpg">' in reading.html
    assert "<img" not in reading.html


def test_a_picture_that_is_nowhere_leaves_its_caption() -> None:
    (caption, *_) = page(f"<div>{FIGURE}{PROSE}</div>").blocks
    assert (caption.kind, caption.text) == ("caption", "고친 집.")


def test_a_lazy_picture_is_taken_from_where_it_really_is() -> None:
    lazy = '<img src="data:image/gif;base64,AAAA" data-src="page_files/house.jpg" alt="고친 집">'
    reading = page(f"<div>{lazy}{PROSE}</div>", assets=("content/2024/page_files/house.jpg",))
    assert 'src="/assets/house.jpg"' in reading.html


def test_a_caption_that_only_its_class_names_belongs_to_its_picture() -> None:
    table = (
        '<table><tr><td><img src="page_files/house.jpg"></td></tr>'
        '<tr><td class="img_caption">고친 집. 누리군 제공</td></tr></table>'
    )
    (figure, *_) = page(f"<div>{table}{PROSE}</div>", assets=("content/2024/page_files/house.jpg",)).blocks
    assert (figure.kind, figure.text, figure.credit) == ("figure", "고친 집.", "누리군 제공")


def test_a_paragraph_that_says_again_what_its_picture_says_stands_once() -> None:
    picture = '<img src="page_files/house.jpg" alt="고친 집 앞에 선 사람들"><p>고친 집 앞에 선 사람들</p>'
    reading = page(f"<div>{PROSE}{picture}{PROSE}</div>", assets=("content/2024/page_files/house.jpg",))
    assert [block.text for block in reading.blocks].count("고친 집 앞에 선 사람들") == 1


def test_the_widest_picture_of_a_set_is_taken() -> None:
    sets = (
        '<picture><source srcset="https://n.example/s.webp 400w, https://n.example/l.webp 1200w">'
        '<img src="data:image/gif;base64,AAAA"></picture>'
    )
    assert 'href="https://n.example/l.webp"' in page(f"<div>{PROSE}{sets}{PROSE}</div>").html


def test_pictures_of_the_pages_own_folder_that_are_missing_are_told_together() -> None:
    (problem,) = page(f"<div>{FIGURE}{PROSE}<img src='./page_files/b%20c.png'></div>").problems
    assert (problem.code, problem.severity) == ("missing-saved-picture", "warning")
    assert "2 pictures that" in speak(problem.message)
    assert '"page_files/house.jpg", "page_files/b c.png"' in speak(problem.message)


def test_a_picture_inside_of_the_page_is_told_and_a_placeholder_is_not() -> None:
    (problem,) = page(f"<div><img src='data:image/jpeg;base64,{'QUJD' * 1000}'>{PROSE}</div>").problems
    assert problem.code == "picture-inside-page"
    assert page(f"<div><img src='data:image/gif;base64,R0lGODlhAQABAAAAACw='>{PROSE}</div>").problems == ()


# --- pages without their text -------------------------------------------------------------------------


def test_a_page_saved_without_its_text_is_refused_with_what_to_do() -> None:
    (problem,) = page('<div id="app"></div><p>로딩 중</p>').problems
    assert (problem.code, problem.severity) == ("page-without-text", "error")
    assert 'Save it again as "web page, complete"' in speak(problem.hint)


def test_text_that_only_scripts_carry_is_found() -> None:
    pushed = json.dumps([1, f"4:{json.dumps({'html': PROSE})}"])
    assert paragraphs(page(f'<div id="app"></div><script>self.__next_f.push({pushed})</script>')) == list(PARAGRAPHS)
    props = json.dumps({"props": {"pageProps": {"content": PROSE}}})
    assert paragraphs(page(f'<script id="__NEXT_DATA__" type="application/json">{props}</script>')) == list(PARAGRAPHS)


def test_text_that_only_json_ld_carries_is_found() -> None:
    assert paragraphs(page("<div></div>", data(articleBody="\n\n".join(PARAGRAPHS)))) == list(PARAGRAPHS)


@pytest.mark.parametrize(
    "script",
    [
        f"window.__PRELOADED_STATE__ = {json.dumps({'story': [{'content': text} for text in PARAGRAPHS]})};",
        f"window.__APOLLO_STATE__=JSON.parse({json.dumps(json.dumps({'a:1': {'body': PROSE}}))});var x=1;",
        f"window.pageData = {json.dumps({'related': ['다른 이야기다.'] * 9, 'article': {'text': list(PARAGRAPHS)}})}",
    ],
)
def test_text_in_the_store_of_a_client_is_found(script: str) -> None:
    assert paragraphs(page(f'<div id="app"></div><script>{script}</script>')) == list(PARAGRAPHS)


def test_a_page_that_has_its_text_is_not_read_from_its_scripts() -> None:
    script = f"window.__STATE__ = {json.dumps({'next': ['다음 기사의 긴 문단이 들어 있다. 아니다.'] * 30})};"
    assert paragraphs(page(f"<h1>{TITLE}</h1><div>{PROSE}</div><script>{script}</script>")) == list(PARAGRAPHS)


# --- hostile pages ------------------------------------------------------------------------------------


@given(st.text(st.sampled_from("<>/pdiv scrta=\"'&;!-[]{}brh1ul가 ")))
def test_any_markup_is_read_without_an_error(markup: str) -> None:
    reading = page(f"<div>{PROSE}{markup}</div>")
    assert sanitize(reading.html) is not None


@pytest.mark.parametrize(
    "markup",
    ["<div>", "<b>", "<ul><li>", "<script>", "<!--", "<blockquote>", "<meta charset", "<p", "<table><tr><td>"],
)
def test_markup_that_is_never_closed_is_read_with_little_work(markup: str) -> None:
    text = f"<div>{PROSE}</div>{markup * 10_000}"
    assert page(text).blocks
    assert calls_of(lambda: page(text)) < 10 * len(text)
