"""Links of an old site: those to its own files and pages become the addresses that its pages had."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping
from urllib.parse import unquote, urlsplit

from yoyak.model import Record
from yoyak.text.urls import has_scheme, quote_path

_CODE = re.compile(
    r"^( {0,3}(?:>[ ]?)*(`{3,}|~{3,}))[^\n]*\n.*?(?:^(?: {0,3}(?:>[ ]?)*)\2[`~]*[ \t]*$|\Z)|(`+)(?!`).+?(?<!`)\3(?!`)",
    re.MULTILINE | re.DOTALL,
)
_WRITTEN = re.compile(
    r"(?P<before>\]\(\s*<?|^ {0,3}\[[^\]\n]+\]:[ \t]*<?|<(?:a|img)\b[^>]*?\s(?:href|src)\s*=\s*(?P<mark>[\"']))"
    r"(?P<address>(?(mark)[^\"'>\n]+|(?:\{[^}\n]*\}|\([^\s()]*\)|[^\s()<>\"])+))",
    re.MULTILINE,
)
"""Where Markdown and HTML name an address."""


class Book(Record, kw_only=True):
    """The addresses of an old site."""

    addresses: Mapping[str, str]
    """Of its pages, by their files' paths from the site's folder."""
    roots: tuple[str, ...] = ("",)
    """The folders that an address from the root may mean: ``source``."""
    base_path: str = ""
    """The path below which the site stood: ``/blog``."""
    base_url: str = ""

    def known(self, address: str) -> str:
        """Return an address as its page had it; an empty text for one that no page had."""
        return self._pages.get(_key(address), "")

    @property
    def _pages(self) -> Mapping[str, str]:
        return {_key(address): address for address in self.addresses.values() if address}


def _key(address: str) -> str:
    path = unquote(address).removesuffix("index.html").removesuffix(".html")
    return path.strip("/").casefold()


def with_old_addresses(text: str, change: Callable[[str], str]) -> str:
    """Return a text whose addresses are changed, those in code excepted."""
    parts: list[str] = []
    end = 0
    for code in _CODE.finditer(text):
        parts += [_changed(text[end : code.start()], change), code[0]]
        end = code.end()
    return "".join([*parts, _changed(text[end:], change)])


def _changed(text: str, change: Callable[[str], str]) -> str:
    return _WRITTEN.sub(lambda found: found["before"] + change(found["address"]), text)


def changer(book: Book, path: str) -> Callable[[str], str]:
    """Return what gives an address of the file at `path` as it is to be written here."""
    pages = book._pages
    mine = book.addresses.get(path, "")

    def change(written: str) -> str:
        address = _own(written.strip(), book)
        target, mark, rest = re.match(r"([^?#]*)([?#]?)(.*)", address, re.DOTALL).groups()  # type: ignore[union-attr]
        if not target or has_scheme(address) or address.startswith("//"):
            return written
        found = next((pages[key] for key in _keys(target, book, path, mine, pages)), "")
        return quote_path(found) + mark + rest if found else address

    return change


def _own(address: str, book: Book) -> str:
    """Return an address of this site without what every page's address begins with."""
    if book.base_url and has_scheme(address):
        own, other = urlsplit(book.base_url), urlsplit(address)
        if own.hostname and own.hostname == other.hostname and other.scheme in ("http", "https"):
            address = address[address.index(other.netloc) + len(other.netloc) :] or "/"
    if book.base_path and (address + "/").startswith(book.base_path + "/"):
        return address[len(book.base_path) :] or "/"
    return address


def _keys(target: str, book: Book, path: str, mine: str, pages: Mapping[str, str]) -> list[str]:
    plain = unquote(target)
    if plain.startswith("/"):
        files = [posixpath.normpath(posixpath.join(root, plain.lstrip("/"))) for root in book.roots]
        near = plain
    else:
        files = [posixpath.normpath(posixpath.join(posixpath.dirname(path), plain))]
        near = posixpath.normpath(posixpath.join(posixpath.dirname(mine), plain)) if mine else ""
    named = [_key(book.addresses[file]) for file in files if book.addresses.get(file)]
    return [*named, *([_key(near)] if near and _key(near) in pages else [])]
