"""Phrases that must not be seen, and the search for them in whatever way they are written."""

from __future__ import annotations

import gzip
import json
import struct
import zlib
from collections.abc import Callable
from html import escape
from io import BytesIO
from unicodedata import normalize
from urllib.parse import quote
from zipfile import ZIP_DEFLATED, ZIP_LZMA, ZipFile

import pytest

from rows import each_row
from yoyak.check.output_words import words_of, words_of_file, words_of_markup
from yoyak.check.packed import MOST
from yoyak.check.withheld import Phrase, Search, pieces, secret, short_phrase
from yoyak.incremental.withheld_texts import words_of_source

Made = Callable[[], bytes]
TITLE = "비밀로 남겨 둔 Café 매각"
SEARCH = Search(short_phrase(TITLE, "title", "content/a.md"))


@each_row(
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


# --- what is compressed ---------------------------------------------------------------------------


def chunk(kind: bytes, data: bytes) -> bytes:
    """Return a chunk of a PNG."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def zipped(*members: tuple[str, bytes], kind: int = ZIP_DEFLATED) -> bytes:
    """Return a ZIP archive."""
    file = BytesIO()
    with ZipFile(file, "w", kind) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return file.getvalue()


def pdf(stream: bytes, words: bytes = b"/Filter /FlateDecode", more: bytes = b"") -> bytes:
    """Return the beginning of a PDF with one stream."""
    head = b"%PDF-1.7\n" + more + b"1 0 obj << /Length %d %s >>\nstream\n" % (len(stream), words)
    return head + stream + b"\nendstream endobj\n\xff\x00"


def woff(names: bytes) -> bytes:
    """Return a WOFF font with nothing but names."""
    packed = zlib.compress(names, 9)
    head = b"wOFF" + bytes(8) + struct.pack(">H", 1) + bytes(30)
    return head + b"name" + struct.pack(">IIII", 64, len(packed), len(names), 0) + packed


_PNG = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", bytes(13))
_WIDE = TITLE.encode("utf-16-be")
_RUNS = "".join(f"<w:r><w:t>{letter}</w:t></w:r>" for letter in TITLE)
PACKED = {
    "ztxt.png": _PNG + chunk(b"zTXt", b"Comment\0\0" + zlib.compress(TITLE.encode())),
    "itxt.png": _PNG + chunk(b"iTXt", b"Title\0\1\0ko\0\0" + zlib.compress(TITLE.encode())),
    "plain-itxt.png": _PNG + chunk(b"iTXt", b"Title\0\0\0ko\0\0" + TITLE.encode()),
    "map.svgz": gzip.compress(f"<svg><title>{TITLE}</title></svg>".encode()),
    "font.woff": woff(b"\0" * 18 + (_WIDE + b"\0\0") * 9),
    "stream.pdf": pdf(zlib.compress(f"<x:title>{TITLE}</x:title>".encode())),
    "title.pdf": pdf(b"", b"", more=b"<< /Title <FEFF" + _WIDE.hex().upper().encode() + b"> >>\n"),
    "wide.pdf": pdf(b"", b"", more=b"<< /Title (\xfe\xff" + _WIDE + b") >>\n"),
    "word.docx": zipped(("word/document.xml", f"<w:p>{_RUNS}</w:p>".encode())),
    "named.zip": zipped((f"{TITLE}.txt", b"")),
    "deep.zip": zipped(("a.zip", zipped(("b.docx", zipped(("c.xml", f"<p>{TITLE}</p>".encode())))))),
    "behind.jpg": b"\xff\xd8\xff\xe0\0" + zipped(("a.txt", TITLE.encode())),
    "odd.html": f"<p>\0{TITLE}</p>".encode(),
    "article.html": f"<title>%PDF-1.7 endobj</title><p>{TITLE[:9]}\n{TITLE[9:]}</p>".encode(),
}


@each_row("name", PACKED)
def test_words_are_found_in_what_is_compressed(name: str) -> None:
    assert {leak.phrase.what for leak in SEARCH.found(name, PACKED[name], "")} == {"title"}


def test_kerned_letters_of_a_pdf_are_found() -> None:
    search = Search(short_phrase("Secret lighthouse sale", "title", "content/a.md"))
    text = zlib.compress(b"BT [(Sec)-20(ret )14.5(lighthouse)-3( sale)] TJ ET")
    assert search.found("a.pdf", pdf(text), "")


LOCKED = zipped(("a.txt", b"x" * 90)).replace(b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01")


@pytest.mark.parametrize(
    ("name", "made", "why"),
    [
        ("bomb.svgz", lambda: gzip.compress(bytes(MOST + 1)), "large"),
        ("bomb.zip", lambda: zipped(("a", bytes(MOST + 1))), "large"),
        ("many.zip", lambda: zipped(*((f"{number}", b"") for number in range(2_001))), "large"),
        ("nest.zip", lambda: zipped(("1.zip", zipped(("2.zip", zipped(("3.zip", zipped(("4", b"x")))))))), "large"),
        ("bomb.png", lambda: _PNG + chunk(b"zTXt", b"x\0\0" + zlib.compress(bytes(MOST + 1))), "large"),
        ("bomb.pdf", lambda: pdf(zlib.compress(bytes(MOST + 1))), "large"),
        ("other.zip", lambda: zipped(("a", b"x" * 90), kind=ZIP_LZMA), "locked"),
        ("locked.zip", lambda: LOCKED, "locked"),
        ("locked.pdf", lambda: pdf(b"...", more=b"/Encrypt 5 0 R\n"), "locked"),
        ("cut.svgz", lambda: gzip.compress(b"<svg/>" * 999)[:30], "damaged"),
        ("bad.pdf", lambda: pdf(b"no stream"), "damaged"),
        ("bad.zip", lambda: zipped(("a", b"x" * 900))[9:], "damaged"),
    ],
)
def test_what_cannot_be_searched_is_reported_and_not_followed(name: str, made: Made, why: str) -> None:
    (leak,) = SEARCH.found(name, made(), "")
    assert leak.phrase == Phrase(f"unsearched.{why}", "unread", name)


@pytest.mark.parametrize(
    "data", [pdf(b"\xff\xd8", b"/Filter /DCTDecode"), zipped(("a.png", _PNG)), _PNG, woff(b"x" * 9), b""]
)
def test_what_has_nothing_is_searched_without_a_word(data: bytes) -> None:
    assert SEARCH.found("a.bin", data, "") == []
