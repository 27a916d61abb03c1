"""What every page of a site shares: its name, its menu, its feeds and the addresses of its style and script."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote, urlsplit, urlunsplit

from yoyak import __version__
from yoyak.config import SiteConfig
from yoyak.content import Looks
from yoyak.language import message
from yoyak.pages.feeds import site_feeds
from yoyak.pages.world import World
from yoyak.text.urls import has_scheme, page_url, quote_path
from yoyak.views import Chrome, Link, NavigationLink


def make_chrome(world: World, looks: Looks) -> Chrome:
    """Return the chrome of a site."""
    config = world.config
    return Chrome(
        title=config.title,
        tagline=config.tagline,
        language=config.language,
        base_url=config.base_url,
        home=page_url(config.base_path),
        navigation=_navigation(world),
        more=tuple(_more(world)),
        feeds=site_feeds(config.base_path),
        style=house_asset(looks, config, "style.css"),
        script=house_asset(looks, config, "site.js"),
        icon=house_asset(looks, config, "icon.svg"),
        preview=config.preview,
        generator=f"yoyak {__version__}",
    )


def house_asset(looks: Looks, config: SiteConfig, name: str) -> str:
    """Return the url of a file of templates/assets; empty when there is none."""
    asset = looks.assets.get(name)
    return config.base_path + quote_path(asset.output) if asset else ""


def _navigation(world: World) -> tuple[NavigationLink, ...]:
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
    return (*links, *own)


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
