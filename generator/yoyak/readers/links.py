"""What the addresses in a body mean: other articles, pictures beside the file, the web, or nothing that may stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape
from posixpath import basename
from unicodedata import normalize
from urllib.parse import unquote, urljoin, urlsplit

from yoyak.model.message import Problem, Words, say
from yoyak.model.sources import ASSETS, Asset
from yoyak.model.types import Picture, Record
from yoyak.readers.around import Surroundings
from yoyak.text.file_kinds import PDF_SHOWN, fault_of
from yoyak.text.names import as_meant, fold
from yoyak.text.sanitize import passes
from yoyak.text.urls import (
    PLAIN_WEB,
    beside,
    has_scheme,
    is_web_address,
    normal_address,
    path_on_this_site,
    quote_path,
)

NAMED = "[["
"""What the key of a name begins with; no path does."""
_UNCERTAIN = re.compile(r"//[^/]*(?:xn--|[.-]{2}|\d\.*(?:/|$)|\.0x)")
"""What only a parser of hosts can judge: punycode, and what may be an IP address (WHATWG URL §3.5)."""
_SOURCE_ENDINGS = (".md", ".markdown", ".html", ".htm", ".txt")


def name_key(name: str) -> str:
    """Return the key of ``Surroundings.addresses`` under which an article is found by its file's name or headline."""
    return NAMED + fold(name.removesuffix(".md"))


class ResolvedLink(Record, kw_only=True):
    url: str
    """What the page links to; empty when the link must be dropped and only its text stays."""
    internal: bool = False
    """It points into this site, so that it is checked."""
    wants: str = ""
    """The source file that it means, when that file's address is not known yet."""
    gone: str = ""
    """The root-relative address that it would lead to, when no page of this site has it: then `url` is empty."""


class ResolvedPicture(Record, kw_only=True):
    url: str
    """What the page loads or links to; empty when there is no such picture."""
    width: int = 0
    height: int = 0
    asset: str = ""
    """The path of the asset that the page then needs."""
    remote: bool = False
    """The picture is on another host, and may be linked to but not loaded."""
    problem: Words = ""
    """What is wrong, as a sentence."""
    gone: str = ""
    """As in `ResolvedLink`: an address of this very site, written in full, that no page has."""


def resolve_link(written: str, around: Surroundings) -> ResolvedLink:
    """Return what a link means that an author wrote in the file `around.path`.

    One that leads to no page of the site has no address: what is not published would be named by it.
    """
    found = _resolved(written.strip(), around)
    target = _target_of(found, around)
    return ResolvedLink(url="", internal=True, wants=found.wants, gone=target) if target else found


def _target_of(link: ResolvedLink, around: Surroundings) -> str:
    """Return where a link leads inside the site, when no page stands there; else an empty text."""
    if not link.internal or link.url.startswith("#"):
        return ""
    path, _, fragment = link.url.partition("#")
    path, _, query = path.partition("?")
    if not path.startswith("/"):
        if not around.url:
            return ""
        path = quote_path(unquote(urlsplit(urljoin(f"https://site.invalid{around.url}", path)).path))
    if path.startswith(f"{around.base_path}assets/") or not around.gone.get(path):
        return ""
    return path + (f"?{query}" if query else "") + (f"#{fragment}" if fragment else "")


def _resolved(address: str, around: Surroundings) -> ResolvedLink:
    if address.startswith("#"):
        return ResolvedLink(url="#" + quote_path(unquote(address[1:])), internal=True)
    if has_scheme(address) or address.startswith(("//", "\\")):
        return _elsewhere(address, around)
    return _here(address, around)


def _elsewhere(address: str, around: Surroundings) -> ResolvedLink:
    if (own := path_on_this_site(address, around.base_url)) is not None:
        return _here(own, around)
    allowed = _is_web(address) or (normal_address(address).startswith(("mailto:", "tel:")) and passes(address))
    return ResolvedLink(url=address if allowed else "")


def _is_web(address: str) -> bool:
    """Tell whether an address is one of the web, and the sanitizer thinks so too."""
    if PLAIN_WEB.fullmatch(address) and not _UNCERTAIN.search(address):
        return True
    return is_web_address(address) and passes(address)


def _here(address: str, around: Surroundings) -> ResolvedLink:
    path, fragment, query = _parts(address)
    tail = (f"?{query}" if query else "") + (f"#{quote_path(fragment)}" if fragment else "")
    if path.startswith("/"):
        return ResolvedLink(url=_below_base(path, around.base_path) + tail, internal=True)
    target = beside(around.path, path)
    if asset := around.assets.get(target):
        return ResolvedLink(url=asset_url(asset, around), internal=True)
    if target.lower().endswith(_SOURCE_ENDINGS):
        url = around.addresses.get(target, "")
        return ResolvedLink(
            url=(url or around.base_path + quote_path(target)) + tail, internal=True, wants="" if url else target
        )
    from yoyak.readers.near_files import file_meant

    meant = file_meant(address, path, around).asset if path else None
    return ResolvedLink(url=asset_url(meant, around) if meant else address, internal=True)


def _parts(address: str) -> tuple[str, str, str]:
    rest, _, fragment = address.partition("#")
    path, _, query = rest.partition("?")
    return unquote(path), unquote(fragment), query


def _below_base(path: str, base_path: str) -> str:
    if base_path != "/" and (path + "/").startswith(base_path):
        return quote_path(path)
    return base_path.rstrip("/") + quote_path(path)


def resolve_picture(written: str, around: Surroundings) -> ResolvedPicture:
    """Return what the address of a picture means that an author wrote in the file `around.path`."""
    address = written.strip()
    if path_on_this_site(address, around.base_url) is not None and (target := resolve_link(address, around).gone):
        return ResolvedPicture(url="", gone=target)
    if _is_web(address):
        return ResolvedPicture(url=address, remote=not around.load_remote)
    if has_scheme(address) or address.startswith(("//", "\\")):
        return ResolvedPicture(url="", problem=say("missing-picture.address", address=address[:60]))
    from yoyak.readers.near_files import file_meant, why_no_picture

    path, _, _ = _parts(address)
    meant = file_meant(address, path, around)
    asset = meant.asset
    if asset is None:
        return ResolvedPicture(url="", problem=why_no_picture(address, path, meant, around))
    return ResolvedPicture(url=asset_url(asset, around), width=asset.width, height=asset.height, asset=asset.path)


def asset_url(asset: Asset, around: Surroundings) -> str:
    """Return the url under which the site publishes an asset."""
    return around.base_path + quote_path(asset.output)


_ADDRESS = re.compile(r'(?:src|href)="([^"]+)"')


def assets_in(html: str, base_path: str) -> tuple[str, ...]:
    """Return the output paths of the assets that clean HTML shows or links to."""
    prefix = base_path + "assets/"
    if prefix not in html:
        return ()
    return tuple(unquote(address[len(base_path) :]) for address in _ADDRESS.findall(html) if address.startswith(prefix))


def host_of(url: str) -> str:
    """Return the host of an absolute address, for people: without a port or ``www.``."""
    plain = PLAIN_WEB.fullmatch(url)
    try:
        return ((plain[1] if plain else urlsplit(url).hostname) or "").removeprefix("www.")
    except ValueError:
        return ""


# --- the files that a finished body shows or links to: those with faults, and the one to share -------------------


_PICTURE = re.compile(r"<img\s([^>]*)>")
_ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')
NOT_SHARED = (".svg", ".pdf")
"""What messengers and social networks show nothing of: they take pictures made of pixels."""


def faulty_files(html: str, more: Iterable[str], path: str, text: str, around: Surroundings) -> Iterator[Problem]:
    """Yield an error for each file that clean HTML shows and that no browser could, at its line in the article's text.

    `more` are output paths of what a page shows beside the HTML.
    """
    for output in dict.fromkeys((*assets_in(html, around.base_path), *more)):
        asset = around.assets.get(output.removeprefix(ASSETS)) if output.startswith(f"{ASSETS}content/") else None
        if asset and asset.fault:
            yield _problem(asset.fault, asset.path, path, text)
    for picture in _pictures(html):
        if picture.url.endswith(".pdf") and picture.url.startswith(around.base_path + ASSETS):
            name = unquote(basename(picture.url)).rsplit(".", 2)[0] + ".pdf"
            yield _problem(PDF_SHOWN, name, path, text)


def _problem(fault: str, shown: str, path: str, text: str) -> Problem:
    name = basename(shown)
    what, todo = fault_of(fault)
    return Problem(
        code="not-a-picture",
        message=say("not-a-picture", name=name, what=what),
        hint=todo,
        path=path,
        line=_line_of(name, text),
    )


def _line_of(name: str, text: str) -> int:
    """Return the first line that names a file, preferably where an address would; 0 when none does."""
    meant = as_meant(name)
    lines = [as_meant(unquote(unescape(normalize("NFC", line)))) for line in text.split("\n")]
    naming = [number for number, line in enumerate(lines, 1) if meant in line]
    in_address = re.compile(rf"[(\[\"'<=/]\s*{re.escape(meant)}|(?:image|src):\s*{re.escape(meant)}")
    return next((number for number in naming if in_address.search(lines[number - 1])), naming[0] if naming else 0)


def shared_picture(image: Picture | None, html: str, around: Surroundings) -> Picture | None:
    """Return what a link to an article shows of it elsewhere: its picture, or the first of its body, that is no SVG."""
    prefix = around.base_path + ASSETS
    candidates = (*((image,) if image else ()), *(one for one in _pictures(html) if one.url.startswith(prefix)))
    return next((one for one in candidates if not one.url.lower().endswith(NOT_SHARED)), None)


def _pictures(html: str) -> Iterator[Picture]:
    """Yield the pictures of clean HTML."""
    for tag in _PICTURE.findall(html) if "<img" in html else ():
        found = {name: unescape(value) for name, value in _ATTRIBUTE.findall(tag)}
        width, height = (int(found[name]) if found.get(name, "").isdecimal() else 0 for name in ("width", "height"))
        if "src" in found:
            yield Picture(url=found["src"], alt=found.get("alt", ""), width=width, height=height)
