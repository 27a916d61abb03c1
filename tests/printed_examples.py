"""Printed English messages, found again in the catalogue: so that they can be said in another language, and are known
to be what is printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from string import Formatter
from typing import NamedTuple

from yoyak.messages.catalogue import speak, texts
from yoyak.model.message import Message, Value, say

_LINE = re.compile(r"(?P<place>\S.*?(?::\d+){0,2}): (?P<mark>warning: )?(?P<words>.+)")
_ENDS = re.compile(r"(?<=[.?:;!…])[ ]|(?<=\))[ ]|(?<=/)[ ]|(?<=[\"}\]])[ ]")
_SKIPPED = ("sentences", "preview.", "help.")
_PARTS = ("key", "value.", "write")
"""How the keys begin whose texts are parts of others, however few words they have."""
_SEVERAL = re.compile(r"[.?] [A-Z]|\": \"")
"""In what is more than one value."""
_SENTENCE = re.compile(r"[a-z] [a-z]")
"""In words of the system, which are no list of values."""
_SCRAPS = 0.4
"""How much of a value must be words of a text, for the value to be taken for that text."""


class _Form(NamedTuple):
    key: str
    pattern: re.Pattern[str]
    longest: str
    """The longest words of the text itself: where they are not, the pattern need not be tried."""
    weight: int
    """Letters of the text itself."""
    one: bool
    counts: bool


class _Found(NamedTuple):
    score: float
    messages: tuple[Message, ...]


def translated(line: str, code: str, language: str) -> str | None:
    """Return a printed line in another language; None when the catalogue has no such message."""
    whole = _LINE.fullmatch(line)
    for place, mark, words in ((whole["place"], whole["mark"], whole["words"]),) if whole else ():
        if said := messages_of(words, code):
            head = f"{place}: {speak(say('severity.warning'), language)}: " if mark else f"{place}: "
            return head + " ".join(speak(message, language) for message in said)
    said = messages_of(line, code)
    return " ".join(speak(message, language) for message in said) if said else None


def messages_of(words: str, code: str) -> tuple[Message, ...]:
    """Return the messages that are these words, one behind the other; none when the catalogue has them not."""
    ends = [0, *(found.end() for found in _ENDS.finditer(words)), len(words) + 1]
    best: dict[int, _Found] = {0: _Found(0, ())}
    for begin in ends:
        if begin not in best:
            continue
        for end in ends:
            if end > begin and (one := _one(words[begin : end - 1], code)):
                score = best[begin].score + one[0] - 4
                if end not in best or score > best[end].score:
                    best[end] = _Found(score, (*best[begin].messages, one[1]))
    found = best.get(len(words) + 1)
    if found is None or " ".join(speak(message, "en") for message in found.messages) != words:
        return ()
    return found.messages


@cache
def _one(text: str, code: str, nested: bool = False) -> tuple[float, Message] | None:
    """Return the message that is this text, and how much of it are its own words."""
    found = [one for form in _forms() if form.longest in text for one in _matched(form, text, code, nested=nested)]
    return max(found, key=lambda one: one[0], default=None)


def _matched(form: _Form, text: str, code: str, *, nested: bool) -> Iterator[tuple[float, Message]]:
    match = form.pattern.fullmatch(text)
    own = form.key.startswith(_PARTS) if nested else form.key.startswith(code)
    if match is None or (not own and form.weight < (_SCRAPS * len(text) if nested else 5)):
        return
    if form.key.startswith("value.") and _SENTENCE.search(text.rpartition(" or ")[0]):
        return
    values: dict[str, Value] = {}
    score = form.weight + 8 * form.key.startswith(code)
    for name, value in match.groupdict().items():
        if name == "count":
            continue
        inner = _one(value, code, True) if value != text else None
        if inner is None and _SEVERAL.search(value):
            return
        values[name] = inner[1] if inner else value
        score += inner[0] * 0.9 if inner else 0
    if form.counts:
        count = match.groupdict().get("count", "1" if form.one else "2").replace(",", "")
        if not count.isdecimal() or (count == "1") != form.one:
            return
        values["count"] = int(count)
    message = say(form.key, **values)
    if speak(message, "en") == text:
        yield score, message


@cache
def _forms() -> tuple[_Form, ...]:
    found = []
    for key, text in texts("en").items():
        if not key.startswith(_SKIPPED):
            for name, form in text.items() if isinstance(text, dict) else (("other", text),):
                found.append(_form(key, form, one=name == "one", counts=isinstance(text, dict)))
    return tuple(found)


def _form(key: str, text: str, *, one: bool, counts: bool) -> _Form:
    pattern, longest, seen, weight = "", "", set(), 0
    for before, name, _, _ in Formatter().parse(text):
        pattern += re.escape(before)
        longest = max(longest, before, key=len)
        weight += sum(map(str.isalpha, before))
        if name:
            pattern += f"(?P={name})" if name in seen else f"(?P<{name}>.+?)"
            seen.add(name)
    return _Form(key, re.compile(pattern), longest, weight, one, counts)
