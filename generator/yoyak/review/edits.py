"""A suggestion put into the source of an article: some letters change there, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple
from unicodedata import normalize

from yoyak.front_matter.read import split
from yoyak.model.message import Message, say
from yoyak.model.review import Anchor, Seen, TextBlock
from yoyak.model.types import Kind
from yoyak.review.anchors import CONTEXT, AnchorPlace, Orphan, find
from yoyak.review.markup import Match, parts, places
from yoyak.review.words import common, difference
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
        start = common(old, new)
        end = common(old[start:][::-1], new[start:][::-1])
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


def _kept_fields(seen: Seen) -> list[tuple[str, str]]:
    return [(name, value) for name, value in seen.fields if name not in _DERIVED]


def _shown(block: TextBlock) -> tuple[str, str, str]:
    return block.path, block.text, block.line


# --- Words replaced in a Markdown source: each way in which the marks around and between them may stay or go -----


_SIGNS = re.compile(r"[\\`*_{}\[\]<>()#+\-.!|~&=^:]")


class _Replacement(NamedTuple):
    """Letters of the quoted words that become others."""

    start: int
    end: int
    text: str


def bodies(body: str, match: Match, quote: str, words: str, *, marks: bool) -> Iterator[str]:
    """Yield bodies in which quoted words are replaced: as little as possible first, signs of Markdown as they are."""
    runs = [*_runs(quote, words)]
    for row in (runs, [_Replacement(0, len(quote), words)]):
        for text_of in (str, _escaped) if marks else (str,):
            for way in _WAYS:
                yield _put(body, match, row, text_of, way)


def _runs(quote: str, words: str) -> Iterator[_Replacement]:
    at = 0
    for piece in difference(quote, words):
        old, new = piece.before.split(" "), piece.after.split(" ")
        pairs = zip(old, new, strict=True) if len(old) == len(new) else [(piece.before, piece.after)]
        for before, after in () if piece.same else pairs:
            if before != after:
                yield (
                    _narrowed(at, before, after) if len(old) == len(new) else _Replacement(at, at + len(before), after)
                )
            at += len(before) + 1
        at = at - 1 if not piece.same else at + len(piece.before)


def _narrowed(at: int, before: str, after: str) -> _Replacement:
    """Return a replacement without the letters that both words begin and end with: a mark may stand between them."""
    start = common(before, after)
    end = common(before[start:][::-1], after[start:][::-1])
    return _Replacement(at + start, at + len(before) - end, after[start : len(after) - end])


def _escaped(text: str) -> str:
    return _SIGNS.sub(lambda sign: f"\\{sign[0]}", text)


# --- what becomes of the marks in and beside words that are replaced ---------------------------------

_Spans = Sequence[tuple[int, int]]
_Way = Callable[[str, _Spans, str], str]
_ADDRESS = r"\]\((?:\\.|[^()\\\n]|\([^()\n]*\))*\)|\]\[[^\]\n]*\]"
_BEFORE = re.compile(r"(?:[*_~`=^]|!?\[|<[A-Za-z][^<>]*>)+\Z")
_BEHIND = re.compile(rf"(?:[*_~`=^]|{_ADDRESS}|</[A-Za-z]+>)+")
_OPENED = re.compile(r"(?:\*+|_+|~~|`+|==|\[|<[A-Za-z][^<>]*>)\Z")


_EDGES = frozenset(("", "\n", " ", *"*_~`=[]<>"))
"""What may stand beside a space that goes with the word behind or before it."""


def _put(body: str, match: Match, runs: Sequence[_Replacement], text_of: Callable[[str], str], way: _Way) -> str:
    for run in reversed(runs):
        text = text_of(run.text)
        if run.start == run.end:
            at = _gap(match, run)
            body = body[:at] + text + body[at:]
        else:
            body = way(body, match.spans[run.start : run.end], text)
    return body


def _gap(match: Match, run: _Replacement) -> int:
    """Return where words are put in: before the next letter when they begin with a space, else behind the last one."""
    if run.start == len(match.spans) or (run.start and not run.text.startswith(" ")):
        return match.spans[run.start - 1][1]
    return match.spans[run.start][0]


def _cut(body: str, start: int, end: int, text: str) -> str:
    """Put a text in the place of another one; when it is empty, one of the spaces around it goes too."""
    before, behind = body[start - 1 : start], body[end : end + 1]
    if not text and behind == " " and before in _EDGES:
        end += 1
    elif not text and before == " " and behind in _EDGES:
        start -= 1
    return body[:start] + text + body[end:]


def _marks_kept(body: str, spans: _Spans, text: str) -> str:
    """Put the new words where the first letter stands, and keep the marks between the old ones."""
    marks = "".join(body[end:start] for (_, end), (start, _) in pairwise(spans) if start > end)
    return _cut(body, spans[0][0], spans[-1][1], text + marks)


def _emptied_dropped(body: str, spans: _Spans, text: str) -> str:
    """Do the same, and take marks out that have no word between them any more."""
    done = body[: spans[0][0]]
    rest = ""
    for number, (start, end) in enumerate(_joined(spans)):
        done += body[len(body) - len(rest) : start] if number else text
        rest = body[end:]
        while (number or not text) and (opened := _OPENED.search(done)) and (closed := _closed(opened[0], rest)):
            done, rest = done[: opened.start()], rest[closed:]
    return _cut(done + rest, len(done), len(done), "") if not text else done + rest


def _joined(spans: _Spans) -> list[tuple[int, int]]:
    """Return spans of letters that stand side by side as one."""
    found: list[tuple[int, int]] = []
    for start, end in spans:
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _closed(opened: str, rest: str) -> int:
    """Return how long the mark is that ends what another one begins; 0 when it does not stand first."""
    if opened == "[":
        found = re.match(_ADDRESS, rest)
        return found.end() if found else 0
    closing = re.sub(r"<(\w+).*>", r"</\1>", opened)
    return len(closing) if rest.startswith(closing) else 0


def _marks_dropped(*, before: bool, behind: bool) -> _Way:
    """Return the way in which the marks between the old words go, and those before or behind them, too."""

    def way(body: str, spans: _Spans, text: str) -> str:
        start = _start_of_marks(body, spans) if before else spans[0][0]
        end = _end_of_marks(body, spans) if behind else spans[-1][1]
        return _cut(body, start, end, text)

    return way


def _start_of_marks(body: str, spans: _Spans) -> int:
    start = spans[0][0]
    before = _BEFORE.search(body, max(0, start - 200), start)
    return before.start() if before else start


def _end_of_marks(body: str, spans: _Spans) -> int:
    behind = _BEHIND.match(body, spans[-1][1])
    return behind.end() if behind else spans[-1][1]


_WAYS: tuple[_Way, ...] = (
    _marks_kept,
    _emptied_dropped,
    *(_marks_dropped(before=before, behind=behind) for behind in (False, True) for before in (False, True)),
)
"""The first one that renders what is meant is taken."""
