"""What a repair changes, as a unified diff."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from yoyak.text.byte_lines import Line, Lines

_NO_END = "\\ No newline at end of file"
_AROUND = 3
"""Lines that are shown above and below a change."""


class _Change(NamedTuple):
    """Lines from `old` to `old_end` became those from `new` to `new_end`. Numbers are 0-based."""

    old: int
    old_end: int
    new: int
    new_end: int


def diff_of(path: str, before: Lines, after: Lines) -> str:
    """Return the unified diff of a file and its repaired self; empty when they are the same.

    Each line ends in ``\\n``, whatever the file's own line ends are. Which line became which is known and not looked
    for, as difflib does: on files of many equal lines that can take minutes.
    """
    hunks = list(_hunks(_changes(before.lines, after.lines)))
    made = [f"--- {path}", f"+++ {path}"] if hunks else []
    for hunk in hunks:
        made += _shown(hunk, before.lines, after.lines)
    return "".join(f"{line}\n" for line in made)


def _changes(before: tuple[Line, ...], after: tuple[Line, ...]) -> Iterator[_Change]:
    at = new_at = 0
    kept = [(line.origin - 1, n) for n, line in enumerate(after) if line.origin and line == before[line.origin - 1]]
    for old, new in [*kept, (len(before), len(after))]:
        if old > at or new > new_at:
            yield _Change(at, old, new_at, new)
        at, new_at = old + 1, new + 1


def _hunks(changes: Iterator[_Change]) -> Iterator[list[_Change]]:
    """Yield the changes that are shown together, for their surroundings meet."""
    hunk: list[_Change] = []
    for change in changes:
        if hunk and change.old - hunk[-1].old_end > 2 * _AROUND:
            yield hunk
            hunk = []
        hunk.append(change)
    if hunk:
        yield hunk


def _shown(hunk: list[_Change], before: tuple[Line, ...], after: tuple[Line, ...]) -> Iterator[str]:
    above = min(_AROUND, hunk[0].old)
    below = min(_AROUND, len(before) - hunk[-1].old_end)
    old, old_end = hunk[0].old - above, hunk[-1].old_end + below
    yield f"@@ -{_range(old, old_end)} +{_range(hunk[0].new - above, hunk[-1].new_end + below)} @@"
    for change in hunk:
        yield from _marked(" ", before[old : change.old])
        yield from _marked("-", before[change.old : change.old_end])
        yield from _marked("+", after[change.new : change.new_end])
        old = change.old_end
    yield from _marked(" ", before[old:old_end])


def _range(start: int, end: int) -> str:
    """Return a range of lines as unified diffs have it: an empty one begins at the line before it."""
    count = end - start
    return str(start + 1) if count == 1 else f"{start + 1 if count else start},{count}"


def _marked(mark: str, lines: tuple[Line, ...]) -> Iterator[str]:
    for line in lines:
        yield mark + line.text
        if not line.end:
            yield _NO_END
