"""Feeds: Atom (RFC 4287), RSS 2.0 and JSON Feed 1.1 for the site, Atom beside every theme and tag.

Every feed is capped, and nothing in it depends on the clock: `updated` moves only when an article did.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from urllib.parse import unquote

from yoyak.grouping.terms import PLURALS
from yoyak.model.contexts import FeedContext
from yoyak.model.recipes import FeedRecipe, Frame
from yoyak.model.types import Page, PageKind, Place, Term
from yoyak.model.views import FeedLink
from yoyak.pages.compositions import Composed, Shown
from yoyak.pages.metadata import head
from yoyak.pages.shown import absolute, tag_uri
from yoyak.pages.terms import WITH_FEED
from yoyak.pages.world import World, paths_of
from yoyak.text.urls import quote_path

ENTRIES = 20

_SITE_FEEDS: tuple[tuple[PageKind, str, str, str], ...] = (
    ("atom", "feed.xml", "application/atom+xml", "feed.atom.xml"),
    ("rss", "rss.xml", "application/rss+xml", "feed.rss.xml"),
    ("json_feed", "feed.json", "application/feed+json", "feed.json"),
)
_NAMES = {"atom": "Atom", "rss": "RSS", "json_feed": "JSON Feed"}


def site_feeds(base_path: str) -> tuple[FeedLink, ...]:
    """Return the three feeds of a site, as every page links to them."""
    return tuple(FeedLink(title=_NAMES[kind], url=base_path + name, type=media) for kind, name, media, _ in _SITE_FEEDS)


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
    for kind, name, _, template in _SITE_FEEDS:
        yield _page(world, kind, name, template, recipe)
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
    return _page(world, "atom", f"{PLURALS[term.kind]}/{term.slug}/feed.xml", "feed.atom.xml", recipe)


def _page(world: World, kind: PageKind, output: str, template: str, recipe: FeedRecipe) -> Page:
    url = world.config.base_path + quote_path(output)
    return Page(kind=kind, url=url, output=output, template=template, recipe=recipe)


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
    return head(frame, page.kind, page.url, recipe.title), context
