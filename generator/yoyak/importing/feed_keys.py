"""Feeds for one subscriber: their own address has a key in it, which a copy of their file would give away."""

from __future__ import annotations

import re
from html import unescape

_ENTRY = re.compile(r"<(?:\w+:)?(?:item|entry)\b.*</(?:\w+:)?(?:item|entry)\s*>", re.DOTALL | re.IGNORECASE)
_OF_JSON = re.compile(r"\"(?:feed_url|next_url|home_page_url|url|href)\"\s*:\s*\"((?:\\.|[^\"\\])*)\"")
_ADDRESS = re.compile(r"https?://[^\s\"'<>]+", re.IGNORECASE)
_KEY = re.compile(
    r"//[^/?#]*:[^/?#]*@"
    r"|[?&;#][\w.-]*(?:token|key|auth|secret|passw|signature|session|subscriber)[\w.-]*=[^&#]{4,}"
    r"|[?&;#](?:sig|sid|hash|pw|pwd|uid|u|id|t|k|s|p|h)=[\w.%~-]{16,}"
    r"|/(?=[\w-]*\d)(?=[\w-]*[a-z])[\w-]{20,}(?=[/.?#]|$)",
    re.IGNORECASE,
)
_WORDS = re.compile(r"/(?:[a-z]+|\d{1,8})(?:[-_](?:[a-z]+|\d{1,8}))+(?=[/.?#]|$)", re.IGNORECASE)
"""A part of a path that is words and numbers, and no key."""


def has_key(data: bytes) -> bool:
    """Tell whether an address that a feed gives itself, or its site, has a key in it."""
    # Addresses are ASCII, and so is UTF-16 without its zeros.
    text = data.replace(b"\0", b"").decode("ascii", errors="replace")
    if text.lstrip("\ufffd \t\r\n").startswith("{"):
        addresses = [found.replace("\\/", "/") for found in _OF_JSON.findall(_before_items(text))]
    else:
        addresses = _ADDRESS.findall(unescape(_ENTRY.sub(" ", text)))
    return any(_KEY.search(_WORDS.sub("/", address)) for address in addresses)


def _before_items(text: str) -> str:
    """Return the JSON of a feed without the list of its entries, as far as it can be told."""
    start, end = text.find('"items"'), text.rfind("]")
    return text if start < 0 or end < start else text[:start] + text[end:]
