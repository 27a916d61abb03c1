"""The lines of a capture, each with what it looks like by itself. Where it stands is judged later."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import Literal, cast
from unicodedata import normalize

from msgspec import structs

from yoyak.model.types import Person, Record
from yoyak.readers.around import Surroundings
from yoyak.readers.capture.rules import Rules, capture_rules, folded
from yoyak.readers.capture.wrap import Wrapped, columns, unwrapped
from yoyak.readers.letters import language_of
from yoyak.readers.people import signed
from yoyak.text.date_orders import First, first_of
from yoyak.text.dates import FoundMoment, find_moments

Look = Literal["ui", "rights", "promo", "date", "theme", "byline", "caption", "tags", "name", "body", "long", "short"]
"""``name`` is an outlet's, or a short line that stands twice or more; no rule knows ``long`` and ``short`` lines."""


class CaptureLine(Record, kw_only=True):
    n: int
    """The number of the line in its file."""
    more: tuple[int, ...] = ()
    """The numbers of the lines that were joined to it: a mail program or an editor had wrapped a paragraph."""
    text: str
    """As pasted, with plain spaces and without invisible characters."""
    look: Look
    rule: str
    confidence: float
    prose: str
    """`text` without a glued ``#``, a dateline before and a byline behind it: for lines of a body."""
    parts: Mapping[str, str] = {}
    """What the rules found in it: names, mail, place, agency, label, credit."""
    moments: tuple[FoundMoment, ...] = ()


_RANK = re.compile(r"[◆◇▷△▲]\s?(?=[가-힣])")
_RITES = ("발인", "빈소", "장례식장")
BEREAVED = re.compile(r"(?:별세|[부모]친상|(?:빙|장|시|조|외조)[부모인]상)")
_LEAST_OF_NOTICE = 24
BODY_LENGTH = 45
"""Characters from which a line with a sentence end is a paragraph by itself."""
_WIDE_BODY = 28
"""The same for Chinese and Japanese, which say more with a character."""

_INVISIBLE = re.compile("[\u00ad\u200b\u200c\u2060\ufeff]")
_SENTENCE_END = re.compile(
    r"""(?:[.。！？।။]|…{2})[^\w\s]{0,4}$|[다요죠까][.?!][^\w\s]{0,4}$|[.!?]["”’»']{1,2}$"""
    r"|[다요죠까네]\s?[.!~]*\s?(?:[ㅎㅋㅠㅜ]+|\^\^|:\)|~+)[.!]*$|[（(](?:웃음|笑|laugh(?:s|ter)|lacht|rires?|risas|risos|ride)[)）]$"
)
_INNER_END = re.compile(
    r"""(?:[다요죠까][.?!]["”’']?|[a-zà-ÿ0-9)][.?!]["”’»']?(?=\s["“‘«]?[A-ZÀ-Þ]))(?=\s|["“‘])|[。！？।။](?=.)"""
)
_STOP = re.compile("[.?!。！？।]")
_BROKEN_OFF = re.compile(r"[^\W다요죠까]\s?(?:\.\.\.|…)$")
"""The end of a headline that a list cuts short, when no other sentence ends in it."""
_REGISTERED = re.compile(r"등록일\s?[.:：|]?\s?\d{4}")
"""The day of an article, or that of the paper's registration: its neighbours say which."""
_PLAIN_STYLE = re.compile(r"""[^니]다\.["”’')]{0,2}$""")
_TAGS_ONLY = re.compile(r"#[^\s#]+(?:[\s,]+#[^\s#]+)*")
_GLUED = re.compile(r"^#(?=[^\s#])")
_ADDRESS_LINE = re.compile(
    r"(?:[\[(]?(?P<said>출처|원문|원본|링크|기사\s?원문|원문\s?보기|Source|Link|URL|From)[\])]?\s*[:：]?\s*)?"
    r"(?P<url>https?://[^\s<>\"]{4,300})",
    re.IGNORECASE,
)
_NOTICE = re.compile(
    r"\s[<\[(※]*\s*(?:저작권자?|Copyrights?|[©ⓒ]|\(c\)|무단\s?전재|無断|版权|版權|转载)", re.IGNORECASE
)
_BEFORE_NOTICE = 40
"""Characters of a paragraph that a notice can stand behind."""
_WIDE = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")
_COLUMN_BREAK = re.compile(r"\s*[\t|·•›>/ㅣ]\s*|\s{2,}")
_BREAK = re.compile(r"[\t|·•›>/ㅣ]|\s\s")


_LONG = 60
"""Characters of a line that may tell the language: menus are often of another."""


def capture_lines(text: str, around: Surroundings) -> tuple[CaptureLine, ...]:
    """Return every line of `text` that is not blank, in order; lines of one wrapped paragraph are one."""
    rules = capture_rules(around.rules)
    raws = normalize("NFC", text).split("\n")
    spoken = language_of(" ".join(raw for raw in raws if len(raw) > _LONG))
    first = first_of(text, spoken or around.language)
    by_rule = _ByRule(rules)
    written = unwrapped(raws, around.first_line, tidied, by_rule)
    often = Counter(line.text for line in written)
    known: dict[str, CaptureLine] = {}
    page = _Page(rules=rules, around=around, first=first, by_rule=by_rule)
    rows = {n: cells for n, raw in enumerate(raws, around.first_line) if "\t" in (cells := raw.strip())}
    read = (_read(line, often, known, page) for line in written)
    return tuple(_row(line, rows[line.n]) if line.n in rows and line.rule == "plain" else line for line in read)


ROW = "row"
"""The rule of lines that are rows of a table; their `parts` have the cells."""


def _row(line: CaptureLine, cells: str) -> CaptureLine:
    return structs.replace(line, rule=ROW, parts={**line.parts, "cells": cells})


class _Page(Record, kw_only=True):
    """What all lines of a page are read with."""

    rules: Rules
    around: Surroundings
    first: First
    by_rule: Mapping[str, CaptureLine | None]


class _ByRule(dict[str, CaptureLine | None]):
    """Texts as the lines that a rule knows them to be, or None; looked for once, when asked for."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules

    def __missing__(self, text: str) -> CaptureLine | None:
        return self.setdefault(text, known_line(0, text, self._rules))


def _read(line: Wrapped, often: Counter[str], known: dict[str, CaptureLine], page: _Page) -> CaptureLine:
    first = known.get(line.text)
    if first:
        return structs.replace(first, n=line.n, more=line.more)
    found = _line(line, often[line.text], page)
    if often[line.text] > 1:
        known[line.text] = found
    return found


def tidied(raw: str) -> str:
    """Return a line with plain spaces and without characters that nobody sees."""
    return " ".join(_INVISIBLE.sub("", raw).split())


def ends_a_sentence(text: str) -> bool:
    """Tell whether a line ends as prose does; a headline that ends with ``?`` does not."""
    if text[-1:].isalnum() and text[-1] not in "ㅎㅋㅠㅜ":
        return False
    return _SENTENCE_END.search(text[-12:]) is not None


def sentences(text: str) -> int:
    """Return how many sentences end in a line, roughly."""
    return (len(_INNER_END.findall(text)) if _STOP.search(text) else 0) + ends_a_sentence(text)


def _line(line: Wrapped, times: int, page: _Page) -> CaptureLine:
    n, text, rules = line.n, line.text, page.rules
    found = page.by_rule[text]
    if found is None or found.look == "byline" or found.rule == "number" or _REGISTERED.match(text):
        found = _by_moment(n, text, page) or found
    if found is None and times > 1 and _is_name(text):
        found = CaptureLine(n=n, text=text, look="name", rule="repeated-line", confidence=0.6, prose=text)
    found = found or _prose_line(n, text, rules)
    return structs.replace(found, n=n, more=line.more) if line.more or found.n != n else found


def known_line(n: int, text: str, rules: Rules | None = None) -> CaptureLine | None:
    """Return the line by the first rule that knows it. Rules are for short lines: prose that speaks of logins stays."""
    rules = rules or capture_rules()
    label = rules.phrases.get(folded(text)) if len(text) <= 80 else None
    if not text or label or _is_menu(text, rules):
        rule = "phrase" if label or not text else "menu"
        look = "name" if label == "publisher" else cast("Look", label or "ui")
        return CaptureLine(n=n, text=text, look=look, rule=rule, confidence=0.95, prose=text)
    if len(text) <= 400 and (address := _ADDRESS_LINE.fullmatch(text)):
        parts = _parts(address)
        return CaptureLine(n=n, text=text, look="ui", rule="address", confidence=0.9, prose=text, parts=parts)
    if len(text) <= 200 and _TAGS_ONLY.fullmatch(text) and len(text) < 20 * text.count("#") + 20:
        return CaptureLine(n=n, text=text, look="tags", rule="tags", confidence=0.9, prose=text)
    for try_label in _labels_to_try(text):
        found = rules.labels[try_label].match(text)
        if found and not (try_label == "rights" and _notice_at(text, rules)) and not _leads_on(found[0], text):
            name, match = found
            look = "name" if try_label == "publisher" else try_label
            return CaptureLine(n=n, text=text, look=look, rule=name, confidence=0.9, prose=text, parts=_parts(match))
    return None


def _leads_on(rule: str, text: str) -> bool:
    """Tell whether a breadcrumb ends with the page's headline."""
    return rule == "breadcrumb" and columns(_TRAIL.split(text)[-1]) >= _LEAST_HEADLINE


def _notice_at(text: str, rules: Rules) -> int:
    """Return where a notice about rights begins behind a paragraph on its line, else 0."""
    for sign in _NOTICE.finditer(text, max(0, len(text) - _EDGE)):
        at = sign.start()
        if at >= _BEFORE_NOTICE and sentences(text[:at]) and rules.labels["rights"].match(text[at:].strip()):
            return 0 if rules.labels["rights"].match(text[:at]) else at
    return 0


def signed_by(line: CaptureLine) -> tuple[Person, ...]:
    """Return the people whom a line names as its authors."""
    return signed(line.parts.get("names", ""), line.parts.get("mail"))


def _parts(match: re.Match[str]) -> dict[str, str]:
    return {key: value.strip() for key, value in match.groupdict().items() if value and value.strip()}


def _is_menu(text: str, rules: Rules) -> bool:
    """Tell whether a line is a row of buttons: ``정치 | 경제 | 사회``, or words that are all phrases of the page."""
    if len(text) > 200 or len(text) < 3 or ends_a_sentence(text):
        return False
    for parts in (_COLUMN_BREAK.split(text) if _BREAK.search(text) else (), text.split()):
        words = [part for part in parts if part]
        if len(words) > 1 and all(rules.phrases.get(folded(word)) == "ui" for word in words):
            return True
    return False


_LabelToTry = Literal["rights", "theme", "publisher", "ui", "byline", "caption", "promo"]


def _labels_to_try(text: str) -> tuple[_LabelToTry, ...]:
    """Return the labels whose patterns a line may fit; a sentence in the plain style of news is no furniture."""
    if len(text) > 220:
        return ()
    prose = sentences(text)
    plain = _PLAIN_STYLE.search(text[-12:]) is not None
    looks: list[_LabelToTry] = ["rights"] if not plain or text[0] in "ⓒ©<[(" else []
    if len(text) <= 120:
        looks += ["theme", "publisher", "byline"]
        looks += [] if plain and len(text) > 24 else ["ui"]
    if prose <= 2:
        looks.append("caption")
    if len(text) <= 120 and not plain:
        looks.append("promo")
    return tuple(looks)


def _by_moment(n: int, text: str, page: _Page) -> CaptureLine | None:
    """Return the line as a date when there is little else in it; a date inside a sentence is none.

    What else there is may be a byline: ``이하늘 기자 | 2024.07.03 06:00``.
    """
    rules, around, long = page.rules, page.around, len(text) > _DATED
    head = _opening(text) if long else text
    if not _DIGIT.search(head):
        return None
    moments = find_moments(head, around.zone, around.reference, first=page.first)
    if not moments or _SAID.match(text):
        return None
    if long:
        return structs.replace(_prose_line(n, text, rules), moments=moments)
    rest = without_moments(text, moments)
    signature = _signature(rest, rules)
    if signature is None and (
        _is_more(rest, text) or (_LISTED.match(text) and rest[:9].count(":") + rest.count("：") > 0)
    ):
        # A headline may speak of a day, and a date may stand among buttons: its place decides.
        return None if ends_a_sentence(text) else structs.replace(_prose_line(n, text, rules), moments=moments)
    rule = "date-with-label" if any(moment.role for moment in moments) else "date"
    parts = signature or ({"outlet": rest} if 2 <= len(rest) <= 20 and rules.labels["publisher"].match(rest) else {})
    return CaptureLine(n=n, text=text, look="date", rule=rule, confidence=0.9, prose=text, parts=parts, moments=moments)


_SAID = re.compile(r"[—–-]{1,2}\s?[^()]{1,60}\(@\w{1,30}\)")
"""Who said what is quoted above: ``— Ada Brook (@ada) July 3, 2024``."""
_DIGIT = re.compile(r"\d")
_LISTED = re.compile(r"(?:[-*•ㅇ○□■▪※]|\d{1,2}[.)]|[가-하][.)])\s*[^\W\d]")
"""An item of a list, such as ``1. 일시: 2024. 7. 12. 14:00``."""
_DATED = 120
"""Characters of a line that can be one of a date."""
_OPENING_DAY = re.compile(r"(?<=\d)(?:\s?/[A-Z][\w ]{2,25}/)?\s?[-–—]{1,2}\s(?=\S)")
"""What stands behind the day with which a text begins: ``SEOUL, July 2, 2024 /Newswire/ -- Haru``."""


def _opening(text: str) -> str:
    """Return the part of a long line that may have its day: what is before a dash, or most of a line of cells."""
    if len(text) < 2 * _DATED and not ends_a_sentence(text) and "|" in text:
        return text[:_DATED]
    found = _OPENING_DAY.search(text[:_DATED])
    return text[: found.start()] if found else ""


_APART = re.compile(r"\s[|•·]\s|\s?[|ㅣ@(]|\s\d|\s+(?:on|at|the|am|le|el|입력|등록|승인|작성|댓글|조회)\b")


def _signature(rest: str, rules: Rules) -> Mapping[str, str] | None:
    """Return what a byline beside a date says."""
    if not 2 <= len(rest) <= 80:
        return None
    for piece in dict.fromkeys((rest, *_APART.split(rest))):
        found = rules.labels["byline"].match(piece.strip(" ,-–—:|")) if piece else None
        if found and found[0] not in ("columnist", "crew"):
            return _parts(found[1])
    return None


def _is_more(rest: str, text: str) -> bool:
    """Tell whether a line says more than its date: letters count, not numbers and marks."""
    letters = sum(char.isalpha() for char in rest)
    return letters > 25 or (letters > 10 and ends_a_sentence(text))


def without_moments(text: str, moments: tuple[FoundMoment, ...]) -> str:
    """Return what stands beside the moments of a line, without the marks between them."""
    rest = text
    for moment in reversed(moments):
        rest = f"{rest[: moment.start]} {rest[moment.end :]}"
    return " ".join(rest.split()).strip("|/ㅣ•·,;:–—-~()[]<> ")


_LEAST_HEADLINE = 26
"""Columns of the last piece of a breadcrumb that is the page's headline."""
_TRAIL = re.compile(r"\s*[>›»]\s*")
_NAME_COLUMNS = 22
"""A Korean line that is wider and stands twice is a headline."""


def _is_name(text: str) -> bool:
    narrow = 2 <= len(text) <= 20 and columns(text) <= _NAME_COLUMNS
    return narrow and not re.search(r"\d", text) and not ends_a_sentence(text)


_Edge = Literal["opening", "byline_tail"]
_EDGE = 200
"""Characters at the start and the end of a paragraph in which a dateline or a byline is looked for."""


def _prose_line(n: int, text: str, rules: Rules) -> CaptureLine:
    at = _notice_at(text, rules)
    glued = _GLUED.sub("", text[:at].strip() if at else text)
    rest, opening = _cut(glued, "opening", rules)
    prose, behind = _cut(rest, "byline_tail", rules)
    parts = opening | behind | ({"notice": text[at:].strip()} if at else {})
    broken_off = _BROKEN_OFF.search(prose[-6:]) is not None and sentences(prose) < 2
    complete = (ends_a_sentence(prose) and not broken_off) or (len(prose) > 80 and sentences(prose) > 0)
    look: Look = "long" if len(prose) >= BODY_LENGTH or _is_wide(prose) else "short"
    noted = _is_notice(prose)
    if noted or (complete and (look == "long" or "names" in opening)):
        look = "body"
    rule = "opening" if opening else "glued-hash" if _GLUED.match(text) else "sentence" if complete else "plain"
    rule = "posts-or-bereaved" if noted else rule
    return CaptureLine(
        n=n, text=text, look=look, rule=rule, confidence=0.9 if look == "body" else 0.5, prose=prose, parts=parts
    )


def _is_notice(text: str) -> bool:
    """Tell whether a line is of a notice of posts or of deaths, which has no sentence and is the text of its page.

    Such as ``◇승진 ▷관리본부장 이하늘 ▷기획팀장 정초록``, or ``▲ 이하늘씨 모친상=가온병원 3호실, 발인 5일``.
    """
    if len(text) <= _LEAST_OF_NOTICE:
        return False
    return len(_RANK.findall(text)) > 1 or any(
        BEREAVED.search(text, 0, len(text) - 1) for word in _RITES if word in text
    )


def _is_wide(text: str) -> bool:
    return len(text) >= _WIDE_BODY and len(_WIDE.findall(text[:BODY_LENGTH])) > len(text[:BODY_LENGTH]) / 2


def _cut(text: str, label: _Edge, rules: Rules) -> tuple[str, dict[str, str]]:
    """Return `text` without the match of a rule at its start or end, and what the rule found there."""
    head, edge = ("", text[:_EDGE]) if label == "opening" else (text[:-_EDGE], text[-_EDGE:])
    found = rules.labels[label].match(edge)
    if not found:
        return text, {}
    match = found[1]
    rest = (head + edge[: match.start()] + edge[match.end() :] + text[len(head) + len(edge) :]).strip()
    if not rest:
        return text, {}
    return rest, _parts(match)
