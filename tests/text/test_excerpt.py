"""Plain text, sentences and reading time of a body."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rows import each_row
from yoyak.text.excerpt import (
    as_paragraph,
    first_sentences,
    paragraphs,
    plain_text,
    quotable,
    reading_minutes,
    shorten,
)
from yoyak.text.sanitize import sanitize

MARK = '<sup class="footnote-ref"><a aria-label="각주 1" class="footnote-ref" href="#fn:1" id="fnref:1">1</a></sup>'
FOOTNOTE = f'<p>글{MARK}이다.</p><section aria-labelledby="footnotes" class="footnote"><p>각주</p></section>'


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


@given(st.text(st.characters(blacklist_categories=["Cs", "Cc", "Cn"])))
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


@each_row(
    "html",
    [
        '<figure><img src="a.png" alt="멈춘 크레인"><figcaption><p>멈춘 크레인. 사진=가온시</p></figcaption></figure>',
        '<p><img src="a.png" alt="가온항 부두의 크레인"></p><p>가온항 부두의 크레인</p>',
        "<figure><figcaption>가온항 부두의 크레인</figcaption></figure><p>가온항 부두의 크레인 ⓒ누리통신</p>",
        '<p><a class="picture-link" href="https://b.example/a.png">멈춘 크레인 (b.example)</a></p>',
        '<p><a href="https://b.example/a.png" class="picture-link">멈춘 크레인 (b.example)</a><br>멈춘 크레인</p>',
        "<p>멈춰 선 가온항 2부두 크레인. 이하늘 기자</p>",
        "<p>멈춰 선 가온항 2부두 크레인. [사진=가온시]</p>",
        "<p>멈춰 선 가온항 2부두 크레인(가온시 제공)</p>",
        "<p>사진: 멈춰 선 크레인</p>",
        "<p>The crane at pier two. Photo: Sea Agency</p>",
        "<p>止まったクレーン（写真：港新聞）</p>",
    ],
)
def test_a_caption_or_an_alternative_text_is_no_part_of_an_excerpt(html: str) -> None:
    body = sanitize(f"{html}<p>크레인이 멈췄다. 배가 기다린다.</p>")
    assert first_sentences(quotable(body), 2) == "크레인이 멈췄다. 배가 기다린다."


def test_a_text_that_is_only_signed_is_quoted_all_the_same() -> None:
    assert quotable("<p>크레인이 멈췄다. 이하늘 기자</p>") == ("크레인이 멈췄다. 이하늘 기자",)


def test_lines_without_a_stop_are_counted_one_by_one() -> None:
    assert first_sentences(quotable("<p>첫 줄이다<br>둘째 줄이다<br>셋째 줄이다</p>"), 2) == "첫 줄이다 둘째 줄이다"
    assert quotable("<p>가다.<br><br>나다.</p>") == ("가다.", "나다.")
