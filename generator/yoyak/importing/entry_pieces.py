"""What a feed names beside the text of an entry: films, sounds, pictures, files; pictures that only count readers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import Any
from urllib.parse import unquote, urlsplit

from yoyak.importing.pieces import tree

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
