"""What a published file is, by its name: the value of Content-Type that the preview and hosts of files give it."""

from __future__ import annotations

from pathlib import PurePosixPath

_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".svg": "image/svg+xml; charset=utf-8",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".ico": "image/vnd.microsoft.icon",
    ".woff2": "font/woff2",
    ".pdf": "application/pdf",
    ".webmanifest": "application/manifest+json; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".vtt": "text/vtt; charset=utf-8",
    ".htm": "text/html; charset=utf-8",
    ".xsl": "application/xslt+xml; charset=utf-8",
    ".woff": "font/woff",
    ".ttf": "font/ttf",
    ".otf": "font/otf",
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".mp4": "video/mp4",
    ".webm": "video/webm",
    ".zip": "application/zip",
}
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
    return _NAMES.get(path.name) or _TYPES.get(path.suffix.lower(), "application/octet-stream")


def is_text(media_type: str) -> bool:
    """Tell whether a file of this type gets much smaller when it is compressed."""
    return "charset=" in media_type or media_type.endswith(("/json", "/ttf", "/otf"))
