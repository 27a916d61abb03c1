"""The files of content/_reviews/: one folder an article, one file an event, written once and never changed.

Beside them stands what verdicts saw, named by its digest. Two people's work merges without any setting: no file is
written twice.
"""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from unicodedata import normalize

from yoyak.files.handles import reached
from yoyak.files.parts import PLAIN, sync_folder, written_beside
from yoyak.files.site_files import read_below
from yoyak.messages.errors import YoyakError
from yoyak.model.message import say
from yoyak.model.review import Event, Seen, VoidEvent
from yoyak.review.events import LIMIT, named, read_event, written
from yoyak.review.folders import ENDING, folder_of
from yoyak.review.seen import seen_from, seen_text

SEEN = "seen"
_SEEN_LIMIT = 10_000_000


def seen_at(site: Path, path: str, digest: str) -> Seen | None:
    """Return what a verdict on an article saw; None when it was not kept, or is not what its name says."""
    root = os.path.realpath(site / "content")
    place = f"{root}{os.sep}{folder_of(path).removeprefix('content/')}{os.sep}{SEEN}{os.sep}{digest}.txt"
    try:
        data = read_below(root, place, _SEEN_LIMIT, links="none").replace(b"\r\n", b"\n")
        return seen_from(data.decode()) if sha256(data).hexdigest() == digest else None
    except (OSError, ValueError, RecursionError):  # the last of a file that nobody wrote with yoyak
        return None


def write_event(site: Path, path: str, event: Event, seen: Seen | None) -> Event:
    """Write an event of an article, and what it is about if that is not there yet; return it with its name.

    An event that comes from elsewhere may be about words that nobody has kept.

    Raises:
        YoyakError: it says nothing, or too much, or the disk does not take it; then nothing of it is there.
    """
    event = named(event)
    if read_event(event.name, written(event)) != event:
        raise YoyakError(say("review.void-words"))
    folder = folder_of(path).removeprefix("content/")
    try:
        root = os.path.realpath(site / "content")
        if seen:
            _put(root, f"{folder}/{SEEN}/{seen.digest}.txt", seen_text(seen).encode(), mends=True)
        _put(root, f"{folder}/{event.name}{ENDING}", written(event))
    except OSError as error:
        raise YoyakError(say("review.unwritten", path=path, why=error.strerror or str(error))) from error
    return event


def _put(root: str, path: str, data: bytes, *, mends: bool = False) -> None:
    """Write a new file whole, or not at all. One that is there says the same, since its name is of its words; one that
    does not is damaged, and is left alone or mended."""
    with reached(root, path, makes=True) as place:
        if os.path.lexists(place):
            if _holds(place, data):
                return
            if not mends or not place.is_file() or place.is_symlink():
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
        with written_beside(place, data) as part:
            part.replace(place)
        with suppress(OSError):  # a disk that has no handles of folders
            sync_folder(place.parent)


def _holds(place: Path, data: bytes) -> bool:
    """Tell whether a file says this; git may have changed its line ends."""
    try:
        with os.fdopen(os.open(place, os.O_RDONLY | PLAIN), "rb") as file:
            return stat.S_ISREG(os.fstat(file.fileno()).st_mode) and file.read().replace(b"\r\n", b"\n") == data
    except OSError:
        return False


def event_at(site: Path, path: str) -> Event | VoidEvent:
    """Return what one file says, by its path below the site as the disk spells it."""
    root = os.path.realpath(site / "content")
    location = f"{root}{os.sep}{path.removeprefix('content/').replace('/', os.sep)}"
    name = normalize("NFC", path.rpartition("/")[2].rpartition(".")[0])
    try:
        return read_event(name, read_below(root, location, LIMIT, links="none").replace(b"\r\n", b"\n"))
    except OSError:
        return VoidEvent(name=name, harmless=False)
