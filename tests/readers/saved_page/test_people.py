"""Authors of saved pages: names without roles, outlets and agencies, in the languages of the pages."""

from __future__ import annotations

import pytest

from readers.worlds import PARAGRAPHS, TITLE, around
from rows import each_row
from yoyak.readers.saved_page.names import Names
from yoyak.readers.saved_page.read import read_saved_page


def told(written: list[str], lang: str = "en", outlets: tuple[str, ...] = ()) -> tuple[list[str], list[str]]:
    names = Names.of(outlets, lang)
    people, bodies = names.told_apart(written)
    return [person.name for person in people], [body.name for body in bodies]


@each_row(
    ("lang", "written", "people"),
    [
        ("en", "By Jane Doe", ["Jane Doe"]),
        ("en", "By Jane Doe and Sam Lee", ["Jane Doe", "Sam Lee"]),
        ("en", "Jane Doe, Sam Lee & Ann O’Neil", ["Jane Doe", "Sam Lee", "Ann O’Neil"]),
        ("en", "Jane Doe, Political Editor", ["Jane Doe"]),
        ("en", "Jane Doe Senior Political Reporter", ["Jane Doe"]),
        ("en", "Jane Doe in Millbrook", ["Jane Doe"]),
        ("en", "Jane Doe, The Harbour Review", ["Jane Doe"]),
        ("en", "Jane Doe | The Harbour Review", ["Jane Doe"]),
        ("en", "Jane Doe (The Harbour Review)", ["Jane Doe"]),
        ("en", "Jane Doe for The Harbour Review", ["Jane Doe"]),
        ("en", "JANE DOE", ["JANE DOE"]),
        ("en", "jane doe", ["jane doe"]),
        ("en", "Jane D.", ["Jane D."]),
        ("en", "By Jane Doe.", ["Jane Doe"]),
        ("en", "political editor", []),
        ("en", "Jane Doe Bloomberg", ["Jane Doe"]),
        ("en", "Jane Doe Fri., Aug. 23", ["Jane Doe"]),
        ("en", "Jane Doe Published", ["Jane Doe"]),
        ("en", "Anna Sun", ["Anna Sun"]),
        ("sq", "Nga Besa Gashi", ["Besa Gashi"]),
        ("en", "Robert Moss Jr.", ["Robert Moss Jr."]),
        ("en", "Maria de la Cruz", ["Maria de la Cruz"]),
        ("en", "jane.doe@harbour.example", []),
        ("en", "https://harbour.example/authors/jane-doe", []),
        ("en", "@janedoe", []),
        ("de", "Von Wiebke Harms und Jörg Behrens", ["Wiebke Harms", "Jörg Behrens"]),
        ("de", "Wiebke von der Heide", ["Wiebke von der Heide"]),
        ("de", "Wiebke Harms, Korrespondentin in Mühlbach", ["Wiebke Harms"]),
        ("fr", "Par Élise Morel et Hugo Lambert", ["Élise Morel", "Hugo Lambert"]),
        ("fr", "Élise Morel avec AFP", ["Élise Morel"]),
        ("es", "Por Lucía Peña y Marcos Gil", ["Lucía Peña", "Marcos Gil"]),
        ("pt", "Por Ana Souza e João Lima", ["Ana Souza", "João Lima"]),
        ("pt", "Maria e Silva", ["Maria e Silva"]),
        ("it", "di Paola Neri", ["Paola Neri"]),
        ("it", "Paola Di Stefano", ["Paola Di Stefano"]),
        ("nl", "Door Sanne de Boer en Piet van Dam", ["Sanne de Boer", "Piet van Dam"]),
        ("da", "Af Kirsten Holm og Lars Bo", ["Kirsten Holm", "Lars Bo"]),
        ("sv", "Av Åsa Lund och Nils Ek", ["Åsa Lund", "Nils Ek"]),
        ("pl", "Autor: Anna Zielińska", ["Anna Zielińska"]),
        ("tr", "Ayşe Demir ve Can Kaya", ["Ayşe Demir", "Can Kaya"]),
        ("ru", "Автор: Анна Зорина и Пётр Лесков", ["Анна Зорина", "Пётр Лесков"]),
        ("id", "Oleh Siti Rahma", ["Siti Rahma"]),
        ("vi", "Nguyễn An và Trần Bình", ["Nguyễn An", "Trần Bình"]),
        ("ar", "ليلى حداد و سامي ناصر", ["ليلى حداد", "سامي ناصر"]),
        ("zh-CN", "记者 王海 李明", ["王海", "李明"]),
        ("zh-CN", "责编：王海", ["王海"]),
        ("ja", "山田 太郎", ["山田 太郎"]),
        ("ko", "이하늘 기자", ["이하늘"]),
        ("ko", "이하늘·정초록 기자", ["이하늘", "정초록"]),
        ("ko", "누리신문;이하늘 기자 외 1명", ["이하늘"]),
    ],
)
def test_names_are_told_from_the_words_around_them(lang: str, written: str, people: list[str]) -> None:
    assert told([written], lang, ("The Harbour Review", "누리신문"))[0] == people


@pytest.mark.parametrize(
    "body", ["The Harbour Review", "Reuters", "AFP", "Redaktion", "Newsroom Staff", "누리신문", "dpa"]
)
def test_outlets_agencies_and_desks_are_no_people(body: str) -> None:
    assert told([body], "en", ("The Harbour Review", "누리신문")) == ([], [body])


def test_a_name_stands_once_and_keeps_its_address() -> None:
    people, _ = Names.of((), "en").told_apart(["Jane Doe", "By Jane Doe jane@harbour.example"])
    assert [(person.name, person.email) for person in people] == [("Jane Doe", "jane@harbour.example")]


@each_row(
    "written",
    ["Name *", "E-Mail *", "CEO", "June 6", "5 min read", "4 minutes read", "For Authors", "纠错", "댓글", "Your name"],
)
def test_labels_and_offices_are_no_authors(written: str) -> None:
    assert told([written]) == ([], [])


@each_row(
    ("lang", "written", "person"),
    [
        ("de", "Veröffentlicht von Ada Brandt", "Ada Brandt"),
        ("fr", "Publié par Élise Morel", "Élise Morel"),
        ("es", "Publicado por Lucía Peña", "Lucía Peña"),
        ("en", "Published by Jane Doe", "Jane Doe"),
        ("en", "Jane Doe June 6", "Jane Doe"),
        ("en", "Jane Doe @janedoe", "Jane Doe"),
        ("en", "Jane Doe Tuesday", "Jane Doe"),
        ("en", "Jane Doe said", "Jane Doe"),
        ("de", "Ada Brandt sagt:", "Ada Brandt"),
    ],
)
def test_a_name_is_read_without_the_words_around_it(lang: str, written: str, person: str) -> None:
    assert told([written], lang) == ([person], [])


def signed(body: str, head: str = "") -> list[str]:
    prose = "<p>The harbour office keeps the winter timetable, it said on Monday after two weeks of long talks.</p>" * 6
    head = f"<head><title>Ferry keeps going</title>{head}</head>"
    html = f'<html lang="en">{head}<body>{body.replace("PROSE", prose)}</body></html>'
    reading = read_saved_page(html, around("content/a.html"))
    return [person.name for person in reading.fields["authors"].value] if "authors" in reading.fields else []


CARD = '<article><h3><a href="/{n}">Another story of the harbour</a></h3><a class="byline">{name}</a></article>'


def test_who_signs_the_cards_of_other_stories_did_not_write_the_page() -> None:
    cards = CARD.format(n=1, name="Ada Brook") + CARD.format(n=2, name="Bo Lind")
    own = '<div class="info">By <a href="/author/cleo-hart">Cleo Hart</a></div>'
    assert signed(f"<article><h1>Ferry keeps going</h1>{own}PROSE</article><div>{cards}</div>") == ["Cleo Hart"]


def test_who_signs_beside_a_linked_headline_of_the_page_itself_wrote_it() -> None:
    own = '<span class="byline">By Cleo Hart</span>'
    assert signed(f'<article><h1><a href="/me">Ferry keeps going</a></h1>{own}PROSE</article>') == ["Cleo Hart"]


@pytest.mark.parametrize("label", ["Last Updated", "Last updated: 4 March", "Posted", "First Published"])
def test_the_label_of_a_day_signs_nothing(label: str) -> None:
    byline = f'<div class="byline">Gaon News · {label}</div>'
    head = '<meta property="og:site_name" content="Gaon News">'
    assert signed(f"<h1>Ferry keeps going</h1>{byline}PROSE", head) == []


def test_what_stands_behind_a_name_in_a_line_below_the_text_is_no_part_of_it() -> None:
    info = '<div class="info"><span>By <a>Cleo Hart</a></span> <span>Published in <a>Boats</a></span></div>'
    assert signed(f"<article><h1>Ferry keeps going</h1>PROSE{info}</article>") == ["Cleo Hart"]


def test_a_menu_of_authors_signs_nothing() -> None:
    names = ("Red Carpets", "Opening Nights", "Stage Tube", "Cast Lists", "Old Posters", "Box Office")
    menu = "".join(f'<li><a href="/author/{name.replace(" ", "-")}">{name}</a></li>' for name in names)
    assert signed(f"<ul>{menu}</ul><h1>Ferry keeps going</h1>PROSE") == []


def test_who_asks_in_a_forum_wrote_the_page() -> None:
    data = '{"@type":"QAPage","mainEntity":{"@type":"Question","author":{"@type":"Person","name":"Oakleaf7"}}}'
    head = f'<script type="application/ld+json">{data}</script>'
    assert signed("<h1>Ferry keeps going</h1>PROSE", head) == ["Oakleaf7"]


def test_words_that_follow_each_other_without_a_space_sign_as_they_are_seen() -> None:
    line = '<div class="meta"><span>By <a>Cleo Hart</a></span><time>4 March 2024, 17:04</time><span>Gaon</span></div>'
    assert signed(f"<article><h1>Ferry keeps going</h1>{line}PROSE</article>") == ["Cleo Hart"]


def test_who_signs_below_the_opening_sentence_wrote_the_page() -> None:
    opening = '<p class="lead">The last ferryman of the harbour leaves his boat after forty-one years at the winch.</p>'
    line = '<div class="meta"><span>By <a>Cleo Hart</a></span><time>4 March 2024, 17:04</time></div>'
    assert signed(f"<article><h1>Ferry keeps going</h1>{opening}{line}PROSE</article>") == ["Cleo Hart"]


def test_a_list_of_a_few_authors_signs_the_page() -> None:
    items = "".join(f'\n<li><a href="/author/{n[0]}">{n}</a></li>' for n in ("Ada Brook", "Bo Lind", "Cleo Hart"))
    assert signed(f"<article><h1>Ferry keeps going</h1><ul>{items}\n</ul>PROSE</article>") == [
        "Ada Brook", "Bo Lind", "Cleo Hart",
    ]  # fmt: skip


DESKS = [
    ("en", '<p class="byline">By Staff and agencies</p>', ["Staff and agencies"]),
    ("de", '<span class="author">dpa/Redaktion</span>', ["dpa", "Redaktion"]),
    ("ja", '<p class="author">編集部</p>', ["編集部"]),
    ("ko", "<ul><li>기자명 편집부</li><li>입력 2024.07.03 10:00</li></ul>", ["편집부"]),
    ("ko", "<p>온라인뉴스팀</p><p>입력 2024.07.03 10:00</p>", ["온라인뉴스팀"]),
    ("ko", '<p class="byline">한서로 기자</p><p>온라인뉴스팀</p>', ["한서로"]),
    ("en", '<p class="byline">By Ada Brook, AFP</p>', ["Ada Brook"]),
    ("ko", "<p>네이버</p><p>입력 2024.07.03 10:00</p>", []),
]


@pytest.mark.parametrize(("lang", "byline", "names"), DESKS)
def test_a_desk_signs_where_no_person_does(lang: str, byline: str, names: list[str]) -> None:
    text = "".join(f"<p>{line}</p>" for line in PARAGRAPHS)
    html = f"<html lang={lang}><title>{TITLE}</title><main><h1>{TITLE}</h1>{byline}{text}</main></html>"
    fields = read_saved_page(html, around("content/page.html")).fields
    assert [one.name for one in fields["authors"].value] == names if names else "authors" not in fields
