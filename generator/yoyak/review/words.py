"""The difference of two texts, word by word."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import takewhile
from unicodedata import category

from yoyak.model.types import Record
from yoyak.review.tokens import WordToken, tokens

STEPS = 300_000
"""What the comparison of one block may cost, in steps of difflib; two texts of 50 kB then take a tenth of a second."""
_ENDINGS = frozenset("이 가 은 는 을 를 의 에 와 과 도 만 로 으로 에서 에게 부터 까지 보다".split())


class WordPiece(Record, kw_only=True):
    """A part of a text that stayed, or became another one."""

    before: str
    after: str

    @property
    def same(self) -> bool:
        return self.before == self.after


class Steps:
    """How much work is left. It is counted, not timed: the same texts give the same difference."""

    def __init__(self, left: int) -> None:
        self.left = left

    def take(self, cost: int, keep: int = 0) -> bool:
        """Tell whether so much is left, and take it; `keep` must be left afterwards."""
        if self.left - cost < max(keep, 0):
            return False
        self.left -= cost
        return True


class _Matcher(SequenceMatcher[Hashable]):
    b2j: dict[Hashable, list[int]]
    """Where each token stands in the second row."""


def difference(before: str, after: str, steps: Steps | None = None) -> tuple[WordPiece, ...]:
    """Return the pieces of two texts. Joined, their `before` and `after` are the texts.

    A number changes as a whole. Of a word that got another ending the beginning stays: ``물가`` and ``가``, ``는``.
    `steps` are those of all texts that are compared; one text gets no more than `STEPS` of them.
    """
    if before == after:
        return (WordPiece(before=before, after=after),) if before else ()
    old, new = tokens(before), tokens(after)
    pieces: list[tuple[str, str]] = []
    i = j = 0
    for a, b, length in (*matches(_keys(old), _keys(new), steps or Steps(STEPS)), (len(old), len(new), 0)):
        pieces += _changed(old[i:a], new[j:b])
        for one, other in zip(old[a : a + length], new[b : b + length], strict=True):
            pieces += [(one.space, other.space), (one.text, other.text)]
        i, j = a + length, b + length
    return tuple(WordPiece(before=one, after=other) for one, other in _joined(pieces))


def matches(old: Sequence[Hashable], new: Sequence[Hashable], steps: Steps) -> list[tuple[int, int, int]]:
    """Return what two rows have in common, in order, as (place in `old`, place in `new`, length).

    When `steps` are used up, the rest counts as different.
    """
    start = _common(old, new)
    end = _common(old[: start - 1 if start else None : -1], new[: start - 1 if start else None : -1])
    inner = _inner(old[start : len(old) - end], new[start : len(new) - end], steps)
    found = [(0, 0, start), *((a + start, b + start, n) for a, b, n in inner), (len(old) - end, len(new) - end, end)]
    return [match for match in found if match[2]]


def _common(old: Sequence[Hashable], new: Sequence[Hashable]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))


def _inner(old: Sequence[Hashable], new: Sequence[Hashable], steps: Steps) -> list[tuple[int, int, int]]:
    matcher = _Matcher(None, old, new, autojunk=False)
    keep = steps.left - STEPS
    costs = _costs(matcher, old, min(steps.left, STEPS) // 8)
    found = []
    open_ranges = [(0, len(old), 0, len(new))]
    while open_ranges:
        a, a_end, b, b_end = open_ranges.pop()
        if a == a_end or b == b_end or not steps.take(costs[a_end] - costs[a], keep):
            continue
        match = matcher.find_longest_match(a, a_end, b, b_end)
        if match.size:
            found.append((match.a, match.b, match.size))
            open_ranges += [(match.a + match.size, a_end, match.b + match.size, b_end), (a, match.a, b, match.b)]
    return sorted(found)


def _costs(matcher: _Matcher, old: Sequence[Hashable], most: int) -> list[int]:
    """Return what a comparison costs up to each place; the most frequent tokens are left out until `most` is enough.

    A token that is left out still belongs to a match beside it.
    """
    counts = sorted((len(matcher.b2j.get(key, ())) for key in old), reverse=True)
    total, limit = sum(counts) + len(old), counts[0] if counts else 0
    for count in counts:
        if total <= most:
            break
        total, limit = total - count, count - 1
    for key in [key for key, places in matcher.b2j.items() if len(places) > limit]:
        del matcher.b2j[key]
    costs = [0]
    for key in old:
        costs.append(costs[-1] + 1 + len(matcher.b2j.get(key, ())))
    return costs


def _keys(row: Sequence[WordToken]) -> list[tuple[str, str]]:
    """Return what tokens are compared by; the first one counts as if a space stood before it."""
    return [(token.space or ("" if number else " "), token.text) for number, token in enumerate(row)]


def _changed(old: Sequence[WordToken], new: Sequence[WordToken]) -> Iterator[tuple[str, str]]:
    """Yield the pieces of tokens that differ: words that begin alike each for itself, what is between them together."""
    i = j = 0
    for a, b in _alike(old, new):
        yield from _replaced(old[i:a], new[j:b])
        yield old[a].space, new[b].space
        stem = _stem(old[a], new[b])
        yield old[a].text[:stem], new[b].text[:stem]
        yield old[a].text[stem:], new[b].text[stem:]
        i, j = a + 1, b + 1
    yield from _replaced(old[i:], new[j:])


def _replaced(old: Sequence[WordToken], new: Sequence[WordToken]) -> Iterator[tuple[str, str]]:
    """Yield tokens that have nothing in common; the space before them stays."""
    shared = old[0].space if old and new and old[0].space == new[0].space else ""
    yield shared, shared
    yield _text(old)[len(shared) :], _text(new)[len(shared) :]


def _alike(old: Sequence[WordToken], new: Sequence[WordToken]) -> list[tuple[int, int]]:
    """Return the places of words that begin alike: each with its partner, or only at the front and at the end."""
    pairs = list(zip(range(len(old)), range(len(new)), strict=False))
    if len(old) == len(new):
        return [pair for pair in pairs if _stem(old[pair[0]], new[pair[1]])]
    fronts = [*takewhile(lambda pair: _stem(old[pair[0]], new[pair[1]]), pairs)]
    behind = [(len(old) - n, len(new) - n) for n in range(1, len(pairs) - len(fronts) + 1)]
    return [*fronts, *reversed([*takewhile(lambda pair: _stem(old[pair[0]], new[pair[1]]), behind)])]


def _stem(one: WordToken, other: WordToken) -> int:
    """Return how many letters of two words are the same beginning; 0 when that would explain nothing."""
    if not (one.word and other.word) or one.text == other.text:
        return 0
    length = _common(one.text, other.text)
    while length and any(map(_belongs, (one.text[length : length + 1], other.text[length : length + 1]))):
        length -= 1
    rests = {one.text[length:], other.text[length:]}
    shorter = min(len(one.text), len(other.text))
    if length and rests <= _ENDINGS | {""}:
        return length
    least = 2 if "가" <= one.text[0] <= "힣" else 4
    return length if length >= least and length * 2 >= shorter else 0


def _belongs(letter: str) -> bool:
    """Tell whether something is a part of the letter before it."""
    return bool(letter) and (category(letter).startswith("M") or letter in "\u200c\u200d")


def _text(row: Iterable[WordToken]) -> str:
    return "".join(token.space + token.text for token in row)


def _joined(pieces: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Join neighbours that both stayed, and neighbours that both changed."""
    before = after = ""
    for one, other in pieces:
        if not one and not other:
            continue
        if (before or after) and (before == after) != (one == other):
            yield before, after
            before = after = ""
        before, after = before + one, after + other
    if before or after:
        yield before, after
