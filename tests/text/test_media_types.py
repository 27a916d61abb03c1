"""What files are, by their names."""

from __future__ import annotations

from rows import each_row
from yoyak.text.media_types import content_type, is_text


@each_row(
    ("file", "type_"),
    [
        ("index.html", "text/html; charset=utf-8"),
        ("feed.xml", "application/atom+xml; charset=utf-8"),
        ("tags/ai/feed.xml", "application/atom+xml; charset=utf-8"),
        ("rss.xml", "application/rss+xml; charset=utf-8"),
        ("feed.json", "application/feed+json; charset=utf-8"),
        ("sitemap.xml", "application/xml; charset=utf-8"),
        ("robots.txt", "text/plain; charset=utf-8"),
        ("assets/style.0123.css", "text/css; charset=utf-8"),
        ("assets/site.0123.js", "text/javascript; charset=utf-8"),
        ("assets/harbour.SVG", "image/svg+xml; charset=utf-8"),
        ("assets/photo.jpg", "image/jpeg"),
        ("assets/unknown.bin", "application/octet-stream"),
        (".well-known/apple-app-site-association", "application/json"),
        ("public/Film.MP4", "video/mp4"),
        ("CNAME", "application/octet-stream"),
        ("files/notes.md", "text/markdown; charset=utf-8"),
        ("files/digest.epub", "application/epub+zip"),
    ],
)
def test_a_file_is_served_as_what_it_is(file: str, type_: str) -> None:
    assert content_type(file) == type_


def test_only_texts_are_worth_compressing() -> None:
    texts = {name for name in ("a.html", "a.svg", "a.webmanifest", "feed.xml", "a.json") if is_text(content_type(name))}
    assert texts == {"a.html", "a.svg", "a.webmanifest", "feed.xml", "a.json"}
    assert not any(is_text(content_type(name)) for name in ("a.png", "a.woff2", "a.zip", "a.mp4", "CNAME"))
