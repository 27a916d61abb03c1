"""WordPress: the XML that Tools → Export gives (WXR)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from html import unescape
from urllib.parse import unquote
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

from yoyak.config import SiteConfig
from yoyak.importing.exports import Export, Exported, export_readings
from yoyak.importing.found import Readings
from yoyak.importing.originals import LeftOut, Old, Original
from yoyak.importing.origins.wordpress_text import body_of
from yoyak.model import Record
from yoyak.problems import Problem
from yoyak.text.dates import Moment
from yoyak.text.decoding import clean_text, decode

_NAMESPACES = re.compile(r"\sxmlns:([\w-]+)\s*=\s*([\"'])(.*?)\2")
_ITEM = re.compile(r"<item[\s>]")
_MARK = re.compile(r"<!\[CDATA\[|</item>")
_OUTSIDE = {
    "wp": "http://wordpress.org/export/1.2/",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "excerpt": "http://wordpress.org/export/1.2/excerpt/",
    "dc": "http://purl.org/dc/elements/1.1/",
}
"""Names of elements that an export cut into pieces may have lost their meaning of."""
_FURNITURE = {
    "attachment": "picture or file of the media library", "nav_menu_item": "menu entry", "revision": "revision",
    "custom_css": "style sheet", "customize_changeset": "draft of the looks", "oembed_cache": "cached embed",
    "user_request": "request of a user", "wp_template": "template", "wp_template_part": "template",
    "wp_global_styles": "style sheet", "wp_navigation": "menu", "wp_font_family": "font", "wp_font_face": "font",
    "wp_block": "block for reuse", "acf-field": "definition of a field", "acf-field-group": "definition of a field",
    "feedback": "message from a form", "shop_order": "order", "shop_coupon": "coupon",
}  # fmt: skip
_GONE = {"trash": "in the trash", "auto-draft": "empty draft", "inherit": "revision"}
_NO_TERM = frozenset(("uncategorized", "미분류", "分類なし", "未分类", "non classé", "allgemein", "sin categoría"))


class _Item(Record, kw_only=True):
    """What one item of the export says, by the name of its element without the namespace."""

    texts: Mapping[str, str]
    terms: tuple[tuple[str, str], ...]
    """Domain and name."""
    comments: int


def wordpress_readings(original: Original, config: SiteConfig) -> Readings:
    """Return the articles and pages of an export of WordPress."""
    text = clean_text(decode(original.data).text)[0]
    masked = re.sub(r"<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>", "", text, count=1, flags=re.DOTALL)
    head = masked[: masked.find("<item")] if "<item" in masked else masked
    names = {**_OUTSIDE, **{found[1]: found[3] for found in _NAMESPACES.finditer(head[:20_000])}}
    export = _export(original, head, masked, names, ZoneInfo(config.timezone))
    return export_readings(original, export, config)


def _export(original: Original, head: str, text: str, names: Mapping[str, str], zone: ZoneInfo) -> Export:
    base_url = _first(head, r"wp:base_blog_url") or _first(head, "link")
    people = dict(_people(head))
    language = _first(head, "language")[:2].lower()
    articles: list[Exported] = []
    left: list[LeftOut] = []
    problems: list[Problem] = []
    for number, source in enumerate(_items(text), start=1):
        item = _item(source, names)
        if item is None:
            problems.append(_broken(original, number, source))
            continue
        left += [LeftOut(what=item.texts.get("title", ""), why="comment")] * item.comments
        if why := _furniture(item):
            left.append(LeftOut(what=_title(item), why=why))
        else:
            articles.append(_article(item, people, language, zone))
    return Export(program="WordPress", base_url=base_url, articles=articles, left=tuple(left), problems=tuple(problems))


def _items(text: str) -> Iterator[str]:
    """Yield the items as they are written, so that a broken one costs itself; what stands in CDATA ends none."""
    at = 0
    while found := _ITEM.search(text, at):
        at = found.end()
        while (mark := _MARK.search(text, at)) and mark[0] != "</item>":
            end = text.find("]]>", mark.end())
            at = end + 3 if end >= 0 else len(text)
        at = mark.end() if mark else len(text)
        yield text[found.start() : at]


def _first(head: str, name: str) -> str:
    found = re.search(rf"<{name}>\s*(?:<!\[CDATA\[)?(.*?)(?:\]\]>)?\s*</{name}>", head, re.DOTALL)
    return unescape(found[1].strip()) if found else ""


def _people(head: str) -> Iterator[tuple[str, str]]:
    """Yield the names of authors by the names with which they log in, which nobody else should read."""
    for block in re.findall(r"<wp:author>.*?</wp:author>", head, re.DOTALL):
        if login := _first(block, "wp:author_login"):
            yield login, _first(block, "wp:author_display_name") or login


def _item(source: str, names: Mapping[str, str]) -> _Item | None:
    declared = " ".join(f'xmlns:{name}="{address}"' for name, address in names.items())
    try:
        item = ET.fromstring(f"<r {declared}>{source}</r>")[0]  # noqa: S314 - without a document type, with expat's own limits
    except (ET.ParseError, IndexError, ValueError):
        return None
    texts: dict[str, str] = {}
    for child in item:
        name = _local(child.tag) if not child.tag.endswith("excerpt/}encoded") else "excerpt"
        texts.setdefault(name, (child.text or "").strip() if name != "encoded" else child.text or "")
    terms = tuple(
        (child.get("domain", ""), unescape(child.text or "").strip())
        for child in item
        if _local(child.tag) == "category"
    )
    return _Item(texts=texts, terms=terms, comments=sum(1 for child in item if _local(child.tag) == "comment"))


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _furniture(item: _Item) -> str:
    """Return what an item is that is no article; an empty text for one that is."""
    kind, status = item.texts.get("post_type", "post"), item.texts.get("status", "publish").lower()
    return _FURNITURE.get(kind) or _GONE.get(status, "")


def _title(item: _Item) -> str:
    return " ".join(unescape(item.texts.get("title", "")).split())


def _article(item: _Item, people: Mapping[str, str], language: str, zone: ZoneInfo) -> Exported:
    texts = item.texts
    login = texts.get("creator", "")
    link = texts.get("link", "")
    held = tuple(_held(texts))
    public = not held and "?p=" not in link and "?page_id=" not in link
    return Exported(
        title=_title(item),
        html=body_of(texts.get("encoded", "")),
        entry=texts.get("guid", "") or link,
        address=link if public else "",
        date=_moment(texts, "post_date", zone),
        updated=_moment(texts, "post_modified", zone),
        tags=tuple(dict.fromkeys(_terms(item))),
        authors=(people.get(login, login),) if login else (),
        summary=" ".join(unescape(re.sub(r"<[^>]*>", " ", texts.get("excerpt", ""))).split()),
        lang=language,
        old=Old(held=held, page=texts.get("post_type") == "page", name=unquote(texts.get("post_name", ""))),
    )


def _terms(item: _Item) -> Iterator[str]:
    for domain, name in item.terms:
        if domain in ("category", "post_tag") and name and name.lower() not in _NO_TERM:
            yield name


def _held(texts: Mapping[str, str]) -> Iterator[str]:
    """Yield why an article was not public."""
    status, kind = texts.get("status", "publish").lower(), texts.get("post_type", "post")
    if status != "publish":
        yield f"In WordPress its status is {status[:40]}."
    if texts.get("post_password"):
        yield "In WordPress it has a password."
    if kind not in ("post", "page"):
        yield f"In WordPress it is of a kind of its own ({kind[:40]})."


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


def _broken(original: Original, number: int, source: str) -> Problem:
    title = _first(source, "title")[:60]
    return Problem(
        code="left-behind",
        severity="error",
        path=original.given,
        message=f'Item {number:,} of this export ("{title}") is no XML that can be read, and is left out.',
        hint="Correct it in a text editor, or export it again.",
    )
