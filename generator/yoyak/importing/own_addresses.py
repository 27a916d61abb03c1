"""Addresses in the texts of an export: pictures that lie beside it, and links to its other articles."""

from __future__ import annotations

import re
from collections.abc import Collection
from html import escape
from urllib.parse import quote, unquote, urlsplit

from bs4.element import Tag

from yoyak.importing.originals import Original
from yoyak.importing.pieces import tree
from yoyak.settings.config import SiteConfig
from yoyak.text.urls import host_of, is_web_address

_RESIZED = re.compile(r"-\d{2,5}x\d{2,5}(?=\.\w+$)")
_EDITED = re.compile(r"-(?:scaled|rotated|e\d{10,14})(?=\.\w+$)")
_NO_PICTURES = ("table", "blockquote", "pre", "iframe", "video", "audio", "embed", "object", "figure", "ul")


def own_picture(address: str, original: Original, base_url: str) -> str:
    """Return the file beside an export that a picture of the old site is, or an empty text.

    It is looked for under its whole path, then under ever shorter ends of it: people unpack their uploads anywhere.
    """
    if is_web_address(address) and base_url and _plain_host(address) not in ("", _plain_host(base_url)):
        return ""
    parts = [part for part in unquote(urlsplit(address).path).split("/") if part and part not in (".", "..")]
    if not parts:
        return ""
    last = dict.fromkeys((parts[-1], _RESIZED.sub("", parts[-1]), _EDITED.sub("", _RESIZED.sub("", parts[-1]))))
    names = ("/".join((*parts[at:-1], name)) for name in last for at in range(len(parts)))
    return next((name for name in names if original.find(name) is not None), "")


def with_own_addresses(
    html: str, original: Original, base_url: str, config: SiteConfig, paths: Collection[str], own: str = ""
) -> tuple[str, tuple[str, ...]]:
    """Return HTML whose pictures are those beside the export, and whose links to its other articles lead to this site;
    and the pictures that are nowhere."""
    if not re.search(r"<(?:img|a|figure|pre)\b", html, re.IGNORECASE):
        return html, ()
    soup = tree(html)
    for link in soup.find_all("a", href=True):
        href = str(link["href"])
        href = f"{own}{href}" if own and href.startswith("#") else href
        link["href"] = _own_link(href, base_url or config.base_url, config.base_url, paths)
        if link.find(("div", "p", "h1", "h2", "h3", "h4", "h5")) and not link.find("img"):
            _flattened(link)
    for line in soup.select("pre br"):
        line.replace_with("\n")
    lost = tuple(name for image in soup.find_all("img") if (name := _placed(image, original, base_url)))
    for box in soup.find_all("figure"):
        _opened(box)
    return str(soup), lost


def _own_link(written: str, base_url: str, site: str, paths: Collection[str]) -> str:
    """Return where a link leads: to the old address on this site, when its article is imported."""
    if _plain_host(written) not in ("", _plain_host(base_url)) or not (base_url or written.startswith("/")):
        return written
    parts = urlsplit(written)
    path = unquote(parts.path)
    known = next((at for at in (path, f"{path}/", path.rstrip("/")) if at in paths), "") if not parts.query else ""
    behind = f"#{parts.fragment}" if parts.fragment else ""
    return f"{site.rstrip('/')}{quote(known)}{behind}" if known else written


def _plain_host(address: str) -> str:
    return host_of(address).removeprefix("www.")


def _placed(image: Tag, original: Original, base_url: str) -> str:
    """Let a picture be the file beside the export; return its address when it is on no host and beside nothing."""
    for name in ("data-orig-file", "data-lazy-src", "data-src", "src"):
        written = str(image.get(name, ""))
        if written and (own := own_picture(written, original, base_url)):
            image["src"] = own
            for other in ("srcset", "data-srcset", "data-src", "data-lazy-src"):
                image.attrs.pop(other, None)
            return ""
    written = str(image.get("data-src") or image.get("data-lazy-src") or image.get("src", ""))
    return "" if base_url or is_web_address(written) or written.startswith(("data:", "//")) else written


def _flattened(link: Tag) -> None:
    """Let a link around blocks, such as a card, be a paragraph with a link: one with blocks in it would be lost."""
    words = link.select_one("[class*=title]") or link
    text = " ".join(words.get_text(" ").split())
    link.replace_with(tree(f'<p><a href="{escape(str(link["href"]))}">{escape(text, quote=False)}</a></p>'))


def _opened(box: Tag) -> None:
    """Let a figure that holds something else than one picture be what it holds, with its caption as a paragraph."""
    pictures, others = box.find_all("img"), box.find(_NO_PICTURES)
    if len(pictures) == 1 and others is None:
        return
    for caption in box.find_all("figcaption", recursive=False):
        if others is not None or box.find("figure") or not pictures:
            caption.name = "p"
        elif pictures:
            return  # one caption below several pictures
    box.name = "div"
