"""SVG: a drawing passes, anything that could run or load does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from yoyak.text.svg import unsafe_part

CONTENT = Path(__file__).parents[2] / "content"
NS = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


def svg(inside: str, more: str = "") -> bytes:
    return f"<svg {NS} {more}>{inside}</svg>".encode()


@pytest.mark.parametrize(
    "data",
    [
        svg("<rect width='3' fill='url(#a)'/>"),
        svg("<use href='#a'/><use xlink:href=' #b'/>"),
        svg("<image href='data:image/png;base64,AAAA'/>"),
        svg("<style>rect{fill:url( '#a' )}</style><text>글 &amp; 그림</text>"),
        svg("<title>onload</title><desc>javascript:x</desc>"),
        svg("<i:view xmlns:i='http://www.inkscape.org/' i:x='1'/>"),
        b'<?xml version="1.0" encoding="utf-8"?>\n<!-- a comment -->\n' + svg(""),
        b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">' + svg(""),
        '<?xml version="1.0" encoding="utf-16"?><svg xmlns="http://www.w3.org/2000/svg"/>'.encode("utf-16"),
    ],
)
def test_a_drawing_passes(data: bytes) -> None:
    assert unsafe_part(data) == ""


@pytest.mark.parametrize(
    "data",
    [
        svg("<script/>"), svg("<SCRIPT/>"), svg("<foreignObject/>"), svg("<a href='#x'/>"), svg("<iframe/>"),
        svg("<h:script xmlns:h='http://www.w3.org/1999/xhtml'/>"), svg("<set attributeName='href'/>"),
        svg("<animate/>"), svg("<handler/>"), svg("<feImage/>"), svg("<script xmlns=''/>"),
        svg("", "onload='x'"), svg("<g ONCLICK='x'/>"), svg("<use href='https://t.example/a.svg#b'/>"),
        svg("<use xlink:href='data:image/svg+xml;base64,AA'/>"), svg("<image href='javascript:x'/>"),
        svg("<image href='//t.example/p.png'/>"), svg("<style>@import 'x';</style>"),
        svg("<style>@im&#112;ort 'x';</style>"), svg("<style><![CDATA[@im]]>port 'x'</style>"),
        svg("<style>a{b:url(//t.example)}</style>"), svg("<style>a{b:u\\72l(x)}</style>"),
        svg("<rect style='fill:url(http://t.example)'/>"), svg("<rect style='fill:\\75rl(x)'/>"),
        svg("<rect fill='url(http://t.example/a#b)'/>"), svg("<rect filter='URL( \"x.svg#a\" )'/>"),
        b"<?xml-stylesheet href='a.xsl' type='text/xsl'?>" + svg(""), svg("<?php echo 1 ?>"),
        b"<!DOCTYPE svg [<!ENTITY a 'b'>]>" + svg("&a;"), b"<!DOCTYPE svg [<!ENTITY % a SYSTEM 'b'>]>" + svg(""),
        svg("<g>")[:-6], b"", b"\0", b"GIF89a", svg("&undefined;"),
    ],
)  # fmt: skip
def test_what_is_more_than_a_drawing_is_named(data: bytes) -> None:
    assert unsafe_part(data)


def test_the_pictures_of_the_sample_site_are_drawings() -> None:
    found = {path.name: unsafe_part(path.read_bytes()) for path in CONTENT.rglob("*.svg")}
    assert {name: part for name, part in found.items() if part} == {}
