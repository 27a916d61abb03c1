"""The store of one output folder, typed: what was read, what it became, and where it stands."""

from __future__ import annotations

import secrets
import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from datetime import datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from msgspec import structs

from yoyak.model.sources import NO_FILE, FileStamp
from yoyak.model.types import Article, Place, Record, SafeHtml, times_of
from yoyak.model.views import Standing
from yoyak.store.database import Database, StoreDamaged
from yoyak.store.remembered import (
    AssetRow,
    BuildState,
    FileRow,
    PageRow,
    ReadingRow,
    RecipeRow,
    ReviewRow,
    StandingRow,
    decode,
    encode,
)
from yoyak.text.sanitize import digest_of

T = TypeVar("T")

_ARTICLE_TIMES, _PLACE_TIMES = times_of(Article), times_of(Place)
R = TypeVar("R", Article, Place)


class Kept(Record, kw_only=True):
    """What is to be kept of one file that was read."""

    path: str
    reading: ReadingRow
    encoded: bytes
    """The same."""
    article: bytes
    """Encoded; empty for no article."""
    html: str
    stamp: FileStamp = NO_FILE
    """Of the file that was read, as `SourceFile` has it."""


class Store:
    """A database with the types of its rows. Dates come out in the zone of the site."""

    def __init__(self, database: Database, *, temporary: bool = False) -> None:
        self.database, self.temporary = database, temporary

    # --- what was read ---

    def readings(self) -> dict[str, ReadingRow]:
        return dict(self._every("readings", ReadingRow))

    def reading(self, path: str) -> ReadingRow | None:
        return self._get("readings", path, ReadingRow)

    def good(self) -> dict[str, ReadingRow]:
        return dict(self._every("good", ReadingRow))

    def keep(self, kept: Sequence[Kept], *, last_good: Mapping[str, ReadingRow] | None = None) -> None:
        """Keep what files said. With `last_good`, what a file said before it broke is kept beside it.

        `last_good` are the readings of the files that broke now.
        """
        with self.writing():
            put = self.database.put
            put("readings", ((one.path, one.encoded) for one in kept))
            put("articles", ((one.path, one.article) for one in kept if one.article))
            put("bodies", ((one.reading.body, one.html.encode()) for one in kept if one.reading.body))
            if last_good is None:
                self.database.remove("articles", [one.path for one in kept if not one.article])
            else:
                put("good", ((path, encode(reading)) for path, reading in last_good.items()))
                self.database.remove("good", [one.path for one in kept if one.article])

    def close(self) -> None:
        """Close it; one that was made for a single build goes with it."""
        self.database.close()
        if self.temporary:
            shutil.rmtree(self.database.place.parent, ignore_errors=True)

    def keep_bodies(self, bodies: Mapping[str, SafeHtml]) -> None:
        with self.writing():
            self.database.put("bodies", ((digest, html.encode()) for digest, html in bodies.items()))

    def forget(self, paths: Iterable[str]) -> None:
        """Forget files that are not there any more."""
        gone = list(paths)
        with self.writing():
            for table in ("readings", "articles", "good"):
                self.database.remove(table, gone)

    def forget_bodies(self, needed: Set[str]) -> None:
        """Forget bodies that nothing names, when they have become many."""
        if self.database.count("bodies") > len(needed) * 3 // 2 + 100:
            unused = [digest for digest, _ in self.database.every("bodies") if digest not in needed]
            with self.writing():
                self.database.remove("bodies", unused)

    def assets(self) -> dict[str, AssetRow]:
        return dict(self._every("assets", AssetRow))

    def reviews(self) -> dict[str, ReviewRow]:
        return dict(self._every("reviews", ReviewRow))

    def keep_reviews(self, rows: Mapping[str, ReviewRow], gone: Sequence[str]) -> None:
        with self.writing():
            self.database.put("reviews", ((folder, encode(row)) for folder, row in rows.items()))
            self.database.remove("reviews", gone)

    # --- what it became ---

    def article(self, path: str, zone: ZoneInfo) -> Article:
        """Return an article that was read.

        Raises:
            StoreDamaged: it is not there.
        """
        found: Article | None = self._get("articles", path, Article)
        if found is None:
            raise StoreDamaged(f"an article is lost: {path}")
        return article_in(found, zone)

    def body(self, digest: str) -> SafeHtml:
        """Return a body by its digest.

        Raises:
            StoreDamaged: it is not there, or is another.
        """
        data = self.database.get("bodies", digest)
        html = SafeHtml("" if data is None else data.decode())
        if digest_of(html) != digest:
            raise StoreDamaged(f"a body is lost: {digest}")
        return html

    # --- the last build that was written ---

    def state(self) -> BuildState | None:
        return self._get("meta", "state", BuildState)

    def put_state(self, state: BuildState) -> bytes:
        """Keep what a build leaves, and return a mark that no other build has."""
        build_id = secrets.token_bytes(8)
        self.database.put("meta", [("state", encode(state)), ("head", encode(state.head())), ("build", build_id)])
        return build_id

    def files(self) -> dict[str, FileRow]:
        return dict(self._every("files", FileRow))

    def pages(self) -> dict[str, PageRow]:
        return dict(self._every("pages", PageRow))

    def some_pages(self, outputs: Sequence[str]) -> dict[str, tuple[PageRow, RecipeRow]]:
        """Return some pages with their recipes."""
        pages = self._some("pages", outputs, PageRow)
        recipes = self._some("recipes", outputs, RecipeRow)
        return {output: (pages[output], recipes[output]) for output in outputs if output in pages and output in recipes}

    def recipes(self, outputs: Sequence[str]) -> dict[str, RecipeRow]:
        return self._some("recipes", outputs, RecipeRow)

    def standings(self, paths: Sequence[str]) -> dict[str, StandingRow]:
        return self._some("standings", paths, StandingRow)

    def all_standings(self) -> dict[str, StandingRow]:
        return dict(self._every("standings", StandingRow))

    def standing(self, path: str) -> Standing:
        """Return how an article stands in the site.

        Raises:
            StoreDamaged: it is not there.
        """
        row: StandingRow | None = self._get("standings", path, StandingRow)
        if row is None:
            raise StoreDamaged(f"a standing is lost: {path}")
        return self._decoded(row.standing, Standing)

    def readings_of(self, paths: Sequence[str]) -> dict[str, ReadingRow]:
        return self._some("readings", paths, ReadingRow)

    # --- rows ---

    @contextmanager
    def writing(self) -> Iterator[None]:
        try:
            with self.database.transaction():
                yield
        except sqlite3.Error as error:
            raise StoreDamaged(str(error)) from error

    def _get(self, table: str, key: str, kind: type[T]) -> T | None:
        data = self.database.get(table, key)
        return None if data is None else self._decoded(data, kind)

    def _some(self, table: str, keys: Sequence[str], kind: type[T]) -> dict[str, T]:
        return {key: self._decoded(data, kind) for key, data in self.database.some(table, keys)}

    def _every(self, table: str, kind: type[T]) -> Iterator[tuple[str, T]]:
        for key, data in self.database.every(table):
            yield key, self._decoded(data, kind)

    @staticmethod
    def _decoded(data: bytes, kind: type[T]) -> T:
        try:
            value: T = decode(data, kind)
        except ValueError as error:
            raise StoreDamaged(str(error)) from error
        return value


class Bodies(Mapping[str, SafeHtml]):
    """The bodies of a store, read when they are asked for. What was asked for last is remembered for the next pages."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __getitem__(self, digest: str) -> SafeHtml:
        return self._store.body(digest)

    def get(self, digest: str, default: Any = None) -> Any:
        return self._store.body(digest) if digest else default

    def __iter__(self) -> Iterator[str]:
        return (digest for digest, _ in self._store.database.every("bodies"))

    def __len__(self) -> int:
        return self._store.database.count("bodies")


def article_in(article: Article, zone: ZoneInfo) -> Article:
    """Return an article with its dates in a zone: what was kept has only their instants."""
    corrections = tuple(structs.replace(one, date=one.date.astimezone(zone)) for one in article.corrections)
    return _in_zone(article, _ARTICLE_TIMES, zone, {"corrections": corrections} if corrections else {})


def place_in(place: Place, zone: ZoneInfo) -> Place:
    """Return a place with its dates in a zone."""
    return _in_zone(place, _PLACE_TIMES, zone, {})


def _in_zone(value: R, names: tuple[str, ...], zone: ZoneInfo, more: dict[str, Any]) -> R:
    times: dict[str, datetime] = {name: time.astimezone(zone) for name in names if (time := getattr(value, name))}
    return structs.replace(value, **times, **more) if times or more else value
