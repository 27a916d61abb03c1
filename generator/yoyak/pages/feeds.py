"""Feeds: Atom (RFC 4287), RSS 2.0 and JSON Feed 1.1 for the site, Atom beside every theme and tag.

Every feed is capped, and nothing in it depends on the clock: `updated` moves only when an article did.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from urllib.parse import unquote, urlsplit

from yoyak.contexts import Entry, FeedContext
from yoyak.grouping.terms import PLURALS
from yoyak.model import Article, Page, PageKind, Term
from yoyak.pages.metadata import absolute, absolute_picture, head, term_feed
from yoyak.pages.terms import WITH_FEED
from yoyak.pages.world import World
from yoyak.text.urls import quote_path
from yoyak.views import FeedLink, Link

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
    for kind, name, _, template in _SITE_FEEDS:
        context = _feed(
            world,
            config.title,
            config.tagline,
            config.base_path + name,
            config.base_path,
            world.site.articles,
            bodies=True,
        )
        yield _page(world, kind, name, template, context)
    for term in (*world.site.themes, *world.site.tags):
        if term.kind in WITH_FEED:
            yield _term_feed(world, term)


def _term_feed(world: World, term: Term) -> Page:
    title = f"{term.title} · {world.config.title}"
    context = _feed(world, title, term.description, term_feed(term).url, term.url, term.articles, bodies=False)
    return _page(world, "atom", f"{PLURALS[term.kind]}/{term.slug}/feed.xml", "feed.atom.xml", context)


def _page(world: World, kind: PageKind, output: str, template: str, context: FeedContext) -> Page:
    url = world.config.base_path + quote_path(output)
    return Page(
        kind=kind,
        url=url,
        output=output,
        template=template,
        context=context,
        head=head(world, kind, url, context.title),
    )


def _feed(
    world: World, title: str, subtitle: str, url: str, home: str, articles: tuple[Article, ...], *, bodies: bool
) -> FeedContext:
    entries = tuple(_entry(world, article, bodies=bodies) for article in [a for a in articles if a.date][:ENTRIES])
    return FeedContext(
        id=_tag_uri(world, unquote(home.removeprefix(world.config.base_path))),
        title=title,
        subtitle=subtitle,
        absolute_url=absolute(world, url),
        home=absolute(world, home),
        updated=max((entry.updated for entry in entries), default=None),
        entries=entries,
        language=world.config.language,
    )


def _entry(world: World, article: Article, *, bodies: bool) -> Entry:
    assert article.date is not None
    url, card = absolute(world, article.url), world.cards[article.path]
    return Entry(
        id=_tag_uri(world, article.aliases[0] if article.aliases else f"articles/{article.slug}"),
        title=article.title,
        absolute_url=url,
        source=Link(title=card.source.title, url=article.source_url) if card.source else None,
        published=article.date,
        updated=_updated(article),
        authors=article.authors,
        summary=article.summary,
        tags=tuple(tag.title for tag in card.tags),
        lang=article.lang,
        image=absolute_picture(world, article.image),
        content=article.body if bodies else "",
    )


def _updated(article: Article) -> datetime:
    assert article.date is not None
    return max(article.date, article.updated or article.date, *(c.date for c in article.corrections))


def _tag_uri(world: World, path: str) -> str:
    """Return an id by RFC 4151 for a page that stood at this path below the site's root first.

    It knows neither the scheme nor the base path, and an article's first alias keeps it through a rename. The year
    is the authority's, not the article's: a corrected date must not make a new entry.
    """
    return f"tag:{urlsplit(world.config.base_url).hostname},2000:{quote_path('/' + path.strip('/'))}"
