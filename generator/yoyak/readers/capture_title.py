"""Which line of a capture is its headline. The weakest part of reading a capture: so the runners-up are always kept.

A headline shares its words with the body, stands near a date or a byline and near the first paragraph, and is no name
and no sentence. It may also stand inside of what looked like the body, when teasers of other stories are above it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial

from msgspec import structs

from yoyak.model import Record
from yoyak.readers.capture_lines import CaptureLine, ends_a_sentence
from yoyak.readers.capture_span import ITEM, Span, weight
from yoyak.readers.capture_wrap import columns
from yoyak.reading import Evidence, Field

_WORD = re.compile(r"[가-힣]{2,}|[\u3040-\u30ff\u4e00-\u9fff]+|[^\W\d_\u3040-\u30ff\u4e00-\u9fff가-힣]{3,}|\d{2,}")
_COMMON = frozenset(
    "the and for from with that this its into are has have will over after about more new you your".split()
)
_NAME = re.compile(r"(?:[A-ZÀ-Þ][\w'’.-]*\s?){2,3}")
_LEAD = 3000
"""Characters of the body that its headline is compared with."""
_ADDRESS = re.compile(r"https?://|www\.|\S@\S")
_HOUR = re.compile(r"\d{1,2}:\d{2}\s?(?:[ap]\.?m\.?)?(?:\s\w{2,4})?$", re.IGNORECASE)
_NEAR = 8
"""Lines to a date or a byline that make the only line that can be a headline one."""
_REACH = 40
"""Lines above the body in which a headline is looked for first."""


_SUBTITLE = 0.15
"""A subtitle may seem so much likelier than the headline above it."""
_FIRST_LINE = 0.5
"""The same when the headline is the first line of the file."""
_ELSEWHERE = 0.15
"""What counts against a line that stands again in or behind the body: other stories do."""
_TAIL = 6
"""Characters behind the outlet's name: ``뉴스``."""
_HEADLINE = 18
"""Columns; what is shorter is a kicker."""


class Candidate(Record, kw_only=True):
    index: int
    text: str
    score: float
    """0 to 1."""


def title_candidates(lines: Sequence[CaptureLine], span: Span) -> tuple[Candidate, ...]:
    """Return the lines that can be the title, the likeliest first; equal texts once."""
    times = Counter(line.text for line in lines)
    again = {line.text for line in lines[span.start :]}
    above = [
        structs.replace(one, score=round(max(0.0, one.score - _ELSEWHERE), 3)) if one.text in again else one
        for one in _scored(lines, _places_above(lines, span), span.start, times)
    ]
    inside = [
        structs.replace(candidate, score=round(candidate.score - 0.1, 3))
        for place in _places_inside(lines, span)
        for candidate in _scored(lines, [place], place + 1, times)
        if candidate.score >= 0.75
    ]
    found: dict[str, Candidate] = {}
    for candidate in (*above, *inside):
        # A headline that stands twice is first a breadcrumb or a tab: the later place is the article's own.
        if candidate.text not in found or candidate.score >= found[candidate.text].score:
            found[candidate.text] = candidate
    ranked = sorted(found.values(), key=lambda candidate: (-candidate.score, candidate.index))
    return tuple(_headline_first(ranked))


def _headline_first(ranked: list[Candidate]) -> list[Candidate]:
    """Return the candidates with the upper one of two adjoining lines first: the lower one is its subtitle."""
    above = next((other for other in ranked[1:] if other.index == ranked[0].index - 1), None)
    if above is None or columns(above.text) < _HEADLINE or ranked[0].text in above.text:
        return ranked
    may_seem_less = _FIRST_LINE if above.index == 0 else _SUBTITLE
    if above.score < ranked[0].score - may_seem_less:
        return ranked
    return [above, *(other for other in ranked if other is not above)]


def title_field(candidates: Sequence[Candidate], lines: Sequence[CaptureLine], span: Span, outlet: str) -> Field | None:
    """Return the title with its runners-up; without the outlet's name behind it, as a tab has it."""
    if not candidates:
        return None
    best, others = candidates[0], candidates[1:4]
    rivals = [other for other in others if other.index != best.index + 1 and best.text not in other.text]
    margin = max(0.0, best.score - rivals[0].score) if rivals else 1.0
    confidence = min(0.98, best.score * (0.8 + min(margin, 0.3)))
    near = (lines[at].look for at in range(max(0, best.index - _NEAR), min(len(lines), best.index + _NEAR + 1)))
    if span.sure and not others and any(look in ("date", "byline") for look in near):
        confidence = max(confidence, 0.5 + best.score / 2)
    return Field(
        value=_without_outlet(best.text, outlet),
        confidence=round(confidence, 2),
        evidence=(Evidence(rule="words-of-the-body", line=lines[best.index].n),),
        alternatives=tuple(other.text for other in others),
    )


def _without_outlet(title: str, outlet: str) -> str:
    head, _, tail = title.rpartition(outlet) if outlet else (title, "", "")
    cut = re.fullmatch(r"(?P<title>.{8,}?)\s(?:[-–—|:<·]|::)\s?", head) if head and len(tail) <= _TAIL else None
    return cut["title"] if cut else title


def _places_above(lines: Sequence[CaptureLine], span: Span) -> list[int]:
    return [index for index in range(max(0, span.start - 400), span.start) if _can_be_title(lines[index])]


def _places_inside(lines: Sequence[CaptureLine], span: Span) -> Iterator[int]:
    """Yield the lines in the first part of the span that a date or a byline follows, like a headline."""
    whole = sum(max(0, weight(line)) for line in lines[span.start : span.end])
    before = 0.0
    for index in range(span.start, min(span.end, span.start + 200)):
        before += max(0, weight(lines[index]))
        if before > 0.35 * whole:
            return
        line = lines[index]
        again = any(lines[at].text == line.text for at in range(index + 1, span.end))
        if line.look in ("short", "long") and not again and _can_be_title(line) and _followed(lines, index) >= 0.8:
            yield index


def _can_be_title(line: CaptureLine) -> bool:
    if line.look not in ("short", "long", "body", "name") or not line.prose or line.rule == "outlet-name":
        return False
    return (
        8 <= columns(line.text[:400]) <= 240
        and not _is_date(line)
        and not (_ADDRESS.search(line.text) or _HOUR.search(line.text) or ITEM.match(line.text))
    )


def _is_date(line: CaptureLine) -> bool:
    return sum(moment.end - moment.start for moment in line.moments) > len(line.text) / 3


def _scored(
    lines: Sequence[CaptureLine], places: Sequence[int], start: int, times: Counter[str]
) -> Iterator[Candidate]:
    """Yield the candidates with their scores, for a body that begins at `start`."""
    words = _words_of(lines, start) if places else frozenset()
    rate = partial(_score, lines, start=start, words=words)
    for index in places:
        text = lines[index].text
        score = rate(index) + (0.04 if times[text] > 1 and lines[index].look != "name" else 0)
        yield Candidate(index=index, text=text, score=round(max(0.0, min(score, 1)), 3))


def _score(lines: Sequence[CaptureLine], index: int, *, start: int, words: frozenset[str]) -> float:
    line = lines[index]
    wide = columns(line.text)
    length = 0.2 if wide < 14 else 0.6 if wide < 22 else 1.0 if wide <= 150 else 0.5
    near = max(_followed(lines, index), 0.6 * _preceded(lines, index), 0.5 if index == 0 else 0)
    against = 0.25 if _is_prose(line) else 0
    overlap = _overlap(line.text, words)
    against += (0.15 if not overlap else 0) + (0.1 if line.look == "name" else 0)
    against += 0.25 if _NAME.fullmatch(line.text) else 0
    against += 0.1 if line.text.endswith((":", "：")) else 0
    return 0.5 * overlap + 0.2 * near + 0.15 * length + 0.15 * _closeness(lines, index, start) - against


def _is_prose(line: CaptureLine) -> bool:
    return ends_a_sentence(line.text) and not line.text.endswith(("?", "!", "...", "…", "?”", "!”", "?'", "?’"))


def _followed(lines: Sequence[CaptureLine], index: int) -> float:
    """Return 1 for a line with a date or a byline right below it, less for each line between that is no button."""
    return _reached(lines, range(index + 1, min(len(lines), index + 12)))


def _preceded(lines: Sequence[CaptureLine], index: int) -> float:
    """Return the same for what stands above a line: some pages have the date there."""
    return _reached(lines, range(index - 1, max(-1, index - 8), -1))


def _reached(lines: Sequence[CaptureLine], places: range) -> float:
    near = 1.0
    for place in places:
        line = lines[place]
        if line.look in ("date", "byline") or line.moments:
            return near
        near -= 0.06 if line.look in ("ui", "name", "theme", "caption") else 0.2
        if near <= 0 or line.look == "body":
            break
    return 0.0


def _closeness(lines: Sequence[CaptureLine], index: int, start: int) -> float:
    """Return 1 right above the body, less for each line between that is no date, byline, caption or button."""
    near = 1.0
    for place in range(index + 1, min(start, index + _REACH)):
        near -= {"ui": 0.02, "date": 0, "byline": 0, "caption": 0, "name": 0.04, "theme": 0.05}.get(
            lines[place].look, 0.1
        )
    return max(0.0, near) if start - index <= _REACH else 0.0


def _words_of(lines: Sequence[CaptureLine], start: int) -> frozenset[str]:
    """Return the words at the beginning of the body, and what they begin with: Korean adds particles to them."""
    found: set[str] = set()
    length = 0
    for line in lines[start:]:
        if line.look not in ("body", "long", "short"):
            continue
        length += len(line.prose)
        for word in _words(line.prose[:_LEAD]):
            found.update(word[:end] for end in range(2, min(len(word), 8) + 1))
            found.add(word)
        if length > _LEAD:
            break
    return frozenset(found)


def _words(text: str) -> Iterator[str]:
    for match in _WORD.finditer(text.casefold()):
        word = match.group()
        if "\u3040" <= word[0] <= "\u9fff":
            yield from (word[at : at + 2] for at in range(max(1, len(word) - 1)))
        elif word not in _COMMON:
            yield word


def _overlap(text: str, body: frozenset[str]) -> float:
    """Return the share of a line's words that the body has too, each perhaps with another ending."""
    words = list(_words(text))
    if len(words) < 2:
        return 0.3 if words and words[0] in body else 0.0
    known = sum(1 for word in words if word in body or (len(word) > 2 and _stem(word) in body))
    return known / len(words) * (0.6 + 0.1 * min(known, 4))


def _stem(word: str) -> str:
    return word[:-1] if "가" <= word[0] <= "힣" else word[: max(4, len(word) - 3)]
