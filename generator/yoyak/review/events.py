"""Events as files: the YAML of one, and back. What is not surely an event is void."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from unicodedata import normalize
from zoneinfo import ZoneInfo

from msgspec import json, structs

from yoyak.front_matter.read import text_keys
from yoyak.front_matter.typed import convert
from yoyak.front_matter.yaml_nodes import compose
from yoyak.model.message import errors
from yoyak.model.review import Anchor, Event, EventKeys, VoidEvent
from yoyak.model.types import Person
from yoyak.text.names import slugify
from yoyak.text.sanitize import without_controls

LIMIT = 64 * 1024
"""Bytes of a file."""
_HARMLESS = re.compile(rb"^(?:\xef\xbb\xbf)?event: *['\"]?(?:note|reply|resolve|approve|release|reattach)['\"]? *\r?$")
_BREAKING = re.compile("[\x7f-\x9f\u2028\u2029\ufeff]")
"""Characters that JSON leaves as they are, and at which YAML ends a line or stops."""
_ZONE = ZoneInfo("UTC")


def read_event(name: str, data: bytes) -> Event | VoidEvent:
    """Return the event that a file holds. It may be torn, merged wrongly, or written by a later version."""
    keys = _keys(name, data)
    at = instant(keys.at) if keys else None
    if keys is None or at is None or _lacks(keys):
        line, end, _ = data.partition(b"\n")
        return VoidEvent(name=name, harmless=bool(end and _HARMLESS.match(line)))
    return Event(
        name=name,
        event=keys.event,
        by=Person(name=keys.by.name, email=keys.by.email or None),
        at=at,
        seen=keys.seen,
        kind=keys.kind,
        scope=keys.scope,
        anchor=Anchor(**structs.asdict(keys.anchor)) if keys.anchor else None,
        text=keys.text,
        instead=keys.instead,
        answers=keys.answers,
    )


def _keys(name: str, data: bytes) -> EventKeys | None:
    if len(data) > LIMIT or not data.endswith(b"\n"):
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    composed = compose(text, name, 1, text_keys(EventKeys))
    converted = convert(composed.node, EventKeys, name, _ZONE)
    return None if errors((*composed.problems, *converted.problems)) else converted.value


def instant(written: str) -> datetime | None:
    """Return the instant that a text in ISO 8601 names; without a zone it is one of UTC."""
    try:
        at = datetime.fromisoformat(written.strip())
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _lacks(keys: EventKeys) -> bool:
    """Tell whether something is missing without which the event says nothing."""
    if not keys.by.name.strip():
        return True
    if keys.event in ("reply", "resolve", "reopen", "release", "reattach"):
        return not keys.answers or (keys.event == "reattach" and keys.anchor is None)
    return keys.event == "note" and not (keys.text.strip() or keys.instead)


def written(event: Event) -> bytes:
    """Return the file of an event. What was seen is its last line: what is torn lacks it, and is void."""
    keys: dict[str, Any] = {"event": event.event, "by": {"name": event.by.name}}
    if event.by.email:
        keys["by"]["email"] = event.by.email
    keys["at"] = f"{event.at.astimezone(UTC):%Y-%m-%dT%H:%M:%S}.{event.at.microsecond // 1000:03}Z"
    if event.event == "note":
        keys["kind"] = event.kind
    if event.scope:
        keys["scope"] = list(event.scope)
    if event.anchor:
        keys["anchor"] = {name: value for name, value in structs.asdict(event.anchor).items() if value}
    keys |= {name: value for name in ("text", "instead", "answers") if (value := getattr(event, name))}
    keys["seen"] = event.seen
    return "".join(_line(name, value) for name, value in keys.items()).encode()


def _line(name: str, value: Any) -> str:
    if isinstance(value, dict):
        return f"{name}:\n" + "".join(f"  {_line(inner, one)}" for inner, one in value.items())
    if isinstance(value, list):
        return f"{name}: [{', '.join(value)}]\n"
    if name in ("event", "at", "kind", "seen", "answers", "block"):
        return f"{name}: {value}\n"
    return f"{name}: {quoted(value)}\n"


def quoted(text: str) -> str:
    """Return a text in double quotes, on one line, as JSON and YAML both have it."""
    return _BREAKING.sub(lambda found: f"\\u{ord(found[0]):04x}", json.encode(text).decode())


def name_of(event: Event) -> str:
    """Return the name of an event's file: when, who, and a mark of what it says."""
    who = slugify((event.by.email or "").partition("@")[0] or event.by.name)[:24].strip("-") or "somebody"
    return f"{event.at.astimezone(UTC):%Y%m%dT%H%MZ}-{who}-{sha256(written(event)).hexdigest()[:6]}"


def in_milliseconds(at: datetime) -> datetime:
    """Return a time as an event's file has it."""
    at = at.astimezone(UTC)
    return at.replace(microsecond=at.microsecond // 1000 * 1000)


def named(event: Event) -> Event:
    """Return an event as it will be read back, with its name."""
    exact = structs.replace(
        event,
        at=in_milliseconds(event.at),
        by=Person(name=_clean(event.by.name), email=_clean(event.by.email or "") or None),
        anchor=Anchor(**{name: _clean(value) for name, value in structs.asdict(event.anchor).items()})
        if event.anchor
        else None,
        text=_clean(event.text),
        instead=_clean(event.instead),
    )
    return structs.replace(exact, name=name_of(exact))


def _clean(text: str) -> str:
    """Return a text as a file may hold it: NFC, with one kind of line end and without controls."""
    return normalize("NFC", without_controls(text.replace("\r\n", "\n").replace("\r", "\n")))
