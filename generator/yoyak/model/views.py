"""What templates see: the values that page types share. The variables of each type stand in its file of `yoyak.pages`.

A template gets the fields of its page's context as variables, plus `page` (`Head`) and `chrome` (`Chrome`).
docs/reference/templates.md lists them; a test compares the list with the code. Views are made by
`yoyak.pages`, hold no logic and can be encoded as JSON, so that a page's fingerprint is complete.

Every `url` is root-relative, percent-encoded and starts with the base path, unless its name says `absolute`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from yoyak.model.addresses import Loads
from yoyak.model.types import Correction, Person, Picture, Record, Ribbon, Rights, Show, View


class Link(Record, kw_only=True):
    title: str
    url: str
    lang: str = ""
    """Set when the title is in another language than the page."""


class NavigationLink(Link, kw_only=True):
    section: str
    """What the pages of this place have as `Head.section`."""


class FeedLink(Record, kw_only=True):
    title: str
    url: str
    type: str


class Chrome(Record, kw_only=True):
    """What every page of a site shares."""

    title: str
    tagline: str
    language: str
    base_url: str
    """Absolute, with a slash at its end."""
    home: str
    """The front page's url."""
    navigation: tuple[NavigationLink, ...]
    """The built-in places and those of site.yaml."""
    more: tuple[Link, ...]
    """The places that the menu leaves out: the archive of a site with editions, the sources, the authors."""
    feeds: tuple[FeedLink, ...]
    """The site's three feeds."""
    style: str
    script: str
    icon: str
    preview: bool
    generator: str


CHROME_ASSETS = {"style": "style.css", "script": "site.js", "icon": "icon.svg"}
"""The files of templates/assets of which chrome has the url, by its field."""


class Crumb(Link, kw_only=True):
    pass


class Head(Record, kw_only=True):
    """What a page says about itself to browsers, feed readers and search engines."""

    kind: str
    url: str
    absolute_url: str
    canonical: str
    """Absolute; an excerpt's canonical address is its source's."""
    title: str
    """For <title>, without the site's name."""
    description: str
    lang: str
    section: str = ""
    """The place in the menu that it belongs to: ``edition``, ``editions``, ``themes``, ``tags``, ``archive`` or an own
    page's url."""
    noindex: bool = False
    image: Picture | None = None
    """Its `url` is absolute here."""
    feeds: tuple[FeedLink, ...] = ()
    """Beside the site's own."""
    crumbs: tuple[Crumb, ...] = ()
    """From the front page to the page above this one."""
    published: datetime | None = None
    updated: datetime | None = None
    json_ld: tuple[dict[str, Any], ...] = ()


class Card(Record, kw_only=True):
    """An article in a list."""

    path: str
    title: str
    url: str
    lang: str
    date: datetime | None
    day_only: bool
    source: Link | None
    """None for the desk's own writing."""
    summary: str
    tags: tuple[Link, ...]
    themes: tuple[Link, ...]
    """Never empty; the main theme first."""
    image: Picture | None
    minutes: int
    ribbon: Ribbon | None


class Teaser(Record, kw_only=True):
    """An article to read next: of it only what is shown there, so that a mended summary makes no other page anew."""

    title: str
    url: str
    lang: str
    date: datetime | None
    day_only: bool
    source: Link | None
    """None for the desk's own writing."""


class ArticleView(Card, kw_only=True):
    """An article on its own page."""

    subtitle: str
    updated: datetime | None
    authors: tuple[AuthorLink, ...]
    source_url: str
    """Absolute, http or https; empty when there is none."""
    rights: Rights
    rights_notice: str
    corrections: tuple[Correction, ...]
    body: str
    """The body's digest; empty for `link`. In a template, ``body`` is the HTML."""


class AuthorLink(Link, kw_only=True):
    email: str | None = None


class SectionView(Record, kw_only=True):
    id: str
    """The anchor of the section on its page."""
    theme: Link
    count: int
    """All articles of the theme in this edition, the lead story included."""
    cards: tuple[Card, ...]
    """Without the lead story; may be empty."""


class EditionLink(Record, kw_only=True):
    key: str
    url: str
    number: str
    title: str
    """The desk's own, else the headline of its lead story; on an article's page the desk's own only."""
    lang: str = ""
    """Set when the title is in another language than the page."""
    start: date
    end: date
    count: int
    counted: bool = False
    """The site's editions are counted: `edition_name` shows the number also when it is that of the week."""
    ribbon: Ribbon | None = None
    """Why it is held back; only a preview shows such an edition."""


class EditionView(EditionLink, kw_only=True):
    note: str
    """The digest of the editor's note, or empty. In a template, ``note`` is the HTML."""
    lead: Card | None
    sections: tuple[SectionView, ...]


class TermLink(Link, kw_only=True):
    count: int
    description: str = ""


class TermGroup(Record, kw_only=True):
    heading: str
    """ㄱ, ㄴ … A, B …, or ``#`` for the rest; empty when the list is not divided."""
    terms: tuple[TermLink, ...]


class TermView(Record, kw_only=True):
    kind: str
    title: str
    url: str
    description: str
    intro: str
    """The digest of its introduction, or empty. In a template, ``intro`` is the HTML."""
    site: str
    """A source's own address, or empty."""
    count: int
    feed: str
    """Its feed's url, or empty."""


class DayGroup(Record, kw_only=True):
    day: date | None
    """None for articles without a date."""
    url: str
    """The day's page, or empty."""
    cards: tuple[Card, ...]


class Pager(Record, kw_only=True):
    number: int
    total: int
    previous: str
    """The url of the page with newer articles, or empty."""
    next: str
    """The url of the page with older articles, or empty."""


class Bar(Record, kw_only=True):
    """One week of a chart. All sizes are in the units of the chart's view box."""

    start: date
    count: int
    x: int
    height: int


class Chart(Record, kw_only=True):
    """Articles by week; the view box is `width` wide and 64 high, bars stand on y = 60."""

    bars: tuple[Bar, ...]
    width: int


class Cell(Record, kw_only=True):
    day: date
    count: int
    level: int
    """0 (no article) to 4, for the shade."""
    url: str
    """The day's page; empty when it has no article."""


class Month(Record, kw_only=True):
    start: date
    url: str
    """The month's page; empty when it has no article."""
    count: int
    weeks: tuple[tuple[Cell | None, ...], ...]
    """Rows of seven from Monday; None before the first and after the last day."""


class YearLink(Record, kw_only=True):
    year: int
    url: str
    count: int


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


# --- What recipes are made of: what decides a page, as plain data, made by plan and kept by the store ------------

# A recipe names articles by their paths, and `shows` says which views of them it needs. Each page type has one, in its
# file of `yoyak.pages`. `yoyak.pages.types.compose` makes a page's head and context of a recipe, the frame and those
# views, and of nothing else: whatever it gets is therefore in the page's fingerprint, and nothing can be forgotten.


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
    portable: bool = False
    """Whether addresses in pages are relative."""
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
    first: str = ""
    """The address that the article's id in feeds is made of: where it was online first."""


class DayPart(Record, kw_only=True):
    day: date | None
    url: str
    cards: tuple[str, ...]


class Recipe(Record, kw_only=True, tag=True):
    """The base of all recipes."""

    def shows(self) -> Iterator[Show]:
        """Yield the views that the page needs; most pages need none."""
        return iter(())


def each(view: View, paths: Iterable[str]) -> Iterator[Show]:
    """Yield a view of some articles."""
    return ((view, path) for path in paths)


def in_days(days: tuple[DayPart, ...]) -> Iterator[Show]:
    """Yield the cards of the articles of some days."""
    return (("card", path) for day in days for path in day.cards)
