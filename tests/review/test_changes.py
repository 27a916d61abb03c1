"""What changed between two readings of an article."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs
from tests.review.texts import seen
from tests.work import calls_of

from yoyak.messages.catalogue import speak
from yoyak.model.review import Seen, TextBlock
from yoyak.review.changes import NAMED, BlockChange, changes, first_words

RATE = "기준금리를 2.50%로 유지했다고 한국은행이 말했다"
PRICE = "물가는 3% 올랐고 수출은 늘었다"
END = "셋째 문단의 글은 여기에서 끝난다"
PARAGRAPHS = st.lists(
    st.sampled_from([RATE, RATE.replace("2.50", "2.75"), PRICE, END, END + "고 한다", "", "가"]), max_size=9
)


def kinds(before: Seen, after: Seen) -> list[tuple[str, int | None]]:
    return [(change.kind, change.was) for change in changes(before, after).blocks]


def test_a_paragraph_with_another_number_is_changed_and_the_others_are_the_same() -> None:
    after = seen(RATE.replace("2.50", "2.75"), PRICE)
    assert kinds(seen(RATE, PRICE), after) == [("changed", 0), ("same", 1)]


def test_a_paragraph_that_went_elsewhere_has_moved() -> None:
    assert kinds(seen(RATE, PRICE, END), seen(END, RATE, PRICE)) == [("moved", 2), ("same", 0), ("same", 1)]


def test_a_moved_paragraph_may_have_changed_too() -> None:
    found = changes(seen(RATE, PRICE, END, "가"), seen(PRICE, END, "가", RATE.replace("2.50", "2.75"))).blocks[-1]
    assert (found.kind, found.moved, found.was) == ("changed", True, 0)


def test_a_removed_paragraph_stands_where_it_stood() -> None:
    assert kinds(seen(RATE, PRICE, END), seen(RATE, END)) == [("same", 0), ("removed", 1), ("same", 2)]


def test_of_equal_paragraphs_one_is_removed_and_none_has_moved() -> None:
    assert kinds(seen(END, RATE, END), seen(RATE, END)) == [("removed", 0), ("same", 1), ("same", 2)]


def test_rows_of_a_table_in_which_all_numbers_changed_are_changed_rows() -> None:
    before = [f"한국 수출 {number} 달러 증가" for number in range(100, 180)]
    after = [f"한국 수출 {number} 달러 증가" for number in range(200, 280)]
    assert kinds(seen(*before), seen(*after)) == [("changed", number) for number in range(80)]


def test_a_link_to_another_place_is_a_change_of_the_markup() -> None:
    before = seen(RATE)
    block = structs.replace(before.blocks[0], line=f'p: <a href="https://b.example/">{RATE}</a>')
    found = changes(before, structs.replace(before, blocks=(block,))).blocks[0]
    assert found.kind == "changed"
    assert all(piece.same for piece in found.words)
    assert not all(piece.same for piece in found.markup)


def test_another_picture_in_the_same_place_is_a_change_of_the_markup() -> None:
    one, other = (TextBlock(id="e3b0c442-1", path="figure", text="", line=f'figure: <img src="{n}.png">') for n in "ab")
    before, after = (Seen(digest="", fields=(), blocks=(block,)) for block in (one, other))
    assert [change.kind for change in changes(before, after).blocks] == ["changed"]


def test_a_field_with_several_values_changes_as_one() -> None:
    before = Seen(digest="", fields=(("title", "가"), ("tag", "배"), ("tag", "섬")), blocks=())
    after = Seen(digest="", fields=(("title", "가"), ("tag", "배"), ("tag", "안개")), blocks=())
    (found,) = changes(before, after).fields
    assert (found.name, [piece.after for piece in found.words]) == ("tag", ["배\n", "안개"])


@given(PARAGRAPHS, PARAGRAPHS)
def test_the_changes_give_one_text_from_the_other_and_back(before: list[str], after: list[str]) -> None:
    one, other = seen(*before), seen(*after)
    found = changes(one, other).blocks
    assert tuple(change.after for change in found if change.after) == other.blocks
    old = sorted((change for change in found if change.was is not None), key=lambda change: change.was or 0)
    assert tuple(change.before for change in old) == one.blocks
    for change in found:
        assert "".join(piece.before for piece in change.words) == (change.before.text if change.before else "")
        assert "".join(piece.after for piece in change.words) == (change.after.text if change.after else "")


@given(PARAGRAPHS, PARAGRAPHS)
def test_what_has_not_moved_stands_in_its_order(before: list[str], after: list[str]) -> None:
    found = [
        c.was for c in changes(seen(*before), seen(*after)).blocks if c.was is not None and c.after and not c.moved
    ]
    assert found == sorted(found)


@given(PARAGRAPHS)
def test_nothing_changed_when_nothing_changed(texts: list[str]) -> None:
    found = changes(seen(*texts, title="가"), seen(*texts, title="가"))
    assert not found
    assert all(isinstance(change, BlockChange) and change.kind == "same" for change in found.blocks)
    assert speak(first_words(found), "en") == "nothing changed"


def test_a_thousand_paragraphs_written_anew_cost_little() -> None:
    before, after = ([f"{mark}{n % 40} 말 글 {mark}{n % 7} 문단 {n}" for n in range(1000)] for mark in "가나")
    assert calls_of(lambda: changes(seen(*before), seen(*after))) < 2_000_000


def test_paragraphs_are_counted_by_what_became_of_them() -> None:
    found = changes(
        seen(RATE, PRICE, title="물가가 올랐다"), seen(RATE.replace("2.50", "2.75"), "새 글", title="물가는 올랐다")
    )
    assert speak(first_words(found), "en").endswith("1 paragraph changed; 1 paragraph added; 1 paragraph removed")


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", "title: 물가[가→는]; 1 paragraph changed; 1 paragraph moved"),
     ("ko", "제목: 물가[가→는]; 바뀐 문단 1개; 자리를 옮긴 문단 1개")],
)  # fmt: skip
def test_one_line_says_what_changed(language: str, expected: str) -> None:
    before = seen(RATE, PRICE, END, title="물가가 올랐다")
    after = seen(END, RATE.replace("2.50", "2.75"), PRICE, title="물가는 올랐다")
    assert speak(first_words(changes(before, after)), language) == expected


def test_one_line_shows_the_first_words_of_a_paragraph_when_no_field_changed() -> None:
    found = changes(seen(RATE, PRICE), seen(RATE.replace("2.50", "2.75"), PRICE))
    assert speak(first_words(found), "en") == "1 paragraph changed: [2.50%→2.75%]"


def test_every_named_field_has_a_name_in_both_languages() -> None:
    for name in NAMED:
        before, after = (Seen(digest="", fields=((name, value),), blocks=()) for value in ("가", "나"))
        words = first_words(changes(before, after))
        assert speak(words, "en").endswith(": [가→나]")
        assert speak(words, "ko").endswith(": [가→나]")
