"""Parse of a whole content folder: what is known is not read again, the rest side by side, with limits for each file.

A reading holds still while its file, the settings that readers read, and whatever it asked for beside it (pictures, the
addresses of other articles, also those that were not there) are the same. What a file asks for is written down as it
asks, so that nothing can be forgotten.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from msgspec import structs

from yoyak.engine.parse_files import ReadNote, key_of, read_each, setting_of, told_of_asset, warm_up
from yoyak.engine.reviews import Reviews
from yoyak.files.handles import folders_kept
from yoyak.grouping.publication import Issues, issues_of, ribbon_of_page, ribbons_of
from yoyak.model.build import GuardedMap
from yoyak.model.message import Problem, errors
from yoyak.model.sources import NO_FILE, Asset, FileStamp, Listed, Listing, SourceFile, unchanged
from yoyak.model.types import BodyLink, Note, Place, Record, ReviewHold
from yoyak.pipeline.load import is_edition, is_note, read_source_file
from yoyak.pipeline.parse import read_rules, surroundings, unread_edition
from yoyak.readers.around import Surroundings
from yoyak.readers.links import NAMED, name_key
from yoyak.settings.config import SiteConfig
from yoyak.store.remembered import FileRow, Read, ReadingRow
from yoyak.store.stamps import Stamps
from yoyak.store.store import Kept, Store, place_in
from yoyak.text.names import AddressesOf, AllBut, NamesOf, name_of_path
from yoyak.text.sanitize import digest_of
from yoyak.text.urls import page_url

T = TypeVar("T")

TOGETHER = 250
"""Files whose texts go to the store at a time, while others are read."""


class ParsedFiles(Record, kw_only=True):
    """What parse made of all files."""

    places: tuple[Place, ...]
    notes: tuple[Note, ...]
    readings: Mapping[str, ReadingRow]
    """Of every article's file, by its path."""
    left_out: tuple[str, ...]
    """Paths of the files that an error keeps off the site."""
    links_left_out: Mapping[str, tuple[BodyLink, ...]]
    """By path, of the bodies of these files all, of others those that lead to no page."""
    reads_of_notes: Mapping[str, tuple[Read, ...]]
    """What they asked for, by path."""
    problems_of: Mapping[str, tuple[Problem, ...]]
    """By path, of articles that have any."""
    problems: tuple[Problem, ...]
    """All others."""
    named: bool
    """Some text links to an article by its headline or its file's name."""
    stamps: Mapping[str, FileStamp]
    """Of the files that were read, by path."""
    reviews: Reviews
    holds: Mapping[str, ReviewHold]
    """Which editions review holds back, by key."""


class Known(Record, kw_only=True):
    """What earlier builds know of the files, and what the disk says of them now."""

    store: Store
    files: Mapping[str, FileRow]
    stamps: Stamps
    keep_good: bool = False
    """Let an article that was read before stand in for a file that broke: only a preview does."""


def parse_all(
    listing: Listing,
    assets: Mapping[str, Asset],
    config: SiteConfig,
    each: GuardedMap,
    known: Known,
    pages: frozenset[str] | None = None,
) -> ParsedFiles:
    """Return what the articles and notes of a content folder say, and keep it in the store.

    `pages` are the addresses of all pages. They follow from what this gives: before they are known, every link into the
    site is taken to lead to one; `yoyak.plans.names_no_page` says whether that was right.
    """
    reading = _Run(listing, assets, config, each, known, pages)
    reading.read({}, set(reading.listed))
    addresses = AddressesOf(dict(reading.addresses()))
    reading.read(addresses, reading.asking(addresses))
    return reading.parts()


class _Run:
    """One parse of all files under way."""

    def __init__(
        self,
        listing: Listing,
        assets: Mapping[str, Asset],
        config: SiteConfig,
        each: GuardedMap,
        known: Known,
        pages: frozenset[str] | None,
    ) -> None:
        self.pages = pages
        self.config, self.each, self.known, self.assets = config, each, known, assets
        self.listed = {one.path: one for one in listing.texts}
        self.around = surroundings(config, assets, {}, NamesOf(listing.paths), AllBut(pages) if pages else {})
        self.setting = setting_of(config)
        self.day = config.now.date().isoformat()
        self.readings: dict[str, ReadingRow] = {}
        self.notes: dict[str, ReadNote] = {}
        self.before = known.store.readings()
        self.good = known.store.good() if known.keep_good else {}
        self.stamps: dict[str, FileStamp] = {}
        self.zone = self.around.zone
        self.reviews = Reviews(config, known.stamps, known.store)
        self.sources = self._read_first(listing)
        self.refused = tuple(path for path in listing.others if is_edition(path))
        gone = [path for path in self.before if path not in self.listed]
        if gone:
            known.store.forget(gone)

    def _read_first(self, listing: Listing) -> dict[str, SourceFile]:
        """Return the captures, for which git may be asked, and what may have changed, with their bytes."""
        captures = [one for one in listing.articles if one.path.lower().endswith(".txt")]
        if not captures:
            return {}
        from yoyak.files.first_seen import with_first_seen

        read = [source for one in captures if isinstance(source := read_source_file(one), SourceFile)]
        locations = {one.path: one.location for one in captures}
        return {source.path: source for source in with_first_seen(Path(self.config.folder), read, locations)}

    # --- what has to be read ---

    def read(self, addresses: Mapping[str, str], wanted: set[str]) -> None:
        """Read the files in `wanted`, in the order of their paths; keep what is known of the others."""
        todo = [one for path, one in self.listed.items() if path in wanted and not self._is_known(one, addresses)]
        around = structs.replace(self.around, addresses=addresses)
        if not todo:
            return
        warm_up(todo, around)
        with folders_kept():
            self._read(todo, around)

    def _read(self, todo: Sequence[Listed], around: Surroundings) -> None:
        kept: list[Kept] = []
        for found in self._read_each(todo, self.sources, around):
            self.stamps[found.path] = found.stamp
            if isinstance(found, ReadNote):
                self.notes[found.path] = found
                continue
            self.readings[found.path] = found.reading
            kept.append(found)
            if len(kept) == TOGETHER:
                self._keep(kept)
                kept = []
        self._keep(kept)
        if self.known.keep_good:
            from yoyak.engine.good_notes import with_good  # only a preview needs it

            self.notes = with_good(self.notes, self.listed, self.known.store, partial(self._read_each, around=around))

    def _read_each(
        self, todo: Sequence[Listed], sources: Mapping[str, SourceFile], around: Surroundings
    ) -> Iterator[Kept | ReadNote]:
        return read_each(todo, sources, around, self.config, self.each, self.setting)

    def _is_known(self, listed: Listed, addresses: Mapping[str, str]) -> bool:
        path = listed.path
        if is_note(path):
            return False
        before = self.readings.get(path) or self.before.get(path)
        if before is None or not self._holds(before, addresses) or before.key != self._key(listed):
            return False
        self.readings[path] = before
        return True

    def _holds(self, before: ReadingRow, addresses: Mapping[str, str]) -> bool:
        return (
            before.setting == self.setting
            and before.day in ("", self.day)
            and all(self._still(read, addresses) for read in before.reads)
        )

    def _still(self, read: Read, addresses: Mapping[str, str]) -> bool:
        if read.what == "asset":
            return read.value == told_of_asset(self.assets.get(read.name))
        if read.what == "name":
            return read.value == self.around.names.get(read.name, "")
        if read.what == "gone":
            return self.pages is None or bool(read.value) == (read.name not in self.pages)
        return not addresses or read.value == addresses.get(read.name, "")

    def _key(self, listed: Listed) -> str:
        """Return the key of a file's bytes: remembered with its stamp, else found by reading it."""
        source = self.sources.get(listed.path)
        if source is None:
            raw = raw_path(listed, self.config)
            before, now = self.known.files.get(raw), self.known.stamps.get(raw)
            if before and now and unchanged(before.stamp, now) and before.key:
                return before.key
            read = read_source_file(listed)
            if isinstance(read, Problem):
                return ""
            source = self.sources[listed.path] = read
        return key_of(source)

    def asking(self, addresses: Mapping[str, str]) -> set[str]:
        """Return the files that asked for an address and got another one than there is."""
        asked = [(path, one.reads) for path, one in self.readings.items()]
        asked += [(path, one.reads) for path, one in self.notes.items()]
        return {
            path
            for path, reads in asked
            if any(read.what == "address" and read.value != addresses.get(read.name, "") for read in reads)
        }

    def addresses(self) -> Iterator[tuple[str, str]]:
        """Yield the path and the address of everything that a link may name, and the names that some link uses."""
        urls_of: dict[str, set[str]] = defaultdict(set)
        is_named, waiting = self._is_named(), self._waiting()
        for path, reading in self.readings.items():
            found = self.reviews.held(path, self._effective(path, reading))
            if (place := found.place) and path not in waiting:
                yield path, place.url
                for name in {name_key(name_of_path(path)), name_key(found.title)} if is_named else ():
                    urls_of[name].add(place.url)
        yield from ((name, urls.pop()) for name, urls in urls_of.items() if len(urls) == 1)
        for note in self.notes.values():
            if (
                note.note
                and note.path.startswith("content/pages/")
                and (self.config.preview or ribbon_of_page(note.note) is None)
            ):
                yield note.path, page_url(self.around.base_path, note.note.slug)

    def _waiting(self) -> Mapping[str, object]:
        """Return the paths of articles whose addresses no other article may name: that would give them away."""
        if self.config.preview:
            return {}
        found = (self.reviews.held(path, self._effective(path, reading)) for path, reading in self.readings.items())
        places = [place_in(one.place, self.zone) for one in found if one.place]
        together = self.config.release == "together"
        editions = self._editions()
        holds = self.reviews.editions(places, editions) if together else {}
        issues = issues_of(places, editions, self.config, holds)[0] if together else Issues()
        return ribbons_of(places, issues, self.config)

    def _editions(self) -> tuple[Note, ...]:
        """Return the files of editions, those too that are not understood."""
        read = (self.notes[path] for path in self.listed if path in self.notes and is_edition(path))
        notes = (one.note or one.unread or unread_edition(one.path, None, self.zone) for one in read)
        return (*notes, *(unread_edition(path, None, self.zone) for path in self.refused))

    def _is_named(self) -> bool:
        return any(map(asks_for_names, self.readings.values())) or any(map(asks_for_names, self.notes.values()))

    # --- what came of it ---

    def _keep(self, kept: Sequence[Kept]) -> None:
        if not self.known.keep_good:
            self.known.store.keep(kept)
            return
        broken = {one.path: before for one in kept if not one.article and (before := self._was_good(one.path))}
        self.good |= broken
        for one in kept:
            if one.article:
                self.good.pop(one.path, None)
        self.known.store.keep(kept, last_good=broken)

    def _was_good(self, path: str) -> ReadingRow | None:
        before = self.before.get(path)
        return before if before and before.place else None

    def _effective(self, path: str, reading: ReadingRow) -> ReadingRow:
        """Return a reading, or for a file that broke its last good one with the new problems."""
        good = self.good.get(path)
        if reading.place is None and good and errors(reading.problems):
            return structs.replace(good, problems=reading.problems)
        return reading

    def parts(self) -> ParsedFiles:
        readings = {path: self._effective(path, self.readings[path]) for path in self.listed if path in self.readings}
        self.reviews.follow(readings)
        readings = {path: self.reviews.held(path, reading) for path, reading in readings.items()}
        notes = [self.notes[path] for path in self.listed if path in self.notes]
        bodies = {digest_of(one.note.html): one.note.html for one in notes if one.note and one.note.html}
        if bodies:
            self.known.store.keep_bodies(bodies)
        problems_of = {path: one.problems for path, one in readings.items() if one.problems}
        of_notes = tuple(problem for one in notes for problem in one.problems)
        broken = [
            path for path, found in (*problems_of.items(), *((n.path, n.problems) for n in notes)) if errors(found)
        ]
        places = tuple(place_in(one.place, self.zone) for one in readings.values() if one.place)
        return ParsedFiles(
            places=places,
            holds=self.reviews.editions(places, self._editions()),
            notes=(*self._editions(), *(one.note for one in notes if one.note and not is_edition(one.path))),
            readings=readings,
            left_out=tuple(broken),
            links_left_out={
                **{path: found.links for path, found in self.readings.items() if found.links},
                **{found.path: found.links for found in notes if found.links},
            },
            reads_of_notes={one.path: one.reads for one in notes},
            problems_of=problems_of,
            problems=(*read_rules(self.config)[1], *of_notes, *self.reviews.problems(readings)),
            named=self._is_named(),
            reviews=self.reviews,
            stamps={**{path: source.stamp for path, source in self.sources.items()}, **self.stamps},
        )


def asks_for_names(reading: ReadingRow | ReadNote) -> bool:
    """Tell whether a text links to an article by its headline or its file's name."""
    return any(read.name.startswith(NAMED) for read in reading.reads)


def raw_path(listed: Listed, config: SiteConfig) -> str:
    """Return a file's path below the site folder as the disk spells it."""
    return listed.location.removeprefix(f"{config.folder}/")


def as_read(stamps: Stamps, read: Mapping[str, FileStamp], config: SiteConfig, listed: Iterable[Listed]) -> Stamps:
    """Return what the files looked like; of one that was exchanged before it was read, as nothing to be sure of.

    Else a file that is put back with its old time would be taken for the one that was read in its place.
    """
    doubtful = {
        raw: now._replace(sure=False)
        for one in listed
        if (found := read.get(one.path, NO_FILE)) != NO_FILE
        if (now := stamps.get(raw := raw_path(one, config))) and not unchanged(found, now)
    }
    return {**stamps, **doubtful} if doubtful else stamps
