"""What a deploy would change for readers: the built site against what is online, page by page and word by word."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Set
from html import unescape
from pathlib import Path
from typing import Literal, NamedTuple
from urllib.parse import unquote

from msgspec.structs import replace
from selectolax.lexbor import LexborHTMLParser

from yoyak.files.site_files import read_of_output
from yoyak.messages.errors import YoyakError
from yoyak.model.build import Progress
from yoyak.model.message import Words
from yoyak.model.review import Seen
from yoyak.model.types import Record
from yoyak.paths import plain_path
from yoyak.publish import manifest
from yoyak.publish.deploy import request_of
from yoyak.publish.online import Online, manifest_online, online, url_of
from yoyak.publish.output import Built, read_output
from yoyak.publish.texts import stopped
from yoyak.review.blocks import blocks_of
from yoyak.review.changes import Changes, changes

FileKind = Literal["page", "list", "term", "feed", "redirect", "file"]
FileChange = Literal["added", "changed", "removed"]
WORDS = 200
"""Pages whose words are compared; of the others only their titles are read."""
_LONGEST = 1_000_000
_BESIDE = "header, footer, nav, aside, script, style, template, noscript, iframe"
_TERMS = ("themes/", "tags/", "sources/", "authors/")
_LISTS = ("archive/", "editions/", "index.html", "page/", "404.html")
_REFRESH = re.compile(rb"<meta\s[^>]*http-equiv=[\"']?refresh", re.IGNORECASE)


class ChangedFile(Record, kw_only=True):
    """A file that a deploy adds, changes or removes."""

    path: str
    url: str
    kind: FileKind
    change: FileChange
    title: str = ""
    """Of a page, as it is after the deploy; of one that is removed, as it is online."""
    reason: Words = ""
    leads_to: str = ""
    """Of a redirect."""
    words: Changes | None = None
    """What changed in the text of a page."""


class SiteDifference(Record, kw_only=True):
    """The built site against what is online."""

    target: str
    where: str
    base_url: str
    first: bool
    """Nothing of ours is online yet."""
    other_site: str = ""
    """The address of what is online, if it is another one."""
    unchanged: int
    files: tuple[ChangedFile, ...]


def difference(
    name: str, built: Built, place: Online, reason_of: Callable[[str, FileChange], Words], gone: Set[str] = frozenset()
) -> SiteDifference:
    """Return what a deploy would change. At the paths in `gone` a page says that nothing is there any more.

    `reason_of` says why a path of the output is changed, or nothing.
    """
    there = manifest_online(place)
    before = dict(there.files) if there else {}
    now = {path: digest for path, digest in built.files.items() if path != manifest.NAME}
    paths = sorted(path for path in {*before, *now} if before.get(path) != now.get(path))
    reading = _Reading(built, place, before, gone)
    files = tuple(reading.changed(path, reason_of) for path in paths)
    return SiteDifference(
        target=name,
        where=place.where,
        base_url=built.base_url,
        first=there is None,
        other_site=there.base_url if there and there.base_url != built.base_url else "",
        unchanged=len(now) - sum(one.path in now for one in files),
        files=files,
    )


class _Reading:
    """Reads the files that differ, each side as far as it is needed."""

    def __init__(self, built: Built, place: Online, before: Mapping[str, str], gone: Set[str]) -> None:
        self._built, self._place, self._before, self._gone = built, place, before, gone
        self._compared = 0

    def changed(self, path: str, reason_of: Callable[[str, FileChange], Words]) -> ChangedFile:
        """Return how a file changes."""
        change: FileChange = "changed" if path in self._before else "added"
        if path not in self._built.files or (change == "changed" and path in self._gone):
            change = "removed"  # for readers, also if a page says so from now on
        new = read_of_output(Path(self._built.folder), path) if change != "removed" and _is_html(path) else b""
        old = self._old(path) if _is_html(path) and change == "removed" else b""
        kind = kind_of(path, new or old)
        words = None
        if kind == "page" and change == "changed" and self._compared < WORDS:
            self._compared += 1
            old = self._old(path)
            words = changes(seen_in(old), seen_in(new)) if old else None
        return ChangedFile(
            path=path,
            url=url_of(self._built.base_url, path),
            kind=kind,
            change=change,
            title=title_of(new or old),
            reason=reason_of(path, change),
            leads_to=target_of(new or old) if kind == "redirect" else "",
            words=words,
        )

    def _old(self, path: str) -> bytes:
        """Return a page as it is online; nothing when it is not what its manifest says."""
        data = self._place.read(path) or b""
        return data if hashlib.sha256(data).hexdigest() == self._before[path] else b""


def kind_of(path: str, data: bytes) -> FileKind:
    """Return what readers know a file as."""
    if path.endswith((".xml", ".json", ".txt")) and not path.startswith("assets/"):
        return "feed"
    if not _is_html(path):
        return "file"
    if _REFRESH.search(data[:4000]):
        return "redirect"
    if path.startswith(_TERMS):
        return "term"
    return "list" if path.startswith(_LISTS) else "page"


def title_of(data: bytes) -> str:
    """Return the title of a page, as text, without the name of its site behind it."""
    found = re.search(rb"<title[^>]*>(.*?)</title", data[:_LONGEST], re.DOTALL | re.IGNORECASE)
    site = re.search(rb"og:site_name\"\s+content=\"([^\"]*)\"", data[:_LONGEST])
    title, name = (_plain(one[1]) if one else "" for one in (found, site))
    return title.removesuffix(f" · {name}") if name else title


def _plain(data: bytes) -> str:
    return " ".join(unescape(data.decode("utf-8", "replace")).split())[:300]


def target_of(data: bytes) -> str:
    """Return where a redirect leads, as text."""
    found = re.search(rb"url=([^\"'>]+)", data[:4000], re.IGNORECASE)
    return unquote(unescape(found[1].decode("utf-8", "replace")).strip())[:500] if found else ""


def seen_in(data: bytes) -> Seen:
    """Return what a reader gets of a page: its title, its description and its main part. Only words are kept of it."""
    tree = LexborHTMLParser(data[:_LONGEST].decode("utf-8", "replace"))
    main = tree.css_first("main") or tree.body
    for node in main.css(_BESIDE) if main else ():
        node.decompose()
    blocks = blocks_of(main.html or "") if main else ()
    return Seen(digest="", fields=tuple(_fields(data, tree)), blocks=blocks)


def _fields(data: bytes, tree: LexborHTMLParser) -> Iterator[tuple[str, str]]:
    yield "title", title_of(data)
    node = tree.css_first("meta[name=description]")
    if node and (description := node.attributes.get("content")):
        yield "description", description[:2000]


def _is_html(path: str) -> bool:
    return path.endswith(".html")


# --- ``yoyak diff``: from a target's name in site.yaml to what a deploy there would change -----------------------


Reasons = Callable[[str, FileChange], Words]


class KnownFiles(NamedTuple):
    """What the last build knows of its files."""

    reason_of: Reasons
    gone: frozenset[str] = frozenset()
    """Where a page says that nothing is there any more."""


def compare(
    folder: Path, output: Path, name: str, known: KnownFiles, *, progress: Progress | None = None
) -> SiteDifference:
    """Return what a deploy to the target `name` would change; nothing is changed.

    Raises:
        YoyakError: there is no such target, the built site may not be published, or the place does not answer.
    """
    request = replace(request_of(folder, name), output=str(plain_path(output)))
    built = read_output(site=folder, output=Path(request.output), progress=progress)
    try:
        with online(request, built.base_url) as place:
            return difference(name, built, place, known.reason_of, known.gone)
    except OSError as error:
        raise YoyakError(stopped(error, name)) from error
