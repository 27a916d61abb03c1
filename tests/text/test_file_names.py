from __future__ import annotations

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rows import each_row
from yoyak.messages.catalogue import speak
from yoyak.text.names import (
    AddressesOf,
    NamesOf,
    as_meant,
    as_seen,
    fitting,
    name_for_every_disk,
    unfit_for_windows,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("오후 3.05\u202fPM.png", "오후 3.05 PM.png"),
        ("a\u00a0b.png", "a b.png"),
        ("a\u3000 b.png", "a b.png"),
        (normalize("NFD", "한글.png"), "한글.png"),
        ("\u200e사진.jpg", "사진.jpg"),
        ("섬\u200b배.jpg", "섬배.jpg"),
        ("❤\ufe0f.png", "❤.png"),
    ],
)
def test_names_that_look_the_same_are_one(one: str, other: str) -> None:
    assert as_seen(one) == as_seen(other)
    assert as_meant(one) == as_meant(other)


@pytest.mark.parametrize(("one", "other"), [("IMG_2.JPG", "img_2.jpg"), ("content/.\\큰.png", "content/큰.png")])
def test_names_that_differ_by_case_or_backslash_are_meant_alike(one: str, other: str) -> None:
    assert as_seen(one) != as_seen(other)
    assert as_meant(one) == as_meant(other)


@pytest.mark.parametrize(("one", "other"), [("a b.png", "a-b.png"), ("a1.png", "a2.png"), ("섬.png", "섬1.png")])
def test_names_that_look_different_are_two(one: str, other: str) -> None:
    assert as_meant(one) != as_meant(other)


def test_of_two_that_are_meant_alike_the_one_that_looks_the_same_fits() -> None:
    same = "content/A\u00a0b.png\ncontent/a\u00a0b.png"
    assert fitting("content/a b.png", same) == ("content/a\u00a0b.png",)
    assert len(fitting("content/a B.png", same)) == 2


def test_files_are_found_by_name_folder_and_bare_name() -> None:
    names = NamesOf(["content/07/A.png", "content/07/b.md", "content/08/a.png"])
    assert names["content/07/a.png"] == "content/07/A.png"
    assert names["content/07/"] == "content/07/A.png\ncontent/07/b.md"
    assert names["*/a.png"] == "content/07/A.png\ncontent/08/a.png"


def test_an_article_is_found_by_the_one_path_that_can_mean_it() -> None:
    addresses = AddressesOf({"content/섬 배.md": "/articles/섬-배/"})
    assert addresses.get("content/섬\u00a0배.MD") == "/articles/섬-배/"
    assert addresses.get("content/섬.md", "") == ""


@each_row(
    ("name", "why"),
    [
        ("a:b", 'a name there has no ":"'),
        ("a\tb", "a name there has no control characters"),
        ("Con", '"Con" is the name of a device there'),
        ("nul .txt", '"nul .txt" is the name of a device there'),
        ("COM¹.html", '"COM¹.html" is the name of a device there'),
        ("a.", "a name there ends with no full stop and no space"),
        ("콘", ""),
        ("console", ""),
        ("com10", ""),
        (".a", ""),
    ],
)
def test_why_windows_refuses_a_name(name: str, why: str) -> None:
    assert speak(unfit_for_windows(name)) == why


@pytest.mark.parametrize(
    ("name", "taken"),
    [
        ("보도자료 1.hwp", "보도자료 1.hwp"),
        ("a<b>:c?.eml", "a-b--c-.eml"),
        ("aux", "aux-"),
        ("LPT1.tar.gz", "LPT1-.tar.gz"),
        ("...", "original"),
        ("a. .eml ", "a.eml"),
        ("각" * 60 + ".eml", "각" * 26 + ".eml"),
    ],
)
def test_a_name_becomes_one_that_every_disk_takes(name: str, taken: str) -> None:
    assert name_for_every_disk(name, "original") == taken


@given(st.text(max_size=300))
def test_any_text_becomes_a_name_that_every_disk_takes(text: str) -> None:
    name = name_for_every_disk(text, "original")
    assert name
    assert unfit_for_windows(name) == ""
    assert len(normalize("NFD", name).encode()) <= 250
