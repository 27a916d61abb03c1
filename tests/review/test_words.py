"""The difference of two texts: exact in both directions, safe for numbers, and bounded in cost."""

from __future__ import annotations

import re
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.work import calls_of

from rows import each_row
from yoyak.review.words import WordPiece, difference

WORDS = st.sampled_from(
    "물가가 물가는 물가 올랐다 내렸다. 2.50% 2.75% 3.5만명 1,200원을 -3℃ 9:15 the rate rates ( ) , 物価 上がった “말” "
    "2024-07-03 €4bn 제3호".split()
)
TEXTS = st.lists(st.tuples(WORDS, st.sampled_from([" ", "", " ", "\n"])), max_size=25).map(
    lambda parts: "".join(word + space for word, space in parts)
)
NUMBER = re.compile(r"[-€]?\d(?:[\d.,:-]*\d)?(?:%|원|만명|℃|bn|호)?")


def shown(before: str, after: str) -> str:
    return "".join(
        piece.before if piece.same else f"[{piece.before}→{piece.after}]" for piece in difference(before, after)
    )


@each_row(
    ("before", "after", "expected"),
    [
        ("물가가 올랐다", "물가는 올랐다", "물가[가→는] 올랐다"),
        ("금리는 2.50%다", "금리는 2.75%다", "금리는 [2.50%→2.75%]다"),
        ("3.5만 명이", "3.6만 명이", "[3.5만 명→3.6만 명]이"),
        ("1,200원을 냈다", "1,300원을 냈다", "[1,200원→1,300원]을 냈다"),
        ("늘어 13% 됐다", "늘어 3% 됐다", "늘어 [13%→3%] 됐다"),
        ("집이 크다", "집을 크다", "집[이→을] 크다"),
        ("한국은 간다", "미국은 간다", "[한국은→미국은] 간다"),
        ("rise of prices", "rose of price", "[rise→rose] of price[s→]"),
        ("the bank raised its rates", "the bank has raised rates", "the bank[→ has] raised[ its→] rates"),
        ("김 기자는 말했다", "기자는 말했다", "[김 →]기자는 말했다"),
        ("끝났다.", "끝났다!", "끝났다[.→!]"),
        ("물가 는", "물가는", "물가[ 는→는]"),
        ("", "새 글", "[→새 글]"),
        ("옛 글", "", "[옛 글→]"),
        ("같다", "같다", "같다"),
    ],
)
def test_the_difference_reads_as_an_editor_would_mark_it(before: str, after: str, expected: str) -> None:
    assert shown(before, after) == expected


@given(TEXTS | st.text(max_size=40), TEXTS | st.text(max_size=40))
def test_the_pieces_are_both_texts(before: str, after: str) -> None:
    pieces = difference(before, after)
    assert "".join(piece.before for piece in pieces) == before
    assert "".join(piece.after for piece in pieces) == after
    assert all(one.same != other.same for one, other in pairwise(pieces))


@given(TEXTS, TEXTS)
def test_no_number_is_divided(before: str, after: str) -> None:
    pieces = difference(before, after)
    for text, parts in ((before, [p.before for p in pieces]), (after, [p.after for p in pieces])):
        borders = {len("".join(parts[:n])) for n in range(len(parts))}
        assert not [m[0] for m in NUMBER.finditer(text) if any(m.start() < border < m.end() for border in borders)]


@given(TEXTS, TEXTS)
def test_the_same_texts_give_the_same_difference(before: str, after: str) -> None:
    assert difference(before, after) == difference(before, after)


@given(TEXTS)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert difference(text, text) == ((WordPiece(before=text, after=text),) if text else ())


def _repeated(seed: int, words: int) -> str:
    chance = Random(seed)
    return "".join(f"말{chance.randrange(words)} " for _ in range(50_000 // 8))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("가나 다라 " * 2800, "다라 가나 마바 " * 1900),
        ("물가상승" * 3000, "물가상등" * 3000),
        ("物価上昇" * 4000, "価物上昇昇" * 3300),
        ("." * 50_000, ".," * 25_000),
        ("1," * 25_000, "1." * 25_000),
        *((_repeated(1, words), _repeated(2, words)) for words in (2, 20, 200, 2000)),
    ],
)
def test_a_long_repeated_text_costs_little(before: str, after: str) -> None:
    assert calls_of(lambda: difference(before, after)) < 1_500_000  # 0.07 s; difflib alone takes minutes
    assert "".join(piece.after for piece in difference(before, after)) == after


def test_a_word_put_into_a_long_repeated_text_is_all_that_changed() -> None:
    (found,) = [p for p in difference("가나 " * 9000, "가나 " * 5000 + "새말 " + "가나 " * 4000) if not p.same]
    assert (found.before, found.after.strip()) == ("", "새말")
