"""Characters that cannot stand on a page, and that leave no trace on one."""

from __future__ import annotations

import re

FORBIDDEN = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff"
"""What XML 1.0 §2.2 and HTML forbid, and the controls that nothing shows; to stand in the class of a pattern."""

# Unicode's Default_Ignorable_Code_Point, with the annotation marks U+FFF9 to U+FFFB and the noncharacters of no use.
_IGNORED = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]+"
)


def without_invisible(text: str) -> str:
    """Return a text without its invisible characters: joiners, variation selectors, direction marks, fillers, tags.

    A joiner has a meaning in a Persian or Hindi word; two words that differ by it alone are one name all the same.

    >>> without_invisible("❤\\ufe0f 섬") == "❤ 섬"
    True
    """
    return text if text.isascii() else _IGNORED.sub("", text)
