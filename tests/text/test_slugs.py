"""Slugs and the keys under which names and paths are one."""

from __future__ import annotations

from unicodedata import normalize

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rows import each_row
from yoyak.text.characters import without_invisible
from yoyak.text.names import SLUG_BYTES, _slug_of_any, cut_bytes, fold, is_default_name, path_key, slug_of_path, slugify


@each_row(
    ("text", "slug"),
    [
        ("소버린 AI", "소버린-ai"),
        ("[속보] 대통령, 방문", "속보-대통령-방문"),
        ("C++", "c"),
        ("Ünïcode – Straße", "ünïcode-straße"),
        ("ㅋㅋ", "ㅋㅋ"),
        ("\u1100\u1161", "가"),
        ("--a__b..c//d--", "a-b-c-d"),
        ("2024년 7월 3일", "2024년-7월-3일"),
        ("CON", "con-"),
        ("lpt1", "lpt1-"),
        ("console", "console"),
        ("!?", ""),
        ("", ""),
        ("..", ""),
        ("../../etc/passwd", "etc-passwd"),
        ("a\0b\nc", "a-b-c"),
        ("👍🏽", ""),
        ("हिन्दी", "हिन्दी"),
    ],
)
def test_a_slug_keeps_letters_marks_and_digits(text: str, slug: str) -> None:
    assert slugify(text) == slug


@given(st.text(max_size=200))
@example("İ")
@example("ſ")
@example("a\u0301" * 100)
@example("가" * 100)
@example("con-")
def test_a_slug_is_a_name_that_every_disk_takes(text: str) -> None:
    slug = slugify(text)
    assert slugify(slug) == slug
    assert slug == normalize("NFC", slug)
    assert len(slug.encode()) <= SLUG_BYTES + 1
    assert not slug.startswith((".", "-"))
    assert not set(slug) & set('/\\\0:*?"<>|. ')


@given(st.text("가나 -aBİ1_con", max_size=60), st.integers(0, 130))
@example("con", 120)
def test_a_plain_text_gives_the_slug_that_any_text_would(text: str, limit: int) -> None:
    assert slugify(text, limit).removesuffix("-") == _slug_of_any(text, limit)


@given(st.text(max_size=60), st.integers(0, 80))
def test_a_cut_text_fits_and_is_a_beginning(text: str, limit: int) -> None:
    cut = cut_bytes(text, limit)
    assert len(cut.encode()) <= limit or cut == ""
    assert text.startswith(cut)


@each_row(
    ("path", "slug"),
    [
        ("content/2024/07/second-wave.md", "second-wave"),
        ("content/2024-07-03-second-wave.md", "second-wave"),
        ("content/20240703 second wave.md", "second-wave"),
        ("content/2024.07.03.md", "2024-07-03"),
        ("content/2024-07-03.md", "2024-07-03"),
        ("content/summit/index.md", "summit"),
        ("content/2024-07-03-summit/index.html", "summit"),
        ("content/1984.md", "1984"),
        ("content/두 번째 물결.txt", "두-번째-물결"),
        ("content/….md", ""),
    ],
)
def test_a_file_gives_its_article_a_slug(path: str, slug: str) -> None:
    assert slug_of_path(path) == slug


@pytest.mark.parametrize(
    "spellings",
    [
        ("소버린 AI", "소버린AI", "소버린·ai", "소버린-AI", "소버린_ai", " 소버린　ai "),
        ("Open Source", "open-source", "OPENSOURCE"),
        ("Straße", "STRASSE"),
        ("\u1100\u1161", "가"),
        ("é", "e\u0301"),
    ],
)
def test_spellings_of_one_name_have_one_key(spellings: tuple[str, ...]) -> None:
    assert len({fold(spelling) for spelling in spellings}) == 1


@pytest.mark.parametrize(("first", "second"), [("C", "C++"), ("C++", "C#"), ("-", "_"), ("가", "각"), ("1.0", "10")])
def test_other_names_have_other_keys(first: str, second: str) -> None:
    assert fold(first) != fold(second)


@given(st.text())
@example("-")
@example(" · ")
def test_only_a_name_without_anything_visible_has_no_key(text: str) -> None:
    assert bool(fold(text)) == bool(without_invisible(text).strip())
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(("first", "second"), [("A/é", "a/e\u0301"), ("straße", "STRASSE"), ("ﬃ", "ffi")])
def test_paths_that_a_disk_takes_for_one_have_one_key(first: str, second: str) -> None:
    assert path_key(first) == path_key(second)


@each_row(
    ("text", "slug"),
    [
        ("⚠\ufe0f 주의", "주의"),
        ("1\ufe0f\u20e3 표", "1-표"),
        ("❤\ufe0f 섬", "섬"),
        ("👩\u200d🚀 우주", "우주"),
        ("🏴\U000e0067\U000e0062\U000e007f 깃발", "깃발"),
        ("소\u200b버린", "소버린"),
        ("co\u00adoperate", "cooperate"),
        ("می\u200cخواهم", "میخواهم"),
        ("\u202e뒤집힌\u202c 글", "뒤집힌-글"),
        ("\u3164빈칸\u115f", "빈칸"),
        ("葛\U000e0100飾", "葛飾"),
        ("☃\u0301 눈", "눈"),
        ("e\u0301t\u00e9", "été"),
        ("❤\ufe0f", ""),
        ("\u200d\ufe0f\u20e3", ""),
    ],
)
def test_what_nobody_sees_is_in_no_slug(text: str, slug: str) -> None:
    assert slugify(text) == slug


@pytest.mark.parametrize(
    ("one", "other"),
    [("❤\ufe0f 섬", "❤ 섬"), ("می\u200cخواهم", "میخواهم"), ("소\u200b버린", "소버린"), ("a\u2060b", "A B")],
)
def test_spellings_that_differ_by_what_nobody_sees_are_one_term(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_a_sign_is_a_term_and_nothing_visible_is_none() -> None:
    assert fold("❤\ufe0f") == fold("❤") != fold("♥")
    assert fold("\u200b\ufe0f") == ""


@pytest.mark.parametrize(
    "name",
    [
        "새 텍스트 문서.txt",
        "새 텍스트 문서 (2).txt",
        "제목 없음.md",
        "무제 3.md",
        "Untitled.md",
        "New Text Document.txt",
    ],
)
def test_the_name_of_a_new_file_is_known(name: str) -> None:
    assert is_default_name(f"content/{name}")


@pytest.mark.parametrize("name", ["무제한 요금제.md", "untitled-film.md", "새 문서고.md", "칼럼.md"])
def test_a_name_that_says_something_is_none_of_them(name: str) -> None:
    assert not is_default_name(f"content/{name}")
