"""Keys of other generators, and what yoyak writes instead."""

from __future__ import annotations

import re

_OURS = {
    "description": "summary", "excerpt": "summary", "abstract": "summary", "lastmod": "updated", "modified": "updated",
    "last_modified_at": "updated", "publishdate": "publish_at", "publish_date": "publish_at", "pubdate": "date",
    "published_at": "date", "expirydate": "expires_at", "expiry_date": "expires_at", "unpublishdate": "expires_at",
    "expires": "expires_at", "embargo": "embargo_until", "categories": "tags", "category": "label", "keywords": "tags",
    "author": "authors", "byline": "authors", "language": "lang", "locale": "lang", "permalink": "aliases",
    "redirect_from": "aliases", "canonical_url": "source_url", "original_url": "source_url", "publisher": "source",
    "section": "themes", "topics": "themes", "series": "themes", "cover": "image", "thumbnail": "image",
    "featured_image": "image", "feature_image": "image", "header": "image",
}  # fmt: skip
_HIDE = frozenset("draft private hidden unlisted noindex visibility password published".split())
"""Keys that say whether readers see an article."""
_OF_NO_USE = frozenset(
    "layout type id toc comments math mathjax katex featured sitemap cascade outputs template collection "
    "eleventycomponent sidebar sidebar_position guid isbn markup weightless pin mermaid build disqus share".split()
)
_FALSE = ("false", "no", "off", "0")
FOREIGN = frozenset(_OURS) | _HIDE | _OF_NO_USE
"""Names in small letters, with ``_`` for ``-``."""


def plain_name(name: str) -> str:
    """Return a key's name as the tables have it: ``publishDate`` and ``expiry-date`` in small letters."""
    return name.strip().lower().replace("-", "_")


def instead_of(name: str, value: str) -> str:
    """Return what to do with a key of another generator, as a sentence; nothing for a name that is none.

    >>> instead_of("draft", "true")
    'Write: status: draft'
    """
    plain = plain_name(name)
    if plain not in FOREIGN:
        return ""
    line = line_instead_of(name, value)
    if line:
        return f"Write: {line}"
    if plain in _HIDE:
        return "Delete this line: an article is published unless it says status: draft."
    return "yoyak has no key for it: delete this line."


def line_instead_of(name: str, value: str) -> str:
    """Return the line that says the same in yoyak's keys; nothing when none is needed."""
    plain, said = plain_name(name), value.strip().strip("\"'").lower()
    if plain in _HIDE:
        hidden = said in _FALSE if plain == "published" else said not in (*_FALSE, "public", "")
        return "status: draft" if hidden else ""
    ours = _OURS.get(plain, "")
    if ours == "image":
        plain_value = value.strip() and not re.search(r"[\[{]", value)
        return f"image: {{src: {value.strip()}}}" if plain_value else "image: {src: …}"
    return f"{ours}: {value.strip() or '…'}" if ours else ""
