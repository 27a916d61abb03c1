"""One problem of one file, and the words in which a repair finds its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple
from unicodedata import normalize

from yoyak.fixing.known import KnownKey, key_named, names
from yoyak.fixing.looking import Looked, RepairContext
from yoyak.model.message import Message, Problem, Words, say
from yoyak.model.types import Record
from yoyak.text.byte_lines import Edit, Lines, raw_index

ENTRY = re.compile(r"(?P<lead>[ ]*(?:-[ ]+)*)(?P<key>[\"']?[A-Za-z_]+[\"']?)[ \t]*:(?:[ \t]+|$)(?P<value>.*)$")
_KEY_BEFORE = re.compile(r"(?P<key>\w+)[\"']?[ \t]*:[ \t]*$")
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"|\'(?:[^\']|\'\')*\'')
_WORD = re.compile(r"[^,\[\]{}]*")
_COMMENT = re.compile(r"[ \t]+#")


class Repair(Record, kw_only=True):
    """A way to mend one problem."""

    what: Words
    """What is done, as a sentence."""
    edits: tuple[Edit, ...]
    changes: frozenset[str] = frozenset()
    """The top keys of which a single value may be another one afterwards; anywhere else it would be a fault."""
    fences: bool = False
    """Where the text begins is what is mended."""
    in_body: bool = False
    """The body is what is mended: the edit is of its text, and no key may change."""


def becomes(written: str, meant: str) -> Message:
    """Return what a repair says that writes one word in the place of another."""
    return say("repair.becomes", written=written, meant=meant)


class Case(Record, kw_only=True):
    """A problem, with the lines and the reading of its file as they are now."""

    problem: Problem
    lines: Lines
    looked: Looked
    place: RepairContext
    trial: Callable[[tuple[Edit, ...]], Looked | None]
    """Reads the file as it would be after some edits; None when it could not be written so."""

    @property
    def at(self) -> int:
        return self.problem.line

    @property
    def line(self) -> str:
        """The problem's line, as it stands."""
        return self.lines.text(self.problem.line)

    @property
    def start(self) -> int:
        """Where in `line` the problem's column is."""
        return raw_index(self.line, self.problem.column)

    def known(self, name: str) -> KnownKey | None:
        """Return what is known of the key `name` of the problem's line."""
        return key_named(self.place.keys, name, top=not self.line[:1].isspace() and not self._within(name))

    def names(self, *, top: bool) -> tuple[str, ...]:
        return names(self.place.keys, top=top)

    def _within(self, name: str) -> bool:
        """Tell whether `name` stands inside brackets or behind a dash."""
        entry = ENTRY.match(self.line)
        return entry is None or bool(entry["lead"]) or entry["key"].strip("\"'") != name

    def put(self, start: int, end: int, text: str) -> tuple[Edit, ...]:
        """Return the edit that puts `text` in the place of a part of the problem's line."""
        return (Edit(line=self.at, texts=(self.line[:start] + text + self.line[end:],)),)

    def top_entry(self) -> int:
        """Return the line of the key at the left margin that the problem's line belongs to; 0 when there is none."""
        return next((number for number in range(self.at, 0, -1) if _is_top(self.lines.text(number))), 0)

    def top_key(self) -> str:
        """Return that key."""
        entry = ENTRY.match(self.lines.text(self.top_entry()))
        return entry["key"].strip("\"'") if entry else ""


def _is_top(text: str) -> bool:
    entry = ENTRY.match(text)
    return entry is not None and not entry["lead"]


class Word(NamedTuple):
    """A single value as it stands in a line."""

    start: int
    end: int
    text: str
    """Without its quotes."""
    key: str
    """The name before it; empty for an item of a list."""


def word_at(case: Case) -> Word:
    """Return the value at the problem's place."""
    line, start = case.line, case.start
    before = _KEY_BEFORE.search(line[:start])
    key = before["key"] if before else ""
    if quoted := _QUOTED.match(line, start):
        return Word(start, quoted.end(), quoted[0][1:-1], key)
    end = len(line.rstrip())
    if _inside_brackets(line[:start]):
        end = start + len((_WORD.match(line, start) or [""])[0].rstrip())
    elif comment := _COMMENT.search(line, start, end):
        end = comment.start()
    return Word(start, end, line[start:end], key)


def _inside_brackets(text: str) -> bool:
    bare = _QUOTED.sub("", text)
    return sum(bare.count(mark) for mark in "[{") > sum(bare.count(mark) for mark in "]}")


def plain_word(text: str) -> str:
    """Return a word for a program without what a word processor does to it: wide letters, typographic quotes."""
    return normalize("NFKC", text).strip(" \t\"'“”‘’„‚«»`<>")


def indent_of(text: str) -> int:
    return len(text) - len(text.lstrip(" "))


def block_end(lines: Lines, at: int, last: int) -> int:
    """Return the number of the last line, up to `last`, of the entry that begins on line `at`: what is indented deeper.

    The items of a list may stand as deep as its key.
    """
    indent, end = indent_of(lines.text(at)), at
    for number in range(at + 1, last + 1):
        text = lines.text(number)
        if not text.strip():
            continue
        depth, item = indent_of(text), text.lstrip(" ").startswith(("- ", "-\t")) or text.strip() == "-"
        if depth < indent or (depth == indent and not (item and not lines.text(at).lstrip(" ").startswith("-"))):
            break
        end = number
    return end


Found = Iterator[Repair]
