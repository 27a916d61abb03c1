"""A file as lines of bytes: an edit replaces whole lines, and every other byte stays what it was."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise

from msgspec import structs

from yoyak.model.message import say
from yoyak.model.types import Record
from yoyak.text.decoding import UndecodableError, clean_text, decode

_LINES = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_BYTE_LINES = re.compile(rb"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


class Line(Record, kw_only=True):
    data: bytes
    """With its line end, in the file's encoding."""
    text: str
    """Decoded as it stands, without its line end: no normal form, no character left out."""
    end: str
    """``\\n``, ``\\r\\n`` or ``\\r``; empty for a last line without one."""
    origin: int
    """1-based number in the file as it was read first; 0 for a line that a repair put in."""


class Lines(Record, kw_only=True):
    """A file that can be edited line by line."""

    mark: bytes
    """The byte order mark, if there is one."""
    codec: str
    lines: tuple[Line, ...]

    @property
    def data(self) -> bytes:
        return self.mark + b"".join(line.data for line in self.lines)

    @property
    def are_lines(self) -> bool:
        """Whether each is still a line: a CR that came to stand before a LF is one line end with it."""
        pairs = pairwise(self.lines)
        return not any(one.end == "\r" and not other.text and other.end == "\n" for one, other in pairs)

    def text(self, number: int) -> str:
        """Return a line by its 1-based number; empty when there is no such line."""
        return self.lines[number - 1].text if 1 <= number <= len(self.lines) else ""

    def origin(self, number: int) -> int:
        """Return the number that a line had when the file was read first; 0 when it had none."""
        return self.lines[number - 1].origin if 1 <= number <= len(self.lines) else 0


class Edit(Record, kw_only=True):
    """Replace `count` lines from the 1-based `line` on by `texts`, which have no line ends. 0 lines: put in before."""

    line: int
    count: int = 1
    texts: tuple[str, ...] = ()


def lines_of(data: bytes) -> Lines:
    """Return the lines of a file in whatever encoding `yoyak.text.decoding` finds.

    Raises:
        UndecodableError: as `decode`; also for an encoding in which one line cannot be changed alone.
    """
    decoded = decode(data)
    mark = _mark_of(data, decoded.encoding)
    codec = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be", b"\xef\xbb\xbf": "utf-8"}.get(mark, decoded.encoding)
    body = data[len(mark) :]
    texts = _LINES.findall(decoded.text)
    parts = _encoded(texts, codec, body) or _cut(texts, codec, body)
    lines = (_line(part, text, number) for number, (part, text) in enumerate(zip(parts, texts, strict=True), 1))
    return Lines(mark=mark, codec=codec, lines=tuple(lines))


def edited(lines: Lines, edits: Iterable[Edit]) -> Lines:
    """Return the lines after `edits`, which do not overlap and name lines as they are now.

    New lines end as their neighbours do.

    Raises:
        UnicodeEncodeError: a new text has a character that the file's encoding has not.
    """
    old = lines.lines
    new: list[Line] = []
    at = 0
    for edit in sorted(edits, key=lambda edit: edit.line):
        start, stop = edit.line - 1, edit.line - 1 + edit.count
        new += old[at:start]
        near = _end_near(new, old, start)
        last = old[stop - 1].end if edit.count else near
        if edit.texts and new and not new[-1].end:
            new[-1], last = _ended(new[-1], near, lines.codec), ""
        new += _made(edit.texts, old[start:stop], near, last, lines.codec)
        at = stop
    return structs.replace(lines, lines=(*new, *old[at:]))


def clean(text: str) -> str:
    """Return a line as the readers see it."""
    return clean_text(text)[0]


def raw_index(text: str, column: int) -> int:
    """Return where the 1-based `column` of the cleaned line begins in the line as it stands."""
    if column <= 1 or clean(text) == text:
        return min(max(column - 1, 0), len(text))
    fitting = [index for index in range(len(text) + 1) if len(clean(text[:index])) == column - 1]
    return fitting[-1] if fitting else len(text)


def _mark_of(data: bytes, encoding: str) -> bytes:
    if encoding == "utf-8-sig":
        return data[:3]
    return data[:2] if encoding == "utf-16" else b""


def _encoded(texts: Sequence[str], codec: str, body: bytes) -> list[bytes] | None:
    """Return the bytes of each line, when encoding them gives the file again."""
    try:
        parts = [text.encode(codec) for text in texts]
    except UnicodeEncodeError:
        return None
    return parts if b"".join(parts) == body else None


def _cut(texts: Sequence[str], codec: str, body: bytes) -> list[bytes]:
    """Return the bytes of each line, cut at their line ends: some bytes have two spellings for one character."""
    parts = _BYTE_LINES.findall(body)
    try:
        same = [part.decode(codec) for part in parts] == list(texts)
    except UnicodeDecodeError:
        same = False
    if not same:
        raise UndecodableError(say("undecodable.one-line", codec=codec), 0)
    return list(parts)


def _line(data: bytes, text: str, origin: int) -> Line:
    bare = text.rstrip("\r\n")
    return Line(data=data, text=bare, end=text[len(bare) :], origin=origin)


def _made(texts: tuple[str, ...], replaced: Sequence[Line], near: str, last: str, codec: str) -> Iterator[Line]:
    """Yield the lines of an edit; the first ones take the end and the number of those that they replace."""
    for number, text in enumerate(texts):
        before = replaced[number] if number < len(replaced) else None
        end = last if number == len(texts) - 1 else (before.end if before else "") or near
        yield Line(data=f"{text}{end}".encode(codec), text=text, end=end, origin=before.origin if before else 0)


def _ended(line: Line, end: str, codec: str) -> Line:
    return structs.replace(line, data=line.data + end.encode(codec), end=end)


def _end_near(above: Sequence[Line], lines: Sequence[Line], at: int) -> str:
    """Return how the lines nearest to index `at` end: those `above` it first."""
    before = next((line.end for line in reversed(above) if line.end), None)
    return before or next((line.end for line in islice(lines, at, None) if line.end), "\n")
