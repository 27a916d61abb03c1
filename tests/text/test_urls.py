"""Addresses: quoted once, joined, and understood."""

from __future__ import annotations

from unicodedata import normalize
from urllib.parse import quote, unquote, urlsplit

from hypothesis import example, given
from hypothesis import strategies as st

from rows import each_row
from yoyak.text.urls import (
    PLAIN_WEB,
    beside,
    has_scheme,
    is_web_address,
    old_address,
    output_path,
    page_url,
    quote_path,
)

BASE = "https://example.org/digest/"


def test_a_path_is_quoted_once() -> None:
    assert quote_path("articles/소버린 AI/") == "articles/%EC%86%8C%EB%B2%84%EB%A6%B0%20AI/"
    assert quote_path("a%b?c#d") == "a%25b%3Fc%23d"


@given(st.text(st.characters(blacklist_categories=["Cs"])))
def test_quoting_loses_nothing_but_the_normal_form(text: str) -> None:
    assert quote_path(unquote(quote_path(text))) == quote_path(text)
    assert quote_path(text).isascii()
    assert quote_path(text) == quote(normalize("NFC", text), safe="/-._~!$&'()*+,;=:@")


def test_a_page_has_an_address_and_a_path() -> None:
    assert page_url("/digest/", "tags", "가") == "/digest/tags/%EA%B0%80/"
    assert output_path("tags", "\u1100\u1161") == "tags/가/index.html"
    assert (page_url("/"), output_path()) == ("/", "index.html")


@each_row(
    ("address", "known"),
    [
        ("https://a.example/", True),
        ("javascript:alert(1)", True),
        ("java\nscript:alert(1)", True),
        ("\u200bjavascript:x", True),
        (" \x01data:x", True),
        ("mailto:a@b", True),
        ("a/b:c", False),
        ("/a:b", False),
        ("#a:b", False),
        ("기사:하나", False),
        ("", False),
    ],
)
def test_a_scheme_is_found_behind_what_browsers_ignore(address: str, known: bool) -> None:
    assert has_scheme(address) == known


@each_row(
    ("address", "known"),
    [
        ("https://news.example/가?b=c#d", True),
        ("http://localhost:8000", True),
        ("https://", False),
        ("https:///x", False),
        ("//a.example/", False),
        ("ftp://a.example/", False),
        ("https://a b.example/", False),
        ('https://a.example/"x', False),
        ("https://[::1", False),
        ("javascript://a.example/%0aalert(1)", False),
    ],
)
def test_a_web_address_names_a_host(address: str, known: bool) -> None:
    assert is_web_address(address) == known


@each_row(
    ("written", "target"),
    [
        ("b.md", "content/2024/b.md"),
        ("../b.md", "content/b.md"),
        ("./x/../b.md", "content/2024/b.md"),
        ("%EA%B0%80.svg", "content/2024/가.svg"),
        ("\u1100\u1161.svg", "content/2024/가.svg"),
        ("../../site.yaml", ""),
        ("../../../etc/passwd", ""),
        ("%2e%2e/%2e%2e/site.yaml", ""),
        ("..", ""),
    ],
)
def test_a_relative_address_never_climbs_out_of_content(written: str, target: str) -> None:
    assert beside("content/2024/a.md", written) == target


@each_row(
    ("written", "parts"),
    [
        ("/2023/old-name/", ("2023", "old-name")),
        ("2023/old.html", ("2023", "old.html")),
        ("/digest/2023/x", ("2023", "x")),
        ("/digestive/x", ("digestive", "x")),
        ("https://example.org/digest/2023/x", ("2023", "x")),
        ("/%EC%98%9B/", ("옛",)),
        ("/\u110b\u1168\u11ba/", ("옛",)),
        ("//a//b//", ("a", "b")),
        (" /a b/ ", ("a b",)),
    ],
)
def test_an_old_address_is_understood_however_it_is_written(written: str, parts: tuple[str, ...]) -> None:
    assert old_address(written, BASE) == parts


@each_row(
    "written",
    ["", "/", "/digest/", "https://example.org/digest/", "/..", "/a/../b", "/%2e%2e/a", "/a/%2E%2e/b", "/.git/config",
     "/a%00b", "/a%0ab", "/a\\b", "/%ff", "/?p=1", "/a#b", "https://other.example/a", "javascript:alert(1)",
     "/" + "x" * 201, "/" + "/x" * 500, "/\u200b/"],
)  # fmt: skip
def test_what_cannot_be_a_path_is_no_old_address(written: str) -> None:
    assert old_address(written, BASE) is None


@given(st.text())
@example("/%252e%252e/x")
def test_an_old_address_is_always_inside_the_site(written: str) -> None:
    for part in old_address(written, BASE) or ():
        assert part not in ("", ".", "..")
        assert "/" not in part
        assert "\0" not in part


@each_row("host", ["example.org", "a", "img.example.org", "www.example.org", "1.2.3.4", "a-b.kr"])
@each_row("rest", ["", "/", "/a@b:1?x#y", "/가 나", "?a", ":80/a", "#a", "/[a]"])
def test_a_plain_web_address_names_its_host(host: str, rest: str) -> None:
    url = f"https://{host}{rest}"
    plain = PLAIN_WEB.fullmatch(url)
    assert plain is None or plain[1] == urlsplit(url).hostname
