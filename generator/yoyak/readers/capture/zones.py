"""What follows an article inside of what looked like its body: comments, lists of other stories, services.

They are known by their shape: a word such as ``Reply`` that stands again and again between paragraphs, headlines one
below the other, and paragraphs that share few words with the article.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from yoyak.readers.capture.akin import AKIN, SAMPLE, have_words_of, is_akin, known_words, tokens_of
from yoyak.readers.capture.lines import CaptureLine, ends_a_sentence, sentences
from yoyak.readers.capture.remarks import first_remark
from yoyak.readers.capture.span import ITEM, OF_A_GALLERY, SPEAKER, Span, heads, is_data, is_paragraph, reach_of
from yoyak.readers.capture.wrap import columns
from yoyak.readers.word_lists import alternatives, words

_PROSE = ("body", "short", "long")
_LEAST, _REACH = 3, 300
"""Paragraphs of an article above what follows it, and their characters; Hangul and the like count twice."""
_LIST = 4
"""Headlines of other stories one below the other."""
_GAP = 6
"""Lines without a paragraph below which an article may have ended."""
_ENOUGH = 20
"""Words of paragraphs that are compared with the text above them."""
_FOLLOW = 2
"""Paragraphs one below the other: below headlines of other stories each stands alone."""
_RUN = 3
"""Items of a list with which a text ends."""
_TEASER = 22
"""Columns of a line that can be a headline of another story."""
_MOST = 1.5
"""What may stand below such a list beside the text above it."""
_PLEA = 5
"""Lines of a plea below a text, with its heading."""
_PLEADED = 0.3
"""How long it may be beside the text."""
_GROUPS = 8
"""Groups of such sentences that are looked at, so that no file takes long."""
_MOST_LISTS = 200
_OUTWEIGHS = 4
"""How much longer a body is than sentences above it that are none of its own."""
_LONGEST = 130
_FOREIGN = 0.1
"""Share of a paragraph's words that the article has, when it may belong to it."""
_AFTER = re.compile(r"[(<\[]?끝[.)>\]]*$|About [A-Z][\w ]{2,40}$|[가-힣A-Za-z]{2,15} 소개$|#{3}$")
"""What ends a press release, or is over the words that a company says of itself in each of them."""
_CLOSING = words("closing-heads")
_NOTICE = re.compile(alternatives("notices"), re.IGNORECASE)
_OF_A_FORM = 4
_OF_NOTICES = 0.4
"""The same of a notice, whose words are those of many texts."""
_HEADS = ("■", "◆", "◇", "【", "▣")
_NO_HEADLINE = re.compile(r"[;；{}=]|\d%$|^[a-z]")


def without_zones(lines: Sequence[CaptureLine], span: Span) -> Span:
    """Return a body without the comments, lists and services below it."""
    if not span.sure:
        return span
    paragraphs = [index for index in range(span.start, span.end) if is_paragraph(lines[index])]
    least = _least(lines, paragraphs)
    said = (index for index in range(span.start, span.end) if index > least and _AFTER.match(lines[index].text))
    fields = [index for index in range(least + 1, span.end) if lines[index].rule == "form-field"]
    forms = (first for first, second in pairwise(fields) if second - first < _OF_A_FORM)
    ends = (first_remark(lines, span), next(forms, None), _list_below(lines, span, least), next(said, None))
    said_so = (end for end in ends if end is not None and (end > least or lines[end].rule == "kindred"))
    end = min([span.end, *said_so])
    end = _above_notices(lines, span, _above_services(lines, span, end, least), least)
    while end > span.start and not (lines[end - 1].look in ("caption", *_PROSE) and not _heads_nothing(lines[end - 1])):
        end -= 1
    if end == span.end:
        end = _below_last_list(lines, span)
    return Span(start=span.start, end=end, weight=span.weight)


def _below_last_list(lines: Sequence[CaptureLine], span: Span) -> int:
    """Return the end of a body with the list right below it that has its words, and that one heading may be over."""
    end = span.end
    for start in (span.end, span.end + 1):
        end = start
        while end < len(lines) and lines[end].look in _PROSE and ITEM.match(lines[end].prose):
            end += 1
        if end - start >= _RUN and all(line.look == "short" for line in lines[span.end : start]):
            known = known_words(line.prose for line in lines[span.start : span.end])
            return end if is_akin("\n".join(line.prose for line in lines[start:end]), known) else span.end
    return span.end


def _heads_nothing(line: CaptureLine) -> bool:
    return line.text.startswith(_HEADS) and line.look in ("short", "long") and not ends_a_sentence(line.prose)


def below_services(lines: Sequence[CaptureLine], span: Span) -> Span:
    """Return a body below sentences of the page that buttons part from it and whose words it has not."""
    start = span.start
    for _ in range(_GROUPS):
        end = start
        while end < span.end and lines[end].look in _PROSE:
            end += 1
        after = end
        while after < span.end and lines[after].look not in _PROSE:
            after += 1
        own = [line.prose for line in lines[start:end]]
        rest = [line.prose for line in lines[after : span.end] if is_paragraph(line)]
        parted = any(line.look in ("ui", "promo", "name") and line.rule != SPEAKER for line in lines[end:after])
        if not own or not parted or reach_of(rest) < _OUTWEIGHS * reach_of(own):
            return Span(start=start, end=span.end, weight=span.weight) if span.sure else span
        known = known_words(rest)
        if any(is_akin(text, known) for text in own):
            return Span(start=start, end=span.end, weight=span.weight) if span.sure else span
        start = after
    return Span(start=start, end=span.end, weight=span.weight) if span.sure else span


def _above_services(lines: Sequence[CaptureLine], span: Span, end: int, least: int) -> int:
    """Return the end of a body above a last heading whose few sentences have no word of it: a plea, a subscription."""
    for head in range(max(least + 1, end - _PLEA), end):
        line = lines[head]
        below = [one.prose for one in lines[head + 1 : end] if is_paragraph(one)]
        if not heads(line) or not below or line.text in _CLOSING or sentences(line.prose):
            continue
        above = [one.prose for one in lines[span.start : head] if is_paragraph(one)]
        if reach_of(below) > _PLEADED * reach_of(above):
            continue
        known = known_words(one.prose for one in lines[span.start : head])
        if not any(is_akin(text, known, _FOREIGN) for text in below):
            return head
    return end


def _above_notices(lines: Sequence[CaptureLine], span: Span, end: int, least: int) -> int:
    """Return the end of a body above what a page says of itself last: its cookies, its rules for comments."""
    known = known_words(one.prose for one in lines[span.start : least + 1])
    for index in range(end - 1, least, -1):
        if is_paragraph(lines[index]):
            if not _NOTICE.search(lines[index].prose) or is_akin(lines[index].prose, known, _OF_NOTICES):
                break
            end = index
    return end


def _least(lines: Sequence[CaptureLine], paragraphs: Sequence[int]) -> int:
    """Return the line up to which a body is surely the article's."""
    reach = 0
    for count, index in enumerate(paragraphs, 1):
        reach += columns(lines[index].prose[:_REACH])
        if reach >= (_REACH if count >= _LEAST else 2 * _REACH):
            return index
    return len(lines)


# --- other stories ------------------------------------------------------------------------------------


def _leads_away(lines: Sequence[CaptureLine], span: Span, index: int, least: int) -> bool:
    """Tell whether below a heading such as ``Next in business`` each paragraph stands alone, or has no word of it."""
    told = [at for at in range(index + 1, span.end) if is_paragraph(lines[at])]
    if index > least and len(told) > 1 and all(heads(lines[at - 1]) for at in told):
        return True
    return lines[index].rule == "kindred" and len(told) > 1 and _is_last(lines, span, index, index + 1, _FOREIGN)


def _list_below(lines: Sequence[CaptureLine], span: Span, least: int) -> int | None:
    """Return where a list of other stories begins below which nothing of the article stands."""
    start = None
    run = looks = gap = 0
    for index in range(span.start, span.end):
        line = lines[index]
        if line.rule == OF_A_GALLERY:
            continue
        gap = 0 if is_paragraph(line) or is_data(line) else gap + 1
        if gap == _GAP and looks < _MOST_LISTS:
            looks += 1
            if _is_told(lines, span, index) and _is_last(lines, span, index - _GAP + 1, index, _FOREIGN):
                return index - _GAP + 1
        if line.look == "promo" and _leads_away(lines, span, index, least):
            return index
        if line.look == "promo":
            start, run = index if run == 0 or start is None else start, run + 2
        elif _is_teaser(line):
            start, run = index if run == 0 else start, run + 1
        elif line.look in _PROSE:
            run = 0
        if run >= _LIST and start is not None and looks < _MOST_LISTS:
            looks += 1
            if not _goes_on(lines, span, start, index + 1) and _is_last(lines, span, start, index):
                return start
    return None


def _is_teaser(line: CaptureLine) -> bool:
    return heads(line, _TEASER) and columns(line.text[:200]) <= _LONGEST and not _NO_HEADLINE.search(line.text)


def _is_told(lines: Sequence[CaptureLine], span: Span, index: int) -> bool:
    """Tell whether what stands below a line has words enough to be compared with what is above it."""
    below = [lines[at].prose for at in range(index, span.end) if is_paragraph(lines[at])]
    return not below or len(tokens_of("\n".join(below)[:SAMPLE])) >= _ENOUGH


def _goes_on(lines: Sequence[CaptureLine], span: Span, start: int, below: int) -> bool:
    """Tell whether paragraphs one below the other follow a list that have words of the text above."""
    while below < min(span.end, start + 2 * _LIST) and not is_paragraph(lines[below]):
        below += 1
    end = below
    while end < span.end and is_paragraph(lines[end]):
        end += 1
    if end - below < _FOLLOW:
        return False
    known = known_words(line.prose for line in lines[span.start : start] if is_paragraph(line))
    return is_akin("\n".join(line.prose for line in lines[below:end]), known, _FOREIGN / 3)


def _is_last(lines: Sequence[CaptureLine], span: Span, start: int, index: int, share: float = AKIN) -> bool:
    """Tell whether few paragraphs below a list share their words with those above it."""
    above = [lines[at].prose for at in range(span.start, start) if is_paragraph(lines[at])]
    below = [lines[at].prose for at in range(index, span.end) if is_paragraph(lines[at])]
    return bool(above) and not have_words_of(below, above, share) and reach_of(below) <= _MOST * reach_of(above)
