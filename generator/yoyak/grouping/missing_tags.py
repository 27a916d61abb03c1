"""Tags for articles that have none, out of those that the site uses: the ones that stand out in the text (TF-IDF)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import log

from yoyak.grouping.tags_in_use import TagInUse
from yoyak.model.types import Record
from yoyak.text.keywords import Stems, words
from yoyak.text.names import fold

MOST = 3
"""Tags for one article."""
_OFTEN = 2
"""How often a tag has to stand in a text whose title has not got it."""
_OUTSTANDING = 16
"""Among so many of the words that stand there as often it has to be, or in the title."""
_IN_TITLE = 3
"""A word of the title counts as so many."""
_ENOUGH, _SHARE = 3, 1 / 4
"""Of so many articles with tags that speak of a tag, this share at least has it, or it is not suggested."""


class ReadText(Record, kw_only=True):
    """The words of an article."""

    title: tuple[str, ...]
    text: tuple[str, ...]
    tags: tuple[str, ...] = ()
    """As the article writes them."""


class Texts:
    """What some articles of a site prove of its words, how common each is in them, and which ones become tags."""

    def __init__(self, sample: Sequence[ReadText], tags: Mapping[str, TagInUse]) -> None:
        self._tags = tags
        self._spelled = dict(_spelled(tags))
        self._longest = _longest(self._spelled)
        of_tags = [words(name) for tag in tags.values() for name in tag.names]
        of_tags += [["".join(parts)] for parts in of_tags]
        of_texts = ((*read.title, *read.text) for read in sample)
        self.stems = Stems(word for part in (*of_tags, *of_texts) for word in part)
        self._size = len(sample)
        self._common: Counter[str] = Counter()
        self._spoken_of: Counter[str] = Counter()
        self._chosen: Counter[str] = Counter()
        self._learn(sample)

    def _learn(self, sample: Sequence[ReadText]) -> None:
        """Count in how many articles each word stands, and of those with tags which word of theirs became one."""
        keys = {fold(name): key for key, tag in self._tags.items() for name in tag.names}
        for read in sample:
            counts = self._counted(read)
            self._common.update(counts.keys())
            if read.tags:
                spoken_of = {word for word in counts.keys() & self._tags.keys() if counts[word] >= _OFTEN}
                self._spoken_of.update(spoken_of)
                self._chosen.update(spoken_of & {keys.get(fold(name), "") for name in read.tags})

    def tags_of(self, read: ReadText) -> tuple[TagInUse, ...]:
        """Return the tags that an article could have, the most outstanding first."""
        counts = self._counted(read)
        repeated = [word for word in counts if counts[word] >= _OFTEN]
        ranked = sorted(repeated, key=lambda word: (-counts[word] * self._rarity(word), word))
        titled = set(self._terms(read.title))
        found = [
            word
            for place, word in enumerate(ranked)
            if word in self._tags and self._becomes_a_tag(word) and (place < _OUTSTANDING or word in titled)
        ]
        return tuple(self._tags[word] for word in found[:MOST])

    def _becomes_a_tag(self, word: str) -> bool:
        """Tell whether the desk gives this tag to articles that speak of it: a word such as 사람 is in many."""
        times = self._spoken_of[word]
        return times < _ENOUGH or self._chosen[word] >= times * _SHARE

    def _rarity(self, word: str) -> float:
        return log((1 + self._size) / (0.5 + self._common[word]))

    def _counted(self, read: ReadText) -> Counter[str]:
        counts = Counter(self._terms(read.text))
        for term in self._terms(read.title):
            counts[term] += _IN_TITLE
        return counts

    def _terms(self, text: Sequence[str]) -> Iterator[str]:
        """Yield the stems of a text; where a tag stands, its key instead of the stems that it is made of."""
        place = 0
        while place < len(text):
            length, key = self._tag_at(text, place)
            yield key or self.stems.of(text[place])
            place += length

    def _tag_at(self, text: Sequence[str], place: int) -> tuple[int, str]:
        """Return the longest tag that stands at a place, as the number of its words and its key; none is ``(1, "")``.

        Only the last word may have a particle on it.
        """
        for length in range(self._longest.get(text[place].casefold(), 1), 0, -1):
            if place + length <= len(text):
                *before, last = text[place : place + length]
                parts = (*(word.casefold() for word in before), self.stems.of(last))
                if key := self._spelled.get(parts):
                    return length, key
        return 1, ""


def _spelled(tags: Mapping[str, TagInUse]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the words of each spelling of each tag, with the tag's key."""
    for key, tag in tags.items():
        for name in tag.names:
            if parts := tuple(word.casefold() for word in words(name)):
                yield parts, key


def _longest(spelled: Iterable[tuple[str, ...]]) -> dict[str, int]:
    """Return how many words the longest tag has that begins with a word."""
    found: dict[str, int] = {}
    for parts in spelled:
        found[parts[0]] = max(len(parts), found.get(parts[0], 1))
    return found
