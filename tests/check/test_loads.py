"""What a built page, feed or style sheet would load from another host is an error, unless site.yaml allows it."""

from __future__ import annotations

from pathlib import Path

import pytest

from rows import each_row
from sites import SETTINGS, article, built, problems
from yoyak.check.loaders import loads_in_html
from yoyak.check.loads import loads_reader
from yoyak.model.addresses import Loads
from yoyak.model.types import Output

AWAY = "https://away.example/"
OWN = "https://digest.example.org/"


@each_row(
    "html",
    [
        f'<img src="{AWAY}a.png">',
        f"<img alt='a > b' src={AWAY}a.png>",
        f'<IMG SRC="{AWAY}a.png">',
        '<img src="//away.example/a.png">',
        r'<img src="/\\away.example/a.png">',
        '<img src="https&colon;&sol;&sol;away.example">',
        '<img src="http:away.example/a.png">',
        '<img src="ht\ntps://away.example/a.png">',
        f'<img srcset="/a.png 1x,{AWAY}b.png 2x">',
        f'<picture><source srcset="{AWAY}a.webp 2x"></picture>',
        f'<video poster="{AWAY}a.png"></video>',
        f'<input type="image" src="{AWAY}a.png">',
        f'<object data="{AWAY}a"></object>',
        f'<iframe src="{AWAY}"></iframe>',
        '<iframe srcdoc="&lt;img src=//away.example/a&gt;"></iframe>',
        f'<svg><image href="{AWAY}a.png"/></svg>',
        f'<script src="{AWAY}a.js"></script>',
        f'<link rel="stylesheet" href="{AWAY}a.css">',
        f'<link href="{AWAY}" rel="PreConnect">',
        f'<link rel="preload" as="image" imagesrcset="{AWAY}a.png 1x">',
        f'<base href="{AWAY}">',
        f'<script type="module">import "{AWAY}a.js"</script>',
        r"<style>p { background: u\72l(//away.example/a) }</style>",
        "<iMg sRc=//away.example/a>",
        f'<meta http-equiv="refresh" content="0; url={AWAY}">',
        f'<p style="background: url({AWAY}a.png)">',
        f"<style>@import '{AWAY}a.css'</style>",
        f'<table background="{AWAY}a.png"></table>',
        f'<a href="/" ping="{AWAY}">x</a>',
        f'<script type="importmap">{{"imports": {{"a": "{AWAY}a.js"}}}}</script>',
        f'<script type="speculationrules">{{"prefetch": [{{"urls": ["/", "{AWAY}"]}}]}}</script>',
    ],
)
def test_a_page_that_asks_another_host_is_found(html: str) -> None:
    assert [one.address for one in _found(f"<!doctype html><body>{html}")] != []


@pytest.mark.parametrize(
    "html",
    [
        f'<a href="{AWAY}">x</a><link rel="canonical" href="{AWAY}"><link rel="me" href="{AWAY}">',
        f'<img src="{OWN}a.png"><img src="/a.png"><img src="data:image/png;base64,//aa">',
        f'<!-- <img src="{AWAY}a.png"> --><p>&lt;img src="{AWAY}a.png"&gt;</p>',
        f'<template><img src="{AWAY}a.png"></template><p title="<img src={AWAY}>">x</p>',
        f'<script>"<img src={AWAY}>"</script><style>/* url({AWAY}) */</style>',
        '<p style="width: calc(1px + 2px)">x</p>',
    ],
)
def test_a_page_that_asks_no_other_host_is_right(html: str) -> None:
    assert _found(f"<!doctype html><body>{html}") == ()


def test_a_feed_that_asks_another_host_is_found() -> None:
    words = f"&lt;img src=&#34;{AWAY}no.png&#34;&gt;"
    inner = f"&lt;p&gt;x&lt;/p&gt;&lt;img src=&#34;{AWAY}a.png&#34;&gt;"
    entry = f"<entry><summary>{words}</summary><content type='html'>{inner}</content></entry>"
    atom = f"<feed><title>{words}</title>{entry}</feed>"
    feed = f'{{"items": [{{"content_html": "<p>x</p><img src=\\"{AWAY}a.png\\">"}}]}}'
    assert [one.address for one in _found(atom, "feed.xml")] == [f"{AWAY}a.png"]
    assert [one.address for one in _found(feed, "feed.json")] == [f"{AWAY}a.png"]


def test_a_host_that_the_site_allows_may_be_asked() -> None:
    read = loads_reader(Loads(host="digest.example.org", hosts=("away.example",)), OWN)
    html = b'<script src="https://cdn.away.example/a.js"></script><script src="https://notaway.example/a.js"></script>'
    assert [one.address for one in read(Output(path="a.html", data=html), False)] == ["https://notaway.example/a.js"]


def test_pictures_of_all_hosts_may_be_allowed_but_no_scripts() -> None:
    read = loads_reader(Loads(host="digest.example.org", pictures=True), OWN)
    html = f'<img src="{AWAY}a.png"><script src="{AWAY}a.js"></script>'.encode()
    assert [one.address for one in read(Output(path="a.html", data=html), False)] == [f"{AWAY}a.js"]


FOREIGN = """{% extends "yoyak/page.html" %}
{% block main %}
<img src="https://away.example/a.png" alt="">
{% endblock %}
"""
TOLD = (
    'templates/page.html:3: The page /about/ loads "https://away.example/a.png" from another host (<img src>). '
    "Put a copy of it into the site, or allow the host in site.yaml: embeds: [away.example]."
)


def test_a_template_that_loads_from_another_host_is_reported_with_its_line(tmp_path: Path) -> None:
    files = {"content/a.md": article(), "content/pages/about.md": "# 소개\n\n글.\n", "templates/page.html": FOREIGN}
    found = built(tmp_path, files, plain=False)
    assert not found.report.complete
    assert TOLD in problems(found)
    again = built(tmp_path, files, SETTINGS + "embeds: [away.example]\n", plain=False)
    assert again.report.complete
    taken_back = built(tmp_path, files, plain=False)
    assert any(problem.code == "foreign-load" for problem in taken_back.report.problems)


def test_a_style_sheet_that_loads_from_another_host_is_reported_with_its_line(tmp_path: Path) -> None:
    files = {
        "content/a.md": article(),
        "templates/assets/more.css": "p { color: red }\n@import url(//away.example/f.css);\n",
    }
    found = built(tmp_path, files)
    (problem,) = [one for one in found.report.problems if one.code == "foreign-load"]
    assert (problem.path, problem.line) == ("templates/assets/more.css", 2)


def test_every_element_of_a_page_is_looked_at() -> None:
    html = "<div><p>a</p><ul><li><img src=1></li></ul></div><img src=2>"
    assert [one.address for one in loads_in_html(html)] == ["1", "2"]


_NAMES = "img image use feimage script source video audio track iframe frame embed object input link".split()


@each_row("name", _NAMES)
def test_an_element_that_loads_is_seen_however_its_name_is_spelt(name: str) -> None:
    attribute = {"object": "data", "use": "href", "image": "href", "feimage": "href", "link": "rel=stylesheet href"}
    for spelt in (name, name.upper(), name.title(), name[0] + name[1:].upper(), name[:-1] + name[-1].upper()):
        assert _found(f'<p><svg><{spelt} {attribute.get(name, "src")}="{AWAY}a"></{spelt}></svg>'), spelt


def _found(text: str, path: str = "a.html") -> tuple[object, ...]:
    has_style = any(word in text for word in ("style=", "background=", "ping="))
    return loads_reader(Loads(host="digest.example.org"), OWN)(Output(path=path, data=text.encode()), has_style)


@pytest.mark.parametrize(
    "tag",
    [
        f"<p\n style = 'background: url({AWAY}a.png)'>",
        f"<p class=x\tSTYLE='background: url({AWAY}a.png)'>",
        f'<table\nbackground="{AWAY}a.png">',
        f'<a href="/"\nPing="{AWAY}">x</a>',
        f'<div><template shadowrootmode="open"><p><img src="{AWAY}a.png"></p></template></div>',
        f'<svg><rect mask="url({AWAY}a.svg#m)"/></svg>',
        f"<svg><g Filter='url( \"{AWAY}a.svg#f\")'></g></svg>",
        f'<svg><image><set attributeName="xlink:href" to="{AWAY}a.png"/></image></svg>',
        f'<svg><image><animate attributeName="href" values="/a.png;{AWAY}a.png"/></image></svg>',
        f"<iframe src='data:text/html,<img src={AWAY}a>'></iframe>",
        '<object data="data:image/svg+xml;base64,PHN2Zz48aW1hZ2UgaHJlZj0iLy9hd2F5LmV4YW1wbGUvYSIvPjwvc3ZnPg"></object>',
        f'<link rel="stylesheet" href="data:text/css,@import url({AWAY}a.css)">',
        f'<img src="/favicon.ico" alt="" attributionsrc="{AWAY}">',
    ],
)
def test_a_template_may_write_its_attributes_as_it_likes(tmp_path: Path, tag: str) -> None:
    template = '{% extends "yoyak/article.html" %}{% block after %}' + tag + "{% endblock %}"
    files = {"content/a.md": article(), "templates/article.html": template}
    assert "another host" in "".join(problems(built(tmp_path, files)))
