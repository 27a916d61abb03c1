"""The fields of a saved page, each chosen from all places of the page that name it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from urllib.parse import urljoin

from yoyak.readers.around import Surroundings
from yoyak.readers.found import Candidate, FoundPicture, chosen
from yoyak.readers.page_data import (
    PageData,
    attribute,
    from_article,
    from_markup,
    from_meta,
    moments,
    plain,
    texts,
)
from yoyak.readers.people import clean_people
from yoyak.reading import Evidence, Field
from yoyak.text.urls import is_web_address


def page_fields(data: PageData, address: str, around: Surroundings) -> dict[str, Field]:
    """Return the fields that the page's data and markup give; `address` is the page's own, as far as known."""
    source = chosen(_sources(data))
    outlets = [source.value, *source.alternatives] if source else []
    label = chosen(
        [*from_article(data, "articleSection"), *from_meta(data, "article:section", "section", confidence=0.85)]
    )
    title = _title(data, [*outlets, *([label.value, *label.alternatives] if label else [])])
    found = {
        "title": title,
        "subtitle": _other_than(title, chosen(from_article(data, "alternativeHeadline", confidence=0.7))),
        "date": chosen(moments(_dates(data), around.zone)),
        "updated": chosen(moments(_updates(data), around.zone)),
        "authors": chosen(_authors(data, outlets)),
        "source": source,
        "source_url": chosen(_addresses(address)),
        "summary": chosen(_summaries(data)),
        "lang": chosen(_languages(data)),
        "label": label,
        "image": chosen(_pictures(data, address)),
    }
    if found["date"] and found["updated"] and found["updated"].value.value <= found["date"].value.value:
        found["updated"] = None
    return {name: field for name, field in found.items() if field}


def page_address(data: PageData, saved_from: str) -> str:
    """Return the page's own address: canonical link, Open Graph, JSON-LD, or what the browser noted."""
    links = [attribute(link, "href") for link in data.index.find('[rel="canonical"]')]
    named = [*data.meta.get("og:url", ()), *texts(data.article.get("url"), data), saved_from]
    return next((link for link in (*links, *named) if is_web_address(link.strip())), "").strip()


# --- title ------------------------------------------------------------------------------------------

_TAIL = re.compile(r"\s*[|ㅣ│:<»·]\s*|\s+[-–—]\s+|(?<=\S)-(?=[^\s-]{2,15}(?:[|ㅣ]|$))")


def _title(data: PageData, names: Sequence[str]) -> Field | None:
    candidates = [
        *from_article(data, "headline", confidence=0.96),
        *from_meta(data, "og:title", confidence=0.92),
        *from_markup(data, ('[itemprop="headline"]', "article h1", "h1"), 0.85, rule="heading"),
        *from_meta(data, "twitter:title", confidence=0.8),
        *from_markup(data, ("title",), 0.7, rule="title"),
    ]
    return chosen(
        Candidate(value=without_site_tail(c.value, names), confidence=c.confidence, evidence=c.evidence)
        for c in candidates
    )


def without_site_tail(title: str, names: Iterable[str]) -> str:
    """Return a title without what follows its last bars, as long as that is the outlet's name or the section.

    >>> without_site_tail("버스 12개 노선 전기로 - 사회 | 가온일보", ["가온일보", "사회"])
    '버스 12개 노선 전기로'
    """
    known = {_folded(name) for name in names if name}
    rest = title
    while marks := list(_TAIL.finditer(rest)):
        last = marks[-1]
        if last.start() == 0 or _folded(rest[last.end() :]) not in known:
            break
        rest = rest[: last.start()]
    return rest.strip()


def _folded(name: str) -> str:
    return re.sub(r"[\s.]+", "", name.casefold())


def _other_than(title: Field | None, field: Field | None) -> Field | None:
    return None if field is None or (title is not None and field.value == title.value) else field


# --- dates ------------------------------------------------------------------------------------------


def _dates(data: PageData) -> Iterator[Candidate]:
    yield from from_article(data, "datePublished", confidence=0.97)
    yield from from_meta(data, "article:published_time", "og:article:published_time", "datepublished", confidence=0.95)
    yield from _attributes(data, '[itemprop="datePublished"]', ("datetime", "content"), 0.93)
    names = (
        "pubdate",
        "publishdate",
        "parsely-pub-date",
        "dc.date.issued",
        "dcterms.created",
        "dc.date",
        "date",
        "sailthru.date",
    )
    yield from from_meta(data, *names, confidence=0.88)
    yield from from_article(data, "dateCreated", "uploadDate", confidence=0.8)
    yield from _attributes(data, "article time[datetime]", ("datetime",), 0.8)
    yield from _attributes(data, "time[datetime]", ("datetime",), 0.7)
    yield from _attributes(data, "span[data-date-time]", ("data-date-time",), 0.7)
    yield from from_markup(data, ('[class*="date"]', '[class*="time"]', '[class*="publish"]'), 0.55)


def _updates(data: PageData) -> Iterator[Candidate]:
    yield from from_article(data, "dateModified", confidence=0.95)
    yield from from_meta(data, "article:modified_time", "og:updated_time", "datemodified", "lastmod", confidence=0.9)
    yield from _attributes(data, '[itemprop="dateModified"]', ("datetime", "content"), 0.9)


def _attributes(data: PageData, selector: str, names: Sequence[str], confidence: float) -> Iterator[Candidate]:
    for tag in data.index.find(selector):
        for name in names:
            if value := plain(attribute(tag, name)):
                yield Candidate(
                    value=value,
                    confidence=confidence,
                    evidence=Evidence(rule="attribute", selector=f"{selector} @{name}"),
                )


# --- people and outlets -----------------------------------------------------------------------------

_BYLINES = (
    '[rel="author"]',
    '[itemprop="author"]',
    '[class*="byline"]',
    '[class*="reporter"]',
    '[class*="journalist"]',
    '[class*="author"]',
)


def _authors(data: PageData, outlets: Sequence[str]) -> Iterator[Candidate]:
    yield from _people("json-ld", "author", texts(data.article.get("author"), data), outlets, 0.95)
    for name in (
        "author",
        "article:author",
        "og:article:author",
        "byl",
        "dc.creator",
        "parsely-author",
        "sailthru.author",
    ):
        yield from _people("meta", f'meta[name="{name}"]', data.meta.get(name, ()), outlets, 0.85)
    yield from _people("json-ld", "creator", texts(data.article.get("creator"), data), outlets, 0.8)
    for selector in _BYLINES:
        written = [
            text for tag in data.index.find(selector, limit=4) if 2 <= len(text := plain(tag.get_text(" "))) <= 60
        ]
        yield from _people("markup", selector, written, outlets, 0.6)


def _people(
    rule: str, selector: str, written: Iterable[str], outlets: Sequence[str], confidence: float
) -> Iterator[Candidate]:
    people = tuple(person for person in clean_people(written, outlets) if len(person.name) <= 50)
    if people:
        yield Candidate(value=people, confidence=confidence, evidence=Evidence(rule=rule, selector=selector))


def _sources(data: PageData) -> Iterator[Candidate]:
    yield from from_meta(data, "og:site_name", confidence=0.93)
    yield from (c for c in from_article(data, "publisher", confidence=0.92) if not is_web_address(c.value))
    yield from from_meta(data, "application-name", "apple-mobile-web-app-title", confidence=0.7)


def _addresses(address: str) -> Iterator[Candidate]:
    if address:
        yield Candidate(
            value=address, confidence=0.95, evidence=Evidence(rule="canonical", selector='link[rel="canonical"]')
        )


def _summaries(data: PageData) -> Iterator[Candidate]:
    yield from from_meta(data, "og:description", "description", "twitter:description", confidence=0.85)
    yield from from_article(data, "description", confidence=0.8)


def _languages(data: PageData) -> Iterator[Candidate]:
    written = [(attribute(root, "lang"), 0.9, "html[lang]") for root in data.index.find("html")]
    written += [(text, 0.85, "inLanguage") for text in texts(data.article.get("inLanguage"), data)]
    written += [(text, 0.8, "og:locale") for text in data.meta.get("og:locale", ())]
    for text, confidence, selector in written:
        language = text.replace("_", "-").strip()
        if re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", language):
            yield Candidate(
                value=language, confidence=confidence, evidence=Evidence(rule="language", selector=selector)
            )


# --- the lead picture -------------------------------------------------------------------------------


def _pictures(data: PageData, address: str) -> Iterator[Candidate]:
    image = data.article.get("image")
    for source, confidence, rule in (
        *((text, 0.85, "og:image") for text in data.meta.get("og:image", ())[:1]),
        *((text, 0.8, "json-ld") for text in _image_addresses(image)[:1]),
    ):
        whole = urljoin(address, source) if address else source
        caption = plain(str(image.get("caption") or "")) if isinstance(image, Mapping) else ""
        alt = next(iter(data.meta.get("og:image:alt", ())), "")
        yield Candidate(
            value=FoundPicture(src=whole, alt=alt, caption=caption),
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
