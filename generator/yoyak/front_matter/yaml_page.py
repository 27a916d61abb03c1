"""The lines of a piece of YAML and their shadow, while it is being made."""

from __future__ import annotations

from typing import NamedTuple

from yoyak.front_matter.yaml_tree import MANY
from yoyak.model.message import Problem, Words


class Spot(NamedTuple):
    """Where a value begins."""

    at: int
    column: int
    outer: int
    """Lines that are indented deeper than this continue it."""
    text: bool
    """It belongs to a key whose value is text."""


class YamlSource:
    """The lines as written, the lines of the shadow, and what was found wrong. Line and column numbers are 0-based."""

    def __init__(self, lines: list[str], path: str, first_line: int) -> None:
        self.lines = lines
        self.shadow = lines.copy()
        self.path = path
        self.first_line = first_line
        self.taken: set[tuple[int, int]] = set()
        """Where the values begin that only the shadow has in quotes."""
        self.refused: set[tuple[int, int]] = set()
        """Where the values begin that a problem was reported for."""
        self.problems: list[Problem] = []

    def written(self, at: int, column: int) -> str:
        """Return the rest of a line without the white space behind it."""
        return self.lines[at][column:].rstrip(" \t")

    def lead(self, spot: Spot) -> str:
        """Return what stands before a value: its key and colon, or the dash of its item."""
        return self.lines[spot.at][: spot.column].strip()

    def quote(self, at: int, column: int) -> None:
        """Put the rest of a line in quotes, in the shadow."""
        value = self.written(at, column).replace("'", "''")
        self.shadow[at] = f"{self.lines[at][:column]}'{value}'"
        self.taken.add((at, column))

    def blank(self, start: int, end: int) -> int:
        """Leave lines that a problem was reported for out of the shadow; return the next line."""
        self.shadow[start:end] = [""] * (end - start)
        return max(start, end)

    def problem(self, code: str, at: int, column: int, message: Words, hint: Words) -> None:
        """Report a mistake, unless so many were reported that one more helps nobody."""
        if len(self.problems) >= MANY:
            return
        line = self.first_line + at
        self.problems.append(
            Problem(code=code, message=message, hint=hint, path=self.path, line=line, column=column + 1)
        )

    def refuse(self, spot: Spot, code: str, message: Words, hint: Words) -> None:
        """Report a value and give it up."""
        self.problem(code, spot.at, spot.column, message, hint)
        self.give_up(spot.at, spot.column)

    def give_up(self, at: int, column: int) -> None:
        """Leave a value that cannot be used in the shadow as text, so that the reading goes on."""
        self.quote(at, column)
        self.refused.add((at, column))

    def below(self, at: int, outer: int) -> int:
        """Return the line after the last one that is indented deeper than `outer`."""
        end = at + 1
        for number in range(at + 1, len(self.lines)):
            line = self.lines[number]
            bare = line.lstrip(" ")
            if bare.strip():
                if len(line) - len(bare) <= outer:
                    break
                end = number + 1
        return end

    def has_below(self, spot: Spot) -> bool:
        """Tell whether the value of a key stands on the lines below it."""
        for line in self.lines[spot.at + 1 :]:
            bare = line.strip()
            if bare and bare[0] != "#":
                indent = len(line) - len(line.lstrip(" "))
                return indent > spot.outer or (indent == spot.outer and (bare == "-" or bare.startswith("- ")))
        return False
