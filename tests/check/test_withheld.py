"""Phrases that must not be seen, and the search for them in whatever way they are written."""

from __future__ import annotations

import json
from html import escape
from unicodedata import normalize
from urllib.parse import quote

import pytest

from yoyak.check.output_words import words_of, words_of_file, words_of_markup
from yoyak.check.withheld import Phrase, Search, pieces, secret, short_phrase
from yoyak.incremental.withheld_texts import words_of_source

TITLE = "비밀로 남겨 둔 Café 매각"
SEARCH = Search(short_phrase(TITLE, "title", "content/a.md"))


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("a.html", f"<h1>{TITLE}</h1>".encode()),
        ("a.html", f"<h1>{normalize('NFD', TITLE)}</h1>".encode()),
        ("a.html", f"<h1>{TITLE.upper()}</h1>".encode()),
        ("a.html", "".join(f"&#x{ord(c):x};" for c in TITLE).encode()),
        ("a.html", "<p><b>비밀</b>로\n <i>남겨</i>&nbsp;둔 <a href='/x/'>Caf&eacute;</a> 매&shy;각</p>".encode()),
        ("a.html", f'<img alt="{TITLE}">'.encode()),
        ("a.html", f"<p>x</p><!-- {TITLE} -->".encode()),
        ("feed.xml", escape(escape(f"<p>{TITLE}</p>")).encode()),
        ("a.json", json.dumps({"t": TITLE}).encode()),
        ("a.html", f"<script type=application/ld+json>{json.dumps({'t': escape(TITLE)})}</script>".encode()),
        ("a.html", f'<a href="https://x.example/?u={quote(quote(TITLE))}">'.encode()),
        (f"{quote(TITLE.replace(' ', '-'))}/index.html", b""),
        (f"{TITLE.replace(' ', '_')}.txt", b""),
        ("_redirects", f"/{quote('-'.join(TITLE.split()))}/ /x/ 301".encode()),
        ("a.css", "".join(f"\\{ord(c):x} " for c in TITLE).encode()),
        ("a.js", "".join(f"\\u{{{ord(c):x}}}" for c in TITLE).encode()),
        ("a.html", f"<p>#{TITLE.replace(' ', '')}</p>".encode()),
        ("a.png", b"\x89PNG\r\n\x1a\n\x00\x00\x00\x10tEXtTitle\x00" + TITLE.encode() + b"\xff\x00"),
        ("a.jpg", b"\xff\xd8\xff\xe1\x00\x20Exif\x00\x00" + TITLE.encode("utf-16-le") + b"\x00\x00\xff\xd9"),
    ],
)
def test_words_are_found_however_they_are_written(path: str, data: bytes) -> None:
    assert [leak.output for leak in SEARCH.found(path, data, "")] == [path]


@pytest.mark.parametrize(
    "text", ["비밀로 남겨 둔 것", "<p>비밀로 남겨</p><p>둔 Café 매각</p>", "남겨 둔 Café 매각 비밀로"]
)
def test_other_words_are_not_found(text: str) -> None:
    assert SEARCH.found("a.html", text.encode(), "") == []


@pytest.mark.parametrize("common", ["AI", "2024", "2024-07-03", "인사", "go", ""])
def test_common_words_are_not_searched_for(common: str) -> None:
    assert not [*short_phrase(common, "title", "content/a.md")]


def test_any_long_part_of_a_text_is_found() -> None:
    words = [f"낱말{number}번" for number in range(400)]
    search = Search(pieces(words, "text", "content/a.md"))
    for start in range(0, 380, 7):
        assert search.in_words(words[start : start + 20]), start


def test_chinese_and_japanese_need_no_spaces() -> None:
    search = Search(short_phrase("灯塔重新点亮", "title", "content/a.md"))
    assert search.found("a.html", "市府说灯塔重新点亮了。".encode(), "")


def test_a_picture_is_known_by_its_bytes() -> None:
    search = Search([Phrase("abc", "picture", "content/a.md")])
    assert search.found("assets/renamed.png", b"...", "abc")
    assert not search.found("assets/renamed.png", b"...", "abd")


def test_what_is_public_is_no_secret_and_is_named() -> None:
    leaks = SEARCH.found("a.html", TITLE.encode(), "")
    assert secret(leaks, [("x", ["other"]), ("site.yaml", words_of_file("", TITLE.encode()))]) == (
        [],
        {leaks[0].phrase.words: "site.yaml"},
    )
    assert secret(leaks, [("x", ["other"])]) == (leaks, {})


@pytest.mark.parametrize("sign", ["<!--", "%%", "](", "<script>", "<h1>", "<", "&amp", "\\u00", "%eb"])
def test_words_are_found_in_one_pass_whatever_is_never_closed(sign: str) -> None:
    source = sign * (400_000 // len(sign))
    assert len(words_of_markup(source)) >= 0
    assert len(words_of_source(source)) >= 0


def test_marks_piled_on_a_letter_cost_no_more_than_a_text() -> None:
    assert words_of("a" + "\u0323\u0301" * 200_000)
