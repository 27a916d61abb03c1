"""What a feed names beside the text of an entry: films, sounds, pictures, files; pictures that only count readers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import Any
from urllib.parse import unquote, urlsplit

from yoyak.importing.decoding import mostly_decoded
from yoyak.importing.pieces import tree
from yoyak.model.types import Record

_ELEMENTS = {"audio": "audio", "video": "video", "image": "img"}
_ENDINGS = {
    "audio": re.compile(r"\.(?:mp3|m4a|aac|ogg|oga|opus|wav|flac)$", re.IGNORECASE),
    "video": re.compile(r"\.(?:mp4|m4v|webm|mov|ogv|mkv|avi)$", re.IGNORECASE),
    "image": re.compile(r"\.(?:jpe?g|png|gif|webp|avif|svg)$", re.IGNORECASE),
}
_COUNTER = re.compile(
    r"^https?://(?:pixel\.wp\.com|stats\.wordpress\.com|[\w.]*(?:feedburner|feedsportal|doubleclick|google-analytics)\.com"
    r"|feeds?\.[\w.-]+/~r/|medium\.com/_/stat)|/(?:pixel|beacon|px|open|track)(?:\.(?:gif|png|php))?(?:[/?]|$)"
    r"|(?:1x1|blank|spacer|transparent|clear)\.(?:gif|png)(?:\?|$)|/piwik|matomo\.php|/b\.gif\?",
    re.IGNORECASE,
)


def with_enclosures(html: str, entry: Any) -> str:
    """Return the HTML of an entry with the films, sounds, pictures and files that the feed only names beside it."""
    return html + "".join(f"\n{piece}" for piece in _pieces(html, entry))


def _pieces(html: str, entry: Any) -> Iterator[str]:
    listed = [*entry.get("enclosures", ()), *entry.get("media_content", ())]
    shown = "<img" in html
    known: set[str] = set()
    for one in listed:
        address = _plain(one.get("href") or one.get("url"))
        if (
            "shockwave" in str(one.get("type", ""))
            or not address
            or address in known
            or address in html
            or escape(address) in html
        ):
            continue
        known.add(address)
        kind = _kind(address, f"{one.get('type', '')} {one.get('medium', '')}")
        if kind == "image":
            if not shown:
                yield f'<img src="{escape(address)}">'
            shown = True
        elif kind in _ELEMENTS:
            yield f'<p><{_ELEMENTS[kind]} src="{escape(address)}"></{_ELEMENTS[kind]}></p>'
        else:
            name = _plain(one.get("title")) or unquote(urlsplit(address).path.rpartition("/")[2]) or address
            yield f'<p><a href="{escape(address)}">{escape(name)}</a></p>'
    for one in entry.get("media_thumbnail", ())[:1]:
        if not shown and (address := _plain(one.get("url"))):
            yield f'<img src="{escape(address)}">'


def _kind(address: str, named: str) -> str:
    """Return ``audio``, ``video``, ``image``, or an empty text for another file."""
    try:
        path = urlsplit(address).path
    except ValueError:
        return ""
    said = next((kind for kind in _ELEMENTS if kind in named), "")
    return said or next((kind for kind, ending in _ENDINGS.items() if ending.search(path)), "")


def _plain(value: Any) -> str:
    return " ".join(str(value or "").split())


def without_counters(html: str) -> str:
    """Return HTML without the pictures that are there to be loaded, not to be seen."""
    if "<img" not in html.lower():
        return html
    soup = tree(html)
    for image in soup.find_all("img"):
        style = str(image.get("style", "")).replace(" ", "").lower()
        sizes = [str(image.get(name, "")).strip().removesuffix("px") for name in ("width", "height")]
        unseen = any(size in ("0", "1") for size in sizes) or re.search(
            r"(?:^|;)(?:width|height):[01](?:px|;|$)", style
        )
        if unseen or (not str(image.get("alt", "")).strip() and _COUNTER.search(str(image.get("src", "")))):
            image.decompose()
    return str(soup)


# --- the text of a feed ------------------------------------------------------------------------------------------
# The text of a feed, so that it can be read: without what stands around it, and closed where it is broken off.

ROOT = re.compile(r"<(?P<root>(?:[\w.-]+:)?(?:rss|feed|rdf|channel))(?=[\s>])", re.IGNORECASE)
_PROLOG = re.compile(
    r"<\?.*?(?:\?>|>)|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>|[\s\ufeff]+", re.DOTALL | re.IGNORECASE
)
_TOKEN = re.compile(
    r"<!\[CDATA\[(?P<data>.*?)(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|<(?P<end>/?)(?P<name>[a-zA-Z_][\w:.-]*)(?:[^<>\"']|\"[^\"]*\"|'[^']*')*(?P<empty>/?)>",
    re.DOTALL,
)
_ITEM = re.compile(r"(?:[\w.-]+:)?(?:item|entry)", re.IGNORECASE)
_HALF = re.compile(r"<[^<>]*\Z|&[#\w]{0,12}\Z")


class FeedText(Record, kw_only=True):
    """A feed as XML that ends as it should."""

    text: str
    items: int
    """How many entries begin in it."""
    before: bool = False
    """Something stood before it, such as the error of a server."""
    broken_off: bool = False
    unread: int = 0
    """Characters that are in no encoding."""


def feed_text(data: bytes) -> FeedText:
    """Return the text of a feed.

    Raises:
        UndecodableError: too much of it is in no encoding that can be told.
    """
    text, unread = mostly_decoded(data)
    root = ROOT.search(_without_comments(text))
    if root is None:
        return FeedText(text=text, items=0, unread=unread)
    before = _PROLOG.sub("", text[: root.start()])
    closed, items, broken_off = _closed(text[root.start() :], root["root"])
    return FeedText(text=closed, items=items, before=bool(before), broken_off=broken_off, unread=unread)


def _without_comments(text: str) -> str:
    """Return a text in which comments are spaces, so that places stay what they are."""
    return re.sub(r"<!--.*?-->", lambda found: " " * len(found[0]), text, flags=re.DOTALL)


def _closed(text: str, root: str) -> tuple[str, int, bool]:
    """Return a feed with its end, how many entries begin in it, and whether the end was missing."""
    open_now: list[str] = []
    items = end = 0
    for token in _TOKEN.finditer(text):
        name = token["name"]
        if name is None:
            end = token.end()
            continue
        if token["end"]:
            if name in open_now:
                while open_now.pop() != name:
                    pass
            if name == root and not open_now and not re.search(r"<(?:item|entry)\b", text[token.end() :]):
                return text[: token.end()], items, False
        elif not token["empty"]:
            open_now.append(name)
        items += bool(not token["end"] and _ITEM.fullmatch(name))
        end = token.end()
    if not open_now or open_now[0] != root:
        return text, items, False
    cdata = text.rfind("<![CDATA[")
    if cdata >= 0 and "]]>" not in text[cdata:]:
        return f"{text}]]>" + "".join(f"</{name}>" for name in reversed(open_now)), items, True
    rest = _HALF.sub("", text[end:]) if "<" in text[end:] or "&" in text[end:] else text[end:]
    return text[:end] + rest + "".join(f"</{name}>" for name in reversed(open_now)), items, True
