"""A portable page as a bundle holds it: the inside of its body, which loads nothing by itself, and what it needs."""

from __future__ import annotations

import base64
import hashlib
import posixpath
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import unquote

from selectolax.lexbor import LexborHTMLParser, LexborNode

from yoyak.files.site_files import read_of_output
from yoyak.messages.errors import YoyakError
from yoyak.model.build import MANIFEST, decode_manifest
from yoyak.model.message import say
from yoyak.model.types import Record
from yoyak.portable.addresses import elements, keep_lines, refresh_in
from yoyak.portable.page import INDEX
from yoyak.text.urls import has_scheme, quote_path

PICTURES: Mapping[str, str] = MappingProxyType(
    {
        "avif": "image/avif", "gif": "image/gif", "ico": "image/x-icon", "jpeg": "image/jpeg", "jpg": "image/jpeg",
        "png": "image/png", "svg": "image/svg+xml", "webp": "image/webp",
    }
)  # fmt: skip
"""Media types of pictures, by the ending of their names."""
_FONTS = ("woff2", "woff", "ttf", "otf")


class BuiltFiles:
    """The files that the manifest of a built site lists, each compared with it when it is read."""

    def __init__(self, output: Path) -> None:
        self._output = output
        self._digests = decode_manifest(read_of_output(output, MANIFEST)).files
        self.paths = frozenset(self._digests)

    def data(self, path: str) -> bytes:
        """Return the bytes of a file.

        Raises:
            YoyakError: it is another one than the build wrote.
        """
        data = read_of_output(self._output, path)
        if hashlib.sha256(data).hexdigest() != self._digests[path]:
            raise YoyakError(say("bundle.changed", path=path, folder=str(self._output)))
        return data

    def text(self, path: str) -> str:
        return self.data(path).decode("utf-8", "replace")

    @cache  # noqa: B019 - it lives as long as the making of one bundle
    def data_url(self, path: str) -> str:
        """Return a picture or a font as an address that holds it; empty for any other file."""
        ending = ending_of(path)
        kind = PICTURES.get(ending) or (f"font/{ending}" if ending in _FONTS else "")
        return f"data:{kind};base64,{in_base64(self.data(path))}" if kind and path in self.paths else ""


def ending_of(path: str) -> str:
    """Return the ending of a file's name in small letters, without its dot."""
    return path.rpartition(".")[2].lower()


def in_base64(data: bytes) -> str:
    return base64.b64encode(data).decode()


_GOES = "script, style, link, meta, base, noscript"
"""Elements that have nothing to show in a bundle."""
_FROM_ELSEWHERE = "iframe, frame, embed, object, video, audio"
"""Elements that a bundle does not show: they become a link to what they show."""
_LOADING = frozenset(
    """src srcset sizes imagesrcset poster action formaction background ping attributionsrc manifest data lowsrc srcdoc
    crossorigin integrity xlink:href""".split()
)
_LINKS = ("a", "area")
_SHOWN = ("img", "input", "image", "feimage")
"""Elements that are pictures, by ``src`` or, in a drawing, by ``href``."""


class PackedPage(Record, kw_only=True):
    """One page of a bundle."""

    title: str
    """Of its document."""
    name: str
    """As other pages name it; empty for one that the search does not find."""
    language: str
    body: dict[str, str]
    """The attributes of its body."""
    html: str
    """The inside of its body."""
    leads_to: str
    """Where an old address leads; else empty."""
    pictures: tuple[str, ...]
    """Paths of those that it shows."""
    styles: tuple[tuple[str, str, str], ...]
    """Path, text and media of each style sheet; one that is written into the page has the page's path."""
    scripts: tuple[str, ...]
    """Paths of those that are files of the site. What is written into a page does not run."""
    icon: str


def packed_page(html: str, path: str, files: Collection[str]) -> PackedPage:
    """Return a page of a portable site; `files` are the paths of all that the site has."""
    tree = LexborHTMLParser(html)
    root, head, body = tree.root, tree.head, tree.body
    assert root is not None  # whatever the text is, a browser makes these three of it
    assert head is not None
    assert body is not None
    pack = _Packer(path, files)
    found, title = list(pack.loads(root)), head.css_first("title")
    name = next((node.attributes.get("content") or "" for node in head.css('meta[property="og:title"]')), "")
    leads_to = next((address for node in head.css("meta") if (address := refresh_in(node))), "")
    document = " ".join(title.text().split()) if title is not None else ""
    pack.change(tree, body)
    keep_lines(tree)
    return PackedPage(
        title=document or path,
        name="" if leads_to or path == "404.html" else name or document or path,
        language=root.attributes.get("lang") or "",
        body={name: value or "" for name, value in body.attributes.items() if name in ("class", "id", "dir", "lang")},
        html="" if leads_to else body.inner_html or "",
        leads_to=leads_to and (pack.link(leads_to) or "#/"),
        pictures=tuple(sorted(pack.pictures)),
        styles=tuple(one[1:] for one in found if one[0] == "style"),
        scripts=tuple(one[1] for one in found if one[0] == "script"),
        icon=next((one[1] for one in found if one[0] == "icon"), ""),
    )


def beside(path: str, written: str) -> str:
    """Return the path of the file that a relative address in the file `path` means; empty for one of another host."""
    if has_scheme(written) or written.startswith("/"):
        return ""
    address = unquote(written.partition("#")[0].partition("?")[0])
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), address)) if address else path


class _Packer:
    """Changes the tree of one page."""

    def __init__(self, path: str, files: Collection[str]) -> None:
        self._path, self._files = path, files
        self.pictures: set[str] = set()

    def loads(self, root: LexborNode) -> Iterator[tuple[str, str, str, str]]:
        """Yield the style sheets, scripts and icons of a page: kind, path, text and media."""
        for node in root.css("link, style, script"):
            written = node.attributes.get("href") or node.attributes.get("src") or ""
            where = beside(self._path, written) if written else ""
            rel = (node.attributes.get("rel") or "").lower().split()
            media = node.attributes.get("media") or ""
            if node.tag == "style":
                yield "style", self._path, node.text(deep=True), media
            elif where not in self._files:
                continue
            elif node.tag == "script":
                if (node.attributes.get("type") or "").strip().lower() in ("", "text/javascript"):
                    yield "script", where, "", ""
            elif "stylesheet" in rel and "alternate" not in rel:
                yield "style", where, "", media
            elif "icon" in rel:
                yield "icon", where, "", ""

    def change(self, tree: LexborHTMLParser, body: LexborNode) -> None:
        """Take out of a page what a bundle does not show, and let its links lead to pages of the bundle."""
        while (node := body.css_first(_GOES)) is not None:
            node.decompose()
        while (node := body.css_first(_FROM_ELSEWHERE)) is not None:
            node.replace_with(self._link_instead(tree, node, node.attributes.get("data") or ""))
        for node in body.css("img"):
            if not self._picture(node) and not (node.attributes.get("src") or "").startswith("data:"):
                node.replace_with(self._link_instead(tree, node, ""))
        for node in list(elements(body)):
            for name, value in list(node.attributes.items()):
                self._change_attribute(node, name.lower(), value or "")

    def link(self, written: str) -> str | None:
        """Return where a link leads: to a page of the bundle, to another host, or nowhere.

        One within its page stays as it is, for what looks for a link to the main part; the script knows the page.
        """
        if written.startswith(("#", "//")) or has_scheme(written):
            return written
        file = beside(self._path, written)
        if file not in self._files or ending_of(file) != "html":
            return None
        key, fragment = key_of(file), written.partition("#")[2]
        return f"#/{quote_path(key)}" + (f"?{quote_path(unquote(fragment))}" if fragment else "")

    def _change_attribute(self, node: LexborNode, name: str, value: str) -> None:
        if name == "href" and node.tag in _LINKS:
            self._picture(node)
            address = self.link(value)
            if address is not None:
                node.attrs[name] = address
            else:
                del node.attrs[name]
        elif name == "style":
            node.attrs["data-style"] = value
            del node.attrs[name]
        elif name in ("src", "href") and node.tag in _SHOWN:
            if not value.startswith("data:"):
                self._picture(node)
                del node.attrs[name]
        elif name in _LOADING or name.startswith("on") or (name == "href" and not value.startswith("#")):
            del node.attrs[name]

    def _picture(self, node: LexborNode) -> bool:
        """Say of an element which picture of the site it shows or leads to, if it does."""
        file = beside(self._path, node.attributes.get("src") or node.attributes.get("href") or "")
        if file not in self._files or ending_of(file) not in PICTURES:
            return False
        self.pictures.add(file)
        node.attrs["data-picture"] = file
        return True

    def _link_instead(self, tree: LexborHTMLParser, node: LexborNode, other: str) -> LexborNode:
        """Return a link to what an element shows; where that is not in the bundle, the words for it."""
        address = node.attributes.get("src") or other
        names = (node.attributes.get(name) for name in ("title", "alt", "aria-label"))
        made = tree.create_node("a")
        made.insert_child(next(filter(None, names), "") or address)
        if has_scheme(address) or address.startswith("//"):
            made.attrs["href"] = address
        return made


def key_of(path: str) -> str:
    """Return how a bundle calls a page: by its folder, if it has one."""
    return path.removesuffix(INDEX) if posixpath.basename(path) == INDEX else path


def shown_values(page: PackedPage) -> dict[str, Any]:
    """Return what the script of a bundle reads of a page."""
    if page.leads_to:
        return {"to": page.leads_to}
    return {"title": page.title, "name": page.name, "lang": page.language, "body": page.body, "html": page.html}
