"""Settings that are written in JavaScript: plain values behind a name. Nothing of it is ever run."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping

_COMMENTS = re.compile(r"(\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)|/\*.*?\*/|//[^\n]*", re.DOTALL)
_VALUE = (
    r"(?:\"(?P<a>[^\"\n]*)\"|'(?P<b>[^'\n]*)'|`(?P<c>[^`$]*)`|(?P<d>true|false|null|\d+)\b|(?P<e>\[[^\]\[{}()]*\]))"
)


def without_comments(text: str) -> str:
    return _COMMENTS.sub(lambda found: found[1] or " ", text)


def value_of(text: str, name: str) -> str:
    """Return the first plain value that a name has, in an object or behind ``=``; an empty text when it has none."""
    return next(_values(text, name), "")


def _values(text: str, name: str) -> Iterator[str]:
    for found in re.finditer(rf"(?<![\w$.])[\"']?{name}[\"']?\s*(?::|=(?![=>]))\s*{_VALUE}", text):
        yield next(part for part in found.groups() if part is not None)


def is_named(text: str, name: str) -> bool:
    """Tell whether a name is given any value, plain or not."""
    return re.search(rf"(?<![\w$.])[\"']?{name}[\"']?\s*(?::|=(?![=>])|\()", text) is not None


def argument_of(text: str, function: str) -> str:
    """Return the plain text that a function is called with."""
    found = re.search(rf"\b{function}\(\s*[\"'`]([^\"'`\n$]*)[\"'`]", text)
    return found[1] if found else ""


def inside(text: str, opening: int) -> str:
    """Return what stands between a bracket and the one that closes it."""
    pairs: Mapping[str, str] = {"{": "}", "(": ")", "[": "]"}
    wanted, depth = pairs[text[opening]], 0
    for at in range(opening, len(text)):
        depth += (text[at] == text[opening]) - (text[at] == wanted)
        if depth == 0:
            return text[opening + 1 : at]
    return text[opening + 1 :]


def listed(written: str) -> list[str]:
    """Return the texts of a list: ``["posts", 'news']``."""
    return [a or b for a, b in re.findall(r"\"([^\"]*)\"|'([^']*)'", written)] if written.startswith("[") else [written]


def path_in(written: str) -> str:
    """Return the path of a folder from that of the site; empty for that one itself."""
    path = posixpath.normpath(written.strip().lstrip("/") or ".")
    return "" if path == "." else path
