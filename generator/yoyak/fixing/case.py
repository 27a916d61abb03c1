"""One problem of one file, the words in which a repair finds its place, and what its keys may be."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import NamedTuple
from unicodedata import normalize

from msgspec import Struct
from msgspec import inspect as kinds

from yoyak.fixing.looking import Looked, RepairContext
from yoyak.front_matter.korean_words import meant_by
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
        return names_of(self.place.keys, top=top)

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


# --- what the schema says of a key by its name: which keys there are, what shape a value has, which words it may be --


class KnownKey(Record, kw_only=True):
    """A key of some kind of file."""

    top: bool
    """It stands at the left margin."""
    text: bool
    """Its value is one text, never a list and never keys."""
    many: bool
    """Its value is a list."""
    first: str
    """The key that its own keys cannot do without; empty when its value is no mapping."""
    choices: tuple[str, ...]
    """The only words that its value may be."""


@cache
def known_keys(keys: type[Struct]) -> tuple[tuple[str, KnownKey], ...]:
    """Return every key of `keys` and of what stands inside them, by name."""
    return tuple(_fields(kinds.type_info(keys), top=True))


def names_of(keys: type[Struct], *, top: bool) -> tuple[str, ...]:
    """Return the names_of of the keys at the left margin, or of those inside others."""
    return tuple(dict.fromkeys(name for name, key in known_keys(keys) if key.top == top))


def key_named(keys: type[Struct], name: str, *, top: bool) -> KnownKey | None:
    """Return what is known of a key; None when there is none of this name, or when two of them differ."""
    found = {key for known, key in known_keys(keys) if known == name and key.top == top}
    return found.pop() if len(found) == 1 else None


def _fields(info: kinds.Type, *, top: bool) -> Iterator[tuple[str, KnownKey]]:
    for option in _options(info):
        if isinstance(option, kinds.StructType):
            for field in option.fields:
                yield field.encode_name, _known(field.type, top=top)
                yield from _fields(field.type, top=False)
        elif isinstance(option, kinds.VarTupleType):
            yield from _fields(option.item_type, top=top)
        elif isinstance(option, kinds.DictType):
            yield from _fields(option.value_type, top=top)


def _known(info: kinds.Type, *, top: bool) -> KnownKey:
    options = tuple(_options(info))
    mappings = [option for option in options if isinstance(option, kinds.StructType)]
    required = [field.encode_name for mapping in mappings for field in mapping.fields if field.required]
    words = [str(value) for option in options if isinstance(option, kinds.LiteralType) for value in option.values]
    truth = any(isinstance(option, kinds.BoolType) for option in options)
    return KnownKey(
        top=top,
        text=all(isinstance(option, kinds.StrType) for option in options),
        many=any(isinstance(option, kinds.VarTupleType) for option in options),
        first=required[0] if required else "",
        choices=("true", "false") if truth else tuple(words),
    )


def _options(info: kinds.Type) -> Iterator[kinds.Type]:
    """Yield the types that a value may have, without what stands for "not written"."""
    if isinstance(info, kinds.Metadata):
        yield from _options(info.type)
    elif isinstance(info, kinds.UnionType):
        for option in info.types:
            yield from _options(option)
    elif not isinstance(info, kinds.NoneType) and "Unset" not in type(info).__name__:
        yield info


# --- one slip of the finger: a letter missing, doubled, wrong, or two letters in each other's place ------------------


def nearest(word: str, known: Iterable[str], *, shortest: int = 4) -> str:
    """Return the one of the `known` words that `word` is, or is one slip away from; empty for none or several.

    Case, spaces around, and ``-`` for ``_`` are no slip at all. More than one slip is no slip: `unapproved` is not
    `approved`. In words of fewer than `shortest` letters a slip makes another word.

    >>> nearest("titel", ["title", "tags"])
    'title'
    """
    words = list(dict.fromkeys(known))
    meant = meant_by(word, words)
    same = [candidate for candidate in words if _plain(candidate) == _plain(word) or candidate == meant]
    if same:
        return same[0] if len(same) == 1 else ""
    near = [c for c in words if max(len(c), len(word)) >= shortest and _one_slip(_plain(word), _plain(c))]
    return near[0] if len(near) == 1 else ""


def _plain(word: str) -> str:
    return normalize("NFC", word).strip().casefold().replace("-", "_")


def _one_slip(word: str, other: str) -> bool:
    """Tell whether the words are one edit apart (Damerau's four)."""
    if abs(len(word) - len(other)) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), min(len(word), len(other)))
    rest, goal = word[start:], other[start:]
    swapped = rest[1:2] + rest[:1] + rest[2:] == goal and len(rest) > 1
    return swapped or rest[1:] == goal[1:] or rest[1:] == goal or rest == goal[1:]
