"""A text as tokens: what a difference may show as changed, and never divides."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_HAN = "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_HIRAGANA, _KATAKANA = r"\u3041-\u309f", r"\u30a0-\u30ff\u31f0-\u31ff\uff66-\uff9f"
_CJK = _HAN + _HIRAGANA + _KATAKANA
_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0963\u0966-\u0dff\u0e00-\u109f"
)
_LETTER = rf"(?:[^\W\d_½¼¾⅓⅔{_CJK}]|(?!\d)[{_MARKS}\u1780-\u17ff\u200c\u200d])"
_ONE = "[\u0300-\u036f\ufe0e\ufe0f\u20e3\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]*"
_SCALE = "[십백천만억조경万億兆千百]"
_DIGITS = r"[\d½¼¾⅓⅔]+(?:[.,:/·ㆍ\-–~∼][\d]+)*+"
_PARTICLE = (
    "(?:이라고|이라는|이지만|이었다|으로는|까지는|에서는|에서의|으로의|부터는|이라|이며|이고|이다|였다|이나|에서|에게|까지|부터|보다|으로|로서|로써|"
    "처럼|마다|이란|에는|에도|로는|로도|에만|짜리|가량|이상|이하|미만|안팎|이|가|은|는|을|를|의|에|와|과|도|만|로|씩|쯤|나|인|여|란)"
)
"""What stands behind a number and is no part of it; a longer word stays with its number."""
_UNIT = (
    "(?:퍼센트포인트|퍼센트|포인트|달러|유로|위안|파운드|원|엔|명|인|개월|개국|개|건|곳|호|회|차례|차|번|위|년대|년|월|일|시간|시|분기|분|초|주년|주|"
    "세대|세|살|배럴|배|대|척|마리|권|편|톤|킬로그램|킬로미터|센티미터|밀리미터|미터|킬로|그램|리터|평|층|가구|쪽|항|조|판|점|표|석|장|채|줄|가지|"
    "여|도|선)"
)
_LATIN_UNIT = "[A-Za-zµμ]+[²³]?(?:/[A-Za-z]+)?"
_FAR = (
    "(?:billion|million|trillion|thousand|hundred|percent|per cent|percentage points?|basis points?|bn|mn|tn|pp|bps?|"
    "euros?|dollars?|pounds?|won|yen|[kcm]?m|[km]?g|[kMGT]?[Bb]|[kMGT]?Wh?|km/h|hours?|minutes?|seconds?|days?|weeks?|"
    "months?|years?|a\\.m\\.|p\\.m\\.|am|pm|AM|PM|KST|UTC|GMT)"
)
_SIGN = r"(?: ?(?:%p|%P|%포인트|%|％|‰|℃|℉|°[CF]?|[㎀-㏟]|[$€£¥₩](?!\d)))"

_NUMBER = re.compile(
    rf"(?:(?<![\w])[+\-−–±▲△▼▽~≈<>≤≥](?=[$€£¥₩\d]))?(?:{_LETTER}*+[-.]?)[$€£¥₩]?[+\-−]?"
    rf"{_DIGITS}(?:{_SCALE}+ ?{_DIGITS})*{_SCALE}*[\ufe0f\u20e3]*"
)
_TAIL = re.compile(rf"(?:{_LETTER}|\d|(?<=\d)[.,:/\-](?=\d))+(?:(?<=[A-Za-z])/[A-Za-z]+)?")
_HAN_UNIT = re.compile("(?:パーセント|ポイント|[年月日時分秒円元人回号號倍歳歲件個个台名度週周期点億万])")
_UNIT_AND_PARTICLE = re.compile(rf"((?:{_UNIT}|{_LATIN_UNIT})?){_PARTICLE}?")
_SIGN_BEHIND = re.compile(_SIGN)
_UNIT_BEHIND = re.compile(rf" (?:{_UNIT}(?=(?:{_PARTICLE})?(?![\w]))|{_FAR}(?![\w]))")
_TOKEN = re.compile(
    rf"(?P<space>\s+)|(?P<address>[a-z]+://[^\s<>\"]*[^\s<>\".,;:!?)\]])"
    rf"|(?P<mark>[!-/:-@\[-`{{-~·…])(?P=mark)+"
    rf"|(?P<word>{_LETTER}+(?:(?:-|(?<=[A-Za-z])['’](?=[A-Za-z])){_LETTER}+)*)|[{_HAN}]|[{_HIRAGANA}]+|[{_KATAKANA}]+"
    rf"|[\U0001f1e6-\U0001f1ff]{{2}}|.{_ONE}(?:\u200d.{_ONE})*",
    re.DOTALL,
)


class WordToken(NamedTuple):
    space: str
    """What stands before it; empty when it is joined to the one before."""
    text: str
    number: bool
    """With its sign and unit. It is shown as it is, never in parts."""
    word: bool
    """Letters, of which a common beginning may be shown apart from what differs."""


def tokens(text: str) -> tuple[WordToken, ...]:
    """Return the words, numbers and punctuation marks of a text. Joined with their spaces they are the text again.

    A number is one token with its sign and unit, also over a space: ``-3℃``, ``제3호``, ``3조 5천억 원``. Han
    letters stand alone, since nothing says where a word ends.
    """
    return tuple(_tokens(text))


def _tokens(text: str) -> Iterator[WordToken]:
    at, space = 0, ""
    while at < len(text):
        if (end := _number_end(text, at)) > at:
            yield WordToken(space, text[at:end], number=True, word=False)
            at, space = end, ""
            continue
        found = _TOKEN.match(text, at)
        assert found is not None
        at = found.end()
        if found["space"]:
            space = found[0]
            continue
        yield WordToken(space, found[0], number=False, word=bool(found["word"]))
        space = ""
    if space:
        yield WordToken(space, "", number=False, word=False)


def _number_end(text: str, at: int) -> int:
    """Return where the number ends that begins here; `at` when none does."""
    found = _NUMBER.match(text, at)
    if not found:
        return at
    end = found.end()
    if sign := _SIGN_BEHIND.match(text, end):
        return sign.end()
    if tail := _TAIL.match(text, end):
        unit = _UNIT_AND_PARTICLE.fullmatch(tail[0])
        if unit:
            return end + len(unit[1])
        sign = _SIGN_BEHIND.match(text, tail.end())
        return sign.end() if sign else tail.end()
    behind = _HAN_UNIT.match(text, end) or _UNIT_BEHIND.match(text, end)
    return behind.end() if behind else end
