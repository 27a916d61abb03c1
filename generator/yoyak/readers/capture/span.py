"""Where the body of a capture begins and ends: the run of lines with the greatest sum of weights.

Paragraphs weigh what they are long, furniture weighs against. Rights lines act as walls, and no portal's name is
needed (maximum-subsequence segmentation, Pasternack and Roth 2009).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from yoyak.model.types import Record
from yoyak.readers.capture.lines import CaptureLine, Look, ends_a_sentence
from yoyak.readers.capture.wrap import columns

_WEIGHTS: dict[Look, float] = {
    "ui": -60, "promo": -70, "rights": -220, "date": -25, "theme": -40, "byline": -15, "caption": -4, "tags": -30,
    "name": -22,
}  # fmt: skip
_LONGEST = 420
_OTHERS = -160
_OF_A_FORM = ("comment-form", "form-field")
_OF_OTHERS = ("ago", "comments", "comment-form")
_COMMENTS = re.compile(
    r"^(?:(?:view |post a |leave a |all |\d[\d,.]* )?"
    r"(?:comments?|replies|reply|kommentare?|commentaires?|réactions|comentarios?)|(?:전체 )?댓글|コメント|评论)\b",
    re.IGNORECASE,
)
"""What stands behind such a line is other people's."""
ITEM = re.compile(r"(?:[-–*•∙▪◦‣]|\d{1,2}[.)])\s+\S")
"""The beginning of an item of a list."""
_MARKED = re.compile(r"[・ㆍㅇ□■○●①-⑳]\s?\w")
ITEM_SIGN = re.compile(r"[-–—*•∙▪◦‣·・ㆍㅇ△▲■□◆◇○●▷▶※①-⑳“\"‘'\[(（<]|\d{1,2}[.)]\s|[QA문답]\s?[.:)]")
_ROW = re.compile(r"\w[).,]*\s\S*\d[%)]?$|[;{}=]|\w\(|^[a-z_]+$")
"""A row of a table ends with a number; code has signs of its own."""
_WIDE = re.compile("[가-힣\u3040-\u30ff\u4e00-\u9fff]")


_CLAUSE = re.compile("[,，、]")
_FURNITURE = 4
"""Lines of a picture's furniture: the outlet's name, a button, a caption."""


_ALONE = 0.5
"""What a short paragraph weighs between two headlines, beside one among others."""
_SUMMARY = 300
"""The weight of the summary of another story, at most."""
_HEADLINE = 12
"""Columns of its headline, at least: ``Step 3`` heads a part of a text."""
_LEAST = 20
"""The weight of a body: one sentence."""
TWICE = "stands-twice"
"""The rule of sentences that stand twice on their page."""
NOTICE, _NOTED = "posts-or-bereaved", 40
"""The rule of a notice's lines, and what each weighs, at least: one post is few letters."""
SPEAKER = "speaker"
"""The rule of a line that says who speaks below it, in the script of a report."""
OF_A_GALLERY = "gallery"
"""The rule of its captions and buttons, which part no text."""
_RIVALS, _RIVAL = 3, 0.15
"""How many runs of lines may be the body, and the share of the heaviest one's weight that the others need."""


class Span(Record, kw_only=True):
    """Indices into the lines of a capture: the body is ``lines[start:end]``."""

    start: int
    end: int
    weight: float = 0.0
    """The sum of its lines' weights."""
    sure: bool = True
    """False when no line looked like a paragraph, and everything that is no furniture was taken."""

    def __contains__(self, index: int) -> bool:
        return self.start <= index < self.end


def body_spans(lines: Sequence[CaptureLine]) -> tuple[Span, ...]:
    """Return the runs of lines that can be the body, the heaviest first; an empty one when there is only furniture."""
    found: list[Span] = []
    run, total, trust = Span(start=0, end=0), 0.0, 1.0
    for index, line in enumerate(lines):
        if total <= 0:
            found.append(run)
            run, total, trust = Span(start=index, end=index), 0.0, 1.0
        heavy = weight(line)
        heavy *= _ALONE if 0 < heavy <= _SUMMARY and is_alone(lines, index) else 1
        total += heavy * trust if heavy > 0 else heavy
        if total > 0 and is_others(line):
            trust *= 0.5
        if total > run.weight:
            run = Span(start=run.start, end=index + 1, weight=total)
    found.append(run)
    found = _joined(lines, found)
    heaviest = max(one.weight for one in found)
    rival = max(_LEAST, _RIVAL * heaviest)
    first = next((one.end for one in found if one.weight >= _ALONE * heaviest), 0)
    form = next((at for at in range(first, len(lines)) if lines[at].rule in _OF_A_FORM), len(lines))
    found.sort(key=lambda one: (-one.weight * (_ALONE if one.start > form else 1), one.start))
    if found[0].weight < _LEAST:
        return (_fallback(lines),)
    end = form if found[0].start < form else len(lines)
    return tuple(_opened(lines, one) for one in found[:_RIVALS] if one.weight >= rival and one.start < end)


def _joined(lines: Sequence[CaptureLine], runs: Sequence[Span]) -> list[Span]:
    """Return the runs in order, those as one that only code, rows or items stand between."""
    found: list[Span] = []
    for run in runs:
        if run.weight <= 0:
            continue
        if found and _is_of_one_text(lines[found[-1].end : run.start]):
            found[-1] = Span(start=found[-1].start, end=run.end, weight=found[-1].weight + run.weight)
        else:
            found.append(run)
    return found or list(runs)


def _is_of_one_text(between: Sequence[CaptureLine]) -> bool:
    """Tell whether lines are code, rows of a table or items of a list, and no furniture of a page."""
    furniture = (line.look for line in between if line.rule != TWICE)
    return not {"ui", "promo", "rights", "byline"}.intersection(furniture) and (
        sum(map(is_data, between)) * 2 >= len(between) > 0
    )


def is_data(line: CaptureLine) -> bool:
    """Tell whether a line is an item of a list, a row of a table or code."""
    if line.look not in ("short", "long", "name", "caption"):
        return False
    return ITEM_SIGN.match(line.text) is not None or _ROW.search(line.text) is not None


def _opened(lines: Sequence[CaptureLine], span: Span) -> Span:
    """Return the span without lines at its start that are no sentence: a headline is one."""
    start = span.start
    while start < span.end and lines[start].look in ("short", "long") and not ends_a_sentence(lines[start].prose):
        start += 1
    return Span(start=start, end=span.end, weight=span.weight) if start < span.end else span


_OF_A_PICTURE = ("ui", "name", "caption", "promo")
_HANGUL = re.compile("[가-힣]")
_NEWS_END = re.compile(r"""(?:다|데요|죠|[a-z])\.["”’']?$""")
_BUTTONS = 3
"""So many part the head of a page, with its pictures, from the text."""
_SUMMED = 4
"""Paragraphs of a page that sums up its text above its day."""
_BETWEEN = 60
"""Lines between a headline and the first paragraph: buttons, a summary, an advertisement."""


def span_below(lines: Sequence[CaptureLine], span: Span, title: int | None) -> Span:
    """Return the span that a headline opens: without teasers above it, with paragraphs that furniture cut off."""
    if title is None or not span.sure:
        return span
    found = _headed(lines, span, title)
    return Span(start=_below_summary(lines, found, title), end=found.end)


def _below_summary(lines: Sequence[CaptureLine], span: Span, title: int) -> int:
    """Return the start of a text below one paragraph between its headline and its day, which sums it up."""
    told = [at for at in range(span.start, min(span.end, span.start + _BETWEEN)) if is_paragraph(lines[at])]
    if len(told) < _SUMMED or told[0] - title > _FURNITURE or len(lines[told[0]].text) > _LONGEST:
        return span.start
    stamped = (at for at in range(told[0] + 1, told[1]) if lines[at].look in ("date", "byline"))
    stamp = next(stamped, None)
    if stamp is None or stamp - told[0] > _FURNITURE:
        return span.start
    return stamp + 1


def _headed(lines: Sequence[CaptureLine], span: Span, title: int) -> Span:
    end = _end_below(lines, span)
    if title in span:
        return Span(start=title + 1, end=end)
    dated = [at for at in range(title + 1, span.start) if lines[at].look in ("date", "byline")]
    below = dated[0] if dated else span.start
    for index in range(max(title + 1, span.start - _BETWEEN), span.start):
        prose = lines[index].look == "body" or (index > below and is_sentence(lines[index]))
        between = [lines[at].look for at in range(index, span.start)]
        if prose and "rights" not in between and between.count("ui") < _BUTTONS:
            return Span(start=_first_sentence(lines, index, below), end=end)
    return Span(start=_first_sentence(lines, span.start, below), end=end)


def _first_sentence(lines: Sequence[CaptureLine], start: int, above: int) -> int:
    """Return the start of a text with the lines right above it, from their first sentence on: blogs write short."""
    index = start
    while index - 1 > above and lines[index - 1].look in ("short", "long", "body", "caption"):
        index -= 1
        start = index if ends_a_sentence(lines[index].prose) else start
    return start


def _end_below(lines: Sequence[CaptureLine], span: Span) -> int:
    """Return the end of the span with last paragraphs that a picture cut off, or one block of other stories."""
    end, promoted, between = span.end, 0, 0
    for index in range(span.end, len(lines)):
        line = lines[index]
        promoted += line.look == "promo"
        if line.look == "body" or is_sentence(line):
            end, promoted, between = index + 1, 0, 0
            continue
        between += 1
        teaser = promoted == 1 and line.look in ("short", "long") and _HANGUL.search(line.text)
        if is_others(line) or not (teaser or line.look in _OF_A_PICTURE) or promoted > 1 or between > _FURNITURE:
            break
    return end


def is_alone(lines: Sequence[CaptureLine], index: int) -> bool:
    """Tell whether a paragraph stands between two lines that are none, as the summaries of other stories do."""
    if not 0 < index < len(lines) - 1 or not is_paragraph(lines[index]):
        return False
    return heads(lines[index - 1], _HEADLINE) and heads(lines[index + 1], _HEADLINE)


def heads(line: CaptureLine, least: int = 0) -> bool:
    """Tell whether a line of some columns is no sentence and no item, as headlines are."""
    if line.look not in ("short", "long") or ends_a_sentence(line.prose) or ITEM_SIGN.match(line.text):
        return False
    return not least or columns(line.text[:200]) >= least


def is_paragraph(line: CaptureLine) -> bool:
    """Tell whether a line is prose of a body."""
    return line.look == "body" or is_sentence(line)


def reach_of(texts: Iterable[str]) -> int:
    """Return how many characters some texts have."""
    return sum(len(text) for text in texts)


def is_sentence(line: CaptureLine) -> bool:
    """Tell whether a short line is a sentence of the body by its look; Korean needs few letters for one."""
    least = 6 if _HANGUL.search(line.prose) else 12
    return line.look == "short" and len(line.prose) >= least and _NEWS_END.search(line.prose[-8:]) is not None


def weight(line: CaptureLine) -> float:
    """Return how much a line speaks for the body, in characters of prose; Hangul says twice as much with each."""
    if line.rule in (OF_A_GALLERY, SPEAKER) or (line.rule == TWICE and line.look != "ui"):
        return 0
    if line.look == "body":
        return min(max(_extent(line.prose), _NOTED if line.rule == NOTICE else 0), _LONGEST)
    if line.look in ("short", "long"):
        return _unlabelled(line)
    if not line.text:
        return 0
    if is_others(line):
        return _OTHERS
    return _WEIGHTS[line.look]


def is_others(line: CaptureLine) -> bool:
    """Tell whether a line says that other people's words follow: a count of comments, or ``3 hours ago``."""
    return line.look == "ui" and (line.rule in _OF_OTHERS or _COMMENTS.search(line.text[:60]) is not None)


def _extent(prose: str) -> int:
    start = prose[:_LONGEST]
    return len(prose) + len(_WIDE.findall(start)) // 2


def _unlabelled(line: CaptureLine) -> float:
    if ITEM.match(line.prose) or _MARKED.match(line.prose):
        return 2.0
    if is_sentence(line) or (ends_a_sentence(line.prose) and len(line.prose) >= 12):
        return _extent(line.prose) / 2
    if line.look == "long":
        return _extent(line.prose) / 4 if len(line.prose) >= 100 or _CLAUSE.search(line.prose) else -10
    return -22


def _fallback(lines: Sequence[CaptureLine]) -> Span:
    """Return the lines from the second one on that no rule knows, up to the last of them."""
    plain = [index for index, line in enumerate(lines) if line.look in ("short", "long", "body")]
    if len(plain) < 2:
        return Span(start=len(lines), end=len(lines), sure=False)
    return Span(start=plain[1], end=plain[-1] + 1, sure=False)
