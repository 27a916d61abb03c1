"""Slugs: the last part of an address, made of a title or a file name. Unicode is kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from unicodedata import category, normalize

from yoyak.text.characters import without_invisible

SLUG_BYTES = 120

_LEADING_DATE = re.compile(r"^\d{4}[-._]?\d{2}[-._]?\d{2}(?=[-._ ]|$)[-._ ]*")
_PLAIN = re.compile(r"[0-9A-Za-z가-힣]+(?:[ -][0-9A-Za-z가-힣]+)*")
_MARKS = ("Mn", "Mc")
_ENCLOSING = "Me"
"""A circle or a keycap around a sign, as in 1\ufe0f\u20e3: the sign stays, what is around it does not."""
_RESERVED = re.compile(r"^(con|prn|aux|nul|(?:com|lpt)[\d\u00b9\u00b2\u00b3])$")

_DEFAULT = re.compile(
    r"(?:새 ?(?:텍스트 ?)?(?:문서|파일)|제목 ?없음|무제|이름 ?없음|new text (?:document|file)"
    r"|new (?:document|file|note)|untitled(?: document| note)?|無題|新規(?: ?テキスト)?(?: ?ドキュメント)?"
    r"|新建 ?文本文档|未命名)"
    r"[-_ ]*(?:\(?\d{1,3}\)?|copy|복사본)?",
    re.IGNORECASE,
)


def slugify(text: str, limit: int = SLUG_BYTES) -> str:
    """Return `text` as a slug: NFC, lower case, ``-`` between words, at most `limit` bytes of UTF-8.

    Letters, their marks and digits of every script stay; invisible characters go; the rest separates words. The
    result may be empty (for ``!?``). Names that a Windows disk refuses get a ``-`` behind them.
    """
    if len(text) * 3 <= limit and _PLAIN.fullmatch(text):
        slug = text.lower().replace(" ", "-")
    else:
        slug = _slug_of_any(text, limit)
    return f"{slug}-" if _RESERVED.match(slug) else slug


def _slug_of_any(text: str, limit: int) -> str:
    visible = normalize("NFC", normalize("NFC", without_invisible(text)).lower())
    return cut_bytes(re.sub("-{2,}", "-", "".join(_letters(visible))).strip("-"), limit).strip("-")


def _letters(text: str) -> Iterator[str]:
    """Yield what may stand in an address; for anything else a hyphen. A mark goes with the sign that it belonged to."""
    after_letter = False
    for character in text:
        kind = category(character)
        if kind == _ENCLOSING or (kind in _MARKS and not after_letter):
            continue
        after_letter = kind[0] in "LMN"
        yield character if after_letter else "-"


def cut_bytes(text: str, limit: int) -> str:
    """Return the longest beginning of `text` that takes at most `limit` bytes, cut between characters.

    A mark that belongs to the letter before it (a combining accent) is never left behind without it.
    """
    if len(text.encode()) <= limit:
        return text
    cut = len(text.encode()[:limit].decode("utf-8", "ignore"))
    while cut and category(text[cut])[0] == "M":
        cut -= 1
    return text[:cut]


def slug_of_path(path: str) -> str:
    """Return the slug that a file's name gives; ``index`` gives the folder's name, a leading date is dropped."""
    name = name_of_path(path)
    return slugify(_LEADING_DATE.sub("", name) or name)


def is_default_name(path: str) -> bool:
    """Tell whether a file has the name that a program gives a new one: ``새 텍스트 문서 (2).txt``, ``Untitled.md``."""
    return _DEFAULT.fullmatch(normalize("NFC", name_of_path(path))) is not None


def name_of_path(path: str) -> str:
    """Return the name that a file has for people: without its ending, and its folder's for an ``index`` file."""
    folder, _, file = path.rpartition("/")
    stem = file.rpartition(".")[0] or file
    return folder.rpartition("/")[2] if stem == "index" else stem


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """Return the key under which two spellings of a term are one.

    Normal form, case, spaces, ``-``, ``_``, middle dots and invisible characters do not count. A name of nothing but
    spaces and signs is its own key; one of nothing visible has none.

    >>> fold("소버린 AI") == fold("소버린ai")
    True
    """
    key = path_key(without_invisible(text))
    return normalize("NFC", re.sub(r"[\s\-_·・‧]+", "", key)) or key.strip()


def path_key(path: str) -> str:
    """Return the key under which two output paths are one file on some disk: NFC and case-folded."""
    return normalize("NFC", normalize("NFC", path).casefold())
