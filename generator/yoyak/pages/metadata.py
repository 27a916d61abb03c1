"""What a page says of itself to machines: its head, its breadcrumbs and its JSON-LD (https://schema.org)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from msgspec import structs

from yoyak.language import iso, message
from yoyak.model import Article, PageKind, Picture, Term
from yoyak.pages.world import World
from yoyak.text.excerpt import shorten
from yoyak.text.urls import page_url
from yoyak.views import Card, Crumb, FeedLink, Head

DESCRIPTION = 200
JsonLd = dict[str, Any]


def absolute(world: World, url: str) -> str:
    """Return the absolute address of a root-relative url."""
    return world.origin + url if url.startswith("/") else url


def head(
    world: World,
    kind: PageKind,
    url: str,
    title: str,
    *,
    description: str = "",
    lang: str = "",
    section: str = "",
    canonical: str = "",
    noindex: bool = False,
    image: Picture | None = None,
    feeds: tuple[FeedLink, ...] = (),
    crumbs: tuple[Crumb, ...] = (),
    published: datetime | None = None,
    updated: datetime | None = None,
    json_ld: tuple[JsonLd, ...] = (),
) -> Head:
    """Return a page's head with what follows from its url: its addresses and its breadcrumbs as JSON-LD."""
    config, here = world.config, absolute(world, url)
    return Head(
        kind=kind,
        url=url,
        absolute_url=here,
        canonical=canonical or here,
        title=title,
        description=shorten(description or config.description or config.tagline or config.title, DESCRIPTION),
        lang=lang or config.language,
        section=section,
        noindex=noindex or config.preview,
        image=image,
        feeds=feeds,
        crumbs=crumbs,
        published=published,
        updated=updated,
        json_ld=(*json_ld, *_breadcrumbs(world, crumbs, title, here)),
    )


def crumb(world: World, key: str, *parts: str) -> Crumb:
    """Return a breadcrumb of one of the built-in places, or the front page without `parts`."""
    return Crumb(title=message(world.language, key), url=page_url(world.config.base_path, *parts))


def home(world: World) -> Crumb:
    """Return the breadcrumb that every page but the front page begins with."""
    return crumb(world, "home")


def term_feed(term: Term) -> FeedLink:
    """Return the feed that stands beside a theme's or a tag's page."""
    return FeedLink(title=term.title, url=f"{term.url}feed.xml", type="application/atom+xml")


def _breadcrumbs(world: World, crumbs: tuple[Crumb, ...], title: str, here: str) -> tuple[JsonLd, ...]:
    if not crumbs:
        return ()
    places = [*((link.title, absolute(world, link.url)) for link in crumbs), (title, here)]
    items = [
        {"@type": "ListItem", "position": number, "name": name, "item": url}
        for number, (name, url) in enumerate(places, 1)
    ]
    return ({"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": items},)


def item_list(world: World, title: str, cards: Iterable[Card]) -> JsonLd:
    """Return the JSON-LD of a list of articles."""
    items = [
        {"@type": "ListItem", "position": number, "url": absolute(world, card.url), "name": card.title}
        for number, card in enumerate(cards, 1)
    ]
    return {
        "@context": "https://schema.org",
        "@type": "ItemList",
        "name": title,
        "numberOfItems": len(items),
        "itemListElement": items,
    }


def website(world: World) -> JsonLd:
    """Return the JSON-LD of the site itself."""
    config = world.config
    return {
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": config.title,
        "url": config.base_url,
        "inLanguage": config.language,
        **({"description": config.tagline} if config.tagline else {}),
    }


def news_article(world: World, article: Article) -> JsonLd:
    """Return the JSON-LD of an article. No text of the body is in it, so that no policy can be broken."""
    card = world.cards[article.path]
    modified = article.updated or article.date
    found: JsonLd = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.title,
        "alternativeHeadline": article.subtitle,
        "url": absolute(world, article.url),
        "mainEntityOfPage": absolute(world, article.url),
        "inLanguage": article.lang,
        "datePublished": iso(article.date, article.day_only) if article.date else "",
        "dateModified": iso(modified) if modified else "",
        "description": article.summary,
        "author": [{"@type": "Person", "name": person.name} for person in article.authors],
        "publisher": {"@type": "Organization", "name": world.config.title, "url": world.config.base_url},
        "articleSection": [theme.title for theme in card.themes],
        "keywords": [tag.title for tag in card.tags],
        "image": absolute(world, article.image.url) if article.image else "",
        "isBasedOn": article.source_url,
        "sourceOrganization": {"@type": "Organization", "name": card.source.title} if card.source else "",
        "copyrightNotice": article.rights_notice,
        "correction": [
            {"@type": "CorrectionComment", "text": c.note, "datePublished": c.date.date().isoformat()}
            for c in article.corrections
        ],
    }
    return {key: value for key, value in found.items() if value not in ("", [])}


def absolute_picture(world: World, picture: Picture | None) -> Picture | None:
    """Return a picture with its absolute address, for Open Graph and feeds."""
    return structs.replace(picture, url=absolute(world, picture.url)) if picture else None
