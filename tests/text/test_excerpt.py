"""Plain text, sentences and reading time of a body."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yoyak.text.excerpt import (
    as_paragraph,
    first_sentences,
    paragraphs,
    plain_text,
    reading_minutes,
    sentences,
    shorten,
)
from yoyak.text.sanitize import sanitize

MARK = '<sup class="footnote-ref"><a aria-label="각주 1" class="footnote-ref" href="#fn:1" id="fnref:1">1</a></sup>'
FOOTNOTE = f'<p>글{MARK}이다.</p><section aria-labelledby="footnotes" class="footnote"><p>각주</p></section>'


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("하나다. 둘이다.", ("하나다.", "둘이다.")),
        ("하나다! 둘인가? 셋…", ("하나다!", "둘인가?", "셋…")),
        ("시는 “늘린다.” 라고 했다. 노조는 반대한다.", ("시는 “늘린다.” 라고 했다.", "노조는 반대한다.")),
        ("“간다.”고 했다. 끝.", ("“간다.”고 했다.", "끝.")),
        ("“간다.” 그는 말했다.", ("“간다.”", "그는 말했다.")),
        ("성장률은 3.5%다. 물가는 2.1%다.", ("성장률은 3.5%다.", "물가는 2.1%다.")),
        ("Mr. Kim met Dr. Lee. They talked.", ("Mr. Kim met Dr. Lee.", "They talked.")),
        ("The U.S. agreed. J. Kim left.", ("The U.S. agreed.", "J. Kim left.")),
        ("7. 3. 발표했다. 끝이다.", ("7. 3. 발표했다.", "끝이다.")),
        ("점이 없는 글", ("점이 없는 글",)),
        ("", ()),
        ("   ", ()),
    ],
)
def test_a_text_is_split_at_the_ends_of_its_sentences(text: str, found: tuple[str, ...]) -> None:
    assert sentences(text) == found


@given(st.text(st.sampled_from('가나 .!?"”』)A1Mr')))
def test_no_character_is_lost_in_splitting(text: str) -> None:
    assert "".join("".join(sentences(text)).split()) == "".join(text.split())


def test_an_excerpt_goes_over_paragraphs_and_ends_with_its_count() -> None:
    assert first_sentences(("하나다.", "둘이다. 셋이다.", "넷이다."), 2) == "하나다. 둘이다."
    assert first_sentences((), 2) == ""


@given(st.lists(st.text(), max_size=4), st.integers(1, 10))
def test_an_excerpt_is_never_longer_than_its_limit(texts: list[str], count: int) -> None:
    assert len(first_sentences(tuple(texts), count, 100)) <= 100


@pytest.mark.parametrize(
    ("text", "limit", "short"),
    [
        ("짧다", 10, "짧다"),
        ("하나 둘 셋 넷", 7, "하나 둘…"),
        ("아주긴한낱말이다", 5, "아주긴한…"),
        ("하나, 둘 셋", 5, "하나…"),
    ],
)
def test_a_text_is_cut_at_a_word(text: str, limit: int, short: str) -> None:
    assert shorten(text, limit) == short


def test_footnotes_are_no_words_of_the_text() -> None:
    assert plain_text(FOOTNOTE) == "글이다." or plain_text(FOOTNOTE) == "글 이다."
    assert paragraphs(FOOTNOTE) == ("글이다.",)


def test_paragraphs_are_text_without_marks() -> None:
    html = sanitize("<h2>제목</h2><p>가 <b>나</b>&amp;<br>다</p><ul><li>항목</li></ul><p> </p><p>끝</p>")
    assert paragraphs(html) == ("가 나& 다", "끝")


@given(st.text(st.characters(blacklist_categories=["Cs", "Cc"])))
def test_text_as_a_paragraph_reads_the_same_again(text: str) -> None:
    words = " ".join(text.split())
    assert paragraphs(sanitize(as_paragraph(words))) == ((words,) if words else ())


@pytest.mark.parametrize(("text", "minutes"), [("", 1), ("낱말 " * 202, 1), ("낱말 " * 606, 3), ("word " * 476, 2)])
def test_reading_takes_whole_minutes(text: str, minutes: int) -> None:
    assert reading_minutes(text.split()) == minutes


@given(st.lists(st.sampled_from(("가", "나다", "a가", "word", "5%", "“가", "―")), max_size=40), st.integers(1, 60))
def test_korean_and_other_words_each_take_their_time(found: list[str], times: int) -> None:
    korean = sum(1 for word in found if re.search("[가-힣]", word)) * times
    others = len(found) * times - korean
    assert reading_minutes(found * times) == max(1, round(korean / 202 + others / 238))
