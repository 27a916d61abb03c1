"""Characters in a name that nobody sees, or that look like others: each with its place and its Unicode name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from unicodedata import category, name


class Odd(NamedTuple):
    """One character that a reader would not notice."""

    at: int
    character: str
    why: str
    """``hidden`` or ``alike``."""
    word: str
    """The word that it stands in, for a look-alike."""


_HIDDEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb"
    "\U0001d173-\U0001d17a\U000e0001-\U000e007f]"
)
_JOINERS = "\u200c\u200d"
_JOINED = re.compile(
    "[\u0600-\u06ff\u0700-\u07ff\u0860-\u08ff\u0900-\u0dff\u0f00-\u109f\u1780-\u18af\ufb50-\ufdff\ufe70-\ufefe]"
)
"""Scripts whose letters take other shapes beside a joiner: Arabic and its kin, those of India, Khmer, Mongolian."""
_FLAG = "\U0001f3f4"
_PICTURE = re.compile("[\ufe0f\U0001f3fb-\U0001f3ff]")
_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_ALIKE = re.compile(
    "[АВЕЅІЈКМНОРСТУХԌԚԜѴЬаеѕіјоԁрсуԛԝхһӏгѵьвмнткп"  # Cyrillic
    "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧανικορτυχγωϲϳ]"  # Greek
)


def odd_letters(text: str) -> Iterator[Odd]:
    """Yield the hidden characters of a text, and the letters that stand among Latin ones and only look like them.

    What a script or a picture sign needs is no oddity: a joiner in Persian or Hindi, or between two emoji.
    """
    if text.isascii():
        return
    for match in _HIDDEN.finditer(text):
        if not _needed(text, match.start()):
            yield Odd(match.start(), match[0], "hidden", "")
    for word in _WORD.finditer(text) if _ALIKE.search(text) else ():
        alike = _ALIKE.search(word[0])
        if alike and _LATIN.search(word[0]):
            yield Odd(word.start() + alike.start(), alike[0], "alike", word[0])


def _needed(text: str, at: int) -> bool:
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if text[at] in _JOINERS:
        pictures = text[at] == "\u200d" and _is_picture(before) and _is_picture(after)
        return pictures or bool(_JOINED.match(before) and (_JOINED.match(after) or not after.strip()))
    # A flag such as Scotland's is spelled in hidden letters behind a black one.
    return "\U000e0020" <= text[at] <= "\U000e007f" and _FLAG in text[:at]


def _is_picture(character: str) -> bool:
    return bool(character) and (category(character) in ("So", "Sk") or _PICTURE.match(character) is not None)


def called(character: str) -> str:
    """Return a character for people: ``U+202E, right-to-left override``."""
    known = name(character, "").lower()
    return f"U+{ord(character):04X}" + (f", {known}" if known else "")


def shows_nothing(text: str) -> bool:
    """Tell whether a reader would see nothing of a text: spaces, characters without a form, marks without a letter."""
    return all(
        character == "\u2800" or category(character)[0] in "ZCM" or _HIDDEN.match(character) for character in text
    )
