"""Files for machines: the sitemap (https://www.sitemaps.org/protocol.html) and robots.txt (RFC 9309)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from yoyak.contexts import RobotsContext, SitemapContext, SitemapEntry, SitemapIndexContext
from yoyak.model import Article, Page, PageKind, Record
from yoyak.pages.metadata import absolute, head
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
    """Yield robots.txt and the sitemap of `pages`: an index with parts when there are more than 50,000."""
    changed = {article.url: _modified(article) for article in world.site.articles}
    entries = tuple(
        SitemapEntry(absolute_url=absolute(world, page.url), modified=changed.get(page.url))
        for page in pages
        if page.kind in _LISTED
    )
    if len(entries) <= LIMIT:
        yield _plain(world, "sitemap", "sitemap.xml", "sitemap.xml", SitemapContext(entries=entries))
    else:
        yield from _parts(world, entries)
    sitemap = absolute(world, f"{world.config.base_path}sitemap.xml")
    yield _plain(
        world, "robots", "robots.txt", "robots.txt", RobotsContext(sitemap=sitemap, noindex=world.config.preview)
    )


def _parts(world: World, entries: tuple[SitemapEntry, ...]) -> Iterator[Page]:
    parts = [entries[start : start + LIMIT] for start in range(0, len(entries), LIMIT)]
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    for name, part in zip(names, parts, strict=True):
        yield _plain(world, "sitemap", name, "sitemap.xml", SitemapContext(entries=part))
    urls = tuple(absolute(world, world.config.base_path + name) for name in names)
    yield _plain(world, "sitemap_index", "sitemap.xml", "sitemap_index.xml", SitemapIndexContext(sitemaps=urls))


def _plain(world: World, kind: PageKind, output: str, template: str, context: Record) -> Page:
    url = world.config.base_path + output
    return Page(
        kind=kind, url=url, output=output, template=template, head=head(world, kind, url, output), context=context
    )


def _modified(article: Article) -> datetime | None:
    return article.updated or article.date
