"""build: the whole pipeline, wired. Read this file first.

    site.yaml -> config; content/ -> load -> parse -> group -> plan -> compose and render -> write -> output/

Every stage is a function from values to values; this is the only file that knows them all. Problems are collected from
each and returned together; only a broken run raises. What earlier builds saved is used around the stages: `parse_all`
reads only files that changed; of `yoyak.incremental`, `stale_pages` says which planned pages have to be made again,
`partial_build` does so of an edit that leaves the structure of the site as it is, `finish` makes them, puts them into
their places and saves all of it for the next build, whichever way the build went.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, nullcontext, suppress
from functools import partial
from pathlib import Path

from msgspec import structs

from yoyak.build.store_recovery import Opening, with_store
from yoyak.check.loads import foreign_in_assets
from yoyak.engine.parse_all import Known, as_read, parse_all
from yoyak.engine.run import Job, Press, Session, Stopwatch, compile_ahead, without_collector
from yoyak.files.output_folder import files_of, refuse_dangerous
from yoyak.incremental.finish import Produced, finish, remember
from yoyak.incremental.site_plan import (
    Plans,
    addresses_of,
    broken_of,
    known_of,
    names_no_page,
    report_of,
    stops,
    suggestions_of,
)
from yoyak.incremental.stale_pages import StalePages, links_of, stale_pages
from yoyak.incremental.unchanged import FilesSeen, look
from yoyak.messages.catalogue import paragraph
from yoyak.messages.errors import YoyakError
from yoyak.model.addresses import URLS_FILE, Remembered
from yoyak.model.build import BuildReport, BuildRequest, GuardedMap, MapLike, Progress
from yoyak.model.message import Problem, errors, foreign_marks
from yoyak.model.sources import Asset, Listing, Looks
from yoyak.model.types import Output
from yoyak.pages.chrome import lost_entries
from yoyak.parallel.pool import guarded, mapper
from yoyak.paths import failed_build, templates_folder
from yoyak.pipeline.group import group
from yoyak.pipeline.load import list_content, load_looks
from yoyak.pipeline.plan import plan
from yoyak.pipeline.write import Staged, Target
from yoyak.settings.config import SiteConfig, at_address, load_config, loads_of, require_settings
from yoyak.store.lock import alone
from yoyak.store.place import make_folder
from yoyak.store.remembered import FileRow
from yoyak.store.stamps import Stamps

__all__ = ["BuildRequest", "build"]


_ROUNDS = 4
"""How often texts are read with the pages that there are: once; again if a file could be read only then."""


def build(
    request: BuildRequest,
    *,
    map: MapLike | None = None,  # noqa: A002 - it is like the builtin
    progress: Progress | None = None,
    session: Session | None = None,
    seen: FilesSeen | None = None,
) -> BuildReport:
    """Build a site and return what was done.

    `map` runs a function over many items, in the place of so many `jobs` and of parse's limits;
    `progress` is told each stage's name and size; a `session` keeps in memory what the next build of the site needs;
    `seen` is given by whoever has just looked at the files.

    Raises:
        YoyakError: the run cannot go on (no site, no right to write, a broken template).
    """
    watch = _watch(request, progress)
    require_settings(request.folder.resolve())
    refuse_dangerous(request.target, request.folder.resolve())
    kept = session or Session()
    lasting = nullcontext() if session else closing(kept)
    with alone(request) as place, without_collector(), _marked(request) as mark, lasting:
        if seen is None or place.waited:
            seen = look(request)
        watch.add("scan", seen.seconds)
        run = _runner(request, place.folder, seen.stamps, map, watch, kept)
        report = mark(with_store(request, place.folder, kept, run))
        report = structs.replace(report, notes=(*place.notes, *report.notes)) if place.notes else report
    report = structs.replace(report, profile=watch.profile(report))
    if not (request.verify and report.complete):
        return report
    from yoyak.build.verify import verified

    return verified(report, request, partial(build, progress=progress))


def _watch(request: BuildRequest, progress: Progress | None) -> Stopwatch:
    """Return the clock of a run. What looks more closely is imported when it is asked for."""
    if not request.profile:
        return Stopwatch(progress)
    from yoyak.build.profile import Profiler

    return Profiler(progress)


def _runner(
    request: BuildRequest,
    work: Path,
    stamps: Stamps,
    each: MapLike | None,
    watch: Stopwatch,
    session: Session,
) -> Callable[[Opening], BuildReport]:
    """Return what builds once with the store that it is given."""
    files_map, pages_map = _maps(each, request, watch)

    def run(opened: Opening) -> BuildReport:
        """Build with what is remembered: an edit that moves nothing the short way, everything else the whole way."""
        watch.watch_store(opened.store)
        job = Job(
            request=request,
            store=opened.store,
            stamps=stamps,
            work=work,
            files_map=files_map,
            pages_map=pages_map,
            watch=watch,
            session=session,
        )
        report = _partial(job) or _whole(job)
        return structs.replace(report, notes=(*opened.notes, *report.notes), seconds=watch.seconds)

    return run


def _maps(each: MapLike | None, request: BuildRequest, watch: Stopwatch) -> tuple[GuardedMap, MapLike]:
    """Return what runs over files, which nobody has looked at, and what runs over pages."""
    files_map = each or guarded(request.jobs, counted=watch.heard)
    pages_map = each or mapper(request.jobs, counted=watch.tell)
    return watch.timed(files_map), watch.timed(pages_map)


def _partial(job: Job) -> BuildReport | None:
    """Build the short way, if that is enough. Where nothing was built before, it is not: nothing is imported."""
    if job.request.check_only or job.store.database.get("meta", "state") is None:
        return None
    from yoyak.incremental.partial_build import partial_build

    return partial_build(job)


def _whole(job: Job) -> BuildReport:
    """Build the whole way, through all stages."""
    request, watch = job.request, job.watch
    job.session.forget()
    config, problems = load_config(
        request.folder.resolve(), at=request.at, preview=request.preview, environment=os.environ
    )
    if config is None:
        return report_of(request, None, None, problems)
    config = structs.replace(at_address(config, request.base_url), portable=request.portable)
    known = job.store.files()
    plans = _plans(job, config, problems, known)
    if request.plan_only:
        return report_of(request, plans, job.store, plans.problems)
    job = structs.replace(job, stamps=as_read(job.stamps, plans.parts.stamps, config, plans.listing.texts))
    with watch.stage("plan"):
        stale = stale_pages(plans.plan, plans.looks, plans.parts.readings, job, files_of(request.target))
    if request.check_only or stops(plans, request):
        _, _, found = _produce(job, plans, stale, None)
        report = report_of(request, plans, job.store, found)
        return structs.replace(report, suggestions=suggestions_of(plans, job.store)) if request.check_only else report
    finished = finish(
        job,
        config,
        stale,
        produce=lambda target: _produce(job, plans, stale, target),
        report_of=lambda problems: report_of(request, plans, job.store, problems),
        save=lambda made, report: remember(job, plans, stale, made, report, known),
        guard=partial(_leaks, job, config, plans, stale),
    )
    assert finished is not None
    return finished


def _plans(job: Job, config: SiteConfig, problems: tuple[Problem, ...], known: Mapping[str, FileRow]) -> Plans:
    folder, watch = Path(config.folder), job.watch
    with watch.stage("load"):
        listing = list_content(folder)
        assets, of_assets = _assets(listing, job, config)
        looks = load_looks(templates_folder(), folder / "templates")
        root, of_root = _root_files(listing, config)
        deployed, of_deployed = _deployed(folder)
    if not known and not job.request.plan_only:
        compile_ahead(job, looks, config)
    around = Known(store=job.store, files=known, stamps=job.stamps, keep_good=job.session.keep_good)
    foreign = foreign_in_assets(looks.assets, loads_of(config))
    found = (
        *problems,
        *listing.problems,
        *of_assets,
        *of_root,
        *looks.problems,
        *_unknown_blocks(looks),
        *foreign,
        *of_deployed,
    )

    def planned(pages: frozenset[str] | None) -> Plans:
        with watch.stage("parse", len(listing.articles)):
            parts = parse_all(listing, assets, config, job.files_map, around, pages)
        job.store.database.shrink()
        with watch.stage("group"):
            site, of_group = group(parts.places, parts.notes, config, parts.holds)
        with watch.stage("plan"):
            addresses = known_of(deployed, parts, listing, config)
            plan_, of_plan = plan(site, config, looks, assets, addresses, root=root)
        all_problems = (*found, *parts.problems, *of_group, *of_plan)
        return Plans(
            config=config,
            listing=listing,
            looks=looks,
            parts=parts,
            site=site,
            plan=plan_,
            problems_of_no_article=all_problems,
            titles_decide=parts.named or addresses.titles_decide,
        )

    return _settled(planned)


def _settled(planned: Callable[[frozenset[str] | None], Plans]) -> Plans:
    """Return the plans for which every text was read with the pages that there are."""
    plans, left = planned(None), _ROUNDS
    while names_no_page(plans) and (left := left - 1):
        plans = planned(addresses_of(plans))
    return plans


def _leaks(
    job: Job,
    config: SiteConfig,
    plans: Plans,
    stale: StalePages,
    staged: Mapping[str, Staged],
    places: Mapping[str, str],
) -> tuple[Problem, ...]:
    """Return what the files that are about to be written would give away of what is not published."""
    from yoyak.incremental.firewall import Firewall

    return Firewall(job, config).of_build(plans, stale, staged, places)


def _assets(listing: Listing, job: Job, config: SiteConfig) -> tuple[dict[str, Asset], tuple[Problem, ...]]:
    """Return the pictures of a site. One that has none, and had none, imports nothing."""
    if not (listing.assets or job.store.assets()):
        return {}, ()
    from yoyak.engine.pictures import assets_of

    return assets_of(listing, job.store, config.metadata, job.files_map)


def _deployed(folder: Path) -> tuple[tuple[Remembered, ...], tuple[Problem, ...]]:
    """Return the addresses that were deployed. A site that was never deployed has none, and imports nothing."""
    if not os.path.lexists(folder / URLS_FILE):
        return (), ()
    from yoyak.settings.address_file import read_addresses

    found = read_addresses(folder)
    return tuple(found.remembered.values()), found.problems


def _unknown_blocks(looks: Looks) -> tuple[Problem, ...]:
    """Return what no page shows of a site's own templates. A site without any imports nothing."""
    if not looks.overrides:
        return ()
    from yoyak.templating.unused_blocks import unknown_blocks

    return unknown_blocks(looks)


def _root_files(listing: Listing, config: SiteConfig) -> tuple[tuple[Asset, ...], tuple[Problem, ...]]:
    """Return what content/public/ has for the root of the output. Most sites have none: then nothing is imported."""
    if not (listing.has_public or config.hosting.public):
        return (), ()
    from yoyak.pipeline.load_root_files import root_files_of

    return root_files_of(Path(config.folder), config)


def _produce(job: Job, plans: Plans, stale: StalePages, target: Target | None) -> Produced:
    """Make the pages that have to be made, stage them and check all links; with no target only check.

    Return all problems of the site, too.
    """
    looks, planned = plans.looks, plans.plan
    standing_of, templates = planned.standings.__getitem__, job.session.templates
    press = Press(plans.config, planned.frame, planned.chrome, looks, job.store, standing_of, templates)
    addresses = addresses_of(plans)
    with job.watch.stage("render", len(stale.pages)), job.store.database.reading():
        made = press.make_all(stale.pages, addresses, target, job)
    staged = [one.staged for one in made if one.staged]
    if target:
        staged += [target.stage_asset(asset) for asset in planned.assets]
        staged += [target.stage(press.finished(output, "")) for output in _made(plans)]
    with job.watch.stage("check"):
        links = links_of(stale, made, planned, looks, addresses, job, press.output)
        lost = bool(plans.parts.links_left_out or lost_entries(plans.config, addresses))
        doubtful = lost or any(page.broken or page.fragments or page.foreign for page in links)
        broken = broken_of(plans, links, job.store) if doubtful else ()
    return made, staged, (*plans.problems, *broken)


def _made(plans: Plans) -> Iterator[Output]:
    """Yield the files that no page and no article brings: those of templates/assets, and what hosts read."""
    for asset in (*plans.looks.assets.values(), *plans.plan.host_files):
        yield Output(path=asset.output, data=asset.data)


@contextmanager
def _marked(request: BuildRequest) -> Iterator[Callable[[BuildReport], BuildReport]]:
    """Leave a mark while the output is older than the content; what is yielded takes the report of a run."""

    def mark(report: BuildReport) -> BuildReport:
        why = errors(report.problems) or foreign_marks(report.problems, (one.path for one in report.held))
        _mark(request, None if report.complete else "\n".join(map(paragraph, why)))
        return report

    try:
        yield mark
    except (YoyakError, OSError) as error:
        _mark(request, str(error))
        raise


def _mark(request: BuildRequest, why: str | None) -> None:
    if request.preview or request.check_only:
        return
    path = failed_build(request.folder.resolve(), request.target)
    with suppress(OSError):  # where nothing can be written there is no store, either
        if why is None:
            path.unlink(missing_ok=True)
        else:
            make_folder(path.parent)
            path.unlink(missing_ok=True)  # others may have put a link there
            with path.open("x", encoding="utf-8") as file:
                file.write(f"{why}\n")
