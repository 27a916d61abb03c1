"""Films, sounds and frames of other pages inside of an article: a link to each, in its place.

What only shows advertisements, counts readers, or holds comments and buttons of others is no piece of an article.
"""

from __future__ import annotations

import re
from html import escape

from yoyak.model.types import Record
from yoyak.readers.saved_page.tree import Node
from yoyak.readers.word_lists import alternatives
from yoyak.templating.language import message, words_for
from yoyak.text.embeds import kind_of_embed, page_of_player
from yoyak.text.tracking import without_tracking
from yoyak.text.urls import is_web_address

_SOURCES = ("src", "data-src", "data-lazy-src", "data-original", "data-url", "data", "data-litespeed-src")
_HTTP = re.compile(r"(?:https?:)?//", re.IGNORECASE)
_ADS = re.compile(rf"{alternatives('advertisers')}", re.IGNORECASE)
_GONE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|(?:^|[;\s])(?:width|height)\s*:\s*[01](?:px)?\s*(?:;|$)", re.IGNORECASE
)
_CALLED_AD = re.compile(r"google_ads|adsbygoogle|(?:^|[\s_-])ad(?:s|slot|frame)?(?:$|[\s_-])", re.IGNORECASE)


class Embed(Record, kw_only=True):
    """What an element shows of elsewhere."""

    title: str
    """Its own, or what it is called in the language of the page."""
    address: str
    """Of the web; empty when it has none."""


def embed_of(tag: Node, language: str, address: str = "") -> Embed | None:
    """Return what an element embeds; None when that is no piece of the article.

    `address` is the web address of its source, where that is not absolute as it is written.
    """
    written = source_of(tag)
    found = address or written
    if _is_nothing(tag, found):
        return None
    whole = f"https:{found}" if found.startswith("//") else found
    page = _page_of(whole) if is_web_address(whole) else ""
    title = _title(tag)
    if not page and not (written and (title or "saved_resource" not in written)):
        return None
    words = words_for(language)
    named = message(words, f"body.embed.{kind_of_embed(tag.name, page or written)}")
    return Embed(title=title or named, address=page)


def source_of(tag: Node) -> str:
    """Return where an element takes what it shows from, as it is written."""
    if video := (tag.get("data-videoid") or tag.get("videoid")).strip():
        return f"https://www.youtube.com/embed/{video}"
    below = tag.below("source", "embed", "iframe", "param")
    inner = [found for found in below if found.attrs.get("name") in (None, "movie", "src")]
    found = [one.get(name).strip() for one in (tag, *inner) for name in (*_SOURCES, "value")]
    usable = [one for one in found if one and not one.startswith(("about:", "javascript:", "data:", "blob:", "#"))]
    return next((one for one in usable if _HTTP.match(one)), usable[0] if usable else "")


def link_html(embed: Embed) -> str:
    """Return the link that stands for an embed."""
    host = without_www(embed.address)
    words = escape(f"{embed.title} ({host})" if host not in embed.title else embed.title, quote=False)
    return f'<a href="{escape(embed.address)}">{words}</a>'


def without_www(address: str) -> str:
    """Return the host of a web address as people say it."""
    return address.partition("://")[2].partition("/")[0].partition("?")[0].removeprefix("www.")


def is_advertisement(address: str) -> bool:
    """Tell whether what is at an address shows advertisements, counts readers or holds comments of others."""
    return bool(_ADS.search(address))


def _is_nothing(tag: Node, address: str) -> bool:
    sizes = [tag.get(name).strip().removesuffix("px") for name in ("width", "height")]
    if any(size in ("0", "1") for size in sizes) or "hidden" in tag.attrs or _GONE.search(tag.get("style")):
        return True
    names = f"{tag.get('id')} {tag.get('class')} {tag.get('name')}"
    return bool(is_advertisement(address) or _CALLED_AD.search(names))


def _page_of(address: str) -> str:
    page = page_of_player(address)
    return page if page != address else without_tracking(address)


def _title(tag: Node) -> str:
    named = (tag.get(name) for name in ("title", "aria-label", "playlabel", "data-title", "alt"))
    return next((" ".join(words.split())[:200] for words in named if words.strip()), "")
