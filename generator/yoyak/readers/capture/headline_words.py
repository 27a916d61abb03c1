"""The words of a headline, and how many of them a text has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from yoyak.readers.word_lists import words
from yoyak.text.korean import without_particle

_WORD = re.compile(r"[가-힣]{2,}|[\u3040-\u30ff\u4e00-\u9fff]+|[^\W\d_\u3040-\u30ff\u4e00-\u9fff가-힣]{3,}|\d{2,}")
_COMMON = words("headline-fillers", "people")


def words_of(text: str) -> Iterator[str]:
    """Yield the words that count, as a text with a space before each has them; of Chinese and Japanese, pairs."""
    for match in _WORD.finditer(text.casefold()):
        word = match.group()
        if "\u3040" <= word[0] <= "\u9fff":
            yield from (a + b for a, b in pairwise(word)) if len(word) > 1 else (word,)
        elif word not in _COMMON:
            yield f" {word}"


def overlap_of(text: str, body: str) -> float:
    """Return the share of a line's words that the body has too, each perhaps with another ending."""
    said = list(words_of(text))
    if len(said) < 2:
        return 0.3 if said and said[0] in body else 0.0
    known = sum(1 for word in said if word in body or (len(word) > 3 and _stem(word) in body))
    return known / len(said) * (0.6 + 0.1 * min(known, 4))


def _stem(word: str) -> str:
    if "가" <= word[1] <= "힣":
        return next((stem for stem, _ in without_particle(word)), word[:-1])
    return word[: max(5, len(word) - 3)]
