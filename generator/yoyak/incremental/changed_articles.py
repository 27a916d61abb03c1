"""What changed since the last build, as long as it is articles that were written again, and what these say now.

What they ask for beside them comes from the store.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import partial
from unicodedata import normalize

from yoyak.engine.parse_files import read_all
from yoyak.engine.run import Job
from yoyak.incremental.finish import digest_of_file
from yoyak.incremental.stale_pages import change_of
from yoyak.model.sources import Asset, Listed, unchanged
from yoyak.pipeline.load import is_note
from yoyak.settings.config import SiteConfig
from yoyak.store.remembered import FileRow
from yoyak.store.store import Kept

MOST = 200
"""Files; with more the whole build is as quick, and reads them side by side."""


def edited_articles(job: Job, files: Mapping[str, FileRow]) -> tuple[str, ...] | None:
    """Return the paths of the articles that changed, as the disk spells them, or None when something else did.

    A file that looks different and has the same bytes has not changed. Captures are left to the whole build: git may
    have to be asked for their day.
    """
    if job.stamps.keys() != files.keys():
        return None
    looks = [path for path, now in job.stamps.items() if not unchanged(files[path].stamp, now)]
    if len(looks) > MOST or not all(files[path].key and not path.lower().endswith(".txt") for path in looks):
        return None
    folder = job.request.folder.resolve()
    if any(os.path.islink(f"{folder}/{path}") for path in looks):  # noqa: PTH114 - load says where links may lead
        return None
    digests = {path: digest_of_file(folder, path, job.stamps[path]) for path in looks}
    if not all(digests.values()):
        return None
    edits = [path for path in looks if change_of(files[path], job.stamps[path], partial(digests.__getitem__, path))]
    articles = all(files[path].place and not is_note(path) for path in edits)
    return tuple(edits) if articles else None


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
