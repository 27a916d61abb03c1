"""Comments below an article, by their shape: a button, or a name with a day and an hour, beside each of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from yoyak.readers.capture.akin import have_words_of
from yoyak.readers.capture.lines import CaptureLine, ends_a_sentence
from yoyak.readers.capture.span import Span, is_others, is_paragraph, reach_of

_PROSE = ("body", "short", "long")
_RHYTHM = 3
"""How often a button, or a day with an hour, stands between comments."""
_REACH = 300
"""Characters of an article above a count of comments."""
_REMARKS = 14
"""Lines of a comment, at most, with what stands around it."""
_NICKNAME = 20
_SIGNED = 0.6
"""Share of the paragraphs below ``3 comments`` that have somebody's name above them."""
_BEYOND = 40
"""Lines below a body in which more of its comments may stand."""
_LOOKS = 20
"""Headings of comments that are looked at, so that no file takes long."""
_MOST = 0.8
"""Share of such buttons and days that have a comment between them: another may be long, or be hidden."""
_SIGNATURE = 90
_OTHER = re.compile(r"\b[A-ZÀ-Þ][\w.’'-]*|\d+|\s+")
_BUTTON = re.compile(r"[^\W\d_][\w' ]{1,24}[^\W_]")
_CLOCK = re.compile(r"\d\s?[:h]\s?\d\d\b|\d시")


def first_remark(lines: Sequence[CaptureLine], span: Span) -> int | None:
    """Return where comments begin: at their heading, else at the first one."""
    begins = _rhythm(lines, span)
    headings = [index for index in range(span.start, span.end) if is_others(lines[index])][:_LOOKS]
    headed = next((index for index in headings if _heads_comments(lines, span, index)), None)
    found = [index for index in (begins, headed, _stamped(lines, span)) if index is not None]
    return min(found) if found else None


def _heads_comments(lines: Sequence[CaptureLine], span: Span, index: int) -> bool:
    below = lines[index + 1 : index + _REMARKS]
    remarks = sum(line.look in ("ui", "name", "date") for line in below)
    above = reach_of([line.prose for line in lines[span.start : index] if is_paragraph(line)])
    after = reach_of([line.prose for line in lines[index : span.end] if is_paragraph(line)])
    if remarks >= 3 and any(line.look in _PROSE for line in below) and above >= after / 2:
        return True
    return above >= _REACH and (_is_talk(lines[index + 1 : span.end]) or _is_signed_alike(lines[index + 1 : span.end]))


def _is_signed_alike(lines: Sequence[CaptureLine]) -> bool:
    """Tell whether lines that differ in names and numbers stand again and again: ``Comment by Ada, 13:04``."""
    shapes = Counter(_OTHER.sub("", line.text) for line in lines if 8 < len(line.text) <= _SIGNATURE)
    return any(times > _RHYTHM and len(shape) > 2 for shape, times in shapes.items())


def _is_talk(lines: Sequence[CaptureLine]) -> bool:
    """Tell whether most paragraphs have a name, a time or a button right above them, as remarks of readers do."""
    places = [index for index, line in enumerate(lines) if is_paragraph(line)]
    signed = sum(index > 0 and _is_signature(lines[index - 1]) for index in places)
    return signed >= _RHYTHM and signed >= _SIGNED * len(places)


def _is_signature(line: CaptureLine) -> bool:
    if line.look in ("ui", "name", "date", "byline"):
        return True
    return line.look == "short" and len(line.text) <= _NICKNAME and not ends_a_sentence(line.text)


def _rhythm(lines: Sequence[CaptureLine], span: Span) -> int | None:
    """Return where the first comment begins: above the first of the buttons that stand below each of them."""
    below = range(span.start, min(len(lines), span.end + _BEYOND))
    texts = [lines[index].text for index in below if _is_button(lines[index])]
    often = {text for text, times in Counter(texts).items() if times >= _RHYTHM}
    places = [index for index in below if lines[index].text in often]
    apart = _remarks(lines, places)
    if len(apart) < _RHYTHM - 1 or any(second - first > _REMARKS for first, second in apart):
        return None
    if any(is_paragraph(lines[at]) for at in range(places[-1] + _REMARKS, span.end)):
        return None
    return _above_the_button(lines, span, places[0], min(second - first for first, second in apart))


def _stamped(lines: Sequence[CaptureLine], span: Span) -> int | None:
    """Return where the first comment begins: at the first of the days with an hour that stand at each of them."""
    apart = _remarks(lines, [index for index in range(span.start, span.end) if _is_stamp(lines, index)])
    near = [(first, second) for first, second in apart if second - first <= _REMARKS]
    if len(near) < _RHYTHM - 1 or len(near) < _MOST * len(apart):
        return None
    first, last = near[0][0], near[-1][1]
    above = [line.prose for line in lines[span.start : first] if is_paragraph(line)]
    below = [line.prose for line in lines[last + _REMARKS : span.end] if is_paragraph(line)]
    if have_words_of(below, above):
        return None
    return _above_the_button(lines, span, first, min(second - first for first, second in near))


def _remarks(lines: Sequence[CaptureLine], places: Sequence[int]) -> list[tuple[int, int]]:
    return [(first, second) for first, second in pairwise(places) if _is_remark(lines[first + 1 : second])]


def _is_stamp(lines: Sequence[CaptureLine], index: int) -> bool:
    """Tell whether a line has a day, an hour, and somebody's name in it or beside it."""
    line = lines[index]
    if not line.moments or is_paragraph(line) or not _CLOCK.search(line.text):
        return False
    rest = line.text[: line.moments[0].start] + line.text[line.moments[-1].end :]
    beside = (lines[at] for at in (index - 1, index + 1) if 0 <= at < len(lines))
    return sum(map(str.isalpha, rest)) > 1 or any(
        one.look in ("name", "short") and _is_signature(one) for one in beside
    )


def _above_the_button(lines: Sequence[CaptureLine], span: Span, button: int, lowest: int) -> int:
    """Return where the comment above a button begins: at the buttons over it, or as many lines up as others have."""
    first = button
    while first > max(span.start, button - lowest + 1) and lines[first - 1].look in (*_PROSE, "caption"):
        first -= 1
    while first > span.start and lines[first - 1].look not in _PROSE:
        first -= 1
    return first


def _is_remark(lines: Sequence[CaptureLine]) -> bool:
    """Tell whether somebody's name or a time stands beside a paragraph; pictures of a gallery have only the caption."""
    beside = (line for line in lines if not is_paragraph(line))
    return any(map(is_paragraph, lines)) and any(
        line.look != "caption" or len(line.text) <= _NICKNAME for line in beside
    )


def _is_button(line: CaptureLine) -> bool:
    return line.look in ("ui", "name", "short") and _BUTTON.fullmatch(line.text) is not None
