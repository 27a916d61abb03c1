"""A page type: everything that is particular to one kind of page, in one value; and what all kinds are planned from.

`yoyak.pages.types` lists all page types. A recipe says what decides a page and which views of articles it shows.
`compose` makes the page's head and context of the recipe, the frame and those views, and of nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar
from urllib.parse import unquote, urlsplit

from msgspec import structs

from yoyak.model.message import Words, say
from yoyak.model.schema import SourceKeys, TagKeys
from yoyak.model.types import Edition, Page, Place, Record, Show, Site, Term
from yoyak.model.views import DayGroup, DayPart, EditionLink, Frame, Head, Link, Pager, Recipe, Standing
from yoyak.settings.config import SiteConfig, loads_of, spellings
from yoyak.templating.language import Language, language, message
from yoyak.text.names import fold
from yoyak.text.urls import output_path, page_url

# --- one kind of page --------------------------------------------------------------------------------------------


Shown = Mapping[Show, Any]
"""The views that a recipe asks for, and no others."""

Composed = tuple[Head, Record]
"""A head, and the variables of the template: a value of the page type's `context`."""


class PageType(Record, kw_only=True):
    """One kind of page."""

    kind: str
    """Its name, in one word: templates, the store and `yoyak why` know it by that."""
    recipe: type[Recipe]
    compose: Callable[[Any, Page, Frame, Shown], Composed]
    """Returns the head and the context of a page."""
    template: str = ""
    """A name below templates/; without one, ``KIND.html``."""
    context: type[Record] = Record
    """What `compose` returns; without one, the recipe itself, which a template can take as it is."""
    plan: Callable[[World], Iterator[Page]] | None = None
    """Yields the pages of this type; None when those of another type are planned together with them."""
    in_sitemap: bool = True
    html: str = ""
    """Where the context has the digest of an HTML text, such as ``term.intro``. The template gets it as ``intro``."""
    settings: tuple[str, ...] = ()
    """The keys of site.yaml that decide it, beside those that every page reads."""
    label: Words = ""
    """What `yoyak why` calls it; without one, the message ``page-type.KIND``."""

    def __post_init__(self) -> None:
        """Fill in what follows from the kind and the recipe."""
        structs.force_setattr(self, "template", self.template or f"{self.kind}.html")
        structs.force_setattr(self, "context", self.recipe if self.context is Record else self.context)
        structs.force_setattr(self, "label", self.label or say(f"page-type.{self.kind}"))

    def page(self, *, url: str, output: str, recipe: Recipe, origin: str = "") -> Page:
        """Return a planned page of this type."""
        return Page(kind=self.kind, url=url, output=output, template=self.template, recipe=recipe, origin=origin)


def cards(shown: Shown, paths: tuple[str, ...]) -> tuple[Any, ...]:
    """Return the cards of some articles."""
    return tuple(shown["card", path] for path in paths)


def days_of(shown: Shown, days: tuple[DayPart, ...]) -> tuple[DayGroup, ...]:
    """Return the days of a list with their cards."""
    return tuple(DayGroup(day=day.day, url=day.url, cards=cards(shown, day.cards)) for day in days)


# --- the site, its settings, and the standing of each article, found once ----------------------------------------


class World(Record, kw_only=True):
    """The site as planners see it. Made once a build by `world`."""

    site: Site
    config: SiteConfig
    frame: Frame
    language: Language
    standings: Mapping[str, Standing]
    """By article path."""
    edition_of: Mapping[str, EditionLink]
    """By article path."""
    day_urls: Mapping[date, str]


def world(site: Site, config: SiteConfig, first: Mapping[str, str]) -> World:
    """Return what the pages of a site are planned from; `first` are the first addresses of articles, by path."""
    return World(
        site=site,
        config=config,
        frame=frame_of(config),
        language=language(config.language),
        standings=_standings(site, config, first),
        edition_of={
            article.path: link
            for edition in site.editions
            for link in (edition_link(edition),)
            for article in edition.articles
        },
        day_urls={day.day: page_url(config.base_path, "archive", *day_parts(day.day)) for day in site.days},
    )


def frame_of(config: SiteConfig) -> Frame:
    """Return the settings that pages read."""
    return Frame(
        title=config.title,
        tagline=config.tagline,
        about=config.description or config.tagline or config.title,
        language=config.language,
        base_url=config.base_url,
        base_path=config.base_path,
        origin="{0.scheme}://{0.netloc}".format(urlsplit(config.base_url)),
        timezone=config.timezone,
        preview=config.preview,
        portable=config.portable,
        loads=loads_of(config),
    )


def day_parts(day: date) -> tuple[str, str, str]:
    """Return the folders of a day below /archive/: ``("2024", "07", "03")``."""
    return f"{day.year:04}", f"{day.month:02}", f"{day.day:02}"


def _standings(site: Site, config: SiteConfig, first: Mapping[str, str]) -> Mapping[str, Standing]:
    theme = _finder(_links(site.themes, {}))
    tag = _finder(_links(site.tags, config.tags))
    source = _finder(_links(site.sources, config.sources))
    author = _finder({fold(term.title): Link(title=term.title, url=term.url) for term in site.authors})
    return {
        place.path: Standing(
            source=source(place.source) or Link(title=place.source, url="") if place.source else None,
            tags=_named(place.tags, tag),
            themes=_named(place.themes, theme),
            authors=tuple(link.url if (link := author(name)) else "" for name in place.authors),
            ribbon=site.ribbons.get(place.path),
            first=first.get(place.path) or _first_of(place, config.base_path),
        )
        for place in site.with_pages
    }


def _first_of(place: Place, base_path: str) -> str:
    """Return where an article was online first, when no deploy is remembered."""
    return place.aliases[0] if place.aliases else "/" + unquote(place.url.removeprefix(base_path))


def links_of_terms(world: World, kind: str) -> Mapping[str, Link]:
    """Return the links of the themes, tags, sources or authors of a site, by all that each may be called, folded."""
    site, config = world.site, world.config
    terms = {"theme": site.themes, "tag": site.tags, "source": site.sources, "author": site.authors}[kind]
    registry: Mapping[str, TagKeys | SourceKeys] = {}
    if kind in ("tag", "source"):
        registry = config.tags if kind == "tag" else config.sources
    return _links(terms, registry)


_Finder = Callable[[str], Link | None]


def _finder(links: Mapping[str, Link]) -> _Finder:
    """Return the function that finds a term's link by a name as written; a site's articles share most names."""
    known: dict[str, Link | None] = {}

    def find(name: str) -> Link | None:
        if name not in known:
            known[name] = links.get(fold(name))
        return known[name]

    return find


def _links(terms: Iterable[Term], registry: Mapping[str, TagKeys | SourceKeys]) -> Mapping[str, Link]:
    """Return the link of each term by everything that it is called, folded."""
    found: dict[str, Link] = {}
    for term in terms:
        link = Link(title=term.title, url=term.url)
        found[fold(term.title)] = link
        found.setdefault(fold(term.slug), link)
    registered = ((keys, title, found.get(fold(title))) for title, keys in registry.items())
    spelled = {fold(name): link for keys, title, link in registered if link for name in spellings(title, keys)}
    return found | spelled


def _named(names: Iterable[str], find: _Finder) -> tuple[Link, ...]:
    return tuple(dict.fromkeys(link for name in names if (link := find(name))))


def paths_of(articles: Iterable[Place]) -> tuple[str, ...]:
    """Return the paths of some articles in their order: that is how a recipe names them."""
    return tuple(article.path for article in articles)


def day_groups(world: World, articles: Iterable[Place]) -> tuple[DayPart, ...]:
    """Return articles, newest first, grouped by day; those without a date come last."""
    groups: dict[date | None, list[str]] = {}
    for article in articles:
        groups.setdefault(article.date.date() if article.date else None, []).append(article.path)
    return tuple(
        DayPart(day=day, url=world.day_urls[day] if day else "", cards=tuple(cards)) for day, cards in groups.items()
    )


def edition_link(edition: Edition) -> EditionLink:
    """Return how other pages name an edition."""
    return EditionLink(
        key=edition.key,
        url=edition.url,
        number=edition.number,
        title=edition.title,
        start=edition.start,
        end=edition.end,
        count=len(edition.articles),
        counted=edition.counted,
        ribbon=edition.ribbon,
    )


# --- long lists, cut into pages: /tags/ai/, /tags/ai/page/2/ … ---------------------------------------------------


T = TypeVar("T")


def neighbours(items: Sequence[T], place: int) -> tuple[T | None, T | None]:
    """Return what stands behind and before a place of a list; in one that is newest first, the older and the newer."""
    behind = items[place + 1] if place + 1 < len(items) else None
    return behind, items[place - 1] if place else None


class ListPage(Record, kw_only=True):
    """One page of a list."""

    items: tuple[Any, ...]
    pager: Pager
    url: str
    output: str


def numbered(frame: Frame, title: str, pager: Pager) -> str:
    """Return the title of one page of a list: with its number from the second on."""
    return (
        title
        if pager.number == 1
        else message(language(frame.language), "title.page", title=title, number=pager.number)
    )


def pages_of(world: World, items: Sequence[Any], *parts: str) -> Iterator[ListPage]:
    """Yield the pages of a list that stands at `parts`; an empty list has one page."""
    size = world.config.page_size
    total = max(1, -(-len(items) // size))

    def url(number: int) -> str:
        return page_url(world.config.base_path, *parts, *_below(number)) if 1 <= number <= total else ""

    for number in range(1, total + 1):
        pager = Pager(number=number, total=total, previous=url(number - 1), next=url(number + 1))
        yield ListPage(
            items=tuple(items[(number - 1) * size : number * size]),
            pager=pager,
            url=url(number),
            output=output_path(*parts, *_below(number)),
        )


def _below(number: int) -> tuple[str, ...]:
    return ("page", str(number)) if number > 1 else ()
