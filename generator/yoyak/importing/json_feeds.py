"""JSON Feed, versions 1 and 1.1 (jsonfeed.org), as the entries that feedparser makes of other feeds."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from yoyak.importing.found import mostly_decoded
from yoyak.model.types import Record

_VERSION = re.compile(rb"jsonfeed\.org\\?/version\\?/")
_ITEMS = re.compile(r'"items"\s*:\s*\[')


class JsonFeed(Record, kw_only=True):
    """A feed in the words of feedparser."""

    feed: Mapping[str, Any]
    entries: tuple[Mapping[str, Any], ...]
    broken_off: bool
    unread: int


def is_json_feed(beginning: bytes) -> bool:
    """Tell whether a file begins as a feed in JSON does."""
    return beginning.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{") and _VERSION.search(beginning) is not None


def json_feed(data: bytes) -> JsonFeed:
    """Return a feed in JSON; of one that is broken off, the entries that are whole.

    Raises:
        UndecodableError: too much of it is in no encoding that can be told.
    """
    text, unread = mostly_decoded(data)
    text = text.lstrip("\ufeff \t\r\n")
    decoder = json.JSONDecoder(strict=False)
    try:
        whole, _ = decoder.raw_decode(text)
        items, broken_off = whole.get("items"), False
    except (ValueError, RecursionError):
        whole, items, broken_off = _top(text), list(_items(text, decoder)), True
    authors = _people(whole)
    listed = items if isinstance(items, list) else []
    return JsonFeed(
        feed={
            "title": _text(whole, "title"),
            "link": _text(whole, "home_page_url"),
            "language": _text(whole, "language"),
        },
        entries=tuple(_entry(item, authors) for item in listed if isinstance(item, dict)),
        broken_off=broken_off,
        unread=unread,
    )


def _items(text: str, decoder: json.JSONDecoder) -> Iterator[Any]:
    found = _ITEMS.search(text)
    at = found.end() if found else len(text)
    while at < len(text):
        if text[at] in " \t\r\n,":
            at += 1
            continue
        try:
            item, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            return
        yield item


def _top(text: str) -> dict[str, Any]:
    """Return what a broken feed says of itself before its entries."""
    found = _ITEMS.search(text)
    head = text[: found.start()] if found else text
    try:
        return dict(json.loads(f"{head.rstrip().rstrip(',')}}}", strict=False))
    except (ValueError, RecursionError):
        return {}


def _text(item: Mapping[str, Any], *names: str) -> str:
    values = (item.get(name) for name in names)
    return next((str(value) for value in values if isinstance(value, str | int | float) and str(value).strip()), "")


def _people(item: Mapping[str, Any]) -> list[dict[str, str]]:
    listed = item.get("authors") if isinstance(item.get("authors"), list) else [item.get("author")]
    return [{"name": str(one["name"])} for one in listed or () if isinstance(one, dict) and one.get("name")]


def _entry(item: Mapping[str, Any], authors: list[dict[str, str]]) -> dict[str, Any]:
    plain = _text(item, "content_text")
    html = _text(item, "content_html") or "".join(f"<p>{escape(part)}</p>" for part in re.split(r"\n\s*\n|\n", plain))
    image = _text(item, "image", "banner_image")
    if image and image not in html and "<img" not in html:
        html = f'<img src="{escape(image)}">{html}'
    tags = item.get("tags")
    attachments = item.get("attachments")
    return {
        "id": _text(item, "id"),
        "title_detail": {"value": _text(item, "title"), "type": "text/plain"},
        "title": _text(item, "title"),
        "link": _text(item, "url", "external_url"),
        "content": [{"value": html, "type": "text/html"}] if html.replace("<p></p>", "") else [],
        "summary": _text(item, "summary"),
        "published": _text(item, "date_published"),
        "updated": _text(item, "date_modified"),
        "authors": _people(item) or authors,
        "tags": [{"term": str(tag)} for tag in tags if isinstance(tag, str | int)] if isinstance(tags, list) else [],
        "language": _text(item, "language"),
        "enclosures": [
            {"href": _text(one, "url"), "type": _text(one, "mime_type"), "title": _text(one, "title")}
            for one in (attachments if isinstance(attachments, list) else ())
            if isinstance(one, dict)
        ],
    }
