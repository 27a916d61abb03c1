"""A suggestion put into the source of an article: some letters change there, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import takewhile
from unicodedata import normalize

from yoyak.front_matter.read import split
from yoyak.model.message import Message, say
from yoyak.model.review import Anchor, Seen, TextBlock
from yoyak.model.types import Kind
from yoyak.review.anchors import CONTEXT, AnchorPlace, Orphan, find
from yoyak.review.markup import Match, parts, places
from yoyak.review.replacing import bodies
from yoyak.text.byte_lines import Edit, Lines, edited, lines_of
from yoyak.text.decoding import UndecodableError, clean_text

Read = Callable[[bytes], Seen | None]
"""Reads the bytes of an article as a build does; None for what cannot be published."""
_DERIVED = frozenset(("summary", "theme", "tag", "image_alt"))
"""Fields that may be taken from the text, and change with it."""
_EMPTIED = re.compile(r"<([a-z]+)\b[^<>]*></\1>")
"""A link, or strong words, of which no word is left."""
_TRIES = 20
"""Places of a source that are tried."""
_READINGS = 60
"""Of the whole article, at most, until a person has to do it."""


def suggested(source: bytes, kind: Kind, anchor: Anchor, replacement: str, read: Read) -> bytes | Message:
    """Return a source in which the words of an anchor are replaced, or why it has to be done by hand.

    What is returned was read again: in that block the intended words are rendered, every other one is as it was.
    """
    if kind == "saved_page":
        return say("edit.saved-page")
    seen = read(source)
    if seen is None:
        return say("edit.unreadable")
    found = find(anchor, seen.blocks)
    if isinstance(found, Orphan):
        return say(f"edit.{found.reason}", quote=anchor.quote, count=found.count)
    if found.block is None or not anchor.quote:
        return say("edit.no-words")
    try:
        return _Target(lines_of(source), seen, found.block, found, read).replaced(replacement, marks=kind == "markdown")
    except UndecodableError as error:
        return say("edit.undecodable", why=error.words)
    except UnicodeEncodeError as error:
        return say("edit.encoding", letter=error.object[error.start], codec=error.encoding)


class _Target:
    """The words of one block that are to be replaced, and the file that they stand in."""

    def __init__(self, lines: Lines, seen: Seen, number: int, found: AnchorPlace, read: Read) -> None:
        self.lines, self.seen, self.number, self.read = lines, seen, number, read
        self.block = seen.blocks[number]
        self.start, self.end = found.start, found.end
        head = split(clean_text("\n".join(line.text for line in lines.lines))[0])
        self.first = head.body_line
        self.body = "\n".join(line.text for line in lines.lines[self.first - 1 :])
        self.is_code = "pre" in self.block.path.split("/")

    def replaced(self, replacement: str, *, marks: bool) -> bytes | Message:
        """Return the file with other words, or why it cannot be done."""
        words = self._folded(replacement)
        quote = self.block.text[self.start : self.end]
        intended = self._folded(self.block.text[: self.start] + words + self.block.text[self.end :])
        if intended == self.block.text:
            return say("edit.same")
        there = False
        tried: set[str] = set()
        for match in self._matches():
            there = True
            for body in bodies(self.body, match, quote, words, marks=marks and not self.is_code):
                if body not in tried and len(tried) < _READINGS:
                    tried.add(body)
                    data = self._file(body)
                    if self._is_right(data, intended):
                        return data
        return say("edit.markup" if there else "edit.not-in-source", quote=quote)

    def _folded(self, text: str) -> str:
        text = normalize("NFC", text)
        return text.strip("\n") if self.is_code else " ".join(text.split())

    def _matches(self) -> Iterator[Match]:
        """Yield where the words may stand in the source: those first that have the right neighbours."""
        text, length = self.block.text, self.end - self.start
        if self.is_code:
            at = self.body.find(text[self.start : self.end])
            while at >= 0:
                yield Match(tuple((n, n + 1) for n in range(at, at + length)))
                at = self.body.find(text[self.start : self.end], at + 1)
            return
        row = parts(self.body)
        count = 0
        for context in (CONTEXT, CONTEXT // 4, 0):
            before = text[max(0, self.start - context) : self.start].lstrip()
            after = text[self.end : self.end + context].rstrip()
            for found in places(row, before + text[self.start : self.end] + after):
                yield Match(found.spans[len(before) : len(before) + length])
                count += 1
                if count == _TRIES:
                    return

    def _file(self, body: str) -> bytes:
        """Return the file with another body; lines that stayed keep every byte."""
        old, new = self.body.split("\n"), body.split("\n")
        start = _common(old, new)
        end = _common(old[start:][::-1], new[start:][::-1])
        edit = Edit(line=self.first + start, count=len(old) - start - end, texts=tuple(new[start : len(new) - end]))
        return edited(self.lines, [edit]).data

    def _is_right(self, data: bytes, intended: str) -> bool:
        """Tell whether a file renders the intended words in this block, and everything else as before."""
        try:
            same_codec = lines_of(data).codec == self.lines.codec
        except UndecodableError:
            return False
        after = self.read(data) if same_codec else None
        if after is None or _kept_fields(self.seen) != _kept_fields(after):
            return False
        wanted = [_shown(block) for block in self.seen.blocks]
        now = [_shown(block) for block in after.blocks]
        if not intended:
            return now == wanted[: self.number] + wanted[self.number + 1 :]
        if len(now) != len(wanted) or now[self.number][:2] != (self.block.path, intended):
            return False
        if len(_EMPTIED.findall(now[self.number][2])) > len(_EMPTIED.findall(self.block.line)):
            return False
        return now[: self.number] + now[self.number + 1 :] == wanted[: self.number] + wanted[self.number + 1 :]


def _common(old: Sequence[str], new: Sequence[str]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))


def _kept_fields(seen: Seen) -> list[tuple[str, str]]:
    return [(name, value) for name, value in seen.fields if name not in _DERIVED]


def _shown(block: TextBlock) -> tuple[str, str, str]:
    return block.path, block.text, block.line
