"""Running text of a saved page: words with emphasis, links and code, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from urllib.parse import urljoin

from bs4.element import Comment, NavigableString, PageElement, Tag

from yoyak.model import BodyLink, Record
from yoyak.readers.around import Surroundings
from yoyak.readers.links import ResolvedLink, resolve_link
from yoyak.readers.page_data import attribute

_KEPT = {
    "strong": "strong",
    "b": "strong",
    "em": "em",
    "i": "em",
    "code": "code",
    "sub": "sub",
    "sup": "sup",
    "q": "q",
    "s": "s",
    "del": "del",
}
_DEEPEST = 40
"""Levels of markup inside of a paragraph. Deeper ones give their text."""
_SPACE = re.compile(r"[^\S\u00a0]+|\u00a0")
BREAK = "<br>"


class Page(Record, kw_only=True):
    """Where a body stands: what addresses in it mean."""

    around: Surroundings
    address: str
    """The page's own, or empty."""

    def link(self, written: str) -> ResolvedLink:
        """Return what a link of the page means; one into the page itself means nothing once it is taken out."""
        if not written.strip() or written.strip().startswith("#"):
            return ResolvedLink(url="")
        whole = urljoined(self.address, written)
        return resolve_link(whole, self.around)


def urljoined(address: str, written: str) -> str:
    """Return `written` as an absolute address when the page's own is known."""
    try:
        return urljoin(address, written.strip()) if address else written.strip()
    except ValueError:
        return written.strip()


def inline_html(nodes: Sequence[PageElement], page: Page, depth: int = 0) -> str:
    """Return running text as HTML; line breaks are kept as ``<br>``."""
    return "".join(_one(node, page, depth) for node in nodes)


def tidy(html: str) -> str:
    """Return running HTML without space or breaks at its ends."""
    text = _SPACE.sub(" ", html)
    text = re.sub(r"\s*<br>\s*", BREAK, text)
    return re.sub(r"^(?:<br>|\s)+|(?:<br>|\s)+$", "", text)


def links_in(nodes: Sequence[PageElement], page: Page) -> tuple[tuple[BodyLink, str], ...]:
    """Return the links of running text into this site, each with the source file that it still waits for."""
    found = []
    for node in nodes:
        for tag in [node, *node.find_all("a")] if isinstance(node, Tag) else []:
            written = attribute(tag, "href") if tag.name == "a" else ""
            target = page.link(written) if written else None
            if target and target.internal and target.url:
                found.append((BodyLink(written=written, url=target.url), target.wants))
    return tuple(found)


def _one(node: PageElement, page: Page, depth: int) -> str:
    if isinstance(node, Comment):
        return ""
    if isinstance(node, NavigableString):
        return escape(str(node), quote=False)
    if not isinstance(node, Tag):
        return ""
    if node.name == "br":
        return BREAK
    if depth > _DEEPEST:
        return escape(node.get_text(" "), quote=False)
    inner = inline_html(node.contents, page, depth + 1)
    if not inner.strip():
        return inner
    if node.name == "a":
        target = page.link(attribute(node, "href"))
        return f'<a href="{escape(target.url)}">{inner}</a>' if target.url else inner
    name = _KEPT.get(node.name)
    return f"<{name}>{inner}</{name}>" if name else inner
