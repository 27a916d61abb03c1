"""Words of a text, Korean ones without their particles: what a text is about, without a dictionary.

That a word is a stem with a particle is taken for true when the texts prove it: the stem stands in them with two
different particles, or with one and bare. So 정부는 gives 정부, and 전문가 stays what it is.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from unicodedata import normalize

from yoyak.text.korean import without_particle

_WORD = re.compile(r"[^\W_]+(?:[+#]+(?![A-Za-z0-9+#]))?")


def words(text: str) -> list[str]:
    """Return the words of a text in order: letters and digits, and the signs behind them of ``C++`` and ``C#``."""
    return _WORD.findall(normalize("NFKC", text))


class Stems:
    """What some texts prove of their words."""

    def __init__(self, seen: Iterable[str]) -> None:
        """Learn from words, each of which may come many times."""
        distinct = frozenset(seen)
        particles: dict[str, set[str]] = defaultdict(set)
        for word in distinct:
            # The longest particle counts: 서울에도 is 서울 with 에도, and proves no noun 서울에.
            for stem, particle in list(without_particle(word))[-1:]:
                particles[stem].add(particle)
        self._proven = frozenset(stem for stem, found in particles.items() if len(found) > 1 or stem in distinct)
        self._nouns = frozenset(particles)
        self._known: dict[str, str] = {}

    def takes_particles(self, word: str) -> bool:
        """Tell whether a word stands in the texts with a particle behind it: it is a noun as it is."""
        return word in self._nouns

    def of(self, word: str) -> str:
        """Return the stem of a word without case; the word itself when nothing is proven of it."""
        if word not in self._known:
            self._known[word] = self._longest(word).casefold()
        return self._known[word]

    def _longest(self, word: str) -> str:
        if word in self._proven:
            return word
        return next((stem for stem, _ in without_particle(word) if stem in self._proven), word)
