"""Addresses in a style sheet: of `url()`, `@import` and `image-set()` (CSS Syntax §4), not of comments and strings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_TOKEN = re.compile(
    r"""(?P<comment>/\*.*?(?:\*/|\Z))
    | (?P<string>"(?:[^"\\\n]|\\.)*(?:"|(?=\n)|\Z)|'(?:[^'\\\n]|\\.)*(?:'|(?=\n)|\Z))
    | (?P<url>url\(\s*(?P<plain>(?:[^\s"'()\\]|\\.)(?:[^\s"'()\\]|\\.)*)\s*(?:\)|\Z))
    | (?P<function>-?[\w-]+\()
    | (?P<at>@[\w-]+)
    | (?P<open>[({\[]) | (?P<close>[)}\]])
    | (?P<space>\s+)
    | (?P<other>[\w-]+|\\.|.)""",
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_ESCAPE = re.compile(r"\\(?:([0-9A-Fa-f]{1,6})(?:\r\n|\s)?|(\r\n|\n|\r|\f)|(.))", re.DOTALL)
_OF_STRINGS = ("url(", "src(", "image-set(", "-webkit-image-set(")
_MAY_HAVE = re.compile(r"url\(|src\(|image-set\(|@import", re.IGNORECASE)
"""Without any of these no token is an address; all tokens of our own style sheet are a third of a small build."""


class Address(NamedTuple):
    """One address in a text: where its token stands, and what it says."""

    start: int
    end: int
    written: str
    """Without its quotes and escapes."""
    is_string: bool
    """It stands in quotes; else the token is all of ``url(…)``."""


def css_addresses(text: str) -> Iterator[Address]:
    """Yield the addresses of a style sheet in their order."""
    if not _MAY_HAVE.search(text):
        return
    inside: list[str] = []
    after_import = False
    for match in _TOKEN.finditer(text):
        kind, token = str(match.lastgroup), match[0]
        if kind == "plain":
            kind = "url"
        if kind in ("comment", "space"):
            continue
        if kind == "url":
            yield Address(match.start(), match.end(), _unescaped(match["plain"]), is_string=False)
        elif kind == "string" and (after_import or (inside and inside[-1] in _OF_STRINGS)):
            yield Address(match.start(), match.end(), _unescaped(_inner(token)), is_string=True)
        elif kind in ("function", "open"):
            inside.append(token.lower())
        elif kind == "close" and inside:
            inside.pop()
        after_import = (kind == "at" and token.lower() == "@import") or (after_import and token.lower() == "url(")


def _inner(string: str) -> str:
    return string[1:-1] if len(string) > 1 and string[-1] == string[0] else string[1:]


def _unescaped(text: str) -> str:
    def meant(match: re.Match[str]) -> str:
        if match[1]:
            point = int(match[1], 16)
            return chr(point) if 0 < point < 0x110000 and not 0xD800 <= point < 0xE000 else "\N{REPLACEMENT CHARACTER}"
        return match[3] or ""

    return _ESCAPE.sub(meant, text) if "\\" in text else text


def css_string(text: str) -> str:
    """Return a text in double quotes for a style sheet."""
    return '"' + re.sub(r'["\\\n\r\f]', lambda match: f"\\{ord(match[0]):x} ", text) + '"'


def put_css(address: Address, text: str) -> str:
    """Return the token that names another address in the place of this one."""
    return css_string(text) if address.is_string else f"url({css_string(text)})"


def addresses_in_css(text: str) -> Iterator[Address]:
    """Yield the addresses in CSS; names in it may be written with escapes, such as ``u\\72l(``."""
    yield from css_addresses(text)
    if "\\" in text:
        yield from css_addresses(_ESCAPED_LETTER.sub(lambda escape: chr(int(escape[1], 16)), text))


_ESCAPED_LETTER = re.compile(r"\\0{0,4}([4-7][0-9a-f])\s?", re.IGNORECASE)
