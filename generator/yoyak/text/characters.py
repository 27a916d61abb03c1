"""Characters: those that no page can have, those without a trace, and what is a wrong encoding's debris."""

from __future__ import annotations

import re
from functools import lru_cache

from yoyak.model.message import Words, say

FORBIDDEN = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff"
"""What XML 1.0 §2.2 and HTML forbid, and the controls that nothing shows; to stand in the class of a pattern."""

# Unicode's Default_Ignorable_Code_Point, with the annotation marks U+FFF9 to U+FFFB and the noncharacters of no use.
_IGNORED = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_INVISIBLE = re.compile(f"[{_IGNORED}]+")
_PLAIN = bytes((9, 10, 13, *range(32, 127)))
_LONG = 4_000
_VISIBLE = re.compile(f"[\n -~]*+(?:[^\n -~{_IGNORED}]++[\n -~]*+)*+")
"""All that most texts are of. To match it takes a third of the time of a search for what is not in it."""


def without_invisible(text: str) -> str:
    """Return a text without its invisible characters: joiners, variation selectors, direction marks, fillers, tags.

    A joiner has a meaning in a Persian or Hindi word; two words that differ by it alone are one name all the same.

    >>> without_invisible("❤\\ufe0f 섬") == "❤ 섬"
    True
    """
    if len(text) > _LONG:
        return _INVISIBLE.sub("", text) if _INVISIBLE.search(rare(text)) else text
    return text if text.isascii() or _VISIBLE.fullmatch(text) else _INVISIBLE.sub("", text)


@lru_cache(2)
def rare(text: str) -> str:
    """Return the characters of a long text but the usual ones of ASCII, of which most of a page is: what has to be
    looked for in a text is looked for in this. A short one is searched as it is, in less time.

    >>> rare("<p>섬으로</p>" * 1000) == "섬으로" * 1000
    True
    """
    if len(text) <= _LONG:
        return text
    return text.encode("utf-8", "surrogatepass").translate(None, _PLAIN).decode("utf-8", "surrogatepass")


# --- whether a text is what its bytes were meant to say ----------------------------------------------------------


_USUAL = frozenset(
    "가각간갈감값강갖같개거걱건검것게겠격견결겹경계고골곳공과관광교구국군굴권귀규그근글금급기긴길김깊까꺼께꼭꾸꾼뀌끄끈끊끝끼낀나난날남났낮낱내낸낼냐너넓넘네넷년녕노논농높놓누뉴느는늘능니님다단닫달닭담답닷"
    "당대댐댓더던덟데델도독돈돌동되된두둑둔둘뒤드든듣들등디따때떠떤떻뛰뜬뜻라락란랄람랐랑래량러럼럽렇레려력련렵렸령례로록론료루룻류르른를름리릭린릴림립링마막만많말맛맞매맺머먼메며면명몇모목못무문묻물뭉뭍미"
    "민및바박반받발밝밤방배백버번벌법벼벽변별병보복본볼봄봉부북분불붙브비빈빌빛빠빨빼뼘뿌사산살삼상새색생서석선설섬섯성세섹센셈셋션소속손솜송쇄수순술숫슈스슨슬습승시식신실심십싶싸쏠쓰쓴쓸씨씩아안않알았앞애"
    "야약양어억언엄업없엇었에엔엠여역연열염였영예옛오온올와완왔외요용우운울움웃워원월웠위유육윤율융으은을음응의이인일읽임입있자작잘잡장재잰저적전절점접정제졌조족존종좋좌주준줄중즈증지직진질집짓짜짧짰째쪽찍"
    "차찬찰참창찾채책처척천철첫청체쳐쳤초촌최추축출충츠측치친칠침칩카칸커컨컴켜켰코크큰클큼키타탁탈태터털테텍텐토톡톱통투트특틀티팀파판팬퍼페펴편평포폭표품프플피핀필하학한할함합핫항해했행향허헐험현협혔형호"
    "혼홈홍화확환활황회획효후흐흔흘흥희히힌힘"
)
"""The syllables of which newspapers' text is nearly made: 19 of 20. Of a wrong reading they are one in three."""
SURE = 0.6
"""Share of usual syllables among the letters beyond ASCII; names and Hanja take some away."""
_SURE_OF_FEW = 0.8
_FEW, _TOO_FEW = 8, 3
SIGNS = re.compile(
    r"[\t\n\r -~\u00a0-\u00bf\u00d7\u00f7\u2010-\u203f\u20a9\u20ac\u2103-\u2122\u2160-\u217f\u2190-\u21ff\u2200-\u22ff"
    r"\u2460-\u24ff\u2500-\u27bf\u3000-\u301f\u3200-\u33ff\uff01-\uff5e]"
)
_WIDE = re.compile("[^\x00-\x7f]")
_KANA = re.compile("[\u3041-\u30fe\uff66-\uff9f]")


def usual_share(text: str) -> float:
    """Return the share of usual syllables among the letters beyond ASCII; 0 when there are none."""
    letters = _letters(text)
    return sum(char in _USUAL for char in letters) / len(letters) if letters else 0.0


def surely_korean(text: str) -> bool:
    """Tell whether a text has so many usual syllables that its bytes can hardly mean anything else."""
    share, number = usual_share(text), len(_letters(text))
    return number >= _TOO_FEW and share >= (_SURE_OF_FEW if number < _FEW else SURE)


def _letters(text: str) -> list[str]:
    return [char for char in _WIDE.findall(text[:4000]) if not SIGNS.match(char)]


def hangul_in(text: str) -> int:
    """Count the syllables of Hangul."""
    return len(re.findall("[가-힣]", text))


def likely_other(data: bytes) -> Words:
    """Return the name of an encoding that yoyak does not try, if these bytes are plain text in it; else nothing.

    Only what shows itself: Johab, Korean once more, and Japanese, where every second sign is kana.
    """
    johab = _read(data, "johab")
    if hangul_in(johab) >= 2 and usual_share(johab) >= SURE:
        return say("encoding.johab")
    for codec, name in (("cp932", "Shift_JIS"), ("euc_jp", "EUC-JP")):
        letters = _letters(_read(data, codec))
        wide = [char for char in letters if "\u3041" <= char <= "\u30fe" or "\u4e00" <= char <= "\u9fff"]
        if len(letters) > 3 and len(wide) == len(letters) and len(_KANA.findall("".join(wide))) * 4 > len(wide):
            return say("encoding.japanese", name=name)
    return ""


def _read(data: bytes, codec: str) -> str:
    """Return the text, or nothing when it does not fit. A character cut in two at the end is left out."""
    for end in (len(data), len(data) - 1):
        try:
            return data[:end].decode(codec)
        except UnicodeDecodeError:
            continue
    return ""


# --- text that was read wrongly before it was saved --------------------------------------------------

_WESTERN = "\u0080-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2122"
_WESTERN_RUN = re.compile(f"[{_WESTERN}][{_WESTERN}]{{4,}}")
"""Five or more; a pattern that begins with one character is searched for in half of the time."""


def garbled_part(text: str) -> tuple[int, str]:
    """Return where Korean was once taken for windows-1252 and saved so, and what it should say; -1 when nowhere."""
    for run in _WESTERN_RUN.finditer(text) if _WESTERN_RUN.search(rare(text)) else ():
        for codec in ("utf-8", "cp949"):
            meant = _turned_back(run[0], codec)
            if hangul_in(meant) >= 2 and usual_share(meant) >= SURE:
                return run.start(), meant
    return -1, ""


def _turned_back(text: str, codec: str) -> str:
    """Return what the bytes of a wrong reading say; a broken character at either end does not count."""
    try:
        # windows-1252 has no sign for five bytes; programs keep them as controls.
        data = b"".join(char.encode("latin-1" if "\x80" <= char <= "\x9f" else "cp1252") for char in text)
    except UnicodeEncodeError:
        return ""
    meant = data.decode(codec, "ignore")
    lost = len(data) - len(meant.encode(codec))
    return meant if lost <= (4 if codec == "utf-8" else 0) else ""
