"""What a saved page says about itself: JSON-LD first, then Open Graph and other meta tags, then its own markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from html import unescape
from typing import Any
from zoneinfo import ZoneInfo

from yoyak.model.sources import Evidence
from yoyak.model.types import Record
from yoyak.readers.around import Candidate
from yoyak.readers.saved_page.index import PageIndex, page_index
from yoyak.readers.saved_page.scripts import json_objects
from yoyak.readers.saved_page.tree import Node, Script, text_of_nodes
from yoyak.text.calendar import Moment, is_of_text, written_moment
from yoyak.text.dates import find_moments

_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
_SPACES = re.compile(r"[^\S\u3000]+")
"""All spaces but the wide one of Chinese and Japanese, which is a part of a headline there."""
_ARTICLE = re.compile(r"(?:Article|Posting|Review|Report)$")


class PageData(Record, kw_only=True):
    """A page and the data in it, ready to be asked."""

    index: PageIndex
    article: Mapping[str, Any]
    """The JSON-LD object of the article, or an empty one."""
    by_id: Mapping[str, Mapping[str, Any]]
    """JSON-LD objects by ``@id``."""
    meta: Mapping[str, Sequence[str]]
    """The contents of meta tags by lower-case name or property."""
    scripts: Sequence[Script]


def page_data(nodes: Iterable[Node], scripts: Sequence[Script]) -> PageData:
    """Return the page's data, with those of its JSON-LD."""
    index, objects = page_index(nodes), json_objects(scripts)
    meta = _meta(index)
    titles = {plain(text) for key in ("og:title", "twitter:title") for text in meta.get(key, ())}
    articles = [item for item in objects if _is_article(item)] or [item for item in objects if "datePublished" in item]
    best = max(articles, key=lambda item: _fullness(item, titles), default={})
    return PageData(
        index=index,
        article=best,
        by_id={item["@id"]: item for item in objects if isinstance(item.get("@id"), str) and len(item) > 1},
        meta=meta,
        scripts=scripts,
    )


def _fullness(item: Mapping[str, Any], titles: set[str]) -> tuple[bool, ...]:
    """Return how much an object says of the page's article, for comparison: other stories have objects of their own."""
    headline = item.get("headline")
    known = isinstance(headline, str) and any(text.startswith(plain(headline)) for text in titles)
    return known, bool(headline), "datePublished" in item, "author" in item


def _is_article(item: Mapping[str, Any]) -> bool:
    kinds = item.get("@type")
    return any(
        isinstance(kind, str) and (_ARTICLE.search(kind) or (kind == "Question" and "author" in item))
        for kind in (kinds if isinstance(kinds, list) else [kinds])
    )


def _meta(index: PageIndex) -> Mapping[str, Sequence[str]]:
    found: dict[str, list[str]] = {}
    for tag in index.by_name.get("meta", ()):
        name = tag.get("property") or tag.get("name") or tag.get("itemprop")
        content = plain(tag.get("content"))
        if name and content:
            found.setdefault(name.lower(), []).append(content)
    return found


def plain(text: str) -> str:
    """Return text from data or markup on one line, with references resolved that were escaped twice."""
    return _SPACES.sub(" ", unescape(text).replace("\u200b", "").replace("\u00ad", "")).strip()


# --- candidates -------------------------------------------------------------------------------------


def from_article(data: PageData, *keys: str, confidence: float = 0.95) -> Iterator[Candidate]:
    """Yield the texts that the JSON-LD article gives under the keys."""
    for key in keys:
        for written in texts(data.article.get(key), data):
            text = _TAG.sub("", written)
            yield Candidate(value=text, confidence=confidence, evidence=Evidence(rule="json-ld", selector=key))


def from_meta(data: PageData, *names: str, confidence: float = 0.9) -> Iterator[Candidate]:
    """Yield the contents of the meta tags of the names, in the order of the names."""
    for name in names:
        for text in data.meta.get(name, ()):
            evidence = Evidence(rule="meta", selector=f'meta[property="{name}"], meta[name="{name}"]')
            yield Candidate(value=text, confidence=confidence, evidence=evidence)


def from_markup(
    data: PageData, selectors: Iterable[str], confidence: float, rule: str = "markup"
) -> Iterator[Candidate]:
    """Yield the texts of the elements that the selectors find, at most three each."""
    for selector in selectors:
        for tag in data.index.find(selector, limit=3):
            if text := plain(text_of_nodes(tag.children)):
                yield Candidate(value=text, confidence=confidence, evidence=Evidence(rule=rule, selector=selector))


def texts(value: Any, data: PageData) -> list[str]:
    """Return the texts in a JSON-LD value: of a text, a list, or an object's name or address; ids are followed."""
    if isinstance(value, str):
        return [text] if (text := plain(value)) else []
    if isinstance(value, int) and not isinstance(value, bool):
        return [str(value)]  # a moment in milliseconds
    if isinstance(value, list):
        return [text for item in value[:20] for text in texts(item, data)]
    if isinstance(value, dict):
        known = value if len(value) > 1 else data.by_id.get(str(value.get("@id")), value)
        return next(
            (texts(known[key], data) for key in ("name", "url", "@value") if isinstance(known.get(key), str | list)), []
        )
    return []


_ANY_DAY = date(2099, 12, 28)
"""After every short year that data may mean. Moments without a year are not taken, so nothing is counted from it."""

# --- moments ----------------------------------------------------------------------------------------


def moments(candidates: Iterable[Candidate], zone: ZoneInfo) -> Iterator[Candidate]:
    """Yield the candidates whose text is a moment, as moments with the offset that the page wrote."""
    for candidate in candidates:
        moment = moment_of(candidate.value, zone)
        if moment:
            yield Candidate(value=moment, confidence=candidate.confidence, evidence=candidate.evidence)


def moment_of(text: str, zone: ZoneInfo) -> Moment | None:
    """Return the moment in a page's data: ISO 8601 mostly, but also seconds since 1970 and what people write."""
    if re.fullmatch(r"\d{10}|\d{13}", text):
        return Moment(value=datetime.fromtimestamp(int(text[:10]), UTC).astimezone(zone), day_only=False)
    if compact := re.fullmatch(r"(\d{4})(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?)?", text):
        day = "-".join(compact.groups()[:3])
        text = f"{day} {compact[4]}:{compact[5]}" if compact[4] else day
    try:
        written = written_moment(text, zone)
        return written if is_of_text(written) else None
    except (ValueError, OverflowError):
        found = find_moments(text[:200], zone, _ANY_DAY)
        return next((item.moment for item in found if not item.year_inferred), None)
