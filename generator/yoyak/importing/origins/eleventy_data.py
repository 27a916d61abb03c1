"""What the data files of Eleventy's folders say of a file: JSON is read, of scripts only the plain values."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from yoyak.importing.origins.js_settings import is_named, listed, value_of, without_comments
from yoyak.importing.origins.old_pages import plain_latin
from yoyak.importing.origins.walking import SiteFolder

_SCRIPTS = (".11tydata.js", ".11tydata.cjs", ".11tydata.mjs")
_NAMES = tuple("draft permalink eleventyExcludeFromCollections tags date lang author published hidden status".split())
_DECIDING = tuple("draft permalink eleventyExcludeFromCollections published hidden status eleventyComputed".split())


def data_of(tree: SiteFolder, path: str, source: str) -> tuple[dict[str, Any], list[str]]:
    """Return what data files say of a file, the nearest last, and the scripts that decide with a program."""
    found: dict[str, Any] = {}
    unread: list[str] = []
    for name in _names(path, source):
        more = _json(tree.text(name)) if name.endswith(".json") else {}
        if name.endswith(_SCRIPTS) and name in tree.files:
            script = without_comments(tree.text(name))
            more = _plain(script)
            if any(is_named(script, one) and one not in more for one in _DECIDING):
                unread.append(name)
        tags = texts_in(found.get("tags")) + texts_in(more.get("tags"))
        found |= more
        if tags:
            found["tags"] = list(dict.fromkeys(tags))
    return found, unread


def _names(path: str, source: str) -> Iterator[str]:
    """Yield the names that data files of a file have: each folder's, its own."""
    folder = posixpath.dirname(path)
    inside = folder[len(source) :].strip("/") if source else folder
    at = source
    for part in ("", *filter(None, inside.split("/"))):
        at = posixpath.join(at, part) if part else at
        base = posixpath.basename(at)
        if base:
            yield from _forms(posixpath.join(at, base))
    yield from _forms(path.rpartition(".")[0])


def _forms(stem: str) -> Iterator[str]:
    yield f"{stem}.json"
    yield from (f"{stem}.11tydata.{ending}" for ending in ("json", "mjs", "cjs", "js"))


def _json(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text) if text.strip() else {}
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _plain(script: str) -> dict[str, Any]:
    values = {name: value_of(script, name) for name in _NAMES}
    return {name: listed(value) if name == "tags" else value for name, value in values.items() if value}


def texts_in(value: Any) -> list[str]:
    """Return the texts of a list, or of what may be a text instead of one."""
    return [str(one) for one in value] if isinstance(value, list) else [str(value)] if value else []


# --- Addresses of Eleventy's pages: its own, or what a permalink makes of a page's values ------------------------

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
