"""The file that a reviewer saves from a preview and sends: JSON, as docs/reference/review-files.md describes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from hashlib import sha256
from typing import Annotated, Any, Literal
from unicodedata import normalize
from urllib.parse import unquote

from msgspec import DecodeError, Meta, field, json, structs

from yoyak.build.survey import survey
from yoyak.desk.arrivals import Arrival, Arrivals, outside, refuse, same_words, why_refused
from yoyak.desk.records import Records
from yoyak.model.build import BuildRequest
from yoyak.model.message import Words, say
from yoyak.model.review import Anchor, Digest, Event, EventKeys, Seen
from yoyak.model.targets import Keys
from yoyak.model.types import Person
from yoyak.portable.panel import PanelPages, ReviewedPage
from yoyak.review.blocks import folded
from yoyak.review.events import instant, named
from yoyak.review.files import seen_at
from yoyak.review.seen import seen_from, seen_text

VERSION = "yoyak-review"
_MOST = 10_000


class SavedEvent(EventKeys, kw_only=True):
    """The keys of an event's file, and which article it is about."""

    path: Annotated[str, Meta(max_length=1000)]
    id: Annotated[str, Meta(max_length=120, description="By which other events of this file answer it.")] = ""


class SavedReview(Keys, kw_only=True):
    version: Literal[1] = field(name=VERSION)
    site: Annotated[str, Meta(max_length=2000)] = ""
    events: Annotated[tuple[SavedEvent, ...], Meta(max_length=_MOST)]
    seen: dict[Digest, str] = {}


def saved_review(records: Records, paths: Iterable[str]) -> bytes:
    """Return all events of some articles as such a file."""
    events, seen = [], {}
    for path in paths:
        for event in records.events(path):
            events.append(_saved(path, event))
            if then := records.seen_then(path, event.seen):
                seen[event.seen] = seen_text(then)
    whole = SavedReview(version=1, site=records.config.base_url, events=tuple(events), seen=seen)
    return json.format(json.encode(whole), indent=2)


def _saved(path: str, event: Event) -> SavedEvent:
    keys: dict[str, Any] = structs.asdict(event)
    by = {"name": event.by.name, "email": event.by.email or ""}
    keys |= {"id": keys.pop("name"), "path": path, "by": by, "at": event.at.isoformat(timespec="milliseconds")}
    keys["anchor"] = structs.asdict(event.anchor) if event.anchor else None
    return json.decode(json.encode(keys), type=SavedEvent)


def arriving(records: Records, file: str, data: bytes) -> Arrivals:
    """Return the events of such a file.

    Raises:
        YoyakError: something in it cannot be right; then nothing of it is to be written.
    """
    try:
        saved = json.decode(data, type=SavedReview)
    except (DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise refuse(file, [say("review.refused.json", why=str(error).splitlines()[0])]) from error
    return _Checked(records, file, saved).arrivals()


class _Checked:
    """The events of one file, each looked at."""

    def __init__(self, records: Records, file: str, saved: SavedReview) -> None:
        self.records, self.file, self.saved = records, file, saved
        self.reasons: list[Words] = []
        self.told: list[Words] = []
        self.complete = True
        self.seen = self._texts()
        self.now = cache(records.seen)
        self.kept = cache(lambda path, digest: seen_at(records.folder, path, digest))
        self.known = cache(lambda path: {one.name: one for one in records.events(path)})
        self.article = cache(lambda path, digest: same_words(path, digest, records))

    def arrivals(self) -> Arrivals:
        """Return what is to be written.

        Raises:
            YoyakError: something is not right.
        """
        if self.saved.site and self.saved.site != self.records.config.base_url:
            self.told.append(say("review.other-site", site=self.saved.site, ours=self.records.config.base_url))
        read = [self._read(number, one) for number, one in enumerate(self.saved.events, 1)]
        found = self._with_names([one for one in read if one])
        if self.reasons:
            raise refuse(self.file, self.reasons)
        new: dict[tuple[str, str], Arrival] = {}
        known = 0
        for path, event in found:
            new_one = new.get((path, event.name))
            there = new_one.event if new_one else self.known(path).get(event.name)
            if there not in (None, event):
                raise refuse(self.file, [say("review.refused.same-name", event=event.name)])
            if there:
                known += 1
            else:
                new[path, event.name] = Arrival(path=path, event=event, seen=self._seen(path, event))
        return Arrivals(
            events=tuple(new.values()), known=known, told=tuple(dict.fromkeys(self.told)), complete=self.complete
        )

    def _texts(self) -> dict[str, Seen]:
        """Return what was seen, each text by its digest, after looking whether it is that."""
        found: dict[str, Seen] = {}
        used = {one.seen for one in self.saved.events}
        for digest, text in self.saved.seen.items():
            if sha256(text.encode()).hexdigest() != digest:
                self.reasons.append(say("review.refused.digest", digest=digest[:12]))
            elif digest in used:
                try:
                    found[digest] = seen_from(text)
                    is_one = seen_text(found[digest]) == text
                except RecursionError:
                    is_one = False
                if not is_one:
                    self.reasons.append(say("review.refused.no-reading", digest=digest[:12]))
        return found

    def _read(self, number: int, one: SavedEvent) -> tuple[str, str, Event] | None:
        """Return path, id and event of an entry; None when it is refused, or its article is not here."""
        at = instant(one.at)
        if at is None:
            self.reasons.append(say("review.refused.event", number=number, why=say("review.refused.time", at=one.at)))
            return None
        anchor = Anchor(**structs.asdict(one.anchor)) if one.anchor else None
        keys = {key: getattr(one, key) for key in ("event", "seen", "kind", "scope", "text", "instead", "answers")}
        by = Person(name=one.by.name, email=one.by.email or None)
        event = Event(name="", by=by, at=at, anchor=anchor, **keys)
        why = say("review.refused.path", path=one.path) if outside(one.path) else why_refused(event)
        if why:
            self.reasons.append(say("review.refused.event", number=number, why=why))
            return None
        path = self.article(normalize("NFC", one.path), one.seen)
        if not path:
            self.complete = False
            self.told.append(say("review.gone-article", number=number, path=one.path))
            return None
        return path, one.id, event

    def _with_names(self, found: Sequence[tuple[str, str, Event]]) -> list[tuple[str, Event]]:
        """Return the events with their names, and with the names of the events that they answer."""
        ids = {id_ for _, id_, _ in found if id_}
        names: dict[str, str] = {}
        made: dict[int, tuple[str, Event]] = {}
        while len(made) < len(found):
            before = len(made)
            for place, (path, id_, event) in enumerate(found):
                if place not in made and (event.answers not in ids or event.answers in names or event.answers == id_):
                    whole = named(structs.replace(event, answers=names.get(event.answers, event.answers)))
                    made[place] = path, whole
                    names[id_] = whole.name
            if len(made) == before:
                self.reasons.append(say("review.refused.circle"))
                return []
        self._tell_unanswered([made[place] for place in range(len(found))])
        return [made[place] for place in range(len(found))]

    def _tell_unanswered(self, found: Sequence[tuple[str, Event]]) -> None:
        there = {one.name for _, one in found}
        for path, event in found:
            if event.answers and event.answers not in there and event.answers not in self.known(path):
                self.told.append(say("review.answers-nothing", event=event.name, answers=event.answers))

    def _seen(self, path: str, event: Event) -> Seen | None:
        """Return what an event is about, and say so when those words were never on record here."""
        now = self.now(path)
        if event.seen == now.digest:
            return now
        kept = self.kept(path, event.seen)
        if kept is None:
            key = "review.words-new" if event.seen in self.seen else "review.words-unknown"
            self.told.append(say(key, path=path, digest=event.seen[:12]))
        return kept or self.seen.get(event.seen)


# --- what a bundle carries ---------------------------------------------------------------------------------------
# What a bundle carries for reviewers who have no yoyak: of each page, the words that a verdict on it is about.


def carried(request: BuildRequest) -> PanelPages:
    """Return what the panel of a bundle has to know of the site that was just built so.

    Raises:
        YoyakError: there is no site, or its settings cannot be read.
    """
    with survey(structs.replace(request, clean=False, verify=False, profile=False)) as found:
        records = Records(found)
        config = records.config
        return PanelPages(site=config.base_url, name=config.title, pages=dict(_pages(records)))


def _pages(records: Records) -> Iterator[tuple[str, ReviewedPage]]:
    base = normalize("NFC", unquote(records.config.base_path))
    for entry in records.entries():
        seen = records.seen(entry.path)
        yield (
            normalize("NFC", unquote(entry.place.url)).removeprefix(base),
            ReviewedPage(
                path=entry.path,
                title=folded(entry.title),
                digest=seen.digest,
                seen=seen_text(seen),
                blocks=tuple((block.id, block.text) for block in seen.blocks),
            ),
        )
