"""An edition as it will be: its articles with what each lacks, in their order, and one step of moving one of them."""

from __future__ import annotations

from pathlib import PurePosixPath

from yoyak.desk.records import BoardEntry, Records
from yoyak.grouping.publication import issues_of
from yoyak.model.types import Record
from yoyak.pipeline.load import is_edition


class EditionMember(Record, kw_only=True):
    entry: BoardEntry
    slug: str
    theme: str
    pinned: bool


def members(records: Records, path: str) -> tuple[EditionMember, ...]:
    """Return the articles of an edition, those too that are not ready: pinned ones first, then by weight and date."""
    parts, key, note = records.survey.parts, PurePosixPath(path).stem, records.note(path)
    notes = tuple(one for one in parts.notes if is_edition(one.path))
    issues, _ = issues_of(parts.places, notes, records.config)
    pins = tuple(note.fields["pins"]) if note else ()
    found = [place for place in parts.places if issues.key_of.get(place.path) == key and place.status != "unlisted"]
    found.sort(
        key=lambda one: (
            pins.index(one.slug) if one.slug in pins else len(pins),
            -one.weight,
            -one.date.timestamp() if one.date else 0.0,
            one.slug,
        )
    )
    return tuple(
        EditionMember(entry=records.entry(one.path), slug=one.slug, theme=one.themes[0], pinned=one.slug in pins)
        for one in found
    )


def moved_up(found: tuple[EditionMember, ...], slug: str) -> tuple[str, ...] | None:
    """Return the pins with which an article stands one place higher; None when it stands first or is not there."""
    order = [one.slug for one in found]
    at = order.index(slug) if slug in order else 0
    if at == 0:
        return None
    pinned = max((number + 1 for number, one in enumerate(found) if one.pinned), default=0)
    order[at - 1], order[at] = order[at], order[at - 1]
    return tuple(order[: max(at, pinned)])
