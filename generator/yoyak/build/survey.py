"""survey: a site as it is now, read and grouped, without a page made: what review and the desk look at."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from msgspec import structs

from yoyak.build.store_recovery import Opening, with_store
from yoyak.engine.parse_all import Known, ParsedFiles, parse_all
from yoyak.engine.pictures import assets_of
from yoyak.engine.reviews import Reviews
from yoyak.engine.run import Session
from yoyak.incremental.unchanged import look
from yoyak.messages.errors import YoyakError
from yoyak.model.build import BuildReport, BuildRequest
from yoyak.model.message import Problem
from yoyak.model.sources import Asset
from yoyak.model.types import Record, Site
from yoyak.parallel.pool import guarded
from yoyak.pipeline.group import group
from yoyak.pipeline.load import list_content
from yoyak.settings.config import SiteConfig, load_config, require_settings
from yoyak.store.lock import alone
from yoyak.store.stamps import Stamps
from yoyak.store.store import Store
from yoyak.text.names import NamesOf


class Survey(Record, kw_only=True):
    """What a site says now. Texts are in the store."""

    config: SiteConfig
    parts: ParsedFiles
    site: Site
    problems: tuple[Problem, ...]
    reviews: Reviews
    assets: Mapping[str, Asset]
    stamps: Stamps
    """Of the files that may be read, taken before any was."""
    names: Mapping[str, str]
    """What links may name: the files of the site."""
    store: Store


@contextmanager
def survey(request: BuildRequest) -> Iterator[Survey]:
    """Give a site as it is now. What has changed since the last build is read, and remembered like a build would.

    Raises:
        YoyakError: there is no site, or its settings cannot be read.
    """
    require_settings(request.folder.resolve())
    session, found = Session(), list[Survey]()

    def run(opened: Opening) -> BuildReport:
        found[:] = [_read(request, opened.store)]
        return BuildReport(articles=0, pages=0, held=(), left_out=(), problems=(), output="")

    try:
        with alone(request) as place:
            with_store(request, place.folder, session, run)
        yield found[0]
    finally:
        session.close()


def _read(request: BuildRequest, store: Store) -> Survey:
    folder, seen = request.folder.resolve(), look(request)
    config, problems = load_config(folder, at=request.at, preview=request.preview, environment=os.environ)
    if config is None:
        raise YoyakError(*problems)
    listing, each = list_content(Path(config.folder)), guarded(request.jobs)
    assets, of_assets = assets_of(listing, store, config.metadata, each)
    known = Known(store=store, files=store.files(), stamps=seen.stamps)
    parts = parse_all(listing, assets, config, each, known)
    site, of_group = group(parts.places, parts.notes, structs.replace(config, preview=False), parts.holds)
    of_articles = tuple(one for found in parts.problems_of.values() for one in found)
    return Survey(
        config=config,
        parts=parts,
        site=site,
        problems=(*problems, *listing.problems, *of_assets, *parts.problems, *of_group, *of_articles),
        reviews=parts.reviews,
        assets=assets,
        stamps=seen.stamps,
        names=NamesOf(listing.paths),
        store=store,
    )
