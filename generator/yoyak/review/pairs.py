"""Which block of a text became which block of another one."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from yoyak.review.words import STEPS, Steps, matches

_WORD = re.compile(r"\w+")
_NEAR, _FAR = 0.4, 0.6
"""How much of their words two blocks share at least, between the same neighbours and elsewhere."""
_FEWEST = 4
"""Words that a block has at least which is looked for elsewhere."""
_COMMON = 30
"""Blocks with the same word; one that more have says nothing of which became which."""


class BlockPair(NamedTuple):
    was: int
    now: int
    moved: bool
    """It stands elsewhere among the blocks that stayed."""


def pairs(before: Sequence[str], after: Sequence[str]) -> list[BlockPair]:
    """Return the pairs of texts that are the same block, by their place in `after`.

    Equal texts first, then those that share words. Of blocks that crossed, the fewer have moved.
    """
    found = [(a + n, b + n) for a, b, length in matches(before, after, Steps(STEPS)) for n in range(length)]
    stayed = {was for was, _ in found}
    found += _equal(before, after, found)
    found += _like(before, after, sorted(pair for pair in found if pair[0] in stayed), found)
    in_order = _in_order(sorted(found, key=lambda pair: pair[1]))
    return [BlockPair(was, now, (was, now) not in in_order) for was, now in sorted(found, key=lambda pair: pair[1])]


def _left(texts: Sequence[str], taken: set[int]) -> list[int]:
    return [number for number in range(len(texts)) if number not in taken]


def _equal(before: Sequence[str], after: Sequence[str], found: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield equal texts that are not in order."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for number in reversed(_left(before, {was for was, _ in found})):
        places[before[number]].append(number)
    for number in _left(after, {now for _, now in found}):
        if places[after[number]]:
            yield places[after[number]].pop(), number


def _like(
    before: Sequence[str], after: Sequence[str], anchors: list[tuple[int, int]], found: list[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Yield texts that share most of their words, the most alike first."""
    old = {number: _words(before[number]) for number in _left(before, {was for was, _ in found})}
    new = {number: _words(after[number]) for number in _left(after, {now for _, now in found})}
    gaps = [was for was, _ in anchors], [now for _, now in anchors]
    ranked = []
    for was, now in _candidates(old, new) | set(_side_by_side(old, new, gaps)):
        shared = (old[was] & new[now]).total()
        sizes = old[was].total(), new[now].total()
        near = bisect_right(gaps[0], was) == bisect_right(gaps[1], now)
        likeness = 2 * shared / (sum(sizes) or 1)
        if likeness >= (_NEAR if near else _FAR) and (near or min(sizes) >= _FEWEST):
            ranked.append((not near, -likeness, was, now))
    taken: set[tuple[str, int]] = set()
    for _, _, was, now in sorted(ranked):
        if not taken & {("was", was), ("now", now)}:
            taken |= {("was", was), ("now", now)}
            yield was, now


def _words(text: str) -> Counter[str]:
    """Return the beginnings of words, which stay when their endings change; numbers as they are."""
    return Counter(word if word[0].isdigit() else word[: max(2, len(word) // 2)] for word in _parts(text))


def _parts(text: str) -> Iterator[str]:
    """Yield words; of a text without spaces its letters two by two."""
    for word in _WORD.findall(text):
        if len(word) > 3 and "\u3040" <= word[0] <= "\u9fff":
            yield from (word[n : n + 2] for n in range(len(word) - 1))
        else:
            yield word


def _candidates(old: dict[int, Counter[str]], new: dict[int, Counter[str]]) -> set[tuple[int, int]]:
    """Return the places of blocks that share a word which few others have."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for was, words in old.items():
        for word in words:
            places[word].append(was)
    rare = {word: found for word, found in places.items() if len(found) <= _COMMON}
    return {(was, now) for now, words in new.items() for word in words for was in rare.get(word, ())}


def _side_by_side(
    old: Iterable[int], new: Iterable[int], gaps: tuple[list[int], list[int]]
) -> Iterator[tuple[int, int]]:
    """Yield the places of blocks that are the first, the second … between the same neighbours: rows of a table."""
    rows: defaultdict[int, list[int]] = defaultdict(list)
    for was in reversed([*old]):
        rows[bisect_right(gaps[0], was)].append(was)
    for now in new:
        if row := rows.get(bisect_right(gaps[1], now)):
            yield row.pop(), now


def _in_order(found: list[tuple[int, int]]) -> set[tuple[int, int]]:
    """Return the most pairs that do not cross (a longest increasing sequence); `found` is by place in `after`."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for number, (was, _) in enumerate(found):
        at = bisect_right(ends, was)
        before.append(last[at - 1] if at else -1)
        ends[at : at + 1], last[at : at + 1] = [was], [number]
    kept, number = set(), last[-1] if last else -1
    while number >= 0:
        kept.add(found[number])
        number = before[number]
    return kept
