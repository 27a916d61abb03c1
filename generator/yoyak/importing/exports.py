"""The articles of an export, whichever program wrote it: each as a reading, with what was not public held back.

An export is one's own: its articles name no source, and their text may be shown whole. It is not kept beside them, for
it holds more than articles: comments, addresses, what was never published.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from urllib.parse import unquote, urlsplit

from bs4.element import Tag
from msgspec import structs

from yoyak.config import SiteConfig
from yoyak.importing.entries import with_known_tags
from yoyak.importing.found import Found, Readings, around_of, made, placed, refusal, shelf_of
from yoyak.importing.fragments import fragment
from yoyak.importing.kept_pieces import with_kept_pieces
from yoyak.importing.originals import LeftOut, Old, Original
from yoyak.importing.pieces import tree
from yoyak.model import Person, Record
from yoyak.problems import Problem
from yoyak.readers.bounds import within_bounds
from yoyak.readers.found import FoundPicture
from yoyak.reading import Evidence, Field
from yoyak.text.dates import Moment
from yoyak.text.urls import host_of, is_web_address

MOST = 20_000
"""Articles of one export."""


class Exported(Record, kw_only=True):
    """One article as the program that wrote the export has it."""

    title: str
    html: str
    entry: str
    """By what name the program knows it."""
    address: str = ""
    """Of its page, whole."""
    date: Moment | None = None
    updated: Moment | None = None
    tags: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    summary: str = ""
    lang: str = ""
    image: str = ""
    alt: str = ""
    old: Old = Old()
    comments: tuple[str, ...] = ()


class Export(Record, kw_only=True):
    """What stands in an export."""

    program: str
    """As people call it: ``WordPress``."""
    base_url: str = ""
    articles: Sequence[Exported] = ()
    left: tuple[LeftOut, ...] = ()
    problems: tuple[Problem, ...] = ()


def export_readings(original: Original, export: Export, config: SiteConfig) -> Readings:
    """Return the articles of an export."""
    if not export.articles and not export.left:
        hint = "Look at it in a text editor: is it the export of articles, and whole?"
        return Readings(
            problems=(refusal(original, f"No articles were found in this export of {export.program}.", hint),)
        )
    found: list[Found] = []
    problems = [*export.problems]
    for article in export.articles[:MOST]:
        one, told = _reading(original, article, export, config)
        found.append(one)
        problems += told
    if len(export.articles) > MOST:
        problems.append(_too_many(original, len(export.articles)))
    host = host_of(export.base_url)
    return Readings(
        found=tuple(found),
        problems=tuple(dict.fromkeys(problems)),
        left=export.left,
        origin=f"{export.program} {host}".strip(),
    )


def _reading(
    original: Original, article: Exported, export: Export, config: SiteConfig
) -> tuple[Found, tuple[Problem, ...]]:
    shelf = shelf_of(original, {})
    around = around_of(config, original.path, shelf)
    address = article.address or export.base_url
    html = _with_own_pictures(with_known_tags(article.html), original, export.base_url)
    kept, problems = with_kept_pieces(html, address, article.lang or around.language, original.given)
    fields, cut = within_bounds(dict(_fields(article, original, export, around.language)), original.given)
    one = made(original.path, fields, placed(fragment(kept), around, address), around, shelf)
    return Found(
        source=one.source,
        around=around,
        shelf=shelf,
        stem="",
        entry=article.entry,
        comments=article.comments,
        old=_old(article),
        is_own=True,
    ), (*problems, *cut)


def _old(article: Exported) -> Old:
    """Return what the article was, with the path of its page when nothing but its address tells it."""
    if article.old.address or not article.address:
        return article.old
    parts = urlsplit(article.address)
    return (
        structs.replace(article.old, address=unquote(parts.path))
        if not parts.query and parts.path != "/"
        else article.old
    )


def _fields(article: Exported, original: Original, export: Export, language: str) -> Iterator[tuple[str, Field]]:
    rule = f"{export.program} says so"
    yield "title", _field(article.title or article.old.name or "제목 없음", rule, 0.95 if article.title else 0.4)
    if article.date:
        yield "date", _field(article.date, rule)
    if article.updated and article.date and article.updated.value > article.date.value:
        yield "updated", _field(article.updated, rule)
    lang = article.lang if article.lang != language else ""
    for name, value in (("tags", article.tags), ("summary", article.summary), ("lang", lang)):
        if value:
            yield name, _field(value, rule)
    if article.authors:
        yield "authors", _field(tuple(Person(name=name) for name in article.authors), rule)
    if article.image:
        source = own_picture(article.image, original, export.base_url) or article.image
        yield "image", _field(FoundPicture(src=source, alt=article.alt), "front matter")
    yield "rights", _field("full", "an export of one's own")


def _field(value: object, rule: str, confidence: float = 0.95) -> Field:
    return Field(value=value, confidence=confidence, evidence=(Evidence(rule=rule),))


# --- pictures that were downloaded beside the export ---------------------------------------------------


def own_picture(address: str, original: Original, base_url: str) -> str:
    """Return the file beside an export that a picture of the old site is, or an empty text.

    It is looked for under its whole path, then under ever shorter ends of it: people unpack their uploads anywhere.
    """
    if is_web_address(address) and base_url and host_of(address) not in ("", host_of(base_url)):
        return ""
    parts = [part for part in unquote(urlsplit(address).path).split("/") if part and part not in (".", "..")]
    names = ("/".join(parts[at:]) for at in range(len(parts)))
    return next((name for name in names if original.find(name) is not None), "")


def _with_own_pictures(html: str, original: Original, base_url: str) -> str:
    if "<img" not in html:
        return html
    soup = tree(html)
    for image in soup.find_all("img"):
        assert isinstance(image, Tag)
        for name in ("data-src", "data-lazy-src", "data-orig-file", "src"):
            written = str(image.get(name, ""))
            if written and (own := own_picture(written, original, base_url)):
                image["src"] = own
                for other in ("srcset", "data-srcset", "data-src", "data-lazy-src"):
                    image.attrs.pop(other, None)
                break
    return str(soup)


def figure(address: str, caption: str = "", alt: str = "") -> str:
    """Return a picture with its caption as HTML."""
    below = f"<figcaption>{escape(caption, quote=False)}</figcaption>" if caption else ""
    return f'<figure><img src="{escape(address)}" alt="{escape(alt)}">{below}</figure>'


def counted(kinds: Iterable[LeftOut]) -> dict[str, int]:
    """Return how much of each kind is left out."""
    from collections import Counter

    return dict(Counter(left.why for left in kinds))


def _too_many(original: Original, number: int) -> Problem:
    return Problem(
        code="left-behind",
        severity="warning",
        path=original.given,
        message=f"Only the first {MOST:,} of the {number:,} articles of this export are imported.",
        hint="Export them in parts, and import the rest.",
    )
