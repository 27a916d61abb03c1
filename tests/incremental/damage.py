"""Ways in which a store may be broken: by a disk, by a person, by another program."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random

PAGE = 4096
SQLITE = b"SQLite format 3\0"
Damage = Callable[[Path], None]


def files_of(store: Path) -> list[Path]:
    """Return the files that a build left in its store, without the locks, which hold nothing."""
    found = (path for path in store.rglob("*") if path.is_file() and path.suffix != ".lock")
    return sorted(path for path in found if "preview" not in path.relative_to(store).parts)


def databases_of(store: Path) -> list[Path]:
    return [path for path in files_of(store) if path.read_bytes().startswith(SQLITE)]


def _cut(length: Callable[[int], int]) -> Damage:
    def damage(path: Path) -> None:
        os.truncate(path, max(0, length(path.stat().st_size)))

    return damage


def _is(data: bytes) -> Damage:
    def damage(path: Path) -> None:
        path.unlink()
        path.write_bytes(data)

    return damage


def _is_a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _is_a_full_folder(path: Path) -> None:
    _is_a_folder(path)
    (path / "mine.txt").write_text("mine", encoding="utf-8")


def _is_a_link_to_nothing(path: Path) -> None:
    path.unlink()
    path.symlink_to("nowhere")


def _is_a_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def _is_another_database(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE pages (a, b, c)")
        connection.execute("INSERT INTO pages VALUES (1, 2, 3)")
    connection.close()


def _has_empty_tables(path: Path) -> None:
    """Empty every table, as a build does that was stopped between two of its own steps."""
    if path.read_bytes().startswith(SQLITE):
        with sqlite3.connect(path) as connection:
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
                connection.execute(f'DELETE FROM "{name}"')
        connection.close()


def _is_of_a_version_to_come(path: Path) -> None:
    if path.read_bytes().startswith(SQLITE):
        with sqlite3.connect(path) as connection:
            connection.execute("PRAGMA user_version = 2000000000")
        connection.close()


def _has_a_foreign_journal(path: Path) -> None:
    for ending in ("-journal", "-wal", "-shm"):
        path.with_name(path.name + ending).write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes(range(256)) * 20)


WAYS: Mapping[str, Damage] = {
    "cut to nothing": _cut(lambda size: 0),
    "cut to a byte": _cut(lambda size: 1),
    "cut inside its header": _cut(lambda size: 50),
    "cut to a page": _cut(lambda size: PAGE),
    "cut to a half": _cut(lambda size: size // 2),
    "cut at a page's border": _cut(lambda size: size // PAGE // 2 * PAGE),
    "cut by its last page": _cut(lambda size: size - PAGE),
    "cut by a byte": _cut(lambda size: size - 1),
    "empty": _is(b""),
    "garbage": _is(Random(1).randbytes(20_000)),
    "garbage behind a good header": _is(SQLITE + Random(2).randbytes(20_000)),
    "a text": _is("이것은 글이다.\n".encode()),
    "JSON": _is(b'{"format": 1}\n'),
    "a folder": _is_a_folder,
    "a folder with a file": _is_a_full_folder,
    "a link to nothing": _is_a_link_to_nothing,
    "a pipe": _is_a_pipe,
    "another database": _is_another_database,
    "with empty tables": _has_empty_tables,
    "of a version to come": _is_of_a_version_to_come,
    "beside a foreign journal": _has_a_foreign_journal,
    "gone": Path.unlink,
}


def flip(path: Path, chance: Random) -> str:
    """Change some bits of a file, at random or where its structure is, and say where."""
    data = bytearray(path.read_bytes())
    if not data:
        return f"{path.name} is empty"
    page = chance.randrange(0, len(data), PAGE) if len(data) > PAGE else 0
    start = {
        "header": chance.randrange(min(100, len(data))),
        "head of a page": page + chance.randrange(min(16, len(data) - page)),
        "end of a page": min(len(data), page + PAGE) - 1 - chance.randrange(min(64, len(data) - page)),
        "anywhere": chance.randrange(len(data)),
    }
    where = chance.choice(list(start))
    length = chance.choice((1, 1, 1, 4, 64))
    for place in range(start[where], min(len(data), start[where] + length)):
        data[place] ^= 1 << chance.randrange(8)
    path.write_bytes(bytes(data))
    return f"{path.name}: {length} bytes from {start[where]}, {where}"
