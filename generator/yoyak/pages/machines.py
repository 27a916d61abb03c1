"""Files for machines: the sitemap (https://www.sitemaps.org/protocol.html) and robots.txt (RFC 9309)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from yoyak.model.message import say
from yoyak.model.types import Page, Place, Record
from yoyak.model.views import Frame, Recipe
from yoyak.pages.metadata import head
from yoyak.pages.page_type import Composed, PageType, Shown
from yoyak.pages.shown import absolute
from yoyak.pages.world import World

LIMIT = 50_000


class SitemapEntry(Record, kw_only=True):
    absolute_url: str
    modified: datetime | None


class SitemapRecipe(Recipe, kw_only=True):
    entries: tuple[SitemapEntry, ...]


class SitemapIndexRecipe(Recipe, kw_only=True):
    sitemaps: tuple[str, ...]


class RobotsRecipe(Recipe, kw_only=True):
    sitemap: str


class RobotsContext(Record, kw_only=True):
    sitemap: str
    noindex: bool


def machine_pages(world: World, pages: Sequence[Page]) -> Iterator[Page]:
    """Yield robots.txt and the sitemap of `pages`, an index with parts when there are more than 50,000.

    A page that names another as its original is not listed: the two would contradict each other. Nor is one
    that is unlisted.
    """
    changed = {article.url: _modified(article) for article in world.site.articles}
    elsewhere = {article.url for article in world.site.articles if article.canonical_elsewhere}
    elsewhere |= {page.url for page in pages if getattr(page.recipe, "unlisted", False)}
    entries = tuple(
        SitemapEntry(absolute_url=absolute(world.frame, page.url), modified=changed.get(page.url))
        for page in pages
        if page.url not in elsewhere
    )
    if len(entries) <= LIMIT:
        yield _plain(world, SITEMAP, "sitemap.xml", SitemapRecipe(entries=entries))
    else:
        yield from _parts(world, entries)
    sitemap = absolute(world.frame, f"{world.config.base_path}sitemap.xml")
    yield _plain(world, ROBOTS, "robots.txt", RobotsRecipe(sitemap=sitemap))


def _parts(world: World, entries: tuple[SitemapEntry, ...]) -> Iterator[Page]:
    parts = [entries[start : start + LIMIT] for start in range(0, len(entries), LIMIT)]
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    for name, part in zip(names, parts, strict=True):
        yield _plain(world, SITEMAP, name, SitemapRecipe(entries=part))
    urls = tuple(absolute(world.frame, world.config.base_path + name) for name in names)
    yield _plain(world, SITEMAP_INDEX, "sitemap.xml", SitemapIndexRecipe(sitemaps=urls))


def _plain(world: World, found: PageType, output: str, recipe: Recipe) -> Page:
    return found.page(url=world.config.base_path + output, output=output, recipe=recipe)


def _modified(article: Place) -> datetime | None:
    return article.updated or article.date


def compose_sitemap(recipe: SitemapRecipe, page: Page, frame: Frame, shown: Shown) -> Composed:
    """Return the head and the context of a sitemap."""
    return head(frame, page, page.output), recipe


def compose_sitemap_index(recipe: SitemapIndexRecipe, page: Page, frame: Frame, shown: Shown) -> Composed:
    """Return the head and the context of the list of sitemaps."""
    return head(frame, page, page.output), recipe


def compose_robots(recipe: RobotsRecipe, page: Page, frame: Frame, shown: Shown) -> Composed:
    """Return the head and the context of robots.txt."""
    return head(frame, page, page.output), RobotsContext(sitemap=recipe.sitemap, noindex=frame.preview)


SITEMAP = PageType(
    kind="sitemap",
    label=say("page-type.sitemap"),
    template="sitemap.xml",
    recipe=SitemapRecipe,
    context=SitemapRecipe,
    compose=compose_sitemap,
    in_sitemap=False,
)
SITEMAP_INDEX = PageType(
    kind="sitemap_index",
    label=say("page-type.sitemap_index"),
    template="sitemap_index.xml",
    recipe=SitemapIndexRecipe,
    context=SitemapIndexRecipe,
    compose=compose_sitemap_index,
    in_sitemap=False,
)
ROBOTS = PageType(
    kind="robots",
    label=say("page-type.robots"),
    template="robots.txt",
    recipe=RobotsRecipe,
    context=RobotsContext,
    compose=compose_robots,
    in_sitemap=False,
)
