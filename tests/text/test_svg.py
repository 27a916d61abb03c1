"""SVG: a drawing passes, anything that could run or load does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from rows import each_row
from yoyak.containers import Metadata
from yoyak.messages.catalogue import speak
from yoyak.text.svg import read_svg, unsafe_part

CONTENT = Path(__file__).parents[2] / "content"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
ODD_ENCODINGS = "ucs-4 utf-7 rot13 hex base64 zlib cp037 iso-2022-kr x-user-defined iso-8859-8-i punycode".split()
NS = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


def svg(inside: str, more: str = "") -> bytes:
    return f"<svg {NS} {more}>{inside}</svg>".encode()


@each_row(
    "data",
    [
        svg("<rect width='3' fill='url(#a)'/>"),
        svg("<use href='#a'/><use xlink:href=' #b'/>"),
        svg("<image href='data:image/png;base64,AAAA'/>"),
        svg("<style>rect{fill:url( '#a' )}</style><text>글 &amp; 그림</text>"),
        svg("<title>onload</title><desc>javascript:x</desc>"),
        svg("<a href='https://example.org/' target='_blank'><rect/></a><a xlink:href='mailto:a@b.example'/>"),
        svg("<style>@media (min-width:1px){rect:not(.a){fill:rgb(1,2,3);transform:scale(calc(1 + 2))}}</style>"),
        svg("<style>@font-face{font-family:a;src:url(data:font/woff2;base64,AA==) format('woff2')}</style>"),
        svg("<filter id='f'><feImage href='#a'/></filter><rect style='cursor:pointer' filter='url(#f)'/>"),
        svg("<rect aria-label='f(x)' data-of='http://a.example' class='a:b' unknown='1 (2)'/>"),
        svg(f"<metadata><?xpacket begin=''?><r:RDF xmlns:r='{RDF}' r:about=''/></metadata>"),
        svg("<g>" * 255 + "</g>" * 255),
        b"<?xml version='1.0' encoding='windows-1252'?>" + svg("<text>\xe9</text>").decode().encode("cp1252"),
        svg("<i:view xmlns:i='http://www.inkscape.org/' i:x='1'/>"),
        b'<?xml version="1.0" encoding="utf-8"?>\n<!-- a comment -->\n' + svg(""),
        b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">' + svg(""),
        '<?xml version="1.0" encoding="utf-16"?><svg xmlns="http://www.w3.org/2000/svg"/>'.encode("utf-16"),
    ],
)
def test_a_drawing_passes(data: bytes) -> None:
    assert unsafe_part(data) == ""


@each_row(
    "data",
    [
        svg("<script/>"),
        svg("<SCRIPT/>"),
        svg("<foreignObject/>"),
        svg("<a href='x.html'/>"),
        svg("<iframe/>"),
        svg("<h:script xmlns:h='http://www.w3.org/1999/xhtml'/>"),
        svg("<set attributeName='href'/>"),
        svg("<animate/>"),
        svg("<handler/>"),
        svg("<feImage href='a.png'/>"),
        svg("<script xmlns=''/>"),
        svg("", "onload='x'"),
        svg("<g ONCLICK='x'/>"),
        svg("<use href='https://t.example/a.svg#b'/>"),
        svg("<use xlink:href='data:image/svg+xml;base64,AA'/>"),
        svg("<image href='javascript:x'/>"),
        svg("<image href='//t.example/p.png'/>"),
        svg("<style>@import 'x';</style>"),
        svg("<style>@im&#112;ort 'x';</style>"),
        svg("<style><![CDATA[@im]]>port 'x'</style>"),
        svg("<style>a{b:url(//t.example)}</style>"),
        svg("<style>a{b:u\\72l(x)}</style>"),
        svg("<rect style='fill:url(http://t.example)'/>"),
        svg("<rect style='fill:\\75rl(x)'/>"),
        svg("<rect fill='url(http://t.example/a#b)'/>"),
        svg("<rect filter='URL( \"x.svg#a\" )'/>"),
        b"<?xml-stylesheet href='a.xsl' type='text/xsl'?>" + svg(""),
        svg("<?php echo 1 ?>"),
        b"<!DOCTYPE svg [<!ENTITY a 'b'>]>" + svg("&a;"),
        b"<!DOCTYPE svg [<!ENTITY % a SYSTEM 'b'>]>" + svg(""),
        svg("<a href='javascript:x'/>"),
        svg("<a xlink:href=' java&#10;script:x'/>"),
        svg("<a href='data:text/html,x'/>"),
        svg("<style><g/>@import 'x';</style>"),
        svg("<style>@im<!-- -->port 'x';</style>"),
        svg("<style>@layer a;@x 'y';</style>"),
        svg("<style>a{b:image-set('x' 1x)}</style>"),
        svg("<style>a{b:-webkit-IMAGE-set('x' 1x)}</style>"),
        svg("<style>a{b:src('x')}</style>"),
        svg("<style>a{b:s\\72 c('x')}</style>"),
        svg("<style>a{b:new-thing('x')}</style>"),
        svg("<style>a{--x:url(x);b:var(--x)}</style>"),
        svg("<style>a{b:'/*';c:url(x);d:'*/'}</style>"),
        svg("<style>@font-face{src:url(x.woff2)}</style>"),
        svg("<style>a{cursor:url(x),auto}</style>"),
        svg("<s:style xmlns:s='http://www.w3.org/2000/svg'>@import 'x';</s:style>"),
        svg("<rect style='background:image-set(&quot;x&quot; 1x)'/>"),
        svg("<rect mask='url(x.svg#a)'/>"),
        svg("<rect cursor='url(x),auto'/>"),
        svg("<rect fill='u\\72l(x)'/>"),
        svg("<rect fill='&#117;rl(x)'/>"),
        svg("<rect poster='http://t.example'/>"),
        svg("<rect unknown='//t.example'/>"),
        svg("<rect unknown='URL(x)'/>"),
        svg("", "xml:base='http://t.example/'"),
        svg("<use xml:base='x' href='#a'/>"),
        svg("<g xmlns:s='http://www.w3.org/2000/svg' s:href='x'/>"),
        svg("<metadata><image href='x.png'/></metadata>"),
        svg("<q:z xmlns:q='urn:z'><script/></q:z>"),
        svg("<m:math xmlns:m='http://www.w3.org/1998/Math/MathML'/>"),
        svg("<x:include xmlns:x='http://www.w3.org/2001/XInclude' href='x'/>"),
        svg("<g xmlns:e='http://www.w3.org/2001/xml-events' e:event='load'/>"),
        b"<!DOCTYPE svg SYSTEM 'http://t.example/x.dtd'>" + svg(""),
        b"<!DOCTYPE svg [ ]>" + svg(""),
        *(f"<?xml version='1.0' encoding='{name}'?>".encode() + svg("") for name in ODD_ENCODINGS),
        svg("<g>" * 256),
        svg("<g>")[:-6],
        b"",
        b"\0",
        b"GIF89a",
        svg("&undefined;"),
    ],
)
def test_what_is_more_than_a_drawing_is_named(data: bytes) -> None:
    assert unsafe_part(data)


def shown(inside: str, more: str = "", metadata: Metadata = "remove") -> str:
    unsafe, data = read_svg(svg(inside, more), metadata)
    assert not unsafe
    assert read_svg(data, metadata) == ("", data)
    return data.decode()


def test_a_drawing_that_says_nothing_else_stays_as_it_is() -> None:
    data = svg("<rect  width = '3'/>\r\n<text xml:space='preserve'>a &#38; b</text>")
    assert read_svg(data, "remove") == ("", data)


def test_what_editors_keep_for_themselves_is_not_published() -> None:
    more = "xmlns:i='http://www.inkscape.org/namespaces/inkscape' i:export-filename='/home/kim/a.png' content='&lt;/>'"
    made = shown(
        "<!-- kim --><i:grid x='1'><rect/></i:grid><rect id='a' i:label='Kim' x='&quot;&lt;&#10;'/>"
        "<text> 1 &lt; 2 </text>",
        more,
    )
    assert made == f'<svg {NS}><rect id="a" x="&quot;&lt;&#10;"></rect><text> 1 &lt; 2 </text></svg>'


def test_metadata_of_a_drawing_are_taken_out_and_credit_stays_on_request() -> None:
    inside = (
        "<metadata xmlns:d='http://purl.org/dc/elements/1.1/' xmlns:g='urn:geo'><g:lat>35.1587</g:lat>"
        "<d:creator><d:title>Kim</d:title></d:creator><d:rights>(c) Lee</d:rights></metadata><rect/>"
    )
    assert shown(inside) == f"<svg {NS}><rect></rect></svg>"
    assert shown(inside, metadata="credit") == f"<svg {NS}><desc>Kim / (c) Lee</desc><rect></rect></svg>"
    assert "35.1587" in shown(inside, metadata="keep")


def test_a_drawing_in_another_encoding_is_published_in_utf_8() -> None:
    data = "<?xml version='1.0' encoding='utf-16'?>".encode("utf-16") + svg("<text>글</text>").decode().encode(
        "utf-16-le"
    )
    assert read_svg(data, "remove") == ("", f"<svg {NS}><text>글</text></svg>".encode())


@pytest.mark.slow
def test_a_drawing_has_a_bound_of_elements_and_of_depth() -> None:
    assert speak(unsafe_part(svg("<g/>" * 400_000))) == "more than 400,000 elements"
    assert speak(unsafe_part(b"<g>" * 4_000_000)) == "elements that lie more than 256 deep"


def test_the_first_finding_ends_the_reading() -> None:
    assert speak(unsafe_part(b"<svg>" + b"<x/>" * 10_000_000)) == "a <x> element"


def test_the_pictures_of_the_sample_site_are_drawings() -> None:
    found = {path.name: unsafe_part(path.read_bytes()) for path in CONTENT.rglob("*.svg")}
    assert {name: part for name, part in found.items() if part} == {}
