"""Where sentences end, in every script: what an excerpt shows is counted by it.

Too early an end costs a reader half a sentence; one that is missed shows a source's text beyond its rights. So whatever
is not known to go on ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import category

from yoyak.text.columns import columns
from yoyak.text.stops import (
    CLOSING,
    EITHER,
    ELLIPSES,
    END,
    GOES_ON,
    INITIALS,
    MONTHS,
    NEVER,
    OPENING,
    QUOTES,
    SHORT_FORMS,
    SOME_STOPS,
    STARTERS,
    WITHOUT_STOPS,
)

_SAYS_SOMETHING = re.compile(r"[^\W_]")
_LIST_NUMBER = re.compile(r"\W*\d{1,4}(?:\.\s?\d{1,4})*")
_DATE_BEFORE = re.compile(r"(?:\d{4}\.\s?\d{1,2}\.\s?\d{1,2}|(?<![\d.])(?:[1-9]|1[0-2])\.\s?(?:[1-9]|[12]\d|3[01]))$")
_DATE_GOES_ON = re.compile(r"\s?\d{1,2}\.(?!\d)")
_WORD = re.compile(r"\S*$")
_SPACE_THAI = re.compile(rf"(?<=[{WITHOUT_STOPS}])\s+(?=[{WITHOUT_STOPS}])")
_SPACE_ANY = re.compile(rf"(?<=[{SOME_STOPS}])\s+(?=[{SOME_STOPS}])")
_SHORTEST = 10
"""Columns of a sentence that only a space ends: a name of two words is none."""


def sentences(text: str) -> Iterator[str]:
    """Yield the sentences of one paragraph.

    >>> list(sentences("시는 “늘린다.” 라고 했다.노조는 반대한다."))
    ['시는 “늘린다.” 라고 했다.', '노조는 반대한다.']
    """
    start = 0
    for end in sentence_ends(text):
        yield text[start:end].strip()
        start = end


def has_end(text: str) -> bool:
    """Tell whether the last thing in a text is a stop, and what closes with it."""
    match = None
    for match in END.finditer(text):  # noqa: B007 (the last one is wanted)
        pass
    return match is not None and not text[_closed(text, match.end()) :].strip()


def sentence_ends(text: str) -> Iterator[int]:
    """Yield the position behind each sentence of one paragraph, also behind a last one without a stop."""
    last = 0
    for last in _stops(text) if text.isascii() else _stops_and_spaces(text):
        yield last
    if text[last:].strip():
        yield len(text)


def _stops_and_spaces(text: str) -> Iterator[int]:
    """Yield the positions behind the ends that stops make and, in scripts without them, spaces."""
    stops = set(_stops(text))
    spaces = {match.start() for match in (_SPACE_THAI if stops else _SPACE_ANY).finditer(text)}
    start = 0
    for end in sorted(stops | spaces):
        if end in stops or columns(text[start:end]) >= _SHORTEST:
            yield end
            start = end


def _stops(text: str) -> Iterator[int]:
    start, first = 0, _first_letter(text, 0)
    for match in END.finditer(text):
        if match.start() < start or first >= match.start():  # nothing is said before this stop
            continue
        end = _closed(text, match.end())
        if _ends_here(text, start, match, end) and not _quotation_goes_on(text, match.end(), end):
            yield end
            start, first = end, _first_letter(text, end)


def _first_letter(text: str, start: int) -> int:
    found = _SAYS_SOMETHING.search(text, start)
    return found.start() if found else len(text)


def _closed(text: str, end: int) -> int:
    """Return the position behind the quotation marks and brackets that close with a stop."""
    while end < len(text):
        after = text[end + 1 : end + 2]
        if _closes(text, end, after):
            end += 1
        elif text[end].isspace() and after and after in "”’」』»›)" and not text[end + 2 : end + 3].isalnum():
            end += 2
        else:
            break
    return end


def _closes(text: str, at: int, after: str) -> bool:
    if text[at] in CLOSING:
        return not (text[at] in "»›" and after.isalnum())
    return text[at] in EITHER and (not after or after.isspace() or after in f"{CLOSING},;" or _is_open(text, at))


def _is_open(text: str, at: int) -> bool:
    """Tell whether the straight quotation mark at `at` closes one that is open; an apostrophe is no such mark."""
    mark = text[at]
    if mark == '"':
        return text.count('"', 0, at) % 2 == 1
    return mark == "'" and len(re.findall(r"(?<!\w)'|'(?!\w)", text[:at])) % 2 == 1


def _quotation_goes_on(text: str, stop: int, end: int) -> bool:
    """Tell whether the sentence goes on behind a quotation: ``“…다.”라고``, ``「…。」と``, ``"…" said``."""
    return any(mark in QUOTES for mark in text[stop:end]) and GOES_ON.match(text, end) is not None


def _ends_here(text: str, start: int, match: re.Match[str], end: int) -> bool:
    stop, before, after = match[0], text[start : match.start()], text[end : end + 1]
    if before[-1:] == "(" and text[match.end() : match.end() + 1] == ")":
        return False  # (?), (!): a doubt within a sentence
    if stop == ".":
        return _dot_ends(text, before, end)
    if stop.strip(".") == "":
        return not (after and (after in "/\\" or after.isdigit()))
    if stop in ("．", "﹒") and _is_cased(before[-1]) and not before[-2:-1].isalpha():
        return False
    if stop in ("．", "﹒") or stop.strip(ELLIPSES) == "":
        return not (before[-1:].isdigit() and after.isdigit())
    return _asks_or_calls(text, before, end) if stop.strip("!?") == "" else True


def _asks_or_calls(text: str, before: str, end: int) -> bool:
    """Judge ``!`` and ``?``: in ``?id=3`` and ``Yahoo!는`` they end nothing."""
    after = text[end : end + 1]
    word = _WORD.search(before)
    last = word[0] if word else ""
    if after.isascii() and (after.isalnum() or after in "=&/"):
        return not (re.search(r"[/=.&]", last) or after in "=&/")
    return not (last[-1:].isascii() and re.match(r"(?:은|는|이|가|을|를|의|에|와|과|도)(?=\s)", text[end : end + 2]))


def _dot_ends(text: str, before: str, end: int) -> bool:
    """Judge a single ``.``, which also stands in numbers, dates, names, addresses and behind short forms."""
    last, after = before[-1], text[end : end + 1]
    if after in tuple(",;:") or (after == "." and text[end - 1] == "."):
        return False
    if last.isdigit():
        return _number_ends(text, before, end)
    if _is_cased(last):
        if not before[-2:-1].isalpha() and re.match(r"\s?\w\.", text[end:]):
            return False  # z. B., т. е.
        spaced = not after or after.isspace()
        if NEVER.search(before) or (_is_initials(before) and not _begins(text, end)):
            return False
        if spaced:
            return not (SHORT_FORMS.search(before) and re.match(r"\s*[a-z\d]", text[end:]))
        return _glued_ends(before, after)
    if _is_single_letter_of_rtl(before):
        return False
    return not (after.isascii() and after.islower())  # 가온.example


def _number_ends(text: str, before: str, end: int) -> bool:
    after = text[end : end + 1]
    rest = text[end : end + 12]
    if after.isascii() and (after.isdigit() or after.islower()):
        return False
    if _LIST_NUMBER.fullmatch(before) or _DATE_GOES_ON.match(rest):
        return False
    if _DATE_BEFORE.search(before) and not re.match(r"\s*[A-Z]", rest):
        return False
    return not (re.match(r"\s+[a-zà-ÿ]", rest) or MONTHS.match(rest))


def _glued_ends(before: str, after: str) -> bool:
    """Judge a stop between a cased letter and something that is no space: ``left.She``, but ``gaon.example``."""
    if after in OPENING or category(after) in ("Lo", "Lm", "So"):
        return True
    word = _WORD.search(before)
    plain = word is not None and not re.search(r"[./@\\:]", word[0])
    return plain and before[-2:].islower() and len(before) > 1 and after.isupper()


def _is_initials(before: str) -> bool:
    match = INITIALS.search(before)
    if match is None:
        return False
    return before[-1].isupper() or match[0].strip() in ("St", "Ph.D")


def _begins(text: str, end: int) -> bool:
    """Tell whether what follows begins a sentence, or there is nothing more."""
    return not text[end:].strip() or STARTERS.match(text, end) is not None


def _is_cased(character: str) -> bool:
    return character.lower() != character.upper()


def _is_single_letter_of_rtl(before: str) -> bool:
    """Tell whether one letter of Arabic or Hebrew stands alone before the stop, as in ``د. محمد``."""
    return re.search(r"(?:^|[\s.(])[\u05d0-\u05ea\u0621-\u064a]$", before) is not None
