"""build: the whole pipeline, wired. Read this file first.

    site.yaml -> config; content/ -> load -> parse -> group -> plan -> compose and render -> write -> output/

Every stage is a function from values to values; this is the only file that knows them all. Problems are collected from
each and returned together; only a broken run raises. What earlier builds remember stands around the stages: `parse_all`
reads only files that changed, `yoyak.renewal` says which planned pages have to be made again, and `yoyak.retouch` makes a
small build of an edit that leaves the structure of the site as it is.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from time import time_ns
from zoneinfo import ZoneInfo

from msgspec import structs

from yoyak.assets import assets_of
from yoyak.check.lines import LineFinder
from yoyak.check.links import PageLinks, broken_links
from yoyak.check.terms import with_lines
from yoyak.config import SiteConfig, load_config, require_settings
from yoyak.error import YoyakError
from yoyak.grouping.suggestions import suggestions
from yoyak.locate import failed_build, templates_folder
from yoyak.model import BuildReport, Held, Listing, Looks, Output, Record, Site, Suggestion
from yoyak.parsing import Known, Parts, parse_all
from yoyak.pipeline.group import group
from yoyak.pipeline.load import list_content
from yoyak.pipeline.load_looks import load_looks
from yoyak.pipeline.plan import Plan, plan
from yoyak.pipeline.write import Staged, Target, Written, files_of, open_target, refuse_dangerous
from yoyak.pool import guarded, mapper
from yoyak.press import Made, Press
from yoyak.problems import Problem, errors, in_order
from yoyak.profile import Profiler
from yoyak.reasons import reason
from yoyak.remembering import remember
from yoyak.renewal import Renewal, links_of, renewal
from yoyak.request import BuildRequest
from yoyak.retouch import retouch
from yoyak.seams import GuardedMap, MapLike, Progress
from yoyak.session import Session
from yoyak.stopwatch import Stopwatch
from yoyak.store.database import StoreDamaged
from yoyak.store.place import store_file
from yoyak.store.program import program
from yoyak.store.remembered import FileRow, State
from yoyak.store.signatures import Signatures, scan
from yoyak.store.store import DAMAGED, Store, close_store, open_store
from yoyak.text.urls import quote_path
from yoyak.verify import verified
from yoyak.workplace import alone

__all__ = ["BuildRequest", "build"]


class Maps(Record, kw_only=True):
    """How a build runs over its files, which nobody has looked at, and over its pages."""

    files: GuardedMap
    pages: MapLike


class Plans(Record, kw_only=True):
    """Everything that is decided before the first page is rendered."""

    config: SiteConfig
    listing: Listing
    looks: Looks
    parts: Parts
    site: Site
    plan: Plan
    problems_of_no_article: tuple[Problem, ...]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All problems but those of links."""
        return (*self.problems_of_no_article, *(one for found in self.parts.problems_of.values() for one in found))

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.config.timezone)


def build(
    request: BuildRequest,
    *,
    map: MapLike | None = None,  # noqa: A002 - it is like the builtin
    progress: Progress | None = None,
    session: Session | None = None,
) -> BuildReport:
    """Build a site and return what was done.

    `map` runs a function over many items, in the place of so many `jobs` and of parse's limits for each file; `progress` is
    told each stage's name and size; a `session` keeps in memory what the next build of the same site needs.

    Raises:
        YoyakError: the run cannot go on (no site, no right to write, a broken template).
    """
    maps = Maps(files=map or guarded(request.jobs), pages=map or mapper(request.jobs))
    watch = Profiler(progress) if request.profile else Stopwatch(progress)
    if isinstance(watch, Profiler):
        maps = Maps(files=watch.timed(maps.files), pages=watch.timed(maps.pages))
    folder = request.folder.resolve()
    require_settings(folder)
    refuse_dangerous(request.target, folder)
    with alone(request) as work, _without_collector():
        try:
            report = _with_store(request, work, maps, watch, session, clean=request.clean)
        except StoreDamaged:
            if session:
                session.forget()
                session.store = None
            report = _with_store(request, work, maps, watch, session, clean=True)
            report = structs.replace(report, notes=(*report.notes, DAMAGED))
        except (YoyakError, OSError) as error:
            _mark(request, str(error))
            raise
        _mark(request, None if report.complete else "\n".join(str(one) for one in errors(report.problems)))
    if isinstance(watch, Profiler):
        report = structs.replace(report, profile=watch.profile(report))
    return verified(report, request, build) if request.verify and report.complete else report


def _with_store(
    request: BuildRequest, work: Path, maps: Maps, watch: Stopwatch, session: Session | None, *, clean: bool
) -> BuildReport:
    """Build with what is remembered: an edit that moves nothing the short way, everything else the whole way."""
    notes: tuple[str, ...] = ()
    if session and session.store:
        store = session.store
    else:
        store, notes = open_store(work / store_file(request).name, program(), clean=clean)
    if session:
        session.store = store
    if isinstance(watch, Profiler):
        watch.watch_store(store)
    try:
        with watch.stage("scan"):
            signatures = scan(request.folder.resolve(), templates_folder(), now=time_ns())
        report = retouch(request, store, signatures, work, maps.files, maps.pages, watch, session)
        if report is None:
            report = _run(request, store, signatures, work, maps, watch, session)
    finally:
        if session is None:
            close_store(store)
    return structs.replace(report, notes=(*notes, *report.notes), seconds=watch.seconds)


def _run(
    request: BuildRequest,
    store: Store,
    signatures: Signatures,
    work: Path,
    maps: Maps,
    watch: Stopwatch,
    session: Session | None,
) -> BuildReport:
    """Build the whole way, through all stages."""
    config, problems = load_config(
        request.folder.resolve(), at=request.at, preview=request.preview, environment=os.environ
    )
    if config is None:
        return _report(request, None, None, problems, None)
    if session:
        session.forget()
    known = store.files()
    plans = _plans(config, problems, store, signatures, known, maps.files, watch)
    with watch.stage("plan"):
        state, files = store.state(), files_of(request.target)
        renewed = renewal(plans.plan, plans.looks, plans.parts.readings, store, state, request.target, files)
    if request.check_only or (errors(plans.problems) and not request.keep_going):
        _, _, of_links = _produce(plans, renewed, store, request, None, maps.pages, watch)
        report = _report(request, plans, store, (*plans.problems, *of_links), None)
        return structs.replace(report, suggestions=_suggestions(plans, store, watch)) if request.check_only else report
    target = open_target(request.target, Path(config.folder), work)
    try:
        made, staged, of_links = _produce(plans, renewed, store, request, target, maps.pages, watch)
        found = (*plans.problems, *of_links)
        written = None
        if request.keep_going or not errors(found):
            with watch.stage("write"):
                kept = {path: row.digest for path, row in renewed.kept.items()}
                written = target.commit(staged, preview=config.preview, base_url=config.base_url, kept=kept)
    finally:
        target.close()
    report = _report(request, plans, store, found, written)
    if written:
        report = structs.replace(report, reasons=_reasons(plans, renewed, store, state, written), rendered=len(made))
        with watch.stage("remember"):
            addresses = addresses_of(plans)
            remember(
                request, store, plans, renewed, made, report, plans.problems_of_no_article, signatures, known, addresses
            )
    return report


def _reasons(plans: Plans, renewed: Renewal, store: Store, state: State | None, written: Written) -> dict[str, str]:
    """Return why each page that differs now was made again."""
    differ = {*written.new, *written.changed}
    pages = {page.output: page for page in plans.plan.pages if page.output in differ}
    before = store.recipes(list(pages)) if state else {}
    old = state.templates if state else {}
    changed = sorted(name for name in {*old, *renewed.templates} if old.get(name) != renewed.templates.get(name))
    return {path: reason(before.get(path), renewed.parts[path], page.recipe, changed) for path, page in pages.items()}


def _plans(
    config: SiteConfig,
    problems: tuple[Problem, ...],
    store: Store,
    signatures: Signatures,
    known: Mapping[str, FileRow],
    each: GuardedMap,
    watch: Stopwatch,
) -> Plans:
    folder = Path(config.folder)
    with watch.stage("load"):
        listing = list_content(folder)
        assets, of_assets = assets_of(listing, store)
        looks = load_looks(templates_folder(), folder / "templates")
    with watch.stage("parse", len(listing.articles)):
        around = Known(store=store, files=known, signatures=signatures, keep_good=config.preview)
        parts = parse_all(listing, assets, config, each, around)
    with watch.stage("group"):
        site, of_group = group(parts.places, parts.notes, config)
    with watch.stage("plan"):
        planned, of_plan = plan(site, config, looks, assets)
    found = (*problems, *listing.problems, *of_assets, *parts.problems, *of_group, *of_plan)
    return Plans(
        config=config, listing=listing, looks=looks, parts=parts, site=site, plan=planned, problems_of_no_article=found
    )


def _produce(
    plans: Plans,
    renewed: Renewal,
    store: Store,
    request: BuildRequest,
    target: Target | None,
    each: MapLike,
    watch: Stopwatch,
) -> tuple[list[Made], list[Staged], tuple[Problem, ...]]:
    """Make the pages that have to be made, stage them and check all links; with no target only check."""
    config, looks, planned = plans.config, plans.looks, plans.plan
    press = Press(config, planned.frame, planned.chrome, looks, store, planned.standings.__getitem__)
    addresses = addresses_of(plans)
    with watch.stage("render", len(renewed.pages)):
        with store.database.reading():
            made = list(each(press.prepare(addresses, target), renewed.pages))
    staged = [one.staged for one in made if one.staged]
    if target:
        staged += [target.stage_asset(asset) for asset in planned.assets]
        staged += [target.stage(Output(path=asset.output, data=asset.data)) for asset in looks.assets.values()]
    with watch.stage("check"):
        links = links_of(renewed, made, planned.pages, addresses, config.base_url, store, request.target, each)
        broken = _broken(plans, links, store) if any(page.broken or page.fragments for page in links) else ()
    return made, staged, broken


def _broken(plans: Plans, links: Sequence[PageLinks], store: Store) -> tuple[Problem, ...]:
    with_article = [path for path, reading in plans.parts.readings.items() if reading.place]
    written = {path: store.article(path, plans.zone).links for path in with_article}
    written |= {note.path: note.links for note in plans.parts.notes}
    files = (*plans.listing.articles, *plans.listing.editions, *plans.listing.themes, *plans.listing.pages)
    lines = LineFinder(Path(plans.config.folder), {one.path: one.location for one in files})
    return broken_links(links, written, lines, plans.config.base_path, _waiting(plans))


def _suggestions(plans: Plans, store: Store, watch: Stopwatch) -> tuple[Suggestion, ...]:
    """Return what could be done with the terms of the whole site, of what waits too."""
    with watch.stage("suggest", len(plans.parts.places)):
        articles = [store.article(place.path, plans.zone) for place in plans.parts.places]
        found = suggestions(articles, store.bodies(), plans.config)
        locations = {one.path: one.location for one in plans.listing.articles}
        lines = LineFinder(Path(plans.config.folder), locations)
        return with_lines(found, {article.path: article for article in articles}, lines)


def _waiting(plans: Plans) -> frozenset[str]:
    """Return what links to articles that are not published yet became: their files, or their addresses as typed."""
    shown = {article.path for article in plans.site.articles}
    hidden = [article for article in plans.parts.places if article.path not in shown]
    files = {plans.config.base_path + quote_path(article.path) for article in hidden}
    return frozenset(files | {article.url for article in hidden})


def addresses_of(plans: Plans) -> frozenset[str]:
    """Return every root-relative address that the site has."""
    base = plans.config.base_path
    files = [asset.output for asset in plans.plan.assets] + [asset.output for asset in plans.looks.assets.values()]
    return frozenset(page.url for page in plans.plan.pages) | {base + quote_path(output) for output in files}


def _report(
    request: BuildRequest,
    plans: Plans | None,
    store: Store | None,
    problems: tuple[Problem, ...],
    written: Written | None,
) -> BuildReport:
    return BuildReport(
        articles=len(plans.site.articles) if plans else 0,
        pages=len(plans.plan.pages) if plans else 0,
        written=written.new if written else (),
        changed=written.changed if written else (),
        removed=written.removed if written else (),
        unchanged=written.unchanged if written else 0,
        held=_held(plans, store) if plans and store else (),
        left_out=plans.parts.left_out if plans else (),
        problems=in_order(problems),
        seconds={},
        output=str(request.target),
        complete=written is not None,
        language=plans.config.language if plans else "en",
        clock=plans.config.now if plans else None,
    )


def _held(plans: Plans, store: Store) -> tuple[Held, ...]:
    """Return what is held back, with the titles that group does not see."""
    return tuple(structs.replace(held, title=store.article(held.path, plans.zone).title) for held in plans.site.held)


def _mark(request: BuildRequest, why: str | None) -> None:
    """Write down why the output is older than the content; None when it is not."""
    if request.preview or request.check_only:
        return
    path = failed_build(request.folder.resolve(), request.target)
    with suppress(OSError):  # where nothing can be written there is no store, either
        if why is None:
            path.unlink(missing_ok=True)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(why + "\n", encoding="utf-8")


@contextmanager
def _without_collector() -> Iterator[None]:
    """Leave the cyclic garbage collector off: a build makes many values and no cycles, and looking at them all costs a tenth."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
