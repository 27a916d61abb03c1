"""The last good text of each file of an edition, a theme or an own page, for a preview: kept as it was typed.

When such a file breaks, this text is read in its place, with the settings and the links of now.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from msgspec import structs

from yoyak.engine.parse_files import ReadNote
from yoyak.model.sources import Listed, SourceFile
from yoyak.store.remembered import decode, encode
from yoyak.store.store import Store

_KEY = "good_notes"

ReadThese = Callable[[Sequence[Listed], Mapping[str, SourceFile]], Iterable[object]]
"""Read some files, in the place of whose bytes on the disk others may be given."""


def with_good(
    notes: Mapping[str, ReadNote], listed: Mapping[str, Listed], store: Store, read: ReadThese
) -> dict[str, ReadNote]:
    """Return notes in which the last good text stands in for each file that broke, with the problems that it has now.

    Texts that are good now are kept in the store for the next time.
    """
    before = _kept(store, listed)
    broken = [listed[path] for path, one in notes.items() if one.note is None and path in before]
    sources = {
        one.path: SourceFile(path=one.path, data=before[one.path], digest=hashlib.sha256(before[one.path]).hexdigest())
        for one in broken
    }
    good = [one for one in read(broken, sources) if isinstance(one, ReadNote) and one.note] if broken else []
    now = before | {path: one.source for path, one in notes.items() if one.note}
    if now != before:
        store.database.put("meta", [(_KEY, encode(now))])
    return {**notes, **{one.path: _as_it_was(one, notes[one.path]) for one in good}}


def _kept(store: Store, listed: Collection[str]) -> dict[str, bytes]:
    data = store.database.get("meta", _KEY)
    try:
        found = decode(data, dict[str, bytes]) if data else {}
    except ValueError:
        return {}
    return {path: text for path, text in found.items() if path in listed}


def _as_it_was(good: ReadNote, broken: ReadNote) -> ReadNote:
    return structs.replace(good, problems=broken.problems, stamp=broken.stamp)
