"""Whether a text may say from when it may be published: most do not, and are done with here."""

from __future__ import annotations

import re
from html import unescape

from yoyak.text.characters import without_invisible

_ROOT = re.compile(r"보\s?도|배\s?[포부]|엠\s?바\s?고|취급|기사화|게재|공[개표]|발표|제공")
_LATIN_ROOTS = (b"mba", b"publ", b"relea", b"old u", b"old f")
"""One of them is in all that `_LATIN` finds. There is no i, k and s in them: these have a third form each that a search
without case takes for them."""
_LATIN_HINT = r"embargo|release|publication|hold until|hold for|not publish"
_HINT = re.compile(
    r"보\s?도(?:\s?[시일유가제해희허요통예개금하바:|]|\s*$|$)|(?<!재)배\s?[포부]\s?(?:[일시:|]|$)|엠\s?바\s?고|취급|기사화"
    rf"|(?:게재|공개|발표|공표|제공)\s?(?:가능|일|시)|(?i:{_LATIN_HINT})",
    re.MULTILINE,
)
_LATIN = re.compile(_LATIN_HINT, re.IGNORECASE)
MARKUP = re.compile(r"\*\*|__|~~|`|</?[a-zA-Z][^<>]{0,40}>|\\(?=[.*_|#-])")
_SIGNS = (*"\u00ad\u200b\u200c\u200d\u2060\ufeffｅＥｐＰ", "B A R G", "L E A S E")
"""What only a text has whose words may look otherwise: hidden characters, letters of full width or set apart."""
_FULL_WIDTH = re.compile("[\uff01-\uff5e]")
_CUT = re.compile(r"엠\s?(?:</?[a-zA-Z]|\*\*|__|`)")
_SPACED_OUT = re.compile(r"[A-Z](?<!\w[A-Z]) (?:[A-Z] ){3,}[A-Z]\b")


def may_hold_back(text: str) -> bool:
    """Tell whether a text may have an embargo line; most do not, and this takes microseconds."""
    if has_hint(text):
        return True
    return is_oddly_written(text) and has_hint(as_seen(text))


def has_hint(text: str) -> bool:
    if _has_latin_hint(text.encode("utf-8", "surrogatepass").lower()):
        return True
    return not text.isascii() and any(_HINT.match(text, root.start()) for root in _ROOT.finditer(text))


def _has_latin_hint(small: bytes) -> bool:
    for root in _LATIN_ROOTS:
        at = small.find(root)
        while at >= 0:
            if _LATIN.search(small[max(0, at - 6) : at + 30].decode("utf-8", "ignore")):
                return True
            at = small.find(root, at + 1)
    return False


def is_oddly_written(text: str) -> bool:
    """Tell whether a text may have words that are written otherwise than they look."""
    if any(sign in text for sign in _SIGNS) or ("&" in text and "&#" in text):
        return True
    return "엠" in text and _CUT.search(text) is not None


def as_seen(text: str) -> str:
    """Return a text as it looks on a page: no hidden characters, marks and references, no space between letters."""
    narrow = _FULL_WIDTH.sub(lambda letter: chr(ord(letter[0]) - 0xFEE0), MARKUP.sub("", unescape(text)))
    return _SPACED_OUT.sub(lambda word: word[0].replace(" ", ""), without_invisible(narrow))
