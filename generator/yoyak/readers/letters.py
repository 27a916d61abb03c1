"""In which language a text is, by its letters and its small words.

A library for it (lingua, py3langid) weighs more than all of yoyak; for whole articles these signs leave little doubt.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from yoyak.readers.word_lists import by_group, groups

_SAMPLE = 3000
"""Characters that tell a language."""
_FEWEST = 12
"""Letters of a script below which a text tells nothing."""
_LETTERS = {name: re.compile(f"[{letters}]") for name, letters in by_group("scripts", "small-words").items()}
"""Letters by script; one that is named like a language is of that language only."""
_SIMPLE = re.compile("[这们为来时会对说国发经东车门见书长话与业两个学实务现动员]")
_TRADITIONAL = re.compile("[這們為來時會對說國發經東車門見書長話與業兩個學實務現動員]")
_CYRILLIC = tuple(by_group("letters-of-cyrillic", "small-words").items())
"""The first whose letters stand in a text: Belarusian shares Ukrainian's і, and has its own ў."""
_LIKELIEST = {"cyrillic": "ru", "arabic": "ar"}
_ARABIC = (("ur", "ٹڈڑےں"), ("fa", "پچژگ"))


def language_of(text: str) -> str:
    """Return the language of a text as a code of BCP 47; empty when nothing leaves no doubt.

    >>> language_of("가온항의 크레인이 2일 새벽 멈췄다고 항만공사가 밝혔다. 부품을 구하는 데 사흘이 걸린다.")
    'ko'
    """
    sample = text[:_SAMPLE]
    counts = letters_in(sample)
    if _is_korean(counts):
        return "ko"
    eastern = counts["han"] + counts["kana"]
    if eastern >= _FEWEST and 3 * eastern > counts["latin"]:  # two words of ours may stand for one of theirs
        return "ja" if counts["kana"] > eastern / 20 else _chinese(sample)
    script = max((name for name in counts if name not in ("han", "kana", "hangul")), key=lambda name: counts[name])
    if counts[script] < _FEWEST:
        return ""
    if script == "latin":
        return _of_words(sample)
    if script in ("cyrillic", "arabic"):
        return _of_letters(sample, _CYRILLIC if script == "cyrillic" else _ARABIC) or _LIKELIEST[script]
    return script


def letters_in(text: str) -> dict[str, int]:
    """Return how many letters of each script a text has."""
    counts = dict.fromkeys(_LETTERS, 0)
    for letter, number in Counter(text).items():
        if script := _script_of(letter):
            counts[script] += number
    return counts


@lru_cache(8192)
def _script_of(letter: str) -> str:
    return next((name for name, letters in _LETTERS.items() if letters.match(letter)), "")


def _chinese(text: str) -> str:
    traditional = len(_TRADITIONAL.findall(text))
    return "zh-Hant" if traditional >= 3 and traditional > 3 * len(_SIMPLE.findall(text)) else "zh"


def _is_korean(counts: dict[str, int]) -> bool:
    hangul = counts["hangul"]
    return hangul >= _FEWEST and hangul > counts["latin"] / 2 and hangul > counts["han"] / 2 and hangul > counts["kana"]


def _of_letters(text: str, languages: tuple[tuple[str, str], ...]) -> str:
    """Return the first language of which letters of its own stand in a text."""
    found = ((code, sum(text.count(letter) for letter in letters)) for code, letters in languages)
    return next((code for code, number in found if number > 2), "")


def another_language(text: str, declared: str) -> str:
    """Return the language of a text in Latin letters whose small words are surely not of the one that it declares."""
    words, counts = _small_words(text)
    first = max(counts, key=lambda code: counts[code])
    sure = words.total() >= _SURE and counts[first] > max(0.15 * words.total(), 3 * counts.get(declared, counts[first]))
    return _of_words(text) if sure else ""


_SURE = 100  # words


def _small_words(text: str) -> tuple[Counter[str], dict[str, int]]:
    """Return the words of a text, and how many of them are small ones of each language."""
    words = Counter(re.findall(r"[^\W\d_]+", text.lower()))
    return words, {
        code: sum(words[word] for word in small) for code, small in groups("small-words", "small-words").items()
    }


def _of_words(text: str) -> str:
    words, counts = _small_words(text)
    total = words.total()
    first, second = sorted(counts, key=lambda code: -counts[code])[:2]
    if counts[first] < max(3, total / 25):
        return ""
    if {first, second} == {"da", "no"}:
        return "da" if words["af"] > words["av"] else "no"
    return first if counts[first] > 1.15 * counts[second] else ""
