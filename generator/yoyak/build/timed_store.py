"""A store's file, timed: how long a build waits for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

from yoyak.store.database import Database


class Meter:
    """A sum of seconds. A worker has its own, forked with it."""

    def __init__(self) -> None:
        self.seconds = 0.0

    @contextmanager
    def running(self) -> Iterator[None]:
        """Count what happens inside."""
        start = perf_counter()
        try:
            yield
        finally:
            self.seconds += perf_counter() - start

    def of_each(self, rows: Iterator[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
        """Yield rows, and count how long each takes to come."""
        while True:
            with self.running():
                row = next(rows, None)
            if row is None:
                return
            yield row


class TimedDatabase(Database):
    """A database that says how long its reads and writes took."""

    def __init__(self, place: Path, meter: Meter) -> None:
        super().__init__(place)
        self._meter = meter

    @contextmanager
    def transaction(self) -> Iterator[None]:
        with self._meter.running():
            inside = super().transaction()
            inside.__enter__()
        try:
            yield
        except BaseException as error:
            if not inside.__exit__(type(error), error, error.__traceback__):
                raise
        else:
            with self._meter.running():
                inside.__exit__(None, None, None)

    def get(self, table: str, key: str) -> bytes | None:
        with self._meter.running():
            return super().get(table, key)

    def some(self, table: str, keys: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        return self._meter.of_each(super().some(table, keys))

    def every(self, table: str) -> Iterator[tuple[str, bytes]]:
        return self._meter.of_each(super().every(table))

    def put(self, table: str, rows: Iterable[tuple[str, bytes]]) -> None:
        with self._meter.running():
            super().put(table, rows)

    def remove(self, table: str, keys: Iterable[str]) -> None:
        with self._meter.running():
            super().remove(table, keys)

    def count(self, table: str) -> int:
        with self._meter.running():
            return super().count(table)
