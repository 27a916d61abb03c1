"""The store of a build: opened, made anew when it cannot be used, and left alone when somebody else uses it."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from yoyak.engine.run import Session
from yoyak.messages.errors import YoyakError
from yoyak.model.build import BuildReport, BuildRequest
from yoyak.model.message import Message, say
from yoyak.model.types import Record
from yoyak.store.database import Database, StoreDamaged, StoreOfAnother
from yoyak.store.place import program, store_file
from yoyak.store.store import Store

DAMAGED = say("store.damaged")
IN_USE = say("store.in-use")
OTHER_PROGRAM = say("store.other-program")
OF_ANOTHER = say("store.of-another")


class Opening(Record, kw_only=True):
    """A store that is open, and what is odd about it in sentences."""

    store: Store
    notes: tuple[Message, ...] = ()


Run = Callable[[Opening], BuildReport]


def with_store(request: BuildRequest, work: Path, session: Session, run: Run) -> BuildReport:
    """Return what `run` gives with the store; with a new one if that is damaged, and without any if nothing else helps.

    The session keeps it: whoever has that closes it.

    Raises:
        YoyakError: nothing can be kept anywhere, not even while the build lasts.
    """
    place = work / store_file(request).name

    def used(opened: Opening) -> BuildReport:
        session.store = opened.store
        return run(opened)

    try:
        return used(Opening(store=session.store) if session.store else open_store(place, clean=request.clean))
    except StoreDamaged as error:
        note = IN_USE if _is_locked(error) else DAMAGED
    session.close()
    session.forget()
    try:
        if note == DAMAGED:
            _remove(place)
            return used(Opening(store=_new(place), notes=(note,)))
    except (StoreDamaged, sqlite3.Error, OSError):
        session.close()
        session.forget()
    try:
        return used(Opening(store=_temporary(), notes=(note,)))
    except (StoreDamaged, sqlite3.Error) as error:
        raise YoyakError(say("store.nothing", error=str(error))) from error


def open_store(place: Path, *, clean: bool) -> Opening:
    """Return the store in a file, or an empty one.

    What cannot be used is made anew; what is held by another program, or cannot be written, is left alone, and a store
    that lasts as long as this build takes its place.
    """
    try:
        if clean:
            _remove(place)
        if place.is_symlink():
            _remove(place)  # SQLite would write where it leads
        if not place.exists():
            return Opening(store=_new(place))
        found = _usable(place)
        if isinstance(found, Store):
            return Opening(store=found)
        _remove(place)
        return Opening(store=_new(place), notes=(found,))
    except (sqlite3.Error, OSError) as error:
        note = IN_USE if _is_locked(error) else say("store.unusable", error=str(error))
        return Opening(store=_temporary(), notes=(note,))


def _usable(place: Path) -> Store | Message:
    """Return the store in a file that is there, or why it has to be made anew.

    Raises:
        sqlite3.Error: it must be left alone.
    """
    database = Database(place)
    try:
        if database.is_whole() and database.get("meta", "program") == program():
            return Store(database)
        why = OTHER_PROGRAM
    except StoreOfAnother:
        why = OF_ANOTHER
    except (StoreDamaged, sqlite3.Error) as error:
        if _is_locked(error) or "readonly" in str(error):
            raise sqlite3.OperationalError(str(error)) from error
        why = DAMAGED
    database.close()
    return why


def _is_locked(error: Exception) -> bool:
    return "locked" in str(error)


def _new(place: Path) -> Store:
    place.parent.mkdir(parents=True, exist_ok=True)
    database = Database(place)
    database.make()
    database.put("meta", [("program", program())])
    return Store(database)


def _temporary() -> Store:
    database = Database(Path(tempfile.mkdtemp(prefix="yoyak-")) / "store.sqlite")
    database.make()
    return Store(database, temporary=True)


def _remove(place: Path) -> None:
    for path in (place, *(place.with_name(place.name + ending) for ending in ("-journal", "-wal", "-shm"))):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            with suppress(FileNotFoundError):
                os.unlink(path)  # noqa: PTH108
