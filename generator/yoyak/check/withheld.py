"""What is not published, as words to search for, and the search for them in files of the output.

A phrase is *distinctive* when it has some weight (`weight_of`) and stands in nothing that is published; the second is
asked only of what was found (`secret`), so that it costs nothing where there is no leak. Nothing here knows how it is
decided what is published: it is a check of that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from msgspec import Struct

from yoyak.check.output_words import BORDER, new_lines, words_of, words_of_binary, words_of_file
from yoyak.containers.packed import Inside, is_binary, is_utf8

What = Literal["title", "address", "tag", "text", "picture", "note", "cut", "comment", "unread"]
"""Of the last one the words say why a file could not be searched: no phrase, and no leak that stops a build."""
LONG = 8
"""Words of a body that are searched for together."""
FEWEST = 5
"""Words of a shorter paragraph: a heading or the words of a link may stand in many texts."""
LEAST = 8
"""The weight below which words are too common to be searched for."""
MOST = 200
"""Phrases of one body."""


class Phrase(Struct, frozen=True, array_like=True):
    """Words that may not stand in the output, joined by spaces; of a picture the digest of its bytes."""

    words: str
    what: What
    path: str
    """The file whose they are."""


class Leak(Struct, frozen=True, array_like=True):
    """A phrase that stands in a file of the output."""

    output: str
    phrase: Phrase


def weight_of(words: Iterable[str]) -> int:
    """Return how distinctive words are: a letter of an alphabet weighs 1, any other letter 2, a digit nothing.

    >>> weight_of(["ai"]), weight_of(["등대", "화재"]), weight_of(["2024"])
    (2, 8, 0)
    """
    letters = (letter for word in words for letter in word if not letter.isdigit())
    return sum(1 if ord(letter) < 0x0590 else 2 for letter in letters)


def short_phrase(text: str, what: What, path: str, *, least: int = LEAST) -> Iterator[Phrase]:
    """Yield a title, an address or a tag as a phrase; of a longer text its pieces."""
    words = words_of(text)
    if len(words) > LONG:
        yield from pieces(words, what, path)
    elif weight_of(words) >= least:
        yield Phrase(" ".join(words), what, path)
        if len(words) > 1 and weight_of(words) >= LEAST:
            yield Phrase("".join(words), what, path)  # as a hashtag, or in an address without hyphens


def pieces(words: Sequence[str], what: What, path: str) -> Iterator[Phrase]:
    """Yield pieces of a text, `LONG` words each, at most `MOST` of them."""
    step = max(LONG, len(words) // MOST)
    for part in _parts(words):
        last = max(0, len(part) - LONG)
        for start in sorted({*range(0, last + 1, step), last}):
            piece = part[start : start + LONG]
            if len(piece) >= FEWEST and weight_of(piece) >= LEAST * 2:
                yield Phrase(" ".join(piece), what, path)


def _parts(words: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield what stands between the borders of a text."""
    start = 0
    for end in (*(place for place, word in enumerate(words) if word == BORDER), len(words)):
        if end > start:
            yield words[start:end]
        start = end + 1


class Search:
    """A search for many phrases in one file after the other."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self._pictures: dict[str, Phrase] = {}
        self._long: dict[tuple[str, ...], Phrase] = {}
        self._short: dict[str, list[Phrase]] = {}
        self._seen: set[bytes] = set()
        """Lines of files: most stand on many pages, and are looked at once."""
        for phrase in phrases:
            words = phrase.words.split(" ")
            if phrase.what == "picture":
                self._pictures.setdefault(phrase.words, phrase)
            elif len(words) == LONG:
                self._long.setdefault(tuple(words), phrase)
            else:
                self._short.setdefault(max(words, key=lambda word: (len(word), word)), []).append(phrase)
        self._runs, self._rare = frozenset(self._long), frozenset(self._short)

    def __bool__(self) -> bool:
        return bool(self._pictures or self._long or self._short)

    def found(self, path: str, data: bytes, digest: str, before: bytes = b"") -> list[Leak]:
        """Return the phrases that stand in a file; lines that it had `before` are known to have none."""
        found = [self._pictures[digest]] if digest in self._pictures else []
        if self._long or self._short:
            if is_binary(data):
                return [Leak(path, phrase) for phrase in (*found, *self._in_binary(path, data))]
            self._seen.update(before.split(b"\n") if before else ())
            found += self.in_words(words_of_file(path, new_lines(data, self._seen)))
        return [Leak(path, phrase) for phrase in found]

    def _in_binary(self, path: str, data: bytes) -> Iterator[Phrase]:
        """Yield the phrases in a file that is no text, and in what is compressed in it."""
        inside = Inside()
        words = [*words_of_binary(path, data), BORDER, *(words_of_file("", data) if is_utf8(data) else ())]
        for name, part in inside.parts(data):
            words += [BORDER, *(words_of_binary(name, part) if is_binary(part) else words_of_file(name, part))]
        yield from self.in_words(words)
        if inside.unread:
            yield Phrase(f"unsearched.{inside.unread}", "unread", path)

    def in_words(self, words: Sequence[str]) -> list[Phrase]:
        """Return the phrases that stand in a text, each once."""
        runs = (
            self._runs.intersection(zip(*(words[start:] for start in range(LONG)), strict=False)) if self._long else ()
        )
        found = {phrase.words: phrase for phrase in map(self._long.__getitem__, runs)}
        if near := self._rare.intersection(words):
            text = f" {' '.join(words)} "
            for phrase in (one for word in near for one in self._short[word]):
                if f" {phrase.words} " in text:
                    found[phrase.words] = phrase
        return list(found.values())


def secret(leaks: Sequence[Leak], public: Iterable[tuple[str, Sequence[str]]]) -> tuple[list[Leak], dict[str, str]]:
    """Return those leaks whose words stand in no public text, and in which text the words of the others stand.

    `public` gives the name and the words of each text, and is read only as far as it is needed.
    """
    unknown = {leak.phrase.words: leak.phrase for leak in leaks if leak.phrase.what not in ("picture", "unread")}
    known: dict[str, str] = {}
    texts = iter(public)
    while unknown and (text := next(texts, None)):
        name, words = text
        for phrase in Search(unknown.values()).in_words(words):
            known[phrase.words] = name
            unknown.pop(phrase.words, None)
    return [leak for leak in leaks if leak.phrase.words not in known], known
