"""The pictures of a site: those that look as they did are not read again.

A large one that is new is read in a process with limits. Small ones cannot take long, and a fork for them would.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from time import time_ns

from msgspec import structs

from yoyak.containers import Metadata
from yoyak.engine.parse_files import runaway_problem
from yoyak.model.build import GuardedMap, Runaway
from yoyak.model.message import Problem, say
from yoyak.model.sources import NO_FILE, Asset, FileStamp, Listed, Listing, stamp_of, unchanged
from yoyak.pipeline.load import load_asset
from yoyak.store.remembered import AssetRow, encode
from yoyak.store.stamps import SURE_AFTER
from yoyak.store.store import Store

IN_PLACE = 256 * 1024
"""Bytes of a picture that is read here. The worst of this size that we know takes 0.2 s."""
_Found = tuple[Asset | None, tuple[Problem, ...]]


def assets_of(
    listing: Listing, store: Store, metadata: Metadata, each: GuardedMap
) -> tuple[dict[str, Asset], tuple[Problem, ...]]:
    """Return the pictures of a listing by path, and a problem for each that cannot be published."""
    known = store.assets()
    rows: dict[str, AssetRow] = {}
    new: list[tuple[Listed, FileStamp]] = []
    for listed in listing.assets:
        now, before = _stamp(listed), known.get(listed.path)
        if (
            before
            and unchanged(before.stamp, now)
            and (before.location, before.metadata) == (listed.location, metadata)
        ):
            rows[listed.path] = before
        else:
            new.append((listed, now))
    changed = dict(_read(new, metadata, each))
    gone = [path for path in known if path not in rows and path not in changed]
    if changed or gone:
        with store.writing():
            store.database.put("assets", ((path, encode(row)) for path, row in changed.items()))
            store.database.remove("assets", gone)
    rows = {listed.path: rows.get(listed.path) or changed[listed.path] for listed in listing.assets}
    assets = {path: row.asset for path, row in rows.items() if row.asset}
    return assets, tuple(problem for row in rows.values() for problem in row.problems)


def _stamp(listed: Listed) -> FileStamp:
    try:
        return stamp_of(os.stat(listed.location))  # noqa: PTH116
    except OSError:
        return NO_FILE


def _read(new: list[tuple[Listed, FileStamp]], metadata: Metadata, each: GuardedMap) -> Iterator[tuple[str, AssetRow]]:
    """Yield the path and the row of each picture that is read."""

    def read(item: tuple[Listed, FileStamp]) -> _Found:
        return load_asset(item[0], metadata)

    large = [item for item in new if item[1].size > IN_PLACE]
    small = [item for item in new if item[1].size <= IN_PLACE]
    for item, found in zip(small, map(read, small), strict=True):
        yield item[0].path, _row(*item, metadata, found)
    for item, answer in zip(large, each(read, large) if large else (), strict=True):
        if isinstance(answer, Runaway):
            now = NO_FILE if answer.why == "fault" else item[1]
            problem = structs.replace(runaway_problem(item[0].path, answer), hint=say("runaway-file.picture.hint"))
            yield item[0].path, _row(item[0], now, metadata, (None, (problem,)))
        else:
            yield item[0].path, _row(*item, metadata, answer)


def _row(listed: Listed, now: FileStamp, metadata: Metadata, found: _Found) -> AssetRow:
    passing = any(problem.code == "unreadable-file" for problem in found[1])  # the machine failed, and not the picture
    sure = now != NO_FILE and not passing and time_ns() - now.mtime_ns > SURE_AFTER
    return AssetRow(now._replace(sure=sure), listed.location, metadata, *found)
