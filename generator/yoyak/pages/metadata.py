"""What a page says of itself to machines: its head, its breadcrumbs and its JSON-LD (https://schema.org)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from yoyak.model.types import Page, Picture, Term
from yoyak.model.views import Card, Crumb, FeedLink, Frame, Head, TermView
from yoyak.pages.shown import Own, absolute
from yoyak.templating.language import Language, iso, language, message
from yoyak.text.excerpt import shorten
from yoyak.text.urls import page_url

DESCRIPTION = 200
JsonLd = dict[str, Any]


def words_of(frame: Frame) -> Language:
    """Return the words of a site's language."""
    return language(frame.language)


def head(
    frame: Frame,
    page: Page,
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
    """Return a page's head with what follows from its address: its addresses and its breadcrumbs as JSON-LD."""
    here = absolute(frame, page.url)
    return Head(
        kind=page.kind,
        url=page.url,
        absolute_url=here,
        canonical=canonical or here,
        title=title,
        description=shorten(description or frame.about, DESCRIPTION),
        lang=lang or frame.language,
        section=section,
        noindex=noindex or frame.preview,
        image=image,
        feeds=feeds,
        crumbs=crumbs,
        published=published,
        updated=updated,
        json_ld=(*json_ld, *_breadcrumbs(frame, crumbs, title, here)),
    )


def crumb(frame: Frame, key: str, *parts: str) -> Crumb:
    """Return a breadcrumb of one of the built-in places, or the front page without `parts`."""
    return Crumb(title=message(words_of(frame), key), url=page_url(frame.base_path, *parts))


def home(frame: Frame) -> Crumb:
    """Return the breadcrumb that every page but the front page begins with."""
    return crumb(frame, "home")


def term_feed(term: Term | TermView) -> FeedLink:
    """Return the feed that stands beside a theme's or a tag's page."""
    return FeedLink(title=term.title, url=f"{term.url}feed.xml", type="application/atom+xml")


def _breadcrumbs(frame: Frame, crumbs: tuple[Crumb, ...], title: str, here: str) -> tuple[JsonLd, ...]:
    if not crumbs:
        return ()
    places = [*((link.title, absolute(frame, link.url)) for link in crumbs), (title, here)]
    items = [
        {"@type": "ListItem", "position": number, "name": name, "item": url}
        for number, (name, url) in enumerate(places, 1)
    ]
    return ({"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": items},)


def item_list(frame: Frame, title: str, cards: Iterable[Card]) -> JsonLd:
    """Return the JSON-LD of a list of articles."""
    items = [
        {"@type": "ListItem", "position": number, "url": absolute(frame, card.url), "name": card.title}
        for number, card in enumerate(cards, 1)
    ]
    return {
        "@context": "https://schema.org",
        "@type": "ItemList",
        "name": title,
        "numberOfItems": len(items),
        "itemListElement": items,
    }


def website(frame: Frame) -> JsonLd:
    """Return the JSON-LD of the site itself."""
    return {
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": frame.title,
        "url": frame.base_url,
        "inLanguage": frame.language,
        **({"description": frame.tagline} if frame.tagline else {}),
    }


def news_article(frame: Frame, own: Own) -> JsonLd:
    """Return the JSON-LD of an article. No text of the body is in it, so that no policy can be broken."""
    article, card = own
    modified = article.updated or article.date
    found: JsonLd = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.title,
        "alternativeHeadline": article.subtitle,
        "url": absolute(frame, article.url),
        "mainEntityOfPage": absolute(frame, article.url),
        "inLanguage": article.lang,
        "datePublished": iso(article.date, article.day_only) if article.date else "",
        "dateModified": iso(modified) if modified else "",
        "description": article.summary,
        "author": [{"@type": "Person", "name": person.name} for person in article.authors],
        "publisher": {"@type": "Organization", "name": frame.title, "url": frame.base_url},
        "articleSection": [theme.title for theme in card.themes],
        "keywords": [tag.title for tag in card.tags],
        "image": absolute(frame, article.share.url) if article.share else "",
        "isBasedOn": article.source_url,
        "sourceOrganization": {"@type": "Organization", "name": card.source.title} if card.source else "",
        "copyrightNotice": article.rights_notice,
        "correction": [
            {"@type": "CorrectionComment", "text": c.note, "datePublished": c.date.date().isoformat()}
            for c in article.corrections
        ],
    }
    return {key: value for key, value in found.items() if value not in ("", [])}
