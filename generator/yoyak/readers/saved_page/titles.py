"""The headline of a saved page: what most of the places that name it agree on, without the outlet's name behind it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from unicodedata import normalize

from msgspec import structs

from yoyak.model.sources import Evidence, Field
from yoyak.readers.around import Candidate, chosen
from yoyak.readers.capture.headline_shape import without_count
from yoyak.readers.saved_page.data import PageData, from_article, from_markup, from_meta, plain
from yoyak.readers.saved_page.tree import text_of_nodes

_TAIL = re.compile(r"\s*[|ㅣ│¦:：<»·•_＿]\s*|\s+(?:--|[-–—])\s+|(?<=\S)-(?=[^\s-]{2,15}(?:[|ㅣ]|$))")
_BAR = re.compile(r"\s*[|ㅣ│¦»]\s*|\s+(?:--|[-–—])\s+")
_VOTES = {"headline": 1.0, "og:title": 0.95, "heading": 0.9, "repeated": 0.8, "twitter:title": 0.1, "title": 0.3}
_PRINTED = 1.7
"""The vote of the one heading that speaks of what the page's data speak of: readers see it, search engines the data."""
_ALIKE = 0.34
"""The share of the words of the shorter of two headlines that the other has too."""


def page_title(data: PageData, names: Sequence[str]) -> Field | None:
    """Return the headline; `names` are those of the outlet and the section, which sites put behind it."""
    known = [*filter(None, names), *_names_behind(data)]
    found = [
        structs.replace(c, value=value)
        for c in _candidates(data)
        if (value := without_site_tail(c.value, known)) and _folded(value) not in {_folded(name) for name in known}
    ]
    return _elected(_whole(_without_agreed_tails([*_without_numbers(found)]))) or chosen(_candidates(data))


def page_subtitle(data: PageData, title: Field | None) -> Field | None:
    """Return the line below the headline, where a page marks one."""
    marked = ('[itemprop="alternativeHeadline"]', "h2.subtitle", "h2.sub-title", "h2.sub_title", "h2.subheadline")
    candidates = [
        *from_article(data, "alternativeHeadline", confidence=0.7),
        *from_markup(data, marked, 0.65, rule="below-headline"),
    ]
    said = [str(title.value), *map(str, title.alternatives)] if title else []
    return chosen(c for c in candidates if c.value not in said)


def without_site_tail(title: str, names: Iterable[str]) -> str:
    """Return a title without the parts at its ends that bars cut off, as far as they are the outlet or the section.

    >>> without_site_tail("버스 12개 노선 전기로 - 사회 | 가온일보", ["가온일보", "사회"])
    '버스 12개 노선 전기로'
    """
    known = {_folded(name) for name in names if name}
    rest = title
    while marks := list(_TAIL.finditer(rest)):
        first, last = marks[0], marks[-1]
        if last.start() > 0 and _folded(rest[last.end() :]) in known:
            rest = rest[: last.start()]
        elif _folded(rest[: first.start()]) in known and first.end() < len(rest):
            rest = rest[first.end() :]
        else:
            break
    return without_count(_WAY.sub("", rest)).strip()


_WAY = re.compile(r"(?:\s<\s[^<>]{1,20}){2,}$")
"""The way to the page that some systems put behind a headline: ``… < 경제 < 기사본문``."""


def _candidates(data: PageData) -> Iterator[Candidate]:
    yield from from_article(data, "headline", confidence=0.96)
    yield from from_meta(data, "og:title", confidence=0.92)
    yield from _headings(data)
    yield from _repeated(data)
    yield from from_meta(data, "twitter:title", confidence=0.8)
    yield from from_markup(data, ("title",), 0.7, rule="title")


def _headings(data: PageData) -> Iterator[Candidate]:
    """Yield the page's headings; one that is a link leads to the front page, unless ``<title>`` has it."""
    whole = next((c.value for c in from_markup(data, ("title",), 0.7)), "")
    first, parts = _BAR.split(whole)[0], _BAR.split(whole)
    selectors = ('[itemprop="headline"]', "article h1", "h1")
    for selector in selectors if data.index.by_name.get("h1") else (*selectors, "h2"):
        for node in data.index.find(selector, limit=3 if selector != "h2" else 20):
            text = plain(text_of_nodes(node.children)) or plain(node.get("content"))
            linked = sum(len(text_of_nodes((link,))) for link in node.elements() if link.name == "a")
            if text and (linked < 0.9 * len(text) or text == first) and (selector != "h2" or text in parts):
                behind = text[len(first) :] if text.startswith(first) else ""
                glued = (
                    len(first) >= 20 and behind.strip() != "" and behind.strip() in whole and not _TAIL.match(behind)
                )
                value = first if glued else text
                evidence = Evidence(rule="heading", selector=selector)
                yield Candidate(value=value, confidence=0.85, evidence=evidence)


def _repeated(data: PageData) -> Iterator[Candidate]:
    """Yield the line of the page that is its ``<title>`` up to one of its bars."""
    for candidate in from_markup(data, ("title",), 0.7):
        starts = [candidate.value[: mark.start()] for mark in _TAIL.finditer(candidate.value)]
        long = {start for start in (*starts, candidate.value) if len(start) >= _LEAST}
        if text := max(_lines_among(data, long), key=len, default=""):
            yield Candidate(value=text, confidence=0.8, evidence=Evidence(rule="repeated", selector="title"))


_LINES = ("h2", "h3", "h4", "h5", "strong", "b", "td", "div", "p", "span", "font")
_LEAST = 8
"""Characters of a headline that stands in no heading."""


def _lines_among(data: PageData, wanted: set[str]) -> Iterator[str]:
    """Yield those of some texts that an element holds with nothing else; only lines that begin as they do are read."""
    begins = tuple({text[:_LEAST].split()[0] for text in wanted})
    for name in _LINES if wanted else ():
        for node in data.index.by_name.get(name, ()):
            children = node.children
            if len(children) != 1 or not isinstance(child := children[0], str) or len(child) < _LEAST:
                continue
            if child.lstrip().startswith(begins) or "&" in child or "\u200b" in child:
                line = plain(text_of_nodes(children))
                if line in wanted:
                    yield line


def _names_behind(data: PageData) -> Iterator[str]:
    """Yield what stands behind the last bar of ``<title>`` and in a heading of its own: the outlet's name."""
    heads = {_folded(c.value) for c in from_markup(data, ("h1",), 0.5)}
    for candidate in from_markup(data, ("title",), 0.5):
        marks = list(_TAIL.finditer(candidate.value))
        behind = candidate.value[marks[-1].end() :] if marks else ""
        if behind and _folded(behind) in heads and len(behind) < marks[-1].start():
            yield behind


def _without_numbers(candidates: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield the candidates; headings without a number of comments that the other places do not have."""
    said = [c.value for c in candidates if c.evidence.rule not in ("heading", "repeated")]
    for candidate in candidates:
        text = _NUMBER.sub("", candidate.value) if candidate.evidence.rule == "heading" else candidate.value
        known = len(text) >= _COUNTED and any(one == text or _has_tail(one, text) for one in said)
        yield structs.replace(candidate, value=text) if known and candidate.value not in said else candidate


def _without_agreed_tails(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates without a tail that another place of the page does not have."""
    places = ("json-ld", "heading", "repeated")
    plain = [c.value for c in candidates if c.evidence.rule in places and len(c.value) >= 8]
    printed = {c.value for c in candidates if c.evidence.rule == "heading"}
    found = []
    for candidate in candidates:
        whole = candidate.value in printed
        shorter = next((text for text in plain if not whole and _has_tail(candidate.value, text)), candidate.value)
        shorter = next((part for part in _BAR.split(shorter)[1:] if part in printed and not whole), shorter)
        found.append(structs.replace(candidate, value=shorter))
    return found


def _whole(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates; those that were cut off, after 110 characters or with dots, as another place has them."""
    found = []
    for candidate in candidates:
        stem = candidate.value.rstrip(" .…")
        cut = candidate.value != stem or len(stem) >= 100
        longer = [c.value for c in candidates if cut and len(stem) >= 20 and c.value.startswith(stem)]
        found.append(structs.replace(candidate, value=max([candidate.value, *longer], key=len)))
    return found


_NUMBER, _COUNTED = re.compile(r"\s?\d[\d,.]{0,6}$"), 12
"""A number behind a heading, as of comments, and the characters of a headline that the page has without it."""


def _has_tail(title: str, short: str) -> bool:
    behind = title[len(short) :] if title.startswith(short) else ""
    return bool(_TAIL.match(behind) or _IN_BRACKETS.fullmatch(behind))


_IN_BRACKETS = re.compile(r"\s?[(（][^()（）]{2,20}[)）]")
"""The paper that wrote a story, behind its headline on a portal."""


def _elected(candidates: Sequence[Candidate]) -> Field | None:
    """Return the headline with the most votes. Each kind of place has one vote, its first."""
    votes: dict[str, float] = defaultdict(float)
    printed = _printed(candidates)
    voted: set[tuple[str, str]] = set()
    for candidate in candidates:
        kind, key = _kind(candidate), _key(candidate.value)
        if (kind, key) not in voted:
            weight = _PRINTED if key == printed and kind == "heading" else _VOTES[kind]
            votes[key] += weight * (1 if weight == _PRINTED or not any(kind == k for k, _ in voted) else 0.3)
            voted.add((kind, key))
    best = max(votes.values(), default=0.0)
    return chosen(
        candidate if votes[_key(candidate.value)] == best else structs.replace(candidate, confidence=0.5)
        for candidate in sorted(candidates, key=lambda c: -votes[_key(c.value)])
    )


def _printed(candidates: Sequence[Candidate]) -> str:
    """Return the key of the heading that alone speaks of what the data speak of, or nothing."""
    said = [_words(c.value) for c in candidates if c.evidence.rule != "heading"]
    keys = {
        _key(c.value)
        for c in candidates
        if c.evidence.rule == "heading" and len(c.value) >= _LEAST and any(_alike(_words(c.value), one) for one in said)
    }
    return keys.pop() if len(keys) == 1 else ""


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= max(2, _ALIKE * min(len(one), len(other)))


def _words(title: str) -> frozenset[str]:
    """Return what two headlines are compared by: words, or pairs of characters where words are not spaced."""
    folded = normalize("NFKC", title).casefold()
    wide = re.findall(r"(?=([\u3040-\u30ff\u4e00-\u9fff]{2}))", folded)
    return frozenset([*wide, *re.findall(r"[^\W\d_\u3040-\u30ff\u4e00-\u9fff]{4,}|[가-힣]{2,}|\d+", folded)])


def _kind(candidate: Candidate) -> str:
    if candidate.evidence.rule == "meta":
        return "og:title" if "og:title" in (candidate.evidence.selector or "") else "twitter:title"
    return "headline" if candidate.evidence.rule == "json-ld" else candidate.evidence.rule


def _key(title: str) -> str:
    return re.sub(r"[\s\"'“”‘’«»„.]+", "", normalize("NFKC", title).casefold())


def _folded(name: str) -> str:
    return re.sub(r"[\s.]+", "", name.casefold())
