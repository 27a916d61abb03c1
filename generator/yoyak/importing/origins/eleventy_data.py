"""What the data files of Eleventy's folders say of a file: JSON is read, of scripts only the plain values."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Iterator
from typing import Any

from yoyak.importing.origins.js_settings import is_named, listed, value_of, without_comments
from yoyak.importing.origins.walking import SiteFolder

_SCRIPTS = (".11tydata.js", ".11tydata.cjs", ".11tydata.mjs")
_NAMES = (
    "draft",
    "permalink",
    "eleventyExcludeFromCollections",
    "tags",
    "date",
    "lang",
    "author",
    "published",
    "hidden",
    "status",
)
_DECIDING = (
    "draft",
    "permalink",
    "eleventyExcludeFromCollections",
    "published",
    "hidden",
    "status",
    "eleventyComputed",
)


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
        tags = _list(found.get("tags")) + _list(more.get("tags"))
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


def _list(value: Any) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else [str(value)] if value else []
