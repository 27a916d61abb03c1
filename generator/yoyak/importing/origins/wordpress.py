"""WordPress: the XML that Tools → Export gives (WXR)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from html import unescape
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

from yoyak.importing.exports import Export, Exported, export_readings, sorted_out
from yoyak.importing.found import Readings
from yoyak.importing.originals import Old, Original, SkippedItem
from yoyak.importing.origins.values import EMPTY, plain, shows_something, who_sees
from yoyak.importing.origins.wordpress_text import Around, Media, body_of
from yoyak.importing.origins.xml_items import before_items, first, local, namespaces, parsed, texts_of, xml_text
from yoyak.model.message import Problem, Words, say
from yoyak.model.types import Record
from yoyak.settings.config import SiteConfig
from yoyak.text.calendar import Moment

_OUTSIDE = {
    "wp": "http://wordpress.org/export/1.2/",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "excerpt": "http://wordpress.org/export/1.2/excerpt/",
    "dc": "http://purl.org/dc/elements/1.1/",
}
"""Names of elements that an export cut into pieces may have lost their meaning of."""
_FURNITURE = {
    "attachment": say("left.media"), "nav_menu_item": say("left.menu-entry"), "revision": say("left.revision"),
    "custom_css": say("left.style-sheet"), "customize_changeset": say("left.draft-of-looks"),
    "oembed_cache": say("left.cached-embed"), "user_request": say("left.user-request"),
    "wp_template": say("left.template"), "wp_template_part": say("left.template"),
    "wp_global_styles": say("left.style-sheet"), "wp_navigation": say("left.menu"),
    "wp_font_family": say("left.font"), "wp_font_face": say("left.font"), "wp_block": say("left.block"),
    "acf-field": say("left.field"), "acf-field-group": say("left.field"), "feedback": say("left.form-message"),
    "shop_order": say("left.order"), "shop_coupon": say("left.coupon"),
}  # fmt: skip
_GONE: Mapping[str, Words] = {
    "trash": say("left.trash"),
    "auto-draft": say("left.empty-draft"),
    "inherit": say("left.revision"),
}
_DESCRIPTIONS = ("_yoast_wpseo_metadesc", "rank_math_description", "_aioseo_description", "_seopress_titles_desc")
"""Custom fields in which plugins keep a description."""
_NO_TERM = frozenset(("uncategorized", "미분류", "分類なし", "未分类", "non classé", "allgemein", "sin categoría"))


class _ExportItem(Record, kw_only=True):
    """What one item of the export says, by the name of its element without the namespace."""

    texts: Mapping[str, str]
    meta: Mapping[str, str]
    terms: tuple[tuple[str, str], ...]
    """Domain and name."""
    comments: int

    @property
    def kind(self) -> str:
        return self.texts.get("post_type", "post")


def wordpress_readings(original: Original, config: SiteConfig) -> Readings:
    """Return the articles and pages of an export of WordPress."""
    return export_readings(original, wordpress_export(original, [original.data], config), config)


def wordpress_export(original: Original, parts: Iterable[bytes], config: SiteConfig) -> Export:
    """Return what stands in an export, which WordPress gives in several files when it is big."""
    zone = ZoneInfo(config.timezone)
    files = [xml_text(part) for part in parts]
    heads = [before_items(text, "item") for text in files]
    people = {login: name for head in heads for login, name in _people(head)}
    base_url = first(heads[0], "wp:base_blog_url") or first(heads[0], "link")
    language = first(heads[0], "language")[:2].lower()
    read: list[_ExportItem] = []
    problems: list[Problem] = []
    for text, head in zip(files, heads, strict=True):
        found, lost = parsed(original, text, "item", {**_OUTSIDE, **namespaces(head)})
        read += map(_item, found)
        problems += lost
    library = {key: media for item in read if item.kind == "attachment" for key, media in _media(item)}
    blocks = {item.texts.get("post_id", ""): item.texts.get("encoded", "") for item in read if _is_shown_block(item)}
    around = Around(media=library, blocks=blocks)
    left = [SkippedItem(what=_title(item), why=say("left.comment")) for item in read for _ in range(item.comments)]
    articles, out, failed = sorted_out(
        read,
        lambda item: (
            SkippedItem(what=_title(item), why=why)
            if (why := _furniture(item))
            else _article(item, people, language, zone, around)
        ),
        original.given,
        _title,
    )
    return Export(
        program="WordPress",
        base_url=base_url,
        articles=articles,
        left=(*left, *out),
        problems=(*problems, *failed),
    )


def _is_shown_block(item: _ExportItem) -> bool:
    return item.kind == "wp_block" and item.texts.get("status") == "publish" and not item.texts.get("post_password")


def _media(item: _ExportItem) -> Iterator[tuple[str, Media]]:
    """Yield what the media library says of a file, by its number and by its address."""
    texts = item.texts
    address = texts.get("attachment_url") or texts.get("guid", "")
    media = Media(
        address=address,
        alt=plain(item.meta.get("_wp_attachment_image_alt", "")),
        caption=plain(texts.get("excerpt", "")),
        parent=texts.get("post_parent", ""),
    )
    yield from ((key, media) for key in (texts.get("post_id", ""), address) if key)


def _people(head: str) -> Iterator[tuple[str, str]]:
    """Yield the names of authors by the names with which they log in, which nobody else should read."""
    for block in re.findall(r"<wp:author>.*?</wp:author>", head, re.DOTALL):
        if login := first(block, "wp:author_login"):
            yield login, first(block, "wp:author_display_name") or login


def _item(item: ET.Element) -> _ExportItem:
    texts: dict[str, str] = {}
    meta: dict[str, str] = {}
    for child in item:
        name = local(child.tag) if not child.tag.endswith("excerpt/}encoded") else "excerpt"
        texts.setdefault(name, (child.text or "").strip() if name != "encoded" else child.text or "")
        if name == "postmeta":
            said = texts_of(child)
            meta.setdefault(said.get("meta_key", "").strip(), said.get("meta_value", "").strip())
    terms = tuple(
        (child.get("domain", "category"), unescape(child.text or "").strip() or unquote(child.get("nicename", "")))
        for child in item
        if local(child.tag) == "category"
    )
    comments = sum(1 for child in item if local(child.tag) == "comment")
    return _ExportItem(texts=texts, meta=meta, terms=terms, comments=comments)


def _furniture(item: _ExportItem) -> Words:
    """Return what an item is that is no article; an empty text for one that is."""
    why = _FURNITURE.get(item.kind) or _GONE.get(item.texts.get("status", "").lower(), "")
    if not why and any(_reasons(item)) and not shows_something(item.texts.get("encoded", "")):
        return EMPTY
    return why


def _title(item: _ExportItem) -> str:
    return plain(item.texts.get("title", "")) if "<" in item.texts.get("title", "") else _entities(item)


def _entities(item: _ExportItem) -> str:
    return " ".join(unescape(item.texts.get("title", "")).split())


def _article(item: _ExportItem, people: Mapping[str, str], language: str, zone: ZoneInfo, around: Around) -> Exported:
    texts = item.texts
    login = texts.get("creator", "")
    name = people.get(login, login)
    link = texts.get("link", "")
    held = tuple(_reasons(item))
    thumbnail = around.media.get(item.meta.get("_thumbnail_id", ""), Media())
    return Exported(
        title=_title(item),
        html=body_of(texts.get("encoded", ""), around, texts.get("post_id", "")),
        address=link if not held and not urlsplit(link).query else "",
        date=_moment(texts, "post_date", zone),
        updated=_moment(texts, "post_modified", zone),
        tags=tuple(dict.fromkeys(_terms(item))),
        authors=(name,) if name and "@" not in name else (),
        summary=plain(texts.get("excerpt", "")) or _described(item),
        lang=language,
        image=thumbnail.address,
        alt=thumbnail.alt,
        caption=thumbnail.caption,
        moments=who_sees(_fields(item), zone)[1],
        old=Old(
            held=held,
            page=item.kind == "page",
            name=unquote(texts.get("post_name", "")),
            became=_became(item),
            comments=(*_said(item), *_unknown_picture(item, thumbnail)),
            entry=texts.get("guid", "") or link,
        ),
    )


def _described(item: _ExportItem) -> str:
    """Return the description for search engines that a plugin keeps; of one made of ``%%marks%%`` nothing."""
    found = next((plain(item.meta[key]) for key in _DESCRIPTIONS if item.meta.get(key, "").strip()), "")
    return "" if re.search(r"%%?\w+%%?|#\w+_\w+", found) else found


def _became(item: _ExportItem) -> tuple[tuple[str, str], ...]:
    """Return what WordPress keeps apart and is one thing here."""
    used = {domain for domain, name in item.terms if name and name.lower() not in _NO_TERM}
    found = [("categories", "tags")] if "category" in used else []
    return (*found, *([("excerpt", "summary")] if plain(item.texts.get("excerpt", "")) else []))


def _said(item: _ExportItem) -> Iterator[str]:
    """Yield what an item says and yoyak has no key for."""
    if item.texts.get("is_sticky") == "1":
        yield "In WordPress it is sticky: it stands before all others."
    if plain(item.texts.get("excerpt", "")) not in ("", _described(item)) and _described(item):
        yield f"description: {_described(item)}"
    for domain, name in item.terms:
        if domain not in ("category", "post_tag", "nav_menu") and name:
            yield f"{domain}: {name}"


def _unknown_picture(item: _ExportItem, thumbnail: Media) -> Iterator[str]:
    if item.meta.get("_thumbnail_id", "").isdigit() and not thumbnail.address:
        yield f"Its featured picture is not in this export: number {item.meta['_thumbnail_id'][:20]}."


def _terms(item: _ExportItem) -> Iterator[str]:
    for domain, name in item.terms:
        if domain in ("category", "post_tag", "tag") and name and name.lower() not in _NO_TERM:
            yield name


def _reasons(item: _ExportItem) -> Iterator[Words]:
    """Yield why an article is held back: for what WordPress says, and for what plugins write into custom fields."""
    yield from _held(item.texts)
    yield from who_sees(_fields(item), ZoneInfo("UTC"))[0]


def _fields(item: _ExportItem) -> dict[str, str]:
    """Return the custom fields that may say who sees an article.

    PublishPress Future writes several beside its moment, which say what is done then: whatever it is, it ends here.
    """
    timed = bool(item.meta.get("_expiration-date"))
    own = {key: value for key, value in item.meta.items() if not key.startswith("_wp_")}
    return {key: value for key, value in own.items() if not (timed and key.startswith("_expiration-date-"))}


def _held(texts: Mapping[str, str]) -> Iterator[Words]:
    """Yield why an article was not public."""
    status, kind = texts.get("status", "").lower(), texts.get("post_type", "post")
    if status != "publish":
        yield say("held.wordpress-status", value=status[:40] or say("not-given"))
    if texts.get("post_password"):
        yield say("held.wordpress-password")
    if kind not in ("post", "page"):
        yield say("held.wordpress-kind", kind=kind[:40])


def _moment(texts: Mapping[str, str], name: str, zone: ZoneInfo) -> Moment | None:
    """Return a moment of an item: the one in UTC if there is one, for the other is of a zone that the export hides."""
    for key, of in ((f"{name}_gmt", UTC), (name, zone)):
        written = texts.get(key, "")
        try:
            value = datetime.strptime(written, "%Y-%m-%d %H:%M:%S").replace(tzinfo=of)
            return Moment(value=value.astimezone(zone), day_only=False)
        except (ValueError, OverflowError):  # 0000-00-00 of what was never published
            continue
    return _published(texts.get("pubDate", ""), zone) if name == "post_date" else None


def _published(written: str, zone: ZoneInfo) -> Moment | None:
    from yoyak.text.mail_dates import mail_moment

    found = mail_moment(written, zone)
    return found.moment if found else None
