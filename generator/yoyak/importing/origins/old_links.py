"""Links of an old site: those to its own files and pages become the addresses that its pages had."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping
from urllib.parse import unquote, urlsplit

from yoyak.importing.pieces import outside
from yoyak.model.types import Record
from yoyak.text.urls import has_scheme, quote_path

_CODE = re.compile(
    r"^([ \t]*(?:>[ ]?)*(`{3,}|~{3,}))[^\n]*\n.*?(?:^(?:[ \t]*(?:>[ ]?)*)\2[`~]*[ \t]*$|\Z)|(`+)(?!`).+?(?<!`)\3(?!`)"
    r"|<pre\b.*?</pre>",
    re.MULTILINE | re.DOTALL,
)
_WRITTEN = re.compile(
    r"(?P<before>\]\(\s*(?P<angle><)?|^ {0,3}\[[^\]\n]+\]:[ \t]*<?"
    r"|<(?:a|img|source|video|audio|iframe)\b[^>]*?\s(?:href|src)\s*=\s*(?P<mark>[\"']))"
    r"(?P<address>(?(mark)[^\"'>\n]+|(?(angle)[^<>\n]+|(?:\{[^}\n]*\}|\([^\s()]*\)|[^\s()<>\"])+)))",
    re.MULTILINE,
)
"""Where Markdown and HTML name an address."""


_NOTHING = "\x00"
_LINK_TO_NOTHING = re.compile(r"(?<!!)\[((?:[^\[\]\n]|!?\[[^\]\n]*\](?:\([^)\n]*\))?)*)\]\(\s*<?\x00[^)\n]*\)")


_PAGE = re.compile(r"(?:/|(?:^|/)[^./]+|\.(?:html?|md|markdown|mdx|rst|xml|php))$", re.IGNORECASE)
"""What an address of a page ends with; that of a picture or a document does not."""


_PLAIN = re.compile(r"[\w/.~:@!$&'*+,;=-]+")
"""An address that stands in Markdown as it is."""


class Book(Record, kw_only=True):
    """The addresses of an old site."""

    addresses: Mapping[str, str]
    """Of its pages, by their files' paths from the site's folder, and by what else the files are called."""
    pages: Mapping[str, str]
    """Where a link to a page leads from now on, by the key of its old address."""
    roots: tuple[str, ...] = ("",)
    """The folders that an address from the root may mean: ``source``."""
    base_path: str = ""
    """The path below which the site stood: ``/blog``."""
    base_url: str = ""
    lasts: bool = False
    """Links lead to the old addresses of all pages, and one that leads to none of them stays as it is."""


def with_old_addresses(text: str, change: Callable[[str], str]) -> str:
    """Return a text whose addresses are changed, those in code excepted; of a link without one the words stay."""
    return outside(_CODE, text, lambda part: _changed(part, change))


def _changed(text: str, change: Callable[[str], str]) -> str:
    return _LINK_TO_NOTHING.sub(r"\1", _WRITTEN.sub(lambda found: _written(found, change), text))


def _written(found: re.Match[str], change: Callable[[str], str]) -> str:
    address = change(found["address"])
    if address or not found["mark"]:
        return found["before"] + (address or _NOTHING)
    return re.sub(r"\s(?:href|src)(\s*=\s*.)$", r" data-was\1", found["before"]) + found["address"]


def changer(
    book: Book, path: str, gone: Callable[[str], object], find: Callable[[str], bytes | None]
) -> Callable[[str], str]:
    """Return what gives an address of the file at `path` as it is to be written here; `find` gives its pictures.

    It is empty for a page of the old site that is not imported, such as a list, or held back; `gone` is told of it.
    """

    def change(written: str) -> str:
        address = _own(written.strip(), book)
        target, mark, rest = re.match(r"([^?#]*)([?#]?)(.*)", address, re.DOTALL).groups()  # type: ignore[union-attr]
        if not target or "{" in written or has_scheme(address) or address.startswith("//"):
            return written
        if found := next((book.pages[key] for key in _keys(target, book, path) if key in book.pages), ""):
            plain = found if _PLAIN.fullmatch(found) else quote_path(found)
            asks = mark == "?" and not book.lasts and found in book.addresses.values()
            return plain + (mark + rest if mark == "#" or asks else "".join(rest.partition("#")[1:]))
        if book.lasts:
            return address if has_scheme(written.strip()) and find(address) is not None else written
        if target == "/" or not _PAGE.search(target):
            return address
        if not has_scheme(written.strip()):
            gone(written)
        return written if has_scheme(written.strip()) else ""

    return change


def page_key(address: str) -> str:
    """Return the key of an address: with and without its last slash, ``index.html`` or ``.html`` it is one page."""
    path = unquote(address).removesuffix("index.html").removesuffix(".html")
    return path.strip("/").casefold()


def _own(address: str, book: Book) -> str:
    """Return an address of this site without what every page's address begins with."""
    if book.base_url and has_scheme(address):
        own, other = urlsplit(book.base_url), urlsplit(address)
        if own.hostname and own.hostname == other.hostname and other.scheme in ("http", "https"):
            address = address[address.index(other.netloc) + len(other.netloc) :] or "/"
    if book.base_path and (address + "/").startswith(book.base_path + "/"):
        return address[len(book.base_path) :] or "/"
    return address


def _keys(target: str, book: Book, path: str) -> list[str]:
    plain, mine = unquote(target), book.addresses.get(path, "")
    if plain.startswith("/"):
        files = [posixpath.normpath(posixpath.join(root, plain.lstrip("/"))) for root in book.roots]
        near = plain
    else:
        files = [posixpath.normpath(posixpath.join(posixpath.dirname(path), plain))]
        near = posixpath.normpath(posixpath.join(posixpath.dirname(mine), plain)) if mine else ""
    named = [page_key(book.addresses[file]) for file in files if book.addresses.get(file)]
    return [*named, *([page_key(near), page_key(book.base_path + near)] if near else [])]
