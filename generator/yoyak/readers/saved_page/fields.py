"""The fields of a saved page, each chosen from all places of the page that name it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from urllib.parse import urlsplit

from msgspec import structs

from yoyak.model.sources import Evidence, Field
from yoyak.readers.around import Candidate, FoundPicture, Surroundings, chosen, surer
from yoyak.readers.saved_page.data import PageData, from_article, from_markup, from_meta, moments, plain, texts
from yoyak.readers.saved_page.dates import page_dates
from yoyak.readers.saved_page.inline import urljoined
from yoyak.readers.saved_page.languages import page_language
from yoyak.readers.saved_page.names import Names
from yoyak.readers.saved_page.paywall import paywall
from yoyak.readers.saved_page.people import author_candidates
from yoyak.readers.saved_page.stores import said_in_stores
from yoyak.readers.saved_page.titles import page_subtitle, page_title
from yoyak.readers.saved_page.tree import text_of_nodes
from yoyak.text.tracking import without_tracking
from yoyak.text.urls import is_web_address


def page_fields(
    data: PageData, address: str, around: Surroundings, owners: Sequence[str] = (), lines: Sequence[str] = ()
) -> dict[str, Field]:
    """Return the fields that the page's data and markup give; `address` is the page's own, as far as known.

    `owners` are those whom its notices name as the owners of its rights, `lines` the page's text.
    """
    source, label, lang = chosen(_sources(data, owners, lines)), chosen(_labels(data)), page_language(data, lines)
    title = page_title(data, [*_all(source), *_hosts(address), *owners, *_all(label)])
    outlets = page_outlets(data, {"source": source} if source else {}, address, owners)
    spoken = str(lang.value) if lang else around.language
    published, updated = page_dates(data, address, spoken, around.zone, lines)
    authors = chosen(author_candidates(data, outlets, spoken))
    told = _told(data, title) if any(one is None or one.confidence < _KNOWN for one in (published, authors)) else {}
    if told:
        if "title" in told and (title is None or {one.rule for one in title.evidence} == {"title"}):
            title = chosen(told["title"])  # without the outlet behind it
        source = source or chosen(told.get("source", ()))
        published = surer(published, moments(told.get("published", ()), around.zone))
        updated = surer(updated, moments(told.get("updated", ()), around.zone))
        authors = surer(authors, _people(told.get("authors", ()), Names.of(outlets, spoken)))
    found = {
        "title": title,
        "subtitle": page_subtitle(data, title),
        "date": published,
        "updated": updated,
        "authors": authors,
        "source": source,
        "source_url": chosen(_addresses(address)),
        "summary": chosen(_summaries(data)),
        "lang": lang,
        "label": label,
        "image": chosen(_pictures(data, address)),
        "paywall": paywall(data),
    }
    return {name: field for name, field in found.items() if field}


_RIGHT = {("date", "markup"): 0.9, ("date", "line-beside-headline"): 0.8, ("date", "day-on-page"): 0.75}
_RIGHT |= {("authors", "markup"): 0.88, ("authors", "byline"): 0.85, ("authors", "profile-link"): 0.8}
_RIGHT |= {("authors", "signature"): 0.8, ("authors", "desk"): 0.65}
"""How often a value is right that comes from such a place, where that is more than its rank among other places."""
_PRINTED = frozenset({"heading", "repeated"})


def calibrated(name: str, field: Field) -> Field:
    """Return a field as sure as such values are right; of a headline, as the page and its data agree on it."""
    rules = {one.rule for one in field.evidence}
    sure = _RIGHT.get((name, field.evidence[0].rule), field.confidence)
    if name == "title":
        agreed = rules & _PRINTED and (rules - _PRINTED or any(str(field.value) in one for one in field.alternatives))
        sure = 0.95 if agreed else 0.6 if field.alternatives or rules == {"title"} else sure
    return structs.replace(field, confidence=sure)


_KNOWN = 0.6  # a day or an author less sure than this may stand in the page's data for scripts


def _told(data: PageData, title: Field | None) -> Mapping[str, Sequence[Candidate]]:
    titles = [*_all(title)[:1], *(c.value for c in from_markup(data, ("title",), 0.7))]
    return said_in_stores(data.scripts, titles)


def _people(told: Iterable[Candidate], asked: Names) -> Iterator[Candidate]:
    """Yield the people of texts, those of one object together."""
    people, bodies = asked.told_apart([one.value for one in told])
    evidence = Evidence(rule="data-for-scripts", selector="authors")
    yield Candidate(value=people or bodies, confidence=0.74 if people else 0.5, evidence=evidence)


def page_outlets(data: PageData, fields: Mapping[str, Field], address: str, owners: Sequence[str]) -> list[str]:
    """Return the names of the outlet: as the page's data, its address, its notices and the end of its title say."""
    return [*_all(fields.get("source")), *_hosts(address), *owners, *_tails(data)]


def _tails(data: PageData) -> list[str]:
    tails = [(_TAIL.split(c.value)[-1].strip(), c.value) for c in from_markup(data, ("title",), 0.7)]
    return [tail for tail, title in tails if len(tail) <= min(_LONGEST, len(title) / 2)]


_TAIL = re.compile(r"\s*[|｜_]\s*|\s+[-–—:]+\s+|--")
_LONGEST = 30
"""Characters of an outlet's name behind a headline."""


def page_address(data: PageData, saved_from: str) -> str:
    """Return the page's own address: canonical link, Open Graph, JSON-LD, or what the browser noted; without what only
    counts clicks."""
    links = [link.get("href") for link in data.index.find('[rel="canonical"]')]
    named = [*data.meta.get("og:url", ()), *texts(data.article.get("url"), data), saved_from]
    return without_tracking(next((link for link in (*links, *named) if is_web_address(link.strip())), "").strip())


def _all(field: Field | None) -> list[str]:
    return [str(field.value), *map(str, field.alternatives)] if field else []


def _hosts(address: str) -> list[str]:
    """Return the names that a page's host goes by: ``www.gaon.example.kr`` is ``gaon.example.kr`` and ``gaon``."""
    host = (urlsplit(address).hostname or "").removeprefix("www.") if address else ""
    return [host, host.split(".")[0]] if host else []


def _sources(data: PageData, owners: Sequence[str], lines: Sequence[str]) -> Iterator[Candidate]:
    for name in (part.strip() for text in data.meta.get("og:article:author", ()) for part in text.split("|")):
        if name in owners:  # a portal names the outlet as the author of what it shows
            yield Candidate(value=name, confidence=0.95, evidence=Evidence(rule="owner", selector="og:article:author"))
    yield from from_meta(data, "og:site_name", confidence=0.93)
    yield from (c for c in from_article(data, "publisher", confidence=0.92) if not is_web_address(c.value))
    for node in data.index.find('[itemprop="publisher"]', limit=1):
        names = (inner for inner in node.elements() if inner.get("itemprop") == "name")
        for name in (plain(inner.get("content") or text_of_nodes(inner.children)) for inner in names):
            yield Candidate(value=name, confidence=0.9, evidence=Evidence(rule="markup", selector="publisher"))
    yield from from_meta(data, "application-name", "apple-mobile-web-app-title", "al:android:app_name", confidence=0.7)
    for name in (tail for tail in _tails(data) if tail in lines):
        yield Candidate(value=name, confidence=0.65, evidence=Evidence(rule="repeated", selector="title"))
    for name in owners:
        yield Candidate(value=name, confidence=0.6, evidence=Evidence(rule="owner"))


def _labels(data: PageData) -> Iterator[Candidate]:
    yield from from_article(data, "articleSection")
    yield from from_meta(data, "article:section", "og:article:section", "section", "articlesection", confidence=0.85)
    yield from from_markup(data, ('[itemprop="articleSection"]', "em.media_end_categorize_item"), 0.8)


def _addresses(address: str) -> Iterator[Candidate]:
    if address:
        evidence = Evidence(rule="canonical", selector='link[rel="canonical"]')
        yield Candidate(value=address, confidence=0.95, evidence=evidence)


def _summaries(data: PageData) -> Iterator[Candidate]:
    yield from from_meta(data, "og:description", "description", "twitter:description", confidence=0.85)
    yield from from_article(data, "description", confidence=0.8)


# --- the lead picture -------------------------------------------------------------------------------


def _pictures(data: PageData, address: str) -> Iterator[Candidate]:
    image = data.article.get("image")
    for source, confidence, rule in (
        *((text, 0.85, "og:image") for text in data.meta.get("og:image", ())[:1]),
        *((text, 0.8, "json-ld") for text in _image_addresses(image)[:1]),
    ):
        if source.strip().startswith("data:"):
            continue
        caption = plain(str(image.get("caption") or "")) if isinstance(image, Mapping) else ""
        alt = next(iter(data.meta.get("og:image:alt", ())), "")
        yield Candidate(
            value=FoundPicture(src=urljoined(address, source), alt=alt, caption=caption),
            confidence=confidence,
            evidence=Evidence(rule=rule, selector='meta[property="og:image"]' if rule == "og:image" else "image"),
        )


def _image_addresses(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return [text for item in value[:3] for text in _image_addresses(item)]
    if isinstance(value, Mapping):
        return [text for key in ("url", "contentUrl") if isinstance(text := value.get(key), str)]
    return []
