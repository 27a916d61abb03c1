"""Sentences of a page that stand twice: forms, notices and pleas repeat theirs, an article does not."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from msgspec import structs

from yoyak.readers.capture.lines import CaptureLine, ends_a_sentence
from yoyak.readers.capture.span import TWICE, is_paragraph, weight

_REPEATED = 0.6
"""What sentences that stand twice may come to beside those that stand once: else the page has its text twice."""

_CREDITED = re.compile(r"\s*(?:[(\[].{2,60}[)\]])?\.?")
"""What stands behind a caption's second copy."""
_WHOLE_PAGE = 40
"""Lines. In what is shorter, and was selected by hand, one sentence that stands twice is no form."""


def without_repeats(lines: Sequence[CaptureLine]) -> tuple[CaptureLine, ...]:
    """Return the lines, those of a form that stands twice as furniture.

    A sentence that is quoted elsewhere on the page has other neighbours there: it stays, and speaks for no body.
    """
    lines = _captions_twice(lines)
    often = _often(lines)
    if not often or (len(often) == 1 and len(lines) < _WHOLE_PAGE):
        return tuple(lines)
    places = [index for index, line in enumerate(lines) if line.text in often]
    pairs = Counter(pair for index in places for pair in _pairs(lines, index))
    found = list(lines)
    for index in places:
        line = lines[index]
        look = "ui" if any(pairs[pair] > 1 for pair in _pairs(lines, index)) else line.look
        found[index] = structs.replace(line, look=look, rule=TWICE, confidence=0.7)
    return tuple(found)


def _captions_twice(lines: Sequence[CaptureLine]) -> tuple[CaptureLine, ...]:
    """Return the lines, a sentence that stands twice at once as the caption that pictures have two times."""
    found, twice = list(lines), 0.0
    for index, line in enumerate(lines[:-1]):
        if not (is_paragraph(line) and line.text[-1] in ".。"):
            continue
        word_between = not ends_a_sentence(lines[index + 1].text)
        for at, again in enumerate(lines[index + 1 : index + 2 + word_between], index + 1):
            if again.text.startswith(line.text) and _CREDITED.fullmatch(again.text, len(line.text)):
                twice += weight(line) + weight(again)
                parts = {"text": line.text, "credit": again.text[len(line.text) :].strip(" ()[].")}
                for place in () if index and is_paragraph(lines[index - 1]) else (index, at):
                    found[place] = structs.replace(lines[place], look="caption", rule=TWICE, parts=parts)
    return tuple(lines if twice > _REPEATED * sum(weight(line) for line in lines if is_paragraph(line)) else found)


def _often(lines: Sequence[CaptureLine]) -> frozenset[str]:
    """Return the sentences that stand twice or more."""
    often = Counter(line.text for line in lines if weight(line) > 0)
    twice = frozenset(text for text, times in often.items() if times > 1)
    once = sum(len(text) for text in often if text not in twice)
    return twice if sum(map(len, twice)) < _REPEATED * once else frozenset()


def _pairs(lines: Sequence[CaptureLine], index: int) -> set[tuple[str, str, str]]:
    """Return a line with the one above it, and with the one below it."""
    text = lines[index].text
    above = {(lines[index - 1].text, text, "above")} if index else set()
    below = {(lines[index + 1].text, text, "below")} if index + 1 < len(lines) else set()
    return above | below
