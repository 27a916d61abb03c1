"""A page in a bundle loads nothing: its links lead to pages of the bundle, its pictures are named, the rest goes."""

from __future__ import annotations

from rows import each_row
from yoyak.portable.packed_page import PackedPage, packed_page

FILES = {
    "index.html", "404.html", "tags/섬/index.html", "articles/ferry/index.html", "feed.xml", "assets/boat.svg",
    "assets/s.css", "assets/s.js",
}  # fmt: skip


def packed(body: str, head: str = "") -> PackedPage:
    html = f"<!doctype html><html lang=ko><head><title>Ferry · Site</title>{head}</head><body class=kind>{body}"
    return packed_page(html, "articles/ferry/index.html", FILES)


@each_row(
    ("address", "expected"),
    [
        ("../../index.html", ' href="#/"'),
        ("../../tags/%EC%84%AC/index.html", ' href="#/tags/%EC%84%AC/"'),
        ("../../tags/%EC%84%AC/index.html#둘", ' href="#/tags/%EC%84%AC/?%EB%91%98"'),
        ("../../404.html", ' href="#/404.html"'),
        ("index.html", ' href="#/articles/ferry/"'),
        ("index.html?page=2", ' href="#/articles/ferry/"'),
        ("#top", ' href="#top"'),
        ("https://elsewhere.example/", ' href="https://elsewhere.example/"'),
        ("mailto:desk@example.org", ' href="mailto:desk@example.org"'),
        ("../../feed.xml", ""),
        ("../../no/such.html", ""),
        ("../../../outside.html", ""),
        ("../../assets/boat.svg", ' data-picture="assets/boat.svg"'),
    ],
)
def test_a_link_leads_to_a_page_of_the_bundle_or_is_words(address: str, expected: str) -> None:
    assert packed(f'<a href="{address}">x</a>').html == f"<a{expected}>x</a>"


@each_row(
    ("body", "expected"),
    [
        ('<img src="../../assets/boat.svg" alt="A">', '<img alt="A" data-picture="assets/boat.svg">'),
        ('<img srcset="a.svg 2x" src="../../assets/boat.svg">', '<img data-picture="assets/boat.svg">'),
        ('<img src="data:image/gif;base64,R0">', '<img src="data:image/gif;base64,R0">'),
        ('<img src="https://e.example/a.png" alt="A">', '<a href="https://e.example/a.png">A</a>'),
        ('<img src="lost.png" alt="A">', "<a>A</a>"),
        ('<iframe src="https://e.example/v" title="V"></iframe>', '<a href="https://e.example/v">V</a>'),
        ("<iframe srcdoc='<b>x</b>' title=V></iframe>", "<a>V</a>"),
        ('<video src="a.mp4"><source src="b.mp4"></video>', "<a>a.mp4</a>"),
        ('<object data="https://e.example/o">x</object>', '<a href="https://e.example/o">https://e.example/o</a>'),
        ('<p style="color: red" onclick="f()">x</p>', '<p data-style="color: red">x</p>'),
        ('<form action="/find/"><button formaction="b">x</button></form>', "<form><button>x</button></form>"),
        ("<script>f()</script><style>a{}</style><noscript><img src=x></noscript>", ""),
        ('<link rel="stylesheet" href="../../assets/s.css">', ""),
        ('<svg><use href="#a"></use><use href="b.svg#a"></use></svg>', '<svg><use href="#a"></use><use></use></svg>'),
        (
            '<svg><image href="../../assets/boat.svg"/></svg>',
            '<svg><image data-picture="assets/boat.svg"></image></svg>',
        ),
        ('<svg><a xlink:href="javascript:f()">x</a></svg>', "<svg><a>x</a></svg>"),
        ("<template><img src=a.png onerror=f()></template>", "<template><img></template>"),
        ("<pre>\n\nx</pre>", "<pre>\n\nx</pre>"),
    ],
)
def test_what_would_load_something_is_named_or_a_link(body: str, expected: str) -> None:
    assert packed(body).html == expected


def test_a_page_says_what_belongs_to_it() -> None:
    found = packed(
        '<img src="../../assets/boat.svg"><script src="../../assets/s.js" defer></script><script>inline()</script>',
        '<link rel="stylesheet" media="print" href="../../assets/s.css"><style>a { color: red }</style>'
        '<link rel="stylesheet" href="https://e.example/s.css"><script type="module" src="../../assets/s.js"></script>'
        '<link rel="icon" href="../../assets/boat.svg"><meta property="og:title" content="Ferry">',
    )
    assert found.title == "Ferry · Site"
    assert found.name == "Ferry"
    assert found.language == "ko"
    assert found.body == {"class": "kind"}
    assert found.pictures == ("assets/boat.svg",)
    assert found.scripts == ("assets/s.js",)
    assert found.icon == "assets/boat.svg"
    assert found.styles == (
        ("assets/s.css", "", "print"),
        ("articles/ferry/index.html", "a { color: red }", ""),
    )


def test_an_old_address_leads_on() -> None:
    found = packed("old", '<meta http-equiv="refresh" content="0; url=../../tags/%EC%84%AC/index.html#둘">')
    assert (found.leads_to, found.html, found.name) == ("#/tags/%EC%84%AC/?%EB%91%98", "", "")
