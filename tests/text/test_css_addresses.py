from __future__ import annotations

from rows import each_row
from yoyak.text.asset_addresses import css_addresses, css_string, put_css


@each_row(
    ("text", "found"),
    [
        ("a{background:url(a.png)}", ["a.png"]),
        ("a{background:URL( 'a.png' )}", ["a.png"]),
        ('a{background:url("a b.png")}', ["a b.png"]),
        (r"a{background:url(a\ b.png)}", ["a b.png"]),
        (r"a{background:url('\61 .png')}", ["a.png"]),
        (r'a{background:url("it\'s \"b\".png")}', ['it\'s "b".png']),
        ('@import "a.css";', ["a.css"]),
        ("@import 'a.css' screen;", ["a.css"]),
        ("@IMPORT/**/url(a.css) layer(base) supports(display: grid) screen;", ["a.css"]),
        ('@import url("a.css") layer;', ["a.css"]),
        ('@charset "utf-8"; @import"a.css";@import"b.css";', ["a.css", "b.css"]),
        ("a{b:image-set(\"a.png\" 1x, 'b.png' 2x)}", ["a.png", "b.png"]),
        ('a{b:-webkit-image-set(url(a.png) 1x, url("b.png") 2x)}', ["a.png", "b.png"]),
        ('a{b:image-set("a.avif" type("image/avif"), "a.png" type("image/png"))}', ["a.avif", "a.png"]),
        ('@font-face{src:url(a.woff2)format("woff2"),local("Nanum")}', ["a.woff2"]),
        ("a{b:url(a.svg#icon)}", ["a.svg#icon"]),
        ("/* url(a.png) @import 'a.css'; */ a{content:'url(b.png)'}", []),
        ("a[href='x.png']{content: \"@import 'y.css'\"}", []),
        ('@namespace svg "http://www.w3.org/2000/svg"; @supports (a: "b") {}', []),
        ("a{my-url(b); c: format('d')}", []),
        ("a{b:url(", []),
        ("/* never closed url(a.png)", []),
        ("a{b:url()}", []),
    ],
)
def test_the_addresses_of_a_style_sheet_are_found(text: str, found: list[str]) -> None:
    assert [address.written for address in css_addresses(text)] == found


def test_an_address_is_put_where_the_old_one_stood() -> None:
    text = "@import 'a.css' screen; b{c:url( d.png )}"
    for address in reversed(list(css_addresses(text))):
        text = text[: address.start] + put_css(address, "x.css") + text[address.end :]
    assert text == '@import "x.css" screen; b{c:url("x.css")}'


def test_a_text_in_quotes_reads_as_itself() -> None:
    written = css_string('a"b\\c')
    (address,) = css_addresses(f"@import {written};")
    assert address.written == 'a"b\\c'
