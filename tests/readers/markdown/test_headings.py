"""The ids of headings."""

from __future__ import annotations

import pytest

from yoyak.readers.markdown.body import anchor


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("Main", "main-2"),
        ("Section 1", "section-1-2"),
        ("Chart 1", "part-chart-1"),
        ("chart module", "part-chart-module"),
    ],
)
def test_a_heading_never_has_an_id_of_a_template(words: str, wanted: str) -> None:
    assert anchor(words, {}) == wanted
