"""Names that sign without a byline that a rule knows: what stands around a name says whether it is the author's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from yoyak.model.sources import Evidence, Field
from yoyak.model.types import Person, Record
from yoyak.readers.capture.eastern_signatures import eastern_signatures
from yoyak.readers.capture.fields import Finding, end_of_signing
from yoyak.readers.capture.lines import CaptureLine, ends_a_sentence
from yoyak.readers.capture.span import Span
from yoyak.readers.people import is_no_person
from yoyak.readers.signatures import is_office, says_by, signature_of
from yoyak.readers.word_lists import words

_ABOVE, _BELOW = 3, 10
"""Lines above and below the headline in which a name may stand."""
_LEAST = 2.0
_LONGEST = 200
_CELL = re.compile(r"\s*[\t|•]\s*|\s·\s|\s{2,}")
_AGO = re.compile(r"\bago\b|前$|전$", re.IGNORECASE)
_APART = re.compile(r"[,|(@/•·–—-]|(?:in|avec|con|mit|with)\s[A-Z]|$")
_JAPANESE_NAME = re.compile(r"[一-鿿々]{1,3}\s[一-鿿々ぁ-ゖ]{1,4}")
_KANA = re.compile("[\u3040-\u30ff]")
_REPORTER = re.compile(
    r"[（(](?:[一-鿿]{0,6})?记者\s?(?P<names>[^）)]{2,40})[）)]|^(?:采写|执笔|撰文|【?文)\s?[:：/]\s?(?P<written>[^】]{2,40})"
    r"|作者\s?[:：]?\s?(?P<author>[一-鿿]{2,4})(?=$|[|\s])|^原创\s(?P<original>[一-鿿]{2,4})\s|[記记]者(?P<wired>[一-鿿]{3})(?=[一-鿿]{2,4}\d{1,2}日[電电])"
)
_HANGUL_NAME = re.compile("[가-힣]{3}")
_HAN_NAME = re.compile("[一-鿿々]{2,5}")
_KANJI_NAME = r"[一-鿿々]{3,5}|[一-鿿々]{1,3}\s[一-鿿々]{1,3}"
_KANJI_NAMES = re.compile(
    rf"(?:{_KANJI_NAME})(?:(?:、|\s?[/・]\s?)(?:{_KANJI_NAME}))*|[一-鿿々]{{2,3}}[ぁ-ゖァ-ヺー]{{1,4}}"
)
_MASTHEAD = 12
"""Lines at the top of a page, where its own name stands."""
_NICKNAME = 12
_LEVEL = re.compile(r"(?:lv|level|레벨|등급|포인트)\W?\s?[\d,]+", re.IGNORECASE)
_BOARD, _SHORT = re.compile(r"게시판|글쓰기|갤러리$|카페$|커뮤니티"), 40
"""What the menu of a page says on which people write under nicknames."""
_FOLLOW = words("follow-buttons", "people")
_SURNAMES = words("surnames-of-one-sign", "people")
_OTHERS = words("signed-by-others", "people")
_MENU_SIGN = re.compile(r"[\s|·/>]+")
_SAYS_WHEN = re.compile(r"\s*(?:发表于|发布于|發表於|の投稿|さんが|\b(?:posted|wrote|on|at))\s*$", re.IGNORECASE)


class _Signature(Record, kw_only=True):
    names: tuple[str, ...]
    index: int
    rule: str
    points: float


def best_signature(lines: Sequence[CaptureLine], span: Span, title: int | None) -> Finding | None:
    """Return who signs as far as place and neighbours tell: beside the day, with an office, below the headline."""
    found = [one for index in _window(lines, span, title) for one in _signatures(lines, index, span, title)]
    best = max(found, key=lambda one: (one.points, -one.index), default=None)
    if best is None or best.points < _LEAST:
        return None
    signed = _below_each_other(found, best, lines)
    people = tuple(Person(name=name) for one in signed for name in one.names)
    sure = 0.9 if best.points >= 4 else 0.8 if best.points >= 3 else 0.65
    evidence = tuple(Evidence(rule=one.rule, line=lines[one.index].n) for one in signed)
    taken = tuple(one.index for one in signed)
    return Finding(field=Field(value=people, confidence=sure, evidence=evidence), taken=taken)


def _below_each_other(found: Sequence[_Signature], best: _Signature, lines: Sequence[CaptureLine]) -> list[_Signature]:
    """Return a signature with those on the lines above and below it that are nothing but a name, as it is."""
    near = [one for one in found if one.rule == best.rule and one.points >= 1]
    alone = {one.index: one for one in near if lines[one.index].text == one.names[0]}
    first = last = best.index
    while {first - 1, best.index} <= alone.keys() and not _took_the_picture(lines, first - 1, best):
        first -= 1
    while {last + 1, best.index} <= alone.keys():
        last += 1
    return [alone.get(index, best) for index in range(first, last + 1)]


def _took_the_picture(lines: Sequence[CaptureLine], index: int, best: _Signature) -> bool:
    """Tell whether a name stands below a caption and nowhere else, and the one below it stands again on its page."""
    times, others = (sum(name in line.text for line in lines) for name in (lines[index].text, best.names[0]))
    return times == 1 < others and index > 0 and ends_a_sentence(lines[index - 1].text)


def _window(lines: Sequence[CaptureLine], span: Span, title: int | None) -> Iterator[int]:
    top = span.start if title is None else title
    first = max(0, min(top - _ABOVE, span.start - _BELOW))
    yield from range(first, min(max(top + _BELOW, span.start + 2), span.end))
    again = (at for at in range(span.start, span.end) if title is not None and lines[at].text == lines[title].text)
    yield from (at + below for at in again for below in range(1, _BELOW // 2) if at + below < span.end)
    yield from range(max(span.start, span.end - 1), min(len(lines), end_of_signing(lines, span)))


def _signatures(lines: Sequence[CaptureLine], index: int, span: Span, title: int | None) -> Iterator[_Signature]:
    line = lines[index]
    if index == title or line.rule == "sheying" or (title is not None and line.text == lines[title].text):
        return
    if line.look != "body" or index >= span.end - 1:
        for names in eastern_signatures(line.text[:_LONGEST]):
            yield _Signature(names=names, index=index, rule="reporter-named", points=3.5)
    if (found := _REPORTER.search(line.text[:_LONGEST])) and (names := _han_names(found[found.lastgroup or 0])):
        yield _Signature(names=names, index=index, rule="reporter-named", points=4)
    if len(line.text) > _LONGEST or line.look not in ("short", "name", "long", "date", "byline", "body"):
        return
    if line.look != "body" or says_by(line.text):
        yield from _in_cells(lines, index, span, title)


def _in_cells(lines: Sequence[CaptureLine], index: int, span: Span, title: int | None) -> Iterator[_Signature]:
    """Yield the names in the cells of a line, before and behind its day."""
    line = lines[index]
    at = line.moments[0].start if line.moments else len(line.text)
    before, behind = _SAYS_WHEN.sub("", line.text[:at]), line.text[line.moments[-1].end :] if line.moments else ""
    cells = [cell for cell in (before, *_CELL.split(before)[1:], *_CELL.split(behind)) if cell.strip()]
    for number, cell in enumerate(cells):
        if one := _judged(cell.strip(" ()"), lines, index, span, title, first=number == 0):
            yield one
    if line.moments:
        japanese = span.start < len(lines) and _KANA.search(lines[span.start].text) is not None
        yield from _beside_its_day(line, index, before, behind if japanese else "", at)
    if line.look in ("short", "name", "date") and (one := _eastern(before.strip(" |·,-"), lines, index, span, title)):
        yield one


def _beside_its_day(line: CaptureLine, index: int, before: str, behind: str, at: int) -> Iterator[_Signature]:
    """Yield a Japanese or Chinese name before or behind a day, and a nickname that a label names there."""
    after, said = behind.strip(" |·,-"), before.strip()
    if (_JAPANESE_NAME.fullmatch(after) or _KANJI_NAMES.fullmatch(after)) and not is_no_person(after):
        yield _Signature(names=(after,), index=index, rule="name-beside-date", points=2.2)
    if line.text[:at].rstrip() != before and _HAN_NAME.fullmatch(said) and not is_no_person(said):
        yield _Signature(names=(said,), index=index, rule="by", points=3)


def _judged(
    cell: str, lines: Sequence[CaptureLine], index: int, span: Span, title: int | None, *, first: bool
) -> _Signature | None:
    """Return a cell as a signature, with the points that speak for it."""
    found = signature_of(cell)
    if found is None or any(is_no_person(name) or _is_outlet(name, lines) for name in found.names):
        return None
    if any(line.text.casefold().startswith(cell.casefold()) for line in lines[: min(title or 0, _MASTHEAD)]):
        return None
    line, rest = lines[index], found.rest
    office = is_office(rest)
    if not found.labelled and not (office or _APART.match(rest)):
        return None  # ``Haru Lee wins``
    dated = bool(line.moments)
    points = 3.0 if found.labelled else 0.0
    points += 1.5 * office + 1.2 * dated - (0 if first else 0.2)
    points += _nearness(lines, index, span, title)
    below = lines[index + 1].text if index + 1 < len(lines) and not rest else ""
    points += 1.5 * (is_office(below) or below.startswith("@") or below.casefold() in _FOLLOW)
    points += _is_known(found.names[0], lines, index)
    points += 2.2 * (
        index == span.end and (not rest or line.text[0] == "(") and not _is_told(found.names[0], lines, span)
    )
    headline = lines[title].text.casefold() if title is not None else ""
    if not found.labelled and any(len(word) > 3 and word in headline for word in found.names[0].casefold().split()):
        points -= 2
    told = any(
        found.names[0] in lines[at].prose[:_LONGEST]
        for at in range(span.start, min(span.start + 3, span.end - 1))
        if at != index
    )
    points -= 2 * (told and not (found.labelled or office))  # places and those who were asked are in a text
    rule = "by" if found.labelled else "name-and-office" if office else "name-beside-date"
    return _Signature(names=found.names, index=index, rule=rule, points=points)


def _is_told(name: str, lines: Sequence[CaptureLine], span: Span) -> bool:
    """Tell whether the text speaks of a person, or more stands below the name than buttons: it may head a list."""
    told = any(name.rsplit(maxsplit=1)[-1] in line.prose for line in lines[span.start : span.end])
    return told or any(line.look not in ("ui", "promo", "rights") for line in lines[span.end + 1 : span.end + 2])


def _nearness(lines: Sequence[CaptureLine], index: int, span: Span, title: int | None) -> float:
    """Return what the place of a line says: between headline and text, near to a day."""
    points = 0.0
    if title is not None and (title < index < span.start or lines[index - 1].text == lines[title].text):
        points += 1.0 if index - title <= _BELOW / 2 or index > span.start else 0.5
    elif 0 < span.start - index <= _BELOW:
        points += 0.4
    beside = [gap for gap in range(-3, 4) if gap and 0 <= index + gap < len(lines) and _is_stamp(lines[index + gap])]
    if beside and index < span.end:
        points += {1: 1.5, 2: 1.1}.get(min(map(abs, beside)), 0.6)
    if index >= span.end and lines[index].moments:
        points += 0.8
    return points


def _is_stamp(line: CaptureLine) -> bool:
    return line.look == "date" or line.rule == "ago" or (len(line.text) < 24 and _AGO.search(line.text) is not None)


def _is_outlet(name: str, lines: Sequence[CaptureLine]) -> bool:
    """Tell whether a name is that of the page: it holds the rights, or begins with ``The``."""
    folded = name.casefold()
    held = any(line.look == "rights" and folded in line.text.casefold() for line in lines)
    by_itself = not any(folded in line.text.casefold() for line in lines[:3]) and lines[0].look == "short"
    signs = by_itself and any(f"by {folded}" in line.text.casefold() for line in lines)
    return folded.startswith("the ") or (held and not signs)


def _is_known(name: str, lines: Sequence[CaptureLine], index: int) -> float:
    """Return what the page says elsewhere of a name: ``Haru Lee covers ports``, an address with the name in it."""
    about = re.compile(rf"^(?:About )?{re.escape(name)}(?:,| is | covers | writes | has |\s+[\w.]+@)", re.IGNORECASE)
    last = re.escape(re.sub(r"\W", "", name.rsplit(maxsplit=1)[-1]).casefold())
    mail = re.compile(rf"{last}[\w.]{{0,20}}@")
    for at, line in enumerate(lines):
        if at != index and about.match(line.text) and len(line.text) > len(name) + 6:
            return 1.5
        if abs(at - index) <= 2 and len(last) > 3 and mail.search(line.text.casefold()):
            return 2.5
    return 0


def _eastern(text: str, lines: Sequence[CaptureLine], index: int, span: Span, title: int | None) -> _Signature | None:
    """Return a Korean name beside a day, a Chinese or Japanese one that the page has again, or such a nickname."""
    if not lines[index].moments and not any(map(_is_stamp, lines[max(0, index - 2) : index + 4])):
        return None
    text = text.removesuffix("님").rstrip() if text.endswith(" 님") else text
    if title is None or not title < index < span.start or not 2 <= len(text) <= _NICKNAME:
        return None
    if is_no_person(text) or _is_outlet(text, lines) or _LEVEL.fullmatch(text):
        return None
    if text in _OTHERS or lines[index - 1].text.rstrip(" :：") in _OTHERS:
        return None
    in_menu = any(text in _MENU_SIGN.split(line.text) for line in lines[:title])
    again = sum(text in line.text for line in lines) > 1
    alone = sum(line.text == text for line in lines) > (0 if lines[index].moments else 1)
    below = [
        line for line in lines[index + 1 : index + 3] if not _LEVEL.fullmatch(line.text) and line.rule != "number"
    ][:1]
    alone = alone or any(lines[title].text in line.text and f" {text} " in line.text for line in lines[span.end :])
    on_a_board = any(_BOARD.search(line.text[:_SHORT]) for line in lines)
    alone = alone or any(line.text.casefold() in _FOLLOW or (on_a_board and line.moments) for line in below)
    japanese = _KANA.search(lines[min(span.start, len(lines) - 1)].text)
    if (
        _JAPANESE_NAME.fullmatch(text)
        or _HANGUL_NAME.fullmatch(text)
        or (_KANJI_NAMES.fullmatch(text) and index - title <= 2 and not in_menu and japanese)
        or (len(text) > 2 and again and not in_menu and _HAN_NAME.fullmatch(text))
    ):
        names = tuple(re.split(r"、|\s?[/・]\s?", text))
        return _Signature(names=names, index=index, rule="name-beside-date", points=2.6)
    if lines[index].moments and index - title <= 2 and len(text) == 3 and text[0] in _SURNAMES and not in_menu:
        return _Signature(names=(text,), index=index, rule="name-in-the-line-of-the-date", points=2.4)
    if alone and (lines[index].moments or (index - title <= 2 and not in_menu)):
        return _Signature(names=(text,), index=index, rule="name-in-the-line-of-the-date", points=2.6)
    return None


def _han_names(written: str) -> tuple[str, ...]:
    words = [word for word in re.split(r"[\s、，,&]+|通讯员|实习生|摄影|.{0,8}记者\s|.*作者\s", written) if word]
    return tuple(word for word in words if _HAN_NAME.fullmatch(word) and not is_no_person(word))
