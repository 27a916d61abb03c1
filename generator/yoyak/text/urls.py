"""Addresses: quoting, joining and the question of what an address points to."""

from __future__ import annotations

import posixpath
import re
from unicodedata import normalize
from urllib.parse import quote, unquote, urlsplit

_UNRESERVED = "/-._~!$&'()*+,;=:@"
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.\-]*:")
_INVISIBLE = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2060\ufeff]+")


def quote_path(path: str) -> str:
    """Return a path percent-encoded once (RFC 3986 §2.1), NFC, with its slashes kept.

    >>> quote_path("articles/소버린/")
    'articles/%EC%86%8C%EB%B2%84%EB%A6%B0/'
    """
    return quote(normalize("NFC", path), safe=_UNRESERVED)


def page_url(base_path: str, *parts: str) -> str:
    """Return the root-relative url of a page folder: ``page_url("/digest/", "tags", "소버린-ai")``."""
    return base_path + quote_path("".join(f"{part}/" for part in parts))


def output_path(*parts: str) -> str:
    """Return the output path of the same page folder: ``tags/소버린-ai/index.html``."""
    return posixpath.join(*(normalize("NFC", part) for part in parts), "index.html")


def has_scheme(url: str) -> bool:
    """Tell whether an address names a scheme, after the characters that browsers ignore are taken away (WHATWG URL)."""
    return _SCHEME.match(_INVISIBLE.sub("", url)) is not None


def is_web_address(url: str) -> bool:
    """Tell whether an address is absolute, http or https, and names a host."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"[\s<>\"]", url)


def beside(path: str, written: str) -> str:
    """Return the site path that a relative address in the file `path` means, percent-decoded and NFC.

    An address that climbs out of content/ gives an empty text.
    """
    target = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(written)))
    return normalize("NFC", target) if target.startswith("content/") else ""
