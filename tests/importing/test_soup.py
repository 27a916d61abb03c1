"""Soups: there is one of any markup, and its words are those that a browser shows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yoyak.importing.pieces import tree


@pytest.mark.parametrize("odd", ["<![>", "<![nonsense[>", "<![ CDATA[>", "<![가>", "<![&#60;>"])
def test_words_beside_an_odd_declaration_stay(odd: str) -> None:
    assert tree(f"<p>앞{odd}뒤</p>").get_text() == "앞뒤"


@given(st.text("<>![]-CDATAifp/ \"'&;", max_size=40))
def test_there_is_a_soup_of_any_markup(markup: str) -> None:
    tree(markup)


def test_markup_that_is_taken_as_it_is_stays_so() -> None:
    markup = "<p>a<!-- <![x]> --><b>c</b></p>"
    assert str(tree(markup)) == markup
