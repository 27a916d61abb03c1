"""What shows that a text in a Markdown file was pasted from somebody's page: a notice that forbids copying, furniture.

Front matter settles it (``rights: full``). Until then the text counts as somebody's: a page cannot be called back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from yoyak.model.types import Record

_SIGNS = (
    "무단", "재배포", "저작권", "ⓒ", "©", "(c)", "(C)", "opyright", "OPYRIGHT", "ights reserved", "IGHTS RESERVED",
    "無断", "転載", "转载", "轉載", "版权", "版權", "orbehalten", "réservés", "eproduction", "reservados", "riservat",
    "reproduced", "republished", "redistributed",
)  # fmt: skip
"""One of these stands in every notice: most texts are done with after looking for them."""
_FORBIDS = re.compile(
    r"(?:무단\s?(?:전재|복제|배포|사용|도용|전제|게재).{0,30}(?:금지|금합니다|불허|바랍니다|받습니다)"
    r"|재배포\s?(?:를\s?)?금지|AI\s?학습.{0,12}금지"
    r"|all rights reserved"
    r"|may not be (?:\w+, )*(?:reproduced|republished|redistributed|copied|published|broadcast).{0,80}"
    r"|(?:do not|no) (?:copy|reproduc\w+|re-?publi\w+)\b.{0,60}"
    r"|無断(?:で|の|転載|複製|使用|掲載|引用).{0,20}(?:禁|お断り|できません).{0,8}|転載.{0,6}(?:禁|お断り).{0,8}"
    r"|(?:未[经經]|谢绝|謝絕|禁止|严禁|嚴禁|请勿|請勿).{0,15}[转轉][载載].{0,8}|版[权權]所有.{0,12}"
    r"|alle rechte vorbehalten|tous droits réservés|reproduction interdite"
    r"|todos los derechos reservados|tutti i diritti riservati"
    r")[\s.!。>〉)\]）】·*_]*$",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    r"[\s<\[(※*_>-]*(?:copyright|저작권자?|[©ⓒ]|\(c\))[\s:©ⓒ]*.{0,60}?(?:\d{4}|일보|신문|뉴스|통신|방송|경제|타임스|닷컴|미디어|저널)",
    re.IGNORECASE,
)
_LAST = 5
"""A sign of copyright alone counts near the end: above, it is the credit of a picture."""
_LONGEST = 200
_FURNITURE = re.compile(
    r"(?:본문 바로가기|본문 ?(?:글자|폰트)|로그인|공유하기|글자 ?크기.*|(?:URL|주소) ?복사.*"
    r"|주소복사가 완료되었습니다|기사 ?원문|댓글 ?\d*|구독|구독하기"
    r"|이 기사를 추천합니다|프린트|스크랩"
    r"|Skip to (?:main )?content|Sign in|Log in|Subscribe|Share this article|Advertisement)"
)
_WORDS = ("입력", "승인", "등록", "수정", "송고", "로그인", "본문 바로가기", "Sign in", "Log in", "Subscribe")
"""One of these stands in most portals' pages."""
_HINT = re.compile("|".join(map(re.escape, (*_SIGNS, *_WORDS))))
"""One search for all of them takes a third of the time of one for each; most texts have none."""
_STAMP = re.compile(r"(?:기사)?(?:입력|승인|등록|수정|송고)\s*[:：|]?\s*\d{4}[-./년].*")
_REPORTER = re.compile(
    r"[가-힣]{2,4}\s?(?:기자|특파원)(?:\s*[(=]?\s*[\w.+-]+@[\w.-]+\s*[)]?)?|[\w.+-]+@[\w-]+\.[\w.-]+"
)


class Pasted(Record, kw_only=True):
    """What shows it."""

    notice: str
    """A notice that forbids copying; empty when only furniture is there."""
    line: int
    """0-based."""


def signs_of_paste(text: str) -> Pasted | None:
    """Return what shows that a text was pasted."""
    if not _HINT.search(text):
        return None
    if any(sign in text for sign in _SIGNS) and (notice := _notice(text)):
        return notice
    return _furniture(text) if any(word in text for word in _WORDS) else None


def _notice(text: str) -> Pasted | None:
    lines = text.splitlines()
    near_end = frozenset([index for index, line in enumerate(lines) if line.strip()][-_LAST:])
    for index, line in _prose(lines):
        if len(line) <= _LONGEST and (_FORBIDS.search(line) or (index in near_end and _SIGNED.match(line))):
            return Pasted(notice=line.lstrip("> \t").strip(" \t*_-"), line=index)
    return None


def _furniture(text: str) -> Pasted | None:
    """Return a line of a portal's page when there are two kinds of them."""
    found: dict[str, int] = {}
    for index, line in _prose(text.splitlines()):
        words = line.strip(" \t#*_->")
        for kind, pattern in (("furniture", _FURNITURE), ("stamp", _STAMP), ("reporter", _REPORTER)):
            if pattern.fullmatch(words):
                found.setdefault(kind, index)
    if len(found) < 2 or not found.keys() & {"furniture", "stamp"}:
        return None
    return Pasted(notice="", line=min(found.values()))


def _prose(lines: list[str]) -> Iterator[tuple[int, str]]:
    """Yield the lines that are not code, with their numbers."""
    code = False
    for index, line in enumerate(lines):
        if line.lstrip().startswith(("```", "~~~")):
            code = not code
        elif line.strip() and not code and not line.startswith(("    ", "\t")):
            yield index, line
