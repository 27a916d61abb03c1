"""Which files may be published at the root of a site as they are, although an untrusted hand may have put them there.

A file on the site's own origin can do what a template can, if a browser runs it. So each is known by its name and found
to hold what a file of that name holds: text that no browser takes for markup, a picture, a code of a search engine.
Everything else is published only if site.yaml names it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from unicodedata import normalize

from yoyak.containers import Metadata
from yoyak.containers.metadata import published
from yoyak.model.message import Message, say
from yoyak.text.file_kinds import ENDINGS, kind_of_file

WELL_KNOWN = ".well-known"
MOST = 1_000_000
"""Bytes of a file that site.yaml does not list."""
_MOST_CODE = 4_000
"""Characters of a file that proves whose a site is."""

_TEXTS = frozenset(
    "ads.txt app-ads.txt humans.txt robots.txt security.txt llms.txt trust.txt keybase.txt dnt-policy.txt".split()
)
_JSON = re.compile(r"sellers\.json|manifest\.json|[\w-]+\.webmanifest")
_XML = frozenset(("bingsiteauth.xml", "browserconfig.xml"))
_ICON = re.compile(
    r"(?:favicon|apple-touch-icon|android-chrome|android-icon|apple-icon|ms-icon|mstile|icon)(?:-[a-z0-9x-]+)?"
    r"\.(?:ico|png|jpe?g|gif|webp)"
)
_CODE = re.compile(r"[!-~][ -~]*\r?\n?")
_HOST = re.compile(r"\s*([a-z0-9-]+(?:\.[a-z0-9-]+)+)\.?\s*", re.IGNORECASE)
_PLAIN_TAG = re.compile(
    r"""<(?:!doctype\ html|/?(?:html|head|title|body|p)|html\ lang=["']?[\w-]+["']?
    |meta(?:\ (?:name|content|charset)=(?:"[^"<>]*"|'[^'<>]*'))+\ ?/?
    |meta\ http-equiv=["']content-type["']\ content=["']text/html;\ ?charset=[\w-]+["']\ ?/?)>""",
    re.IGNORECASE | re.VERBOSE,
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_NOT_PLAIN_XML = re.compile(r"<\?xml-|<!|\bxmlns", re.IGNORECASE)


def plain_paths(listed: Iterable[str]) -> tuple[str, ...]:
    """Return the paths that site.yaml lists as they are below content/public/: ``/kit.pdf`` is ``kit.pdf``."""
    found = (normalize("NFC", one.strip()).removeprefix("content/public/").lstrip("/") for one in listed)
    return tuple(path for one in found if (path := one.removeprefix("./").lstrip("/")))


def allowed(path: str, listed: Iterable[str]) -> bool:
    """Tell whether site.yaml lists a file: by its path, or by that of a folder above it, with a slash at its end."""
    return any(path == one or (one.endswith("/") and path.startswith(one)) for one in listed)


def refusal(path: str, data: bytes, host: str, metadata: Metadata = "remove") -> Message | None:
    """Return why a file is not published that site.yaml does not list, or None for one that may be.

    `path` is where it would be, below the root; `host` is the site's own, and
    `metadata` what pictures may say of themselves.
    """
    folder, _, name = path.rpartition("/")
    name = name.lower()
    if path == "CNAME":
        return _of_name(data, host)
    if path == ".nojekyll":
        return say("root-file.content") if data.strip() else None
    if path.split("/", maxsplit=1)[0] == WELL_KNOWN:
        return _of_well_known(name, data)
    if folder:
        return say("root-file.folder")
    if _ICON.fullmatch(name):
        return _of_icon(name, data, metadata)
    text = _text(data)
    if text is None:
        return say("root-file.encoding" if name in _TEXTS else "root-file.unknown")
    return _of_text(name, text)


def _of_text(name: str, text: str) -> Message | None:
    if name in _TEXTS:
        return None
    if _JSON.fullmatch(name):
        return None if _is_json(text) else say("root-file.content")
    if name in _XML:
        return say("root-file.markup") if _NOT_PLAIN_XML.search(text) else None
    if name.endswith(".html"):
        return None if len(text) <= _MOST_CODE and _is_plain(text) else say("root-file.markup")
    if name.endswith(".txt") and len(text) <= _MOST_CODE and _CODE.fullmatch(text) and "<" not in text:
        return None
    return say("root-file.unknown")


def _of_well_known(name: str, data: bytes) -> Message | None:
    """Judge a file of .well-known/ (RFC 8615): tokens, keys and JSON, which a server may send without a type."""
    text = _text(data)
    ending = name.rpartition(".")[2] if "." in name.strip(".") else ""
    if text is None or ending not in ("", "txt", "json") or name.startswith("."):
        return say("root-file.unknown")
    if ending == "json" and not _is_json(text):
        return say("root-file.content")
    return say("root-file.markup") if "<" in text else None


def _of_name(data: bytes, host: str) -> Message | None:
    """Judge a CNAME, with which a host of pages serves a site at a name of its own: it has to be the site's."""
    match = _HOST.fullmatch(data.decode("ascii", "replace"))
    if match is None:
        return say("root-file.content")
    return None if match[1].lower() == host else say("root-file.cname", name=match[1], host=host)


def _of_icon(name: str, data: bytes, metadata: Metadata) -> Message | None:
    kind = kind_of_file(data, f".{name.rpartition('.')[2]}")
    if f".{name.rpartition('.')[2]}" not in ENDINGS.get(kind, ()):
        return say("root-file.content")
    return None if published(data, kind, metadata) is data else say("root-file.metadata")


def _text(data: bytes) -> str | None:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    return None if _CONTROL.search(text) else text


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _is_plain(text: str) -> bool:
    """Tell whether a page has nothing but words: what search engines ask for is one code in it."""
    return "<" not in _PLAIN_TAG.sub("", text)
