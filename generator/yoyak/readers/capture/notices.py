"""Notices of posts and of deaths (인사, 부고) that are written on short lines: one post, or one fact, on each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from msgspec import structs

from yoyak.readers.capture.lines import BEREAVED, CaptureLine, ends_a_sentence
from yoyak.readers.capture.span import NOTICE

_LEAST, _LONGEST, _ABOVE = 4, 90, 8
_SIGN = re.compile(r"[◆◇▷△▲▶■□○●※]\s?(?=[가-힣])")
_RANK = "(?:장|관|감|원|사|역|보|교수|담당)"
_OFFICE = re.compile(
    rf"[가-힣]{_RANK}\s(?:직무대리\s|겸임\s)?[가-힣]{{2,4}}(?:\s?\([^()]{{1,20}}\))?$|^\W{{0,2}}[가-힣]{{2,4}}\s[가-힣·]{{1,14}}{_RANK}$"
)
_MOVED = re.compile(r"(?:승진|전보|임용|임명|신규|파견|복귀|퇴직|발령|선임|전입|전출|내정|보임|채용|겸직)\W*$")
_TOLD = re.compile(r"(?:^|\W)인사(?:\W|$)|승진|전보|임용|발령")
_NOTED = re.compile(rf"인사|승진|전보|임용|발령|{BEREAVED.pattern}")
_OF_RITES = re.compile(r"발인|빈소|장례식장|호실|특실|장지|☎|^\s?=|(?<!\d)\d{2,3}-\d{3,4}-\d{4}")
_RITES = re.compile("발인|빈소|장례식장|호실")
_ELSE = re.compile(r"[\[<【〈(](?:부고|부음|인사|동정)|(?:19|20)\d\d\s?[.년-]|입력|등록")
_PROSE = ("short", "long", "name", "byline", "caption", "theme", "body")


def with_notices(lines: Sequence[CaptureLine]) -> list[CaptureLine]:
    """Return the lines, those of a notice as paragraphs of its text: ``◇ 국장 승진``, ``▲ 총무과장 김하늘``, ….

    In a notice of posts half of the lines end with an office and a name, and moves are spoken of there or right above.
    A notice of deaths names the bereaved and the rites.
    """
    found = list(lines)
    if not any(_NOTED.search(line.text) for line in lines if len(line.text) <= _LONGEST):
        return found
    posts = [run for run in _runs(lines, _is_of_posts) if _are_posts(lines, *run)]
    deaths = [run for run in _runs(lines, _is_of_deaths) if _are_deaths(lines[slice(*run)])]
    for start, end in (*posts, *deaths):
        for at in range(start, end):
            if lines[at].look != "body":
                found[at] = structs.replace(
                    lines[at], look="body", rule=NOTICE, confidence=0.8, prose=lines[at].text, moments=()
                )
    return found


def _runs(lines: Sequence[CaptureLine], belongs: Callable[[CaptureLine], bool]) -> Iterator[tuple[int, int]]:
    """Yield where lines stand that belong together; one other line without a sentence may be between two of them."""
    places = [at for at, line in enumerate(lines) if belongs(line)]
    start = 0
    for index, place in enumerate(places):
        below = places[index + 1] if index + 1 < len(places) else len(lines) + 2
        gap = lines[place + 1 : below] if below - place <= 2 else ()
        if below - place > 2 or any(line.look not in _PROSE or ends_a_sentence(line.text) for line in gap):
            if index + 1 - start >= _LEAST:
                yield places[start], place + 1
            start = index + 1


def _is_short(line: CaptureLine) -> bool:
    return len(line.text) <= _LONGEST and not _ELSE.search(line.text)


def _is_of_posts(line: CaptureLine) -> bool:
    if not _is_short(line):
        return line.rule == NOTICE
    shaped = _SIGN.match(line.text) or _OFFICE.search(line.text) or _MOVED.search(line.text)
    return line.look in _PROSE and shaped is not None and not ends_a_sentence(line.text)


def _are_posts(lines: Sequence[CaptureLine], start: int, end: int) -> bool:
    named = sum(_OFFICE.search(line.text) is not None for line in lines[start:end])
    told = any(len(line.text) <= _LONGEST and _TOLD.search(line.text) for line in lines[max(0, start - _ABOVE) : end])
    return told and 2 * named >= end - start


def _is_of_deaths(line: CaptureLine) -> bool:
    said = BEREAVED.search(line.text) or _OF_RITES.search(line.text)
    return said is not None and _is_short(line) and line.look != "rights"


def _are_deaths(lines: Sequence[CaptureLine]) -> bool:
    return all(any(sign.search(line.text) for line in lines) for sign in (BEREAVED, _RITES))
