"""Whether a text has the shape of a press release, and who sends it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from yoyak.model.types import Record

_HEADING = re.compile(
    r"(?P<sender>[가-힣A-Za-z0-9·() ]{0,25}?)\s?보\s?도\s?(?:참\s?고\s?|설\s?명\s?|해\s?명\s?)?자\s?료"
    r"(?:\s?\|?\s?(?P<behind>[가-힣A-Za-z·() ]{0,25}))?"
    r"|(?:press|news|media) release\b.{0,60}|for immediate release\b.{0,40}",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"(?:^|\|)\s*(?:보\s?도|배\s?포|배\s?부)\s?(?:시\s?점|일\s?시|일\s?자|일|시\s?각)?\s*(?:[:|]|$)"
    r"|embargo|for (?:immediate )?release|^release date",
    re.IGNORECASE,
)
_CONTACT = re.compile(
    r"(?:^|\|)\s*(?:담\s?당\s?(?:자|부\s?서|과|팀|관)?|문\s?의\s?처?|책임자|연\s?락\s?처|언론\s?(?:담당|문의)|홍보\s?담당"
    r"|자료\s?문의)\s*[:|(]|^(?:media |press )?contacts?\b|^(?:for (?:more|further) information|media enqui?ries)",
    re.IGNORECASE,
)
_SOMEBODYS = re.compile(
    r"[가-힣]{2,4}\s기자(?![가-힣])|기자\s?=|무단\s?(?:전재|복제)|재배포\s?금지|저작권자|[ⓒ©]|\(c\)|all rights reserved"
    r"|reporter\b|newsroom",
    re.IGNORECASE,
)
_SENDER = re.compile(
    r"(?:^|\|\s*)(?:발\s?신(?:처|인|기관)?|제\s?공(?:처|기관)?|발표\s?기관|보낸\s?(?:곳|이)|기\s?관(?:명)?|발행\s?(?:처|기관)"
    r"|배포\s?기관|issued by)\s*[:|]\s*(?P<name>[^|:\d]{2,40}?)\s*(?=\||$)",
    re.IGNORECASE,
)
_OFFICES = "시청|도청|군청|구청|시|도|군|부|처|청|원|공사|공단|재단|은행|대학교|위원회"
_DEPARTMENT = re.compile(rf"(?:담\s?당\s?부\s?서|담\s?당)\s*[:|]\s*(?P<name>[가-힣]{{1,12}}(?:{_OFFICES}))\s")
_INSTITUTION = re.compile(rf"[가-힣A-Za-z·() ]{{1,20}}(?:{_OFFICES}|구|회|센터|협회|연구소|그룹|㈜)")
_BARS = str.maketrans({"：": ":", "｜": "|", "ㅣ": "|", "│": "|", "\t": "|", "\u00a0": " "})
_HEAD = 15
_EDGE = " *#>-_=[]【】<>〈〉■□◆|"


class PressRelease(Record, kw_only=True):
    n: int
    """The line that calls it so."""
    sender: str
    """Empty when it does not say."""


def press_release(lines: Sequence[tuple[int, str]]) -> PressRelease | None:
    """Return what a text says of itself that has a press release's heading, when it may be printed, and whom to ask.

    None when a reporter or a notice of rights stands in it: then it is somebody's article.
    """
    plain = [(n, text.translate(_BARS).strip(_EDGE)) for n, text in lines]
    plain = [(n, text) for n, text in plain if text]
    heading = next(((n, at) for at, (n, text) in enumerate(plain[:_HEAD]) if _HEADING.fullmatch(text)), None)
    if heading is None or any(_SOMEBODYS.search(text) for _, text in plain):
        return None
    timed = any(len(text) <= 200 and _TIME.search(text) for _, text in plain)
    asked = any(len(text) <= 200 and _CONTACT.search(text) for _, text in plain)
    return PressRelease(n=heading[0], sender=_sender(plain, heading[1])) if timed and asked else None


def _sender(lines: Sequence[tuple[int, str]], heading: int) -> str:
    for _, text in lines:
        if len(text) <= 200 and (found := _SENDER.search(text)):
            return found["name"].strip()
    own = _HEADING.fullmatch(lines[heading][1])
    beside = [(own["sender"] or "").strip(_EDGE), (own["behind"] or "").strip(_EDGE)] if own else []
    near = [text for _, text in lines[max(0, heading - 1) : heading + 2]]
    for name in (*beside, *near):
        if _INSTITUTION.fullmatch(name) and "자료" not in name:
            return name
    department = next((found for _, text in lines if (found := _DEPARTMENT.search(text + " "))), None)
    return department["name"] if department else ""
