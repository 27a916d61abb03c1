"""Which element of a page holds the article, and what inside of it is furniture."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from bs4 import BeautifulSoup, Tag

from yoyak.readers.page_data import attribute
from yoyak.readers.page_index import all_tags, page_index

_CONTAINERS = (
    '[itemprop="articleBody"]', "#dic_area", "#newsct_article", "#articeBody", "#articleBody", "#news_body_area",
    "#article-view-content-div", "#newsEndContents", "#articleBodyContents", "#harmonyContainer", "#article_body",
    "#article-body", "#articletxt", ".article_body", ".article-body", ".articleBody", ".article__body",
    ".article-content", ".news_body", ".entry-content", ".post-content", ".story-body", ".article-text",
    ".story-content",
)  # fmt: skip
"""Where well-known systems put the text, the most telling first."""

_NO_TEXT = frozenset((
    "script", "style", "noscript", "template", "svg", "iframe", "object", "form", "button", "input", "select",
    "textarea", "nav", "aside", "footer", "dialog", "menu", "audio", "video", "canvas", "head",
))  # fmt: skip

_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:share|sharing|sns|social|related|relation|recommend\w*|comments?|reply|replies|advert\w*|ads?|adv|"
    r"banner|promo\w*|newsletter|subscri\w*|breadcrumbs?|menu|nav|navigation|gnb|lnb|footer|sidebar|side|widget|toolbar|"
    r"tools?|popular|ranking|most[_-]?read|outbrain|taboola|cookie\w*|sr[_-]?only|visually[_-]?hidden|blind|skip|"
    r"pagination|popup|modal|tags?|keywords?|copyright|reporter|journalist|byline|author\w*|bio|profile|trending|"
    r"more[_-]?(?:news|stories|on)|read[_-]?(?:more|next)|teaser|signup|paywall|meta|dateline|timestamp|u_likeit|"
    r"likeit)(?:$|[\s_-])|"
    r"(?:share|related|relate|recommend|comment|advert|newsletter|promo|copyright|reporter)(?:[A-Z_-]|s?$|bar|box|list|"
    r"area|wrap)",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BODY_TEXT = 200


def flatten(soup: BeautifulSoup) -> None:
    """Put words in the place of elements below the 200th level, so that no question costs the square of a page."""
    levels = {id(soup): 0}
    deepest: list[Tag] = []
    for tag in all_tags(soup):
        levels[id(tag)] = level = levels[id(tag.parent)] + 1
        if level == _DEEPEST:
            deepest.append(tag)
    for tag in deepest:
        tag.replace_with(tag.get_text(" "))


_DEEPEST = 200


def strip_furniture(soup: BeautifulSoup) -> None:
    """Take out of the tree, which is the reader's own, all that never is an article's text."""
    for tag in all_tags(soup):
        if tag.name in _NO_TEXT or (_is_furniture(tag) and not _holds_most(tag)):
            tag.extract()


def article_element(soup: BeautifulSoup) -> Tag:
    """Return the element with the article's text: a known container with enough text, else the densest one."""
    index = page_index(soup)
    for selector in _CONTAINERS:
        found = max(index.find(selector), key=_text_length, default=None)
        if found is not None and _text_length(found) >= _BODY_TEXT:
            return found
    return _densest(soup)


def link_share(tag: Tag) -> float:
    """Return the share of an element's text that stands in links."""
    total = _text_length(tag)
    return sum(_text_length(link) for link in tag.find_all("a")) / total if total else 0.0


def _is_furniture(tag: Tag) -> bool:
    if tag.name in ("html", "body", "article", "main", "p", "h1"):
        return False
    if tag.has_attr("hidden") or _HIDDEN.search(attribute(tag, "style")):
        return True
    return _names_furniture(f"{attribute(tag, 'class')} {attribute(tag, 'id')}")


@lru_cache(4096)
def _names_furniture(names: str) -> bool:
    return _FURNITURE.search(names) is not None


def _holds_most(tag: Tag) -> bool:
    """Tell whether an element with a suspicious name holds paragraphs enough to be the article after all."""
    paragraphs = sum(len(text) for text in (p.get_text() for p in tag.find_all("p")) if len(text) > 40)
    return paragraphs > 600 and link_share(tag) < 0.3


def _densest(soup: BeautifulSoup) -> Tag:
    """Return the element with the most prose right below it; half of it counts for the element around that one."""
    scores: dict[int, float] = {}
    tags: dict[int, Tag] = {}
    for container, length in _prose(soup):
        around = (container, container.parent) if container.parent is not None else (container,)
        for tag, share in zip(around, (1.0, 0.5), strict=False):
            scores[id(tag)] = scores.get(id(tag), 0) + share * length
            tags[id(tag)] = tag
    best = max(scores, key=lambda key: scores[key], default=None)
    return tags[best] if best is not None else (soup.body or soup)


_WITH_PROSE = frozenset(("p", "div", "td", "section", "article", "blockquote"))


def _prose(soup: BeautifulSoup) -> Iterator[tuple[Tag, int]]:
    """Yield containers with the length of each piece of prose in them: a paragraph, or lines between ``<br>``."""
    for tag in (tag for tag in all_tags(soup) if tag.name in _WITH_PROSE):
        if tag.name == "p":
            length = _text_length(tag)
            if length > 25 and tag.parent is not None and link_share(tag) < 0.5:
                yield tag.parent, length
        else:
            own = sum(len(text.strip()) for text in tag.find_all(string=True, recursive=False))
            if own > 60:
                yield tag, own


def _text_length(tag: Tag) -> int:
    return sum(len(text.strip()) for text in tag.find_all(string=True))
