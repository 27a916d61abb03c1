"""The subtitle of a capture (부제): glued to its headline, or on the lines right below it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import structs

from yoyak.model.sources import Evidence, Field
from yoyak.readers.capture.fields import Finding
from yoyak.readers.capture.lines import CaptureLine, ends_a_sentence
from yoyak.readers.capture.span import Span
from yoyak.readers.capture.wrap import columns

_SIGN = re.compile(r"\s*[◆■▲△◇●○▷▶※▣◈]\s*|\s+[-–—]\s+|\s+(?![-–—◆■▲△◇●○▷▶※▣◈\s])")
_BAR = re.compile(r"\s+[-–—|<:·]\s+|\s?[|ㅣ<]\s?")
_PARTS = re.compile(r"\s*[◆■▲△◇●○▷▶※▣◈]\s*|\s+[-–—/]\s+")
_MARK = re.compile(r"(?P<mark>[-–—◆■▲△◇●○▷▶※▣◈·])\s*(?=[^\s\d])")
_HANGUL = re.compile("[가-힣]")
_LEAST, _LEAST_BARE, _LEAST_PART, _LONGEST = 18, 26, 14, 240
"""Columns of a headline with a sign behind it, without one, and of each part of a subtitle; characters of a line."""
_FEWEST = 8
_TWO, _LINES, _SHORT, _MOST, _WORDS = 2, 3, 12, 120, 3
_DOTS = re.compile(r"^(?:…|\.\.\.)\s*")


def with_decks(lines: Sequence[CaptureLine]) -> list[CaptureLine]:
    """Return the lines; those that another line's headline begins have it and the rest as `parts`.

    Nothing but another line (a tab's title, the headline again, a teaser) says where a headline ends.
    """
    alone = {text for line in lines if _FEWEST < len(line.text) <= _LONGEST for text in _beginnings(line.text)}
    begun = Counter(text[:_FEWEST] for text in alone)
    return [
        structs.replace(line, parts={**line.parts, "headline": cut[0], "deck": cut[1]})
        if begun[line.text[:_FEWEST]] > (line.text in alone)
        and line.look in ("short", "long", "body")
        and (cut := _cut(line.text, alone))
        else line
        for line in lines
    ]


def _beginnings(text: str) -> Iterator[str]:
    """Yield a line, and what stands before each of its bars, behind which outlets and sections are."""
    if columns(text) >= _LEAST and not text.endswith(("…", "..", ".")):
        yield text
        yield from (text[: bar.start()] for bar in _BAR.finditer(text) if columns(text[: bar.start()]) >= _LEAST)


def _cut(text: str, alone: set[str]) -> tuple[str, str] | None:
    """Return the headline with which a line begins and the subtitle behind it, where others have it alone."""
    if len(text) > _LONGEST or ends_a_sentence(text):
        return None
    korean = _HANGUL.search(text) is not None
    for sign in _SIGN.finditer(text):
        head, rest = text[: sign.start()], _DOTS.sub("", text[sign.end() :])
        parts = [part for part in _PARTS.split(rest) if part]
        bare, dash = not sign[0].strip(), sign[0].strip() in ("-", "–", "—")
        if head not in alone or columns(head) < (_LEAST_BARE if bare else _LEAST) or (dash and len(parts) < _TWO):
            continue
        least = _LEAST if bare and len(parts) < _TWO else _LEAST_PART
        if not korean and not (bare and _is_sentence_case(head) and _is_sentence_case(rest) and columns(rest) >= least):
            continue
        fits = (columns(part) >= least and (_HANGUL.search(part) or not korean) for part in parts)
        if all(fits) and not any(map(_BAR.search, parts)):
            return head, rest
    return None


def _is_sentence_case(text: str) -> bool:
    """Tell whether a phrase begins with a capital and has few more, so that one inside of a line begins another."""
    first, *words = text.split()
    return first[0].isupper() and len(words) >= _WORDS and sum(word[0].isupper() for word in words) <= len(words) // 3


def find_subtitle(lines: Sequence[CaptureLine], span: Span, title: int | None) -> Finding | None:
    """Return a deck: what is glued to the title, or the lines under it that no rule knows and that are no names."""
    if title is None:
        return None
    if deck := lines[title].parts.get("deck"):
        return _finding(deck, lines[title], "behind-the-title", (title,))
    if title + 1 >= span.start:
        return None
    line = lines[title + 1]
    if line.look not in ("short", "long", "body") or len(line.text) < _SHORT or line.text == lines[title].text:
        return None
    below = _below(lines, span, title)
    text = " ".join(lines[at].text for at in below)  # a break is a space, and the page's own signs part the phrases
    return _finding(_MARK.sub("", text, count=1) or line.text, line, "under-the-title", below or (title + 1,))


def _below(lines: Sequence[CaptureLine], span: Span, title: int) -> tuple[int, ...]:
    """Return the two or three lines of a subtitle: above a byline or a day, with one sign or under a repeated title."""
    end = next((at for at in range(title + 1, span.start) if lines[at].look not in ("short", "long")), span.start)
    below = lines[title + 1 : end]
    if not 1 < len(below) <= _LINES or end == span.start or lines[end].look not in ("byline", "date"):
        return ()
    if any(not _SHORT <= len(line.text) <= _MOST or ends_a_sentence(line.text) for line in below):
        return ()
    marks = {mark["mark"] if (mark := _MARK.match(line.text)) else "" for line in below}
    again = any(line.text.startswith(lines[title].text) for at, line in enumerate(lines) if at != title)
    return tuple(range(title + 1, end)) if len(marks) == 1 and (marks != {""} or again) else ()


def _finding(text: str, line: CaptureLine, rule: str, taken: tuple[int, ...]) -> Finding:
    return Finding(field=Field(value=text, confidence=0.5, evidence=(Evidence(rule=rule, line=line.n),)), taken=taken)
