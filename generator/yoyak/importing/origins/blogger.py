"""Blogger: the Atom that its settings or Takeout give, in the form of 2010 and in that of 2018."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

from yoyak.importing.exports import Export, Exported, export_readings, sorted_out
from yoyak.importing.found import Readings
from yoyak.importing.originals import Old, Original, SkippedItem
from yoyak.importing.origins.values import EMPTY, moment_of, path_of, plain, shows_something
from yoyak.importing.origins.xml_items import before_items, first, local, namespaces, parsed, texts_of, xml_text
from yoyak.model.message import Words, say
from yoyak.settings.config import SiteConfig
from yoyak.text.urls import is_web_address

SIGN = re.compile(r"schemas\.google\.com/blogger/(?:2008/kind#|2018)")
_KIND = "http://schemas.google.com/g/2005#kind"
_OUTSIDE = {
    "": "http://www.w3.org/2005/Atom",
    "app": "http://www.w3.org/2007/app",
    "blogger": "http://schemas.google.com/blogger/2018",
    "thr": "http://purl.org/syndication/thread/1.0",
    "gd": "http://schemas.google.com/g/2005",
    "georss": "http://www.georss.org/georss",
    "media": "http://search.yahoo.com/mrss/",
    "openSearch": "http://a9.com/-/spec/opensearchrss/1.0/",
}
_TYPES = {
    "comment": say("left.comment"),
    "settings": say("left.setting"),
    "template": say("left.template"),
}
_STATES = {"soft_trashed": say("left.trash"), "trashed": say("left.trash"), "deleted": say("left.trash")}


def blogger_readings(original: Original, config: SiteConfig) -> Readings:
    """Return the posts and pages of an export of Blogger."""
    return export_readings(original, blogger_export(original, original.data, ZoneInfo(config.timezone)), config)


def blogger_export(original: Original, data: bytes, zone: ZoneInfo) -> Export:
    """Return what stands in one feed."""
    text = xml_text(data)
    head = before_items(text, "entry")
    home = _home(head)
    found, lost = parsed(original, text, "entry", {**_OUTSIDE, **namespaces(head)})
    articles, left, problems = sorted_out(
        found, lambda entry: _entry(entry, home, zone), original.given, lambda entry: texts_of(entry).get("title", "")
    )
    return Export(program="Blogger", base_url=home, articles=articles, left=left, problems=(*lost, *problems))


def _home(head: str) -> str:
    """Return the address of the blog: that of its own page, not of its feeds."""
    for link in re.findall(r"<link\b[^>]*>", head):
        address = re.search(r"href\s*=\s*[\"']([^\"']*)", link)
        if address and re.search(r"rel\s*=\s*[\"']alternate", link) and "/feeds/" not in address[1]:
            return address[1]
    named = first(head, "blogger:homepageUrl")
    return named if is_web_address(named) else ""


def _entry(entry: ET.Element, home: str, zone: ZoneInfo) -> Exported | SkippedItem:
    texts = texts_of(entry)
    title, body = plain(texts.get("title", "")), _body(entry, texts)
    kind = _kind(entry, texts)
    if kind not in ("post", "page"):
        return SkippedItem(what=title if kind != "comment" else "", why=_TYPES.get(kind, say("left.unknown-entry")))
    state = texts.get("status", "").strip().lower()
    if state in _STATES or texts.get("trashed", "").strip():
        return SkippedItem(what=title, why=say("left.trash"))
    held = tuple(_held(entry, state, texts))
    if held and not shows_something(body):
        return SkippedItem(what=title, why=EMPTY)
    address = "" if held else _address(entry, texts, home)
    return Exported(
        title=title,
        html=body,
        address=address,
        date=moment_of(texts.get("published") or texts.get("created"), zone),
        updated=moment_of(texts.get("updated"), zone),
        tags=tuple(dict.fromkeys(_labels(entry))),
        authors=tuple(_authors(entry)),
        summary=plain(texts.get("metaDescription", "")),
        old=Old(
            held=held,
            page=kind == "page",
            name=re.sub(r"\.html?$", "", path_of(address).rpartition("/")[2]),
            address=path_of(address),
            entry=texts.get("id", "").strip(),
        ),
    )


def _body(entry: ET.Element, texts: dict[str, str]) -> str:
    for child in entry:
        if local(child.tag) == "content" and child.get("type") == "xhtml":
            return "".join(ET.tostring(inner, encoding="unicode", method="html") for inner in child)
    return texts.get("content") or texts.get("summary", "")


def _kind(entry: ET.Element, texts: dict[str, str]) -> str:
    """Return what an entry is: ``post``, ``page``, ``comment`` …; what only answers something is a comment."""
    for child in entry:
        if local(child.tag) == "category" and child.get("scheme") == _KIND:
            return child.get("term", "").rpartition("#")[2].lower()
    if said := texts.get("type", "").strip().lower():
        return said
    name = texts.get("id", "")
    if "in-reply-to" in texts or not name:
        return "comment"
    return "page" if ".page-" in name else "post" if ".post-" in name or ":post" in name else "unknown"


def _held(entry: ET.Element, state: str, texts: dict[str, str]) -> Iterator[Words]:
    if state not in ("", "live", "published"):
        yield say("held.blogger-status", value=state[:40])
    for child in entry:
        if local(child.tag) in ("draft", "visibility") and (child.text or "").strip().lower() not in ("no", "public"):
            yield say("held.blogger-draft")
        if local(child.tag) == "control":
            for said in child:
                if local(said.tag) == "draft" and (said.text or "").strip().lower() != "no":
                    yield say("held.blogger-draft")
    if not state and not _alternate(entry) and "type" in texts:
        yield say("held.blogger-address")


def _alternate(entry: ET.Element) -> str:
    links = (child for child in entry if local(child.tag) == "link" and child.get("rel", "alternate") == "alternate")
    return next((link.get("href", "") for link in links if link.get("href")), "")


def _address(entry: ET.Element, texts: dict[str, str], home: str) -> str:
    name = texts.get("filename", "").strip()
    return _alternate(entry) or (urljoin(home, name) if name else "")


def _labels(entry: ET.Element) -> Iterator[str]:
    for child in entry:
        scheme = child.get("scheme", "")
        if local(child.tag) == "category" and scheme != _KIND and (term := plain(child.get("term", ""))):
            yield term


def _authors(entry: ET.Element) -> Iterator[str]:
    for child in entry:
        name = plain(texts_of(child).get("name", "")) if local(child.tag) == "author" else ""
        if name and "@" not in name and name != "Unknown":
            yield name
