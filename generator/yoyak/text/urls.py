"""Addresses: quoting, joining and the question of what an address points to."""

from __future__ import annotations

import posixpath
import re
from functools import lru_cache
from unicodedata import normalize
from urllib.parse import SplitResult, quote, unquote, urlsplit

_UNRESERVED = "/-._~!$&'()*+,;=:@"
_QUOTED = re.compile(r"[\w/\-.~!$&'()*+,;=:@]*", re.ASCII)
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.\-]*:")
_NOT_A_NAME = re.compile(r"[\x00-\x1f\x7f-\x9f\\\ud800-\udfff\ufffd]")
NAME, PATH = 200, 800
"""Bytes: the longest name of a folder, and the longest path, that every disk and host takes."""
PLAIN_WEB = re.compile(r"https?://([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)(?:/[^\s<>\"]*)?")
"""Most web addresses, and their hosts."""
_ENDS = "".join(map(chr, range(0x21)))
_TAKEN_AWAY = re.compile(r"[\t\n\r]")
_BEGINNING = re.compile(r"^(?:[a-zA-Z][a-zA-Z0-9+.\-]*:)?(?://[^/?#@]*(?=[/?#]|$))?")
_INVISIBLE = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2060\ufeff]+")


def quote_path(path: str) -> str:
    """Return a path percent-encoded once (RFC 3986 §2.1), NFC, with its slashes kept.

    >>> quote_path("articles/소버린/")
    'articles/%EC%86%8C%EB%B2%84%EB%A6%B0/'
    """
    return path if _QUOTED.fullmatch(path) else quote(normalize("NFC", path), safe=_UNRESERVED)


def page_url(base_path: str, *parts: str) -> str:
    """Return the root-relative url of a page folder: ``page_url("/digest/", "tags", "소버린-ai")``."""
    return base_path + quote_path("".join(f"{part}/" for part in parts))


def output_path(*parts: str) -> str:
    """Return the output path of the same page folder: ``tags/소버린-ai/index.html``."""
    return posixpath.join(*(normalize("NFC", part) for part in parts), "index.html")


def old_address(written: str, base_url: str) -> tuple[str, ...] | None:
    """Return the folders of an old address below the site's root, percent-decoded; None when no page can stand there.

    It may begin with the site's base path or with `base_url`, or leave them out. Names that begin with a dot are
    hidden on a host, and an address with ``?`` or ``#`` is answered by the page before it.

    >>> old_address("/digest/2023/old-name/", "https://example.org/digest/")
    ('2023', 'old-name')
    """
    address = "/" + written.strip().removeprefix(base_url).lstrip("/")
    if has_scheme(address[1:]) or "?" in address or "#" in address:
        return None
    below = unquote(address).removeprefix(unquote(urlsplit(base_url).path))
    parts = tuple(normalize("NFC", part) for part in below.split("/") if part)
    short = len("/".join(parts).encode("utf-8", "replace")) <= PATH
    return parts if parts and short and all(map(_may_be_a_name, parts)) else None


def _may_be_a_name(part: str) -> bool:
    visible = bool(_INVISIBLE.sub("", part)) and not part.startswith(".")
    return visible and not _NOT_A_NAME.search(part) and len(part.encode()) <= NAME


def has_scheme(url: str) -> bool:
    """Tell whether an address names a scheme, after the characters that browsers ignore are taken away (WHATWG URL)."""
    return _SCHEME.match(_INVISIBLE.sub("", url)) is not None


def is_web_address(url: str) -> bool:
    """Tell whether an address is absolute, http or https, and names a host."""
    if PLAIN_WEB.fullmatch(url):  # as most are
        return True
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "") if parts.port is None or parts.port >= 0 else ""  # a port too large raises
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(host) and not re.search(r"[\s<>\"]", url)


def normal_address(url: str) -> str:
    """Return an address with scheme and host in small letters, without what browsers take away (WHATWG URL §4.4)."""
    if PLAIN_WEB.fullmatch(url):
        return url
    plain = _TAKEN_AWAY.sub("", url.strip(_ENDS))
    return _BEGINNING.sub(lambda beginning: beginning[0].lower(), plain, count=1)


def path_on_this_site(address: str, base_url: str) -> str | None:
    """Return the path below `base_url` of an address in full that leads there, in whatever spelling; else None.

    >>> path_on_this_site("HTTP://Example.org:80/digest/tags/?a#b", "https://example.org/digest/")
    '/tags/?a#b'
    """
    if address.startswith(base_url):
        return "/" + address[len(base_url) :]
    own, host = _own(base_url)
    if address.isascii() and host not in (lower := address.lower()) and "xn--" not in lower:
        return None
    try:
        found = urlsplit(re.sub(r"[\t\r\n]", "", address).replace("\\", "/"))
        ports = {own.port or _PORTS.get(own.scheme), *_PORTS.values()}
        same = _host(found.hostname) == _host(host) and (found.port is None or found.port in ports)
    except (ValueError, UnicodeError):
        return None
    if not same or found.scheme not in ("", *_PORTS):
        return None
    path = posixpath.normpath("/" + found.path.lstrip("/")) + ("/" if found.path.endswith("/") else "")
    path = path if path != "//" else "/"
    if not f"{path}/".startswith(own.path):
        return None
    tail = (f"?{found.query}" if found.query else "") + (f"#{found.fragment}" if found.fragment else "")
    return "/" + path[len(own.path) :] + tail


@lru_cache(maxsize=8)
def _own(base_url: str) -> tuple[SplitResult, str]:
    own = urlsplit(base_url)
    return own, own.hostname or ""


_PORTS = {"http": 80, "https": 443}


def _host(name: str | None) -> str:
    host = (name or "").rstrip(".")
    return host if host.isascii() else host.encode("idna").decode()


def beside(path: str, written: str) -> str:
    """Return the site path that a relative address in the file `path` means, percent-decoded and NFC.

    An address that climbs out of content/ gives an empty text.
    """
    target = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(written)))
    return normalize("NFC", target) if target.startswith("content/") else ""


def host_of(address: str) -> str:
    """Return the host of an address in small letters; an empty text when it names none."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""
