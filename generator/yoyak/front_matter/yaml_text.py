"""Values as YAML that yoyak, and every other reader of YAML, reads back exactly."""

from __future__ import annotations

import re
from datetime import datetime
from unicodedata import category
from zoneinfo import ZoneInfo

from yoyak.text.calendar import Moment

_PLAIN = re.compile(r"[^\W\d_](?:[\w ,.·ㆍ…‘’“”()/~?!%-]*[\w.·…’”)?!%])?")
"""What needs no quotes: it begins with a letter and has none of YAML's signs in it."""
_RETYPED = frozenset("y n yes no on off true false null".split())
"""Words that YAML 1.1 takes for something else."""
_INVISIBLE = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))


def scalar(text: str, *, inside: bool = False) -> str:
    """Return a text as a YAML value; `inside` of a list or a mapping on one line, commas need quotes too."""
    seen = visible(text) == text
    if seen and _PLAIN.fullmatch(text) and text.lower() not in _RETYPED and not (inside and "," in text):
        return text
    if seen and '"' in text and "\\" not in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{visible(text.replace(chr(92), chr(92) * 2).replace(chr(34), chr(92) + chr(34)))}"'


def visible(text: str) -> str:
    """Return `text` with line ends, and every character that nobody sees, as YAML's escapes."""
    return "".join(map(_visible, text))


def _visible(character: str) -> str:
    if character == "\n":
        return "\\n"
    if category(character) not in _INVISIBLE and character not in "\u200b\xa0\ufffd":
        return character
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def flow(value: object) -> str:
    """Return a text, a list or a mapping on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(flow, value)) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    return scalar(str(value), inside=True)


def moment_text(moment: Moment, zone: ZoneInfo) -> str:
    """Return a moment as front matter writes it: a day, a minute of the site's zone, or a time with its offset."""
    value = moment.value
    if moment.day_only:
        return value.date().isoformat()
    if not _is_of(zone, value):
        return value.isoformat(timespec="seconds")
    return value.strftime("%Y-%m-%d %H:%M:%S" if value.second else "%Y-%m-%d %H:%M").rjust(16, "0")


def _is_of(zone: ZoneInfo, value: datetime) -> bool:
    """Tell whether a time of the site's zone needs no offset to be the same instant."""
    return value.replace(tzinfo=zone, fold=0).utcoffset() == value.utcoffset()


def one_line(text: str, limit: int = 200) -> str:
    """Return text for a comment: on one line, nothing invisible in it, cut with a sign that it is."""
    line = visible(" ".join(text.split()))
    return line if len(line) <= limit else line[: limit - 1] + "…"
