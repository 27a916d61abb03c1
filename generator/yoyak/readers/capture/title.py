"""Which line of a capture is its headline. The weakest part of reading a capture: so the runners-up are always kept.

A headline shares its words with the body, stands near a date or a byline and near the first paragraph, and is no name
and no sentence (`capture_headline`). It may also stand inside of what looked like the body, when teasers of other
stories are above it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from math import exp, log

from msgspec import structs

from yoyak.model.sources import Evidence, Field
from yoyak.model.types import Record
from yoyak.readers.capture.headline import WEIGHTS, Sight, evidence_for, followed, score_of, sight_below, sight_of
from yoyak.readers.capture.headline_shape import alone, can_be_title, is_prose
from yoyak.readers.capture.lines import CaptureLine
from yoyak.readers.capture.span import Span, weight
from yoyak.readers.word_lists import alternatives

_INSIDE = 2.0
"""What counts against a line inside of what looked like the body."""
_NOTHING = 1.5
"""What a headline's evidence is held against when nothing else can be one, so that a poor one is not sure."""
_HEADED = 0.25
"""What a headline's weight counts beside the logarithm of its body's."""
_SUREST = 0.98
_REASONS, _COUNTS = 4, 0.5
"""How many kinds of evidence are named, and what each must count for."""
_LABEL = re.compile(rf"(?:{alternatives('headline-labels', 'people')})(?:\s?(?P<sign>[:：])\s?|\s)(?=\S)")
_COUNTED = re.compile(r"\s\+\d{1,4}$")
_TAIL = 6
"""Characters behind the outlet's name: ``뉴스``."""


class TitleCandidate(Record, kw_only=True):
    index: int
    text: str
    weight: float
    """What speaks for it, in all."""
    score: float = 0.0
    """The same beside the other candidates: 0 to 1."""
    reasons: tuple[str, ...] = ()
    """The evidence that counts most for it."""


def body_and_title(lines: Sequence[CaptureLine], spans: Sequence[Span]) -> tuple[Span, tuple[TitleCandidate, ...]]:
    """Return the run of lines that is the body, and its candidates: a lighter run counts that talks of its headline."""
    found = [(span, title_candidates(lines, span)) for span in spans]
    heaviest = found[0][1][:1]
    others = [one for one in found[1:] if one[1] and (not heaviest or one[1][0].index != heaviest[0].index)]
    return max((found[0], *others), key=_body_weight)


def _body_weight(found: tuple[Span, tuple[TitleCandidate, ...]]) -> float:
    span, candidates = found
    return log(span.weight + 1) + (_HEADED * candidates[0].weight if candidates else 0)


def title_candidates(lines: Sequence[CaptureLine], span: Span) -> tuple[TitleCandidate, ...]:
    """Return the lines that can be the title, the likeliest first; equal texts once."""
    places = _places_above(lines, span)
    sight = sight_of(lines, span, places)
    above = [_candidate(sight, place) for place in places]
    inside = [
        structs.replace(candidate, weight=candidate.weight - _INSIDE)
        for place in _places_inside(lines, span)
        for candidate in [_candidate(sight_below(sight, place), place)]
    ]
    found: dict[str, TitleCandidate] = {}
    for candidate in (*above, *inside):
        # A headline that stands twice is first a breadcrumb or a tab: the later place is the article's own.
        twin = found.get(candidate.text)
        own = twin and candidate.index >= span.start and candidate.weight + _INSIDE >= twin.weight
        if twin and (own or "deck" in lines[candidate.index].parts):
            found[candidate.text] = structs.replace(candidate, weight=max(candidate.weight, twin.weight))
        elif not twin or candidate.weight >= twin.weight:
            found[candidate.text] = candidate
    return tuple(_shared(sorted(found.values(), key=lambda candidate: (-candidate.weight, candidate.index))))


def _shared(ranked: Sequence[TitleCandidate]) -> Iterator[TitleCandidate]:
    """Yield the candidates with their share of what speaks for all of them."""
    whole = exp(_NOTHING) + sum(exp(candidate.weight) for candidate in ranked)
    for candidate in ranked:
        yield structs.replace(candidate, score=round(exp(candidate.weight) / whole, 3))


def title_field(candidates: Sequence[TitleCandidate], lines: Sequence[CaptureLine], outlet: str) -> Field | None:
    """Return the title with its runners-up; without the outlet's name behind it, as a tab has it."""
    if not candidates:
        return None
    best, others = candidates[0], candidates[1:4]
    return Field(
        value=_without_outlet(best.text, outlet),
        confidence=round(min(_SUREST, best.score), 2),
        evidence=tuple(Evidence(rule=reason, line=lines[best.index].n) for reason in best.reasons),
        alternatives=tuple(other.text for other in others),
    )


def _without_outlet(title: str, outlet: str) -> str:
    head, _, tail = title.rpartition(outlet) if outlet else (title, "", "")
    cut = re.fullmatch(r"(?P<title>.{8,}?)\s(?:[-–—|:<·]|::)\s?", head) if head and len(tail) <= _TAIL else None
    return cut["title"] if cut else title


def _places_above(lines: Sequence[CaptureLine], span: Span) -> list[int]:
    rights = "\n".join(line.text for line in lines if line.look == "rights")
    first = max(0, span.start - 400)
    return [at for at in range(first, span.start) if can_be_title(lines[at]) and lines[at].text not in rights]


def _places_inside(lines: Sequence[CaptureLine], span: Span) -> Iterator[int]:
    """Yield the lines in the first part of the span that a date or a byline follows, like a headline."""
    whole = sum(max(0, weight(line)) for line in lines[span.start : span.end])
    before = 0.0
    for index in range(span.start, min(span.end, span.start + 200)):
        before += max(0, weight(lines[index]))
        if before > 0.35 * whole:
            return
        line = lines[index]
        if line.look == "body" and is_prose(line):
            continue
        again = any(lines[at].text == line.text for at in range(index + 1, span.end))
        if line.look != "name" and can_be_title(line) and not again and followed(lines, index) >= 0.8:
            yield index


def _candidate(sight: Sight, index: int) -> TitleCandidate:
    evidence = evidence_for(sight, index)
    weight = round(score_of(evidence), 3)
    text = _without_label(alone(sight.lines[index]), sight, index)
    return TitleCandidate(index=index, text=text, weight=weight, reasons=_reasons(evidence))


def _without_label(text: str, sight: Sight, index: int) -> str:
    """Return a headline without ``제목:`` before it; without a colon, or `` +48``, where it stands so elsewhere."""
    label, counted = _LABEL.match(text), _COUNTED.search(text)
    rest = text[label.end() : counted.start() if counted else None] if label else _COUNTED.sub("", text)
    if rest == text or (label and label["sign"]):
        return rest
    others = (line.text for place, line in enumerate(sight.lines) if place != index)
    return rest if any(rest in other and text not in other for other in others) else text


def _reasons(evidence: Mapping[str, float]) -> tuple[str, ...]:
    """Return the evidence that counts most for a line, in the order of the table."""
    counts = {name: WEIGHTS[name] * value for name, value in evidence.items()}
    most = sorted(counts, key=lambda name: -counts[name])[:_REASONS]
    return tuple(name for name in WEIGHTS if name in most and counts[name] > _COUNTS) or ("likeliest",)
