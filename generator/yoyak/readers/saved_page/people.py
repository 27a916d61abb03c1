"""Who wrote a saved page: the names in its data and bylines, without roles, outlets and agencies, in many languages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise, takewhile

from yoyak.model.sources import Evidence
from yoyak.model.types import Person
from yoyak.readers.around import Candidate
from yoyak.readers.people import desks_in
from yoyak.readers.saved_page.data import PageData, plain, texts
from yoyak.readers.saved_page.names import Names, is_free_of_labels, is_full_name
from yoyak.readers.saved_page.tree import HEADINGS, Node, text_of_nodes
from yoyak.readers.word_lists import alternatives, groups

_METAS, _PLACES = (groups("places-of-authors", "words")[kind] for kind in ("meta", "selectors"))
_PROFILE = re.compile(rf"/(?:{alternatives('author-folders')})/[^/?#]+", re.IGNORECASE)
_LONGEST = 110


def author_candidates(data: PageData, outlets: Sequence[str], lang: str) -> Iterator[Candidate]:
    """Yield the authors that the page's data and its bylines name; organizations only where nobody else is named."""
    asked = Names.of(outlets, lang)
    places = [
        ("json-ld", "author", texts(data.article.get("author"), data), 0.95),
        *(("meta", f'meta[name="{name}"]', data.meta.get(name, ()), 0.85) for name in _METAS),
        ("json-ld", "creator", texts(data.article.get("creator"), data), 0.8),
        ("meta", 'meta[name="twitter:data1"]', _labelled(data), 0.7),
        *(("markup", selector, [*_on_page(_together(_of_the_article(data, selector)))], 0.6) for selector in _PLACES),
        ("profile-link", "a[href]", _linked(data), 0.58),
    ]
    for rule, selector, written, confidence in places:
        people, bodies = asked.told_apart(written)
        if confidence < 0.8:
            people = tuple(person for person in people if is_full_name(person.name))
        evidence = Evidence(rule=rule, selector=selector)
        if people:
            yield Candidate(value=people, confidence=confidence, evidence=evidence)
        elif bodies and confidence >= 0.8:
            as_body = Evidence(rule=f"{rule}-organization", selector=selector)
            yield Candidate(value=bodies, confidence=round(confidence - 0.45, 2), evidence=as_body)
        elif desks := next((desks for text in written if (desks := desks_in(text, asked.outlets))), ()):
            as_desk = Evidence(rule="desk", selector=selector)
            yield Candidate(value=tuple(Person(name=desk) for desk in desks), confidence=0.55, evidence=as_desk)

    yield from _nicknamed(data, asked)


_NO_PLACE = re.compile(rf"(?<![\w-])(?:{alternatives('no-places-of-authors')})(?![\w-])", re.IGNORECASE)


def _of_the_article(data: PageData, selector: str) -> list[Node]:
    """Return the places of a selector without those of other stories; those above the headline, if others stand."""
    found = data.index.find(selector, limit=30)
    own_lines = (h1 for h1 in data.index.by_name.get("h1", ()) if all(one.name != "a" for one in h1.elements()))
    headline = next(own_lines, None) if found else None
    if headline is None:
        return found[:12]
    over, top = set(map(id, headline.above())), _order(headline)
    own = [node for node in found if not _is_of_a_card(node, over, below=_order(node) > top)]
    return (own or [node for node in found if _order(node) < top])[:12]


def _is_of_a_card(node: Node, over: set[int], *, below: bool) -> bool:
    """Tell whether a place stands with a headline that is a link, apart from the page's own; below it, in a card."""
    around = [node, *takewhile(lambda above: id(above) not in over, node.above())]
    card = next((one for one in around if one.name in ("article", "li")), None) if below else around[-1]
    if card is None or (below and len(text_of_nodes(card.children)) > _CARD):
        return False
    heads = card.below(*HEADINGS) if below else (card,)
    links = (one for head in heads for one in head.elements() if one.name == "a")
    return any(len(text_of_nodes(one.children)) >= _HEADLINE for one in links)


_HEADLINE, _CARD, _MENU = 18, 600, 5


def _order(node: Node) -> list[int]:
    """Return where an element stands on its page, for comparison."""
    ways = pairwise((node, *node.above()))
    return [next(at for at, child in enumerate(above.children) if child is below) for below, above in ways][::-1]


def _together(nodes: Iterable[Node]) -> list[Node]:
    """Return the first place that signs, and those beside it; no labels of forms, and nobody who comments."""
    found: list[Node] = []
    for node in nodes:
        around = (node, *node.above())
        if any(one.name in ("label", "form", "input", "textarea") or _NO_PLACE.search(_marks(one)) for one in around):
            continue
        if not found or node.parent is found[0].parent or _is_alike(node, found[0]):
            found.append(node)
    return found[:6]


def _is_alike(node: Node, first: Node) -> bool:
    """Tell whether a place is made like the first and stands with it in a short list of those who sign."""
    same = (node.name, node.get("class"), node.get("itemprop"), node.get("rel"))
    if same != (first.name, first.get("class"), first.get("itemprop"), first.get("rel")):
        return False
    around = [above for above, _ in zip(first.above(), range(_LEVELS), strict=False)]
    shared = next((above for above in node.above() if any(above is one for one in around)), None)
    return shared is not None and len(text_of_nodes(shared.children)) <= _LIST


_LEVELS = 3
"""Levels between the elements of two who sign together, and the element around both."""
_LIST = 200
"""Characters of such an element."""


def _marks(node: Node) -> str:
    return f"{node.get('id')} {node.get('class')}" if node.name not in ("html", "body") else ""


_NICKNAME = re.compile(r"(?!\d+$)[^\W_][\w.-]{2,19}")


def _nicknamed(data: PageData, asked: Names) -> Iterator[Candidate]:
    """Yield a nickname where markup says that it is the author: the least sure of all."""
    for selector in _PLACES[:2]:
        for text in _on_page(_together(data.index.find(selector, limit=4))):
            known = asked.told_apart((text.capitalize(),))
            if _NICKNAME.fullmatch(text) and known[0] and is_free_of_labels(text):
                evidence = Evidence(rule="nickname", selector=selector)
                yield Candidate(value=(Person(name=text),), confidence=0.52, evidence=evidence)
    yield from _nicknames_in_data(data, asked)


def _nicknames_in_data(data: PageData, asked: Names) -> Iterator[Candidate]:
    """Yield a nickname that the data name as the author's, and the page shows in a place that is called so."""
    named = [text for name in ("author", "article:author") for text in data.meta.get(name, ())]
    maybe = [text for text in named if _NICKNAME.fullmatch(text) and is_free_of_labels(text)]
    for text in (text for text in maybe if not asked.is_body(text) and not asked.told_apart((text,))[0]):
        if any(plain(text_of_nodes(node.children)) == text for node in data.index.with_marks("author")):
            evidence = Evidence(rule="nickname", selector='meta[name="author"]')
            yield Candidate(value=(Person(name=text),), confidence=0.53, evidence=evidence)


def _on_page(nodes: Iterable[Node]) -> Iterator[str]:
    for node in nodes:
        if _EDITED.match(plain(text_of_nodes(node.children))):
            continue
        named = [inner for inner in node.elements() if inner.get("itemprop") == "name"]
        for one in named or (node,):
            text = plain(text_of_nodes(one.children, between=" ") or one.get("content"))
            if 2 <= len(text) <= _LONGEST:
                yield text


_EDITED = re.compile(rf"[【\[(（]?(?:{alternatives('edited')})\s*[:：]")
"""Who edited did not write."""


def _labelled(data: PageData) -> list[str]:
    """Return what a card for social networks says behind a label such as “Written by”."""
    return [
        value
        for number in "12"
        for label, value in zip(
            data.meta.get(f"twitter:label{number}", ()), data.meta.get(f"twitter:data{number}", ()), strict=False
        )
        if _LABEL.search(label)
    ]


_LABEL = re.compile(rf"\b(?:{alternatives('author-labels')})\b|{alternatives('author-labels-east')}", re.IGNORECASE)


def _linked(data: PageData) -> list[str]:
    """Return the names of the first links to authors' own pages that stand together, and in no menu."""
    found: list[tuple[Node | None, str]] = []
    for node in data.index.by_name.get("a", ()):
        if not _PROFILE.search(node.get("href")) or not 4 <= len(text_of_nodes(node.children)) <= 50:
            continue
        around = node.parent.parent if node.parent and node.parent.name == "li" else node.parent
        if around and around.name in ("ul", "ol") and sum(isinstance(one, Node) for one in around.children) > _MENU:
            continue
        if found and around is not found[0][0]:
            break
        found.append((around, text_of_nodes(node.children)))
    return [name for _, name in found]
