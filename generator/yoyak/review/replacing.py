"""Words replaced in a Markdown source: each way in which the marks around and between them may stay or go."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise, takewhile
from typing import NamedTuple

from yoyak.review.markup import Match
from yoyak.review.words import difference

_SIGNS = re.compile(r"[\\`*_{}\[\]<>()#+\-.!|~&=^:]")


class _Replacement(NamedTuple):
    """Letters of the quoted words that become others."""

    start: int
    end: int
    text: str


def bodies(body: str, match: Match, quote: str, words: str, *, marks: bool) -> Iterator[str]:
    """Yield bodies in which quoted words are replaced: as little as possible first, signs of Markdown as they are."""
    runs = [*_runs(quote, words)]
    for row in (runs, [_Replacement(0, len(quote), words)]):
        for text_of in (str, _escaped) if marks else (str,):
            for way in _WAYS:
                yield _put(body, match, row, text_of, way)


def _runs(quote: str, words: str) -> Iterator[_Replacement]:
    at = 0
    for piece in difference(quote, words):
        old, new = piece.before.split(" "), piece.after.split(" ")
        pairs = zip(old, new, strict=True) if len(old) == len(new) else [(piece.before, piece.after)]
        for before, after in () if piece.same else pairs:
            if before != after:
                yield (
                    _narrowed(at, before, after) if len(old) == len(new) else _Replacement(at, at + len(before), after)
                )
            at += len(before) + 1
        at = at - 1 if not piece.same else at + len(piece.before)


def _narrowed(at: int, before: str, after: str) -> _Replacement:
    """Return a replacement without the letters that both words begin and end with: a mark may stand between them."""
    start = _shared(before, after)
    end = _shared(before[start:][::-1], after[start:][::-1])
    return _Replacement(at + start, at + len(before) - end, after[start : len(after) - end])


def _shared(one: str, other: str) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _escaped(text: str) -> str:
    return _SIGNS.sub(lambda sign: f"\\{sign[0]}", text)


# --- what becomes of the marks in and beside words that are replaced ---------------------------------

_Spans = Sequence[tuple[int, int]]
_Way = Callable[[str, _Spans, str], str]
_ADDRESS = r"\]\((?:\\.|[^()\\\n]|\([^()\n]*\))*\)|\]\[[^\]\n]*\]"
_BEFORE = re.compile(r"(?:[*_~`=^]|!?\[|<[A-Za-z][^<>]*>)+\Z")
_BEHIND = re.compile(rf"(?:[*_~`=^]|{_ADDRESS}|</[A-Za-z]+>)+")
_OPENED = re.compile(r"(?:\*+|_+|~~|`+|==|\[|<[A-Za-z][^<>]*>)\Z")


_EDGES = frozenset(("", "\n", " ", *"*_~`=[]<>"))
"""What may stand beside a space that goes with the word behind or before it."""


def _put(body: str, match: Match, runs: Sequence[_Replacement], text_of: Callable[[str], str], way: _Way) -> str:
    for run in reversed(runs):
        text = text_of(run.text)
        if run.start == run.end:
            at = _gap(match, run)
            body = body[:at] + text + body[at:]
        else:
            body = way(body, match.spans[run.start : run.end], text)
    return body


def _gap(match: Match, run: _Replacement) -> int:
    """Return where words are put in: before the next letter when they begin with a space, else behind the last one."""
    if run.start == len(match.spans) or (run.start and not run.text.startswith(" ")):
        return match.spans[run.start - 1][1]
    return match.spans[run.start][0]


def _cut(body: str, start: int, end: int, text: str) -> str:
    """Put a text in the place of another one; when it is empty, one of the spaces around it goes too."""
    before, behind = body[start - 1 : start], body[end : end + 1]
    if not text and behind == " " and before in _EDGES:
        end += 1
    elif not text and before == " " and behind in _EDGES:
        start -= 1
    return body[:start] + text + body[end:]


def _marks_kept(body: str, spans: _Spans, text: str) -> str:
    """Put the new words where the first letter stands, and keep the marks between the old ones."""
    marks = "".join(body[end:start] for (_, end), (start, _) in pairwise(spans) if start > end)
    return _cut(body, spans[0][0], spans[-1][1], text + marks)


def _emptied_dropped(body: str, spans: _Spans, text: str) -> str:
    """Do the same, and take marks out that have no word between them any more."""
    done = body[: spans[0][0]]
    rest = ""
    for number, (start, end) in enumerate(_joined(spans)):
        done += body[len(body) - len(rest) : start] if number else text
        rest = body[end:]
        while (number or not text) and (opened := _OPENED.search(done)) and (closed := _closed(opened[0], rest)):
            done, rest = done[: opened.start()], rest[closed:]
    return _cut(done + rest, len(done), len(done), "") if not text else done + rest


def _joined(spans: _Spans) -> list[tuple[int, int]]:
    """Return spans of letters that stand side by side as one."""
    found: list[tuple[int, int]] = []
    for start, end in spans:
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _closed(opened: str, rest: str) -> int:
    """Return how long the mark is that ends what another one begins; 0 when it does not stand first."""
    if opened == "[":
        found = re.match(_ADDRESS, rest)
        return found.end() if found else 0
    closing = re.sub(r"<(\w+).*>", r"</\1>", opened)
    return len(closing) if rest.startswith(closing) else 0


def _marks_dropped(body: str, spans: _Spans, text: str) -> str:
    return _cut(body, spans[0][0], spans[-1][1], text)


def _with_marks_before(body: str, spans: _Spans, text: str) -> str:
    return _cut(body, _start_of_marks(body, spans), spans[-1][1], text)


def _with_marks_behind(body: str, spans: _Spans, text: str) -> str:
    return _cut(body, spans[0][0], _end_of_marks(body, spans), text)


def _with_marks_around(body: str, spans: _Spans, text: str) -> str:
    return _cut(body, _start_of_marks(body, spans), _end_of_marks(body, spans), text)


def _start_of_marks(body: str, spans: _Spans) -> int:
    start = spans[0][0]
    before = _BEFORE.search(body, max(0, start - 200), start)
    return before.start() if before else start


def _end_of_marks(body: str, spans: _Spans) -> int:
    behind = _BEHIND.match(body, spans[-1][1])
    return behind.end() if behind else spans[-1][1]


_WAYS: tuple[_Way, ...] = (
    _marks_kept,
    _emptied_dropped,
    _marks_dropped,
    _with_marks_before,
    _with_marks_behind,
    _with_marks_around,
)
"""The first one that renders what is meant is taken."""
