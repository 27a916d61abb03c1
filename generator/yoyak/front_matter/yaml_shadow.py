"""The shadow of a piece of YAML: the same lines, with text in quotes wherever YAML would refuse or cut it.

Journalists write ``title: [속보] 대통령 방문`` and ``title: 제목 #1``. Both mean one thing, and YAML means another. The
shadow holds these values in quotes, each beginning in the column where it was written, so that a YAML parser reads
what was meant and its line and column numbers are those of the file. Where two meanings are possible nothing is
guessed: that is a problem, with both lines to choose from.
"""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from yoyak.front_matter.yaml_values import Spot, YamlSource, flow_at, read_value
from yoyak.front_matter.yaml_words import TopLevelKey, missing_space
from yoyak.model.message import Problem, Words, advised, say

_COMMENT_IN_KEY = re.compile(r"[ \t]#")
_ENTRY = re.compile(
    r"[ ]*(?P<dashes>(?:-[ \t]+)*)"
    r"(?P<key>\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'|(?![-?:][ \t])[^\s\"'#\[\]{},&*!|>%@`].*?)[ \t]*:(?:[ \t]+|$)"
)
_OPEN = re.compile(r"[:,\[{|>][-+]?[ \t]*$")
"""How a line ends whose value is on the lines below it."""
_ITEM = re.compile(r"[ ]*(?:-(?:[ \t]+|$))+")


def without_tabs(line: str, above: str) -> str:
    """Return a line with two spaces for each tab before it; a key below a line that is complete is at the margin."""
    bare = line.lstrip(" \t")
    if _ENTRY.match(bare) and bare[0] != "-" and above[:1] not in (" ", "-") and not _OPEN.search(above):
        return bare
    return line[: len(line) - len(bare)].replace("\t", "  ") + bare


class Shadow(NamedTuple):
    lines: tuple[str, ...]
    written: tuple[str, ...]
    """The lines as they were written."""
    taken: frozenset[tuple[int, int]]
    """Line and column (0-based) of the values that only the shadow has in quotes."""
    refused: frozenset[tuple[int, int]]
    """Those of them that there is a problem for."""
    entries: tuple[TopLevelKey, ...]
    """The keys at the left margin."""
    problems: tuple[Problem, ...]

    def entry_above(self, line: int) -> TopLevelKey | None:
        """Return the last key at the left margin up to `line`."""
        return next((entry for entry in reversed(self.entries) if entry.line <= line), None)


def shadow_of(text: str, path: str, first_line: int, text_keys: AbstractSet[str]) -> Shadow:
    """Return the shadow of `text`, whose lines end in a line feed only."""
    scan = _Scan(text.split("\n"), path, first_line, text_keys)
    for at, line in enumerate(scan.lines):
        if line[:1] == "\t" and line.lstrip(" \t")[:1] not in ("", "#"):
            scan.untab(at)  # before any value is followed over its lines: they belong to it
    at = 0
    while at < len(scan.lines):
        at = scan.line(at)
    page = scan.page
    return Shadow(
        lines=tuple(page.shadow),
        written=tuple(page.lines),
        taken=frozenset(page.taken),
        refused=frozenset(page.refused),
        entries=tuple(scan.entries),
        problems=tuple(page.problems),
    )


class _Owner(NamedTuple):
    """A key whose value may still come on the lines below it."""

    indent: int
    text: bool
    empty: bool


class _Scan:
    """One pass over the lines. Each method that takes a line returns the number of the next line to look at."""

    def __init__(self, lines: list[str], path: str, first_line: int, text_keys: AbstractSet[str]) -> None:
        self.page = YamlSource(lines, path, first_line, text_keys)
        self.lines = lines
        self.text_keys = text_keys
        self.owners: list[_Owner] = []
        self.entries: list[TopLevelKey] = []
        self.lost = False
        """The last line was out of place; the first of several is enough of a problem."""

    def line(self, at: int) -> int:
        line = self.lines[at]
        if not line or line[0] == "#":
            return at + 1
        bare = line.lstrip(" \t")
        if not bare or bare[0] == "#":
            self.page.shadow[at] = ""
            return at + 1
        indent = len(line) - len(bare)
        if "\t" in line[:indent]:
            line = self.untab(at)
            indent = len(line) - len(bare)
        entry = _ENTRY.match(line)
        if entry and not ("#" in line and _COMMENT_IN_KEY.search(entry["key"])):
            return self._entry(at, entry, indent)
        item = _ITEM.match(line)
        return self._item(at, item, indent) if item else self._bare(at, line, indent)

    def _entry(self, at: int, entry: re.Match[str], indent: int) -> int:
        self._close(indent + 1 if entry["dashes"] else indent)
        if self.owners and not self.owners[-1].empty and not entry["dashes"]:
            return self._too_deep(at, indent)
        column, end = entry.start("key"), entry.end()
        name = entry["key"]
        if name[0] in "\"'":
            name = name[1:-1]
        self.lost = False
        if column == 0:
            self.entries.append(TopLevelKey(at, name))
        is_text = name in self.text_keys
        value = self.lines[at][end:].rstrip(" \t")
        self.owners.append(_Owner(column, is_text, not value or value[0] == "#"))
        return read_value(self.page, Spot(at, end, column, is_text), value) if value else at + 1

    def _item(self, at: int, item: re.Match[str], indent: int) -> int:
        self._close(indent + 1)
        owner = self.owners[-1] if self.owners else None
        if owner and not owner.empty:
            return self._misplaced(at, indent, *advised("unexpected-line.item"))
        value = self.lines[at][item.end() :].rstrip(" \t")
        if not value:
            return at + 1
        return read_value(self.page, Spot(at, item.end(), indent, owner is not None and owner.text), value)

    def _bare(self, at: int, line: str, indent: int) -> int:
        """Look at a line that is neither an entry nor an item: the value of the key above it, or a mistake."""
        self._close(indent)
        owner = self.owners[-1] if self.owners else None
        if owner and owner.empty:
            return read_value(self.page, Spot(at, indent, owner.indent, owner.text), line[indent:].rstrip(" \t"))
        if line[indent] in "[{":
            close = flow_at(self.lines, at, indent, len(self.lines)).close
            return close[0] + 1 if close else len(self.lines)
        if line[indent] in "?&*!%" or line.startswith(("---", "...")):
            return at + 1
        return self._misplaced(at, indent, say("unexpected-line"), missing_space(line) or say("unexpected-line.hint"))

    def _misplaced(self, at: int, indent: int, message: Words, hint: Words) -> int:
        if not self.lost:
            self.page.problem("unexpected-line", at, indent, message, hint)
        self.lost = True
        return self.page.blank(at, self.page.below(at, indent))

    def _too_deep(self, at: int, indent: int) -> int:
        """Report a key that is indented below one that has its value, a tab or not, and read it where it is meant."""
        self.lines[at] = self.page.shadow[at] = " " * self.owners[-1].indent + self.lines[at][indent:]
        self.page.problems[:] = [one for one in self.page.problems if one.line != self.page.first_line + at]
        hint = say("write", line=self.lines[at].strip())
        self.page.problem("unexpected-line", at, 0, say("unexpected-line.too-deep"), hint)
        return at

    def untab(self, at: int) -> str:
        """Report the tab before a line, and go on with the line that belongs there."""
        line = self.lines[at]
        above = next((one for one in reversed(self.lines[:at]) if one.strip()), "")
        mended = without_tabs(line, above)
        self.page.problem("tab", at, line.index("\t"), say("tab"), say("tab.hint", line=mended.rstrip()))
        self.lines[at] = self.page.shadow[at] = mended
        return mended

    def _close(self, indent: int) -> None:
        """Forget the keys that a line at `indent` cannot belong to."""
        while self.owners and self.owners[-1].indent >= indent:
            self.owners.pop()
