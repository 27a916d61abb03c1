"""Turns the file system's events into hints, and into nothing more.

Native events are lost when a queue overflows, on network disks and in some containers. Therefore the worker also scans
every few seconds of its own accord, and every second when there are no native events at all.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from contextlib import suppress
from errno import EMFILE, ENOSPC
from pathlib import Path

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch

from yoyak.model.message import Words, say
from yoyak.preview.hints import Hint
from yoyak.store.stamps import FOLDERS, concerns

WITH_EVENTS = 5.0
WITHOUT_EVENTS = 1.0
"""Seconds between two scans that no hint asked for."""

_EVENTS: list[type[FileSystemEvent]] = [
    FileCreatedEvent, FileModifiedEvent, FileMovedEvent, FileDeletedEvent, FileClosedEvent,
    DirCreatedEvent, DirMovedEvent, DirDeletedEvent,
]  # fmt: skip
"""An allow-list: since watchdog 2.3 and 5.0 opening and closing a file that was only read are events too."""

Identity = tuple[int, int]
"""Device and inode: a folder that was deleted and made again is another one."""


def hint_of(event: FileSystemEvent, folder: Path) -> Hint | None:
    """Return what an event says: of one file where it was, that anything may have changed, or nothing of the site."""
    inside = [path for path in _paths(event) if path.is_relative_to(folder) and concerns(path.relative_to(folder))]
    if not inside:
        return None
    if event.is_directory or len(inside) != 1:
        return Hint()
    whole = isinstance(event, FileClosedEvent | FileMovedEvent)
    return Hint(path=inside[0].relative_to(folder).as_posix(), whole=whole)


def _paths(event: FileSystemEvent) -> list[Path]:
    """An editor that saves by renaming says the real name only as the destination."""
    return [Path(os.fsdecode(path)) for path in (event.src_path, event.dest_path) if path]


class Watcher(FileSystemEventHandler):
    """Watches a site folder's content/ and templates/, and beside them only its own entries."""

    def __init__(
        self,
        folder: Path,
        note: Callable[[Hint], None],
        say: Callable[[Words], None],
        observer: Callable[[], BaseObserver] = Observer,
    ) -> None:
        # What it would log, an overflow above all, costs nothing: the next scan finds what was hidden.
        logging.getLogger("watchdog").setLevel(logging.CRITICAL)
        self._folder, self._note, self._say = folder, note, say
        self._observer: BaseObserver | None = observer()
        self._watches: dict[Path, tuple[Identity, ObservedWatch]] = {}
        self._exchanged: set[Path] = set()

    @property
    def native(self) -> bool:
        """Whether the system tells us of changes."""
        return self._observer is not None

    @property
    def pause(self) -> float:
        """Seconds to wait for a hint before a scan is due without one."""
        return WITH_EVENTS if self.native else WITHOUT_EVENTS

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Take an event from watchdog, in its thread."""
        if hint := hint_of(event, self._folder):
            # A folder made again may get the inode of the deleted one, and would look as if it were still watched.
            self._exchanged |= {self._folder / name for name in FOLDERS} & {*_paths(event)}
            self._note(hint)

    def start(self) -> None:
        """Begin to watch, as well as this system lets us."""
        try:
            if self._observer:
                self._observer.start()
        except OSError as error:
            self._give_up(error)
        self.follow()

    def follow(self) -> None:
        """Watch the folders that are there now, also those that were deleted and made again."""
        for folder in (self._folder, *(self._folder / name for name in FOLDERS)):
            try:
                self._follow(folder)
            except FileNotFoundError:
                continue
            except OSError as error:
                self._give_up(error)

    def _follow(self, folder: Path) -> None:
        found = _identity(folder)
        identity, watch = self._watches.get(folder, (None, None))
        if self._observer is None or (found == identity and folder not in self._exchanged):
            return
        self._exchanged -= {folder}
        if watch is not None:
            del self._watches[folder]
            with suppress(OSError, KeyError):
                self._observer.unschedule(watch)
        if found is not None:
            new = self._observer.schedule(self, folder, recursive=folder != self._folder, event_filter=_EVENTS)
            self._watches[folder] = (found, new)

    def _give_up(self, error: OSError) -> None:
        limit = error.errno in (EMFILE, ENOSPC)
        self._say(say("preview.too-many-folders") if limit else say("preview.no-events", error=str(error)))
        self.close()

    def close(self) -> None:
        observer, self._observer = self._observer, None
        if observer and observer.is_alive():
            observer.stop()
            observer.join()


def _identity(folder: Path) -> Identity | None:
    try:
        found = folder.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
