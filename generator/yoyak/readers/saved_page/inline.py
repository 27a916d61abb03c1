"""Running text of a saved page: words with emphasis, links and code, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from urllib.parse import urljoin

from yoyak.model.types import BodyLink, Record
from yoyak.readers.around import Surroundings
from yoyak.readers.links import ResolvedLink, resolve_link
from yoyak.readers.saved_page.tree import Node
from yoyak.readers.word_lists import words
from yoyak.text.odd_letters import shows_nothing

_KEPT = {name: name for name in ("strong", "em", "code", "sub", "sup", "q", "s", "del")} | {"b": "strong", "i": "em"}
_APART = words("elements-apart")
_DEEPEST = 40
"""Levels of markup inside of a paragraph. Deeper ones give their text."""
_SPACE = re.compile(r"[^\S\u00a0]+|\u00a0")
BREAK = "<br>"
_MARKS = ("#", "¶", "§", "🔗")
"""Of links that lead to the heading beside which they stand."""


class LinkContext(Record, kw_only=True):
    """Where a body stands: what addresses in it mean."""

    around: Surroundings
    address: str
    """The page's own, or empty."""
    language: str

    known: dict[str, ResolvedLink]
    """The links that were looked up so far, by what is written."""
    missing: list[str]
    """Pictures that the browser saved beside the page and that are not there."""
    inside: list[str]
    """The beginnings of pictures that are written into the page itself."""
    embeds: list[str]
    """The words of the links to films, sounds and frames."""
    lost: list[str]
    """Films, sounds and frames that have no address for others, as they are called."""

    def link(self, written: str) -> ResolvedLink:
        """Return what a link of the page means; one into the page itself means nothing once it is taken out."""
        if not written.strip() or written.strip().startswith("#"):
            return ResolvedLink(url="")
        if written not in self.known:
            self.known[written] = resolve_link(urljoined(self.address, written), self.around)
        return self.known[written]

    def links(self) -> tuple[BodyLink, ...]:
        """Return the links into this site that were looked up."""
        inner = ((written, target.url or target.gone) for written, target in self.known.items() if target.internal)
        return tuple(BodyLink(written=written, url=url) for written, url in inner if url)


def urljoined(address: str, written: str) -> str:
    """Return `written` as an absolute address when the page's own is known."""
    try:
        return urljoin(address, written.strip()) if address else written.strip()
    except ValueError:
        return written.strip()


def inline_html(nodes: Sequence[Node | str], page: LinkContext, depth: int = 0) -> str:
    """Return running text as HTML; line breaks are kept as ``<br>``."""
    return "".join(_one(node, page, depth) for node in nodes)


def tidy(html: str) -> str:
    """Return running HTML without space or breaks at its ends."""
    text = _SPACE.sub(" ", html)
    text = re.sub(r"\s*<br>\s*", BREAK, text)
    return re.sub(r"^(?:<br>|\s)+|(?:<br>|\s)+$", "", text)


def _one(node: Node | str, page: LinkContext, depth: int) -> str:
    if isinstance(node, str):
        return escape(node, quote=False)
    if node.name == "br":
        return BREAK
    if depth > _DEEPEST:
        return escape(node.text(" "), quote=False)
    inner = inline_html(node.children, page, depth + 1)
    if not inner.strip():
        return inner
    if node.name == "a" and node.get("href").startswith("#") and (inner.strip() in _MARKS or shows_nothing(inner)):
        return ""
    if node.name == "a":
        target = page.link(node.get("href"))
        return f'<a href="{escape(target.url)}">{inner}</a>' if target.url else inner
    if node.name in _APART:
        return f"{BREAK}{inner}{BREAK}"
    name = _KEPT.get(node.name)
    return f"<{name}>{inner}</{name}>" if name else inner
