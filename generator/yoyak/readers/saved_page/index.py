"""Where the elements of a page are, by what readers ask for. One walk serves all questions.

General CSS selectors cost about 20 microseconds an element and question; the few forms that readers need are looked up
here instead.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter

from yoyak.model.types import Record
from yoyak.readers.saved_page.tree import Node

_SELECTOR = re.compile(
    r"""(?:(?P<above>\w+)\s)?(?P<name>[\w-]+)?(?:\#(?P<id>[\w-]+)|\.(?P<class>[\w-]+)"""
    r"""|\[(?P<key>[\w-]+)(?P<how>\*?=)"(?P<value>[^"]+)"\]|\[(?P<has>[\w-]+)\])?"""
)
_MARKS = frozenset(("id", "itemprop", "rel"))


class PageIndex(Record, kw_only=True):
    """The elements of a page in order, by name, id, class and the attributes that name a meaning."""

    by_name: Mapping[str, Sequence[Node]]
    by_mark: Mapping[tuple[str, str], Sequence[Node]]
    """By attribute and one of its values: ``("id", "byline")``, ``("itemprop", "author")``."""
    classed: Mapping[str, Sequence[tuple[int, Node]]]
    """Elements and their places on the page, by their class attributes in small letters: most stand many times."""
    by_class: Mapping[str, Sequence[tuple[int, Node]]]
    """The same by one class as written."""

    def find(self, selector: str, limit: int = 5) -> list[Node]:
        """Return the first elements of a selector: ``h1``, ``#id``, ``.class``, ``[key="value"]``, ``[class*="part"]``,
        ``time[datetime]``, each perhaps below one other name: ``article h1``."""
        match = _SELECTOR.fullmatch(selector)
        assert match, selector
        found = (node for node in self._candidates(match) if _fits(node, match))
        return [node for node, _ in zip(found, range(limit), strict=False)]

    def with_marks(self, part: str) -> list[Node]:
        """Return the elements whose class or id has `part` in it."""
        by_id = (
            node for (key, value), nodes in self.by_mark.items() if key == "id" and part in value for node in nodes
        )
        return [*self._with_classes(part), *by_id]

    def _candidates(self, match: re.Match[str]) -> Sequence[Node]:
        if match["how"] == "*=":
            return self._with_classes(match["value"])
        if match["class"]:
            return [node for _, node in self.by_class.get(match["class"], ())]
        key, value = match["key"], match["value"]
        for name, wanted in (("id", match["id"]), (key, value)):
            if name and wanted:
                return self.by_mark.get((name, wanted), ())
        return self.by_name.get(match["name"] or "", ())

    def _with_classes(self, part: str) -> list[Node]:
        found = [place for written, places in self.classed.items() if part in written for place in places]
        return [node for _, node in sorted(found, key=itemgetter(0))]


def page_index(nodes: Iterable[Node]) -> PageIndex:
    """Return the index of a page."""
    by_name: dict[str, list[Node]] = defaultdict(list)
    by_mark: dict[tuple[str, str], list[Node]] = defaultdict(list)
    classed: dict[str, list[tuple[int, Node]]] = defaultdict(list)
    for place, node in enumerate(nodes):
        by_name[node.name].append(node)
        attrs = node.attrs
        if not attrs:
            continue
        for key, written in attrs.items():
            if key == "class":
                if written:
                    classed[written].append((place, node))
            elif key in _MARKS and written:
                for value in written.split():
                    by_mark[key, value].append(node)
    lowered: dict[str, list[tuple[int, Node]]] = defaultdict(list)
    by_class: dict[str, list[tuple[int, Node]]] = defaultdict(list)
    for written, places in classed.items():
        lowered[written.lower()] += places
        for name in dict.fromkeys(written.split()):
            by_class[name] += places
    for places in by_class.values():
        places.sort(key=itemgetter(0))
    return PageIndex(by_name=by_name, by_mark=by_mark, classed=lowered, by_class=by_class)


def _fits(node: Node, match: re.Match[str]) -> bool:
    if match["name"] and node.name != match["name"]:
        return False
    if match["has"] and match["has"] not in node.attrs:
        return False
    return not match["above"] or any(above.name == match["above"] for above in node.above())
