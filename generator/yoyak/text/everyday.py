"""Texts with nothing odd about their characters, as nearly all are: one look proves it, and spares many others."""

from __future__ import annotations

import re

_LETTERS = "\t\n -~\u4e00-\u9fff가-힣"
_SIGNS = "©·–—‘’“”…※→①-⓿─-╿■-◯、。〈-』㎀-㏟％～"
_EVERYDAY = re.compile(f"[{_LETTERS}]*+(?:[{_SIGNS}]{{1,4}}+[{_LETTERS}]++)*+[{_SIGNS}]{{0,4}}+")


def is_everyday(text: str) -> bool:
    r"""Tell whether a text is of ASCII, Hangul, Hanja and a few signs, no more than four of these in a row.

    Such a text is NFC, its lines end in ``\n``, no control or invisible character is in it, no letter that looks like
    another one, and nothing that was taken for windows-1252: that leaves runs of five. It is one match of two classes:
    a search for what is not in them takes twice the time.
    """
    return _EVERYDAY.fullmatch(text) is not None
