"""Recipes: what decides a page, as plain data, made by plan and kept by the store.

A recipe names articles by their paths, and `shows` says which views of them it needs. `yoyak.pages.compose` makes a
page's head and context of a recipe, the frame and those views, and of nothing else: whatever it gets is therefore in
the page's fingerprint, and nothing can be forgotten there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from yoyak.model.contexts import SitemapEntry
from yoyak.model.loads import Loads
from yoyak.model.types import Record, Ribbon, Show, TermKind
from yoyak.model.views import Chart, EditionLink, Link, Month, Pager, TermGroup, TermView, YearLink


class Frame(Record, kw_only=True):
    """The settings that pages read, the same for all pages of a site."""

    title: str
    tagline: str
    about: str
    """What stands in the place of a page's own description."""
    language: str
    base_url: str
    base_path: str
    origin: str
    """Scheme and host of the site, without a slash at the end."""
    timezone: str
    """In which all times are shown: the same instant is another text elsewhere."""
    preview: bool
    loads: Loads = Loads(host="")
    """Which hosts pages may ask: those that load more are errors, so that each has to be looked at again."""


class Standing(Record, kw_only=True):
    """The links of an article into its site: where its terms stand, and why it is not published."""

    source: Link | None = None
    tags: tuple[Link, ...] = ()
    themes: tuple[Link, ...] = ()
    """Never empty; the main theme first."""
    authors: tuple[str, ...] = ()
    """The url of each author's page, in the order of the names; empty for one without a page."""
    ribbon: Ribbon | None = None


class SectionPart(Record, kw_only=True):
    theme: Link
    count: int
    cards: tuple[str, ...]


class ListedEdition(Record, kw_only=True):
    """An edition as the pages of others name it."""

    link: EditionLink
    headline: str
    """The article whose headline is shown instead of a title; empty when the edition has a title."""

    def shows(self) -> Iterator[Show]:
        if self.headline:
            yield "link", self.headline


class EditionPart(Record, kw_only=True):
    link: EditionLink
    note: str
    """The digest of the editor's note, or empty."""
    lead: str
    sections: tuple[SectionPart, ...]
    listed: tuple[str, ...]
    """All articles, the lead first."""

    def shows(self) -> Iterator[Show]:
        return _each("card", self.listed)


class DayPart(Record, kw_only=True):
    day: date | None
    url: str
    cards: tuple[str, ...]


class Recipe(Record, kw_only=True, tag=True):
    """The base of all recipes."""

    def shows(self) -> Iterator[Show]:
        """Yield the views that the page needs; most pages need none."""
        return iter(())


class FrontRecipe(Recipe, kw_only=True):
    edition: EditionPart | None
    recent: tuple[ListedEdition, ...]
    days: tuple[DayPart, ...]

    def shows(self) -> Iterator[Show]:
        yield from self.edition.shows() if self.edition else _in_days(self.days)
        yield from _of_editions(self.recent)


class EditionsRecipe(Recipe, kw_only=True):
    editions: tuple[ListedEdition, ...]
    pager: Pager

    def shows(self) -> Iterator[Show]:
        return _of_editions(self.editions)


class EditionRecipe(Recipe, kw_only=True):
    edition: EditionPart
    previous: ListedEdition | None
    next: ListedEdition | None

    def shows(self) -> Iterator[Show]:
        yield from self.edition.shows()
        yield from _of_editions(filter(None, (self.previous, self.next)))


class ArticleRecipe(Recipe, kw_only=True):
    path: str
    edition: EditionLink | None
    related: tuple[str, ...]
    previous: str
    next: str
    unlisted: bool = False

    def shows(self) -> Iterator[Show]:
        yield "own", self.path
        yield from _each("teaser", self.related)
        yield from _each("link", filter(None, (self.previous, self.next)))


class RedirectRecipe(Recipe, kw_only=True):
    path: str = ""
    """The article that it leads to; of a page of content/pages, what follows says where."""
    title: str = ""
    url: str = ""
    lang: str = ""

    def shows(self) -> Iterator[Show]:
        if self.path:
            yield "link", self.path


class TermsRecipe(Recipe, kw_only=True):
    of: TermKind
    groups: tuple[TermGroup, ...]
    count: int


class TermRecipe(Recipe, kw_only=True):
    of: TermKind
    term: TermView
    chart: Chart | None
    days: tuple[DayPart, ...]
    pager: Pager

    def shows(self) -> Iterator[Show]:
        return _in_days(self.days)


class ArchiveRecipe(Recipe, kw_only=True):
    years: tuple[YearLink, ...]
    months: tuple[Month, ...]


class YearRecipe(Recipe, kw_only=True):
    year: YearLink
    months: tuple[Month, ...]
    previous: YearLink | None
    next: YearLink | None


class MonthRecipe(Recipe, kw_only=True):
    month: Month
    days: tuple[DayPart, ...]
    previous: Link | None
    next: Link | None

    def shows(self) -> Iterator[Show]:
        return _in_days(self.days)


class DayRecipe(Recipe, kw_only=True):
    day: date
    cards: tuple[str, ...]
    previous: date | None
    previous_url: str
    next: date | None
    next_url: str

    def shows(self) -> Iterator[Show]:
        return _each("card", self.cards)


class OwnRecipe(Recipe, kw_only=True):
    title: str
    body: str
    description: str
    lang: str
    ribbon: Ribbon | None = None
    unlisted: bool = False


class NotFoundRecipe(Recipe, kw_only=True):
    recent: tuple[str, ...]

    def shows(self) -> Iterator[Show]:
        return _each("card", self.recent)


class FeedRecipe(Recipe, kw_only=True):
    title: str
    subtitle: str
    home: str
    """The url of the page that it belongs to."""
    entries: tuple[str, ...]
    bodies: bool

    def shows(self) -> Iterator[Show]:
        return _each("content" if self.bodies else "entry", self.entries)


class SitemapRecipe(Recipe, kw_only=True):
    entries: tuple[SitemapEntry, ...]


class SitemapIndexRecipe(Recipe, kw_only=True):
    sitemaps: tuple[str, ...]


class RobotsRecipe(Recipe, kw_only=True):
    sitemap: str


AnyRecipe = (
    FrontRecipe
    | EditionsRecipe
    | EditionRecipe
    | ArticleRecipe
    | RedirectRecipe
    | TermsRecipe
    | TermRecipe
    | ArchiveRecipe
    | YearRecipe
    | MonthRecipe
    | DayRecipe
    | OwnRecipe
    | NotFoundRecipe
    | FeedRecipe
    | SitemapRecipe
    | SitemapIndexRecipe
    | RobotsRecipe
)
"""For decoding: each says its own name."""


def _each(view: str, paths: Iterable[str]) -> Iterator[Show]:
    return ((view, path) for path in paths)  # type: ignore[misc] # every caller names a view


def _of_editions(editions: Iterable[ListedEdition]) -> Iterator[Show]:
    return (show for edition in editions for show in edition.shows())


def _in_days(days: tuple[DayPart, ...]) -> Iterator[Show]:
    return (("card", path) for day in days for path in day.cards)
