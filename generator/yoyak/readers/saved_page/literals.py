"""Strings as scripts write them: in quotes of three kinds, with the escapes of JavaScript."""

from __future__ import annotations

import re

_STRING = re.compile(r""""[^"\\]*(?:\\.[^"\\]*)*"|'[^'\\]*(?:\\.[^'\\]*)*'|`[^`\\]*(?:\\.[^`\\]*)*`""", re.DOTALL)
_ESCAPE = re.compile(r"\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)
_SIGNS = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "", "\n": ""}


def string_at(code: str, at: int) -> tuple[str, int]:
    r"""Return the string that begins at a place of a script, and where it ends.

    >>> string_at("x = '\\x41da\\u0021';", 4)
    ('Ada!', 18)
    """
    found = _STRING.match(code, at)
    if not found:
        raise ValueError("no string ends here")
    text = _ESCAPE.sub(_meant, found[0][1:-1])
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace"), found.end()


def _meant(escape: re.Match[str]) -> str:
    code = escape[1] or escape[2] or escape[3]
    if code:
        return chr(min(int(code, 16), 0x10FFFF))
    return _SIGNS.get(escape[4], escape[4])
