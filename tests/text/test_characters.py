"""What one look calls everyday has nothing that the careful looks would find."""

from __future__ import annotations

from functools import cache
from unicodedata import decomposition, is_normalized

from hypothesis import given
from hypothesis import strategies as st

from fuzzing import new_examples
from yoyak.text.characters import garbled_part, is_everyday
from yoyak.text.decoding import clean_text
from yoyak.text.odd_letters import odd_letters
from yoyak.text.sanitize import without_controls


@cache
def everyday() -> list[str]:
    return [chr(code) for code in range(0x110000) if is_everyday(chr(code))]


SIGNS = st.deferred(
    lambda: st.sampled_from([char for char in everyday() if ord(char) > 0x7F and not "\u4e00" <= char <= "힣"])
)


def _second_parts() -> set[str]:
    """Return the characters that may become one with the character before them (Unicode Standard Annex 15)."""
    parts = (decomposition(chr(code)).split() for code in range(0x110000))
    written = {chr(int(found[-1], 16)) for found in parts if len(found) == 2 and not found[0].startswith("<")}
    return written | {chr(code) for code in (*range(0x1161, 0x1176), *range(0x11A8, 0x11C3))}


def test_korean_text_is_everyday() -> None:
    assert is_everyday("가온은 “美 AI 정책…”이라고 했다.\n\n- R&D 5% 늘려\n")


def test_no_everyday_character_is_odd_by_itself() -> None:
    text = "\n".join(everyday())
    assert clean_text(text) == (text, ())
    assert without_controls(text) == text
    assert [char for char in everyday() if [*odd_letters(f"Latin{char}")]] == []


def test_no_everyday_character_becomes_one_with_another() -> None:
    assert [char for char in everyday() if not is_normalized("NFC", char)] == []
    assert _second_parts() & set(everyday()) == set()


@new_examples(500)
@given(
    st.text(st.sampled_from("가a \n") | SIGNS | st.characters(min_codepoint=0x80, max_codepoint=0x2122), max_size=12)
)
def test_an_everyday_text_is_as_it_was_meant(text: str) -> None:
    if is_everyday(text):
        assert clean_text(text) == (text, ())
        assert garbled_part(text) == (-1, "")
        assert [*odd_letters(text)] == []
