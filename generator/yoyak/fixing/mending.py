"""Mend one file in memory: try each repair, read the file again, and keep it only when nothing else has changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from msgspec import structs

from yoyak.fixing.case import Case, Repair
from yoyak.fixing.looking import Looked, RepairContext
from yoyak.fixing.table import LEFT_TO_PEOPLE, REPAIRS
from yoyak.model.message import Problem, Words, errors, say
from yoyak.model.types import Record
from yoyak.text.byte_lines import Edit, Line, Lines, edited, lines_of
from yoyak.text.decoding import UndecodableError

MOST = 100
"""Repairs of one file; what has more wrong with it is not mended by a machine."""
_ORDER = {code: number for number, code in enumerate(REPAIRS)}
_FIRST, _LAST = ("control-characters", "bad-fence", "tab"), "date-year-inferred"
_NO_KEYS = frozenset({"bad-fence", "unclosed-bracket", "unexpected-line", "yaml-syntax"})
"""What says that the lines between two fences are no keys."""


class AppliedRepair(Record, kw_only=True):
    """A repair that was kept."""

    problem: Problem
    """With the line that it had in the file as it was read first."""
    what: Words


class Mended(Record, kw_only=True):
    """A file and what can be done about it."""

    path: str
    before: bytes
    after: bytes
    diff: str
    made: tuple[AppliedRepair, ...]
    left: tuple[Problem, ...]
    """Problems of a few words that a person must decide."""


def mend(data: bytes, place: RepairContext, *, most: int = MOST) -> Mended | None:
    """Return the repairs of a file, made one after the other; None when there is nothing that an edit could mend."""
    looked = place.look(data)
    if not any(problem.code in LEFT_TO_PEOPLE | REPAIRS.keys() for problem in looked.problems):
        return None
    try:
        before = lines_of(data)
    except UndecodableError:
        return None
    bench = _mended(_RepairState(before, looked), place, most)
    return Mended(
        path=place.path,
        before=data,
        after=bench.now.lines.data,
        diff=diff_of(place.path, before, bench.now.lines),
        made=tuple(bench.made),
        left=bench.left(),
    )


def _mended(first: _RepairState, place: RepairContext, most: int) -> _Bench:
    """Return a file with its repairs, without those that leave another problem on their line in the end.

    A repair may show what the next one mends: ``images: a.png`` is first ``image: a.png``. Only the end tells.
    """
    banned: frozenset[Problem] = frozenset()
    while True:
        bench = _Bench(first, place, banned)
        while len(bench.made) < most and bench.repair_one():
            pass
        worse = bench.worse(first.looked) if len(bench.made) < most else frozenset()
        if not worse:
            return bench
        banned |= worse


def _as_first_read(problem: Problem, lines: Lines) -> Problem:
    return structs.replace(problem, line=lines.origin(problem.line) or problem.line)


class _RepairState(NamedTuple):
    """A file at some moment of its repair."""

    lines: Lines
    looked: Looked


class _Bench:
    """A file under repair."""

    def __init__(self, first: _RepairState, place: RepairContext, banned: frozenset[Problem]) -> None:
        self.now = first
        self.place = place
        self.banned = banned
        """What is left as it is, since its repair makes another problem."""
        self.made: list[AppliedRepair] = []
        self.refused: set[Problem] = set()
        """What could not be repaired; it is tried once more when all else is done."""
        self.lacking: dict[Problem, str] = {}
        """The character that a repair needs and the file's encoding has not."""

    def repair_one(self) -> bool:
        """Make the next repair that mends one problem and touches nothing else; tell whether there was one."""
        if self._next():
            return True
        self.refused.clear()
        return bool(self.made) and self._next()

    def _next(self) -> bool:
        for problem in sorted((p for p in self.now.looked.problems if p.code in REPAIRS), key=_rank):
            mine = _as_first_read(problem, self.now.lines)
            if mine in self.refused or mine in self.banned:
                continue
            if self._try(problem):
                return True
            self.refused.add(mine)
        return False

    def _try(self, problem: Problem) -> bool:
        def trial(edits: tuple[Edit, ...]) -> Looked | None:
            after = self._after(edits, problem)
            return after.looked if after else None

        lines, looked = self.now
        case = Case(problem=problem, lines=lines, looked=looked, place=self.place, trial=trial)
        for attempt in REPAIRS[problem.code]:
            for repair in attempt(case):
                after = self._after(repair.edits, problem) if repair.edits else None
                if after and _is_sound(problem, repair, self.now, after):
                    self.made.append(AppliedRepair(problem=_as_first_read(problem, lines), what=repair.what))
                    self.now = after
                    return True
        return False

    def _after(self, edits: tuple[Edit, ...], problem: Problem) -> _RepairState | None:
        """Return the file after some edits; None when its encoding has no letter for them."""
        try:
            lines = edited(self.now.lines, edits)
        except UnicodeEncodeError as error:
            self.lacking[_as_first_read(problem, self.now.lines)] = error.object[error.start]
            return None
        return _RepairState(lines, self.place.look(lines.data)) if lines.are_lines else None

    def worse(self, first: Looked) -> frozenset[Problem]:
        """Return the repaired problems of lines that have an error now which they did not have.

        A warning only shows since the file can be read, and so does what is wrong with a picture that was named before;
        of a key that got another name everything is new.
        """
        before = {(problem.line, problem.code) for problem in first.problems}
        of_head = frozenset((*self.now.looked.of_lines, *self.now.looked.of_values))
        renamed = {one.problem.line for one in self.made if one.problem.column == 1}
        now = ((problem, _as_first_read(problem, self.now.lines)) for problem in errors(self.now.looked.problems))
        bad = {
            mine.line
            for problem, mine in now
            if mine.line and (mine.line, mine.code) not in before and (problem in of_head or mine.line in renamed)
        }
        return frozenset(one.problem for one in self.made if one.problem.line in bad and one.problem not in self.banned)

    def left(self) -> tuple[Problem, ...]:
        """Return what a person must decide."""
        mine = [_as_first_read(problem, self.now.lines) for problem in self.now.looked.problems]
        return tuple(self._advised(problem) for problem in mine if problem.code in LEFT_TO_PEOPLE)

    def _advised(self, problem: Problem) -> Problem:
        letter = self.lacking.get(problem)
        if not letter:
            return problem
        return structs.replace(problem, hint=say("repair.encoding", codec=self.now.lines.codec, letter=letter))


def _rank(problem: Problem) -> tuple[int, int, int, int]:
    """Order repairs: what makes lines readable, then from the last line up, so that no line moves before its turn."""
    group = 0 if problem.code in _FIRST else 2 if problem.code == _LAST else 1
    return group, _ORDER[problem.code] if group != 1 else 0, -problem.line, -problem.column


def _is_sound(problem: Problem, repair: Repair, before: _RepairState, after: _RepairState) -> bool:
    """Tell whether a repair mends its problem, brings no other, and leaves every other value as it was."""
    was, now = before.looked, after.looked
    if now.encoding != was.encoding or not _is_gone(problem, before, after):
        return False
    if not _same(was.keys, now.keys, repair.changes):
        return False
    if repair.fences:
        return _opens_well(now)
    if repair.in_body:
        return _no_new_problem(problem, before, after)
    if was.whole and not (now.whole and _same(was.fields, now.fields, repair.changes)):
        return False
    return now.body == was.body and _no_new_problem(problem, before, after)


def _is_gone(problem: Problem, before: _RepairState, after: _RepairState) -> bool:
    """Tell whether the problem's line has one problem of its kind less."""
    mine = (problem.code, before.lines.origin(problem.line))
    there = sum((p.code, before.lines.origin(p.line)) == mine for p in before.looked.problems)
    return sum((p.code, after.lines.origin(p.line)) == mine for p in after.looked.problems) < there


def _no_new_problem(problem: Problem, before: _RepairState, after: _RepairState) -> bool:
    """Tell whether no kind of problem is there more often.

    What only a file that can be read shows is not new, nor is what only the repaired line shows: it goes on from there.
    """
    was, now = before.looked, after.looked
    if was.whole:
        return not _codes(now.problems) - _codes(was.problems)
    mine = before.lines.origin(problem.line)
    elsewhere = tuple(p for p in now.of_values if after.lines.origin(p.line) != mine)
    return not (_codes(now.of_lines) - _codes(was.of_lines) or _codes(elsewhere) - _codes(was.of_values))


def _codes(problems: tuple[Problem, ...]) -> Counter[str]:
    return Counter(problem.code for problem in problems)


def _opens_well(after: Looked) -> bool:
    """Tell whether fences that were put in hold keys only, of which no more is wrong than can be repaired next."""
    return bool(after.head) and {problem.code for problem in after.of_lines} <= REPAIRS.keys() - _NO_KEYS


def _same(before: Mapping[str, Any], after: Mapping[str, Any], changes: frozenset[str]) -> bool:
    """Tell whether every value is what it was, but for one at most; a repair may make more of them readable."""
    others = [name for name, value in before.items() if name not in after or after[name] != value]
    return len(others) < 2 and all(name.split(".")[0] in changes for name in others)


# --- what a repair changes, as a unified diff ------------------------------------------------------------------------


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
