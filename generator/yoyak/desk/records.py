"""The records of a site's review, and the one way in which something is added to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path, PurePosixPath
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from msgspec import structs

from yoyak.build.survey import Survey, survey
from yoyak.grouping.publication import edition_starts_at, ribbon_of, starts_at
from yoyak.messages.errors import YoyakError
from yoyak.model.build import BuildRequest
from yoyak.model.message import Problem, say
from yoyak.model.review import Event, Review, Seen
from yoyak.model.types import Article, Note, Person, Place, Record, Ribbon, SafeHtml
from yoyak.pipeline.load import is_edition
from yoyak.review.files import seen_at, write_event
from yoyak.review.seen import seen_of
from yoyak.store.store import place_in
from yoyak.text.urls import page_url


class BoardEntry(Record, kw_only=True):
    """An article on the board."""

    path: str
    title: str
    place: Place
    review: Review
    ribbon: Ribbon | None
    """Why it is not published now, by review or otherwise."""

    @property
    def open_notes(self) -> int:
        return sum(one.open for one in self.review.threads)

    @property
    def starts(self) -> datetime | None:
        """When it goes out; None when no time is said."""
        return starts_at(self.place)


class Records:
    """What was said and decided of the articles of a site, beside what they say now."""

    def __init__(self, found: Survey) -> None:
        self.survey, self.config = found, found.config
        self.folder = Path(found.config.folder)
        self.zone = ZoneInfo(found.config.timezone)

    @cached_property
    def editions(self) -> Mapping[str, tuple[Review, Seen]]:
        """Return how each edition stands, with what is approved, by the path of its file, which may be missing."""
        found = self.survey.reviews.of_editions(self.survey.parts.places, self.survey.parts.notes)
        return {f"content/editions/{key}.md": (review, seen) for key, review, seen in found}

    def paths(self) -> tuple[str, ...]:
        """Return the paths of all articles that could be read."""
        return tuple(path for path, reading in self.survey.parts.readings.items() if reading.place)

    def path_of(self, url: str) -> str:
        """Return the path of the article or the edition that has a page at an address; empty for another page."""
        readings = self.survey.parts.readings.items()
        found = next((path for path, reading in readings if reading.place and reading.place.url == url), "")
        base = page_url(self.config.base_path, "editions")
        key = unquote(url).removeprefix(base).strip("/") if url.startswith(base) else ""
        return found or next((path for path in self.editions if path == f"content/editions/{key}.md"), "")

    def entry(self, path: str) -> BoardEntry:
        """Return one article as it stands.

        Raises:
            YoyakError: there is no such article, or it cannot be read.
        """
        if is_edition(path):
            return self._edition(path)
        reading = self.survey.parts.readings.get(path)
        if reading is None or reading.place is None:
            raise YoyakError(say("review.no-article", path=path))
        place = place_in(reading.place, self.zone)
        return BoardEntry(
            path=path,
            title=reading.title,
            place=place,
            review=self.review(path),
            ribbon=ribbon_of(place, self.config.now),
        )

    def _edition(self, path: str) -> BoardEntry:
        if path not in self.editions:
            raise YoyakError(say("review.no-article", path=path))
        key, note = PurePosixPath(path).stem, self.note(path)
        held = next((one for one in self.survey.site.held if one.path == path), None)
        url = page_url(self.config.base_path, "editions", key)
        place = Place(path=path, slug=key, url=url, publish_at=edition_starts_at(note) if note else None)
        ribbon = held.reason if held else None
        title = note.title if note and note.title else key
        return BoardEntry(path=path, title=title, place=place, review=self.review(path), ribbon=ribbon)

    def note(self, path: str) -> Note | None:
        """Return the file of an edition, if it has one."""
        return next((one for one in self.survey.parts.notes if one.path == path), None)

    def entries(self) -> Iterator[BoardEntry]:
        """Yield every article as it stands, in the order of the paths."""
        yield from map(self.entry, self.paths())
        if self.config.review.editions:
            yield from map(self.entry, self.editions)

    def review(self, path: str, added: Iterable[Event] = ()) -> Review:
        """Return how an article or an edition stands, with events that were added since the records were read."""
        if is_edition(path):
            before, seen = self.editions[path]
            return self.survey.reviews.of_edition(path, seen, added) if added else before
        reading = self.survey.parts.readings[path]
        if added and not reading.seen:  # these are the site's first events
            reading = structs.replace(reading, seen=self.seen(path).digest, authors=self.article(path).authors)
        review = self.survey.reviews.review(path, reading, added)
        assert review
        return review

    def events(self, path: str) -> tuple[Event, ...]:
        """Return what was said and decided of an article, in the order of time."""
        found = (one for one in self.survey.reviews.of(path) if isinstance(one, Event))
        return tuple(sorted(found, key=lambda one: (one.at, one.name)))

    def problems(self, path: str) -> tuple[Problem, ...]:
        """Return what is wrong with an article's file."""
        return tuple(one for one in self.survey.problems if one.path == path)

    def article(self, path: str) -> Article:
        return self.survey.store.article(path, self.zone)

    def html(self, path: str) -> SafeHtml:
        """Return the body of an article."""
        if is_edition(path):
            note = self.note(path)
            return note.html if note else SafeHtml("")
        body = self.article(path).body
        return self.survey.store.body(body) if body else SafeHtml("")

    def seen(self, path: str) -> Seen:
        """Return what a reader gets of an article, or what is approved with an edition, now."""
        if is_edition(path):
            return self.editions[path][1]
        return seen_of(self.article(path), self.html(path), self.config.base_path)

    def seen_then(self, path: str, digest: str) -> Seen | None:
        """Return what a verdict saw; None when that was not kept."""
        now = self.seen(path)
        return now if now.digest == digest else seen_at(self.folder, path, digest)

    def add(self, path: str, event: Event, *, seen: str = "") -> Event:
        """Write an event on an article as it is now; return it with its name.

        With `seen`, the digest of what its author looked at, the words must still be these.

        Raises:
            YoyakError: it was changed meanwhile, or the disk does not take it.
        """
        now = self.seen(path)
        if seen and seen != now.digest:
            raise YoyakError(say("review.changed-meanwhile", path=path))
        return write_event(self.folder, path, structs.replace(event, seen=now.digest), now)


def event_now(what: str, by: Person, **values: object) -> Event:
    """Return an event of this moment, of which is not yet known what it is about."""
    return structs.replace(Event(name="", event="note", by=by, at=datetime.now(UTC), seen=""), event=what, **values)


@contextmanager
def records(folder: Path, *, preview: bool = False, at: datetime | None = None) -> Iterator[Records]:
    """Give the records of a site as it is now; with `preview` those of the preview's own store.

    Raises:
        YoyakError: there is no site, or its settings cannot be read.
    """
    from yoyak.paths import PREVIEW

    output = folder.resolve() / PREVIEW if preview else None
    with survey(BuildRequest(folder=folder, output=output, preview=preview, at=at, jobs=None)) as found:
        yield Records(found)
