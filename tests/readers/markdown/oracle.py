"""What another program makes of Markdown: markdown-it-py with GitHub's extensions, in a form that can be compared.

Compared is what readers see: words, blocks in blocks, links. Levels and ids of headings, figures around pictures,
colours of code and the spelling of addresses are yoyak's own, and are evened out on both sides; both go through the
sanitizer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from bs4 import BeautifulSoup, NavigableString, PageElement, Tag
from markdown_it import MarkdownIt
from mdit_py_plugins.gfm import gfm_plugin
from msgspec import structs

from readers.markdown.reading import WORLD
from yoyak.readers.markdown.body import Body
from yoyak.readers.markdown.engine import html_of
from yoyak.readers.markdown.nodes import new
from yoyak.text.sanitize import sanitize

_WORLD = structs.replace(WORLD, title="A title of the front matter's", load_remote=True, addresses={}, assets={})
_BLOCKS = "p ul ol li blockquote h pre hr table thead tbody tr td th div dl dt dd section details summary".split()
_FOLDERS = re.compile(r"^(?:/content/|\.{1,2}/)*(?:2024/)?")
"""What resolving an address adds to it or takes away."""
_SAME = {"h2": "h", "h3": "h", "h4": "h", "h5": "h", "h6": "h", "figure": "p", "del": "s"}
_AROUND_BLOCKS = re.compile(rf"\s*(</?(?:{'|'.join(_BLOCKS)})\b[^>]*>)\s*")


@cache
def _github() -> MarkdownIt:
    md = MarkdownIt("commonmark").use(gfm_plugin)
    md.options["alerts"] = False  # callouts have a table of their own
    return md.disable(["footnote_def", "footnote_ref"])


@cache
def _plain() -> MarkdownIt:
    return MarkdownIt("commonmark")


def plain_html(source: str) -> str:
    """Return what the oracle makes of CommonMark, without GitHub's extensions."""
    return str(_plain().render(source))


def oracle_html(source: str) -> str:
    """Return the oracle's HTML as it is printed."""
    return str(_github().render(source if source.endswith("\n") else f"{source}\n"))


@lru_cache(2_000)
def expected(source: str) -> str:
    """Return what the oracle shows, to be compared."""
    return comparable(oracle_html(source))


@lru_cache(2_000)
def ours(source: str) -> str:
    """Return what yoyak shows, to be compared, by the engine: `test_quick` compares the short way with it."""
    return comparable(html_of(source, _AllPictures(source, _WORLD)))


class _AllPictures(Body):
    """A body in whose world every picture is there."""

    def picture_element(self, written: str, alt: str, caption: str, line: int = 0) -> Element:
        return new("img", {"src": "/p.svg", "alt": alt})


def comparable(html: str) -> str:
    """Return HTML with all evened out that is not compared."""
    soup = BeautifulSoup(sanitize(re.sub(r"<(/?)h[1-6]\b", r"<\1h2", html)), "html.parser")
    for node in soup.select("pre span, figure.code"):
        node.unwrap()
    written = "".join(_pieces(BeautifulSoup(str(soup), "html.parser")))
    return _AROUND_BLOCKS.sub(r"\1", written).strip()


def _pieces(node: Tag) -> Iterator[str]:
    for child in node.children:
        yield from _piece(child)


def _piece(child: PageElement) -> Iterator[str]:
    if isinstance(child, NavigableString):
        yield str(child) if child.find_parent("pre") else re.sub(r"\s+", " ", str(child))
    elif isinstance(child, Tag) and child.name == "img":
        yield f"<img {' '.join(str(child.get('alt', '')).split())}>"  # a line end in it is a space to everybody
    elif isinstance(child, Tag) and child.name == "figcaption":
        return
    elif isinstance(child, Tag):
        name = _SAME.get(child.name, child.name)
        if name == "th" and not child.contents:
            name = "td"
        yield f"<{name}{_kept(child)}>"
        inner = "".join(_pieces(child))
        yield unquote(inner) if name == "a" else inner  # a bare address is shown as it is typed
        yield f"</{name}>"


def _kept(node: Tag) -> str:
    values = {}
    if address := node.get("href"):
        values["href"] = _FOLDERS.sub("", unquote(str(address)))
    if node.name == "ol" and node.get("start", "1") != "1":
        values["start"] = str(node["start"])
    if node.name == "input":
        values["checked"] = str(node.has_attr("checked"))
    return "".join(f" {name}={value!r}" for name, value in values.items())
