"""The values that pass between the stages. All are frozen, and none knows how it is stored or shown.

Read this file together with ARCHITECTURE.md: each type names the stage that makes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Literal, NewType, dataclass_transform

from msgspec import Struct, structs

from yoyak.model.message import Problem

Kind = Literal["markdown", "saved_page", "capture"]
Rights = Literal["full", "excerpt", "link"]
Status = Literal["draft", "review", "approved", "unlisted"]
Cadence = Literal["daily", "weekly", "monthly", "none"]
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
Release = Literal["separately", "together"]
Ribbon = Literal[
    "draft", "review", "changes-requested", "on-hold", "stale", "scheduled", "embargoed", "expired", "unlisted",
    "edition", "unread",
]  # fmt: skip
"""Why an article or an edition is not out, or in no list. ``edition``: it waits for that; ``unread``: a faulty file."""

SafeHtml = NewType("SafeHtml", str)
"""HTML that came through the one door, `yoyak.text.sanitize.sanitize`. Nothing else makes it."""


@dataclass_transform(frozen_default=True, kw_only_default=True)
class Record(Struct, frozen=True, kw_only=True):
    """The base of every value: immutable, compared by content, made by keyword only."""


class BodyLink(Record, kw_only=True):
    """A link from a body to this site: as its author wrote it, and the address it became."""

    written: str
    url: str


# --- parse ------------------------------------------------------------------------------------


class Person(Record, kw_only=True):
    name: str
    email: str | None = None


class Picture(Record, kw_only=True):
    """A picture that a page shows. `url` is below the site's base path."""

    url: str
    width: int = 0
    height: int = 0
    alt: str = ""
    caption: str = ""
    credit: str = ""


class Correction(Record, kw_only=True):
    date: datetime
    note: str


class Article(Record, kw_only=True):
    """Everything about an article but its body: what lists, feeds and editions need ("the card")."""

    path: str
    kind: Kind
    slug: str
    title: str
    url: str
    """Root-relative, percent-encoded, with the base path: ``/digest/articles/summit/``."""
    subtitle: str = ""
    date: datetime | None = None
    """In the site's zone. None for an article that says no date: it is in no edition, day or feed."""
    day_only: bool = False
    """The date was given without a time of day."""
    updated: datetime | None = None
    captured: datetime | None = None
    themes: tuple[str, ...] = ()
    """Main theme first, never empty: slugs of site.yaml, or names as written when it lists no themes."""
    tags: tuple[str, ...] = ()
    """As written, NFC; folded into terms by group."""
    source: str = ""
    """The publisher it came from; empty for the desk's own writing."""
    source_url: str = ""
    authors: tuple[Person, ...] = ()
    summary: str = ""
    """Plain text, never more than the rights allow."""
    image: Picture | None = None
    share: Picture | None = None
    """What others show of a link to it: its picture, or the first of its body that is made of pixels."""
    image_in_body: bool = False
    lang: str
    aliases: tuple[str, ...] = ()
    """Old addresses below the site's root, percent-decoded: ``/2023/old-name``."""
    rights: Rights = "full"
    rights_notice: str = ""
    status: Status = "approved"
    publish_at: datetime | None = None
    embargo_until: datetime | None = None
    expires_at: datetime | None = None
    edition: str = ""
    """The key of the edition it is pinned to, or empty."""
    weight: int = 0
    corrections: tuple[Correction, ...] = ()
    label: str = ""
    body: str = ""
    """The digest of its body in `Bodies`; empty when nothing of the body may be shown."""
    minutes: int = 1
    """Reading time."""
    assets: tuple[str, ...] = ()
    """Output paths of the assets that its page shows."""
    links: tuple[BodyLink, ...] = ()


Bodies = Mapping[str, SafeHtml]  # by digest


class ReviewHold(Record, kw_only=True):
    """Why review holds back an article or an edition, for lists and messages."""

    ribbon: Ribbon
    by: tuple[str, ...] = ()
    """Whose verdict or hold it is; of a stale approval, who had approved."""
    waits_for: tuple[str, ...] = ()
    """Who can bring it further; empty when anybody may."""
    said: str = ""  # the reason that was given


class Place(Record, kw_only=True):
    """What decides where an article stands in a site, and nothing of what it says.

    Group and plan see only this of an article. So the structure of a site is the same as long as its places are, and
    a mended headline moves nothing.
    """

    path: str
    slug: str
    url: str
    date: datetime | None = None
    updated: datetime | None = None
    themes: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    source: str = ""
    authors: tuple[str, ...] = ()
    """Their names."""
    aliases: tuple[str, ...] = ()
    status: Status = "approved"
    publish_at: datetime | None = None
    embargo_until: datetime | None = None
    expires_at: datetime | None = None
    edition: str = ""
    weight: int = 0
    pictured: bool = False
    canonical_elsewhere: bool = False
    """Its page names another one as the original: only a part of a source's article is on it."""
    assets: tuple[str, ...] = ()
    review: ReviewHold | None = None
    """Why review holds it back, where it does."""
    seen: str = ""
    """The digest of what a reader gets, where editions are approved with the words of their articles."""


def original_of(article: Article) -> str:
    """Return the address that an article's page names as the original; empty when the page itself is it."""
    return "" if article.rights == "full" else article.source_url


_IN_BOTH = tuple(name for name in Place.__struct_fields__ if name in Article.__struct_fields__ and name != "authors")


def place_of(article: Article) -> Place:
    """Return the place of an article."""
    return Place(
        **{name: getattr(article, name) for name in _IN_BOTH},
        authors=tuple(person.name for person in article.authors),
        pictured=article.image is not None,
        canonical_elsewhere=bool(original_of(article)),
    )


def times_of(kind: type[Record]) -> tuple[str, ...]:
    """Return the fields of a type that are a moment or nothing."""
    return tuple(field.name for field in structs.fields(kind) if field.type == datetime | None)


class Note(Record, kw_only=True):
    """A parsed file of content/editions, content/themes or content/pages: some keys and a body."""

    path: str
    slug: str
    """An edition's key, a theme's slug, a page's place below the site's root."""
    title: str
    fields: Mapping[str, Any]
    html: SafeHtml
    assets: tuple[str, ...] = ()
    links: tuple[BodyLink, ...] = ()
    lines: Mapping[str, tuple[int, int]] = {}
    """Line and column of each value, by its dotted key: ``order.0``."""
    faulty: bool = False
    """An edition's file that is not understood: `fields` has what of it is, and all else is empty."""


class Parsed(Record, kw_only=True):
    """What parse made of one source file: an article or nothing, and the problems."""

    path: str
    article: Article | None
    html: SafeHtml = SafeHtml("")
    problems: tuple[Problem, ...] = ()
    links: tuple[BodyLink, ...] = ()
    """Only when there is no article: the links of its body, which are checked all the same."""


# --- group ------------------------------------------------------------------------------------

TermKind = Literal["theme", "tag", "source", "author"]


class Term(Record, kw_only=True):
    """A theme, tag, source or author with its articles, newest first."""

    kind: TermKind
    slug: str
    title: str
    url: str
    description: str = ""
    intro: str = ""
    """The digest of an introduction's body, or empty."""
    site: str = ""
    """A source's own address, or empty."""
    articles: tuple[Place, ...] = ()


class Section(Record, kw_only=True):
    """A theme inside an edition."""

    theme: Term
    articles: tuple[Place, ...]


class Edition(Record, kw_only=True):
    """One issue of the digest: a window of days and its articles by theme."""

    key: str
    url: str
    number: str = ""
    """The desk's own number, written or counted, or empty."""
    counted: bool = False
    """The site's editions are counted."""
    title: str = ""
    start: date
    end: date
    """The last day, inclusive."""
    lead: Place | None = None
    sections: tuple[Section, ...] = ()
    """Every article once, under its main theme."""
    articles: tuple[Place, ...] = ()
    """All of them, each once, the lead first, then in the order of the sections."""
    note: Note | None = None
    ribbon: Ribbon | None = None
    """Why it is held back: only a preview has such editions."""


class Held(Record, kw_only=True):
    """An article, an own page or an edition that stays out of a production build, and why."""

    path: str
    """The source file."""
    title: str = ""
    reason: Ribbon
    until: datetime | None = None
    by: tuple[str, ...] = ()
    waits_for: tuple[str, ...] = ()
    said: str = ""
    """All three as in `ReviewHold`."""
    review: bool = False
    """Review holds it back, and not what its file says."""
    edition: str = ""
    """The key of the edition that is held back, or for which an article waits."""


class Day(Record, kw_only=True):
    day: date
    articles: tuple[Place, ...]


class Site(Record, kw_only=True):
    """The whole world of one build. Immutable; every sequence is totally ordered."""

    articles: tuple[Place, ...]
    unlisted: tuple[Place, ...] = ()
    """Articles with a page that stands in no list, no feed and no edition."""
    themes: tuple[Term, ...]
    tags: tuple[Term, ...]
    sources: tuple[Term, ...]
    authors: tuple[Term, ...]
    editions: tuple[Edition, ...]
    """Newest first."""
    days: tuple[Day, ...]
    """Newest first."""
    pages: tuple[Note, ...]
    intro_assets: tuple[str, ...] = ()
    """Output paths of the assets that introductions of themes show."""
    ribbons: Mapping[str, Ribbon]
    """By article path; only a preview has any."""
    held: tuple[Held, ...]

    @property
    def with_pages(self) -> tuple[Place, ...]:
        """Return the articles that have a page of their own, those in no list too."""
        return (*self.articles, *self.unlisted)


# --- plan, render, write ----------------------------------------------------------------------

View = Literal["card", "teaser", "link", "own", "entry", "content"]
"""What a page may show of an article: in a list, as something to read next, its headline, all of it, in a feed, in a
feed with its body. What a page shows decides when it has to be made again."""

Show = tuple[View, str]
"""A view of an article, by its path."""


class Page(Record, kw_only=True):
    """A planned output: pure data, and light, since most are not made in most builds.

    Its template's head and context are made of its recipe, and of what that shows of articles, by
    `yoyak.pages.types.compose` when the page is rendered.
    """

    kind: str
    """That of its type: `yoyak.pages.types` lists them."""
    url: str
    """Root-relative and percent-encoded, with the base path."""
    output: str
    """Relative to output/, posix, NFC."""
    template: str
    """A name below templates/."""
    recipe: Any
    """A value of its type's `recipe`."""
    origin: str = ""
    """The source file that a problem of this page is reported on, or empty."""


class Composition(Record, kw_only=True):
    """A page with everything that its template sees of it."""

    url: str
    output: str
    template: str
    head: Any
    """`yoyak.model.views.Head`."""
    context: Any
    """A value of its type's `context`."""
    html: tuple[str, str] = ("", "")
    """A variable of the template, and the digest of the HTML in it."""


class Output(Record, kw_only=True):
    """One rendered file."""

    path: str
    data: bytes
