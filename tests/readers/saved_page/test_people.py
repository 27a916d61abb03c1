"""Authors of saved pages: names without roles, outlets and agencies, in the languages of the pages."""

from __future__ import annotations

import pytest

from yoyak.readers.saved_page.names import Names


def told(written: list[str], lang: str = "en", outlets: tuple[str, ...] = ()) -> tuple[list[str], list[str]]:
    names = Names.of(outlets, lang)
    people, bodies = names.told_apart(written)
    return [person.name for person in people], [body.name for body in bodies]


@pytest.mark.parametrize(
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


@pytest.mark.parametrize(
    "written",
    ["Name *", "E-Mail *", "CEO", "June 6", "5 min read", "4 minutes read", "For Authors", "纠错", "댓글", "Your name"],
)
def test_labels_and_offices_are_no_authors(written: str) -> None:
    assert told([written]) == ([], [])


@pytest.mark.parametrize(
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
