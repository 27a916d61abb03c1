"""Edits of an article's file that somebody asked for with a click: these lines and no other byte."""

from __future__ import annotations

from hashlib import sha256
from types import MappingProxyType

from yoyak.desk.article import source_of
from yoyak.desk.edition import members, moved_up
from yoyak.desk.records import Records, event_now
from yoyak.desk.writing import Form, FormError, first
from yoyak.files.saving import save
from yoyak.model.message import Message, say
from yoyak.model.review import Event, Seen, Thread
from yoyak.model.schema import EditionKeys
from yoyak.model.sources import SourceFile
from yoyak.model.types import Person
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
