"""What may be published at the root of a site although nobody has looked at it."""

from __future__ import annotations

import struct
import zlib

import pytest

from rows import each_row
from yoyak.text.root_files import allowed, refusal

HOST = "digest.example.org"


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(*more: bytes) -> bytes:
    """Return a picture of one pixel, with chunks behind its header."""
    header = _chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    data = _chunk(b"IDAT", zlib.compress(b"\0\0"))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(more) + data + _chunk(b"IEND", b"")


YANDEX = """<html>
    <head>
        <meta http-equiv="Content-Type" content="text/html; charset=UTF-8">
    </head>
    <body>Verification: 0123456789abcdef</body>
</html>"""
PUBLISHED = {
    "ads.txt": "google.com, pub-1, DIRECT, f08c47fec0942fa0\n",
    "app-ads.txt": "",
    "humans.txt": "팀: <편집부>\n",
    "robots.txt": "User-agent: Yeti\nAllow: /\n#DaumWebMasterTool:0123:abc==\n",
    "google1a2b3c4d5e6f7a8b.html": "google-site-verification: google1a2b3c4d5e6f7a8b.html",
    "naver0123456789abcdef0123456789abcdef.html": "naver-site-verification: naver0123.html\n",
    "yandex_0123456789abcdef.html": YANDEX,
    "pinterest-1a2b3.html": "<!DOCTYPE html><html><head><meta name='p:domain_verify' content='1a2b'/></head></html>",
    "daum0123.html": '<!doctype html><html lang="ko"><head><meta charset="utf-8"></head><body>daum0123</body></html>',
    "0123456789abcdef0123456789abcdef.txt": "0123456789abcdef0123456789abcdef",
    "BingSiteAuth.xml": '<?xml version="1.0"?>\n<users>\n\t<user>0123</user>\n</users>',
    "manifest.json": '{"name": "다이제스트"}',
    "site.webmanifest": '\ufeff{"icons": []}',
    "CNAME": "Digest.Example.org\n",
    ".nojekyll": "",
    ".well-known/security.txt": "Contact: mailto:desk@example.org\n",
    ".well-known/acme-challenge/aZ_-09": "aZ_-09.thumb",
    ".well-known/apple-app-site-association": '{"applinks": {}}',
    ".well-known/assetlinks.json": "[]",
    ".well-known/pki-validation/fileauth.txt": "2024\nabc",
}
HELD_BACK = {
    "google1a2b3c4d5e6f7a8b.html": "<script>alert(1)</script>",
    "page.html": "<p onclick=alert(1)>",
    "refresh.html": "<meta http-equiv=refresh content='0;url=//x'>",
    "refresh2.html": '<meta name="a" http-equiv="refresh" content="0;url=//x">',
    "open.html": "words <",
    "long.html": "낱말 " * 2000,
    "entity.html": "&lt;script&gt;<svg>",
    "favicon.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
    "sw.js": "self.onfetch = 1",
    "style.css": "body{}",
    "_headers": "/*\n  X: y\n",
    "_redirects": "/* https://elsewhere.example 302!",
    "_worker.js": "export default {}",
    "netlify.toml": "",
    "capture.txt": "첫 문단이다.\n\n둘째 문단이다.\n",
    "one-line.txt": "섬으로 가는 배가 다시 뜬다.",
    "code.txt": "abc<script>",
    "browserconfig.xml": '<?xml version="1.0"?><?xml-stylesheet href="x.xsl"?><a/>',
    "BingSiteAuth.xml": '<x:script xmlns:x="http://www.w3.org/1999/xhtml">alert(1)</x:script>',
    "manifest.json": "<b>",
    "service-account.json": '{"private_key": "…"}',
    "CNAME": "elsewhere.example",
    "kit.pdf": "%PDF-1.4",
    "press/kit.txt": "abc",
    "index.html/x": "",
    ".well-known/x.html": "code",
    ".well-known/x": "<b>",
    ".well-known/x.json": "{",
    ".well-known/.env": "SECRET=1",
    ".well-known/deep/x.js": "1",
    ".env": "SECRET=1",
    "ads.txt": "a\0b",
    "ads": "",
}


@each_row("path", PUBLISHED)
def test_a_file_that_is_known_is_published(path: str) -> None:
    assert refusal(path, PUBLISHED[path].encode(), HOST) is None


@each_row("path", HELD_BACK)
def test_a_file_that_is_not_known_to_be_harmless_is_held_back(path: str) -> None:
    assert refusal(path, HELD_BACK[path].encode(), HOST) is not None


@pytest.mark.parametrize("name", ["favicon.png", "apple-touch-icon.png", "android-chrome-192x192.png", "icon-512.PNG"])
def test_an_icon_is_published_when_it_is_a_picture_without_metadata(name: str) -> None:
    with_words = png(_chunk(b"tEXt", b"Author\0Kim"))
    assert refusal(name, png(), HOST) is None
    assert refusal(name, b"GIF89a", HOST) is not None
    assert refusal(name, with_words, HOST) is not None
    assert refusal(name, with_words, HOST, metadata="keep") is None


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "cp949"])
def test_text_in_another_encoding_is_not_known(encoding: str) -> None:
    assert refusal("humans.txt", "편집부".encode(encoding), HOST) is not None


def test_a_listed_folder_ends_with_a_slash() -> None:
    listed = ("press/", "_headers", "kit.pdf")
    assert [allowed(path, listed) for path in ("press/a.pdf", "press/b/c", "_headers", "kit.pdf")] == [True] * 4
    assert [allowed(path, listed) for path in ("press", "express/a", "_headers2", "x/kit.pdf")] == [False] * 4
