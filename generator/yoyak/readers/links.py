"""What the addresses in a body mean: other articles, pictures beside the file, the web, or nothing that may stand."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from html import unescape
from posixpath import basename
from typing import NamedTuple
from unicodedata import normalize
from urllib.parse import unquote, urljoin, urlsplit

from yoyak.model.message import Problem, Words, did_you_mean, joined, problem_of, say
from yoyak.model.sources import ASSETS, Asset
from yoyak.model.types import Picture, Record
from yoyak.readers.around import Surroundings
from yoyak.text.file_kinds import ASSET_ENDINGS, NOT_SHOWN_ENDINGS, PDF_SHOWN, fault_of
from yoyak.text.names import as_meant, fitting, fold
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
    return ResolvedLink(url="", internal=True, gone=target) if target else found


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
    if address[:5].lower() in ("http:", "https"):
        address = address.replace(" ", "%20")
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
        return ResolvedLink(url=(url or around.base_path + quote_path(target)) + tail, internal=True)
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
    line = _line_of(name, text)
    return problem_of("not-a-picture", path, line, hint=todo, name=name, what=what)


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


# --- files that an address means: the one of exactly this path, else the only one that people would call the same ----


_SHOWN = 3
"""Files that a message names at most."""


class ResolvedAddress(NamedTuple):
    """What an address means."""

    asset: Asset | None = None
    paths: tuple[str, ...] = ()
    """The files that fit, when none of them can be shown or there are several."""


def file_meant(address: str, path: str, around: Surroundings) -> ResolvedAddress:
    """Return the file that an address means. `path` is the address decoded, without what follows ``?`` or ``#``.

    A file of exactly this path is it. Else one is found whose path differs by normal form, spaces, invisible
    characters, case, or ``\\`` for ``/``; never one of several.
    """
    targets = tuple(dict.fromkeys(filter(None, _targets(address, path, around))))
    for target in targets:
        if asset := around.assets.get(target):
            return ResolvedAddress(asset)
    for target in targets:
        if paths := fitting(target, around.names.get(as_meant(target), "")):
            asset = around.assets.get(paths[0]) if len(paths) == 1 else None
            return ResolvedAddress(asset, () if asset else paths)
    return ResolvedAddress()


def _targets(address: str, path: str, around: Surroundings) -> Iterator[str]:
    """Yield the paths that an address may mean; a name may hold ``?``, ``#`` or ``%20`` itself."""
    for one in (path, address, unquote(address)):
        yield _below_content(one, around)
    if "%" in address:
        plain = posixpath.normpath(posixpath.join(posixpath.dirname(around.path), address))
        yield normalize("NFC", plain) if plain.startswith("content/") else ""


def _below_content(path: str, around: Surroundings) -> str:
    return "content" + path if path.startswith("/") else beside(around.path, path)


def why_no_picture(written: str, path: str, meant: ResolvedAddress, around: Surroundings) -> Words:
    """Return why an address shows no picture, as a sentence or two. It never denies a file that is there."""
    shown = written[:120]
    if len(meant.paths) > 1:
        names = ", ".join(f'"{_told_apart(one)}"' for one in meant.paths[:_SHOWN])
        return say("missing-picture.several", written=shown, names=names)
    if meant.paths:
        name = _seen_from(meant.paths[0], around)
        if posixpath.splitext(name)[1].lower() in ASSET_ENDINGS:
            return say("missing-picture.refused", name=name)
        if not posixpath.splitext(name)[1]:
            return say("missing-picture.no-ending", name=name)
        return say("missing-picture.kind", name=name)
    near = _near(_below_content(path, around), around)
    return joined(say("missing-picture", written=shown), near)


def beside_or_anywhere(name: str, around: Surroundings) -> str:
    """Return how this file would write the address of the only file called `name` in any folder; else `name`."""
    found = around.names.get(f"*/{as_meant(posixpath.basename(name))}", "")
    return _seen_from(found, around) if found and "\n" not in found else name


def _told_apart(path: str) -> str:
    """Return a file's name with the spaces and invisible characters that hide in it spelled out."""
    from yoyak.text.odd_letters import called

    name = posixpath.basename(path)
    return "".join(one if one.isprintable() else f"[{called(one)}]" for one in name)


def _seen_from(path: str, around: Surroundings) -> str:
    return posixpath.relpath(path, posixpath.dirname(around.path))


def _near(target: str, around: Surroundings) -> Words:
    """Return a question that names the picture with the nearest name in the folder, or of this name in another one."""
    if not target:
        return ""
    folder, _, name = as_meant(target).rpartition("/")
    elsewhere = around.names.get(f"*/{name}", "")
    if elsewhere and "\n" not in elsewhere:
        return say("did-you-mean", word=_seen_from(elsewhere, around))
    there = [one for one in around.names.get(f"{folder}/", "").split("\n") if _is_picture_file(one)]
    return did_you_mean(_seen_from(target, around), [_seen_from(one, around) for one in there])


def _is_picture_file(path: str) -> bool:
    return posixpath.splitext(path)[1].lower() in ASSET_ENDINGS | NOT_SHOWN_ENDINGS
