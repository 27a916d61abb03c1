"""Sites of Astro: the collections of src/content at the routes of src/pages, and its Markdown pages."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any
from unicodedata import category

from yoyak.importing.foreign import Dialect
from yoyak.importing.heads import body_of, head_of
from yoyak.importing.originals import Old, SkippedItem
from yoyak.importing.origins.old_pages import MARKDOWN, Generator, OldPage, OldSite, old_site, with_names
from yoyak.importing.origins.walking import (
    SiteFolder,
    inside,
    is_named,
    not_read,
    path_in,
    tree_of,
    value_of,
    without_comments,
)
from yoyak.model.message import say
from yoyak.model.types import Record

CONFIGS = tuple(f"astro.config.{ending}" for ending in ("mjs", "ts", "js", "mts", "cjs"))
_NAMES = ("site", "base", "srcDir", "publicDir", "trailingSlash", "format")


class _AstroSettings(Record, kw_only=True):
    source: str
    public: str
    site: str
    base: str
    file: bool
    """A page is ``ferry.html`` and not ``ferry/index.html``."""


def astro_site(folder: Path) -> OldSite | None:
    """Return the site of a folder of Astro; nothing for another."""
    config = next((name for name in CONFIGS if (folder / name).is_file()), "")
    if not config:
        return None
    tree = tree_of(folder)
    script = without_comments(tree.text(config))
    settings = _settings(script)
    unread = [name for name in _NAMES if name != "format" and is_named(script, name) and not value_of(script, name)]
    pages, left = _pages(tree, settings)
    own = Generator(
        generator="Astro",
        tree=tree,
        dialect=Dialect(names={"hero_image": "image", "og_image": "image", "heroimage": "image"}),
        base_url=settings.site,
        base_path=settings.base,
        roots=(f"{settings.source}/pages", settings.source),
        places=partial(_places, settings=settings),
        left=tuple(left),
        problems=not_read(folder / config, unread, "Astro"),
    )
    return old_site(own, with_names(pages))


def _settings(script: str) -> _AstroSettings:
    base = value_of(script, "base").strip("/")
    return _AstroSettings(
        source=path_in(value_of(script, "srcDir") or "src"),
        public=path_in(value_of(script, "publicDir") or "public"),
        site=value_of(script, "site"),
        base=f"/{base}" if base else "",
        file=value_of(script, "format") == "file",
    )


def _pages(tree: SiteFolder, settings: _AstroSettings) -> tuple[list[OldPage], list[SkippedItem]]:
    collections = collections_of(tree, settings.source)
    routes = routes_of(tree, settings.source, [one.name for one in collections])
    pages: list[OldPage] = []
    left = [
        SkippedItem(what=path, why=say("left.template"))
        for path in tree.below(f"{settings.source}/pages")
        if path.endswith((".astro", ".html"))
    ]
    seen: set[str] = set()
    for collection in sorted(collections, key=lambda one: -len(one.folder)):
        for path in tree.below(collection.folder):
            inside = path[len(collection.folder) + 1 :]
            if path in seen or not path.lower().endswith(MARKDOWN) or (collection.left and _is_hidden(inside)):
                continue
            seen.add(path)
            pages.append(_entry(path, inside, _values(tree, path), collection, routes, settings))
    start = f"{settings.source}/pages"
    pages += [
        _page(path, inside, _values(tree, path), settings)
        for path in tree.below(start)
        if path.lower().endswith(MARKDOWN) and not _is_hidden(inside := path[len(start) + 1 :])
    ]
    return pages, left


def _is_hidden(inside: str) -> bool:
    return any(part.startswith("_") for part in inside.split("/"))


def _values(tree: SiteFolder, path: str) -> Mapping[str, Any]:
    head = head_of(tree.text(path))
    return head.values if head else {}


def _entry(
    path: str,
    inside: str,
    given: Mapping[str, Any],
    collection: Collection,
    routes: Mapping[str, Sequence[str]],
    settings: _AstroSettings,
) -> OldPage:
    name = collection.id_of(inside, given)
    prefix = next(iter(routes.get(collection.name, ())), None)
    held = () if prefix is not None else (say("held.astro-collection"),)
    values = {key: value for key, value in given.items() if key not in ("slug", "permalink")}
    return OldPage(
        path=path,
        values=values,
        body=body_of,
        old=Old(
            address=_address(f"{prefix}/{name}" if prefix else name, settings) if prefix is not None else "",
            held=held,
            name=posixpath.basename(name),
        ),
    )


def _page(path: str, inside: str, given: Mapping[str, Any], settings: _AstroSettings) -> OldPage:
    stem = posixpath.splitext(inside)[0]
    name = re.sub(r"(?:^|/)index$", "", stem)
    is_article = any(key.lower() in ("date", "pubdate", "publishdate", "published") for key in given)
    return OldPage(
        path=path,
        values={key: value for key, value in given.items() if key not in ("slug", "permalink")},
        body=body_of,
        old=Old(address=_address(name, settings), page=not is_article, name=posixpath.basename(name) or "home"),
    )


def _address(name: str, settings: _AstroSettings) -> str:
    path = "/" + name.strip("/")
    if path == "/":
        return path
    return f"{path}.html" if settings.file else f"{path}/"


def _places(name: str, page: OldPage, settings: _AstroSettings) -> Iterator[str]:
    """Yield where a picture may be: beside its text, below public/, or behind a short name of src/."""
    if name.startswith("/"):
        yield f"{settings.public}{name}"
        yield name.lstrip("/")
        return
    yield name
    near = posixpath.relpath(name, posixpath.dirname(page.path) or ".")
    short = re.match(r"(?:@|~|src|@assets)/(.*)", near)
    if short:
        yield f"{settings.source}/{short[1]}"
        yield f"{settings.source}/assets/{short[1]}"
    yield f"{settings.public}/{near}"


# --- Which collections a site of Astro has, and at which addresses its pages show them ---------------------------

_DYNAMIC = re.compile(r"\[(?:\.\.\.)?\w+\]\.(?:astro|ts|js|tsx)$")
_CONFIGS = tuple(f"content{place}config.{ending}" for place in "./" for ending in ("ts", "mjs", "js"))


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
