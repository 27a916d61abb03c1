"""What a browser loads for a page, found in the tree that it makes of it: elements, attributes and styles."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator, Mapping
from urllib.parse import unquote_to_bytes

import msgspec
from selectolax.lexbor import LexborHTMLParser, LexborNode

from yoyak.model.addresses import Load
from yoyak.text.asset_addresses import addresses_in_css, js_addresses

_OF_TAG = {
    "img": ("src", "srcset", "lowsrc"),
    "image": ("href", "xlink:href"),
    "use": ("href", "xlink:href"),
    "feimage": ("href", "xlink:href"),
    "script": ("src", "href", "xlink:href"),
    "source": ("src", "srcset"),
    "video": ("src", "poster"),
    "audio": ("src",),
    "track": ("src",),
    "iframe": ("src",),
    "frame": ("src",),
    "embed": ("src",),
    "object": ("data",),
    "input": ("src",),
    "base": ("href",),
    "a": ("ping",),
    "area": ("ping",),
    "html": ("manifest",),
}
_BACKGROUNDS = frozenset(("body", "table", "thead", "tbody", "tfoot", "tr", "td", "th"))
_SHOWS_DOCUMENTS = frozenset(("iframe", "frame", "object", "embed", "link"))
_LISTS = frozenset(("srcset", "imagesrcset", "ping"))
_PICTURES = frozenset(("img", "image", "feimage"))
_RELS = frozenset(
    """stylesheet icon apple-touch-icon apple-touch-icon-precomposed mask-icon fluid-icon preload modulepreload prefetch
    prerender preconnect dns-prefetch manifest""".split()
)
"""The relations of a `link` for which browsers ask its host."""
_REFRESH = re.compile(r"^[^;,]*[;,]\s*(?:url\s*=\s*)?[\"']?([^\"']*)", re.IGNORECASE)


def loads_in_html(html: str) -> Iterator[Load]:
    """Yield every address that a browser would load for a page, wherever it is."""
    root = LexborHTMLParser(html).root
    waiting = [root] if root is not None else []
    while waiting:
        node = waiting.pop()
        yield from _of_node(node)
        if node.next is not None and node != root:
            waiting.append(node.next)
        if node.first_child is not None and node.tag != "template":
            waiting.append(node.first_child)


def _of_node(node: LexborNode) -> Iterator[Load]:
    tag = (node.tag or "").lower()
    if tag.startswith("-"):
        return
    if tag == "style":
        yield from (Load("<style>", one.written) for one in addresses_in_css(node.text(deep=True)))
    if tag == "script":
        yield from _of_script((node.attributes.get("type") or "").strip().lower(), node.text(deep=True))
    written = {name.lower(): value or "" for name, value in node.attributes.items()}
    if not written:
        return
    yield from _of_odd_places(tag, node, written)
    for name in _names(tag, written):
        value = written.get(name, "")
        if not value:
            continue
        picture = tag in _PICTURES or name in ("poster", "srcset") or (tag == "input" and name == "src")
        for address in _addresses(value) if name in _LISTS else (value,):
            yield Load(f"<{tag} {name}>", address, picture)
        kind, text = document_in(value) if tag in _SHOWS_DOCUMENTS else ("", "")
        if text:
            yield from _of_css(text, f"<{tag} {name}>") if kind == "css" else loads_in_html(text)
    if "style" in written:
        yield from (Load("style attribute", one.written) for one in addresses_in_css(written["style"]))
    if tag == "meta" and written.get("http-equiv", "").strip().lower() == "refresh":
        match = _REFRESH.match(written.get("content", ""))
        yield Load("<meta refresh>", match[1] if match else "")
    if tag == "iframe" and "srcdoc" in written:
        yield from loads_in_html(written["srcdoc"])


def _of_script(kind: str, text: str) -> Iterator[Load]:
    if kind in RULES:
        yield from (Load(f"<script {kind}>", address) for address in in_json(text))
    elif "json" not in kind:
        yield from (Load("import", one.written) for one in js_addresses(text))


def _of_odd_places(tag: str, node: LexborNode, written: dict[str, str]) -> Iterator[Load]:
    """Yield what an element loads by attributes of drawings, by an animation, or as the root of a shadow tree."""
    for name in PAINTED & written.keys():
        yield from _of_css(written[name], f"<{tag} {name}>")
    if tag in ("set", "animate"):
        yield from (Load(f"<{tag}>", address) for address in animated(written))
    for address in written.get("attributionsrc", "").split():
        yield Load(f"<{tag} attributionsrc>", address)
    if tag == "template" and "shadowrootmode" in written:
        yield from loads_in_html(f"<div{(node.html or '').removeprefix('<template')}")  # its inner HTML is not given


def _of_css(text: str, place: str) -> Iterator[Load]:
    return (Load(place, one.written) for one in addresses_in_css(text))


def _names(tag: str, written: dict[str, str]) -> tuple[str, ...]:
    """Return the attributes of an element that load something."""
    if tag == "link":
        return ("href", "imagesrcset") if _RELS.intersection(written.get("rel", "").lower().split()) else ()
    return ("background",) if tag in _BACKGROUNDS else _OF_TAG.get(tag, ())


def _addresses(written: str) -> Iterator[str]:
    """Yield all that may be an address in a ``srcset``: a comma may be part of one, or stand between two."""
    for token in written.split():
        yield token.strip(",")
        if not token.lower().startswith("data:"):
            yield from (part for part in token.split(",")[1:] if part)


# --- Addresses that a browser loads from places that are no attribute of an address: JSON, drawings, ``data:`` ---


PAINTED = frozenset(
    "mask mask-image filter fill stroke clip-path marker marker-start marker-mid marker-end cursor".split()
)
"""Attributes of drawings that hold CSS."""
ANIMATED = ("to", "from", "by", "values")
RULES = frozenset(("importmap", "speculationrules"))
"""Kinds of scripts that are JSON with addresses in it."""
_DATA = re.compile(r"\s*data:([^,;]*)((?:;[^,;]*)*),(.*)", re.IGNORECASE | re.DOTALL)


def in_json(text: str) -> Iterator[str]:
    """Yield every text in JSON, names too: what names no host is allowed anyway. Broken JSON does nothing."""
    try:
        waiting: list[object] = [msgspec.json.decode(text)]
    except msgspec.DecodeError:
        return
    while waiting:
        match waiting.pop():
            case str() as found:
                yield found
            case dict() as inner:
                waiting += [*inner, *inner.values()]
            case list() as items:
                waiting += items


def animated(written: Mapping[str, str]) -> Iterator[str]:
    """Yield the addresses that an animation gives to another element."""
    if written.get("attributename", "").lower().rpartition(":")[2] in ("href", "src"):
        for name in ANIMATED:
            yield from (part.strip() for part in written.get(name, "").split(";"))


def document_in(address: str) -> tuple[str, str]:
    """Return the kind and the text of a document that is itself the address; else nothing."""
    match = _DATA.match(address)
    if not match or not any(kind in match[1].lower() for kind in ("html", "css", "xml")):
        return "", ""
    data = unquote_to_bytes(match[3])
    if ";base64" in match[2].lower():
        try:
            data = base64.b64decode(data + b"==")
        except binascii.Error:
            return "", ""
    return ("css" if "css" in match[1].lower() else "html"), data.decode("utf-8", "replace")
