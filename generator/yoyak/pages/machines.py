"""Files for machines: the sitemap (https://www.sitemaps.org/protocol.html) and robots.txt (RFC 9309)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from yoyak.model.contexts import RobotsContext, SitemapContext, SitemapEntry, SitemapIndexContext
from yoyak.model.recipes import Frame, Recipe, RobotsRecipe, SitemapIndexRecipe, SitemapRecipe
from yoyak.model.types import Page, PageKind, Place
from yoyak.model.views import Head
from yoyak.pages.compositions import Composed, Shown
from yoyak.pages.metadata import head
from yoyak.pages.shown import absolute
from yoyak.pages.world import World

LIMIT = 50_000
_LISTED: frozenset[PageKind] = frozenset(
    (
        "front",
        "editions",
        "edition",
        "article",
        "themes",
        "theme",
        "tags",
        "tag",
        "sources",
        "source",
        "authors",
        "author",
        "archive",
        "year",
        "month",
        "day",
        "page",
    )
)


def machine_pages(world: World, pages: Sequence[Page]) -> Iterator[Page]:
    """Yield robots.txt and the sitemap of `pages`: an index with parts when there are more than 50,000.

    A page that names another as its original is not listed: the two would contradict each other. Nor is one
    that is unlisted.
    """
    changed = {article.url: _modified(article) for article in world.site.articles}
    elsewhere = {article.url for article in world.site.articles if article.canonical_elsewhere}
    elsewhere |= {page.url for page in pages if getattr(page.recipe, "unlisted", False)}
    entries = tuple(
        SitemapEntry(absolute_url=absolute(world.frame, page.url), modified=changed.get(page.url))
        for page in pages
        if page.kind in _LISTED and page.url not in elsewhere
    )
    if len(entries) <= LIMIT:
        yield _plain(world, "sitemap", "sitemap.xml", "sitemap.xml", SitemapRecipe(entries=entries))
    else:
        yield from _parts(world, entries)
    sitemap = absolute(world.frame, f"{world.config.base_path}sitemap.xml")
    yield _plain(world, "robots", "robots.txt", "robots.txt", RobotsRecipe(sitemap=sitemap))


def _parts(world: World, entries: tuple[SitemapEntry, ...]) -> Iterator[Page]:
    parts = [entries[start : start + LIMIT] for start in range(0, len(entries), LIMIT)]
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    for name, part in zip(names, parts, strict=True):
        yield _plain(world, "sitemap", name, "sitemap.xml", SitemapRecipe(entries=part))
    urls = tuple(absolute(world.frame, world.config.base_path + name) for name in names)
    yield _plain(world, "sitemap_index", "sitemap.xml", "sitemap_index.xml", SitemapIndexRecipe(sitemaps=urls))


def _plain(world: World, kind: PageKind, output: str, template: str, recipe: Recipe) -> Page:
    return Page(kind=kind, url=world.config.base_path + output, output=output, template=template, recipe=recipe)


def _modified(article: Place) -> datetime | None:
    return article.updated or article.date


def compose_sitemap(recipe: SitemapRecipe, page: Page, frame: Frame, shown: Shown) -> Composed:
    """Return the head and the context of a sitemap."""
    return _head(page, frame), SitemapContext(entries=recipe.entries)


def compose_sitemap_index(recipe: SitemapIndexRecipe, page: Page, frame: Frame, shown: Shown) -> Composed:
    """Return the head and the context of the list of sitemaps."""
    return _head(page, frame), SitemapIndexContext(sitemaps=recipe.sitemaps)


def compose_robots(recipe: RobotsRecipe, page: Page, frame: Frame, shown: Shown) -> Composed:
    """Return the head and the context of robots.txt."""
    return _head(page, frame), RobotsContext(sitemap=recipe.sitemap, noindex=frame.preview)


def _head(page: Page, frame: Frame) -> Head:
    return head(frame, page.kind, page.url, page.output)
