from __future__ import annotations

from rows import each_row
from yoyak.text.urls import pattern_in


@each_row(
    ("address", "pattern"),
    [
        ("/:year/:month/:title/", ":year"),
        ("/blog/:slug.html", ":slug"),
        ("/:year-:month/", ":year"),
        ("{{ title }}", "{{ title }}"),
        ("/{{ page.date | date: '%Y' }}/", "{{ page.date | date: '%Y' }}"),
        ("{% if x %}a{% endif %}", "{% if x %}"),
        ("/{slug}/", "{slug}"),
        ("posts/{date:%Y}/{slug}.html", "{date:%Y}"),
        ("/%year%/%postname%/", "%year%"),
        ("/%Y/%m/a/", "%Y"),
        ("/[slug]/", "[slug]"),
        ("/[...path]/", "[...path]"),
        ("/<slug>/", "<slug>"),
        ("/${year}/", "${year}"),
        ("/<%= title %>/", "<%= title %>"),
        ("/YYYY/MM/DD/", "YYYY"),
        ("/@year/", "@year"),
    ],
)
def test_a_pattern_is_named(address: str, pattern: str) -> None:
    assert pattern_in(address) == pattern


@each_row(
    "address",
    [
        "/2023/ferry/", "/wiki/Special:Search/", "/100%25/", "/%EC%84%AC/", "/a:b/", "/섬/", "/[속보] 배/",
        "/50% off, 20% more/", "<script>alert(1)</script>", "/[a] b/", "@ferry",
        "12:30 ferry", "/{}/", "/a<b/", "/$5 menu/", "/%ED%95%AD/", "/yyyy",
    ],
)  # fmt: skip
def test_an_ordinary_address_is_none(address: str) -> None:
    assert pattern_in(address) == ""
