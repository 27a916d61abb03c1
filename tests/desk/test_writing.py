"""What a form of the desk asks for, on a real site."""

from __future__ import annotations

from pathlib import Path

import pytest

from review.test_builds import AT, KIM
from sites import SETTINGS, article, write_site
from yoyak.desk.board import board
from yoyak.desk.records import records
from yoyak.desk.writing import add
from yoyak.messages.errors import YoyakError

BODY = "The ferry sails at noon. In winter the ferry sails at seven."


def test_words_that_stand_twice_are_told_apart_by_what_was_selected_around_them(tmp_path: Path) -> None:
    write_site(tmp_path, {"content/a.md": article(BODY)}, SETTINGS)
    form = {"event": ["note"], "quote": ["ferry sails"], "before": ["noon. In winter the "], "after": [" at seven."]}
    with records(tmp_path, at=AT) as found:
        event = add(found, "content/a.md", {**form, "text": ["Really?"]}, KIM)
    assert event.anchor
    assert event.anchor.after == " at seven."


def test_what_goes_out_next_is_above_what_goes_out_later(tmp_path: Path) -> None:
    files = {
        f"content/{name}.md": article(title=name, date=day, status="review")
        for name, day in (("later", "2099-01-01"), ("next", "2024-07-11"), ("undated", None))
    }
    write_site(tmp_path, files, SETTINGS)
    with records(tmp_path, at=AT) as found:
        assert [row.title for row in board(found).rows] == ["next", "later", "undated"]


@pytest.mark.parametrize(
    ("field", "length"), [("text", 20_001), ("text", 33_000), ("instead", 2_001), ("quote", 2_001)]
)
def test_what_is_too_long_to_be_recorded_whole_is_not_recorded(tmp_path: Path, field: str, length: int) -> None:
    write_site(tmp_path, {"content/a.md": article("가" + "나" * 3_000)}, SETTINGS)
    form = {"event": ["note"], "text": ["Why?"], field: ["나" * length]}
    words = {"quote": ["가나"]} if field == "instead" else {}
    with records(tmp_path, at=AT) as found, pytest.raises(YoyakError):
        add(found, "content/a.md", {**form, **words}, KIM)
    assert not list(tmp_path.rglob("_reviews/**/*.yaml"))


def test_the_longest_note_is_recorded_whole(tmp_path: Path) -> None:
    write_site(tmp_path, {"content/a.md": article(BODY)}, SETTINGS)
    with records(tmp_path, at=AT) as found:
        assert add(found, "content/a.md", {"event": ["note"], "text": ["나" * 20_000]}, KIM).text == "나" * 20_000
