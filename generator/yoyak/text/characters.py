"""Characters that cannot stand on a page, that leave no trace on one, and of which nearly all texts are."""

from __future__ import annotations

import re

FORBIDDEN = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff"
"""What XML 1.0 §2.2 and HTML forbid, and the controls that nothing shows; to stand in the class of a pattern."""

# Unicode's Default_Ignorable_Code_Point, with the annotation marks U+FFF9 to U+FFFB and the noncharacters of no use.
_IGNORED = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_INVISIBLE = re.compile(f"[{_IGNORED}]+")
_VISIBLE = re.compile(f"[\n -~]*+(?:[^\n -~{_IGNORED}]++[\n -~]*+)*+")
"""All that most texts are of. To match it takes a third of the time of a search for what is not in it."""

_LETTERS = "\t\n -~\u4e00-\u9fff가-힣"
_SIGNS = "©·–—‘’“”…※→①-⓿─-╿■-◯、。〈-』㎀-㏟％～"
_EVERYDAY = re.compile(f"[{_LETTERS}]*+(?:[{_SIGNS}]{{1,4}}+[{_LETTERS}]++)*+[{_SIGNS}]{{0,4}}+")


def without_invisible(text: str) -> str:
    """Return a text without its invisible characters: joiners, variation selectors, direction marks, fillers, tags.

    A joiner has a meaning in a Persian or Hindi word; two words that differ by it alone are one name all the same.

    >>> without_invisible("❤\\ufe0f 섬") == "❤ 섬"
    True
    """
    return text if text.isascii() or _VISIBLE.fullmatch(text) else _INVISIBLE.sub("", text)


def is_everyday(text: str) -> bool:
    r"""Tell whether a text is of ASCII, Hangul, Hanja and a few signs, no more than four of these in a row.

    Such a text is NFC, its lines end in ``\n``, no control or invisible character is in it, no letter that looks like
    another one, and nothing that was taken for windows-1252: that leaves runs of five. It is one match of two classes:
    a search for what is not in them takes twice the time.
    """
    return _EVERYDAY.fullmatch(text) is not None
