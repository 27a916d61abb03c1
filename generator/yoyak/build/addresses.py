"""Addresses that were deployed are remembered: what joins the last build, a deploy and content/_urls.yaml."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar
from unicodedata import normalize
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from msgspec import structs

from yoyak.build.searched import asked_of_store
from yoyak.build.survey import Survey, survey
from yoyak.files.handles import reached
from yoyak.files.output_folder import files_of
from yoyak.files.parts import written_beside
from yoyak.files.saving import NotSavedError, save
from yoyak.files.site_files import cause
from yoyak.grouping.moved_files import addresses_known, mark_of
from yoyak.grouping.terms import PLURALS
from yoyak.messages.errors import YoyakError
from yoyak.model.addresses import ANSWERS, OF_FILES, URLS_FILE, AddressKind, Remembered
from yoyak.model.build import BuildRequest
from yoyak.model.message import say
from yoyak.model.views import Standing
from yoyak.pages.own import OwnRecipe
from yoyak.pages.terms import TermRecipe
from yoyak.pipeline.load import list_content
from yoyak.settings.address_file import AddressFile, read_addresses, written_addresses
from yoyak.settings.config import SiteConfig
from yoyak.store.database import StoreDamaged
from yoyak.store.remembered import decode
from yoyak.store.store import Store, place_in
from yoyak.text.urls import output_of, quote_path

T = TypeVar("T")
_NOT_ADDRESSES = frozenset({"not_found", "robots", "sitemap", "sitemap_index", "gone"})


def addresses_of_build(folder: Path, output: Path) -> tuple[Remembered, ...]:
    """Return what is at each address of a built site, as the build that wrote it knows.

    Where that is not known any more, since the store was deleted, only new addresses are returned, as those of lists.

    Raises:
        YoyakError: content/_urls.yaml is damaged.
    """
    file = read_addresses(folder)
    if file.problems:
        raise YoyakError(*file.problems, say("addresses.damaged", path=URLS_FILE))
    found = _of_store(folder, output, lambda built: tuple(built.addresses()))
    return _addresses_of_files(output, file) if found is None else found


def gone_of_build(folder: Path, output: Path) -> tuple[str, ...]:
    """Return the URLs at which a page of a built site says that it was taken down; none where that is not known."""
    found = _of_store(folder, output, lambda built: built.pages.values())
    return tuple(sorted(row.url for row in found or () if row.kind == "gone"))


def _of_store(folder: Path, output: Path, ask: Callable[[_Built], T]) -> T | None:
    """Return what the store of a built site knows, or None when it knows nothing of this output."""

    def asked(store: Store) -> T | None:
        built = _Built(store)
        return ask(built) if built.is_whole(output) else None

    return asked_of_store(BuildRequest(folder=folder, output=output), asked)


def taken_down(folder: Path, online: tuple[Remembered, ...]) -> frozenset[str]:
    """Return the files of the pages that were online, are not any more, and have no answer of a person."""
    there = {one.address for one in online}
    lost = (one.address for one in read_addresses(folder).remembered.values() if one.kind not in ANSWERS)
    return frozenset(f"{address}index.html".lstrip("/") for address in lost if address not in there)


def _addresses_of_files(output: Path, file: AddressFile) -> tuple[Remembered, ...]:
    """Return the addresses of the pages and feeds of an output that were not noted yet."""
    paths = (path for path in files_of(output) if _IS_ADDRESS.fullmatch(path))
    addresses = {"/" + path.removesuffix("index.html") for path in paths}
    return tuple(Remembered(address=one, kind="list") for one in sorted(addresses - file.remembered.keys()))


_IS_ADDRESS = re.compile(r"(?!404\.html|sitemap|assets/|\.).*\.html|(?:.*/)?(?:feed|rss)\.(?:xml|json)")


def note_addresses(folder: Path, online: tuple[Remembered, ...]) -> None:
    """Add what was deployed to content/_urls.yaml. An address that is online again is no longer answered by a person.

    Raises:
        YoyakError: the file could not be written. The site is deployed.
    """
    file = read_addresses(folder)
    if file.problems:
        raise YoyakError(*file.problems)
    data = written_addresses(_merged(file, online).values(), file)
    try:
        if file.data is None:
            _create(folder, data)
        elif data != file.data:
            save(folder, URLS_FILE, file.data, data)
    except (NotSavedError, OSError) as error:
        why = cause(error) if isinstance(error, OSError) else str(error)
        raise YoyakError(say("addresses.unwritten", path=URLS_FILE, why=why)) from error


def _merged(file: AddressFile, online: tuple[Remembered, ...]) -> dict[str, Remembered]:
    """Return every address with what is there now. An answer stays where a page only leads on."""
    found = dict(file.remembered)
    for one in online:
        before = found.get(one.address)
        if one.line and before and before.kind in ANSWERS:
            continue
        found[one.address] = structs.replace(one, line=0)
    return found


def _create(folder: Path, data: bytes) -> None:
    root, name = os.path.realpath(folder / "content"), URLS_FILE.rpartition("/")[2]
    with reached(root, name) as place, written_beside(place, data) as part:
        os.link(part, place)  # never over a file that came meanwhile


class _Built:
    """What the store of a built site knows of its pages."""

    def __init__(self, store: Store) -> None:
        state = store.state()
        if state is None:
            raise StoreDamaged("nothing was built")
        self.store, self.pages, self.zone = store, store.pages(), ZoneInfo(state.timezone)
        self.config: SiteConfig = decode(state.config, SiteConfig)
        self.base = unquote(self.config.base_path)
        self.readings, self.standings = store.readings(), store.all_standings()
        self.titles: dict[str, str] = {}

    def is_whole(self, output: Path) -> bool:
        """Tell whether the output has the pages that are known, as its manifest says."""
        files = files_of(output)
        return all(files.get(path) == row.digest for path, row in self.pages.items())

    def addresses(self) -> Iterator[Remembered]:
        """Yield what is at each address; `line` is 1 where a page only leads on. Of a preview nothing is kept."""
        if self.config.preview:
            return
        names = self._names()
        for row in self.pages.values():
            address = self._below(row.url)
            if row.kind in _NOT_ADDRESSES or row.origin == URLS_FILE:
                continue
            plain = Remembered(address=address, kind="list", line=int(row.kind == "redirect"))
            if row.kind in ("article", "page", "redirect"):
                yield self._of_file(plain, row.origin)
            elif row.kind == "edition":
                yield structs.replace(plain, kind="edition", name=address.split("/")[2])
            else:
                kind, name = names.get(_folder(address), ("list", ""))
                yield structs.replace(plain, kind=kind, name=name)

    def _of_file(self, plain: Remembered, path: str) -> Remembered:
        """Return an address of an article, or of a page of content/pages."""
        if path not in self.standings:
            return structs.replace(plain, kind="page", name=path, mark=mark_of(self._titles()[path], None))
        first = decode(self.standings[path].standing, Standing).first
        reading = self.readings.get(path)
        if reading is None:
            raise StoreDamaged(f"a reading is lost: {path}")
        date = place_in(reading.place, self.zone).date if reading.place else None
        same = first.strip("/") == plain.address.strip("/")
        mark = mark_of(reading.title, date)
        return structs.replace(plain, kind="article", name=path, mark=mark, first="" if same else first)

    def _titles(self) -> dict[str, str]:
        """Return the title of each page of content/pages."""
        if not self.titles:
            outputs = {output: row.origin for output, row in self.pages.items() if row.kind == "page"}
            recipes = self.store.recipes([*outputs])
            self.titles = {outputs[output]: decode(row.recipe, OwnRecipe).title for output, row in recipes.items()}
        return self.titles

    def _below(self, url: str) -> str:
        return normalize("NFC", "/" + unquote(url).removeprefix(self.base))

    def _names(self) -> dict[str, tuple[AddressKind, str]]:
        """Return the kind and the title of each term, by the folder of its pages."""
        outputs = [output for output, row in self.pages.items() if row.kind in PLURALS]
        terms = {output: decode(row.recipe, TermRecipe) for output, row in self.store.recipes(outputs).items()}
        folders = {output: _folder(self._below(self.pages[output].url)) for output in terms}
        return {folders[output]: (one.of, one.term.title) for output, one in terms.items()}


def _folder(address: str) -> str:
    """Return the folder of a term's pages: ``/tags/ai`` for ``/tags/ai/page/2/``."""
    return "/".join(address.split("/")[:3])


# --- What is not published now although a release of a target may have it: what a rollback would show again ------


def withdrawn(folder: Path) -> dict[str, str]:
    """Return the files of articles and own pages that are not published, by the output paths that they had or would.

    An address that a person answered with "gone", and that of an edition, is there, too, by itself.

    Raises:
        YoyakError: the site or content/_urls.yaml cannot be read: what decides about publishing holds back.
    """
    file = read_addresses(folder)
    if file.problems:
        raise YoyakError(*file.problems)
    with survey(BuildRequest(folder=folder, jobs=None)) as site:
        titles = {path: reading.title for path, reading in site.parts.readings.items()}
        texts = (one.path for one in list_content(Path(site.config.folder)).texts)
        base, deployed = site.config.base_path, file.remembered.values()
        known = addresses_known(deployed, site.parts.places, site.parts.notes, titles, texts, base)
        shown = {place.path for place in site.site.with_pages} | {note.path for note in site.site.pages}
        editions = {edition.key for edition in site.site.editions}
        found = dict(_waiting(site, shown))
        for one in deployed:
            name = known.moved.get(one.name, one.name) if one.kind in OF_FILES else one.address
            lost = one.kind in OF_FILES and name not in shown
            if lost or one.kind == "gone" or (one.kind == "edition" and one.name not in editions):
                found[_output(one.address)] = name
    return found


def _waiting(site: Survey, shown: set[str]) -> Iterator[tuple[str, str]]:
    """Yield the articles that wait, by the places of the pages that they would have."""
    published = {place.url for place in site.site.with_pages}
    for place in site.parts.places:
        if place.path not in shown and place.url not in published:
            yield output_of(place.url, site.config.base_path), place.path


def _output(address: str) -> str:
    url = quote_path(address.removeprefix("/"))
    is_file = url.endswith((".html", ".htm", ".xml", ".json", "/"))
    return output_of(url if is_file or not url else f"{url}/", "")
