"""What every kind of page is made from: the site, its settings, and each article's card, made once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from urllib.parse import urlsplit

from yoyak.config import SiteConfig, spellings
from yoyak.language import Language, language
from yoyak.model import Article, Asset, Edition, Looks, Record, Site, Term
from yoyak.schema import SourceKeys, TagKeys
from yoyak.text.slugs import fold
from yoyak.text.urls import page_url
from yoyak.views import Card, DayGroup, EditionLink, Link


class World(Record, kw_only=True):
    """The site as pages see it. Made once a build by `world`."""

    site: Site
    config: SiteConfig
    looks: Looks
    assets: Mapping[str, Asset]
    language: Language
    cards: Mapping[str, Card]
    """By article path."""
    edition_of: Mapping[str, Edition]
    """By article path."""
    day_urls: Mapping[date, str]
    origin: str
    """Scheme and host of the site, without a slash at the end."""


def world(site: Site, config: SiteConfig, looks: Looks, assets: Mapping[str, Asset]) -> World:
    """Return what the pages of a site are made from."""
    links = {
        "theme": _links(site.themes, {}),
        "tag": _links(site.tags, config.tags),
        "source": _links(site.sources, config.sources),
    }
    return World(
        site=site,
        config=config,
        looks=looks,
        assets=assets,
        language=language(config.language),
        cards={article.path: _card(article, site, links) for article in site.articles},
        edition_of={article.path: edition for edition in site.editions for article in edition.articles},
        origin="{0.scheme}://{0.netloc}".format(urlsplit(config.base_url)),
        day_urls={day.day: page_url(config.base_path, "archive", *day_parts(day.day)) for day in site.days},
    )


def day_parts(day: date) -> tuple[str, str, str]:
    """Return the folders of a day below /archive/: ``("2024", "07", "03")``."""
    return f"{day.year:04}", f"{day.month:02}", f"{day.day:02}"


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


def _card(article: Article, site: Site, links: Mapping[str, Mapping[str, Link]]) -> Card:
    return Card(
        path=article.path,
        title=article.title,
        url=article.url,
        lang=article.lang,
        date=article.date,
        day_only=article.day_only,
        source=links["source"].get(fold(article.source)) if article.source else None,
        summary=article.summary,
        tags=_named(article.tags, links["tag"]),
        themes=_named(article.themes, links["theme"]),
        image=article.image,
        minutes=article.minutes,
        ribbon=site.ribbons.get(article.path),
    )


def _named(names: Iterable[str], links: Mapping[str, Link]) -> tuple[Link, ...]:
    return tuple(dict.fromkeys(links[fold(name)] for name in names if fold(name) in links))


def cards_of(world: World, articles: Iterable[Article]) -> tuple[Card, ...]:
    """Return the cards of some articles in their order."""
    return tuple(world.cards[article.path] for article in articles)


def day_groups(world: World, articles: Iterable[Article]) -> tuple[DayGroup, ...]:
    """Return articles, newest first, grouped by day; those without a date come last."""
    groups: dict[date | None, list[Card]] = {}
    for article in articles:
        groups.setdefault(article.date.date() if article.date else None, []).append(world.cards[article.path])
    return tuple(
        DayGroup(day=day, url=world.day_urls[day] if day else "", cards=tuple(cards)) for day, cards in groups.items()
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
    )
