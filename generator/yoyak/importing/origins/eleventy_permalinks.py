"""Addresses of Eleventy's pages: its own, or what a permalink makes of a page's values."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from yoyak.importing.origins.old_pages import plain_latin

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_EXPRESSION = re.compile(r"\{\{-?\s*(.*?)\s*-?\}\}")
_UNKNOWN = "Its old address cannot be computed: permalink: {}"


def named_day(inside: str) -> str:
    """Return the day that a path names, its folders too."""
    found = _DATE.search(inside)
    return found[0] if found else ""


def plain_stem(inside: str) -> str:
    """Return a file's name without its day; of an index, its folder's."""
    stem = _without_ending(posixpath.basename(inside))
    name = posixpath.basename(posixpath.dirname(inside)) if stem == "index" else stem
    return re.sub(r"^.*?\d{4}-\d{2}-\d{2}-", "", name)


def address_of(inside: str, values: Mapping[str, Any], day: datetime | None) -> tuple[str, str]:
    """Return the path of a page, and why it is not known if it is not."""
    permalink = values.get("permalink")
    if permalink in (None, "") or str(permalink).strip().lower() in ("true", "false"):
        return _own(inside), ""
    found = _EXPRESSION.sub(lambda mark: _value(mark[1], inside, values, day), str(permalink))
    if "\0" in found or "{%" in found or isinstance(permalink, dict | list):
        return "", _UNKNOWN.format(str(permalink)[:100])
    return re.sub(r"(^|/)index\.html$", r"\1", "/" + re.sub(r"/{2,}", "/", found).lstrip("/")), ""


def _own(inside: str) -> str:
    folder, stem = posixpath.dirname(inside), _without_ending(posixpath.basename(inside))
    ends = "" if stem == "index" or (folder and posixpath.basename(folder) == stem) else f"{stem}/"
    return "/" + (f"{folder}/" if folder else "") + ends


def _without_ending(name: str) -> str:
    return re.sub(r"\.(?:md|markdown|mkd|mdown|mdx|njk|liquid|html)$", "", name)


def _value(expression: str, inside: str, values: Mapping[str, Any], day: datetime | None) -> str:
    """Return what an expression with filters gives; a NUL for one that only a program knows."""
    name, *filters = re.split(r"\s*\|\s*", expression)
    found = _named(name, inside, values, day)
    for one in filters:
        word, given = re.match(r"(\w*)\s*[:(]?\s*(.*?)\)?$", one, re.DOTALL).groups()  # type: ignore[union-attr]
        if word == "date" and day and name == "page.date":
            form = given.strip("\"' ")
            found = day.strftime(form) if re.fullmatch(r"(?:%[YmdHMSyj]|[-/. ])+", form) else "\0"
        elif word in ("slugify", "slug"):
            found = slugified(found)
        elif word in ("lower", "downcase", "upper", "upcase", "trim", "strip"):
            found = {"l": found.lower(), "d": found.lower(), "u": found.upper()}.get(word[0], found.strip())
        else:
            return "\0"
    return found


def _named(name: str, inside: str, values: Mapping[str, Any], day: datetime | None) -> str:
    if re.fullmatch(r"\"[^\"]*\"|'[^']*'", name):
        return name[1:-1]
    stem = plain_stem(inside)
    folder = posixpath.dirname(inside)
    file = re.sub(r"^.*?\d{4}-\d{2}-\d{2}-", "", _without_ending(posixpath.basename(inside)))
    own = {"page.fileSlug": stem, "page.filePathStem": "/" + posixpath.join(folder, file), "page.date": "\0"}
    own["page.fileslug"] = stem
    value = own.get(name, values.get(name))
    if name == "page.date" and day:
        return day.isoformat()
    return str(value) if isinstance(value, str | int | float) and str(value) else "\0"


def slugified(text: str) -> str:
    """Return a name as Eleventy's filter writes it; a NUL for letters that only its table knows."""
    plain = plain_latin(text).replace("'", "").lower()
    if not plain.isascii():
        return "\0"
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
