"""What the last search of an output knew of the content: where only texts of published articles have changed since, the
same words may not be seen, so nobody need read the other files again.

Nothing of it is trusted that is not proven anew: the files by their stamps, a changed article by what was read of its
bytes, the clock by the times at which something appears or goes. Whatever is in doubt is a miss.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from unicodedata import normalize

from msgspec import Struct, structs

from yoyak.check.withheld import Phrase
from yoyak.engine.parse_files import setting_of
from yoyak.files.site_files import read_below
from yoyak.incremental.finish import digest_of_file
from yoyak.incremental.firewall import digest_of
from yoyak.incremental.unchanged import git_of_captures, holds_at, look
from yoyak.incremental.withheld_texts import WithheldTexts
from yoyak.model.addresses import URLS_FILE
from yoyak.model.build import BuildRequest
from yoyak.model.message import errors
from yoyak.model.sources import FileStamp, unchanged
from yoyak.model.types import Place, times_of
from yoyak.settings.config import SiteConfig, load_config
from yoyak.store.database import Database, StoreDamaged
from yoyak.store.place import is_exposed, program, store_file
from yoyak.store.remembered import ReadingRow, decode, encode
from yoyak.store.stamps import Stamps
from yoyak.store.store import Store

if TYPE_CHECKING:
    from yoyak.build.survey import Survey

T = TypeVar("T")
_ROW, _PART = "firewall-searched", 16
_PLACE_TIMES = times_of(Place)


class Noted(Struct, frozen=True, array_like=True, kw_only=True):
    """What was there when a deploy had noted all addresses of an output."""

    addresses: str
    """SHA-256 of content/_urls.yaml."""
    paths: str
    """SHA-256 of the paths of the output."""
    taken_down: frozenset[str] = frozenset()


class Searched(Struct, frozen=True, array_like=True, kw_only=True):
    """One search of a whole output."""

    program: bytes
    start: datetime | None
    """The last time that a file says and that was past, and the next one: nothing appears or goes between them."""
    end: datetime | None
    day: str
    git: str
    stamps: Mapping[str, FileStamp]
    gives: Mapping[str, bytes]
    """By the path of a published article: digests of what decides about it and is cut of it, and of its headline."""
    phrases: tuple[Phrase, ...]
    clean: frozenset[str]
    """The beginnings of the digests of the files in which none of the phrases is."""
    noted: Noted | None
    """None until a deploy has noted all addresses."""


def keep_searched(
    site: Survey, cut: Mapping[str, list[Phrase]], phrases: Iterable[Phrase], clean: frozenset[str]
) -> None:
    """Keep what was searched, and of what; `cut` has what may not be seen of each published article."""
    readings, now = site.parts.readings, site.config.now
    times = {time for place in site.parts.places for name in _PLACE_TIMES if (time := getattr(place, name))}
    said = (value for note in site.parts.notes for value in note.fields.values())
    times |= {value for value in said if isinstance(value, datetime) and value.tzinfo}
    paths = {normalize("NFC", path) for path in site.stamps}
    whole = paths.issuperset([*readings, *(note.path for note in site.parts.notes)])  # else a link leads to some
    searched = Searched(
        program=program() if whole else b"",
        start=max((one for one in times if one <= now), default=None),
        end=min((one for one in times if one > now), default=None),
        day=next((reading.day for reading in readings.values() if reading.day), ""),
        git=git_of_captures(Path(site.config.folder), site.stamps),
        stamps=_but_addresses(site.stamps),
        gives={} if site.reviews.decides else {path: _gives(readings[path], found) for path, found in cut.items()},
        phrases=tuple(phrases),
        clean=clean,
        noted=None,
    )
    _keep(site.store, searched)


def _gives(reading: ReadingRow, cut: Collection[Phrase]) -> bytes:
    decides, said = encode((reading.place, [*cut])), reading.title.encode()
    return b"".join(hashlib.blake2b(one, digest_size=_PART).digest() for one in (decides, said))


def _but_addresses(stamps: Stamps) -> Stamps:
    """Return the stamps of what decides about publication: all but of the list of addresses, to which a deploy adds."""
    return {path: stamp for path, stamp in stamps.items() if path != URLS_FILE}


def _keep(store: Store, searched: Searched) -> None:
    with store.writing():
        store.database.put("meta", [(_ROW, encode(searched))])


def clean_before(store: Store, phrases: Collection[Phrase]) -> frozenset[str]:
    """Return the beginnings of the digests of files in which none of the phrases is: those of a search for the same."""
    with suppress(ValueError, StoreDamaged):
        row = store.database.get("meta", _ROW)
        before: Searched | None = decode(row, Searched) if row else None
        if before and digest_of(before.phrases) == digest_of(phrases):
            return before.clean
    return frozenset()


def still_searched(folder: Path) -> Searched | None:
    """Return the last search of an output as it holds for the content of now; None when the content has to be read."""
    return asked_of_store(BuildRequest(folder=folder), lambda store: _still(folder, store))


def keep_still(folder: Path, searched: Searched) -> None:
    """Keep what `still_searched` gave, with what was found out since."""
    asked_of_store(BuildRequest(folder=folder), lambda store: _keep(store, searched))


def asked_of_store(request: BuildRequest, ask: Callable[[Store], T | None]) -> T | None:
    """Return what the store of a site knows, or None when it knows nothing that can be trusted."""
    place = store_file(request)
    if not place.is_file() or place.is_symlink() or is_exposed(request.store):
        return None
    try:
        with closing(Database(place)) as database:
            return ask(Store(database))
    except (StoreDamaged, sqlite3.Error, ValueError, OSError):
        return None


def _still(folder: Path, store: Store) -> Searched | None:
    row, stamps = store.database.get("meta", _ROW), look(BuildRequest(folder=folder)).stamps
    config, _ = load_config(folder.resolve(), at=None, preview=False, environment=os.environ)
    before: Searched | None = decode(row, Searched) if row else None
    if (
        not before
        or not config
        or before.program != program()
        or before.git != git_of_captures(Path(config.folder), stamps)
    ):
        return None
    now = _but_addresses(stamps)
    holds = holds_at(config.now, before.start, before.end, before.day, config.timezone)
    if not holds or now.keys() != before.stamps.keys():
        return None
    changed = [path for path, stamp in now.items() if not unchanged(before.stamps[path], stamp)]
    gives = {path: _gives_now(path, now[path], store, config) for path in changed}
    if any(before.gives.get(path, b"")[:_PART] != found[:_PART] or not found for path, found in gives.items()):
        return None
    same = all(before.gives[path] == found for path, found in gives.items())  # else a headline is noted with an address
    noted = before.noted if same else None
    return structs.replace(before, stamps=now, gives={**before.gives, **gives}, noted=noted)


def _gives_now(path: str, stamp: FileStamp, store: Store, config: SiteConfig) -> bytes:
    """Return what a changed file of an article gives, if the store has read the bytes that it has now; else nothing."""
    if path != normalize("NFC", path) or path.lower().endswith(".txt"):  # whose dates may be those of its file
        return b""
    reading, today = store.readings_of([path]).get(path), config.now.date().isoformat()
    if not reading or not reading.place or reading.day not in ("", today) or errors(reading.problems):
        return b""
    digest = digest_of_file(Path(config.folder), path, stamp)
    if not digest or (reading.key, reading.setting) != (digest, setting_of(config)):
        return b""
    return _gives(reading, [*WithheldTexts(config, store).cut(path)])


def noted_before(folder: Path, files: Collection[str]) -> frozenset[str] | None:
    """Return what was taken down, where a deploy noted all addresses of an output with these files; else None."""
    now = still_searched(folder)
    before = now.noted if now else None
    return before.taken_down if before and before == _noted(folder, files, before.taken_down) else None


def keep_noted(folder: Path, files: Collection[str], taken_down: frozenset[str]) -> None:
    """Keep that all addresses of an output are noted now."""
    if now := still_searched(folder):
        keep_still(folder, structs.replace(now, noted=_noted(folder, files, taken_down)))


def _noted(folder: Path, files: Collection[str], taken_down: frozenset[str]) -> Noted | None:
    content = os.path.realpath(folder / "content")
    try:
        addresses = read_below(content, f"{content}{os.sep}{URLS_FILE.rpartition('/')[2]}")
    except OSError:
        return None
    paths = "\n".join(sorted(files)).encode()
    return Noted(addresses=_sha256(addresses), paths=_sha256(paths), taken_down=taken_down)


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
