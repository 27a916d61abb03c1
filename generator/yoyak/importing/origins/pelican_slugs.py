"""Names in Pelican's addresses: its slugs, and the romanization that it makes of Korean."""

from __future__ import annotations

import re
from collections.abc import Sequence
from unicodedata import normalize

from yoyak.importing.origins.old_pages import plain_latin

_INITIALS = "g gg n d dd r m b bb s ss  j jj c k t p h".split(" ")
_VOWELS = "a ae ya yae eo e yeo ye o wa wae oe yo u weo we wi yu eu yi i".split(" ")
_FINALS = " g gg gs n nj nh d l lg lm lb ls lt lp lh m b bs s ss ng j c k t p h".split(" ")
_LETTERS = {
    "ß": "ss", "æ": "ae", "Æ": "AE", "ø": "o", "Ø": "O", "œ": "oe", "Œ": "OE", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D",
    "ð": "d", "þ": "th", "ı": "i", "\u2013": "-", "\u2014": "--", "\u2018": "'", "\u2019": "'", "\u201c": '"',
    "\u201d": '"', "\u2026": "...", "\u00b7": "*", "\u20ac": "EUR", "\u00b0": "deg",
}  # fmt: skip
_SLOW = re.compile(r"[+*}]\)?[+*{]|\([^()]*[+*|][^()]*\)[+*{]")
_LONGEST = 400


def in_ascii(text: str) -> str | None:
    """Return a text in ASCII as Pelican writes it; None when it has letters that only a large table knows."""
    found = "".join(_LETTERS.get(sign) or _syllable(sign) for sign in plain_latin(text))
    return found if found.isascii() else None


def _syllable(sign: str) -> str:
    number = ord(sign) - 0xAC00
    if not 0 <= number < 11_172:
        return sign
    return _INITIALS[number // 588] + _VOWELS[number % 588 // 28] + _FINALS[number % 28]


def slug_of(text: str, rules: Sequence[Sequence[str]], *, is_unicode: bool, keeps_case: bool) -> str:
    """Return a name as Pelican writes it into an address; an empty text when that cannot be known."""
    plain = normalize("NFKC", re.sub(r"<[^>]*>", "", text))
    known = plain if is_unicode else in_ascii(plain)
    if known is None:
        return ""
    for rule in rules:
        if len(rule) < 2 or not is_quick(str(rule[0])):
            return ""
        try:
            known = re.sub(normalize("NFKC", str(rule[0])), normalize("NFKC", str(rule[1])), known, flags=re.IGNORECASE)
        except (re.error, IndexError):
            return ""
    return (known if keeps_case else known.lower()).strip()


def is_quick(pattern: str) -> bool:
    """Tell whether a pattern of somebody's settings can take no long time."""
    return len(pattern) <= _LONGEST and not _SLOW.search(pattern)
