"""What a host of files is to say of each file beside its bytes."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import quote, urlsplit

from yoyak.model.sources import FOR_EVER

A_MINUTE = "public, max-age=60, must-revalidate"
"""Long enough for a crowd, short enough for a correction."""

_HASHED = re.compile(r"assets/(?:.+/)?[^/]+\.[0-9a-f]{10}\.[^/.]+")
_REFRESH = re.compile(rb'<meta http-equiv="refresh" content="0; url=([^"<>]+)">', re.IGNORECASE)
_HEAD = 8192
"""Bytes of a page in which its head begins and a redirect is said."""


def cache_control(path: str) -> str:
    """Return how long readers may keep a file without asking again.

    >>> cache_control("assets/style.f10bff4335.css")[-9:], cache_control("assets/logo.svg")[-15:]
    ('immutable', 'must-revalidate')
    """
    return FOR_EVER if _HASHED.fullmatch(path) else A_MINUTE


def redirect_of(path: str, data: bytes) -> str:
    """Return where the page of an old address leads, as an address in ASCII; empty for every other file.

    Such a page says it in its head (templates/redirect.html). Text of an article never does: it is escaped there.
    """
    if not path.endswith(".html"):
        return ""
    head, _, _ = data[:_HEAD].partition(b"</head>")
    found = _REFRESH.search(head)
    address = unescape(found[1].decode("utf-8", "replace")).strip() if found else ""
    parts = urlsplit(address)
    leads = parts.scheme in ("https", "http") or address.startswith("/")
    return quote(address, safe="/:?#[]@!$&'()*+,;=%~-._") if leads else ""
