"""Keys and values as Korean writers call them: only hints use them, nothing is read by these names."""

from __future__ import annotations

from collections.abc import Iterable
from unicodedata import normalize

from yoyak.text.word_lists import word_lists


def meant_by(word: str, known: Iterable[str]) -> str:
    """Return the one of the `known` names that a word stands for; empty when it stands for none of them.

    >>> meant_by("발행 예약", ["date", "publish_at"])
    'publish_at'
    """
    plain, names = normalize("NFC", "".join(word.split()).lower()), word_lists("text/lists/korean-names")
    return next((name for name in known if plain in names.get(name, ())), "")
