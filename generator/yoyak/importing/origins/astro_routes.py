"""Which collections a site of Astro has, and at which addresses its pages show them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping, Sequence
from typing import Any
from unicodedata import category

from yoyak.importing.origins.js_settings import inside, value_of, without_comments
from yoyak.importing.origins.walking import SiteFolder
from yoyak.model.types import Record

_DYNAMIC = re.compile(r"\[(?:\.\.\.)?\w+\]\.(?:astro|ts|js|tsx)$")
_CONFIGS = (
    "content.config.ts",
    "content.config.mjs",
    "content.config.js",
    "content/config.ts",
    "content/config.js",
    "content/config.mjs",
)


class Collection(Record, kw_only=True):
    name: str
    folder: str
    left: bool = True
    """Names that begin with ``_`` are left out."""

    def id_of(self, inside: str, values: Mapping[str, Any]) -> str:
        """Return by what name Astro knows a file: its own slug, or its path as in addresses."""
        if values.get("slug"):
            return str(values["slug"]).strip("/")
        parts = posixpath.splitext(inside)[0].split("/")
        return re.sub(r"/index$", "", "/".join(map(slugged, parts)))


def slugged(text: str) -> str:
    """Return a name as github-slugger writes it."""
    kept = (sign for sign in text.lower() if sign in "-_ " or category(sign)[0] in "LMN")
    return "".join(kept).replace(" ", "-")


def collections_of(tree: SiteFolder, source: str) -> list[Collection]:
    """Return the collections that the settings name, and those that are folders of src/content."""
    found: dict[str, Collection] = {}
    for path in tree.below(f"{source}/content"):
        parts = path[len(source) + 9 :].split("/")
        if len(parts) > 1 and not parts[0].startswith("_"):
            found.setdefault(parts[0], Collection(name=parts[0], folder=f"{source}/content/{parts[0]}"))
    for config in _CONFIGS:
        found |= _named(without_comments(tree.text(f"{source}/{config}")))
    return [one for one in found.values() if any(tree.below(one.folder))]


def _named(script: str) -> dict[str, Collection]:
    found: dict[str, Collection] = {}
    for match in re.finditer(
        r"(?:const|let|var)\s+(\w+)\s*=\s*defineCollection\(|(\w+)\s*:\s*defineCollection\(", script
    ):
        body = inside(script, match.end() - 1)
        variable = match[1] or match[2]
        renamed = re.search(rf"[\"']?([\w-]+)[\"']?\s*:\s*{variable}\b", script)
        base = value_of(body, "base")
        if base:
            name, folder = renamed[1] if renamed else variable, posixpath.normpath(base.lstrip("/")).strip("/")
            found[name] = Collection(name=name, folder=folder, left="[^_]" in body or "!_" in body)
    return found


def routes_of(tree: SiteFolder, source: str, names: Sequence[str]) -> dict[str, list[str]]:
    """Return the addresses below which pages show each collection, the surest first."""
    found: dict[str, list[str]] = {name: [] for name in names}
    start = f"{source}/pages"
    dynamic = [path for path in tree.below(start) if _DYNAMIC.search(path) and path.count("[") == 1]
    for path in dynamic:
        prefix = posixpath.dirname(path[len(start) + 1 :])
        for name in re.findall(r"getCollection\(\s*[\"'`]([\w-]+)[\"'`]", tree.text(path)):
            found.setdefault(name, []).append(prefix)
    unnamed = [path for path in dynamic if "getCollection(" not in tree.text(path) and path.endswith(".astro")]
    for path in unnamed:
        prefix = posixpath.dirname(path[len(start) + 1 :])
        for name in names:
            if not found[name] and (prefix in (name, name.rstrip("s"), f"{name}s") or len(names) == 1):
                found[name].append(prefix)
    return found
