"""Addresses of articles by a pattern of site.yaml: ``/:year/:month/:slug/`` gives ``2024/07/ferry/``."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from unicodedata import normalize
from urllib.parse import unquote

from yoyak.model.schema import PERMALINK
from yoyak.text.slugs import slugify
from yoyak.text.urls import quote_path

PARTS = ("year", "month", "day", "slug", "theme")
_PART = re.compile(r":([a-zA-Z_]+)")


@lru_cache(maxsize=16)
def parts_of(pattern: str) -> tuple[str, ...]:
    """Return the names of the parts of a pattern, known or not."""
    return tuple(_PART.findall(pattern))


def normal_pattern(pattern: str) -> str:
    """Return a pattern in its one form: a page's folder ends with a slash, a file with .html or .htm.

    >>> normal_pattern("posts/:slug")
    '/posts/:slug/'
    """
    path = "/" + re.sub("/+", "/", pattern.strip()).strip("/")
    return path if path.endswith((".html", ".htm")) else f"{path}/"


def sample_of(pattern: str) -> str:
    """Return an address that a pattern could give."""
    return _PART.sub("1", normal_pattern(pattern))


def article_url(pattern: str, base_path: str, *, slug: str, day: date | None, theme: str) -> str:
    """Return the root-relative url of an article. One that lacks a part of the pattern is at the usual place."""
    parts = parts_of(pattern)
    values = {"slug": slug, "theme": slugify(theme) if "theme" in parts else ""}
    if day:
        values |= {"year": f"{day.year:04}", "month": f"{day.month:02}", "day": f"{day.day:02}"}
    if not all(values.get(name) for name in parts):
        pattern, parts = PERMALINK, parts_of(PERMALINK)
    before, *behind = _around_parts(pattern)
    path = before + "".join(values[name] + text for name, text in zip(parts, behind, strict=True))
    return base_path + quote_path(path.removeprefix("/"))


@lru_cache(maxsize=16)
def _around_parts(pattern: str) -> tuple[str, ...]:
    """Return what stands before the first part of a pattern, and behind each."""
    return tuple(_PART.split(pattern)[::2])


def output_of(url: str, base_path: str) -> str:
    """Return the output path of a page by its url: of a folder its ``index.html``."""
    path = normalize("NFC", unquote(url.removeprefix(base_path)))
    return f"{path}index.html" if not path or path.endswith("/") else path
