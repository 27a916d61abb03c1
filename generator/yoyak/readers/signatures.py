"""Names at the start of a line that signs, word by word: ``By Haru Lee and Tom Okafor, Staff Writers``.

A name is two to four words with capitals, with ``de`` or ``van`` between them, until a word says an office, a desk or
another thing. Names without capitals (Korean, Chinese) have rules of their own.
"""

from __future__ import annotations

import re
from functools import partial

from yoyak.model.types import Record
from yoyak.readers.word_lists import alternatives, words

_any_of = partial(alternatives, file="people")
_LABEL = re.compile(
    rf"^\W{{0,2}}(?:(?:{_any_of('signed-articles')})\s)?(?:(?:{_any_of('signed-texts')})\s)?"
    rf"(?:{_any_of('signed-by')})\b\s?:?\s*(?:(?:{_any_of('our')})\s\w+\s(?:sp[ée]cial\w*\s)?)?"
    rf"|^\W{{0,2}}(?:das\s)?(?:gespräch|interview)\sführten?\s|^\W{{0,2}}(?:{_any_of('interviews')})\s?[:：]\s?"
    rf"|^\W{{0,2}}(?:{_any_of('signed-labels')})\s?[:：]\s*",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_][\w'’.-]*|[,/&|•·–—-]|\S")
_PARTICLES = words("particles", "people")
_AND = words("between-names", "people")
_NO_NAME = words("no-names")
_OUTLETS = words("outlet-words", "people")
_FIRST_NAMES = words("months-and-names", "people")
_INITIALS = re.compile(r"(?:\w\.)+\w?\.?|Jr\.?|Sr\.?|I{2,3}")
_LOW_START = re.compile(rf"(?:{_any_of('low-beginnings')})[A-ZÀ-Þ][a-zß-ÿ]")
_FULL_STOP = re.compile(r"(?<=[a-zà-ÿ]{3})\.$|(?<=[A-ZÀ-Þ]{4})\.$")
_GLUED = re.compile(rf"(?<=[a-zà-ÿ])(?=(?:{_any_of('glued')})\b)")
_LONGEST, _MOST, _LEAST_SURNAME = 22, 4, 3


_OFFICE = re.compile(rf"^\W{{0,3}}(?:[\w’'/-]+\s){{0,6}}?(?:{_any_of('signed-offices')})s?\b", re.IGNORECASE)


def is_office(text: str) -> bool:
    """Tell whether what stands behind a name says for whom it works: ``, Staff Writer``, ``Example News``."""
    return _OFFICE.match(text[:80]) is not None


class Byline(Record, kw_only=True):
    names: tuple[str, ...]
    labelled: bool
    """A word such as ``By`` says so."""
    rest: str
    """What stands behind the names."""


def says_by(text: str) -> bool:
    """Tell whether a line begins with a word such as ``By``."""
    return _LABEL.match(text) is not None


def signature_of(text: str) -> Byline | None:
    """Return the names with which a line begins, after a word such as ``By``.

    >>> signature_of("By Haru Lee and Tom Okafor, Staff Writers").names
    ('Haru Lee', 'Tom Okafor')
    """
    text = _GLUED.sub(" ", _FULL_STOP.sub("", text))
    label = _LABEL.match(text)
    names, end = _names(text, label.end() if label else 0)
    return Byline(names=names, labelled=label is not None, rest=text[end:].strip()) if names else None


def _names(text: str, start: int) -> tuple[tuple[str, ...], int]:
    """Return the names from `start` on, and where the last of them ends."""
    found: list[str] = []
    name: list[str] = []
    end, last = start, start
    pieces = [(word[0], word.end()) for word in _WORD.finditer(text, start)]
    for at, (word, after) in enumerate(pieces):
        if _is_of_name(word, name) or (name and _is_particle(word, [other for other, _ in pieces[at + 1 : at + 3]])):
            name.append(word)
            last = after
            continue
        if found and not name and word.casefold() in _AND:
            continue  # ``Haru Lee, and Tom Okafor``
        if word.casefold().rstrip(".") in _OUTLETS:
            name = name[:2]  # ``Haru Lee Example Press``
        if not _take(found, name):
            break
        end, name = last, []
        if word.casefold() not in _AND:
            break
    else:
        end = last if _take(found, name) else end
    return tuple(found), end


def _is_particle(word: str, behind: list[str]) -> bool:
    """Tell whether a small word is part of a name: ``José Ortega y Gasset`` is one, ``Ana Ruiz y Eva Sol`` are two."""
    if word not in _PARTICLES or not behind or not behind[0][0].isupper():
        return word in _PARTICLES and bool(behind) and behind[0] in _PARTICLES
    return word not in _AND or len(behind) < 2 or not behind[1][0].isupper()


def _take(found: list[str], name: list[str]) -> bool:
    """Add a name of two to four words to those that were found."""
    while name and name[-1].casefold() in _PARTICLES:
        name.pop()
    full = [word for word in name if len(word.rstrip(".")) > 1]
    if not 2 <= len(name) <= _MOST + sum(word in _PARTICLES for word in name) or not full:
        return False
    found.append(" ".join(name))
    return True


def _is_of_name(word: str, name: list[str]) -> bool:
    folded = word.casefold().rstrip(".")
    if not (word[0].isupper() or _LOW_START.match(word)) or len(word) > _LONGEST:
        return False
    if name and len(folded) > 1 and folded in _AND:
        return False
    if folded in _NO_NAME and (name or folded not in _FIRST_NAMES):
        return False
    if word.isupper() and name and not name[0].isupper() and len(word) > 2 and not _INITIALS.fullmatch(word):
        # ``Ada LE BROOK``, but not ``Haru Lee NBC News``
        return len(word) > _LEAST_SURNAME and all(other.isupper() for other in name[1:])
    return not (word.endswith(".") and len(word) > 4 and not _INITIALS.fullmatch(word))
