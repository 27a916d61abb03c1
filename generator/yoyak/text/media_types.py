"""What a published file is, by its name: the value of Content-Type that the preview and hosts of files give it."""

from __future__ import annotations

from pathlib import PurePosixPath

from yoyak.text.word_lists import word_lists

_TYPES = {ending: kind for kind, endings in word_lists("text/lists/media-types").items() for ending in endings}
UNKNOWN_TYPE = "application/octet-stream"
_NAMES = {
    "feed.xml": "application/atom+xml; charset=utf-8",
    "rss.xml": "application/rss+xml; charset=utf-8",
    "feed.json": "application/feed+json; charset=utf-8",
    "apple-app-site-association": "application/json",
}


def content_type(file: str) -> str:
    """Return the value of Content-Type for a file of a built site.

    >>> content_type("articles/harbour/index.html"), content_type("tags/ai/feed.xml"), content_type("CNAME")
    ('text/html; charset=utf-8', 'application/atom+xml; charset=utf-8', 'application/octet-stream')
    """
    path = PurePosixPath(file)
    return _NAMES.get(path.name) or _TYPES.get(path.suffix.lower(), UNKNOWN_TYPE)


def is_text(media_type: str) -> bool:
    """Tell whether a file of this type gets much smaller when it is compressed."""
    return "charset=" in media_type or media_type.endswith(("/json", "/ttf", "/otf"))
