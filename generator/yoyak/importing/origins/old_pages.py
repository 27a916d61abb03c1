"""From the pages of an old site, each with its head, address and body, to what an import takes."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from unicodedata import normalize
from zoneinfo import ZoneInfo

from msgspec import structs

from yoyak.front_matter.yaml_text import one_line
from yoyak.importing.foreign import Dialect, in_own_keys
from yoyak.importing.heads import ForeignHead
from yoyak.importing.marks.convert import converted
from yoyak.importing.originals import Old, OldText, SkippedItem
from yoyak.importing.origins.old_links import Book, changer, page_key, with_old_addresses
from yoyak.importing.origins.old_site import OldFile, OldSite
from yoyak.importing.origins.walking import SiteFolder, finder
from yoyak.model.message import Problem
from yoyak.model.types import Record
from yoyak.text.calendar import written_moment
from yoyak.text.names import free_name, slugify
from yoyak.text.old_status import verdict

MARKDOWN = (".md", ".markdown", ".mkd", ".mdown", ".mdx")
_HEADING = re.compile(r"^# +\S|^\S[^\n]*\n=+[ \t]*$", re.MULTILINE)


class OldPage(Record, kw_only=True):
    """A text file of an old site."""

    path: str
    """From the site's folder."""
    values: Mapping[str, Any]
    """Its head, with all that its folders and settings add; without what its address was made of."""
    body: Callable[[str], str]
    """Gives the body of the file's text."""
    old: Old
    comments: tuple[str, ...] = ()


class Generator(Record, kw_only=True):
    """A generator's site as its own module understands it."""

    name: str
    tree: SiteFolder
    dialect: Dialect = Dialect()
    base_url: str = ""
    base_path: str = ""
    roots: tuple[str, ...] = ("",)
    """The folders that an address from the root may mean."""
    places: Callable[[str, OldPage], Iterator[str]]
    """Gives where a picture may be."""
    linked: Callable[[str, OldPage], str] = lambda written, _: written
    """Gives an address without marks of this generator: of ``{filename}ferry.md``, ``ferry.md``."""
    finished: Callable[[str, OldPage], str] = lambda body, _: body
    """Gives a body in which what is left of this generator's marks can be seen."""
    left: tuple[SkippedItem, ...] = ()
    problems: tuple[Problem, ...] = ()
    lists: tuple[tuple[str, str], ...] = ()
    """As `OldSite.lists`."""


def old_site(own: Generator, pages: Sequence[OldPage]) -> OldSite:
    """Return the site with every page as a file to import, under a name that no other has."""
    named = tuple(_named(pages))
    book = Book(
        addresses={page.path: page.old.address for page in named},
        pages={page_key(page.old.address): _new_address(page) for page in reversed(named) if _is_public(page, own)},
        roots=own.roots,
        base_path=own.base_path.rstrip("/"),
        base_url=own.base_url,
    )
    files = tuple(_file(own, page, book) for page in named)
    return OldSite(
        generator=own.name,
        base_url=own.base_url,
        files=files,
        left=own.left,
        problems=own.problems,
        lists=own.lists,
    )


def _is_public(page: OldPage, own: Generator) -> bool:
    """Tell whether a page has an address that a link may lead to; that of one which is held back leads nowhere."""
    decided = verdict(page.values, unlisted=own.dialect.unlisted)
    return bool(page.old.address) and not (page.old.held or decided.held or decided.dates)


def _new_address(page: OldPage) -> str:
    """Return where links to a page lead: its old address leads on to an article, and a page has a plain one."""
    return f"/{page.old.name}/" if page.old.page else page.old.address


def _named(pages: Sequence[OldPage]) -> Iterator[OldPage]:
    """Yield the pages with names of their own: two of one name would stand at one address here."""
    taken: dict[bool, set[str]] = {False: set(), True: set()}
    for page in pages:
        wanted = (
            slugify(re.sub(r"^\d{4}-\d\d-\d\d-", "", page.old.name))
            or slugify(str(page.values.get("title", "")))
            or "article"
        )
        name = free_name(wanted, taken[page.old.page])
        yield structs.replace(page, old=structs.replace(page.old, name=name))


def _file(own: Generator, page: OldPage, book: Book) -> OldFile:
    def translate(text: str) -> OldText:
        gone: list[str] = []
        change = changer(book, page.path, gone.append)
        body = body_of_old(page.body(text), own.name, lambda name: _meant(name, own, page, book))
        body = with_old_addresses(own.finished(body, page), lambda written: change(own.linked(written, page)))
        values = dict(page.values)
        if not str(values.get("title", "")).strip() and not _HEADING.search(body):
            values["title"] = page.old.name.replace("-", " ").strip()
        made = in_own_keys(ForeignHead(values=values, body=body), own.dialect, page.old)
        return structs.replace(made, comments=(*page.comments, *made.comments, *map(_gone, dict.fromkeys(gone))))

    find = finder(own.tree, lambda name: own.places(name, page))
    return OldFile(path=page.path, place=own.tree.place(page.path), translate=translate, find=find)


def _gone(address: str) -> str:
    return f"Link left out, since that page is not imported or is held back: {one_line(address, 150)}"


def _meant(name: str, own: Generator, page: OldPage, book: Book) -> str:
    """Return the address of a page or a picture that a mark names, else an empty text."""
    near = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), name))
    for path in (near, *(posixpath.join(root, name.lstrip("/")) for root in book.roots)):
        if path in book.addresses:
            return book.pages.get(page_key(book.addresses[path]), "")
    same = [path for path in book.addresses if name and stem_of(path) == posixpath.basename(name)]
    if len(same) == 1:
        return book.pages.get(page_key(book.addresses[same[0]]), "")
    found = any(place in own.tree.files for place in own.places(name if name.startswith("/") else near, page))
    return name if found else ""


def body_of_old(body: str, program: str, lookup: Callable[[str], str]) -> str:
    """Return a body with the marks of `program` as Markdown: the one place for what converts them."""
    return converted(body, program.lower(), lookup)


# --- values that addresses are made of ----------------------------------------------------------------


def moment(value: Any, zone: ZoneInfo) -> datetime | None:
    """Return a date of a head in the zone of the old site; one without a zone is there."""
    if value in (None, ""):
        return None
    try:
        found = written_moment(re.sub(r"^(\d{4})/(\d\d?)/(\d\d?)", r"\1-\2-\3", str(value).strip()), zone)
    except ValueError:
        return None
    return found.value if found.day_only else found.value.astimezone(zone)


def zone_of(name: Any) -> ZoneInfo:
    try:
        return ZoneInfo(str(name).strip())
    except (ValueError, OSError, LookupError):
        return ZoneInfo("UTC")


def stem_of(path: str) -> str:
    return posixpath.basename(path).rpartition(".")[0]


def plain_latin(text: str) -> str:
    """Return a text with Latin letters without their marks: ``é`` is ``e``; other scripts stay as they are."""
    signs = ((sign, normalize("NFD", sign)[0]) for sign in normalize("NFC", text))
    return "".join(first if first.isascii() else sign for sign, first in signs)


def html_as_block(html: str) -> str:
    """Return HTML as one block of Markdown: no blank line ends it, and no indentation makes code of it."""
    kept = re.compile(r"<pre\b.*?</pre\s*>", re.IGNORECASE | re.DOTALL)
    parts: list[str] = []
    end = 0
    for found in kept.finditer(html):
        parts += [_tight(html[end : found.start()]), re.sub(r"\n(?=[ \t]*\n)", "&#10;", found[0])]
        end = found.end()
    inner = "".join([*parts, _tight(html[end:])]).strip()
    return f"<div>\n{inner}\n</div>\n" if inner else ""


def _tight(html: str) -> str:
    return re.sub(r"\s*\n\s*", "\n", html)
