"""The words of a file of the output, however they are written in it: what a search for words has to look at.

Entities, percent-encoding and escapes of JSON are undone, also one inside another; letters are NFKC and without case.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from pathlib import Path
from unicodedata import is_normalized, normalize
from zoneinfo import ZoneInfo

from yoyak.files.site_files import read_of_site
from yoyak.front_matter.read import read_front_matter
from yoyak.model.schema import FrontMatter
from yoyak.text.decoding import UndecodableError, file_text

BORDER = "\0"
"""A word that no text has: phrases do not go over it."""

_HAN = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_WORD = re.compile(r"\0|[^\W_]+")
_LETTER = f"[{_HAN}]"
_WORD_OR_LETTER = rf"\0|[{_HAN}]|[^\W_{_HAN}]+"
"""Chinese and Japanese are written without spaces: each of their characters is a word. Patterns of such letters take
milliseconds to compile, so that is done on the first search: most builds hold nothing back and search nothing."""
_PERCENT = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|u\{([0-9A-Fa-f]{1,6})\}|x([0-9A-Fa-f]{2})|([nrtbf/\"\\]))")
_OF_STYLE = re.compile(r"\\([0-9A-Fa-f]{1,6})[ \n]?")
_TAG = re.compile(r"<[^<>]*>")
_INSIDE = re.compile(
    r"</?(?:a|abbr|b|bdi|bdo|cite|code|del|dfn|em|i|ins|kbd|mark|q|s|samp|small|span|strong|sub|sup|time|u|var|wbr)\b[^<>]*>",
    re.IGNORECASE,
)
"""Elements within a word: the text goes on over them."""
_VALUE = re.compile(r"=\s*[\"']([^\"'<>]+)")
_COMMENT = re.compile("<!--"), re.compile("-->")
_CDATA = re.compile(r"<!\[CDATA\[|\]\]>")
_HIGHEST = 64
_PILE = rf"[^\s\x21-\u02ff\u1100-\u11ff\u3000-\u9fff\uac00-\ud7af]{{{_HIGHEST},}}"
"""Marks piled on one letter, of which Unicode's order is found in the square of their number; no word has so many."""
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_PRINTABLE = re.compile(rb"(?:[\x20-\x7e]|[\xc2-\xf4][\x80-\xbf]{1,3}){6,}")
_HEAD = 65_536
"""Bytes at each end of a picture in which texts in UTF-16 are looked for, as cameras write them."""
_ROUNDS = 3
GZIP, PNG, WOFF = b"\x1f\x8b\x08", b"\x89PNG\r\n\x1a\n", b"wOFF"
"""How files begin that have something compressed in them."""
_END_OF_ZIP = 65_557


def words_of_file(path: str, data: bytes) -> list[str]:
    """Return the words of a file of the output: those of its path, of its text, then of its attributes and comments."""
    text = data.decode("utf-8", "replace")
    if path.endswith(".css"):
        text = _OF_STYLE.sub(lambda found: _character(found[1]), text)
    return [*words_of(plain(path)), BORDER, *words_of_markup(text)]


def words_of_binary(path: str, data: bytes) -> list[str]:
    """Return the words of a path, and of what stands in a file as text, in UTF-8 or in UTF-16."""
    narrow = (one.decode("utf-8", "replace") for one in _PRINTABLE.findall(data))
    ends = data[:_HEAD] + data[_HEAD:][-_HEAD:]
    wide = (ends[shift:].decode(f"utf-16-{order}", "replace") for shift in (0, 1) for order in ("le", "be"))
    return [*words_of(plain(path)), *(word for text in (*narrow, *wide) for word in (BORDER, *words_of_markup(text)))]


def new_lines(data: bytes, seen: set[bytes]) -> bytes:
    """Return the lines of a file that are not `seen` yet, with their neighbours; they are seen then."""
    lines = data.split(b"\n")
    fresh = [number for number, line in enumerate(lines) if line not in seen]
    seen.update(lines)
    near = sorted({near for number in fresh for near in range(number - 1, number + 2)}.intersection(range(len(lines))))
    kept: list[bytes] = []
    for before, number in zip((-1, *near), near, strict=False):
        kept += (lines[number],) if number == before + 1 else (BORDER.encode(), lines[number])
    return b"\n".join(kept)


def words_of_markup(text: str, *, only_text: bool = False) -> list[str]:
    """Return the words of HTML, XML or JSON: of its text, then of its attributes and comments."""
    text = plain(text)
    if "<" not in text:
        return words_of(text)
    text = _CDATA.sub(" ", text)
    found = list(spans(text, *_COMMENT))
    comments = [text[start:end] for start, end in found]
    text = without(text, found)
    values = f" {BORDER} ".join((*_VALUE.findall(text), *comments))
    seen = words_of(_TAG.sub(f" {BORDER} ", _INSIDE.sub("", text)))
    return seen if only_text else [*seen, BORDER, *words_of(values)]


def spans(text: str, opening: re.Pattern[str], closing: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Yield where something stands from its opening to its closing mark, in one pass: what is never closed is no span.

    >>> list(spans("a <!--b--> <!--c", re.compile("<!--"), re.compile("-->")))
    [(2, 10)]
    """
    end = 0
    while (first := opening.search(text, end)) and (last := closing.search(text, first.end())):
        end = last.end()
        yield first.start(), end


def without(text: str, found: Iterable[tuple[int, int]]) -> str:
    """Return a text with a space in the place of each span."""
    kept, at = [], 0
    for start, end in found:
        kept.append(text[at:start])
        at = end
    return " ".join([*kept, text[at:]])


def words_of(text: str) -> list[str]:
    """Return the words of a plain text.

    >>> words_of("등대 화재, SECOND try-out")
    ['등대', '화재', 'second', 'try', 'out']
    """
    text = folded(text)
    return re.findall(_WORD_OR_LETTER, text) if re.search(_LETTER, text) else _WORD.findall(text)


def folded(text: str) -> str:
    """Return a text as it is compared."""
    if not is_normalized("NFKC", text):
        text = re.sub(_PILE, lambda found: found[0][:_HIGHEST], text)
        text = normalize("NFKC", text)
    return _INVISIBLE.sub("", text).casefold()


def plain(text: str) -> str:
    """Return a text with what encodes its letters undone.

    >>> plain("%EB%93%B1&amp;amp;\\\\ub300")
    '등&대'
    """
    for _ in range(_ROUNDS):
        before = text
        if "%" in text:
            text = _PERCENT.sub(_bytes, text)
        if "&" in text:
            text = unescape(text)
        if "\\" in text:
            text = _ESCAPE.sub(_letter, text)
        if text == before:
            break
    return text


def _bytes(found: re.Match[str]) -> str:
    return bytes.fromhex(found[0].replace("%", "")).decode("utf-8", "replace")


def _letter(found: re.Match[str]) -> str:
    code = found[1] or found[2] or found[3]
    return _character(code) if code else {"/": "/", '"': '"', "\\": "\\"}.get(found[4], " ")


def _character(code: str) -> str:
    number = int(code, 16)
    return chr(number) if number <= sys.maxunicode else " "


def is_binary(data: bytes) -> bool:
    """Tell whether a file is no text in UTF-8."""
    return is_packed(data) or (b"\0" in data and not is_utf8(data))


def is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def is_packed(data: bytes) -> bool:
    """Tell whether a file has something compressed in it that `yoyak.check.packed` opens."""
    return data.startswith((GZIP, PNG, WOFF)) or is_pdf(data) or has_zip(data)


def is_pdf(data: bytes) -> bool:
    return b"%PDF-" in data[:1024] and b"endobj" in data


def has_zip(data: bytes) -> bool:
    """Tell whether an archive is in a file, perhaps behind something else."""
    return b"PK\x05\x06" in data[-_END_OF_ZIP:]


# --- Where in a source file something stands: looked up only when there is a problem to report -------------------


_LIMIT = 5_000_000


class LineFinder:
    """Finds lines in the files of one build."""

    def __init__(self, folder: Path, locations: Mapping[str, str]) -> None:
        """`locations` says where the disk has each path: its name there may be in another normal form."""
        self._folder, self._locations = folder, locations
        self._last: tuple[str, str] = ("", "")
        """The file that was looked into last, and its text."""
        self._keys: dict[str, Mapping[str, tuple[int, int]]] = {}

    def __call__(self, path: str, written: str) -> int:
        """Return the 1-based line of `written` in a file; 0 when it does not stand there as it is."""
        if self._last[0] != path:
            self._last = (path, self._text(path))
        text = self._last[1]
        at = text.find(written)
        return text.count("\n", 0, at) + 1 if text and at >= 0 else 0

    def of_key(self, path: str, key: str) -> int:
        """Return the 1-based line of a value in an article's front matter, by its dotted key; 0 when it has none."""
        if path not in self._keys:
            front = read_front_matter(self._text(path), path, FrontMatter, ZoneInfo("UTC"))
            self._keys[path] = front.lines
        return self._keys[path].get(key, (0, 0))[0]

    def _text(self, path: str) -> str:
        try:
            return file_text(read_of_site(path, self._locations.get(path, str(self._folder / path)), _LIMIT))
        except (OSError, UndecodableError):
            return ""
