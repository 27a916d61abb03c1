"""What every page of a site shares: its name, its menu, its feeds and the addresses of its style and script."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote, urlsplit, urlunsplit

from yoyak import __version__
from yoyak.model.sources import Looks
from yoyak.model.views import CHROME_ASSETS, Chrome, Link, NavigationLink
from yoyak.pages.machines import site_feeds
from yoyak.pages.page_type import World
from yoyak.settings.config import SiteConfig
from yoyak.templating.language import message
from yoyak.text.urls import has_scheme, page_url, quote_path


def make_chrome(world: World, looks: Looks, pages: frozenset[str]) -> Chrome:
    """Return the chrome of a site; `pages` are the addresses of its pages: its menu names no other."""
    config = world.config
    return Chrome(
        title=config.title,
        tagline=config.tagline,
        language=config.language,
        base_url=config.base_url,
        home=page_url(config.base_path),
        navigation=_navigation(world, pages),
        more=tuple(_more(world)),
        feeds=site_feeds(config.base_path),
        **house_assets(looks, config.base_path),
        preview=config.preview,
        generator=f"yoyak {__version__}",
    )


def house_assets(looks: Looks, base_path: str) -> dict[str, str]:
    """Return the urls of the files of templates/assets that chrome names; empty for one that is not there."""
    found = {field: looks.assets.get(name) for field, name in CHROME_ASSETS.items()}
    return {field: base_path + quote_path(asset.output) if asset else "" for field, asset in found.items()}


def _navigation(world: World, pages: frozenset[str]) -> tuple[NavigationLink, ...]:
    base = world.config.base_path
    built_in = [("title.themes", "themes", "themes"), ("title.tags", "tags", "tags")]
    # Five places fit into one line of a phone, in both languages.
    if _has_editions(world):
        built_in = [("title.front", "edition", ""), ("nav.past", "editions", "editions"), *built_in]
    else:
        built_in.append(("title.archive", "archive", "archive"))
    links = [
        NavigationLink(
            title=message(world.language, key), url=page_url(base, *([part] if part else [])), section=section
        )
        for key, section, part in built_in
    ]
    own = [
        NavigationLink(title=item.title, url=_own_url(item.url, base), section=_own_url(item.url, base))
        for item in world.config.navigation
    ]
    lost = lost_entries(world.config, pages)
    return (*links, *(link for link in own if link.url not in lost))


def lost_entries(config: SiteConfig, pages: frozenset[str]) -> tuple[str, ...]:
    """Return the addresses of this site that the menu of site.yaml names and that no page has."""
    base = config.base_path
    urls = (_own_url(item.url, base) for item in config.navigation if not has_scheme(item.url))
    inner = (url for url in urls if not url.startswith(("//", f"{base}assets/")))
    return tuple(url for url in inner if url.partition("#")[0].partition("?")[0] not in pages)


def _more(world: World) -> Iterator[Link]:
    site = world.site
    for name, found in (("archive", _has_editions(world)), ("sources", site.sources), ("authors", site.authors)):
        if found:
            yield Link(title=message(world.language, f"title.{name}"), url=page_url(world.config.base_path, name))


def _has_editions(world: World) -> bool:
    return world.config.cadence != "none"


def _own_url(url: str, base: str) -> str:
    if has_scheme(url):
        return url
    path, query, fragment = urlsplit(url)[2:]
    return urlunsplit(("", "", base + quote_path(unquote(path).lstrip("/")), query, quote_path(unquote(fragment))))
