"""Lines as their author meant them: letters of full width, invisible characters and rare marks of YAML are plain.

A line ``ｓｔａｔｕｓ： draft`` or ``{status: draft}`` holds a text back in the eyes of who wrote it, so it is looked at
as ``status: draft``. Line ends stay, so that lines have the same numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import normalize

from yoyak.text.characters import without_invisible

_EXPLICIT = re.compile(r"\n[ \t]*\?[ \t]+([^\r\n]*)(\r\n|[\r\n])[ \t]*:[ \t]+([^\r\n]*)")
"""YAML's ``? key`` with its value on the next line."""
_MARKS = r"[ \t]*(?:(?:[&!][^\s:]*(?::[^\s:]+)*|\?)[ \t]+|\{[ \t]*(?=[\w\"'&!]))+"
_MARKS_AT = tuple((begin, re.compile(begin + _MARKS)) for begin in ("\n", "\r", "<!--"))
"""Each begins with a sign that is quick to look for."""
_ESCAPE = re.compile(r"\\(?:x|u00|U000000)([2-7][0-9A-Fa-f])")
_MARK = re.compile(r"[?&!{\\]")
_NEXT = re.compile(r",[ \t]*(?=[\w\"']+[ \t]*:)")


def pairs_of(line: str) -> list[str]:
    """Return the keys of a line that ends a mapping in braces, each with its value; else the line.

    >>> pairs_of("title: a, status: draft }")
    ['title: a', 'status: draft']
    """
    plain = line.rstrip(" \t,")
    return _NEXT.split(plain[:-1].rstrip()) if plain.endswith("}") and len(plain) > 1 else [line]


def as_meant(text: str) -> str:
    """Return a text whose keys are in plain letters, with as many lines.

    >>> as_meant("{ｓｔａ\\u200bｔｕｓ：\\u00a0draft}")
    'status: draft}'
    """
    if not text.isascii():
        text = normalize("NFKC", without_invisible(text))
    if not _MARK.search(text):
        return text
    if "\\" in text:
        text = _ESCAPE.sub(lambda escape: chr(int(escape[1], 16)), text)
    text = _EXPLICIT.sub(r"\n\1: \3\2", f"\n{text}")
    for begin, marks in _MARKS_AT:
        text = marks.sub(begin, text) if begin in text else text
    return text[1:]


# --- hashtags among the tags: [축제, #행사], #도서관 #축제; for YAML a # begins a comment ------------------------


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
