"""The lines of a press release that say from when it may be published."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from yoyak.model.message import Words
from yoyak.model.types import Record
from yoyak.text.embargo_hints import MARKUP, as_seen, has_hint, is_oddly_written, may_hold_back
from yoyak.text.embargo_times import NO_DAY, moment_named

_LONGEST = 300


def _spaced(words: str) -> str:
    return "|".join(r"\s?".join(word.replace(" ", "")) for word in words.split("|"))


_TIME = r"\s?(?:일\s?시|시\s?점|시\s?각|시\s?기|시\s?간|기\s?준)?"
_STRONG = (
    rf"(?:{_spaced('보도시점|보도일시|보도시각|보도시기|보도시간|기사화시점|게재시점|공개시점')})"
    rf"|(?:{_spaced('보도가능|보도유예|보도제한|보도해제|보도희망|보도허용|보도요청|보도통제|보도예정|보도개시|보도금지|게재가능|엠바고해제|엠바고')}){_TIME}"
    rf"|{_spaced('보도')}(?=\s?[:|])"
    r"|(?:strictly\s|under\s)?embargo(?:ed)?"
    r"(?:\s(?:date|time|and|lifts?|ends?|expires?|until|till|to|for|release|publication|on|at))*"
    r"|hold\sfor\srelease(?:\s(?:until|till|on|at))*"
)
_WEAK = (
    rf"(?:{_spaced('배포|배부|보도|발표|공표|공개|제공|자료배포')})\s?(?:일\s?시|시\s?점|시\s?각|일\s?자|일)|{_spaced('보도희망일')}"
    rf"|{_spaced('배포')}(?=\s?[:|])|for release|release (?:date|time)|publication date"
)
_OTHER = re.compile(
    rf"(?:{_WEAK}|{_spaced('담당|문의|책임자|제공|매수|사진|연락처|홈페이지|쪽수|붙임')})(?:\s?부\s?서)?\S{{0,4}}\s*(?:[:|]|\d{{4}}|$)",
    re.IGNORECASE,
)
_LABEL = re.compile(
    rf"(?:(?P<strong>{_STRONG})|(?P<weak>{_WEAK}))(?P<mark>\s*[:|=\]】〕)>]+[\s:|]*|\s*$|\s+|(?=\s?\())", re.IGNORECASE
)
_UNTIL = re.compile(
    r"embargo(?:ed)?\s(?:until|till)\b|embargoed\sfor\b|hold\s(?:for release\s)?until\b"
    r"|(?:not for|do not|no)\s(?:publication|publish|release|broadcast|use)[^.:]{0,40}?\s(?:before|until|prior to)\b",
    re.IGNORECASE,
)
_USE = "보도|기사화|게재|취급|사용|인용|공개"
_ASKS = re.compile(
    rf"(?:이후|부터|조간|석간|까지)\S{{0,4}}\s?(?:에\s)?(?:{_USE})\S{{0,6}}\s?\S{{0,8}}"
    r"(?:바랍니다|바람|주십시오|주세요|주시기|부탁|요망)"
    r"|(?:이후|부터|조간|석간)\S{0,4}\s?(?:에\s)?보도\s?(?:가능|요망)?(?:합니다|함)?[\s.)\]]*$"
    r"|까지\s?(?:보도|기사화|게재)\S{0,3}\s?(?:금지|유예|불가|하지)"
)
_AT_ONCE = re.compile(
    r"즉\s?시|배포\s?(?:시|후|와\s?동시|일시)?\s?(?:부터|에)?\s?(?:보도|사용)?\s?(?:가능)?\s*[.)]*$"
    r"|제한\s?(?:없|해제)|없음|없습니다|해당\s?없|자유|수시|상시|^\s*해제(?:됨)?\s*$|^\s*-+\s*$"
    r"|\bimmediate|\bnone\b|\bno embargo|\bn/?a\b|\bat once|on receipt",
    re.IGNORECASE,
)
_NEGATIVE = re.compile(r"금지|불가|아님|아니|않|\bnot\b|말아|삼가", re.IGNORECASE)
_FROM = re.compile(r"이후|부터|조\s?간|석\s?간|까지|\bafter\b|not before|\buntil\b|\bfrom\b", re.IGNORECASE)
_PAPER = re.compile(r"조\s?간|석\s?간")
_OPEN = re.compile(
    r"\d|조\s?간|석\s?간|추후|미정|별도|통보|공지|해제|협의|notice|t\.?b\.?[ad]\b|later|advis", re.IGNORECASE
)
_CELL = re.compile(r"\|\s*|\s{2,}|\s/\s|[\[(【]\s?(?=[엠보Ee])")
_EDGE = " \t|>#*-–—·•○●◦■□◆◇▶▷※☞◎☆★<〈《[【(（“\"'ㅇ◈❍❏□▣"
_BARS = str.maketrans(
    {"：": ":", "｜": "|", "ㅣ": "|", "│": "|", "┃": "|", "\t": "|", "\u3000": " ", "\u00a0": " ", "／": "/"}
)


class EmbargoLine(Record, kw_only=True):
    """A line that says from when a text may be published."""

    n: int
    text: str
    label: str
    moment: datetime | None
    """None when it is not understood."""
    how: Words
    """What was decided, or what is not understood, as the end of a sentence."""


def embargo_lines(lines: Iterable[tuple[int, str]], zone: ZoneInfo, reference: date | None) -> tuple[EmbargoLine, ...]:
    """Return the embargo lines among numbered lines; one that lets a text out at once is none.

    A day without a year is the nearest to `reference`; without one it is not understood.
    """
    kept = [(n, text) for n, text in lines if text and not text.isspace()]
    odd = is_oddly_written("\n".join(text for _, text in kept))  # else no line is: one look instead of one for each
    found: list[EmbargoLine] = []
    for at, (n, written) in enumerate(kept):
        if len(written) <= _LONGEST and (may_hold_back(written) if odd else has_hint(written)):
            below = [plain for _, other in kept[at + 1 : at + 4] if (plain := _plain(other, odd=odd))]
            found += _read(n, _plain(written, odd=odd), below[:2], zone, reference)
    return tuple(found)


def _plain(text: str, *, odd: bool) -> str:
    seen = as_seen(text) if odd and is_oddly_written(text) else MARKUP.sub("", text)
    return re.sub(r"\s*\|[\s|]*", " | ", seen.translate(_BARS)).strip(_EDGE + ":")


def _read(n: int, text: str, below: Sequence[str], zone: ZoneInfo, reference: date | None) -> Iterator[EmbargoLine]:
    labelled = False
    labels = sorted(_labels(text), key=lambda label: label.start())
    ends = [*(label.start() for label in labels[1:]), len(text)]
    for label, end in zip(labels, ends, strict=False):
        value = _value(text[label.end() : end], below if label["strong"] else ())
        found = _of_label(label, value)
        labelled = labelled or found != "nothing"
        line = _line(n, text, " ".join(label[0].strip(" :|=]】〕)>").split()), value, zone, reference)
        if found == "held" and not (line.how == NO_DAY and _may_be_a_word(label)):
            yield line
    if labelled:
        return
    if until := _UNTIL.search(text):
        line = _line(n, text, until[0], text[until.end() :], zone, reference)
        if re.search(r"\d", text[until.end() :]) and line.how != NO_DAY:
            yield line
    elif _ASKS.search(text) and _OPEN.search(text):
        yield _line(n, text, "이후 보도", text, zone, reference)


def _labels(text: str) -> Iterator[re.Match[str]]:
    """Yield the labels that stand at the beginning of a line or of one of its cells."""
    starts = dict.fromkeys(
        [0, *(found.end() for found in re.finditer(r"\|\s*|\s{2,}|\s/\s|[\[(【]\s?(?=[엠보Ee])", text))]
    )
    for start in starts:
        if label := _LABEL.match(text, start):
            yield label


def _value(behind: str, below: Sequence[str]) -> str:
    """Return what stands behind a label, up to the next one; of a label that stands alone what the line below says."""
    own = behind.strip(" |")
    if not own:
        own = next((line for line in below if line), "")
        if _LABEL.match(own) or _OTHER.match(own):
            return ""
    others = (found for found in _OTHER.finditer(own) if found.start() > 0)
    cut = next((found for found in others if own[found.start() - 1] in " |,;/("), None)
    return own[: cut.start()].strip(" |,;/(") if cut and not _AT_ONCE.search(own[: cut.end()]) else own


def _of_label(label: re.Match[str], value: str) -> str:
    """Return what a labelled line is: ``held`` back, let out at ``once``, or ``nothing`` of this kind."""
    named = label["strong"] or ""
    if not value:
        return "nothing"
    at_once = _AT_ONCE.search(value) and not _NEGATIVE.search(value)
    if at_once and not (re.search(r"\d", value) and _FROM.search(value)):
        return "once"
    if label["weak"]:
        return "held" if _FROM.search(value) and _OPEN.search(value) else "nothing"
    says_when = bool(re.search(r"\d", value) or _PAPER.search(value))
    if re.search(r"until|till|release", named, re.IGNORECASE):
        return "held" if says_when or _OPEN.search(value) or len(value) <= 40 else "nothing"
    is_plain = re.fullmatch(r"엠바고|embargo", named.strip(), re.IGNORECASE)
    if not _is_marked(label):
        short = not is_plain and len(value) <= 30 and _OPEN.search(value)
        return "held" if short or (says_when and len(value) <= 80) else "nothing"
    return "held" if _OPEN.search(value) or (len(value) <= 40 and not is_plain) else "nothing"


def _is_marked(label: re.Match[str]) -> bool:
    """Tell whether a sign or the end of the line stands behind a label, so that it is no word of a sentence."""
    return label["mark"].strip(" ") != "" or not label.string[label.end() :].strip()


def _may_be_a_word(label: re.Match[str]) -> bool:
    """Tell whether a label may as well begin a sentence: ``Embargo on oil lifted in 2024``."""
    said = label[0].strip().lower()
    return not _is_marked(label) and said.startswith(("embargo", "엠바고")) and not re.search(r"until|till", said)


def _line(n: int, text: str, label: str, value: str, zone: ZoneInfo, reference: date | None) -> EmbargoLine:
    named = moment_named(value, zone, reference)
    return EmbargoLine(n=n, text=text, label=label, moment=named.moment, how=named.how)
