"""The texts of the command line, by key and language."""

from __future__ import annotations

from collections.abc import Mapping
from contextvars import ContextVar
from functools import cache
from pathlib import Path

import msgspec

from yoyak.model.message import Message, Value, Words
from yoyak.text.filled import filled

LANGUAGES = ("en", "ko")
Text = str | dict[str, str]
"""A text, or one for each plural form that the language has: ``one``, ``other``."""
_USUAL = "build.json"
"""What a build says that changes nothing. It ends before a YAML library would be loaded."""

_FOLDER = Path(__file__).parent
_LANGUAGE = ContextVar("language", default="en")


def speak_in(language: str) -> None:
    """Let `speak` answer in one of `LANGUAGES` from now on."""
    _LANGUAGE.set(language)


def spoken_language() -> str:
    """Return the language that `speak` answers in."""
    return _LANGUAGE.get()


def speak(words: Words, language: str | None = None) -> str:
    """Return a message as text, with its values in it; a text comes back as it is."""
    if isinstance(words, str):
        return words
    code = language or _LANGUAGE.get()
    values = dict(words.values)
    text = _usual(code).get(words.key) or texts(code)[words.key]
    if isinstance(text, dict):
        text = text["one" if values["count"] == 1 and "one" in text else "other"]
    return filled(text, {name: _shown(value, code) for name, value in values.items()})


def _shown(value: Value, language: str) -> str:
    if isinstance(value, Message):
        return speak(value, language)
    return f"{value:,}" if isinstance(value, int) else value


@cache
def texts(language: str) -> Mapping[str, Text]:
    """Return all texts of a language by key: its files of messages/ together."""
    folder = _FOLDER / language
    found = dict(_usual(language))
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if file.name.endswith(".yaml"):
            found |= msgspec.yaml.decode(file.read_bytes(), type=dict[str, Text])
    return found


@cache
def _usual(language: str) -> Mapping[str, Text]:
    data = (_FOLDER / language / _USUAL).read_bytes()
    return msgspec.json.decode(data, type=dict[str, Text])
