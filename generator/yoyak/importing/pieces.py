"""The pieces of a body: what must be the same before and after a text becomes Markdown."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterator, Sequence
from html import escape
from typing import NamedTuple

from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning, ParserRejectedMarkup, UnusualUsageWarning
from bs4.element import PageElement, Tag

from yoyak.text.marked_sections import without_odd_sections

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_KINDS = {"blockquote": "quote", "ul": "list", "ol": "list", "table": "table", "p": "paragraph", "pre": "code"}
_MARKS = ("strong", "em", "code", "a", "sub", "sup", "s", "del", "q", "li", "tr", "th", "td")


class VisibleBlock(NamedTuple):
    """One block of a body as its reader sees it."""

    kind: str
    text: str
    credit: str
    marks: tuple[str, ...]
    """The elements inside in their order, links with their addresses."""


def tree(html: str) -> BeautifulSoup:
    """Return HTML as a Beautiful Soup, parsed by Python's own parser. Whatever the markup is, there is one: the parser
    alone refuses some."""
    with warnings.catch_warnings():
        for kind in (MarkupResemblesLocatorWarning, UnusualUsageWarning):  # a text that looks like a file's name or XML
            warnings.simplefilter("ignore", kind)
        for make in _WAYS:
            try:
                return BeautifulSoup(make(html), "html.parser")
            except (ParserRejectedMarkup, AssertionError):
                continue
        return BeautifulSoup(escape(html, quote=False), "html.parser")


_WAYS: tuple[Callable[[str], str], ...] = (
    lambda markup: markup,
    without_odd_sections,
    lambda markup: without_odd_sections(markup).replace("<!", "&lt;!"),
)
"""The markup as it is; with what is refused as comments; with every declaration as text."""


def pieces(html: str) -> tuple[VisibleBlock, ...]:
    """Return the blocks of a body in order."""
    return tuple(_pieces(tree(html)))


def _pieces(parent: Tag) -> Iterator[VisibleBlock]:
    for node in parent.children:
        if isinstance(node, Tag):
            yield _piece(node)
        elif type(node).__name__ == "NavigableString" and (text := " ".join(str(node).split())):
            yield VisibleBlock("paragraph", text, "", ())


def _piece(tag: Tag) -> VisibleBlock:
    marks = tuple(_mark(inner) for inner in tag.find_all(_MARKS) if not _is_bare_address(inner))
    if tag.name in _HEADINGS:
        return VisibleBlock("heading", _text(tag), "", marks)
    if tag.name == "figure":
        shown = tag.find("img") or tag.find("a", class_="picture-link")
        named = tag.find(class_="credit")
        credit = _text(named) if isinstance(named, Tag) else ""
        words = tag.find("figcaption")
        whole = _text(words) if isinstance(words, Tag) else ""
        caption = whole.removesuffix(credit).strip() if credit else whole
        return VisibleBlock("figure" if shown else "caption", caption, credit, ())
    if tag.name == "pre":
        return VisibleBlock("code", tag.get_text().strip("\n"), "", ())
    return VisibleBlock(_KINDS.get(tag.name, tag.name), _text(tag), "", marks)


def _is_bare_address(tag: Tag) -> bool:
    """Tell whether a link says nothing but where it leads: Markdown makes one of every address."""
    words, address = tag.get_text(), str(tag.get("href", ""))
    return tag.name == "a" and address in (words, f"mailto:{words}", f"http://{words}")


def _mark(tag: Tag) -> str:
    return f"a {tag.get('href', '')}" if tag.name == "a" else tag.name


def _text(tag: Tag) -> str:
    return " ".join("".join(_words(tag)).split())


def _words(parent: PageElement) -> Iterator[str]:
    """Yield the words of an element, with a space where a line or a block ends."""
    if not isinstance(parent, Tag):
        yield str(parent)
        return
    block = parent.name in ("p", "li", "tr", "td", "th", "br", "ul", "ol", "blockquote")
    yield " " if block else ""
    for node in parent.children:
        yield from _words(node)
    yield " " if block else ""


# --- what several ways to read a text have in common -------------------------------------------------------------


def outside(kept: re.Pattern[str], text: str, change: Callable[[str], str]) -> str:
    """Return a text that is changed but for what a pattern finds, such as its code."""
    parts, end = [], 0
    for found in kept.finditer(text):
        parts += [change(text[end : found.start()]), found[0]]
        end = found.end()
    return "".join([*parts, change(text[end:])])


def words_of(tag: object) -> str:
    """Return the words of an element on one line; nothing for no element."""
    return " ".join(tag.get_text(" ").split()) if isinstance(tag, Tag) else ""


def is_dot(image: Tag) -> bool:
    """Tell whether a picture is there to be loaded, not to be seen: no pixel, or one."""
    style = str(image.get("style", "")).replace(" ", "").lower()
    sizes = [str(image.get(name, "")).strip().removesuffix("px") for name in ("width", "height")]
    hidden = re.search(r"(?:^|;)(?:width|height):[01](?:px|;|$)|display:none", style)
    return any(size in ("0", "1") for size in sizes) or hidden is not None


def figure(address: str, caption: str = "", alt: str = "") -> str:
    """Return a picture with its caption as HTML."""
    below = f"<figcaption>{escape(caption, quote=False)}</figcaption>" if caption else ""
    return f'<figure><img src="{escape(address)}" alt="{escape(alt)}">{below}</figure>'


def figures(images: Sequence[Tag], caption: str = "") -> Iterator[str]:
    """Yield pictures, of which the last one has the caption."""
    for image in images:
        alt = " ".join(str(image.get("alt", "")).split())
        yield figure(str(image.get("src", "")), caption if image is images[-1] else "", alt)
