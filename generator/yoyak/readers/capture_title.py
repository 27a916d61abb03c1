"""Which line of a capture is its headline. The weakest part of reading a capture: so the runners-up are always kept."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from yoyak.model import Record
from yoyak.readers.capture_lines import CaptureLine, ends_a_sentence
from yoyak.readers.capture_span import Span
from yoyak.reading import Evidence, Field

_WORD = re.compile(r"[가-힣]{2,}|[A-Za-z]{3,}|\d{2,}")
_COMMON = frozenset("the and for from with that this its into are has have will over after about more new".split())


class Candidate(Record, kw_only=True):
    index: int
    text: str
    score: float
    """0 to 1."""


def title_candidates(lines: Sequence[CaptureLine], span: Span) -> tuple[Candidate, ...]:
    """Return the lines before the body that can be the title, the likeliest first; equal texts once."""
    body = " ".join(line.prose.casefold() for line in lines[span.start : span.end])
    times = Counter(line.text for line in lines)
    found: dict[str, Candidate] = {}
    for index, line in enumerate(lines[: span.start]):
        if not _can_be_title(line):
            continue
        score = _score(lines, index, body) + (0.05 if times[line.text] > 1 else 0)
        # A headline that stands twice is first a breadcrumb or a tab: the later place is the article's own.
        if line.text not in found or score >= found[line.text].score:
            found[line.text] = Candidate(index=index, text=line.text, score=round(min(score, 1), 3))
    return tuple(sorted(found.values(), key=lambda candidate: (-candidate.score, candidate.index)))


def title_field(candidates: Sequence[Candidate], lines: Sequence[CaptureLine]) -> Field | None:
    """Return the title with its runners-up."""
    if not candidates:
        return None
    best, others = candidates[0], candidates[1:4]
    margin = best.score - others[0].score if others else 1.0
    confidence = min(0.98, best.score * (0.7 + min(margin, 0.3)))
    return Field(
        value=best.text,
        confidence=round(confidence, 2),
        evidence=(Evidence(rule="words-of-the-body", line=lines[best.index].n),),
        alternatives=tuple(other.text for other in others),
    )


def _can_be_title(line: CaptureLine) -> bool:
    return line.look in ("short", "long", "body", "name") and 8 <= len(line.text) <= 120 and not line.text.endswith(".")


def _score(lines: Sequence[CaptureLine], index: int, body: str) -> float:
    line = lines[index]
    length = 1.0 if 14 <= len(line.text) <= 90 else 0.5
    asks = 0.1 if ends_a_sentence(line.text) else 0
    return 0.6 * _overlap(line.text, body) + 0.25 * _nearness(lines, index) + 0.15 * length - asks


def _nearness(lines: Sequence[CaptureLine], index: int) -> float:
    """Return 1 for a line right above or below a date or byline, less for one further away, 0 from the fourth on."""
    places = range(max(0, index - 2), min(len(lines), index + 4))
    distances = (abs(place - index) for place in places if lines[place].look in ("date", "byline"))
    return {1: 1.0, 2: 0.8, 3: 0.5}.get(min(distances, default=0), 0.0)


def _overlap(text: str, body: str) -> float:
    """Return the share of a line's words that the body has too, each without its last letter (a Korean particle)."""
    words = [word for word in _WORD.findall(text.casefold()) if word not in _COMMON]
    if len(words) < 2:
        return 0.0
    return sum(1 for word in words if word in body or (len(word) > 2 and word[:-1] in body)) / len(words)
