"""Characters that nobody sees and letters that look alike: what is told, and what is left in peace."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rows import each_row
from yoyak.text.odd_letters import called, odd_letters

DIRECTIONS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
NO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u180e\u3164\u115f\u1160\uffa0"


@each_row("character", [*DIRECTIONS, *NO_WIDTH], ids=lambda character: f"U+{ord(character):04X}")
def test_each_hidden_character_is_told_with_its_place(character: str) -> None:
    (odd,) = odd_letters(f"새 배{character} 뜬다")
    assert (odd.at, odd.character, odd.why) == (3, character, "hidden")
    assert called(character).startswith(f"U+{ord(character):04X}")


@pytest.mark.parametrize(
    ("text", "letter"),
    [
        ("Аpple", "А"),
        ("pаypal", "а"),
        ("소버린 АI", "А"),
        ("Gοogle", "ο"),
        ("КT", "К"),
        ("LG전자 Соrp", "С"),
        ("Ν사 NΑVER", "Α"),
    ],
)
def test_a_letter_that_only_looks_latin_is_told(text: str, letter: str) -> None:
    (odd,) = odd_letters(text)
    assert (odd.character, odd.why) == (letter, "alike")
    assert text[odd.at] == letter


@each_row(
    "text",
    [
        "소버린 AI 시대, 새 배가 뜬다",
        "가족 👨\u200d👩\u200d👧\u200d👦 이야기",
        "👩🏽\u200d🚀 우주로",
        "🏳\ufe0f\u200d🌈 거리",
        "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f 스코틀랜드",
        "می\u200cخواهم",
        "क्\u200dष",
        "5μm 공정, 3kΩ 저항, ΔT, α-helix, β버전",
        "Москва и Париж",
        "Η κυβέρνηση",
        "שלום עולם",
        "ＡＩ 시대",
        "Élysée, São Paulo, Łódź",
        "日本語とカタカナ",
        "한\u00a0글\u3000사이",
    ],
)
def test_what_a_script_or_a_picture_needs_is_left_in_peace(text: str) -> None:
    assert list(odd_letters(text)) == []


@given(st.text(st.sampled_from("가 aA1-,.가나다漢字é")))
def test_everyday_text_is_never_odd(text: str) -> None:
    assert list(odd_letters(text)) == []


@given(st.text())
def test_each_place_holds_what_is_told(text: str) -> None:
    assert all(text[odd.at] == odd.character for odd in odd_letters(text))
