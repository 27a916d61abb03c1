"""Where the elements of a page are, by what readers ask for. One walk serves all questions.

General CSS selectors cost about 20 microseconds an element and question, which is most of the time of reading a page;
the few forms that readers need are looked up here instead.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from bs4 import BeautifulSoup, Tag

from yoyak.model import Record

_SELECTOR = re.compile(
    r"""(?:(?P<above>\w+)\s)?(?P<name>[\w-]+)?(?:\#(?P<id>[\w-]+)|\.(?P<class>[\w-]+)"""
    r"""|\[(?P<key>[\w-]+)(?P<how>\*?=)"(?P<value>[^"]+)"\]|\[(?P<has>[\w-]+)\])?"""
)


class PageIndex(Record, kw_only=True):
    """The elements of a page in order, by name, id, class and the attributes that name a meaning."""

    by_name: Mapping[str, Sequence[Tag]]
    by_mark: Mapping[tuple[str, str], Sequence[Tag]]
    """By attribute and one of its values: ``("class", "byline")``, ``("itemprop", "author")``."""
    classed: Sequence[tuple[str, Tag]]
    """Class attributes, lower case, with their elements."""

    def find(self, selector: str, limit: int = 5) -> list[Tag]:
        """Return the first elements of a selector: ``h1``, ``#id``, ``.class``, ``[key="value"]``, ``[class*="part"]``,
        ``time[datetime]``, each perhaps below one other name: ``article h1``."""
        match = _SELECTOR.fullmatch(selector)
        assert match, selector
        found = (tag for tag in self._candidates(match) if _fits(tag, match))
        return [tag for tag, _ in zip(found, range(limit), strict=False)]

    def _candidates(self, match: re.Match[str]) -> Sequence[Tag]:
        if match["how"] == "*=":
            return [tag for classes, tag in self.classed if match["value"] in classes]
        key, value = match["key"], match["value"]
        for name, wanted in (("id", match["id"]), ("class", match["class"]), (key, value)):
            if name and wanted:
                return self.by_mark.get((name, wanted), ())
        return self.by_name.get(match["name"] or "", ())


def all_tags(soup: Tag) -> list[Tag]:
    """Return the elements below `soup` in order; four times as fast as a search that fits everything."""
    return [node for node in soup.descendants if isinstance(node, Tag)]


def page_index(soup: BeautifulSoup) -> PageIndex:
    """Return the index of a page as it is now."""
    by_name: dict[str, list[Tag]] = defaultdict(list)
    by_mark: dict[tuple[str, str], list[Tag]] = defaultdict(list)
    classed: list[tuple[str, Tag]] = []
    for tag in all_tags(soup):
        by_name[tag.name].append(tag)
        for key in ("id", "itemprop", "rel", "class"):
            for value in _values(tag, key):
                by_mark[key, value].append(tag)
        if classes := " ".join(_values(tag, "class")):
            classed.append((classes.lower(), tag))
    return PageIndex(by_name=by_name, by_mark=by_mark, classed=classed)


def _values(tag: Tag, key: str) -> list[str]:
    value = tag.attrs.get(key)
    return value if isinstance(value, list) else str(value).split() if value else []


def _fits(tag: Tag, match: re.Match[str]) -> bool:
    if match["name"] and tag.name != match["name"]:
        return False
    if match["has"] and not tag.has_attr(match["has"]):
        return False
    return not match["above"] or tag.find_parent(match["above"]) is not None
