"""The text of a feed, so that it can be read: without what stands around it, and closed where it is broken off."""

from __future__ import annotations

import re

from yoyak.importing.decoding import mostly_decoded
from yoyak.model.types import Record

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
