"""Fields of saved pages: headlines by agreement, days in many languages, outlets, tags, paywalls."""

from __future__ import annotations

import json

import pytest

from readers.worlds import PARAGRAPHS, TITLE, around, value
from rows import each_row
from yoyak.model.sources import Reading
from yoyak.model.types import Person
from yoyak.readers.saved_page.dates import day_in_words
from yoyak.readers.saved_page.read import read_saved_page
from yoyak.text.calendar import Moment

PROSE = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)


def page(head: str = "", body: str = f"<h1>{TITLE}</h1><div>{PROSE}</div>", lang: str = "ko") -> Reading:
    html = f'<!DOCTYPE html><html lang="{lang}"><head>{head}</head><body>{body}</body></html>'
    return read_saved_page(html, around("content/2024/page.html"))


def data(**keys: object) -> str:
    text = json.dumps({"@type": "NewsArticle", **keys}, ensure_ascii=False)
    return f'<script type="application/ld+json">{text}</script>'


def og(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{content}">'


# --- headlines ----------------------------------------------------------------------------------------


@each_row(
    ("head", "h1", "title"),
    [
        (data(headline="Boats") + og("og:title", "Twelve boats go electric"), "Twelve boats go electric",
         "Twelve boats go electric"),
        (data(headline="Twelve boats go electric") + og("og:title", "You won’t believe it"), "Twelve boats go electric",
         "Twelve boats go electric"),
        (og("og:title", "Twelve boats go electric – The Harbour Review"), "Twelve boats go electric",
         "Twelve boats go electric"),
        (og("og:title", "Harbour Review: Twelve boats") + og("og:site_name", "Harbour Review"), "", "Twelve boats"),
        (data(headline="Twelve boats go electric in the …") + og("og:title", "Twelve boats go electric in the harbour"),
         "", "Twelve boats go electric in the harbour"),
        ("<title>Twelve boats go electric | The Harbour</title>", "The Harbour", "Twelve boats go electric"),
        ("<title>Twelve boats go electric | News</title>", "<a href='/'>The Harbour Review</a>",
         "Twelve boats go electric | News"),
        (og("og:title", "Boats &amp;amp; lighthouses"), "", "Boats & lighthouses"),
        (data(headline="<b>Boats</b> go electric"), "", "Boats go electric"),
    ],
)  # fmt: skip
def test_the_headline_is_what_most_places_agree_on(head: str, h1: str, title: str) -> None:
    assert value(page(head, f"<h1>{h1}</h1><div>{PROSE}</div>", "en"), "title") == title


def test_a_heading_right_above_the_text_is_the_subtitle_and_stands_once() -> None:
    reading = page(body=f"<h1>{TITLE}</h1><h2>세 배 몰린 신청</h2><div>{PROSE}</div>")
    assert value(reading, "subtitle") == "세 배 몰린 신청"
    assert [block.kind for block in reading.blocks] == ["paragraph"] * len(PARAGRAPHS)


# --- days ---------------------------------------------------------------------------------------------


@each_row(
    ("lang", "text", "day"),
    [
        ("de", "Stand: 3. Juli 2024, 18:30 Uhr", "2024-07-03"),
        ("fr", "Publié le 3 juillet 2024 à 19h30", "2024-07-03"),
        ("fr", "Publié le 1er août 2024", "2024-08-01"),
        ("es", "miércoles, 3 de julio de 2024", "2024-07-03"),
        ("pt-BR", "3 de julho de 2024", "2024-07-03"),
        ("it", "3 luglio 2024", "2024-07-03"),
        ("nl", "3 juli 2024", "2024-07-03"),
        ("pl", "3 lipca 2024", "2024-07-03"),
        ("ru", "3 июля 2024", "2024-07-03"),
        ("tr", "3 Temmuz 2024", "2024-07-03"),
        ("id", "Rabu, 3 Juli 2024", "2024-07-03"),
        ("fi", "3. heinäkuuta 2024", "2024-07-03"),
        ("ar", "3 يوليو 2024", "2024-07-03"),
        ("th", "3 กรกฎาคม 2567", "2024-07-03"),
        ("ja", "2024年7月3日", "2024-07-03"),
        ("en-US", "07/03/2024", "2024-07-03"),
        ("en-GB", "03/07/2024", "2024-07-03"),
        ("de", "03.07.2024", "2024-07-03"),
        ("de", "Stand: 3.7.24", "2024-07-03"),
        ("de", "30.11.25", "2025-11-30"),
        ("en-US", "7/3/24", "2024-07-03"),
        ("en", "Posted by 12 people in 2024", None),
        ("en", "99 July 2024", None),
    ],
)
def test_a_day_is_read_in_the_pages_own_language(lang: str, text: str, day: str | None) -> None:
    found = day_in_words(text, lang)
    assert (found.isoformat() if found else None) == day


def test_a_day_beside_the_headline_or_in_the_address_is_better_than_none() -> None:
    line = page(body=f"<h1>{TITLE}</h1><ul><li>입력 2024.07.04 06:00</li><li>수정 2024.07.04 09:00</li></ul>{PROSE}")
    assert (line.fields["date"].value.value.hour, line.fields["updated"].value.value.hour) == (6, 9)
    address = page('<link rel="canonical" href="https://nuri.example/2024/07/04/homes">').fields["date"]
    assert (address.value.value.date().isoformat(), address.value.day_only, address.confidence) == (
        "2024-07-04",
        True,
        0.75,
    )


def test_a_day_with_its_short_year_last_is_not_read_from_its_end() -> None:
    line = page(body=f"<h1>{TITLE}</h1><p class='date'>Stand: 30.11.23</p>{PROSE}", lang="de").fields["date"]
    assert line.value.value.date().isoformat() == "2023-11-30"


def test_the_moment_in_a_meta_tag_with_colons_is_read() -> None:
    field = page('<meta property="article:published:time" content="2024-07-03T09:00:00+09:00">').fields["date"]
    assert field.value.value.date().isoformat() == "2024-07-03"


# --- people and outlets -------------------------------------------------------------------------------


def test_an_organization_is_an_author_only_where_nobody_else_is() -> None:
    owner = data(author={"@type": "Organization", "name": "누리신문"}, publisher={"name": "누리신문"})
    assert page(owner).fields["authors"].confidence == 0.5
    signed = page(owner, f"<h1>{TITLE}</h1><div>{PROSE}<p>이하늘 기자 sky@nuri.example</p></div>")
    assert value(signed, "authors") == (Person(name="이하늘", email="sky@nuri.example"),)


def test_a_nickname_signs_where_the_markup_says_so_and_nobody_else_does() -> None:
    signed = "<p>Posted by <a rel='author' href='/u/lampfan'>lampfan</a></p>"
    field = page(body=f"<h1>{TITLE}</h1>{signed}{PROSE}", lang="en").fields["authors"]
    assert (field.value, field.confidence) == ((Person(name="lampfan"),), 0.52)
    assert "authors" not in page(body=f"<h1>{TITLE}</h1><a rel='author'>admin</a>{PROSE}", lang="en").fields


def test_the_owner_of_the_rights_is_the_outlet_on_a_portals_page() -> None:
    head = og("og:site_name", "다온") + og("og:article:author", "누리신문 | 다온")
    notice = "<div class='copyright'>Copyright ⓒ 누리신문. 무단 전재 및 재배포 금지.</div>"
    body = f"<h1>{TITLE}</h1><div>{PROSE}</div>{notice}"
    reading = page(head, body)
    assert (value(reading, "source"), reading.fields["source"].alternatives) == ("누리신문", ("다온",))
    assert value(reading, "rights_notice") == "Copyright ⓒ 누리신문. 무단 전재 및 재배포 금지."


def test_a_footer_that_only_claims_its_rights_forbids_nothing() -> None:
    reading = page(body=f"<h1>{TITLE}</h1><div>{PROSE}</div><footer>© 2024 누리신문. All rights reserved.</footer>")
    assert "rights_notice" not in reading.fields


def test_tags_are_the_keywords_that_the_text_speaks_of() -> None:
    head = (
        og("article:tag", "빈집")
        + og("article:tag", "청년")
        + og("article:tag", "무료 증정")
        + og("article:tag", "누리신문")
    )
    assert value(page(head + og("og:site_name", "누리신문")), "tags") == ("빈집", "청년")


@pytest.mark.parametrize(
    ("name", "head", "above", "said"),
    [
        ("label", og("og:article:section", "마을"), "", "마을"),
        ("label", "", "<span itemprop='articleSection'>마을</span>", "마을"),
        ("label", "", "<em class='media_end_categorize_item'>마을</em>", "마을"),
        ("source", "", "<div itemprop='publisher'><meta itemprop='name' content='누리신문'></div>", "누리신문"),
        ("authors", og("og:article:author", "누리신문 | 네이버"), "<p class='byline'>이하늘 기자</p>",
         (Person(name="이하늘"),)),
    ],
)  # fmt: skip
def test_what_portals_and_microdata_say(name: str, head: str, above: str, said: object) -> None:
    assert value(page(head, f"{above}<h1>{TITLE}</h1><div>{PROSE}</div>"), name) == said


def test_a_moment_in_milliseconds_is_read() -> None:
    assert page(data(datePublished=1720054800000)).fields["date"].value.value.isoformat() == "2024-07-04T10:00:00+09:00"


def test_a_cited_name_below_a_picture_is_its_credit() -> None:
    caption = "<figcaption>고친 빈집 <cite>(이하늘)</cite></figcaption>"
    figure = f"<figure><img src='https://nuri.example/a.jpg'>{caption}</figure>"
    blocks = page(body=f"<h1>{TITLE}</h1><div>{figure}{PROSE}</div>").blocks
    assert (blocks[0].text, blocks[0].credit) == ("고친 빈집", "이하늘")


# --- paywalls -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "closed"),
    [
        (data(isAccessibleForFree=False), True),
        (data(isAccessibleForFree="False"), True),
        (data(isAccessibleForFree=True), None),
        (og("article:content_tier", "locked"), True),
        (og("article:content_tier", "free"), None),
        ("", None),
    ],
)
def test_a_page_for_subscribers_says_so(head: str, closed: bool | None) -> None:
    reading = page(head)
    assert value(reading, "paywall") is closed
    assert [problem.code for problem in reading.problems] == (["page-for-subscribers"] if closed else [])


# --- what says something else ---------------------------------------------------------------------------


def test_the_day_on_which_an_archive_kept_a_page_is_not_its_own() -> None:
    kept = "https://web.archive.org/web/20240501030752/https://gaon.example.kr/about"
    assert value(page(f'<link rel="canonical" href="{kept}">'), "date") is None


def test_the_day_of_a_quoted_post_is_not_the_page_s() -> None:
    quoted = '<blockquote><p>섬에 다녀왔다.</p><time datetime="2024-03-05T17:10:10+09:00">3월 5일</time></blockquote>'
    own = '<span class="publish-day">2024년 3월 7일</span>'
    found = value(page(body=f"<article><h1>{TITLE}</h1>{own}<div>{PROSE}{quoted}</div></article>"), "date")
    assert isinstance(found, Moment)
    assert str(found.value.date()) == "2024-03-07"


@pytest.mark.parametrize(
    "notice", ["© Copyright 2024 가온일보", "ⓒ copyright 가온일보", "Copyright (c) 2024, 가온일보"]
)
def test_the_owner_of_a_page_is_named_whole(notice: str) -> None:
    assert value(page(body=f"<h1>{TITLE}</h1><div>{PROSE}</div><p>{notice}</p>"), "source") == "가온일보"


@pytest.mark.parametrize(
    "imprint",
    ["가온일보 | 등록번호 서울 아00017 | 2018. 2. 1. | 발행인 한가온", "<footer>가온일보, 2018. 2. 1.</footer>"],
)
def test_the_day_since_which_there_is_the_paper_is_not_the_page_s(imprint: str) -> None:
    assert value(page(body=f"<h1>{TITLE}</h1><div>{PROSE}</div><div>{imprint}</div>"), "date") is None


# --- days that pages print -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lang", "lines", "days"),
    [
        ("de", "<p>Stand: 19.6.24</p>", ("2024-06-19", None)),
        ("de", "<p>18.6.24, 10:00 Uhr</p><p>Aktualisiert am 19.6.24, 11:00 Uhr</p>", ("2024-06-18", "2024-06-19")),
        ("de", "<b class=date>18.6.24</b> <b class=date>Aktualisiert am 19.6.24</b>", ("2024-06-18", "2024-06-19")),
        ("ko", "<i class=date>최종수정 2024.07.03</i><i class=date>입력 2024.07.02</i>", ("2024-07-02", "2024-07-03")),
        ("ja", "<p>2024年6月18日 10:00</p><p>更新 2024年6月19日 11:00</p>", ("2024-06-18", "2024-06-19")),
    ],
)
def test_a_change_is_not_the_day_of_publication(lang: str, lines: str, days: tuple[str, str | None]) -> None:
    fields = page(body=f"<main><h1>{TITLE}</h1><div>{lines}</div>{PROSE}</main>", lang=lang).fields
    found = [fields[key].value.value.date().isoformat() if key in fields else None for key in ("date", "updated")]
    assert tuple(found) == days


def test_a_page_that_counts_back_does_not_take_the_day_of_another_story() -> None:
    others = "<p>Ein Ofen für das Dorf (2. Juni 2024)</p>"
    body = f"<main><h2>{TITLE}</h2><p>Von Malo Kerguen vor 3 Tagen</p>{PROSE}</main><div>{others}</div>"
    assert "date" not in page(f"<title>{TITLE}</title>", body, lang="de").fields


def test_the_day_in_an_address_may_begin_with_its_year_again() -> None:
    link = '<link rel="canonical" href="https://gaon.example/news/2024/06/240603-cranes-stand-still">'
    assert page(link).fields["date"].value.value.date().isoformat() == "2024-06-03"


def test_the_outlet_is_what_stands_behind_the_headline_and_again_on_the_page() -> None:
    head = f"<title>{TITLE} – Carnets de Malo</title>"
    assert value(page(head, f"<div><a href=/>Carnets de Malo</a></div><h1>{TITLE}</h1>{PROSE}"), "source") == (
        "Carnets de Malo"
    )


def test_the_year_of_a_notice_is_no_part_of_the_outlet() -> None:
    notice = "<footer><p>© Tarbeck Mail 2024</p></footer>"
    assert value(page("", f"<h1>{TITLE}</h1>{PROSE}{notice}"), "source") == "Tarbeck Mail"
