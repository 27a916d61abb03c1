"""Words without their particles, as far as the texts prove it."""

from __future__ import annotations

import pytest

from rows import each_row
from yoyak.text.keywords import Stems, words
from yoyak.text.korean import without_particle


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("정부는 3일, “소버린 AI”를 밝혔다.", ["정부는", "3일", "소버린", "AI", "를", "밝혔다"]),
        ("C++와 C#, ＡＩ·5G", ["C++", "와", "C#", "AI", "5G"]),
        ("snake_case e-mail", ["snake", "case", "e", "mail"]),
    ],
)
def test_a_text_has_these_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@each_row(
    ("word", "stem"),
    [
        ("정부는", "정부"), ("반도체를", "반도체"), ("한글은", "한글"), ("서울에서", "서울"),
        ("인공지능으로", "인공지능"),
        ("AI는", "AI"), ("2024년에", "2024년"), ("기업들은", "기업"), ("서울로", "서울"),
    ],
)  # fmt: skip
def test_a_particle_that_fits_is_seen(word: str, stem: str) -> None:
    assert stem in [found for found, _ in without_particle(word)]


@each_row("word", ["회의", "국가", "한국은행", "마을", "전문가", "내과", "나는", "정부은", "반도체을", "세종로"])
def test_where_none_fits_there_is_none(word: str) -> None:
    assert list(without_particle(word)) == []


@each_row(
    ("text", "word", "stem"),
    [
        ("정부는 정부가 밝혔다", "정부를", "정부"),
        ("정부는 정부가 밝혔다", "정부는", "정부"),
        ("정부 정부는 밝혔다", "정부는", "정부"),
        ("정부는 밝혔다", "정부는", "정부는"),
        ("고양 고양에서 고양이 고양이는", "고양이", "고양이"),
        ("정치가는 정치가를 정치는 정치의", "정치가", "정치가"),
        ("AI는 AI가", "AI는", "ai"),
        ("서울에도 서울에는 서울은", "서울에는", "서울"),
        ("미국이라는 미국이나 미국은", "미국이", "미국"),
    ],
)
def test_a_stem_is_what_the_texts_prove(text: str, word: str, stem: str) -> None:
    assert Stems(words(text)).of(word) == stem


def test_a_word_that_takes_particles_is_a_noun_as_it_is() -> None:
    stems = Stems(words("고양이가 고양에 왔다"))
    assert stems.takes_particles("고양이")
    assert not stems.takes_particles("고양이가")
