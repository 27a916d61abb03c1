"""The articles of a small build, read again: what they ask for beside them comes from the store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from unicodedata import normalize

from yoyak.engine.parse_files import read_all
from yoyak.engine.run import Job
from yoyak.model.sources import Asset, Listed
from yoyak.settings.config import SiteConfig
from yoyak.store.store import Kept


def reread(job: Job, config: SiteConfig, edits: Sequence[str], held: frozenset[str]) -> list[Kept]:
    """Return what some files say now; `edits` are their paths as the disk spells them.

    `held` are the paths of the articles that the last build held back: no other article may name their addresses.
    """
    if not edits:
        return []
    listed = [Listed(path=normalize("NFC", raw), location=f"{config.folder}/{raw}") for raw in edits]
    assets = _assets(job)
    found = read_all(listed, assets, {}, config, job.files_map)
    asked = sorted({read.name for one in found for read in one.reading.reads if read.what == "address"})
    addresses = _addresses_of(asked, found, job, config, held) if asked else {}
    return read_all(listed, assets, addresses, config, job.files_map) if any(addresses.values()) else found


def _assets(job: Job) -> Mapping[str, Asset]:
    if job.session.assets is None:
        job.session.assets = {path: row.asset for path, row in job.store.assets().items() if row.asset}
    return job.session.assets


def _addresses_of(
    paths: list[str], found: list[Kept], job: Job, config: SiteConfig, held: frozenset[str]
) -> dict[str, str]:
    """Return the addresses of some articles and own pages, of those that may be linked to."""
    readings = {**job.store.readings_of(paths), **{one.path: one.reading for one in found}}
    places = {path: readings[path].place for path in paths if path in readings}
    hidden = frozenset() if config.preview else held
    addresses = {path: place.url for path, place in places.items() if place and path not in hidden}
    own = _own_pages(job) if any(path.startswith("content/pages/") for path in paths) else {}
    return {path: addresses.get(path) or own.get(path, "") for path in paths}


def _own_pages(job: Job) -> Mapping[str, str]:
    return {row.origin: row.url for row in job.store.pages().values() if row.kind == "page"}
