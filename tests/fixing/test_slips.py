"""One slip of the finger, and no more."""

from __future__ import annotations

from rows import each_row
from yoyak.fixing.case import nearest


@each_row(
    ("word", "known", "meant"),
    [
        ("titel", ("title", "tags"), "title"),  # two letters in each other's place
        ("tittle", ("title", "tags"), "title"),  # one too many
        ("tile", ("title", "tags"), "title"),  # one missing
        ("tetle", ("title", "tags"), "title"),  # another one
        ("Title ", ("title", "tags"), "title"),
        ("publish-at", ("publish_at",), "publish_at"),
        ("교통과 항반", ("교통과 항만",), "교통과 항만"),
        ("교톤과", ("교통과",), ""),  # of three syllables another one is another word
        ("car", ("cat", "cap"), ""),
        ("card", ("cart", "care"), ""),  # either
        ("unapproved", ("approved", "draft"), ""),
        ("ttiel", ("title",), ""),  # two slips
        ("", ("title",), ""),
        ("title", (), ""),
    ],
)
def test_a_word_is_what_it_is_one_slip_away_from(word: str, known: tuple[str, ...], meant: str) -> None:
    assert nearest(word, known) == meant


def test_short_words_are_mended_where_that_is_asked_for() -> None:
    assert (nearest("atl", ["alt", "src"]), nearest("atl", ["alt", "src"], shortest=3)) == ("", "alt")
