"""What the last build left in the store, beside what the disk says now: all that an explanation is made of."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import cached_property
from pathlib import PurePosixPath
from time import time_ns
from unicodedata import normalize
from zoneinfo import ZoneInfo

from yoyak.engine.reviews import Reviews
from yoyak.files.output_folder import listed_in
from yoyak.incremental.stale_pages import changed_names
from yoyak.incremental.unchanged import clock
from yoyak.messages.errors import YoyakError
from yoyak.model.build import BuildRequest
from yoyak.model.message import Problem, Words, in_order, say
from yoyak.model.sources import Asset, Listing, Looks
from yoyak.paths import failed_build, templates_folder
from yoyak.pipeline.load import list_content, load_looks
from yoyak.pipeline.load_root_files import root_files_of
from yoyak.settings.config import SiteConfig
from yoyak.store.database import FORMAT, Database, StoreDamaged
from yoyak.store.lock import alone
from yoyak.store.place import is_exposed, store_file
from yoyak.store.remembered import AssetRow, BuildState, FileRow, PageRow, ReadingRow, decode
from yoyak.store.stamps import Stamps, scan
from yoyak.store.store import Store
from yoyak.templating.looks import digests_of_looks


class Memory:
    """One store, opened to be read, and the site's folder as it is now. Each part is fetched when it is asked for."""

    def __init__(self, request: BuildRequest, store: Store, state: BuildState) -> None:
        self.request, self.store, self.state = request, store, state
        self.folder = request.folder.resolve()
        self.config: SiteConfig = decode(state.config, SiteConfig)
        self.zone = ZoneInfo(self.config.timezone)

    @cached_property
    def now(self) -> datetime:
        found = clock(self.request.at, os.environ, self.config.timezone) or self.state.report.clock
        return (found or datetime.now(self.zone)).astimezone(self.zone)

    # --- the last build ---

    @cached_property
    def program(self) -> bytes:
        return self.store.database.get("meta", "program") or b""

    @cached_property
    def pages(self) -> Mapping[str, PageRow]:
        return self.store.pages()

    @cached_property
    def outputs(self) -> frozenset[str]:
        """Return the paths of all files of the output, pages and others."""
        data = self.store.database.get("meta", "outputs") or b""
        return frozenset(data.decode().split("\n")) if data else frozenset(self.pages)

    @cached_property
    def manifest(self) -> Mapping[str, str]:
        """Return the digests of the files of the output as its manifest has them, or those of the pages without one."""
        listed = listed_in(self.request.target)
        return {output: row.digest for output, row in self.pages.items()} if listed is None else listed

    @cached_property
    def readings(self) -> Mapping[str, ReadingRow]:
        return self.store.readings()

    @cached_property
    def reviews(self) -> Reviews:
        return Reviews(self.config, self.stamps, self.store)

    @cached_property
    def assets(self) -> Mapping[str, AssetRow]:
        return self.store.assets()

    @cached_property
    def files(self) -> Mapping[str, FileRow]:
        """Return what each file looked like, by its path in NFC."""
        return {normalize("NFC", path): row for path, row in self.store.files().items()}

    @cached_property
    def templates(self) -> Mapping[str, str]:
        """Return the template of each page by its output path."""
        return {output: row.template for output, row in self.store.recipes(list(self.pages)).items()}

    def note(self, kind: str, slug: str) -> str:
        """Return the path of the file for an edition or a theme, or an empty text."""
        folder = f"content/{kind}/"
        wanted = (path for path in self.files if path.startswith(folder) and PurePosixPath(path).stem == slug)
        return next(wanted, "")

    def problems(self, path: str) -> tuple[Problem, ...]:
        """Return what was told of a file when it was read last, and what its name tells now."""
        reading, asset = self.readings.get(path), self.assets.get(path)
        told = [*(reading.problems if reading else ()), *(asset.problems if asset else ())]
        others = (*self.state.problems, *self.listing.problems)
        return in_order([*told, *(problem for problem in others if problem.path == path)])

    @cached_property
    def failure(self) -> tuple[str, ...]:
        """Return what stopped the last build, in lines; nothing when it was written."""
        place = failed_build(self.folder, self.request.target)
        with suppress(OSError, UnicodeDecodeError):
            return tuple(place.read_text(encoding="utf-8").splitlines())
        return ()

    # --- the disk ---

    @cached_property
    def stamps(self) -> Stamps:
        return scan(self.folder, templates_folder(), now=time_ns())

    @cached_property
    def spelled(self) -> Mapping[str, str]:
        """Return the path of each file as the disk spells it, by its path in NFC."""
        return {normalize("NFC", path): path for path in self.stamps}

    @cached_property
    def listing(self) -> Listing:
        return list_content(self.folder)

    @cached_property
    def root(self) -> tuple[tuple[Asset, ...], tuple[Problem, ...]]:
        """Return the files of content/public/ that the next build will publish, and why it leaves others out."""
        return root_files_of(self.folder, self.config)

    @cached_property
    def listed(self) -> frozenset[str]:
        """Return the paths of all files that the next build will read as content."""
        found = self.listing
        kinds = (found.articles, found.editions, found.themes, found.pages, found.assets)
        return frozenset(one.path for kind in kinds for one in kind)

    @cached_property
    def looks(self) -> Looks:
        return load_looks(templates_folder(), self.folder / "templates")

    @cached_property
    def changed_looks(self) -> frozenset[str]:
        """Return the names of the templates and assets that are not as the last build read them."""
        return changed_names(self.state.templates, digests_of_looks(self.looks))


@contextmanager
def remembered(request: BuildRequest) -> Iterator[Memory]:
    """Give what the last build into the request's output left. While it is read no build may write there.

    Raises:
        YoyakError: nothing is remembered, or it cannot be read.
    """
    with alone(request) as work:
        name = store_file(request).name
        folders = (work.folder,) if is_exposed(request.store) else (request.store, work.folder)
        place = next((folder / name for folder in folders if (folder / name).is_file()), None)
        if place is None:
            raise _nothing(request, say("no-build.none"))
        database = Database(place)
        try:
            yield Memory(request, *_state(database, request))
        except (StoreDamaged, sqlite3.Error) as error:
            raise _nothing(request, say("no-build.unreadable", error=str(error))) from error
        finally:
            database.close()


def _state(database: Database, request: BuildRequest) -> tuple[Store, BuildState]:
    if database.connection().execute("PRAGMA user_version").fetchone() != (FORMAT,):
        raise _nothing(request, say("no-build.other-version"))
    store = Store(database)
    try:
        state = store.state()
    except StoreDamaged as error:
        raise _nothing(request, say("no-build.damaged")) from error
    if state is None:
        raise _nothing(request, say("no-build.not-written"))
    return store, state


def _nothing(request: BuildRequest, why: Words) -> YoyakError:
    command = f"yoyak build --output {request.output}" if request.output else "yoyak build"
    return YoyakError(say("no-build", output=str(request.target), why=why, command=command))
