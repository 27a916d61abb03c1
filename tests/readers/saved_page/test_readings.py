"""The saved pages of tests/saved_pages/ are read as a person checked: ``python -m tests.update`` writes them anew."""

from __future__ import annotations

import re
from html import unescape

import pytest

from page_readings import page_names, read_page, reading_file, reading_of
from yoyak.text.sanitize import sanitize


@pytest.mark.parametrize("name", page_names())
def test_a_saved_page_is_read_as_a_person_checked(name: str) -> None:
    assert reading_of(name) == reading_file(name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", page_names())
def test_a_body_keeps_its_words_on_its_way_through_the_door(name: str) -> None:
    reading = read_page(name)
    words = unescape(re.sub("<[^>]+>", "", sanitize(reading.html).replace("<br>", " ")))
    for block in reading.blocks:
        if block.kind in ("paragraph", "heading"):
            assert [word for word in block.text.split() if word not in words] == []


def test_there_are_enough_pages_and_no_reading_without_its_page() -> None:
    assert len(page_names()) >= 25
    assert {path.name.split(".")[0] for path in reading_file("x").parent.glob("*.reading.txt")} == set(page_names())
