"""What a form of the desk asks for, as an event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Any, get_args

from yoyak.desk.acts import require_readable
from yoyak.desk.article import source_of
from yoyak.desk.records import BoardEntry, Records, event_now
from yoyak.files.saving import save
from yoyak.grouping.publication import issues_of
from yoyak.messages.errors import YoyakError
from yoyak.model.message import Message, say
from yoyak.model.review import EVENT_KINDS, SCOPES, Anchor, Event, NoteKind, Seen, Thread
from yoyak.model.schema import EditionKeys
from yoyak.model.sources import SourceFile
from yoyak.model.types import Person, Record
from yoyak.pipeline.load import is_edition
from yoyak.pipeline.parse import parse, surroundings
from yoyak.review.anchors import AnchorPlace, anchor_at, anchor_of, find
from yoyak.review.edits import suggested
from yoyak.review.keys import with_key
from yoyak.review.seen import seen_of

Form = Mapping[str, Sequence[str]]
_ANSWERS = ("reply", "resolve", "reopen", "release", "reattach")
_QUOTE = 2_000


class FormError(YoyakError):
    """What was sent cannot be an event: something is missing, or is no value that the page has."""


def add(records: Records, path: str, form: Form, person: Person) -> Event:
    """Write the event that a form asks for, if the article still says what its author looked at.

    Raises:
        YoyakError: it cannot be written whole, and why.
    """
    event = _event(records, path, form, person)
    require_readable(event)
    return records.add(path, event, seen=first(form, "shown"))


def first(form: Form, name: str) -> str:
    """Return the value of a field, or an empty text."""
    values = form.get(name) or ("",)
    return values[0].replace("\r\n", "\n")


def _event(records: Records, path: str, form: Form, person: Person) -> Event:
    what = first(form, "event")
    if what not in EVENT_KINDS:
        raise FormError(say("desk.form.unknown"))
    values: dict[str, Any] = {"text": first(form, "text").strip()}
    if what in _ANSWERS:
        values["answers"] = _answered(records, path, first(form, "answers"))
    if what == "approve":
        values["scope"] = tuple(one for one in SCOPES if one in form.get("scope", ()))
    if what == "note":
        kind = first(form, "kind") or "comment"
        if kind not in get_args(NoteKind):
            raise FormError(say("desk.form.unknown"))
        values |= {"kind": kind, "instead": first(form, "instead").strip()}
        if values["instead"]:
            values["kind"] = "suggestion"
    if what in ("note", "request-changes", "reattach"):
        values["anchor"] = _anchor(records, path, form)
    _refuse_empty(what, values)
    return event_now(what, person, **values)


def _refuse_empty(what: str, values: Mapping[str, Any]) -> None:
    if what in ("note", "reply") and not values["text"] and not values.get("instead"):
        raise FormError(say("desk.form.empty"))
    if values.get("instead") and not (values["anchor"] and values["anchor"].quote):
        raise FormError(say("desk.form.no-words"))
    if what == "reattach" and values["anchor"] is None:
        raise FormError(say("desk.form.no-words"))


def _answered(records: Records, path: str, name: str) -> str:
    if not any(one.name == name for one in records.events(path)):
        raise FormError(say("desk.form.unknown"))
    return name


def _anchor(records: Records, path: str, form: Form) -> Anchor | None:
    """Return the anchor of the words that were selected or typed; None when there are none."""
    quote, block = first(form, "quote").strip(), first(form, "block")
    if not quote and not block:
        return None
    blocks = records.seen(path).blocks
    around = Anchor(quote=quote, before=_neighbours(form, "before"), after=_neighbours(form, "after"))
    place = find(around, blocks) if around.before or around.after else None
    if isinstance(place, AnchorPlace) and place.block is not None:
        return anchor_at(blocks, place.block, place.start, place.end)
    found = anchor_of(blocks, quote, block)
    if isinstance(found, Message):
        raise FormError(found)
    return found


def _neighbours(form: Form, name: str) -> str:
    """Return what stands before or after the words that were selected; a browser sends it as it is."""
    return first(form, name)[:_QUOTE]


# --- Edits of an article's file that somebody asked for with a click: these lines and no other byte --------------


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
