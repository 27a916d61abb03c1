"""The captures in tests/captures/: each is read as its golden reading says, which a person has checked."""

from __future__ import annotations

from capture_readings import CAPTURES, capture_names, reading_file, reading_of
from rows import each_row


@each_row("name", capture_names())
def test_a_capture_is_read_as_its_golden_reading(name: str) -> None:
    assert reading_of(name) == reading_file(name).read_text(encoding="utf-8")


def test_there_are_enough_captures_and_a_reading_of_each() -> None:
    names = capture_names()
    assert len(names) >= 40
    readings = {path.name.removesuffix(".reading.txt") for path in CAPTURES.glob("*.reading.txt")}
    assert readings == set(names)
