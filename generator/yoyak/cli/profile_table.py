"""A profile in lines for a person: columns of seconds, the most expensive first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from yoyak.messages.catalogue import speak
from yoyak.model.build import Profile, Spent
from yoyak.model.message import Value, say
from yoyak.text.columns import columns, padded, printable

_WIDEST = 64
"""Columns of a name; a longer one stands as it is, and its numbers behind it."""
_KINDS = {"saved_page", "markdown", "capture", "own files"}
_LABEL = 8
"""Columns of a row's label."""


def profile_lines(profile: Profile) -> Iterator[str]:
    """Yield where the time and the memory went."""
    yield ""
    stages = [Spent(name=name, seconds=seconds, items=0) for name, seconds in profile.stages.items()]
    yield from _table("stage", "", stages)
    yield from _table("reader", "unit-files", [_named(one) for one in profile.readers])
    yield from _table("template", "unit-pages", profile.templates)
    if profile.templates_by_jinja:
        names = ", ".join(map(printable, profile.templates_by_jinja))
        yield speak(say("template.by-jinja", count=len(profile.templates_by_jinja), names=names))
        yield ""
    yield from _table("slowest-files", "", profile.slowest_files)
    yield from _table("slowest-pages", "", profile.slowest_pages)
    yield from _rows(profile)


def _named(one: Spent) -> Spent:
    name = _said(f"reader.{one.name.replace(' ', '-')}") if one.name in _KINDS else one.name
    return Spent(name=name, seconds=one.seconds, items=one.items)


def _table(title: str, unit: str, spent: Iterable[Spent]) -> Iterator[str]:
    """Yield a table with its title; nothing when it has no rows."""
    rows = [(printable(one.name), one) for one in spent]
    if not rows:
        return
    width = min(_WIDEST, max(columns(name) for name, _ in rows))
    head = f"{padded(_said(title), max(width, 14))}  {_right(_said('seconds'), 7)}"
    yield head + (f"  {_right(_said(unit), 9)}" if unit else "")
    for name, one in rows:
        number = f"  {one.items:>9,}" if unit else ""
        yield f"{padded(name, max(width, 14))}  {one.seconds:7.3f}{number}"
    yield ""


def _rows(profile: Profile) -> Iterator[str]:
    if profile.files_read or profile.files_known:
        yield _row("files", read=profile.files_read, known=profile.files_known)
    yield _row("pages", made=profile.pages_made, kept=profile.pages_kept)
    if profile.views_made:
        yield _row("views", made=profile.views_made, kept=profile.views_remembered)
    if profile.store_seconds:
        yield _row("store", seconds=f"{profile.store_seconds:.3f}", size=_megabytes(profile.store_bytes))
    if profile.memory:
        size, worker = _megabytes(profile.memory), _megabytes(profile.memory_of_workers)
        text = _said("memory.workers", size=size, worker=worker) if profile.memory_of_workers else ""
        yield padded(_said("memory"), _LABEL) + (text or _said("memory.row", size=size))


def _row(label: str, **values: Value) -> str:
    return padded(_said(label), _LABEL) + _said(f"{label}.row", **values)


def _said(key: str, /, **values: Value) -> str:
    return speak(say(f"profile.{key}", **values))


def _right(text: str, width: int) -> str:
    return " " * (width - columns(text)) + text


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:,.1f} MB"
