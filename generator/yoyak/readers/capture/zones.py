"""What follows an article inside of what looked like its body: comments, lists of other stories, services.

They are known by their shape: a word such as ``Reply`` that stands again and again between paragraphs, headlines one
below the other, and paragraphs that share few words with the article.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from yoyak.readers.capture.lines import CaptureLine, ends_a_sentence
from yoyak.readers.capture.span import Span, is_others, is_sentence
from yoyak.readers.capture.wrap import columns

_PROSE = ("body", "short", "long")
_LEAST, _REACH = 3, 300
"""Paragraphs of an article above what follows it, and their characters; Hangul and the like count twice."""
_RHYTHM = 3
"""How often a button stands between comments."""
_LIST = 4
"""Headlines of other stories one below the other."""
_GAP = 6
"""Lines without a paragraph below which an article may have ended."""
_ENOUGH = 20
"""Words of paragraphs that are compared with the text above them."""
_TEASER = 22
"""Columns of a line that can be a headline of another story."""
_STRAY, _MOST = 0.15, 1.5
"""What may stand below such a list beside the text above it: paragraphs that share its words, and all paragraphs."""
_PLEA = 5
"""Lines of a plea below a text, with its heading."""
_PLEADED = 0.3
"""How long it may be beside the text."""
_GROUPS, _LOOKS = 8, 20
"""Groups of such sentences, and headings or lists, that are looked at, so that no file takes long."""
_MOST_LISTS = 200
_OUTWEIGHS = 4
"""How much longer a body is than sentences above it that are none of its own."""
_LONGEST = 130
_FOREIGN, _AKIN = 0.1, 0.2
"""Share of a paragraph's words that the article has, when it belongs to it."""
_REMARKS = 14
"""Lines of a comment, at most, with what stands around it."""
_NICKNAME = 20
_SIGNED = 0.6
"""Share of the paragraphs below ``3 comments`` that have somebody's name above them."""
_BEYOND = 40
"""Lines below a body in which more of its comments may stand."""
_BUTTON = re.compile(r"[^\W\d_][\w' ]{1,24}[^\W_]")
_WORDS = re.compile(
    r"(?<![가-힣])[가-힣]{2}|[\u3040-\u30ff\u4e00-\u9fff]+|[^\W\d_\u3040-\u30ff\u4e00-\u9fff가-힣]{5,}|\d{2,}"
)
_SAMPLE = 6000
_NO_HEADLINE = re.compile(r"[;；{}=]|\d%$|^[a-z]")
_ROW = re.compile(r"\w[\w).,]*\s\S*\d[%)]?$|[;{}=]|\w\(|^[a-z_]+$")
"""A row of a table ends with a number; code has signs of its own."""
_ITEM_SIGN = re.compile(r"[-–—*•∙▪◦‣·△▲■□◆◇○●▷▶※①-⑳“\"‘'\[(（<]|\d{1,2}[.)]\s|[QA문답]\s?[.:)]")


def without_zones(lines: Sequence[CaptureLine], span: Span) -> Span:
    """Return a body without the comments, lists and services below it."""
    if not span.sure:
        return span
    paragraphs = [index for index in range(span.start, span.end) if _is_paragraph(lines[index])]
    least = _least(lines, paragraphs)
    ends = [end for end in (_comments(lines, span), _list_below(lines, span)) if end is not None]
    end = min((end for end in ends if end > least), default=span.end)
    end = _above_services(lines, span, end, least)
    while end > span.start and not _is_paragraph(lines[end - 1]) and lines[end - 1].look not in ("caption", *_PROSE):
        end -= 1
    return Span(start=span.start, end=end, weight=span.weight)


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
        rest = [line.prose for line in lines[after : span.end] if _is_paragraph(line)]
        parted = any(line.look in ("ui", "promo", "name") for line in lines[end:after])
        if not own or not parted or _reach(rest) < _OUTWEIGHS * _reach(own):
            return Span(start=start, end=span.end, weight=span.weight) if span.sure else span
        known = frozenset(_tokens("\n".join(rest)[:_SAMPLE]))
        if any(_is_akin(text, known) for text in own):
            return Span(start=start, end=span.end, weight=span.weight) if span.sure else span
        start = after
    return Span(start=start, end=span.end, weight=span.weight) if span.sure else span


def _above_services(lines: Sequence[CaptureLine], span: Span, end: int, least: int) -> int:
    """Return the end of a body above a last heading whose few sentences have no word of it: a plea, a subscription."""
    for head in range(max(least + 1, end - _PLEA), end):
        line = lines[head]
        below = [one.prose for one in lines[head + 1 : end] if _is_paragraph(one)]
        if not _is_teaser_or_short(line) or not below:
            continue
        above = [one.prose for one in lines[span.start : head] if _is_paragraph(one)]
        if _reach(below) > _PLEADED * _reach(above):
            continue
        known = frozenset(_tokens("\n".join(one.prose for one in lines[span.start : head])[:_SAMPLE]))
        if not any(_is_akin(text, known, _FOREIGN) for text in below):
            return head
    return end


def _is_teaser_or_short(line: CaptureLine) -> bool:
    return line.look in ("short", "long") and not ends_a_sentence(line.prose) and not _ITEM_SIGN.match(line.text)


def _least(lines: Sequence[CaptureLine], paragraphs: Sequence[int]) -> int:
    """Return the line up to which a body is surely the article's."""
    reach = 0
    for count, index in enumerate(paragraphs, 1):
        reach += columns(lines[index].prose[:_REACH])
        if count >= _LEAST and reach >= _REACH:
            return index
    return len(lines)


def _is_paragraph(line: CaptureLine) -> bool:
    return line.look == "body" or is_sentence(line)


# --- comments -----------------------------------------------------------------------------------------


def _comments(lines: Sequence[CaptureLine], span: Span) -> int | None:
    """Return where comments begin: at their heading, else at the first one."""
    begins = _rhythm(lines, span)
    headings = [index for index in range(span.start, span.end) if is_others(lines[index])][:_LOOKS]
    headed = next((index for index in headings if _heads_comments(lines, span, index)), None)
    found = [index for index in (begins, headed) if index is not None]
    return min(found) if found else None


def _heads_comments(lines: Sequence[CaptureLine], span: Span, index: int) -> bool:
    below = lines[index + 1 : index + _REMARKS]
    remarks = sum(line.look in ("ui", "name", "date") for line in below)
    above = _reach([line.prose for line in lines[span.start : index] if _is_paragraph(line)])
    after = _reach([line.prose for line in lines[index : span.end] if _is_paragraph(line)])
    if remarks >= 3 and any(line.look in _PROSE for line in below) and above >= after / 2:
        return True
    return above >= _REACH and _is_talk(lines[index + 1 : span.end])


def _is_talk(lines: Sequence[CaptureLine]) -> bool:
    """Tell whether most paragraphs have a name, a time or a button right above them, as remarks of readers do."""
    places = [index for index, line in enumerate(lines) if _is_paragraph(line)]
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
    apart = [(first, second) for first, second in pairwise(places) if _is_remark(lines[first + 1 : second])]
    if len(apart) < _RHYTHM - 1 or any(second - first > _REMARKS for first, second in apart):
        return None
    if any(_is_paragraph(lines[at]) for at in range(places[-1] + _REMARKS, span.end)):
        return None
    return _first_remark(lines, span, places[0], min(second - first for first, second in apart))


def _first_remark(lines: Sequence[CaptureLine], span: Span, button: int, lowest: int) -> int:
    """Return where the comment above a button begins: at the buttons over it, or as many lines up as others have."""
    first = button
    while first > max(span.start, button - lowest + 1) and lines[first - 1].look in (*_PROSE, "caption"):
        first -= 1
    while first > span.start and lines[first - 1].look not in _PROSE:
        first -= 1
    return first


def _is_remark(lines: Sequence[CaptureLine]) -> bool:
    """Tell whether somebody's name or a time stands beside a paragraph; pictures of a gallery have only the caption."""
    beside = (line for line in lines if not _is_paragraph(line))
    return any(map(_is_paragraph, lines)) and any(
        line.look != "caption" or len(line.text) <= _NICKNAME for line in beside
    )


def _is_button(line: CaptureLine) -> bool:
    return line.look in ("ui", "name", "short") and _BUTTON.fullmatch(line.text) is not None


# --- other stories ------------------------------------------------------------------------------------


def _list_below(lines: Sequence[CaptureLine], span: Span) -> int | None:
    """Return where a list of other stories begins below which nothing of the article stands."""
    start = None
    run = looks = gap = 0
    for index in range(span.start, span.end):
        line = lines[index]
        gap = 0 if _is_paragraph(line) or _is_data(line) else gap + 1
        if gap == _GAP and looks < _MOST_LISTS:
            looks += 1
            if _is_told(lines, span, index) and _is_last(lines, span, index - _GAP + 1, index, _FOREIGN):
                return index - _GAP + 1
        if line.look == "promo":
            start, run = index if run == 0 or start is None else start, run + 2
        elif _is_teaser(line):
            start, run = index if run == 0 else start, run + 1
        elif line.look in _PROSE:
            run = 0
        if run >= _LIST and start is not None and looks < _MOST_LISTS:
            looks += 1
            if _is_last(lines, span, start, index):
                return start
    return None


def _is_data(line: CaptureLine) -> bool:
    """Tell whether a line is an item of a list, a row of a table or code."""
    if line.look not in ("short", "long", "name"):
        return False
    return _ITEM_SIGN.match(line.text) is not None or _ROW.search(line.text) is not None


def _is_teaser(line: CaptureLine) -> bool:
    return (
        line.look in ("short", "long")
        and _TEASER <= columns(line.text[:200]) <= _LONGEST
        and not ends_a_sentence(line.prose)
        and not (_ITEM_SIGN.match(line.text) or _NO_HEADLINE.search(line.text))
    )


def _is_told(lines: Sequence[CaptureLine], span: Span, index: int) -> bool:
    """Tell whether what stands below a line has words enough to be compared with what is above it."""
    below = "\n".join(lines[at].prose for at in range(index, span.end) if _is_paragraph(lines[at]))
    return not below or len(_tokens(below[:_SAMPLE])) >= _ENOUGH


def _is_last(lines: Sequence[CaptureLine], span: Span, start: int, index: int, share: float = _AKIN) -> bool:
    """Tell whether few paragraphs below a list share their words with those above it."""
    above = [lines[at].prose for at in range(span.start, start) if _is_paragraph(lines[at])]
    if not above:
        return False
    known = frozenset(_tokens("\n".join(above)[:_SAMPLE]))
    below = [lines[at].prose for at in range(index, span.end) if _is_paragraph(lines[at])]
    akin = sum(len(text) for text in below if _is_akin(text, known, share))
    return akin <= _STRAY * sum(len(text) for text in above) and _reach(below) <= _MOST * _reach(above)


def _reach(texts: Sequence[str]) -> int:
    return sum(len(text) for text in texts)


def _tokens(text: str) -> list[str]:
    """Return the words of a text; of Korean their beginnings, of Chinese and Japanese pairs of characters."""
    words = _WORDS.findall(text.casefold())
    wide = [word for word in words if "\u3040" <= word[0] <= "\u9fff"]
    return [word for word in words if word not in wide] + [a + b for word in wide for a, b in pairwise(word)]


def _is_akin(text: str, known: frozenset[str], share: float = _AKIN) -> bool:
    words = _tokens(text)
    return sum(word in known or word[:-1] in known for word in words) >= share * len(words) > 0
