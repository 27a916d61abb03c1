"""What content/_reviews/ decides of a site: which articles review holds back. Folders that look as they did are not
read again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import normalize

from msgspec import structs

from yoyak.model.message import Problem, problem_of, say, warning
from yoyak.model.review import Event, Review, Seen, VoidEvent
from yoyak.model.schema import ReviewKeys
from yoyak.model.types import Note, Place, ReviewHold, Ribbon
from yoyak.pipeline.load import is_edition
from yoyak.review.folders import folder_of, folders, links
from yoyak.settings.config import SiteConfig
from yoyak.store.remembered import ReadingRow, ReviewRow
from yoyak.store.stamps import Stamps, digest_of_stamps
from yoyak.store.store import Store

if TYPE_CHECKING:
    from yoyak.review.state import Reviewed

EDITIONS = "content/_reviews/editions"
Found = tuple[Event | VoidEvent, ...]


class Reviews:
    """The events of a site, and what follows from them for its articles."""

    def __init__(self, config: SiteConfig, stamps: Stamps, store: Store | None = None) -> None:
        self._config, self._stamps, self._store = config, stamps, store
        self._moved: dict[str, Found] = {}

    @cached_property
    def events(self) -> Mapping[str, Found]:
        """Return the events by their folder, in NFC."""
        on_disk = folders(self._stamps)
        known = self._store.reviews() if self._store and on_disk else {}
        rows = {folder: self._row(paths, known.get(folder)) for folder, paths in on_disk.items()}
        if self._store and (rows or known):
            changed = {folder: row for folder, row in rows.items() if row is not known.get(folder)}
            self._store.keep_reviews(changed, [folder for folder in known if folder not in rows])
        found: dict[str, Found] = {}
        for folder, row in rows.items():
            name = normalize("NFC", folder)
            found[name] = (*found.get(name, ()), *row.events, *row.void)
        return found

    def _in(self, folder: str) -> Found:
        """Return the events of a folder. What stands behind a link is not read, and holds back."""
        above = (link for link in self._links if f"{folder}/".startswith(f"{normalize('NFC', link)}/"))
        return (*(VoidEvent(name=link, harmless=False) for link in above), *self.events.get(folder, ()))

    @cached_property
    def _links(self) -> tuple[str, ...]:
        return links(self._config.folder, self._stamps)

    def _row(self, paths: list[str], before: ReviewRow | None) -> ReviewRow:
        stamps = digest_of_stamps({path: self._stamps[path] for path in paths})
        if before and stamps and before.stamps == stamps:
            return before
        from yoyak.review.files import event_at

        found = [event_at(Path(self._config.folder), path) for path in paths]
        events = tuple(one for one in found if isinstance(one, Event))
        return ReviewRow(stamps, events, tuple(one for one in found if isinstance(one, VoidEvent)))

    @property
    def decides(self) -> bool:
        """Tell whether anything can be held back."""
        return self._config.review.required or bool(self.events or self._links)

    def of(self, path: str) -> Found:
        """Return the events of an article, those too that stand where it stood before it was renamed."""
        return (*self._in(normalize("NFC", folder_of(path))), *self._moved.get(path, ()))

    def review(self, path: str, reading: ReadingRow, added: Iterable[Event] = ()) -> Review | None:
        """Return how an article stands, with events that were added meanwhile; None for a file that gives none."""
        from yoyak.review.state import Reviewed

        if reading.place is None:
            return None
        subject = Reviewed(status=reading.place.status, seen=reading.seen, authors=reading.authors)
        return self._review(path, subject, added, self._config.review)

    def of_edition(self, path: str, seen: Seen, added: Iterable[Event] = ()) -> Review:
        """Return how an edition stands, by the path of its file, which may be missing."""
        from yoyak.review.state import Reviewed

        return self._review(path, Reviewed(status="review", seen=seen.digest), added, self._edition_policy)

    def _review(self, path: str, subject: Reviewed, added: Iterable[Event], policy: ReviewKeys) -> Review:
        from yoyak.review.state import review_of

        found = self.of(path)
        names = {one.name for one in found}
        return review_of(subject, (*found, *(one for one in added if one.name not in names)), policy)

    @property
    def _edition_policy(self) -> ReviewKeys:
        return structs.replace(self._config.review, required=self._config.review.editions)

    def held(self, path: str, reading: ReadingRow) -> ReadingRow:
        """Return a reading whose place says what review holds it back for."""
        if reading.place is None or not self.decides:
            return reading
        place, review = reading.place, self.review(path, reading)
        assert review
        hold, status = None, place.status
        if review.ribbon and review.ribbon != "draft":
            hold = _hold(review, review.ribbon)
        elif self._config.review.required and review.state == "approved" and status == "review":
            status = "approved"  # on record, which counts for more than what the file says
        seen = reading.seen if self._config.review.editions else ""
        changed = structs.replace(place, review=hold, status=status, seen=seen)
        return reading if changed == place else structs.replace(reading, place=changed)

    def editions(self, places: Iterable[Place], notes: tuple[Note, ...]) -> dict[str, ReviewHold]:
        """Return which editions review holds back, by key: all that are not approved, where site.yaml asks for it."""
        said = self._links or any(folder.startswith(f"{EDITIONS}/") for folder in self.events)
        asked = self._config.review.editions or said
        found = self.of_editions(places, notes) if asked else ()
        return {key: _hold(review, review.ribbon) for key, review, _ in found if review.ribbon}

    def of_editions(self, places: Iterable[Place], notes: tuple[Note, ...]) -> Iterator[tuple[str, Review, Seen]]:
        """Yield the key of each edition, how it stands, and what is approved with it."""
        from yoyak.grouping.publication import issues_of
        from yoyak.review.seen import edition_seen, is_member

        places = tuple(places)
        issues, _ = issues_of(places, tuple(one for one in notes if is_edition(one.path)), self._config)
        members: dict[str, list[Place]] = {key: [] for key in issues.files}
        for place in filter(is_member, places):
            if key := issues.key_of.get(place.path):
                members.setdefault(key, []).append(place)
        for key, articles in sorted(members.items()):
            seen = edition_seen(key, issues.files.get(key), articles, self._config.base_path)
            yield key, self.of_edition(f"content/editions/{key}.md", seen), seen

    def follow(self, readings: Mapping[str, ReadingRow]) -> None:
        """Find events of articles that were renamed: some event of both folders is about the same words.

        A hold holds wherever its words are, also when another article has taken the place at which they stood.
        """
        if not self.events:
            return
        lost = self._lost(readings)
        saw: dict[str, set[str]] = {}
        for path, reading in readings.items():
            own = {one.seen for one in self.of(path) if isinstance(one, Event)}
            for digest in own | ({reading.seen} if reading.seen else set()):
                saw.setdefault(digest, set()).add(path)
        for folder in lost:
            digests = {one.seen for one in self.events[folder] if isinstance(one, Event)}
            paths = {path for digest in digests for path in saw.get(digest, ())}
            if len(paths) == 1:
                self._move(paths.pop(), self.events[folder])
        for folder in self.events.keys() - set(lost):
            self._follow_holds(folder, saw)

    def _follow_holds(self, folder: str, saw: Mapping[str, set[str]]) -> None:
        from yoyak.review.state import standing_holds

        for hold in standing_holds(one for one in self.events[folder] if isinstance(one, Event)):
            for path in saw.get(hold.seen, ()):
                if normalize("NFC", folder_of(path)) != folder and not is_edition(path):
                    self._move(path, (hold,))

    def _move(self, path: str, found: Found) -> None:
        self._moved[path] = (*self._moved.get(path, ()), *found)

    def _lost(self, paths: Iterable[str]) -> list[str]:
        """Return the folders that stand beside no article."""
        owned = {normalize("NFC", folder_of(path)) for path in paths}
        return [one for one in self.events if one not in owned and not one.startswith(f"{EDITIONS}/")]

    def problems(self, readings: Mapping[str, ReadingRow]) -> Iterator[Problem]:
        """Yield what is wrong with the files of review, and articles that only say of themselves to be approved."""
        for folder, found in self.events.items():
            for one in found:
                if isinstance(one, VoidEvent):
                    yield _void(f"{folder}/{one.name}.yaml", one)
        for link in self._links:
            yield problem_of("link-to-folder", link)
        moved = {id(one) for found in self._moved.values() for one in found}
        for folder in self._lost(readings):
            if not all(id(one) in moved for one in self.events[folder]):
                yield _without_article(folder, self.events[folder])
        if self._config.review.required:
            for path, reading in readings.items():
                place = reading.place
                if place and place.status in ("approved", "unlisted") and not self.of(path):
                    hint = say("approval-not-recorded.hint", command=f"yoyak review approve {path}")
                    said = {"status": place.status, "line": "review: {required: true}"}
                    yield warning("approval-not-recorded", path, hint=hint, **said)


def _hold(review: Review, ribbon: Ribbon) -> ReviewHold:
    return ReviewHold(ribbon=ribbon, by=review.by, waits_for=review.waits_for, said=review.said)


def _void(path: str, event: VoidEvent) -> Problem:
    if event.harmless:
        return warning("void-review", path)
    return warning("void-review.holds", path, hint=say("void-review.hint"))


def _without_article(folder: str, found: Found) -> Problem:
    """Return the problem of events whose article is not there: an error when one of them holds it back."""
    from yoyak.review.state import standing_holds

    holds = any(isinstance(one, VoidEvent) and not one.harmless for one in found)
    holds = holds or bool(standing_holds(one for one in found if isinstance(one, Event)))
    if not holds:
        return warning("review-without-article", f"{folder}/", count=len(found))
    hint = say("review-without-article.hint")
    return problem_of("review-without-article.holds", f"{folder}/", hint=hint, count=len(found))
