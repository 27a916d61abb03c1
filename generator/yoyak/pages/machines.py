"""Files for machines: feeds, the sitemap (https://www.sitemaps.org/protocol.html) and robots.txt (RFC 9309).

Feeds are Atom (RFC 4287), RSS 2.0 and JSON Feed 1.1 for the site, and Atom beside every theme and tag. Every feed is
capped, and nothing in it depends on the clock: `updated` moves only when an article did.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice
from urllib.parse import unquote

from msgspec import structs

from yoyak.grouping.terms import PLURALS
from yoyak.model.message import say
from yoyak.model.types import Page, Place, Record, Show, Term
from yoyak.model.views import Entry, FeedLink, Frame, Recipe, each
from yoyak.pages.metadata import head
from yoyak.pages.page_type import Composed, PageType, Shown, World, paths_of
from yoyak.pages.shown import absolute, tag_uri
from yoyak.pages.terms import WITH_FEED
from yoyak.text.urls import quote_path

# --- the sitemap and robots.txt ----------------------------------------------------------------------------------


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
    changed = {article.url: article.updated or article.date for article in world.site.articles}
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
    template="sitemap.xml",
    recipe=SitemapRecipe,
    compose=compose_sitemap,
    in_sitemap=False,
)
SITEMAP_INDEX = PageType(
    kind="sitemap_index",
    template="sitemap_index.xml",
    recipe=SitemapIndexRecipe,
    compose=compose_sitemap_index,
    in_sitemap=False,
)
ROBOTS = PageType(
    kind="robots",
    template="robots.txt",
    recipe=RobotsRecipe,
    context=RobotsContext,
    compose=compose_robots,
    in_sitemap=False,
)


# --- feeds -------------------------------------------------------------------------------------------------------


ENTRIES = 20


class FeedRecipe(Recipe, kw_only=True):
    title: str
    subtitle: str
    home: str
    """The url of the page that it belongs to."""
    entries: tuple[str, ...]
    bodies: bool

    def shows(self) -> Iterator[Show]:
        return each("content" if self.bodies else "entry", self.entries)


class FeedContext(Record, kw_only=True):
    """Atom, RSS and JSON Feed alike."""

    id: str
    title: str
    subtitle: str
    absolute_url: str
    """The feed's own address."""
    home: str
    """The absolute address of the page that it belongs to."""
    updated: datetime | None
    entries: tuple[Entry, ...]
    language: str


def site_feeds(base_path: str) -> tuple[FeedLink, ...]:
    """Return the three feeds of a site, as every page links to them."""
    return tuple(FeedLink(title=title, url=base_path + name, type=media) for _, title, name, media in _SITE_FEEDS)


def feed_pages(world: World) -> Iterator[Page]:
    """Yield the site's feeds, with the bodies that its rights allow, and those of themes and tags, with summaries."""
    config = world.config
    recipe = FeedRecipe(
        title=config.title,
        subtitle=config.tagline,
        home=config.base_path,
        entries=_newest(world.site.articles),
        bodies=True,
    )
    for feed, _, name, _ in _SITE_FEEDS:
        yield _page(world, feed, name, recipe)
    for term in (*world.site.themes, *world.site.tags):
        if term.kind in WITH_FEED:
            yield _term_feed(world, term)


def _newest(articles: tuple[Place, ...]) -> tuple[str, ...]:
    return paths_of(islice((article for article in articles if article.date), ENTRIES))


def _term_feed(world: World, term: Term) -> Page:
    recipe = FeedRecipe(
        title=f"{term.title} · {world.config.title}",
        subtitle=term.description,
        home=term.url,
        entries=_newest(term.articles),
        bodies=False,
    )
    return _page(world, ATOM, f"{PLURALS[term.kind]}/{term.slug}/feed.xml", recipe)


def _page(world: World, feed: PageType, output: str, recipe: FeedRecipe) -> Page:
    return feed.page(url=world.config.base_path + quote_path(output), output=output, recipe=recipe)


def compose_feed(recipe: FeedRecipe, page: Page, frame: Frame, shown: Shown) -> Composed:
    """Return the head and the context of a feed."""
    view = "content" if recipe.bodies else "entry"
    entries = tuple(shown[view, path] for path in recipe.entries)  # type: ignore[index] # both are views
    context = FeedContext(
        id=tag_uri(frame, unquote(recipe.home.removeprefix(frame.base_path))),
        title=recipe.title,
        subtitle=recipe.subtitle,
        absolute_url=absolute(frame, page.url),
        home=absolute(frame, recipe.home),
        updated=max((entry.updated for entry in entries), default=None),
        entries=entries,
        language=frame.language,
    )
    return head(frame, page, recipe.title), context


ATOM = PageType(
    kind="atom",
    template="feed.atom.xml",
    recipe=FeedRecipe,
    context=FeedContext,
    compose=compose_feed,
    plan=feed_pages,
    in_sitemap=False,
)
RSS = structs.replace(ATOM, kind="rss", template="feed.rss.xml", plan=None, label=say("page-type.rss"))
JSON_FEED = structs.replace(ATOM, kind="json_feed", template="feed.json", plan=None, label=say("page-type.json_feed"))

_SITE_FEEDS = (
    (ATOM, "Atom", "feed.xml", "application/atom+xml"),
    (RSS, "RSS", "rss.xml", "application/rss+xml"),
    (JSON_FEED, "JSON Feed", "feed.json", "application/feed+json"),
)
