"""Hashtags among the tags of front matter: ``[축제, #행사]``, ``#도서관 #축제``.

For YAML a ``#`` begins a comment there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_TAGS = re.compile(r"(?P<key>tags[ \t]*:[ \t]*)(?P<value>.*)")
_WORD = r"#(?=\w*[^\W\d_])[\w-]+"
_ALL = re.compile(rf"{_WORD}(?:,?[ \t]*{_WORD})*[ \t]*")
_LIST = re.compile(r"\[[^\[\]{}\"']*\][ \t]*")
_IN_LIST = re.compile(rf"(?<=[\[,])(?P<space>[ \t]*)#(?={_WORD[1:]}[ \t]*[,\]])")
_ITEM = re.compile(rf"(?P<dash>[ ]*-[ \t]+)#(?={_WORD[1:]}[ \t]*$)")


def without_sign(tag: str) -> str:
    """Return a tag without the ``#`` of a hashtag; a number behind it is no word, and keeps it."""
    return tag[1:] if tag[:1] == "#" and re.fullmatch(_WORD, tag) else tag


def with_hashtags(text: str) -> str:
    """Return front matter in which the hashtags of ``tags:`` are words, each in the column where it was.

    What else a ``#`` may mean there stays: ``[섬 #1]`` and a comment behind the list.
    """
    return "\n".join(_lines(text.split("\n"))) if "#" in text and "tags" in text else text


def _lines(lines: list[str]) -> Iterator[str]:
    below = False
    for line in lines:
        match = _TAGS.fullmatch(line)
        if match:
            below = not match["value"].strip()
            yield match["key"] + _value(match["value"])
            continue
        below = below and line.lstrip().startswith("-")
        yield _ITEM.sub(r"\g<dash> ", line) if below else line


def _value(value: str) -> str:
    if _ALL.fullmatch(value):
        words = re.sub(r",?[ \t]*#", ", ", value.strip())
        return f"[{words.removeprefix(', ')}]"
    return _IN_LIST.sub(r"\g<space> ", value) if _LIST.fullmatch(value) else value
