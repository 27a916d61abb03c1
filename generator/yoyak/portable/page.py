"""Relative addresses: a page, a style sheet or a script that finds the rest of its site from wherever the site is.

It is the last step of a page. Cards, bodies and partials are shared by all pages, and templates of a site write
addresses as they like; only a finished page is in one place, from which an address can be relative.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from functools import partial
from urllib.parse import unquote, urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode

from yoyak.model.types import Output
from yoyak.portable.addresses import change_addresses, changed_css, changed_js, elements, html_of
from yoyak.text.urls import has_scheme, normal_address, path_on_this_site, quote_path

INDEX = "index.html"
_OF_THE_SERVER = "/__yoyak/"
"""Where the preview server has its own files: no folder has them."""
_LOADS = frozenset("stylesheet icon apple-touch-icon mask-icon preload modulepreload prefetch manifest".split())
"""Relations of a link that a browser loads. Others, such as the canonical address, stay as they are when absolute."""
_ASKS_A_SERVER = ("crossorigin", "integrity")
"""Attributes for which a browser asks a server: a file from a disk is never allowed."""


def portable(output: Output, url: str, base_url: str) -> Output:
    """Return a file of a built site with relative addresses. Feeds and sitemaps are read elsewhere: theirs stay."""
    change = _relative(output.path, url, base_url)
    match posixpath.splitext(output.path)[1]:
        case ".html":
            text = _page(output.data.decode(), urljoin(base_url, url), change)
        case ".css":
            text = changed_css(output.data.decode("utf-8", "surrogateescape"), partial(change, ""))
        case ".js" | ".mjs":
            text = changed_js(output.data.decode("utf-8", "surrogateescape"), partial(change, ""))
        case _:
            return output
    return Output(path=output.path, data=text.encode("utf-8", "surrogateescape"))


def _relative(path: str, url: str, base_url: str) -> Callable[[str, str], str]:
    """Return the function that gives an address as the file at `path` has to write it."""
    own, here = quote_path(path), urljoin(base_url, url)

    def relative(base: str, written: str) -> str:
        """Return a relative address; `base` is what the page says that its addresses begin from, if it does."""
        plain = normal_address(written)
        if not plain or (plain[0] == "#" and not base):
            return written
        try:
            target = urljoin(base or here, plain if has_scheme(plain) else plain.replace("\\", "/"))
        except ValueError:  # it names no host that can be one
            return written
        below = path_on_this_site(target, base_url)
        if below is None or "/../" in below:
            return written if has_scheme(plain) else target
        return _from(own, below)

    return relative


def _from(own: str, below: str) -> str:
    """Return the way from one file of a site to another: from ``tags/index.html`` to ``/themes/#ai``.

    >>> _from("tags/index.html", "/themes/#ai")
    '../themes/index.html#ai'
    """
    address, hash_, fragment = below.partition("#")
    path, mark, query = address.lstrip("/").partition("?")
    file = _same_spelling(path)
    file += INDEX if not file or file.endswith("/") else ""
    tail = f"{mark}{query}{hash_}{fragment}"
    if file == own and hash_ and not mark:
        return tail
    found = posixpath.relpath(f"/{file}", f"/{posixpath.dirname(own)}")
    return f"./{found}{tail}" if ":" in found.partition("/")[0] else f"{found}{tail}"


def _same_spelling(path: str) -> str:
    """Return a path as yoyak spells it in addresses; one that is not UTF-8 names none of its files and stays."""
    try:
        return quote_path(unquote(path, errors="strict"))
    except UnicodeDecodeError:
        return path


def _page(html: str, here: str, change: Callable[[str, str], str]) -> str:
    tree = LexborHTMLParser(html)
    if tree.root is None:
        return html
    base = _taken_base(tree, here)

    def changed(node: LexborNode, written: str) -> str:
        if node.tag == "link" and has_scheme(written) and not _LOADS.intersection(_relations(node)):
            return written
        return change(base, written)

    for node in list(elements(tree.root)):
        if node.tag == "script" and (node.attributes.get("src") or "").startswith(_OF_THE_SERVER):
            node.decompose()
        elif node.tag in ("script", "link"):
            _ask_no_server(node, change)
    change_addresses(tree.root, changed)
    return html_of(tree)


def _relations(node: LexborNode) -> list[str]:
    return (node.attributes.get("rel") or "").lower().split()


def _taken_base(tree: LexborHTMLParser, here: str) -> str:
    """Return the address from which a page says that its addresses begin, and take it out of the page."""
    found = ""
    for node in tree.css("base[href]"):
        found = found or urljoin(here, (node.attributes.get("href") or "").strip())
        del node.attrs["href"]
    return found


def _ask_no_server(node: LexborNode, change: Callable[[str, str], str]) -> None:
    """Take away what asks a server for a file of this site."""
    address = node.attributes.get("src") or node.attributes.get("href") or ""
    if change("", address) != address:
        for name in _ASKS_A_SERVER:
            if name in node.attributes:
                del node.attrs[name]
