"""What has changed since the last build: whether a page is up to date with the files as they are now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from msgspec import structs

from yoyak.grouping.publication import ribbon_of
from yoyak.incremental.finish import digest_of_file
from yoyak.incremental.stale_pages import Change, OutputFiles, remembered_parts
from yoyak.incremental.stale_pages import change_of as file_change
from yoyak.incremental.staleness import Reason, Reasons, stale
from yoyak.incremental.unchanged import holds_at
from yoyak.model.message import Message, say
from yoyak.model.types import Page
from yoyak.model.views import Chrome
from yoyak.pages.chrome import house_assets
from yoyak.store.place import program
from yoyak.store.remembered import RecipeRow, decode
from yoyak.store.stamps import HOUSE, SETTINGS
from yoyak.store.store import place_in
from yoyak.templating.looks import read_among, template_inputs
from yoyak.why.explanation import and_more
from yoyak.why.held_editions import came_due
from yoyak.why.memory import Memory

_FEW = 3


def change_of(path: str, memory: Memory) -> Change:
    """Return what became of a file since the output was written."""
    before, spelled = memory.files.get(path), memory.spelled.get(path)
    now = memory.stamps[spelled] if spelled else None
    return file_change(before, now, lambda: digest_of_file(memory.folder, spelled, now) if spelled and now else "")


def changes_of_page(page: Page, recipe: RecipeRow, sources: Sequence[str], memory: Memory) -> Iterator[Message]:
    """Yield what has changed since a page was made, in sentences: first of what it is made of, then of all else."""
    reasons = _reasons(page, recipe, sources, memory)
    for reason in sorted(reasons, key=lambda one: one.what == "templates"):
        yield from _sentences(reason, sources, memory)
    looks = (_file_of(name, memory) for one in reasons if one.what == "templates" for name in one.names)
    yield from changes_of_site({*sources, *(path for _, path in page.recipe.shows()), *looks}, memory)


def _reasons(page: Page, recipe: RecipeRow, sources: Sequence[str], memory: Memory) -> Reasons:
    """Return why a page is stale, as far as that can be said of files that were not read."""
    output, row = page.output, memory.pages[page.output]
    before = remembered_parts(page, recipe)
    before = structs.replace(before, sources=dict.fromkeys(sources, b""))
    now = structs.replace(
        before,
        templates=_templates_now(page, recipe, memory),
        shown={show: _UNREAD if change_of(show[1], memory) else digest for show, digest in before.shown.items()},
        sources={path: _UNREAD if change_of(path, memory) else b"" for path in sources},
    )
    found = stale(
        {output: now},
        {output: before},
        fault_of=OutputFiles(memory.request.target, {output: row}, memory.manifest).fault_of,
        parts_of=lambda _: {output: (before, now)},
        changed_templates=lambda template: read_among(memory.changed_looks, template, memory.looks),
    )
    return found.get(output, ())


_UNREAD = b"unread"


def _templates_now(page: Page, recipe: RecipeRow, memory: Memory) -> bytes:
    """Return the digest of what a page reads of templates. What chrome has of site.yaml is taken as it was."""
    if not memory.changed_looks:
        return recipe.templates
    chrome = structs.replace(decode(memory.state.chrome, Chrome), **house_assets(memory.looks, memory.config.base_path))
    return template_inputs([page.template], memory.looks, chrome)[page.template]


def _sentences(reason: Reason, sources: Sequence[str], memory: Memory) -> Iterator[Message]:
    if reason.what == "missing":
        yield say("changes.page.missing")
    elif reason.what == "edited":
        yield say("changes.page.edited")
    elif reason.what == "changed":
        for path in dict.fromkeys(path for _, path in reason.shows if path not in sources):
            yield say("changes.shown", path=path, change=words_of(change_of(path, memory)))
    else:
        paths = [_file_of(name, memory) for name in reason.names] if reason.what == "templates" else reason.names
        for path in paths:
            yield say("changes.page", path=path, change=words_of(change_of(path, memory) or "changed"))


def _file_of(name: str, memory: Memory) -> str:
    """Return the file of a template or an asset that changed: the site's own, unless only yoyak's did."""
    own, house = f"templates/{name}", name if name.startswith(f"{HOUSE}/") else f"{HOUSE}/{name}"
    return own if change_of(own, memory) else house


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


@lru_cache(maxsize=1)
def _all_changes(memory: Memory) -> frozenset[str]:
    """Return the files of the site that have come, changed or gone. yoyak's own templates count with the program."""
    paths = (path for path in {*memory.files, *memory.spelled} if not path.startswith(f"{HOUSE}/"))
    return frozenset(path for path in paths if change_of(path, memory))


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
