"""Addresses of finished pages, style sheets and scripts become relative, wherever they are written; others stay."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from rows import each_row
from yoyak.model.types import Output
from yoyak.portable.page import portable

BASE = "https://digest.example.org/below/"
PATH = "articles/ferry/index.html"


def page(html: str, path: str = PATH, base_url: str = BASE) -> str:
    url = "/" + base_url.split("/", 3)[3] + path.removesuffix("index.html")
    return portable(Output(path=path, data=html.encode()), url, base_url).data.decode()


def written(address: str, **place: str) -> str:
    tree = LexborHTMLParser(page(f'<a href="{address}">x</a>', **place))
    link = tree.css_first("a")
    assert link is not None
    return link.attributes["href"] or ""


@each_row(
    ("address", "expected"),
    [
        ("/below/", "../../index.html"),
        ("/below/themes/", "../../themes/index.html"),
        ("/below/themes/#ai", "../../themes/index.html#ai"),
        ("/below/themes/?a=1&amp;b=2#ai", "../../themes/index.html?a=1&b=2#ai"),
        ("/below/404.html", "../../404.html"),
        ("/below/feed.xml", "../../feed.xml"),
        ("/below/articles/ferry/", "index.html"),
        ("/below/articles/ferry/#top", "#top"),
        ("/below/articles/ferry/photo.svg", "photo.svg"),
        ("#top", "#top"),
        ("", ""),
        ("/below/tags/섬/", "../../tags/%EC%84%AC/index.html"),
        ("/below/tags/%EC%84%AC/", "../../tags/%EC%84%AC/index.html"),
        ("/below/tags/%ec%84%ac/#%ed%95%9c", "../../tags/%EC%84%AC/index.html#%ed%95%9c"),
        ("/below/tags/who%3F/", "../../tags/who%3F/index.html"),
        ("/below/tags/c%23/", "../../tags/c%23/index.html"),
        ("/below/tags/100%25/", "../../tags/100%25/index.html"),
        ("/below/a%FF/", "../../a%FF/index.html"),
        ("/below/articles/ferry/a:b/", "./a:b/index.html"),
        ("https://digest.example.org/below/about/", "../../about/index.html"),
        ("HTTPS://Digest.Example.org:443/below/about/", "../../about/index.html"),
        ("//digest.example.org/below/about/", "../../about/index.html"),
        (" /below/about/\n", "../../about/index.html"),
        ("\\below\\about\\", "../../about/index.html"),
        ("../../about/", "../../about/index.html"),
        ("../../about/index.html", "../../about/index.html"),
        ("photo.svg", "photo.svg"),
        ("?page=2", "index.html?page=2"),
        ("https://elsewhere.example/a/", "https://elsewhere.example/a/"),
        ("//elsewhere.example/a/", "https://elsewhere.example/a/"),
        ("/outside/", "https://digest.example.org/outside/"),
        ("https://digest.example.org/outside/", "https://digest.example.org/outside/"),
        ("mailto:desk@example.org", "mailto:desk@example.org"),
        ("data:text/plain,/below/", "data:text/plain,/below/"),
        ("http://[broken/", "http://[broken/"),
    ],
)
def test_an_address_is_written_from_its_own_page(address: str, expected: str) -> None:
    assert written(address) == expected


def test_a_page_at_the_top_names_its_files_directly() -> None:
    assert written("/below/themes/", path="index.html") == "themes/index.html"
    assert written("/below/a:b/", path="404.html") == "./a:b/index.html"


@each_row(
    ("html", "expected"),
    [
        ('<img src="/below/a.svg">', 'src="../../a.svg"'),
        ('<img srcset="/below/a.svg 1x, /below/b,c.svg 2x">', 'srcset="../../a.svg 1x, ../../b,c.svg 2x"'),
        ('<img srcset="/below/a.svg, /below/b.svg 640w">', 'srcset="../../a.svg, ../../b.svg 640w"'),
        ('<img srcset=" , /below/a.svg 1x,\u00a0,">', 'srcset="../../a.svg 1x, %C2%A0"'),
        ('<link rel="preload" as="image" imagesrcset="/below/a.svg 2x">', 'imagesrcset="../../a.svg 2x"'),
        ('<form action="/below/find/"><button formaction="/below/b/">', 'formaction="../../b/index.html"'),
        ('<video poster="/below/a.svg"></video>', 'poster="../../a.svg"'),
        ('<object data="/below/a.svg"></object>', 'data="../../a.svg"'),
        ('<blockquote cite="/below/b/">q</blockquote>', 'cite="../../b/index.html"'),
        ('<svg><use href="/below/i.svg#x"></use></svg>', 'href="../../i.svg#x"'),
        ('<svg><image xlink:href="/below/i.svg"></image></svg>', 'xlink:href="../../i.svg"'),
        ('<svg><rect fill="url(/below/i.svg#x)"/></svg>', "../../i.svg#x"),
        ('<p style="background: url(/below/a.svg)">x</p>', "../../a.svg"),
        ("<style>p { background: url(/below/a.svg) }</style>", 'url("../../a.svg")'),
        ('<script type="module">import "/below/x.js";</script>', 'import "../../x.js"'),
        ('<meta http-equiv="refresh" content="0; url=/below/b/">', "0; url=../../b/index.html"),
        ('<meta http-equiv="Refresh" content="0;URL=\'https://digest.example.org/below/b/\'">', "'../../b/index.html'"),
        ('<template><a href="/below/b/">x</a></template>', 'href="../../b/index.html"'),
        ('<noscript><img src="/below/a.svg"></noscript>', 'src="../../a.svg"'),
        ('<link rel="stylesheet" href="https://digest.example.org/below/s.css">', 'href="../../s.css"'),
        ('<link rel="alternate" type="application/atom+xml" href="/below/feed.xml">', 'href="../../feed.xml"'),
        ("<iframe srcdoc='<a href=\"/below/b/\">x</a>'></iframe>", "../../b/index.html"),
    ],
)
def test_addresses_are_found_wherever_a_browser_looks_for_them(html: str, expected: str) -> None:
    assert expected in page(html)


@pytest.mark.parametrize(
    "html",
    [
        '<link rel="canonical" href="https://digest.example.org/below/b/">',
        '<link rel="alternate" hreflang="en" href="https://digest.example.org/below/b/">',
        '<meta property="og:url" content="https://digest.example.org/below/b/">',
        '<button data-copy="https://digest.example.org/below/b/">x</button>',
        '<script type="application/ld+json">{"url":"https://digest.example.org/below/b/"}</script>',
        '<p>Write /below/b/ or &lt;a href="/below/b/"&gt;.</p>',
    ],
)
def test_what_names_the_published_page_stays(html: str) -> None:
    assert page(html).count("/below/b/") == html.count("/below/b/")


def test_a_base_element_is_followed_and_taken_away() -> None:
    html = '<head><base href="/below/tags/" target="_top"></head><a href="a/">x</a><a href="#top">y</a>'
    found = page(html)
    assert '<base target="_top">' in found
    assert 'href="../../tags/a/index.html"' in found
    assert 'href="../../tags/index.html#top"' in found


def test_a_page_asks_no_server_of_the_preview() -> None:
    assert "__yoyak" not in page('<script src="/__yoyak/preview.js" defer></script>', base_url="https://a.example/")


def test_a_file_from_a_disk_is_not_asked_for_as_one_of_a_server() -> None:
    found = page('<script src="/below/x.js" integrity="sha256-a" crossorigin></script>')
    assert '<script src="../../x.js">' in found
    foreign = '<script src="https://e.example/x.js" integrity="sha256-a"></script>'
    assert foreign in page(foreign)


def test_words_stay_words() -> None:
    html = '<noscript><p title="</noscript><img src=x>">a &lt;b&gt; &amp;amp; &nbsp;</p></noscript>'
    before, after = LexborHTMLParser(html), LexborHTMLParser(page(html))
    assert "<img" not in page(html)
    assert before.text() == after.text().rstrip("\n")


def test_an_address_ends_no_element_of_styles_or_scripts() -> None:
    for html in (
        "<style>a { background: url('/outside/\\3c/style>\\3cimg src=x>') }</style>",
        '<script type="module">import "/outside/\\x3c/script>\\x3cimg src=x>";</script>',
    ):
        assert "<img" not in page(html)
        assert "https://digest.example.org/outside/%3C" in page(html)


@pytest.mark.parametrize("tag", ["pre", "textarea"])
def test_an_empty_first_line_stays(tag: str) -> None:
    html = f"<{tag}>\n\n  a\n</{tag}>"
    assert html in page(html)
    assert f"<{tag}>a" in page(f"<{tag}>\na</{tag}>")


def test_a_style_sheet_and_a_script_find_the_files_of_their_site() -> None:
    css = Output(
        path="assets/s.css", data=b"@import '/below/assets/t.css'; p { src: url(/below/a.woff2) } /* url(/below/) */"
    )
    found = portable(css, "/below/assets/s.css", BASE).data.decode()
    assert found == '@import "t.css"; p { src: url("../a.woff2") } /* url(/below/) */'
    js = Output(path="assets/s.js", data=b'import a from "/below/assets/t.js"; import "bare"; fetch("/below/x");')
    assert portable(js, "/below/assets/s.js", BASE).data.startswith(b'import a from "./t.js"; import "bare"; fetch(')


def test_a_feed_and_a_picture_stay_as_they_are() -> None:
    for path in ("feed.xml", "feed.json", "sitemap.xml", "robots.txt", "assets/a.svg"):
        output = Output(path=path, data=b'<a href="/below/"/>\xff')
        assert portable(output, f"/below/{path}", BASE) is output
