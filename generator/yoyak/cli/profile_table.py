"""A profile in lines for a person: columns of seconds, the most expensive first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from yoyak.messages.catalogue import speak
from yoyak.model.message import say
from yoyak.model.report import Profile, Spent
from yoyak.text.columns import columns, padded, printable

_WIDEST = 64
"""Columns of a name; a longer one stands as it is, and its numbers behind it."""
_KINDS = {
    "saved_page": "saved pages",
    "markdown": "Markdown",
    "capture": "captures",
    "own files": "notes and own pages",
}


def profile_lines(profile: Profile) -> Iterator[str]:
    """Yield where the time and the memory went."""
    yield ""
    stages = [Spent(name=name, seconds=seconds, items=0) for name, seconds in profile.stages.items()]
    yield from _table("stage", "", stages)
    yield from _table("reader", "files", [_named(one) for one in profile.readers])
    yield from _table("template", "pages", profile.templates)
    if profile.templates_by_jinja:
        names = ", ".join(map(printable, profile.templates_by_jinja))
        yield speak(say("template.by-jinja", count=len(profile.templates_by_jinja), names=names))
        yield ""
    yield from _table("slowest files", "", profile.slowest_files)
    yield from _table("slowest pages", "", profile.slowest_pages)
    yield from _rows(profile)


def _named(one: Spent) -> Spent:
    return Spent(name=_KINDS.get(one.name, one.name), seconds=one.seconds, items=one.items)


def _table(title: str, unit: str, spent: Iterable[Spent]) -> Iterator[str]:
    """Yield a table with its title; nothing when it has no rows."""
    rows = [(printable(one.name), one) for one in spent]
    if not rows:
        return
    width = min(_WIDEST, max(columns(name) for name, _ in rows))
    yield f"{padded(title, max(width, 14))}  seconds{f'  {unit:>9}' if unit else ''}"
    for name, one in rows:
        number = f"  {one.items:>9,}" if unit else ""
        yield f"{padded(name, max(width, 14))}  {one.seconds:7.3f}{number}"
    yield ""


def _rows(profile: Profile) -> Iterator[str]:
    if profile.files_read or profile.files_known:
        yield f"files   {profile.files_read:,} read, {profile.files_known:,} known from before"
    yield f"pages   {profile.pages_made:,} made, {profile.pages_kept:,} kept"
    if profile.views_made:
        yield f"views   {profile.views_made:,} made, {profile.views_remembered:,} remembered"
    if profile.store_seconds:
        yield f"store   {profile.store_seconds:.3f} seconds, {_megabytes(profile.store_bytes)}"
    if profile.memory:
        workers = f", the largest worker {_megabytes(profile.memory_of_workers)}" if profile.memory_of_workers else ""
        yield f"memory  {_megabytes(profile.memory)} at most{workers}"


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:,.1f} MB"
