"""The context of each kind of page: the variables that its template gets, beside `page` and `chrome`."""

from __future__ import annotations

from datetime import date, datetime

from yoyak.model.types import Person, Picture, Record, Ribbon
from yoyak.model.views import (
    ArticleView,
    Card,
    Chart,
    DayGroup,
    EditionLink,
    EditionView,
    Link,
    Month,
    Pager,
    Teaser,
    TermGroup,
    TermView,
    YearLink,
)


class FrontContext(Record, kw_only=True):
    edition: EditionView | None
    """The current edition; None when the site has no editions."""
    recent: tuple[EditionLink, ...]
    """Editions before the current one."""
    days: tuple[DayGroup, ...]
    """The newest articles when the site has no editions; else empty."""


class EditionsContext(Record, kw_only=True):
    editions: tuple[EditionLink, ...]
    pager: Pager


class EditionContext(Record, kw_only=True):
    edition: EditionView
    previous: EditionLink | None
    """The older one."""
    next: EditionLink | None
    """The newer one."""


class ArticleContext(Record, kw_only=True):
    article: ArticleView
    edition: EditionLink | None
    related: tuple[Teaser, ...]
    previous: Link | None
    """The older article of the main theme."""
    next: Link | None


class TermsContext(Record, kw_only=True):
    """All themes, tags, sources or authors."""

    groups: tuple[TermGroup, ...]
    count: int


class TermContext(Record, kw_only=True):
    """One theme, tag, source or author."""

    term: TermView
    chart: Chart | None
    """Only a theme's first page has one."""
    days: tuple[DayGroup, ...]
    pager: Pager


class ArchiveContext(Record, kw_only=True):
    years: tuple[YearLink, ...]
    months: tuple[Month, ...]
    """The twelve newest months with articles, newest first."""


class YearContext(Record, kw_only=True):
    year: int
    count: int
    months: tuple[Month, ...]
    previous: YearLink | None
    next: YearLink | None


class MonthContext(Record, kw_only=True):
    month: Month
    days: tuple[DayGroup, ...]
    previous: Link | None
    next: Link | None


class DayContext(Record, kw_only=True):
    day: date
    cards: tuple[Card, ...]
    previous: date | None
    previous_url: str
    next: date | None
    next_url: str


class OwnPageContext(Record, kw_only=True):
    """A page of content/pages."""

    title: str
    body: str
    """The digest; in a template, ``body`` is the HTML."""
    ribbon: Ribbon | None
    """Why it is shown in a preview only."""


class NotFoundContext(Record, kw_only=True):
    recent: tuple[Card, ...]


class RedirectContext(Record, kw_only=True):
    target: Link
    target_absolute: str


class Entry(Record, kw_only=True):
    """An article in a feed. All addresses are absolute."""

    id: str
    """A tag URI (RFC 4151) that survives a change of headline, host scheme and, with an alias, of slug."""
    title: str
    absolute_url: str
    source: Link | None
    """The publisher and the original's address."""
    published: datetime
    updated: datetime
    authors: tuple[Person, ...]
    summary: str
    tags: tuple[str, ...]
    lang: str
    image: Picture | None
    content: str
    """The digest of the body; empty in the feeds of themes and tags. In a template, ``content`` is the HTML with
    absolute addresses."""


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


class SitemapEntry(Record, kw_only=True):
    absolute_url: str
    modified: datetime | None


class SitemapContext(Record, kw_only=True):
    entries: tuple[SitemapEntry, ...]


class SitemapIndexContext(Record, kw_only=True):
    sitemaps: tuple[str, ...]
    """Absolute addresses."""


class RobotsContext(Record, kw_only=True):
    sitemap: str
    noindex: bool


CONTEXTS: dict[str, type[Record]] = {
    "front": FrontContext,
    "editions": EditionsContext,
    "edition": EditionContext,
    "article": ArticleContext,
    "themes": TermsContext,
    "theme": TermContext,
    "tags": TermsContext,
    "tag": TermContext,
    "sources": TermsContext,
    "source": TermContext,
    "authors": TermsContext,
    "author": TermContext,
    "archive": ArchiveContext,
    "year": YearContext,
    "month": MonthContext,
    "day": DayContext,
    "page": OwnPageContext,
    "not_found": NotFoundContext,
    "redirect": RedirectContext,
    "atom": FeedContext,
    "rss": FeedContext,
    "json_feed": FeedContext,
    "sitemap": SitemapContext,
    "sitemap_index": SitemapIndexContext,
    "robots": RobotsContext,
}
"""The type of `Page.context` by kind of page."""
