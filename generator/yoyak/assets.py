"""The pictures of a site: those that look as they did are not read again."""

from __future__ import annotations

import os
from time import time_ns

from yoyak.content import Asset, Listed, Listing
from yoyak.pipeline.load import load_asset
from yoyak.problems import Problem
from yoyak.store.remembered import AssetRow, encode
from yoyak.store.signatures import SURE_AFTER, Signature, signature_of
from yoyak.store.store import Store


def assets_of(listing: Listing, store: Store) -> tuple[dict[str, Asset], tuple[Problem, ...]]:
    """Return the pictures of a listing by path, and a problem for each that cannot be published."""
    known = store.assets()
    rows: dict[str, AssetRow] = {}
    for listed in listing.assets:
        now = _signature(listed)
        before = known.get(listed.path)
        rows[listed.path] = (
            before if before and _is_same(before, now) and before.location == listed.location else _row(listed, now)
        )
    changed = {path: row for path, row in rows.items() if row is not known.get(path)}
    gone = [path for path in known if path not in rows]
    if changed or gone:
        with store.writing():
            store.database.put("assets", ((path, encode(row)) for path, row in changed.items()))
            store.database.remove("assets", gone)
    assets = {path: row.asset for path, row in rows.items() if row.asset}
    return assets, tuple(problem for row in rows.values() for problem in row.problems)


def _signature(listed: Listed) -> Signature | None:
    now = time_ns()
    try:
        return signature_of(os.stat(listed.location), now, now)  # noqa: PTH116
    except OSError:
        return None


def _is_same(before: AssetRow, now: Signature | None) -> bool:
    return bool(
        now and before.sure and (before.size, before.modified, before.inode) == (now.size, now.modified, now.inode)
    )


def _row(listed: Listed, now: Signature | None) -> AssetRow:
    asset, problems = load_asset(listed)
    size, modified, inode = (now.size, now.modified, now.inode) if now else (0, 0, 0)
    sure = bool(now) and time_ns() - modified > SURE_AFTER
    return AssetRow(size, modified, inode, sure, listed.location, asset, problems)
