"""A sentence for a person, before it is put into words: the key of its text in messages/, and the values in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct


class Message(Struct, frozen=True, array_like=True):
    """A key of messages/LANGUAGE/*.yaml, and the named values of its text. A value may be a message itself."""

    key: str
    values: tuple[tuple[str, Value], ...] = ()


Value = str | int | Message
"""What stands in a message: a text of the content as it is, a number, or another message."""
Words = Message | str
"""A message; or a text that is the same in every language, such as a file's own words. Empty for nothing."""


def say(key: str, /, **values: Value) -> Message:
    """Return a message: ``say("unknown-theme", slug="econmy")``. ``count`` chooses the plural form of its text."""
    return Message(key, tuple(values.items()))


def joined(*words: Words) -> Words:
    """Return sentences one behind the other, without the empty ones."""
    there = [one for one in words if one]
    if len(there) < 2:
        return there[0] if there else ""
    first, *rest = there
    return say("sentences", first=first, rest=joined(*rest))


def listed(words: Sequence[Words]) -> Words:
    """Return one thing, or several in a row: ``a, b and c``."""
    if len(words) < 2:
        return words[0] if words else ""
    found = words[0]
    for one in words[1:-1]:
        found = say("list.comma", before=found, next=one)
    return say("list.and", before=found, last=words[-1])


def with_values(words: Words, change: Callable[[str], str]) -> Words:
    """Return a message with each text in it changed, such as one that has a password in it."""
    if isinstance(words, str):
        return change(words)
    return Message(
        words.key,
        tuple((name, value if isinstance(value, int) else with_values(value, change)) for name, value in words.values),
    )


def texts_in(words: Words) -> tuple[str, ...]:
    """Return the texts that stand in a message."""
    if isinstance(words, str):
        return (words,)
    return tuple(text for _, value in words.values if not isinstance(value, int) for text in texts_in(value))
