"""The articles of an export, whichever program wrote it: each as a reading, with what was not public held back.

An export is one's own: its articles name no source, and their text may be shown whole. It is not kept beside them, for
it holds more than articles: comments, addresses, what was never published.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from html import escape
from typing import TypeVar
from urllib.parse import quote, unquote, urlsplit

from bs4.element import Tag
from msgspec import structs

from yoyak.importing.entries import with_known_tags
from yoyak.importing.failures import each, entry_failed
from yoyak.importing.found import Member, Readings, around_of, made, placed, refusal, shelf_of, stated
from yoyak.importing.fragments import fragment, with_kept_pieces
from yoyak.importing.originals import Old, Original, SkippedItem
from yoyak.importing.ours import plain_host
from yoyak.importing.parts import anchors_in
from yoyak.importing.pieces import tree
from yoyak.model.message import Problem, say
from yoyak.model.sources import Field
from yoyak.model.types import Person, Record
from yoyak.readers.around import FoundPicture
from yoyak.readers.bounds import within_bounds
from yoyak.settings.config import SiteConfig
from yoyak.text.calendar import Moment
from yoyak.text.names import free_name, slugify
from yoyak.text.urls import host_of, is_web_address

MOST = 20_000
"""Articles of one export."""


class Exported(Record, kw_only=True):
    """One article as the program that wrote the export has it."""

    title: str
    html: str
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
    caption: str = ""
    aliases: tuple[str, ...] = ()
    """Paths that led to it, beside the one of its page."""
    moments: Mapping[str, Moment] = {}
    """``publish_at``, ``expires_at`` and ``embargo_until``, when its fields say them."""
    old: Old = Old()


class Export(Record, kw_only=True):
    """What stands in an export."""

    program: str
    """As people call it: ``WordPress``."""
    base_url: str = ""
    articles: Sequence[Exported] = ()
    left: tuple[SkippedItem, ...] = ()
    problems: tuple[Problem, ...] = ()


def export_readings(original: Original, export: Export, config: SiteConfig) -> Readings:
    """Return the articles of an export."""
    if not export.articles and not export.left:
        message = say("no-articles", program=export.program)
        return Readings(problems=(refusal(original, message, say("no-articles.hint")),))
    paths = frozenset(path for article in export.articles if not article.old.held for path in _paths(article))
    read, failed = each(
        _named(export.articles[:MOST]),
        lambda article: _reading(original, article, export, config, paths),
        lambda article, error: entry_failed(original.given, article.title, error),
    )
    found = [one for one, _ in read]
    problems = [*export.problems, *failed, *(problem for _, told in read for problem in told)]
    if len(export.articles) > MOST:
        problems.append(original.warning("left-behind.export-cut", most=MOST, number=len(export.articles)))
    host = host_of(export.base_url)
    return Readings(
        found=tuple(found),
        problems=tuple(dict.fromkeys(problems)),
        left=export.left,
        origin=f"{export.program} {host}".strip(),
    )


def _reading(
    original: Original, article: Exported, export: Export, config: SiteConfig, paths: Collection[str]
) -> tuple[Member, tuple[Problem, ...]]:
    shelf = shelf_of(original, {})
    around = around_of(config, original.path, shelf)
    address = article.address or export.base_url
    written = with_known_tags(article.html)
    own = next((path for path in _paths(article) if path in paths), "")
    html, lost = with_own_addresses(written, original, export.base_url, config, paths, own)
    kept, problems = with_kept_pieces(html, address, article.lang or around.language, original.given)
    fields, cut = within_bounds(dict(_fields(article, original, export, around.language)), original.given)
    one = made(original.path, fields, placed(fragment(kept), around, address), around, shelf)
    names = ", ".join(name[:100] for name in lost[:5])
    told = [original.warning("left-behind.blog-pictures", title=article.title[:60], names=names)] if lost else []
    old = structs.replace(_old(article), anchors=anchors_in(written))
    return structs.replace(one, old=old, is_own=True), (*problems, *cut, *told)


def _named(articles: Iterable[Exported]) -> Iterator[Exported]:
    """Yield the articles, each with a name that no other has: names give addresses, and blogs have many "News"."""
    taken: set[str] = set()
    for article in articles:
        wanted = slugify(article.old.name) or slugify(article.title, 90) or "article"
        name = free_name(wanted, taken)
        same = name == wanted and not article.old.name
        yield article if same else structs.replace(article, old=structs.replace(article.old, name=name))


def _paths(article: Exported) -> Iterator[str]:
    yield from (path for path in (_old(article).address, *article.aliases) if path)


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
    yield "title", stated(article.title or article.old.name or "제목 없음", 0.95 if article.title else 0.4, rule)
    if article.date:
        yield "date", stated(article.date, 0.95, rule)
    if article.updated and article.date and article.updated.value > article.date.value:
        yield "updated", stated(article.updated, 0.95, rule)
    yield from ((name, stated(value, 0.95, rule)) for name, value in article.moments.items())
    lang = article.lang if article.lang != language else ""
    for name, value in (
        ("tags", article.tags),
        ("summary", article.summary),
        ("lang", lang),
        ("aliases", article.aliases),
    ):
        if value:
            yield name, stated(value, 0.95, rule)
    if article.authors:
        yield "authors", stated(tuple(Person(name=name) for name in article.authors), 0.95, rule)
    if article.image:
        source = own_picture(article.image, original, export.base_url) or article.image
        yield "image", stated(FoundPicture(src=source, alt=article.alt, caption=article.caption), 0.95, "front matter")
    yield "rights", stated("full", 0.95, "an export of one's own")


T = TypeVar("T")


def sorted_out(
    items: Iterable[T], make: Callable[[T], Exported | SkippedItem], given: str, name: Callable[[T], str] = lambda _: ""
) -> tuple[tuple[Exported, ...], tuple[SkippedItem, ...], tuple[Problem, ...]]:
    """Return the articles of items, what is left out, and a problem for each item that cannot be read."""
    found, problems = each(items, make, lambda item, error: entry_failed(given, name(item), error))
    articles = tuple(one for one in found if isinstance(one, Exported))
    return articles, tuple(one for one in found if isinstance(one, SkippedItem)), tuple(problems)


# --- Addresses in the texts of an export: pictures that lie beside it, and links to its other articles -----------

_RESIZED = re.compile(r"-\d{2,5}x\d{2,5}(?=\.\w+$)")
_EDITED = re.compile(r"-(?:scaled|rotated|e\d{10,14})(?=\.\w+$)")
_NO_PICTURES = ("table", "blockquote", "pre", "iframe", "video", "audio", "embed", "object", "figure", "ul")


def own_picture(address: str, original: Original, base_url: str) -> str:
    """Return the file beside an export that a picture of the old site is, or an empty text.

    It is looked for under its whole path, then under ever shorter ends of it: people unpack their uploads anywhere.
    """
    if is_web_address(address) and base_url and plain_host(address) not in ("", plain_host(base_url)):
        return ""
    parts = [part for part in unquote(urlsplit(address).path).split("/") if part and part not in (".", "..")]
    if not parts:
        return ""
    last = dict.fromkeys((parts[-1], _RESIZED.sub("", parts[-1]), _EDITED.sub("", _RESIZED.sub("", parts[-1]))))
    names = ("/".join((*parts[at:-1], name)) for name in last for at in range(len(parts)))
    return next((name for name in names if original.find(name) is not None), "")


def with_own_addresses(
    html: str, original: Original, base_url: str, config: SiteConfig, paths: Collection[str], own: str = ""
) -> tuple[str, tuple[str, ...]]:
    """Return HTML whose pictures are those beside the export, and whose links to its other articles lead to this site;
    and the pictures that are nowhere."""
    if not re.search(r"<(?:img|a|figure|pre)\b", html, re.IGNORECASE):
        return html, ()
    soup = tree(html)
    for link in soup.find_all("a", href=True):
        href = str(link["href"])
        href = f"{own}{href}" if own and href.startswith("#") else href
        link["href"] = _own_link(href, base_url or config.base_url, config.base_url, paths)
        if link.find(("div", "p", "h1", "h2", "h3", "h4", "h5")) and not link.find("img"):
            _flattened(link)
    for line in soup.select("pre br"):
        line.replace_with("\n")
    lost = tuple(name for image in soup.find_all("img") if (name := _placed(image, original, base_url)))
    for box in soup.find_all("figure"):
        _opened(box)
    return str(soup), lost


def _own_link(written: str, base_url: str, site: str, paths: Collection[str]) -> str:
    """Return where a link leads: to the old address on this site, when its article is imported."""
    if plain_host(written) not in ("", plain_host(base_url)) or not (base_url or written.startswith("/")):
        return written
    parts = urlsplit(written)
    path = unquote(parts.path)
    known = next((at for at in (path, f"{path}/", path.rstrip("/")) if at in paths), "") if not parts.query else ""
    behind = f"#{parts.fragment}" if parts.fragment else ""
    return f"{site.rstrip('/')}{quote(known)}{behind}" if known else written


def _placed(image: Tag, original: Original, base_url: str) -> str:
    """Let a picture be the file beside the export; return its address when it is on no host and beside nothing."""
    for name in ("data-orig-file", "data-lazy-src", "data-src", "src"):
        written = str(image.get(name, ""))
        if written and (own := own_picture(written, original, base_url)):
            image["src"] = own
            for other in ("srcset", "data-srcset", "data-src", "data-lazy-src"):
                image.attrs.pop(other, None)
            return ""
    written = str(image.get("data-src") or image.get("data-lazy-src") or image.get("src", ""))
    return "" if base_url or is_web_address(written) or written.startswith(("data:", "//")) else written


def _flattened(link: Tag) -> None:
    """Let a link around blocks, such as a card, be a paragraph with a link: one with blocks in it would be lost."""
    words = link.select_one("[class*=title]") or link
    text = " ".join(words.get_text(" ").split())
    link.replace_with(tree(f'<p><a href="{escape(str(link["href"]))}">{escape(text, quote=False)}</a></p>'))


def _opened(box: Tag) -> None:
    """Let a figure that holds something else than one picture be what it holds, with its caption as a paragraph."""
    pictures, others = box.find_all("img"), box.find(_NO_PICTURES)
    if len(pictures) == 1 and others is None:
        return
    for caption in box.find_all("figcaption", recursive=False):
        if others is not None or box.find("figure") or not pictures:
            caption.name = "p"
        elif pictures:
            return  # one caption below several pictures
    box.name = "div"
