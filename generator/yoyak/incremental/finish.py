"""The end of a build, the same whichever way it went: stale pages are made, put into their places and remembered."""

from __future__ import annotations

import hashlib
import stat
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from msgspec import structs

from yoyak.engine.parse_all import raw_path
from yoyak.engine.run import Job, MadePage
from yoyak.files.site_files import read_and_stamp
from yoyak.grouping.publication import edition_starts_at, starts_at
from yoyak.incremental.site_plan import Plans, addresses_of
from yoyak.incremental.stale_pages import StalePages
from yoyak.incremental.staleness import words_of
from yoyak.incremental.unchanged import git_of_captures, request_key
from yoyak.model.build import MANIFEST, BuildReport
from yoyak.model.message import Problem, Words, errors
from yoyak.model.sources import FileStamp, unchanged
from yoyak.model.types import Note, Place
from yoyak.paths import templates_folder
from yoyak.pipeline.load import ARTICLE_LIMIT, is_edition
from yoyak.pipeline.write import Staged, Target, Written, open_target
from yoyak.settings.config import SiteConfig
from yoyak.store.place import program
from yoyak.store.remembered import BuildState, FileRow, PageRow, StandingRow, encode
from yoyak.store.stamps import HOUSE, Stamps, digest_of_stamps, stamps_of_output
from yoyak.store.store import Store
from yoyak.text.sanitize import digest_of

Produced = tuple[list[MadePage], list[Staged], tuple[Problem, ...]]
"""The pages that were made, all files that were staged, and all problems of the site."""

Guard = Callable[[Mapping[str, Staged], Mapping[str, str]], tuple[Problem, ...]]
"""Given the staged files, and where those lie that differ."""


def finish(
    job: Job,
    config: SiteConfig,
    stale: StalePages,
    *,
    produce: Callable[[Target], Produced | None],
    report_of: Callable[[tuple[Problem, ...]], BuildReport],
    save: Callable[[Sequence[MadePage], BuildReport], None],
    guard: Guard,
) -> BuildReport | None:
    """Make what has to be made, put it into its place if nothing is wrong, and save it.

    Return None, with nothing written, when `produce` does: a build has to go another way after all. What `guard`
    finds stops the write, whatever was asked for.
    """
    target = open_target(job.request.target, Path(config.folder), job.work)
    written: Written | None = None
    try:
        produced = produce(target)
        if produced is None:
            return None
        made, staged, problems = produced
        if job.request.keep_going or not errors(problems):
            problems = (*problems, *(leaks := _leaks(job, target, staged, guard)))
            if not errors(leaks):
                with job.watch.stage("write"):
                    written = _commit(target, staged, stale, config)
    finally:
        target.close()
    report = report_of(problems)
    if written is None:
        return report
    report = structs.replace(
        report,
        written=written.new,
        changed=written.changed,
        removed=written.removed,
        unchanged=written.unchanged,
        complete=True,
        reasons=_reasons(stale, written),
        rendered=len(made),
    )
    with job.watch.stage("remember"):
        save(made, report)
    return report


def _leaks(job: Job, target: Target, staged: Sequence[Staged], guard: Guard) -> tuple[Problem, ...]:
    if job.request.preview:
        return ()
    with job.watch.stage("check"):
        return guard({one.path: one for one in staged}, target.staged_files(staged))


def _commit(target: Target, staged: Sequence[Staged], stale: StalePages, config: SiteConfig) -> Written:
    if stale.others_stay and all(one.change == "same" for one in staged):
        return Written(new=(), changed=(), removed=(), unchanged=len(target.before))
    kept = target.before if stale.others_stay else {path: row.digest for path, row in stale.kept.items()}
    return target.commit(staged, preview=config.preview, base_url=config.base_url, kept=kept)


def _reasons(stale: StalePages, written: Written) -> dict[str, Words]:
    """Return why each page that differs now was made again."""
    differ = {*written.new, *written.changed}
    return {path: words_of(reasons) for path, reasons in stale.reasons.items() if path in differ}


# --- what a build that was written leaves in the store for the next one ------------------------------------------


_READ_WHOLE = (".md", ".markdown", ".html", ".htm", ".txt", ".yaml", ".yml", ".xml", ".json", ".css", ".js", ".svg")


def remember(
    job: Job,
    plans: Plans,
    stale: StalePages,
    made: Sequence[MadePage],
    report: BuildReport,
    known: Mapping[str, FileRow],
) -> None:
    """Keep what was planned, made and written. `known` are the rows of files that the store has."""
    request, store, stamps = job.request, job.store, job.stamps
    addresses = addresses_of(plans)
    rows = made_rows(stale, made)
    pages = {**stale.kept, **rows}
    files = file_rows(stamps, known, plans, request.folder.resolve())
    outputs = sorted({*pages, *(asset.output for asset in plans.plan.assets), *_house(plans)})
    state = _state(job, plans, stale, pages.values(), report, outputs)
    with store.writing():
        put_made(store, stale, made, rows)
        _put_kept(store, stale, pages)
        _write_standings(store, plans, stale)
        put = store.database.put
        put("files", ((path, encode(row)) for path, row in files.items() if row != known.get(path)))
        store.database.remove("files", [path for path in known if path not in files])
        store.put_state(state)
        lists = {"addresses": sorted(addresses), "outputs": outputs}
        put("meta", ((name, "\n".join(lines).encode()) for name, lines in lists.items()))
    bodies = {reading.body for reading in plans.parts.readings.values()}
    store.forget_bodies(bodies | {digest_of(note.html) for note in plans.parts.notes})


def _house(plans: Plans) -> Iterable[str]:
    return (asset.output for asset in (*plans.looks.assets.values(), *plans.plan.host_files))


def made_rows(stale: StalePages, made: Iterable[MadePage]) -> dict[str, PageRow]:
    """Return what is kept of pages that were made, by output path."""
    return {one.output: _page_row(one, stale.fingerprints[one.output]) for one in made}


def put_made(store: Store, stale: StalePages, made: Sequence[MadePage], rows: Mapping[str, PageRow]) -> None:
    """Keep pages that were made, and their recipes."""
    store.database.put("pages", ((path, encode(row)) for path, row in rows.items()))
    both = zip(stale.pages, made, strict=True)
    recipes = ((page.output, stale.parts[page.output].row(page.template, one.links.ids)) for page, one in both)
    store.database.put("recipes", ((path, encode(row)) for path, row in recipes))


def _page_row(made: MadePage, fingerprint: bytes) -> PageRow:
    links, staged = made.links, made.staged
    assert staged
    as_written = fingerprint, staged.digest, staged.stamp
    return PageRow(links.url, links.kind, links.origin, *as_written, links.broken, links.fragments, links.foreign)


def _put_kept(store: Store, stale: StalePages, pages: Mapping[str, PageRow]) -> None:
    before = stale.before
    store.database.put("pages", ((path, encode(row)) for path, row in stale.kept.items() if row != before.get(path)))
    gone = [path for path in before if path not in pages]
    store.database.remove("pages", gone)
    store.database.remove("recipes", gone)


def _write_standings(store: Store, plans: Plans, stale: StalePages) -> None:
    shown_on: dict[str, dict[str, None]] = defaultdict(dict)
    for page in plans.plan.pages:
        for _, path in page.recipe.shows():
            shown_on[path][page.output] = None
    before = store.all_standings()
    rows = {
        path: StandingRow(encode(standing), stale.standing_digests[path], tuple(shown_on.get(path, ())))
        for path, standing in plans.plan.standings.items()
    }
    store.database.put("standings", ((path, encode(row)) for path, row in rows.items() if row != before.get(path)))
    store.database.remove("standings", [path for path in before if path not in rows])


def file_rows(stamps: Stamps, known: Mapping[str, FileRow], plans: Plans, folder: Path) -> dict[str, FileRow]:
    """Return what every file looks like, and what it said."""
    paths = {raw_path(one, plans.config): one.path for one in plans.listing.articles}
    rows = {}
    for path, now in stamps.items():
        article = paths.get(path)
        reading = plans.parts.readings.get(article) if article else None
        before = known.get(path)
        if reading:
            key, place = reading.key, digest_of_place(reading.place) if reading.place else b""
        elif before and unchanged(before.stamp, now):
            rows[path] = before
            continue
        else:
            key, place = digest_of_file(folder, path, now), b""
        rows[path] = FileRow(now, key, place)
    return rows


def digest_of_place(place: Place) -> bytes:
    """Return a digest of all that group and plan see of an article."""
    return hashlib.blake2b(encode(place), digest_size=16).digest()


def digest_of_file(folder: Path, path: str, now: FileStamp) -> str:
    """Return the digest of a text file's bytes; empty for others, which their stamps must tell apart.

    What is no plain file, or a huge one, is never opened: a device has no end, and a pipe waits.
    """
    if not path.lower().endswith(_READ_WHOLE) or not stat.S_ISREG(now.mode) or now.size > ARTICLE_LIMIT:
        return ""
    try:
        if path.startswith(f"{HOUSE}/"):
            return hashlib.sha256((templates_folder() / path.removeprefix(f"{HOUSE}/")).read_bytes()).hexdigest()
        data, stamp = read_and_stamp(path, str(folder / path), ARTICLE_LIMIT)
    except OSError:
        return ""
    return hashlib.sha256(data).hexdigest() if stamp == now._replace(sure=True) else ""


def _state(
    job: Job,
    plans: Plans,
    stale: StalePages,
    pages: Iterable[PageRow],
    report: BuildReport,
    outputs: Sequence[str],
) -> BuildState:
    start, end = window(plans.parts.places, plans.parts.notes, plans.config.now)
    rows = list(pages)
    return BuildState(
        program=program(),
        request=request_key(job.request),
        **seen_by(job, stamps_of_output(job.request.target, [*outputs, MANIFEST])),
        timezone=plans.config.timezone,
        config=encode(structs.replace(plans.config, deploy={})),
        chrome=encode(plans.plan.chrome),
        frame=encode(plans.plan.frame),
        templates=stale.templates,
        inputs=stale.inputs,
        valid_from=start,
        valid_until=end,
        day=next((reading.day for reading in plans.parts.readings.values() if reading.day), ""),
        problems_of=plans.parts.problems_of,
        problems=plans.problems_of_no_article,
        report=settled(report),
        counts={"pages": len(rows), "recipes": len(rows), "standings": len(plans.plan.standings)},
        anchored=tuple({url for row in rows for _, url, _ in row.fragments}),
        named=plans.titles_decide,
    )


def settled(report: BuildReport) -> BuildReport:
    """Return a report as a build would give it that finds nothing to do."""
    return structs.replace(
        report,
        written=(),
        changed=(),
        removed=(),
        unchanged=report.unchanged + len(report.written) + len(report.changed),
        seconds={},
        reasons={},
        rendered=0,
        notes=(),
    )


def window(places: Iterable[Place], notes: Iterable[Note], now: datetime) -> tuple[datetime | None, datetime | None]:
    """Return the last instant before `now` at which something appeared or went, and the next one at which it does."""
    instants = {
        instant
        for place in places
        if place.status in ("approved", "unlisted")
        for instant in (starts_at(place), place.embargo_until, place.expires_at)
        if instant
    }
    instants |= {instant for note in notes if is_edition(note.path) if (instant := edition_starts_at(note))}
    return (
        max((instant for instant in instants if instant <= now), default=None),
        min((instant for instant in instants if instant > now), default=None),
    )


def seen_by(job: Job, outputs: Stamps | None) -> dict[str, Any]:
    """Return what a state says of files; `outputs` are the stamps of those of the output, its manifest last."""
    return {
        "site": digest_of_stamps(job.stamps),
        "output": digest_of_stamps(outputs),
        "git": git_of_captures(job.request.folder.resolve(), job.stamps),
    }
