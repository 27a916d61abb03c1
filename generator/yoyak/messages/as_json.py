"""What a report is for programs: each message as its text, and beside it the key and the values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct, structs

from yoyak.messages.catalogue import speak
from yoyak.model.message import Message, Problem


def with_texts(value: Any) -> Any:
    """Return a value of which the messages are texts. A problem says its message and hint by key and values, too."""
    if isinstance(value, Message):
        return speak(value)
    if isinstance(value, Problem):
        fields = structs.asdict(value)
        said = {name: _said(fields[name]) for name in ("message", "hint") if isinstance(fields[name], Message)}
        return {name: with_texts(field) for name, field in fields.items()} | ({"said": said} if said else {})
    if isinstance(value, Struct):
        return {name: with_texts(field) for name, field in structs.asdict(value).items()}
    if isinstance(value, Mapping):
        return {key: with_texts(item) for key, item in value.items()}
    return [with_texts(item) for item in value] if isinstance(value, list | tuple) else value


def _said(message: Message) -> dict[str, Any]:
    values = {name: _said(value) if isinstance(value, Message) else value for name, value in message.values}
    return {"key": message.key, "values": values}
