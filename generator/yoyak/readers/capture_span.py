"""Where the body of a capture begins and ends: the run of lines with the greatest sum of weights.

Paragraphs weigh what they are long, furniture weighs against. Rights lines act as walls, and no portal's name is
needed (maximum-subsequence segmentation, Pasternack and Roth 2009).
"""

from __future__ import annotations

from collections.abc import Sequence

from yoyak.model import Record
from yoyak.readers.capture_lines import CaptureLine, Look, ends_a_sentence

_WEIGHTS: dict[Look, float] = {
    "ui": -60, "promo": -70, "rights": -220, "date": -25, "theme": -40, "byline": -15, "caption": -4, "tags": -30,
    "name": -22,
}  # fmt: skip
_LONGEST = 420


class Span(Record, kw_only=True):
    """Indices into the lines of a capture: the body is ``lines[start:end]``."""

    start: int
    end: int
    sure: bool = True
    """False when no line looked like a paragraph, and everything that is no furniture was taken."""

    def __contains__(self, index: int) -> bool:
        return self.start <= index < self.end


def body_span(lines: Sequence[CaptureLine]) -> Span:
    """Return the span of the body; an empty one when there are only furniture and a title."""
    best, best_sum, start, total = Span(start=0, end=0), 0.0, 0, 0.0
    for index, line in enumerate(lines):
        if total <= 0:
            start, total = index, 0.0
        total += weight(line)
        if total > best_sum:
            best, best_sum = Span(start=start, end=index + 1), total
    return best if best_sum >= 20 else _fallback(lines)


def weight(line: CaptureLine) -> float:
    """Return how much a line speaks for the body, in characters of prose."""
    if line.look == "body":
        return min(len(line.prose), _LONGEST)
    if line.look in ("short", "long"):
        return _unlabelled(line)
    return _WEIGHTS[line.look]


def _unlabelled(line: CaptureLine) -> float:
    if ends_a_sentence(line.prose) and len(line.prose) >= 12:
        return len(line.prose) / 2
    if line.look == "long":
        return len(line.prose) / 4 if len(line.prose) >= 100 or "," in line.prose else -10
    return -22


def _fallback(lines: Sequence[CaptureLine]) -> Span:
    """Return the lines from the second one on that no rule knows, up to the last of them."""
    plain = [index for index, line in enumerate(lines) if line.look in ("short", "long", "body")]
    if len(plain) < 2:
        return Span(start=len(lines), end=len(lines), sure=False)
    return Span(start=plain[1], end=plain[-1] + 1, sure=False)
