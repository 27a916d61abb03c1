"""What a form of the desk asks for, as an event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, get_args

from yoyak.desk.records import Records, event_now
from yoyak.messages.errors import YoyakError
from yoyak.model.message import Message, say
from yoyak.model.review import EVENT_KINDS, SCOPES, Anchor, Event, NoteKind
from yoyak.model.types import Person
from yoyak.review.anchors import AnchorPlace, anchor_at, anchor_of, find

Form = Mapping[str, Sequence[str]]
_ANSWERS = ("reply", "resolve", "reopen", "release", "reattach")
_TEXT, _QUOTE = 20_000, 2_000


class FormError(YoyakError):
    """What was sent cannot be an event: something is missing, or is no value that the page has."""


def add(records: Records, path: str, form: Form, person: Person) -> Event:
    """Write the event that a form asks for, if the article still says what its author looked at.

    Raises:
        YoyakError: it cannot be written, and why.
    """
    return records.add(path, _event(records, path, form, person), seen=first(form, "shown"))


def first(form: Form, name: str) -> str:
    """Return the value of a field, or an empty text."""
    values = form.get(name) or ("",)
    return values[0].replace("\r\n", "\n")


def _event(records: Records, path: str, form: Form, person: Person) -> Event:
    what = first(form, "event")
    if what not in EVENT_KINDS:
        raise FormError(say("desk.form.unknown"))
    values: dict[str, Any] = {"text": first(form, "text").strip()[:_TEXT]}
    if what in _ANSWERS:
        values["answers"] = _answered(records, path, first(form, "answers"))
    if what == "approve":
        values["scope"] = tuple(one for one in SCOPES if one in form.get("scope", ()))
    if what == "note":
        kind = first(form, "kind") or "comment"
        if kind not in get_args(NoteKind):
            raise FormError(say("desk.form.unknown"))
        values |= {"kind": kind, "instead": first(form, "instead").strip()[:_QUOTE]}
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
    quote, block = first(form, "quote").strip()[:_QUOTE], first(form, "block")
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
