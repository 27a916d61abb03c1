"""Saved pages that are built to harm: read in little time, without a crash, with all of their article."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readers.worlds import PARAGRAPHS, around
from work import calls_of
from yoyak.model.sources import Reading
from yoyak.readers.saved_page.guard import tamed
from yoyak.readers.saved_page.read import read_saved_page
from yoyak.readers.saved_page.tree import page_tree, text_of_nodes

CALLS_A_CHARACTER = 40
"""Twice what the worst of these pages takes."""
PROSE = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
HOSTILE = {
    "deep": "<div>" * 100_000,
    "deep-and-closed": "<section>" * 50_000 + "x" + "</section>" * 50_000,
    "deep-lists": "<ul><li>" * 50_000,
    "deep-tables": "<table><tr><td>" * 30_000,
    "tables-in-tables": "<table><tr><td>a</td><td>b</td></tr><tr><td>" * 3_000,
    "open-emphasis": "".join(f"<b a={n}>" for n in range(20_000)),
    "open-emphasis-in-paragraphs": "".join(f"<p><b a={n}>x" for n in range(3_000)),
    "attributes": "<div " + " ".join(f"a{n}=1" for n in range(100_000)) + ">x",
    "open-tags": "<a " * 300_000,
    "open-comments": "<p>x</p><!--" * 20_000,
    "open-scripts": "<script>" * 30_000,
    "open-noscripts": "<noscript><p>" * 30_000,
    "references": "&amp;lt;&am" * 60_000,
    "cells": "<table>" + ("<tr>" + "<td>cell</td>" * 20 + "</tr>") * 1_000 + "</table>",
    "captions": "<div class=caption>x<img src=a.jpg>" * 3_000,
    "headings": "<h1>t</h1>" * 20_000,
    "bars": "<title>" + "a | " * 30_000 + "</title>",
    "notices": "<p>© 2024 x</p>" * 20_000,
    "json-brackets": '<script type="application/ld+json">' + "[" * 100_000 + "</script>",
    "states": "<script>" + "window.__A__ = {" * 30_000 + "</script>",
    "pushes": '<script>self.__next_f.push([1,"' + "[[" * 50_000 + '"])</script>',
    "srcset": '<img srcset="' + "a.jpg 1x, " * 50_000 + '">',
    "picture-in-text": '<img src="data:image/png;base64,' + "A" * 3_000_000 + '">',
}


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_a_hostile_page_is_read_with_little_work_and_keeps_its_article(name: str) -> None:
    page = f"<!DOCTYPE html><html><body><h1>제목</h1><div>{PROSE}</div>{HOSTILE[name]}</body></html>"
    readings: list[Reading] = []
    calls = calls_of(lambda: readings.append(read_saved_page(page, around("content/a.html"))))
    assert calls < CALLS_A_CHARACTER * len(page)
    (reading,) = readings
    assert [block.text for block in reading.blocks][: len(PARAGRAPHS)] == list(PARAGRAPHS)


@pytest.mark.slow
def test_a_page_ten_times_as_long_is_not_much_more_than_ten_times_the_work() -> None:
    def calls(times: int) -> int:
        page = f"<div>{PROSE}</div>" + "<ul><li><div class=card>x <a href=/>y</a></div>" * times
        return calls_of(lambda: read_saved_page(page, around("content/a.html")))

    assert calls(5_000) < 12 * calls(500)


@given(
    st.lists(
        st.sampled_from(["<div>", "</div>", "<p>", "</p>", "<b>", "</b>", "<td>", "<table>", "낱말 ", "<!--", "-->"])
    )
)
def test_pages_that_people_could_have_written_are_parsed_as_they_are(parts: list[str]) -> None:
    page = "".join(parts)
    if page.rfind("<!--") <= page.rfind("-->"):
        assert tamed(page) == page


@given(st.integers(1, 40))
def test_no_word_is_lost_below_the_deepest_level(levels: int) -> None:
    page = "".join(f"<div>낱말{n}" for n in range(levels * 50))
    assert text_of_nodes([page_tree(page).root]).split() == [f"낱말{n}" for n in range(levels * 50)]


def test_a_comment_that_never_ends_hides_no_text() -> None:
    reading = read_saved_page(f"<!-- begins <div>{PROSE}</div>", around("content/a.html"))
    assert [block.text for block in reading.blocks] == list(PARAGRAPHS)


def test_a_site_without_saved_pages_loads_no_parser() -> None:
    imports = "import sys, yoyak.readers.source, yoyak.readers.article"
    code = f"{imports}; print('selectolax' in sys.modules, 'bs4' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert told.split() == ["False", "False"]
