"""Edits of an article's file that somebody asked for with a click: these lines and no other byte."""

from __future__ import annotations

from hashlib import sha256
from pathlib import PurePosixPath
from types import MappingProxyType

from yoyak.desk.article import source_of
from yoyak.desk.records import BoardEntry, Records, event_now
from yoyak.desk.writing import Form, FormError, first
from yoyak.files.saving import save
from yoyak.grouping.publication import issues_of
from yoyak.model.message import Message, say
from yoyak.model.review import Event, Seen, Thread
from yoyak.model.schema import EditionKeys
from yoyak.model.sources import SourceFile
from yoyak.model.types import Person, Record
from yoyak.pipeline.load import is_edition
from yoyak.pipeline.parse import parse, surroundings
from yoyak.review.edits import suggested
from yoyak.review.keys import with_key
from yoyak.review.seen import seen_of


class ChangedError(FormError):
    """The file is another one than the page showed."""


def edit(records: Records, path: str, form: Form, person: Person) -> Event | None:
    """Make the edit that a form asks for; return the event that is to be written then, if there is one.

    Raises:
        YoyakError: nothing was changed, and why.
    """
    entry, before = records.entry(path), source_of(records.folder, path)
    if before is None and is_edition(path):
        raise FormError(say("desk.form.no-edition-file", path=path))
    if before is None or sha256(before).hexdigest() != first(form, "source"):
        raise ChangedError(say("review.changed-meanwhile", path=path))
    what = first(form, "what")
    if what == "title":
        after, event = with_key(before, "title", first(form, "value")), None
    elif what == "up" and is_edition(path):
        pins = moved_up(members(records, path), first(form, "value"))
        after, event = with_key(before, "pins", pins, EditionKeys) if pins else before, None
    elif what == "suggestion":
        thread = _thread(entry.review.threads, first(form, "note"))
        after, event = _suggested(records, path, before, thread), event_now("resolve", person, answers=thread.note.name)
    else:
        raise FormError(say("desk.form.unknown"))
    if isinstance(after, Message):
        raise FormError(after)
    save(records.folder, path, before, after)
    return event


def _thread(threads: tuple[Thread, ...], name: str) -> Thread:
    found = next((one for one in threads if one.note.name == name and one.note.instead and one.open), None)
    if found is None or found.anchor is None:
        raise FormError(say("desk.form.unknown"))
    return found


def _suggested(records: Records, path: str, before: bytes, thread: Thread) -> bytes | Message:
    assert thread.anchor
    kind = records.article(path).kind

    def read(data: bytes) -> Seen | None:
        return reading_of(records, path, data)

    return suggested(before, kind, thread.anchor, thread.note.instead, read)


def reading_of(records: Records, path: str, data: bytes) -> Seen | None:
    """Return what an article would say if its file held these bytes; None when it could not be published."""
    config, found = records.config, records.survey
    places = (reading.place for reading in found.parts.readings.values() if reading.place)
    addresses = {place.path: place.url for place in places}
    around = surroundings(config, found.assets, MappingProxyType(addresses), found.names)
    parsed = parse(SourceFile(path=path, data=data, digest=sha256(data).hexdigest()), around, config)
    return seen_of(parsed.article, parsed.html, config.base_path) if parsed.article else None


# --- editions ----------------------------------------------------------------------------------------------------
# An edition as it will be: its articles with what each lacks, in their order, and one step of moving one of them.


class EditionMember(Record, kw_only=True):
    entry: BoardEntry
    slug: str
    theme: str
    pinned: bool


def members(records: Records, path: str) -> tuple[EditionMember, ...]:
    """Return the articles of an edition, those too that are not ready: pinned ones first, then by weight and date."""
    parts, key, note = records.survey.parts, PurePosixPath(path).stem, records.note(path)
    notes = tuple(one for one in parts.notes if is_edition(one.path))
    issues, _ = issues_of(parts.places, notes, records.config)
    pins = tuple(note.fields["pins"]) if note else ()
    found = [place for place in parts.places if issues.key_of.get(place.path) == key and place.status != "unlisted"]
    found.sort(
        key=lambda one: (
            pins.index(one.slug) if one.slug in pins else len(pins),
            -one.weight,
            -one.date.timestamp() if one.date else 0.0,
            one.slug,
        )
    )
    return tuple(
        EditionMember(entry=records.entry(one.path), slug=one.slug, theme=one.themes[0], pinned=one.slug in pins)
        for one in found
    )


def moved_up(found: tuple[EditionMember, ...], slug: str) -> tuple[str, ...] | None:
    """Return the pins with which an article stands one place higher; None when it stands first or is not there."""
    order = [one.slug for one in found]
    at = order.index(slug) if slug in order else 0
    if at == 0:
        return None
    pinned = max((number + 1 for number, one in enumerate(found) if one.pinned), default=0)
    order[at - 1], order[at] = order[at], order[at - 1]
    return tuple(order[: max(at, pinned)])
