"""The file that the store is: SQLite, with a seal on every row.

Nothing in it is needed, so whatever is odd about it is a miss: a row whose seal is broken, a file that is no database,
one that another program holds. A process opens its own connection: none is carried over a fork.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from zlib import crc32

from yoyak.store.place import key_of

FORMAT = 3
_BUSY = 0.5
"""Seconds to wait for another program that holds the file."""
_MANY = 500
"""Names in one question."""

_KEY = {
    "meta": "key", "files": "path", "readings": "path", "articles": "path", "good": "path", "bodies": "digest",
    "assets": "path", "reviews": "path", "standings": "path", "pages": "output", "recipes": "output",
}  # fmt: skip
"""The tables, and what the key of each is called."""
_LARGE = ("articles", "bodies", "recipes")
"""Tables with rows that are too large to lie in the tree of their keys."""
_SCHEMA = "".join(
    f"CREATE TABLE {table} ({key} TEXT PRIMARY KEY, value BLOB, seal INTEGER)"
    f"{'' if table in _LARGE else ' WITHOUT ROWID'};\n"
    for table, key in _KEY.items()
)


class StoreOfAnother(Exception):
    """The store was sealed by another user, or before others could write to it: it has to be made anew."""


class StoreDamaged(Exception):
    """The store cannot be used as it is: it has to be made anew."""


class Database:
    """One file of sealed rows: `table[key] = value`, values are bytes."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self._owner = self._process = os.getpid()
        self._connection: sqlite3.Connection | None = None
        self._key = key_of(place)
        """Where others can write; else empty, and a checksum is enough."""
        self._inherited: sqlite3.Connection | None = None
        """Of the parent, in a fork: it must be neither used nor closed there."""

    def connection(self) -> sqlite3.Connection:
        """Return this process's own connection. That of a fork only reads, while its parent waits for it."""
        if self._connection is None or self._process != os.getpid():
            if self._process != os.getpid():
                self._inherited, self._process = self._connection, os.getpid()
            # Nothing changes meanwhile, so a fork needs no locks, which cost more than the rows.
            only_read = self._process != self._owner
            place = f"{self.place.absolute().as_uri()}?mode=ro&immutable=1" if only_read else str(self.place)
            self._connection = sqlite3.connect(
                place, timeout=_BUSY, isolation_level=None, check_same_thread=False, cached_statements=64, uri=only_read
            )
            if only_read:
                return self._connection
            # A killed process loses nothing: its rollback journal is there. After a power cut the seals tell.
            self._connection.execute("PRAGMA synchronous=OFF")
            self._connection.execute("PRAGMA cache_size=-32000")
        return self._connection

    def make(self) -> None:
        """Make the tables of a new file."""
        self.connection().executescript(
            f"BEGIN IMMEDIATE;{_SCHEMA}PRAGMA user_version={FORMAT};PRAGMA application_id={self._owner_id()};COMMIT;"
        )

    def is_whole(self) -> bool:
        """Tell whether the file has the tables of this format; it is locked for writing by nobody.

        Raises:
            StoreOfAnother: its rows are sealed with another key.
        """
        connection = self.connection()
        if connection.execute("PRAGMA application_id").fetchone() != (self._owner_id(),):
            raise StoreOfAnother
        if connection.execute("PRAGMA user_version").fetchone() != (FORMAT,):
            return False
        names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        with self.transaction():
            pass
        return names == set(_KEY)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Keep what is written inside, all of it or nothing."""
        connection = self.connection()
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            with suppress(sqlite3.Error):
                connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")

    def get(self, table: str, key: str) -> bytes | None:
        """Return one row, or None. This is asked for every article and body of a large build, and does nothing twice.

        Raises:
            StoreDamaged: its seal is broken, or the file is.
        """
        try:
            row = self.connection().execute(_GET[table], (key,)).fetchone()
        except _DAMAGE as error:
            raise StoreDamaged(str(error)) from error
        return None if row is None else self._opened(table, key, row[0], row[1])

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Read inside as if nothing could change: each row asks for no lock of its own."""
        with _damage():
            self.connection().execute("BEGIN")
        try:
            yield
        finally:
            with suppress(sqlite3.Error):
                self.connection().execute("COMMIT")

    def some(self, table: str, keys: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        """Yield the rows of several keys, as far as they are there."""
        name = _KEY[table]
        for start in range(0, len(keys), _MANY):
            wanted = keys[start : start + _MANY]
            marks = ",".join("?" * len(wanted))
            with _damage():
                asked = f"SELECT {name}, value, seal FROM {table} WHERE {name} IN ({marks})"  # noqa: S608 - ours
                for key, value, seal in self.connection().execute(asked, wanted).fetchall():
                    yield key, self._opened(table, key, value, seal)

    def every(self, table: str) -> Iterator[tuple[str, bytes]]:
        """Yield all rows of a table, sorted by their keys."""
        name = _KEY[table]
        with _damage():
            asked = f"SELECT {name}, value, seal FROM {table} ORDER BY {name}"  # noqa: S608 - names of ours
            for key, value, seal in self.connection().execute(asked):
                yield key, self._opened(table, key, value, seal)

    def put(self, table: str, rows: Iterable[tuple[str, bytes]]) -> None:
        """Write rows, in the place of those with the same keys."""
        sealed = [(key, value, self._seal(table, key, value)) for key, value in sorted(rows)]
        with _damage():
            self.connection().executemany(f"INSERT OR REPLACE INTO {table} VALUES (?, ?, ?)", sealed)  # noqa: S608

    def remove(self, table: str, keys: Iterable[str]) -> None:
        with _damage():
            self.connection().executemany(f"DELETE FROM {table} WHERE {_KEY[table]} = ?", ((key,) for key in keys))  # noqa: S608

    def count(self, table: str) -> int:
        """Return how many rows a table has."""
        with _damage():
            return int(self.connection().execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608

    def shrink(self) -> None:
        """Let go of what the connection remembers of the file."""
        with _damage():
            self.connection().execute("PRAGMA shrink_memory")

    def close(self) -> None:
        """Close this process's connection, e.g. before a fork."""
        if self._connection is not None and self._process == os.getpid():
            with suppress(sqlite3.Error):
                self._connection.close()
        self._connection = None

    def _owner_id(self) -> int:
        """Return what the file says of its key; 0 for none."""
        return crc32(hashlib.blake2b(self._key).digest()) & 0x7FFFFFFF if self._key else 0

    def _seal(self, table: str, key: str, value: bytes) -> int:
        name = f"{table} {key}".encode("utf-8", "surrogateescape")
        if not self._key:
            return crc32(value, crc32(name))
        digest = hashlib.blake2b(b"%d %s" % (len(name), name), digest_size=8, key=self._key)
        digest.update(value)
        return int.from_bytes(digest.digest(), signed=True)

    def _opened(self, table: str, key: str, value: Any, seal: Any) -> bytes:
        if not isinstance(value, bytes) or self._seal(table, key, value) != seal:
            raise StoreDamaged(f"a row of {table}")
        return value


_GET = {table: f"SELECT value, seal FROM {table} WHERE {key} = ?" for table, key in _KEY.items()}  # noqa: S608 - ours
_DAMAGE = (sqlite3.Error, UnicodeError, OverflowError)


@contextmanager
def _damage() -> Iterator[None]:
    try:
        yield
    except _DAMAGE as error:
        raise StoreDamaged(str(error)) from error
