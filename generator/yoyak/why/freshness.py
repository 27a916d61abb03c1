"""What has changed since the last build: whether a page is up to date with the files as they are now."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Literal

from yoyak.files.site_files import read_of_output
from yoyak.grouping.publication import ribbon_of
from yoyak.incremental.save_state import digest_of_file
from yoyak.incremental.unchanged import holds_at
from yoyak.model.message import Message, say
from yoyak.model.sources import unchanged
from yoyak.store.program import program
from yoyak.store.stamps import HOUSE, SETTINGS, stamp_of_output
from yoyak.store.store import place_in
from yoyak.why.explanation import and_more
from yoyak.why.held_editions import came_due
from yoyak.why.memory import Memory

Change = Literal["", "new", "changed", "gone"]
_FEW = 3


def change_of(path: str, memory: Memory) -> Change:
    """Return what became of a file since the output was written. One that only looks different has not changed."""
    before, spelled = memory.files.get(path), memory.spelled.get(path)
    if spelled is None:
        return "gone" if before else ""
    now = memory.stamps[spelled]
    if before is None:
        return "new"
    if unchanged(before.stamp, now):
        return ""
    if before.key:
        return "" if digest_of_file(memory.folder, spelled, now) == before.key.partition(" ")[0] else "changed"
    return "" if before.stamp[:2] == now[:2] else "changed"


def changes_of_page(output: str, sources: Iterable[str], shown: Iterable[str], templates: Iterable[str],
                    memory: Memory) -> Iterator[Message]:  # fmt: skip
    """Yield what has changed since a page was made, in sentences: first of what it is made of, then of all else."""
    yield from _of_output(output, memory)
    own = tuple(dict.fromkeys(sources))
    for path in own:
        if change := change_of(path, memory):
            yield say("changes.page", path=path, change=words_of(change))
    for path in dict.fromkeys(shown):
        if path not in own and (change := change_of(path, memory)):
            yield say("changes.shown", path=path, change=words_of(change))
    looks = sorted(_of_looks(templates, memory))
    for path, change in looks:
        yield say("changes.page", path=path, change=words_of(change))
    known = {*own, *shown, *(path for path, _ in looks)}
    yield from changes_of_site(known, memory)


def changes_of_site(known: Iterable[str], memory: Memory) -> Iterator[Message]:
    """Yield what has changed that any page may depend on, but for the files that are `known`."""
    known = tuple(known)
    if memory.program != program():
        yield say("changes.program")
    if change := change_of(SETTINGS, memory):
        yield say("changes.settings", path=SETTINGS, change=words_of(change))
    yield from _by_the_clock(frozenset(known), memory)
    others = sorted(_all_changes(memory) - {*known, SETTINGS})
    if len(others) == 1:
        yield say("changes.other", path=others[0], change=words_of(change_of(others[0], memory)))
    elif others:
        yield say("changes.others", names=and_more(others, _FEW))
    if memory.failure:
        yield say("changes.failed", why=memory.failure[0])


def words_of(change: Change) -> Message:
    """Return a change as the end of a sentence about a file."""
    return say(f"change.{change}")


def _of_output(output: str, memory: Memory) -> Iterator[Message]:
    row = memory.pages.get(output)
    found = stamp_of_output(f"{memory.request.target}/{output}")
    if found is None:
        yield say("changes.page.missing")
        return
    if row is None or unchanged(row.stamp, found):
        return
    try:
        same = hashlib.sha256(read_of_output(memory.request.target, output)).hexdigest() == row.digest
    except OSError:
        same = False
    if not same:
        yield say("changes.page.edited")


def _of_looks(names: Iterable[str], memory: Memory) -> Iterator[tuple[str, Change]]:
    for name in names:
        for path in {name, f"templates/{name.partition('/')[2]}"}:
            if change := change_of(path, memory):
                yield path, change


@lru_cache(maxsize=1)
def _all_changes(memory: Memory) -> frozenset[str]:
    """Return the files of the site that have come, changed or gone. yoyak's own templates count with the program."""
    return frozenset(path for path in {*memory.files, *memory.spelled} if change_of(path, memory)) - _house(memory)


def _house(memory: Memory) -> frozenset[str]:
    return frozenset(path for path in memory.spelled if path.startswith(f"{HOUSE}/"))


@lru_cache(maxsize=1)
def _moved_by_the_clock(memory: Memory) -> tuple[str, ...]:
    """Return the articles and editions that have come due or have run out since the last build."""
    state = memory.state
    clock = state.report.clock
    if clock is None or holds_at(memory.now, state.valid_from, state.valid_until, "", memory.config.timezone):
        return ()
    moved = tuple(
        path
        for path, reading in memory.readings.items()
        if reading.place
        for place in (place_in(reading.place, memory.zone),)
        if (ribbon_of(place, clock) is None) != (ribbon_of(place, memory.now) is None)
    )
    return (*moved, *came_due(memory))


def _by_the_clock(known: frozenset[str], memory: Memory) -> Iterator[Message]:
    """Yield what another time than that of the last build changes."""
    if moved := _moved_by_the_clock(memory):
        yield say("changes.clock", names=and_more(moved, 1), count=len(moved))
    today = memory.now.date().isoformat()
    readings = ((path, memory.readings.get(path)) for path in sorted(known))
    old = [path for path, reading in readings if reading and reading.day not in ("", today)]
    if old:
        yield say("changes.day", names=and_more(old, 1))
