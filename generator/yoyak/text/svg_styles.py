"""Styles inside of an SVG picture: which of them only draw.

Nothing is parsed: a text passes when every function, every rule and every address in it is a known one. What stands
in comments and strings counts as well, since two parsers may not agree on where these end.
"""

from __future__ import annotations

import re

_ESCAPE = re.compile(r"\\(?:([0-9a-f]{1,6})(?:\r\n|[ \t\r\n\f])?|(\r\n|[\n\r\f])|(.)|\Z)", re.IGNORECASE | re.DOTALL)
_FUNCTION = re.compile(r"([^\s!-,./:-@\[-^`{-~]*)\(")
"""Any name before a bracket, of whatever letters: what is not in the list does not pass."""
_RULE = re.compile(r"@([^\s!-,./:-@\[-^`{-~]*)")
_SAFE_RULES = frozenset("media supports font-face keyframes -webkit-keyframes layer container property".split())
_SAFE_FUNCTIONS = frozenset(
    """rgb rgba hsl hsla hwb lab lch oklab oklch color color-mix light-dark device-cmyk
    calc min max clamp abs sign round mod rem pow sqrt sin cos tan var env counter counters
    matrix matrix3d translate translatex translatey translatez translate3d scale scalex scaley scalez scale3d
    rotate rotatex rotatey rotatez rotate3d skew skewx skewy perspective
    blur brightness contrast drop-shadow grayscale hue-rotate invert opacity saturate sepia
    linear-gradient radial-gradient conic-gradient repeating-linear-gradient repeating-radial-gradient
    inset circle ellipse polygon path rect xywh cubic-bezier steps linear fit-content format local tech
    not is where has lang dir nth-child nth-last-child nth-of-type nth-last-of-type
    media supports and or only icc-color""".split()
) | {""}
_URL = re.compile(r"url\(")
_LOCAL_URL = re.compile(
    r"""url\(\s*["']?\s*(?:\#|data:(?:font/|application/(?:x-)?font-|image/(?:png|jpe?g|gif|webp);base64,))"""
)
_ADDRESS_IN_STRING = re.compile(r"""["'][^"'<>]{0,2000}?(?://|:/)""")
_OLD = re.compile(r"-moz-binding|behaviou?r\s*:|expression")


def loads(style: str) -> bool:
    """Tell whether a style, or a value of one, may ask for anything outside of its picture."""
    text = _ESCAPE.sub(_letter, style).lower() if "\\" in style else style.lower()
    if "(" not in text and "@" not in text and "//" not in text and "-moz-binding" not in text:
        return False
    return bool(
        any(name not in _SAFE_RULES for name in _RULE.findall(text))
        or any(name not in _SAFE_FUNCTIONS and name != "url" for name in _FUNCTION.findall(text))
        or len(_URL.findall(text)) != len(_LOCAL_URL.findall(text))
        or _ADDRESS_IN_STRING.search(_LOCAL_DATA.sub("", text))
        or _OLD.search(text)
    )


_LOCAL_DATA = re.compile(r"data:[a-z/+;=,-]{0,80}base64,[a-z0-9+/=\s]*")


def _letter(found: re.Match[str]) -> str:
    if found[1]:
        number = int(found[1], 16)
        return chr(number) if 0 < number < 0x110000 and not 0xD800 <= number < 0xE000 else "\N{REPLACEMENT CHARACTER}"
    return found[3] or ""
