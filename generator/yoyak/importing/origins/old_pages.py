"""From the pages of an old site, each with its head, address and body, to what an import takes."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
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
from yoyak.importing.origins.walking import SiteFolder, finder
from yoyak.importing.pieces import outside
from yoyak.model.message import Problem
from yoyak.model.types import Record
from yoyak.text.calendar import written_moment
from yoyak.text.names import free_name, slugify
from yoyak.text.old_status import verdict

MARKDOWN = (".md", ".markdown", ".mkd", ".mdown", ".mdx")
_HEADING = re.compile(r"\s*(?:#[ \t]+\S|[^\s#][^\n]*\n=+[ \t]*$)", re.MULTILINE)


_ENDING = re.compile(r"\.(?:md|markdown|mkdn?|mdown|mdx|html?)$", re.IGNORECASE)


class OldFile(Record, kw_only=True):
    """A file of an old site that becomes an article or a page."""

    path: str
    """From the site's folder: ``_posts/2024-07-03-ferry.md``."""
    place: Path
    translate: Callable[[str], OldText]
    """Gives its text in yoyak's form: keys, marks, address, and what holds it back."""
    find: Callable[[str], bytes | None]
    """Gives a picture by the path that the text's address for it makes, from the site's folder: ``_posts/pier.png`` for
    ``pier.png`` in a file of _posts/; ``/images/pier.png`` for one from the root. Where that generator keeps it is its
    matter."""


class OldSite(Record, kw_only=True):
    """What is to be imported of a folder, and what is not."""

    generator: str
    """As people call it: ``Hugo``."""
    base_url: str = ""
    files: tuple[OldFile, ...] = ()
    left: tuple[SkippedItem, ...] = ()
    problems: tuple[Problem, ...] = ()
    lists: tuple[tuple[str, str], ...] = ()
    """Addresses of list pages that its settings change: what its program calls them else, and what they are."""


class OldPage(Record, kw_only=True):
    """A text file of an old site."""

    path: str
    """From the site's folder."""
    values: Mapping[str, Any]
    """Its head, with all that its folders and settings add; without what its address was made of."""
    body: Callable[[str], str]
    """Gives the body of the file's text."""
    old: Old
    title: str = ""
    """Of a text that says none; else it is made of its name."""
    called: tuple[str, ...] = ()
    """What links and marks may call its file beside its path."""


class Generator(OldSite, kw_only=True):
    """A generator's site as its own module understands it."""

    tree: SiteFolder
    dialect: Dialect = Dialect()
    base_path: str = ""
    roots: tuple[str, ...] = ("",)
    """The folders that an address from the root may mean."""
    places: Callable[[str, OldPage], Iterator[str]]
    """Gives where a picture may be."""
    linked: Callable[[str, OldPage], str] = lambda written, _: written
    """Gives an address without marks of this generator: of ``{filename}ferry.md``, ``ferry.md``."""
    spelled: Callable[[str, OldPage], Iterable[str]] = lambda name, _: (name,)
    """Gives how a file may be called that a mark names, the likeliest first."""
    lasts: bool = False
    """As `Book.lasts`."""
    part: Path | None = None
    """The folder that the user named, when it is only one of the site's."""


def old_site(own: Generator, pages: Sequence[OldPage]) -> OldSite:
    """Return the site with every page as a file to import; each has a name that no other has."""
    book = Book(
        addresses={name: page.old.address for page in reversed(pages) for name in (*page.called, page.path)},
        pages={page_key(page.old.address): _new_address(page, own) for page in reversed(pages) if _is_known(page, own)},
        roots=own.roots,
        base_path=own.base_path.rstrip("/"),
        base_url=own.base_url,
        lasts=own.lasts,
    )
    files = (_file(own, page, book) for page in pages)
    if own.part is None:
        return structs.replace(own, files=tuple(files))
    named, inside = own.part, own.part.resolve()
    within = [(file, place) for file in files if inside in (place := file.place.resolve()).parents]
    moved = (structs.replace(file, place=named / place.relative_to(inside)) for file, place in within)
    return structs.replace(own, files=tuple(moved), left=())


def _is_known(page: OldPage, own: Generator) -> bool:
    """Tell whether a page has an address that a link may lead to; that of one which is held back leads nowhere."""
    if own.lasts:
        return bool(page.old.address)
    decided = verdict(page.values, unlisted=own.dialect.unlisted)
    return bool(page.old.address) and not (page.old.held or decided.held or decided.dates)


def _new_address(page: OldPage, own: Generator) -> str:
    """Return where links to a page lead: its old address leads on to an article, and a page has a plain one."""
    return f"/{page.old.name}/" if page.old.page and not own.lasts else page.old.address


def with_names(pages: Sequence[OldPage]) -> Sequence[OldPage]:
    """Return pages with names of their own: two of one name would stand at one address here."""
    named: list[OldPage] = []
    taken: dict[bool, set[str]] = {False: set(), True: set()}
    for page in pages:
        wanted = (
            slugify(re.sub(r"^\d{4}-\d\d-\d\d-", "", page.old.name))
            or slugify(str(page.values.get("title", "")))
            or "article"
        )
        name = free_name(wanted, taken[page.old.page])
        named.append(structs.replace(page, old=structs.replace(page.old, name=name)))
    return named


def _file(own: Generator, page: OldPage, book: Book) -> OldFile:
    find = finder(own.tree, lambda name: own.places(name, page))

    def translate(text: str) -> OldText:
        gone: list[str] = []
        change = changer(book, page.path, gone.append, find)
        body = converted(page.body(text), own.generator.lower(), lambda name: _meant(name, own, page, book))
        body = with_old_addresses(body, lambda written: change(own.linked(written, page)))
        values = dict(page.values)
        said = next((value for key, value in values.items() if key.lower() == "title"), "")
        if not str(said or "").strip() and not _HEADING.match(body):
            values["title"] = page.title or page.old.name.replace("-", " ").strip()
        made = in_own_keys(ForeignHead(values=values, body=body), own.dialect, page.old)
        comments = (*made.old.comments, *map(_gone, dict.fromkeys(gone)))
        return structs.replace(made, old=structs.replace(made.old, comments=comments))

    return OldFile(path=page.path, place=own.tree.place(page.path), translate=translate, find=find)


def _gone(address: str) -> str:
    return f"Link left out, since that page is not imported or is held back: {one_line(address, 150)}"


def _meant(name: str, own: Generator, page: OldPage, book: Book) -> str:
    """Return the address of a page or a picture that a mark names, else an empty text."""
    near = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), name))
    for one in own.spelled(name, page):
        beside = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), one))
        for path in (beside, *(posixpath.join(root, one.lstrip("/")) for root in book.roots)):
            if path in book.addresses:
                return book.pages.get(page_key(book.addresses[path]), "")
        last = _ENDING.sub("", posixpath.basename(one))
        named = (path for path in book.addresses if last and _ENDING.sub("", posixpath.basename(path)) == last)
        same = {book.addresses[path] for path in named} - {""}
        if len(same) == 1:
            return book.pages.get(page_key(same.pop()), "")
    found = any(place in own.tree.files for place in own.places(name if name.startswith("/") else near, page))
    return name if found else ""


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


_PRE = re.compile(r"<pre\b.*?</pre\s*>", re.IGNORECASE | re.DOTALL)


def html_as_block(html: str) -> str:
    """Return HTML as one block of Markdown: no blank line ends it, and no indentation makes code of it."""
    tight = outside(_PRE, html, lambda part: re.sub(r"\s*\n\s*", "\n", part))
    inner = _PRE.sub(lambda found: re.sub(r"\n(?=[ \t]*\n)", "&#10;", found[0]), tight).strip()
    return f"<div>\n{inner}\n</div>\n" if inner else ""
