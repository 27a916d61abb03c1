"""Korean: headings, order, particles."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rows import each_row
from yoyak.text.korean import collation_key, heading_of, with_particle


@each_row(
    ("text", "heading"),
    [
        ("가온", "ㄱ"), ("까치", "ㄱ"), ("네이버", "ㄴ"), ("떡", "ㄷ"), ("쌀", "ㅅ"), ("찌개", "ㅈ"), ("힘", "ㅎ"),
        ("ㅋㅋ", "ㅋ"), ("ㅃ", "ㅂ"), ("AI", "A"), ("mistral", "M"), ("École", "E"), ("5G", "#"), ("漢字", "#"),
        ("«큰» 모델", "ㅋ"), ("‘소버린’", "ㅅ"), ("", "#"), ("!?", "#"), ("\u1100\u1161\u11ab", "ㄱ"),
    ],
)  # fmt: skip
def test_a_term_stands_under_its_first_letter(text: str, heading: str) -> None:
    assert heading_of(text) == heading


def test_terms_are_in_the_order_of_a_korean_index() -> None:
    terms = ["5G", "apple", "Zeta", "하늘", "까치", "가온", "나라", "École", "소버린 AI", "소버린"]
    ordered = ["가온", "까치", "나라", "소버린", "소버린 AI", "하늘", "apple", "École", "Zeta", "5G"]
    assert sorted(terms, key=collation_key) == ordered


@given(st.lists(st.text(max_size=6)))
def test_terms_with_one_heading_stand_together(terms: list[str]) -> None:
    headings = [heading_of(term) for term in sorted(terms, key=collation_key)]
    changes = [heading for place, heading in enumerate(headings) if not place or headings[place - 1] != heading]
    assert len(changes) == len(set(changes))


@given(st.lists(st.text(max_size=6), unique=True))
def test_no_two_terms_have_one_key(terms: list[str]) -> None:
    assert len({collation_key(term) for term in terms}) == len(terms)


@each_row(
    ("word", "pair", "expected"),
    [
        ("소버린 AI", "을/를", "소버린 AI를"),
        ("반도체", "을/를", "반도체를"),
        ("법안", "은/는", "법안은"),
        ("서울", "으로/로", "서울로"),
        ("부산", "으로/로", "부산으로"),
        ("대전", "와/과", "대전과"),
        ("LLM", "을/를", "LLM을"),
        ("GPU", "이/가", "GPU가"),
        ("HTML", "으로/로", "HTML로"),
        ("HyperCLOVA X", "은/는", "HyperCLOVA X는"),
        ("Mistral", "이/가", "Mistral이"),
        ("Google", "을/를", "Google을"),
        ("NAVER", "은/는", "NAVER는"),
        ("Microsoft", "와/과", "Microsoft와"),
        ("Slack", "으로/로", "Slack으로"),
        ("iPhone", "을/를", "iPhone을"),
        ("GPT-4", "을/를", "GPT-4를"),
        ("2023", "은/는", "2023은"),
        ("7", "으로/로", "7로"),
        ("100", "이/가", "100이"),
        ("30%", "를/을", "30%를"),
        ("“두 번째 물결”", "을/를", "“두 번째 물결”을"),
        ("마크다운(Markdown)", "을/를", "마크다운(Markdown)을"),
        ("(주)네이버", "이/가", "(주)네이버가"),
        ("ㄱ", "은/는", "ㄱ은"),
        ("ㅏ", "은/는", "ㅏ는"),
        ("漢字", "을/를", "漢字을(를)"),
        ("", "을/를", "을(를)"),
    ],
)
def test_the_particle_fits_the_word_before_it(word: str, pair: str, expected: str) -> None:
    assert with_particle(word, pair) == expected


def test_an_unknown_pair_of_particles_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ValueError, match="은/는"):
        with_particle("말", "을/은")


@given(st.text())
def test_a_word_keeps_all_its_letters(word: str) -> None:
    assert with_particle(word, "은/는").startswith(word)
