"""Where a note stands after its text was edited: at its exact words, or nowhere."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.review.texts import blocks

from rows import each_row
from yoyak.messages.catalogue import speak
from yoyak.model.message import Message
from yoyak.model.review import Anchor, TextBlock
from yoyak.review.anchors import AnchorPlace, Orphan, anchor_at, anchor_of, find

RATE = "기준금리를 2.50%로 유지했다. 물가가 3% 올랐다."
SHIP = "첫 배는 여섯 시에 떠난다. 물가가 오르면 배삯도 오른다."
OTHER = "안개가 낀 날에는 배가 없다."


def on(texts: tuple[TextBlock, ...], quote: str) -> Anchor:
    made = anchor_of(texts, quote)
    assert isinstance(made, Anchor), speak(made)
    return made


def words(found: AnchorPlace | Orphan, texts: tuple[TextBlock, ...]) -> str:
    assert isinstance(found, AnchorPlace)
    assert found.block is not None
    return f"{found.block}: {texts[found.block].text[found.start : found.end]}"


def test_a_note_stands_at_its_words() -> None:
    texts = blocks(OTHER, RATE)
    assert words(find(on(texts, "2.50%로 유지했다"), texts), texts) == "1: 2.50%로 유지했다"


def test_a_note_goes_with_its_words_when_the_paragraph_is_edited_and_moved() -> None:
    anchor = on(blocks(OTHER, RATE), "유지했다")
    after = blocks(RATE.replace("기준금리를", "금리를"), OTHER)
    assert words(find(anchor, after), after) == "0: 유지했다"


def test_of_equal_words_the_ones_between_their_neighbours_are_meant() -> None:
    texts = blocks(RATE, SHIP)
    start = SHIP.index("물가가")
    anchor = anchor_at(texts, 1, start, start + 3)
    after = blocks(SHIP + " 끝.", RATE)
    assert words(find(anchor, after), after) == "0: 물가가"


def test_of_equal_paragraphs_the_same_one_is_meant() -> None:
    texts = blocks(OTHER, RATE, OTHER)
    anchor = anchor_at(texts, 2, 0, 3)
    assert words(find(anchor, texts), texts) == "2: 안개가"


def test_words_that_are_gone_make_an_orphan() -> None:
    assert find(on(blocks(RATE), "유지했다"), blocks(RATE.replace("유지했다", "올렸다"))) == Orphan(reason="gone")


def test_words_that_stand_twice_without_their_neighbours_make_an_orphan() -> None:
    anchor = on(blocks("갑은 집을 샀다."), "집을")
    assert find(anchor, blocks("을은 집을 지었다.", "병은 집을 팔았다.")) == Orphan(reason="several", count=2)


def test_a_note_is_not_moved_to_another_sentence_on_its_old_line() -> None:
    """A known tool (MRSF 0.5) falls back to the line number and calls this anchored."""
    before = blocks("첫 줄이다.", "요금은 한 사람에 만 원이다.", "셋째 줄이다.")
    after = blocks("첫 줄이다.", "배는 안개가 낀 날에 뜨지 않는다.", "셋째 줄이다.")
    assert find(on(before, "한 사람에 만 원"), after) == Orphan(reason="gone")


@each_row(
    ("quote", "before", "after"),
    [
        ("3%", "물가가 3% 올랐다", "물가가 13% 올랐다"),
        ("3%", "물가가 3% 올랐다", "물가가 3%p 올랐다"),
        ("2.5", "값은 2.5 이다", "값은 12.5 이다"),
        ("1,200원", "값은 1,200원이다", "값은 51,200원이다"),
        ("cat", "the cat sat", "they concatenate"),
        ("명이", "두 명이 왔다", "불분명이 문제다"),
        ("3월", "오는 3월 온다", "오는 13월 온다"),
        ("물가", "물가 안정", "소비자물가 안정"),
    ],
)
def test_a_part_of_a_longer_word_or_number_is_not_the_words(quote: str, before: str, after: str) -> None:
    assert find(on(blocks(before), quote), blocks(after)) == Orphan(reason="gone")


def test_a_word_with_another_particle_is_still_the_word() -> None:
    after = blocks("물가는 올랐다")
    assert words(find(on(blocks("물가가 올랐다"), "물가"), after), after) == "0: 물가"


def test_a_note_on_a_whole_paragraph_stands_on_it_until_its_words_change() -> None:
    texts = blocks(OTHER, RATE)
    anchor = anchor_of(texts, "", texts[1].id)
    assert isinstance(anchor, Anchor)
    assert find(anchor, blocks(RATE)) == AnchorPlace(block=0, end=len(RATE))
    assert find(anchor, blocks(RATE + " 끝.")) == Orphan(reason="gone")


def test_a_note_on_the_second_of_equal_paragraphs_stands_on_the_one_that_is_left() -> None:
    anchor = Anchor(block=blocks(RATE, RATE)[1].id)
    assert find(anchor, blocks(OTHER, RATE)) == AnchorPlace(block=1, end=len(RATE))


def test_a_note_on_the_article_stands_on_the_article() -> None:
    assert anchor_of(blocks(RATE), "") == Anchor()
    assert find(Anchor(), ()) == AnchorPlace(block=None)


def test_white_space_of_a_quotation_does_not_count_but_in_code() -> None:
    texts = blocks(RATE, "a = 1\nb  = 2")
    assert words(find(on(texts, " 2.50%로\n  유지했다. "), texts), texts) == "0: 2.50%로 유지했다."
    assert words(find(on(texts, "1\nb  ="), texts), texts) == "1: 1\nb  ="
    assert isinstance(anchor_of(texts, "1 b ="), Message)


@pytest.mark.parametrize(
    ("quote", "hint", "expected"),
    [
        ("없는 말", "", "The words “없는 말” are not in the article. Copy them from the page as readers see it."),
        ("올랐다. 첫 배는", "", "The words “올랐다. 첫 배는” go over two paragraphs. Quote words of one paragraph."),
        (
            "물가가", "",
            (
                "The words “물가가” are there 2 times: paragraph 1 “….50%로 유지했다. 물가가 3% 올랐다.” "
                "and paragraph 2 “… 여섯 시에 떠난다. 물가가 오르면 배삯도 오른다…”. "
                "Quote some of the words around them too."
            ),
        ),
        ("", "abc-1", "There is no paragraph abc-1. Quote some of its words instead."),
        ("50%", "", "The words “50%” are there only as a part of a longer number. Quote the whole number."),
    ],
)  # fmt: skip
def test_words_that_name_no_place_are_answered_with_the_reason(quote: str, hint: str, expected: str) -> None:
    made = anchor_of(blocks(RATE, SHIP), quote, hint)
    assert isinstance(made, Message)
    assert speak(made, "en") == expected
    assert speak(made, "ko")


def test_the_paragraph_decides_which_of_equal_words_are_meant() -> None:
    texts = blocks(RATE, SHIP)
    made = anchor_of(texts, "물가가", texts[1].id)
    assert isinstance(made, Anchor)
    assert words(find(made, texts), texts) == "1: 물가가"


def test_a_part_of_a_word_can_be_quoted_where_it_stands_once() -> None:
    assert on(blocks("소비자물가가 올랐다"), "물가").before == "소비자"


TEXTS = st.lists(st.text(alphabet=st.sampled_from("가나 3.%a"), min_size=1, max_size=12).map(
    lambda text: " ".join(text.split())).filter(bool), min_size=1, max_size=5)  # fmt: skip


@given(TEXTS, st.data())
def test_a_note_on_any_words_stands_there_in_the_same_text(texts: list[str], data: st.DataObject) -> None:
    row = blocks(*texts)
    number = data.draw(st.integers(0, len(row) - 1))
    start = data.draw(st.integers(0, len(row[number].text) - 1))
    end = data.draw(st.integers(start + 1, len(row[number].text)))
    anchor = anchor_at(row, number, start, end)
    if anchor.quote == anchor.quote.strip():
        assert find(anchor, row) == AnchorPlace(block=number, start=start, end=end)


@given(TEXTS, TEXTS, st.data())
def test_what_is_found_has_exactly_the_words(before: list[str], after: list[str], data: st.DataObject) -> None:
    row, other = blocks(*before), blocks(*after)
    start = data.draw(st.integers(0, len(row[0].text) - 1))
    anchor = anchor_at(row, 0, start, data.draw(st.integers(start + 1, len(row[0].text))))
    found = find(anchor, other)
    if isinstance(found, AnchorPlace) and found.block is not None:
        assert other[found.block].text[found.start : found.end] == " ".join(anchor.quote.split())
