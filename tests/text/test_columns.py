"""Text in a terminal: its width, its rows, and what may not steer it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rows import each_row
from yoyak.text.columns import columns, padded, printable, wrapped


@each_row(
    ("text", "width"),
    [
        ("", 0),
        ("AI", 2),
        ("가온", 4),
        ("가온 AI", 7),
        ("e\u0301", 1),
        ("ＡＩ", 4),
        ("a\u200bb", 2),
        ("…", 1),
        ("漢字", 4),
    ],
)
def test_a_text_takes_so_many_columns(text: str, width: int) -> None:
    assert columns(text) == width


def test_padding_counts_columns_and_not_characters() -> None:
    assert padded("가온", 6) + "|" == "가온  |"
    assert padded("가온일보", 4) == "가온일보"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain 글", "plain 글"),
        ("\x1b[2Jgone\r", "�[2Jgone�"),
        ("a\x9b31m", "a�31m"),
        ("abc\u202egnp.exe", "abc<U+202E>gnp.exe"),
        ("a\u2028b\u2066c\ud800", "a<U+2028>b<U+2066>c<U+D800>"),
        ("👩\u200d💻", "👩\u200d💻"),
    ],
)
def test_nothing_steers_a_terminal(text: str, shown: str) -> None:
    assert printable(text) == shown


def test_rows_break_between_words_and_inside_those_that_are_too_wide() -> None:
    assert list(wrapped("가온시 시내버스 노선 12개를", 12)) == ["가온시", "시내버스", "노선 12개를"]
    assert list(wrapped("https://example.org/a", 10)) == ["https://ex", "ample.org/", "a"]
    assert list(wrapped("", 10)) == [""]


@given(st.text(alphabet="가나 ab.", max_size=60), st.integers(2, 20))
def test_rows_hold_every_word_and_none_is_too_wide(text: str, width: int) -> None:
    text = " ".join(text.split())
    rows = list(wrapped(text, width))
    assert max(map(columns, rows)) <= width
    assert "".join(rows).replace(" ", "") == text.replace(" ", "")
