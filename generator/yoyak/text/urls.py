"""Addresses: quoting, joining, what one points to, and patterns that stand for many."""

from __future__ import annotations

import posixpath
import re
from datetime import date
from functools import lru_cache
from unicodedata import normalize
from urllib.parse import SplitResult, quote, unquote, urlsplit

from yoyak.model.schema import PERMALINK
from yoyak.text.names import slugify

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


# --- addresses of articles by a pattern of site.yaml: /:year/:month/:slug/ gives 2024/07/ferry/ ------------------


PARTS = ("year", "month", "day", "slug", "theme")
_PART = re.compile(r":([a-zA-Z_]+)")


@lru_cache(maxsize=16)
def parts_of(pattern: str) -> tuple[str, ...]:
    """Return the names of the parts of a pattern, known or not."""
    return tuple(_PART.findall(pattern))


def normal_pattern(pattern: str) -> str:
    """Return a pattern in its one form: a page's folder ends with a slash, a file with .html or .htm.

    >>> normal_pattern("posts/:slug")
    '/posts/:slug/'
    """
    path = "/" + re.sub("/+", "/", pattern.strip()).strip("/")
    return path if path.endswith((".html", ".htm")) else f"{path}/"


def sample_of(pattern: str) -> str:
    """Return an address that a pattern could give."""
    return _PART.sub("1", normal_pattern(pattern))


def article_url(pattern: str, base_path: str, *, slug: str, day: date | None, theme: str) -> str:
    """Return the root-relative url of an article. One that lacks a part of the pattern is at the usual place."""
    parts = parts_of(pattern)
    values = {"slug": slug, "theme": slugify(theme) if "theme" in parts else ""}
    if day:
        values |= {"year": f"{day.year:04}", "month": f"{day.month:02}", "day": f"{day.day:02}"}
    if not all(values.get(name) for name in parts):
        pattern, parts = PERMALINK, parts_of(PERMALINK)
    before, *behind = _around_parts(pattern)
    path = before + "".join(values[name] + text for name, text in zip(parts, behind, strict=True))
    return base_path + quote_path(path.removeprefix("/"))


@lru_cache(maxsize=16)
def _around_parts(pattern: str) -> tuple[str, ...]:
    """Return what stands before the first part of a pattern, and behind each."""
    return tuple(_PART.split(pattern)[::2])


def output_of(url: str, base_path: str) -> str:
    """Return the output path of a page by its url: of a folder its ``index.html``."""
    path = normalize("NFC", unquote(url.removeprefix(base_path)))
    return f"{path}index.html" if not path or path.endswith("/") else path


# --- patterns that another program fills in; here they would be addresses word for word --------------------------


_FILLED_IN = "year|month|day|date|slug|title|name|id|category|categories|path|section|lang|locale|author|number|page"
_PATTERN = re.compile(
    rf"""\{{\{{.*?(?:\}}\}}|$) | \{{%.*?(?:%\}}|$) | <%.*?(?:%>|$) | \$\{{[\w. ]+\}}   # a template's own marks
    | \{{[ ]*[A-Za-z_][\w.:%-]*[ ]*\}}                      # {{slug}}
    | \[(?:\.\.\.)?(?:{_FILLED_IN})\] | <(?:\w+:)?(?:{_FILLED_IN})> # [slug], <int:year>
    | (?<![^/])[:$@](?:i_|short_)?(?:{_FILLED_IN})          # /:year/:title/
    | (?<![^/]):[A-Za-z_]\w*(?=[/.-]|$)                    # /:anything/
    | (?<=[-_.]):(?:{_FILLED_IN})                          # /:year-:month/
    | %[A-Za-z_]{{3,}}%                                    # /%year%/%postname%/
    | (?<![^/])%[YmdHMSyjb](?![0-9A-Fa-f])               # /%Y/%m/
    | (?<![^/])(?:YYYY|yyyy)(?=[-/_])                    # /YYYY/MM/
    """,
    re.VERBOSE,
)


def pattern_in(address: str) -> str:
    """Return the first part of an address that stands for something else, as written; empty when it is plain.

    >>> pattern_in("/:year/:title/"), pattern_in("/2024/ferry/")
    (':year', '')
    """
    found = _PATTERN.search(address)
    return found[0] if found else ""
