"""The difference of two texts, word by word."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import takewhile
from typing import NamedTuple
from unicodedata import category

from yoyak.model.types import Record

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
    start = common(old, new)
    end = common(old[: start - 1 if start else None : -1], new[: start - 1 if start else None : -1])
    inner = _inner(old[start : len(old) - end], new[start : len(new) - end], steps)
    found = [(0, 0, start), *((a + start, b + start, n) for a, b, n in inner), (len(old) - end, len(new) - end, end)]
    return [match for match in found if match[2]]


def common(old: Sequence[Hashable], new: Sequence[Hashable]) -> int:
    """Return how many first things two rows have in common."""
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
    length = common(one.text, other.text)
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


# --- A text as tokens: what a difference may show as changed, and never divides ----------------------------------


_HAN = "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_HIRAGANA, _KATAKANA = r"\u3041-\u309f", r"\u30a0-\u30ff\u31f0-\u31ff\uff66-\uff9f"
_CJK = _HAN + _HIRAGANA + _KATAKANA
_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0963\u0966-\u0dff\u0e00-\u109f"
)
_LETTER = rf"(?:[^\W\d_½¼¾⅓⅔{_CJK}]|(?!\d)[{_MARKS}\u1780-\u17ff\u200c\u200d])"
_ONE = "[\u0300-\u036f\ufe0e\ufe0f\u20e3\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]*"
_SCALE = "[십백천만억조경万億兆千百]"
_DIGITS = r"[\d½¼¾⅓⅔]+(?:[.,:/·ㆍ\-–~∼][\d]+)*+"
_PARTICLE = (
    "(?:이라고|이라는|이지만|이었다|으로는|까지는|에서는|에서의|으로의|부터는|이라|이며|이고|이다|였다|이나|에서|에게|까지|부터|보다|으로|로서|로써|"
    "처럼|마다|이란|에는|에도|로는|로도|에만|짜리|가량|이상|이하|미만|안팎|이|가|은|는|을|를|의|에|와|과|도|만|로|씩|쯤|나|인|여|란)"
)
"""What stands behind a number and is no part of it; a longer word stays with its number."""
_UNIT = (
    "(?:퍼센트포인트|퍼센트|포인트|달러|유로|위안|파운드|원|엔|명|인|개월|개국|개|건|곳|호|회|차례|차|번|위|년대|년|월|일|시간|시|분기|분|초|주년|주|"
    "세대|세|살|배럴|배|대|척|마리|권|편|톤|킬로그램|킬로미터|센티미터|밀리미터|미터|킬로|그램|리터|평|층|가구|쪽|항|조|판|점|표|석|장|채|줄|가지|"
    "여|도|선)"
)
_LATIN_UNIT = "[A-Za-zµμ]+[²³]?(?:/[A-Za-z]+)?"
_FAR = (
    "(?:billion|million|trillion|thousand|hundred|percent|per cent|percentage points?|basis points?|bn|mn|tn|pp|bps?|"
    "euros?|dollars?|pounds?|won|yen|[kcm]?m|[km]?g|[kMGT]?[Bb]|[kMGT]?Wh?|km/h|hours?|minutes?|seconds?|days?|weeks?|"
    "months?|years?|a\\.m\\.|p\\.m\\.|am|pm|AM|PM|KST|UTC|GMT)"
)
_SIGN = r"(?: ?(?:%p|%P|%포인트|%|％|‰|℃|℉|°[CF]?|[㎀-㏟]|[$€£¥₩](?!\d)))"

_NUMBER = re.compile(
    rf"(?:(?<![\w])[+\-−–±▲△▼▽~≈<>≤≥](?=[$€£¥₩\d]))?(?:{_LETTER}*+[-.]?)[$€£¥₩]?[+\-−]?"
    rf"{_DIGITS}(?:{_SCALE}+ ?{_DIGITS})*{_SCALE}*[\ufe0f\u20e3]*"
)
_TAIL = re.compile(rf"(?:{_LETTER}|\d|(?<=\d)[.,:/\-](?=\d))+(?:(?<=[A-Za-z])/[A-Za-z]+)?")
_HAN_UNIT = re.compile("(?:パーセント|ポイント|[年月日時分秒円元人回号號倍歳歲件個个台名度週周期点億万])")
_UNIT_AND_PARTICLE = re.compile(rf"((?:{_UNIT}|{_LATIN_UNIT})?){_PARTICLE}?")
_SIGN_BEHIND = re.compile(_SIGN)
_UNIT_BEHIND = re.compile(rf" (?:{_UNIT}(?=(?:{_PARTICLE})?(?![\w]))|{_FAR}(?![\w]))")
_TOKEN = re.compile(
    rf"(?P<space>\s+)|(?P<address>[a-z]+://[^\s<>\"]*[^\s<>\".,;:!?)\]])"
    rf"|(?P<mark>[!-/:-@\[-`{{-~·…])(?P=mark)+"
    rf"|(?P<word>{_LETTER}+(?:(?:-|(?<=[A-Za-z])['’](?=[A-Za-z])){_LETTER}+)*)|[{_HAN}]|[{_HIRAGANA}]+|[{_KATAKANA}]+"
    rf"|[\U0001f1e6-\U0001f1ff]{{2}}|.{_ONE}(?:\u200d.{_ONE})*",
    re.DOTALL,
)


class WordToken(NamedTuple):
    space: str
    """What stands before it; empty when it is joined to the one before."""
    text: str
    number: bool
    """With its sign and unit. It is shown as it is, never in parts."""
    word: bool
    """Letters, of which a common beginning may be shown apart from what differs."""


def tokens(text: str) -> tuple[WordToken, ...]:
    """Return the words, numbers and punctuation marks of a text. Joined with their spaces they are the text again.

    A number is one token with its sign and unit, also over a space: ``-3℃``, ``제3호``, ``3조 5천억 원``. Han
    letters stand alone, since nothing says where a word ends.
    """
    return tuple(_tokens(text))


def _tokens(text: str) -> Iterator[WordToken]:
    at, space = 0, ""
    while at < len(text):
        if (end := _number_end(text, at)) > at:
            yield WordToken(space, text[at:end], number=True, word=False)
            at, space = end, ""
            continue
        found = _TOKEN.match(text, at)
        assert found is not None
        at = found.end()
        if found["space"]:
            space = found[0]
            continue
        yield WordToken(space, found[0], number=False, word=bool(found["word"]))
        space = ""
    if space:
        yield WordToken(space, "", number=False, word=False)


def _number_end(text: str, at: int) -> int:
    """Return where the number ends that begins here; `at` when none does."""
    found = _NUMBER.match(text, at)
    if not found:
        return at
    end = found.end()
    if sign := _SIGN_BEHIND.match(text, end):
        return sign.end()
    if tail := _TAIL.match(text, end):
        unit = _UNIT_AND_PARTICLE.fullmatch(tail[0])
        if unit:
            return end + len(unit[1])
        sign = _SIGN_BEHIND.match(text, tail.end())
        return sign.end() if sign else tail.end()
    behind = _HAN_UNIT.match(text, end) or _UNIT_BEHIND.match(text, end)
    return behind.end() if behind else end
