"""What speaks for a line of a capture being its headline, and what against: its words, neighbours, shape, repetition.

Each kind of evidence has a weight, and the weights of a line add up. They were measured on selections of whole pages;
see docs/decisions/0092-evidence-for-a-headline.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from msgspec import structs

from yoyak.model.types import Record
from yoyak.readers.capture.headline_shape import alone, can_be_title, is_prose, is_quoted, shape_of, tells
from yoyak.readers.capture.headline_words import overlap_of, words_of
from yoyak.readers.capture.lines import CaptureLine
from yoyak.readers.capture.span import Span
from yoyak.readers.capture.wrap import columns
from yoyak.text.word_lists import data_of

WEIGHTS = data_of("readers/rules/headline-weights", dict[str, float])
"""The kinds of evidence. Positive ones may be a headline's reason; all are 0 to 1 of a line."""

_NO_WORD = re.compile(r"\W+")
_LEAD, _OPENING = 3000, 500
"""Characters of the body that its headline is compared with, and of its first paragraphs."""
_FAR, _FARTHEST = 40, 2.0
_FEW = 8
"""Lines above the body when nothing above the headline was copied."""
_TEASERS = 14
"""Lines below ``Related news`` that can be headlines of other stories."""
_HEADLINE, _TWICE, _LONG = 18, 20, 24
"""Columns of a line that is no kicker, that is no entry of a menu when it stands twice, and that can be a teaser."""
_SUMMARY = 90
"""Columns of a line that sums up what stands below the headline above it."""
_TOLD = 0.09
"""The same for a line that may count because of where and how often it stands."""
_SAID = 0.3
"""Share of a headline's words that its text has, as `overlap_of` weighs it."""


class Sight(Record, kw_only=True):
    """What the lines of one capture are compared with."""

    lines: Sequence[CaptureLine]
    start: int
    """Where the body begins."""
    end: int
    """Where it ends: teasers below have the words of their own headlines."""
    body: str
    """The beginning of the body, its words with one space before each."""
    quoted: str
    """All lines that are no prose, for the headline as other lines repeat it."""
    menu: frozenset[str]
    """The words of short lines that are furniture."""
    below: frozenset[str]
    """Lines in and behind the body."""
    others: frozenset[str]
    """Lines in the body under ``Related news``: headlines of other stories, wherever they stand."""
    cut: frozenset[str] = frozenset()
    """Lines of which another line has the beginning: ``A headline that is …``."""
    overlaps: Mapping[int, float] = {}
    """Of each line that can be the headline, the share of its words that the body has."""


def sight_below(sight: Sight, place: int) -> Sight:
    """Return the same page for one line inside of what looked like its body: its text begins below that line."""
    body = _beginning(sight.lines, place + 1, sight.end)
    return structs.replace(
        sight, start=place + 1, body=body, overlaps={place: overlap_of(alone(sight.lines[place]), body)}
    )


def _beginning(lines: Sequence[CaptureLine], start: int, end: int) -> str:
    found: list[str] = []
    length = 0
    for index in range(start, end):
        line = lines[index]
        if line.look not in ("body", "long", "short"):
            continue
        found.append(line.prose[:_LEAD])
        length += len(line.prose)
        if length > _LEAD:
            break
    return " " + _NO_WORD.sub(" ", "\n".join(found).casefold())


def sight_of(lines: Sequence[CaptureLine], span: Span, places: Sequence[int]) -> Sight:
    """Return what the lines at `places`, above a body, are compared with."""
    start, body = span.start, _beginning(lines, span.start, span.end)
    furniture = (line.text for line in lines if line.look in ("ui", "name") or _is_short(line))
    return Sight(
        lines=lines,
        start=start,
        end=span.end,
        body=body,
        quoted="\n".join(line.text for line in lines if line.look != "body"),
        menu=frozenset(_NO_WORD.split("\n".join(furniture).casefold())),
        below=frozenset(line.text for line in lines[start:]),
        others=frozenset(_others(lines, start)),
        cut=frozenset(_cut(lines, places)),
        overlaps={index: overlap_of(alone(lines[index]), body) for index in places},
    )


def _others(lines: Sequence[CaptureLine], start: int) -> Iterator[str]:
    """Yield the lines between a ``Related news`` and the next paragraph of the body."""
    for place in range(start, len(lines)):
        if lines[place].look != "promo":
            continue
        listed: list[str] = []
        for line in lines[place + 1 : place + _TEASERS]:
            if line.look == "body":
                yield from listed
            if line.look not in ("short", "long"):
                break
            listed.append(line.text)


def _cut(lines: Sequence[CaptureLine], places: Sequence[int]) -> Iterator[str]:
    """Yield the lines at `places` whose beginning is another line that ends with dots."""
    begun = [line.text.rstrip(" .…") for line in lines if line.text.endswith(("...", "…"))]
    begun = [text for text in dict.fromkeys(begun) if columns(text) >= _HEADLINE]
    for place in places if begun else ():
        text = alone(lines[place])
        if any(text.startswith(beginning) and len(text) > len(beginning) + 3 for beginning in begun):
            yield text


def _is_short(line: CaptureLine) -> bool:
    return line.look == "short" and len(line.text) < 16 and columns(line.text) < 16


def evidence_for(sight: Sight, index: int) -> dict[str, float]:
    """Return what there is for and against a line being the headline, each 0 to 1."""
    return {**_of_words(sight, index), **shape_of(sight.lines[index]), **_of_place(sight, index)}


def score_of(evidence: Mapping[str, float]) -> float:
    """Return the sum of the evidence, weighed."""
    return sum(WEIGHTS[name] * value for name, value in evidence.items())


def _of_words(sight: Sight, index: int) -> dict[str, float]:
    line, overlap = sight.lines[index], sight.overlaps[index]
    text = alone(line)
    words = list(words_of(text))
    times = _times(sight, line) if overlap >= _TOLD and line.text not in sight.others else 0
    return {
        "words-of-the-body": overlap,
        "words-of-the-lead": overlap_of(text, sight.body[:_OPENING]) if overlap else 0.0,
        "no-word-of-the-body": not overlap,
        "words-of-the-menu": sum(word.strip() in sight.menu for word in words) / max(1, len(words)),
        "stands-twice": times > 1,
        "stands-more-often": times > 2,
        "cut-short-elsewhere": text in sight.cut,
        "cut-short": any(full.startswith(text.rstrip(" .…")) for full in sight.cut - {text}),
        "stands-again-below": line.text in sight.below,
    }


def _times(sight: Sight, line: CaptureLine) -> int:
    """Return how often a line that is no sentence stands on the page: by itself, in a tab's title, in a share form."""
    text = alone(line)
    if columns(text) < _TWICE or line.look == "name" or is_prose(line):
        return 1
    return _count(sight.quoted, text) + (line.look == "body")


@lru_cache(256)
def _count(quoted: str, text: str) -> int:
    """Return how often a line stands in the others: asked of each line, and of its neighbours."""
    return quoted.count(text)


def _of_place(sight: Sight, index: int) -> dict[str, float]:
    lines = sight.lines
    teaser = lines[index].text in sight.others or _is_teaser(lines, index) or _is_in_dated_list(lines, index)
    among = _is_among_teasers(lines, index)
    often = _times(sight, lines[index]) > (2 if teaser or among else 1)
    stands_out = often and not (index and _times(sight, lines[index - 1]) > 1)
    return {
        "copied-from-here": _copied_from_here(sight) if index == 0 else 0.0,
        "date-or-byline-below": followed(lines, index),
        "buttons-below": sum(line.look in ("ui", "name") for line in lines[index + 1 : index + 4]) > 1,
        "teaser": teaser,
        "among-teasers": among,
        "below-a-headline": not stands_out and _is_headline(sight, index - 1),
        "below-a-repeated-headline": _is_told_again(sight, index - 1),
        "near-below-a-headline": not stands_out and _is_near_headline(sight, index),
        "above-a-repeated-headline": not stands_out and index + 1 < sight.start and _is_told_again(sight, index + 1),
        "sums-up-a-headline": _sums_up(sight, index),
        "over-its-subtitles": _is_over_subtitles(sight, index),
        "above-a-caption": index + 1 < len(lines) and lines[index + 1].look == "caption",
        "far-above": min(_FARTHEST, max(0, sight.start - index) / _FAR),
    }


def _copied_from_here(sight: Sight) -> float:
    """Return how likely a capture begins with its headline: little is above the body, which has the line's words.

    What is in quotation marks was said by somebody, and is no furniture.
    """
    if sight.start > _FEW or any(line.look in ("ui", "name", "promo") for line in sight.lines[1:2]):
        return 0.0
    if is_quoted(sight.lines[0].text):
        return 1.0
    share: float = sight.overlaps.get(0, 0) / max(_SAID, *sight.overlaps.values())
    return share * share


def _is_headline(sight: Sight, index: int) -> bool:
    """Tell whether a line can be the headline over the line that is looked at."""
    if index == 0 and sight.start <= _FEW:
        return columns(sight.lines[0].text) >= _HEADLINE
    said = sight.overlaps.get(index, 0)
    if columns(sight.lines[index].text) < _HEADLINE:
        return False
    return said >= _SAID or (said >= _TOLD and _times(sight, sight.lines[index]) > 1)


def _is_told_again(sight: Sight, index: int) -> bool:
    """Tell whether a line is a headline that stands again on the page: what is above it is a line before it."""
    return _is_headline(sight, index) and _times(sight, sight.lines[index]) > 1


def _sums_up(sight: Sight, index: int) -> bool:
    """Tell whether a long line stands below a shorter one that has words of the body."""
    if sight.overlaps.get(index - 1, 0) < _TOLD or not can_be_title(sight.lines[index - 1]):
        return False
    wide, above = columns(sight.lines[index].text), columns(sight.lines[index - 1].text)
    return _HEADLINE <= above < wide / 2 if wide > _SUMMARY else above >= _HEADLINE and tells(sight.lines[index])


def _is_over_subtitles(sight: Sight, index: int) -> bool:
    """Tell whether one to three lines that say more of the text stand between a line and its date or byline."""
    if columns(sight.lines[index].text) < _HEADLINE or _is_headline(sight, index - 1):
        return False
    end = index + 1
    while end < min(sight.start, index + 4) and sight.overlaps.get(end, 0) >= _TOLD and not is_prose(sight.lines[end]):
        end += 1
    said = [sight.overlaps[at] for at in range(index + 1, end)]
    return len(said) > 0 and max(said) >= _SAID <= 3 * sight.overlaps.get(index, 0) and _is_stamp(sight.lines[end])


def _is_near_headline(sight: Sight, index: int) -> bool:
    for place in range(index - 1, max(-1, index - 6), -1):
        if place < index - 1 and _is_headline(sight, place):
            return True
        if sight.lines[place].look in ("promo", "body", "rights", "ui"):
            return False
    return False


def _is_stamp(line: CaptureLine) -> bool:
    return line.look in ("date", "byline")


def _is_teaser(lines: Sequence[CaptureLine], index: int) -> bool:
    """Tell whether a line stands under ``Related news`` and the like, among other headlines."""
    for place in range(index - 1, max(-1, index - _TEASERS), -1):
        look = lines[place].look
        if look in ("promo", "body", "byline", "rights"):
            return look == "promo"
    return False


def _is_in_dated_list(lines: Sequence[CaptureLine], index: int) -> bool:
    """Tell whether a date stands below a line, and below two lines beside it, each with one line between."""
    stamps = [0 <= at < len(lines) and _is_stamp(lines[at]) for at in range(index - 3, index + 6)]
    return not any(stamps[1::2]) and any(all(stamps[at : at + 5 : 2]) for at in (0, 2, 4))


def _is_among_teasers(lines: Sequence[CaptureLine], index: int) -> bool:
    """Tell whether three lines above one look like headlines as well, perhaps with numbers between them."""
    above = 0
    for place in range(index - 1, max(-1, index - 8), -1):
        line = lines[place]
        if line.look in ("short", "long") and columns(line.text) >= _LONG:
            above += 1
        elif line.rule != "number":
            break
    return above >= 3


def followed(lines: Sequence[CaptureLine], index: int) -> float:
    """Return 1 for a line with a date or a byline right below it, less for each line between that is no button."""
    near, summed = 1.0, False
    for line in lines[index + 1 : index + 12]:
        if _is_stamp(line) or line.moments:
            return near
        near -= 0.06 if line.look in ("ui", "name", "theme", "caption") else 0.2
        if near <= 0 or (line.look == "body" and summed):
            break
        summed = summed or line.look == "body"
    return 0.0
