"""What pages show of an article: its views, each made of an article and its standing, and what decides each.

`PROJECTIONS` says of which fields a view is made, and how. Their digests stand in the fingerprints of the pages that
show it, so that a mended summary makes the lists again, and not the article's neighbours.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from msgspec import msgpack, structs

from yoyak.model.types import Article, Picture, View
from yoyak.model.views import ArticleView, AuthorLink, Card, Entry, Frame, Link, Standing, Teaser
from yoyak.text.urls import quote_path

IN_FEEDS = 20
"""Authors and tags of an article in feeds: each tag has a feed, in which each of 20 entries would have all tags."""
SIZE = 8
"""Bytes of one digest."""


def card_of(article: Article, standing: Standing) -> Card:
    """Return an article as lists show it."""
    return Card(
        path=article.path,
        title=article.title,
        url=article.url,
        lang=article.lang,
        date=article.date,
        day_only=article.day_only,
        source=standing.source,
        summary=article.summary,
        tags=standing.tags,
        themes=standing.themes,
        image=article.image,
        minutes=article.minutes,
        ribbon=standing.ribbon,
    )


def teaser_of(article: Article, standing: Standing) -> Teaser:
    """Return an article as something to read next."""
    return Teaser(
        title=article.title,
        url=article.url,
        lang=article.lang,
        date=article.date,
        day_only=article.day_only,
        source=standing.source,
    )


def link_of(article: Article, frame: Frame) -> Link:
    """Return an article as a headline that leads to it."""
    return Link(title=article.title, url=article.url, lang="" if article.lang == frame.language else article.lang)


class Own(NamedTuple):
    """All of an article, for its own page."""

    article: Article
    view: ArticleView


def own_of(article: Article, standing: Standing) -> Own:
    """Return an article as its own page shows it. A picture that stands in the body is not shown above it too."""
    authors = zip(article.authors, standing.authors, strict=True)
    view = ArticleView(
        **{**structs.asdict(card_of(article, standing)), "image": None if article.image_in_body else article.image},
        **{name: getattr(article, name) for name in _AS_IT_IS},
        authors=tuple(AuthorLink(title=person.name, url=url, email=person.email) for person, url in authors),
    )
    return Own(article, view)


def entry_of(article: Article, standing: Standing, frame: Frame, *, body: bool) -> Entry:
    """Return an article as feeds show it."""
    assert article.date is not None
    return Entry(
        id=tag_uri(frame, standing.first),
        title=article.title,
        absolute_url=absolute(frame, article.url),
        source=Link(title=standing.source.title, url=article.source_url) if standing.source else None,
        published=article.date,
        updated=_updated(article, article.date),
        authors=article.authors[:IN_FEEDS],
        summary=article.summary,
        tags=tuple(tag.title for tag in standing.tags[:IN_FEEDS]),
        lang=article.lang,
        image=absolute_picture(frame, article.share),
        content=article.body if body else "",
    )


def _updated(article: Article, published: datetime) -> datetime:
    return max(published, article.updated or published, *(c.date for c in article.corrections))


class Projection(NamedTuple):
    """What a view is made of, and how."""

    article: tuple[str, ...]
    """Fields of the article."""
    standing: tuple[str, ...]
    make: Callable[[Article, Standing, Frame], Any]
    is_small: bool = False
    """It is on many pages, so that whoever makes several of them remembers it."""


_CARD = ("path", "title", "url", "lang", "date", "day_only", "summary", "image", "minutes")
_CARD_LINKS = ("source", "tags", "themes", "ribbon")
_AS_IT_IS = tuple(
    name
    for name in ArticleView.__struct_fields__
    if name in Article.__struct_fields__ and name not in Card.__struct_fields__ and name != "authors"
)
"""What an article's own page shows of it that no list does, as the article has it."""
_OWN = (*_AS_IT_IS, "authors", "share", "image_in_body")
_ENTRY = (
    "title", "url", "date", "updated", "corrections", "authors", "summary", "lang", "share",
    "source_url",
)  # fmt: skip

PROJECTIONS: Mapping[View, Projection] = {
    "card": Projection(_CARD, _CARD_LINKS, lambda article, standing, _: card_of(article, standing), is_small=True),
    "teaser": Projection(
        ("title", "url", "lang", "date", "day_only"),
        ("source",),
        lambda article, standing, _: teaser_of(article, standing),
        is_small=True,
    ),
    "link": Projection(("title", "url", "lang"), (), lambda article, _, frame: link_of(article, frame), is_small=True),
    "own": Projection(
        (*_CARD, *_OWN), (*_CARD_LINKS, "authors"), lambda article, standing, _: own_of(article, standing)
    ),
    "entry": Projection(
        _ENTRY,
        ("source", "tags", "first"),
        lambda article, standing, frame: entry_of(article, standing, frame, body=False),
    ),
    "content": Projection(
        (*_ENTRY, "body"),
        ("source", "tags", "first"),
        lambda article, standing, frame: entry_of(article, standing, frame, body=True),
    ),
}
"""Everything that a page may show of an article."""
VIEWS: tuple[View, ...] = tuple(PROJECTIONS)
PLACES: Mapping[str, int] = {view: place for place, view in enumerate(VIEWS)}

_OF_STANDINGS = frozenset(one.standing for one in PROJECTIONS.values())
_ENCODER = msgpack.Encoder()


def article_digests(article: Article) -> bytes:
    """Return the digests of an article's part of each view, one behind the other in the order of `VIEWS`."""
    return b"".join(_digest([getattr(article, name) for name in PROJECTIONS[view].article]) for view in VIEWS)


def standing_digests(standing: Standing) -> bytes:
    """Return the digests of a standing's part of each view, in the same order."""
    made = {names: _digest([getattr(standing, name) for name in names]) for names in _OF_STANDINGS}
    return b"".join(made[PROJECTIONS[view].standing] for view in VIEWS)


def side_by_side(article: bytes, standing: bytes) -> tuple[bytes, ...]:
    """Return for each view, in the order of `VIEWS`, what both kinds of digests have of it."""
    return tuple(article[at : at + SIZE] + standing[at : at + SIZE] for at in range(0, len(VIEWS) * SIZE, SIZE))


def _digest(values: list[Any]) -> bytes:
    return hashlib.blake2b(_ENCODER.encode(values), digest_size=SIZE).digest()


def absolute(frame: Frame, url: str) -> str:
    """Return the absolute address of a root-relative url."""
    return frame.origin + url if url.startswith("/") else url


def absolute_picture(frame: Frame, picture: Picture | None) -> Picture | None:
    """Return a picture with its absolute address, for Open Graph and feeds."""
    return structs.replace(picture, url=absolute(frame, picture.url)) if picture else None


def tag_uri(frame: Frame, path: str) -> str:
    """Return an id by RFC 4151 for a page that stood at this path below the site's root first.

    It knows neither the scheme nor the base path, and an article keeps that of its first address. The year is
    the authority's, not the article's: a corrected date must not make a new entry.
    """
    return f"tag:{urlsplit(frame.base_url).hostname},2000:{quote_path('/' + path.strip('/'))}"
