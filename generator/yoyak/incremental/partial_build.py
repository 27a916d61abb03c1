"""A partial build: one of edits that leave the structure of the site as it is.

When every article that changed keeps its place (`yoyak.model.Place`), group and plan would give what they gave before:
they see nothing else of it. So the pages that show these articles are looked up, and only they are made again, of the
recipes that the store has. Whatever is not surely of this kind is left to the whole build, by returning None.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from unicodedata import normalize

from msgspec import structs

from yoyak.check.links import PageLinks
from yoyak.engine.parse_all import asks_for_names
from yoyak.engine.parse_files import read_all
from yoyak.engine.reviews import Reviews
from yoyak.engine.run import Job, MadePage, Press
from yoyak.incremental.finish import (
    Produced,
    digest_of_file,
    digest_of_place,
    finish,
    made_rows,
    put_made,
    seen_by,
    settled,
)
from yoyak.incremental.stale_pages import StalePages, change_of, compared, parts_of, remembered_page
from yoyak.incremental.staleness import stale
from yoyak.incremental.unchanged import clock_if_it_holds, git_stamps, in_zone
from yoyak.model.build import MANIFEST, BuildReport
from yoyak.model.message import Problem, errors, in_order
from yoyak.model.sources import NO_FILE, Asset, FileStamp, Listed, unchanged
from yoyak.model.views import Chrome, Frame
from yoyak.pages.shown import side_by_side
from yoyak.paths import templates_folder
from yoyak.pipeline.load import is_note, load_looks
from yoyak.pipeline.write import Staged, Target
from yoyak.settings.config import SiteConfig
from yoyak.store.remembered import BuildState, FileRow, RecipeRow, decode, encode
from yoyak.store.stamps import digest_of_stamps, stamp_of_output, stamps_of_output
from yoyak.store.store import Kept


def partial_build(job: Job) -> BuildReport | None:
    """Return the report of a small build, or None when a whole one is needed."""
    if job.session.state and job.store.database.get("meta", "build") != job.session.build_id:
        job.session.forget()
    state = job.session.state or job.store.state()
    now = state and clock_if_it_holds(state, job.request, os.environ)
    if not state or not now or errors(state.report.problems):
        return None
    if state.git not in ("", git_stamps(job.request.folder.resolve())):  # the day of a capture may be another one
        return None
    files = job.session.files if job.session.files is not None else job.store.files()
    edits = edited_articles(job, files)
    return None if edits is None else _PartialBuild(job, state, files, now).run(edits)


class _PartialBuild:
    """One small build under way."""

    def __init__(self, job: Job, state: BuildState, files: dict[str, FileRow], now: datetime) -> None:
        self.job, self.state, self.files = job, state, files
        self.store, self.session, self.watch = job.store, job.session, job.watch
        self.config: SiteConfig = structs.replace(decode(state.config, SiteConfig), now=now)
        self.held = frozenset(one.path for one in state.report.held)

    def run(self, edits: Sequence[str]) -> BuildReport | None:
        """Make what the edits reach, or return None when a whole build is needed after all."""
        self.outputs = self.session.outputs or self._outputs() or {}
        if not self.outputs or not self._is_whole():
            return None
        with self.watch.stage("parse", len(edits)):
            titles = self._titles(edits) if self.state.named else None
            kept = reread(self.job, self.config, edits, self.held)
            if any(one.stamp != self._stamp(one.path, edits) for one in kept):
                return None  # exchanged since the files were looked at
            if titles is not None and titles != {one.path: one.reading.title for one in kept}:
                return None
            if any(asks_for_names(one.reading) for one in kept):
                return None
            if all(one.article for one in kept):
                self.store.keep(kept, last_good={} if self.session.keep_good else None)
            raw = {normalize("NFC", path): path for path in edits}
            if not all(self._stays(one, self.files[raw[one.path]]) for one in kept):
                return None
        with self.watch.stage("plan"):
            stale = self._stale(kept)
        if stale is None:
            return None
        return finish(
            self.job,
            self.config,
            stale,
            produce=lambda target: self._produce(target, stale, kept),
            report_of=lambda problems: self._report(problems, kept),
            save=lambda made, report: self._save(stale, kept, made, report),
            guard=lambda staged, places: self._leaks(kept, staged, places),
        )

    def _leaks(
        self, kept: Sequence[Kept], staged: Mapping[str, Staged], places: Mapping[str, str]
    ) -> tuple[Problem, ...]:
        from yoyak.incremental.firewall import Firewall

        return Firewall(self.job, self.config).of_edit([one.path for one in kept], staged, places)

    def _stamp(self, path: str, edits: Sequence[str]) -> FileStamp:
        return next(self.job.stamps[raw] for raw in edits if normalize("NFC", raw) == path)._replace(sure=True)

    def _titles(self, edits: Sequence[str]) -> dict[str, str]:
        """Return the headlines of some files as they were: other articles may link to them by these."""
        paths = [normalize("NFC", path) for path in edits]
        return {path: reading.title for path, reading in self.store.readings_of(paths).items()}

    def _is_whole(self) -> bool:
        """Tell whether the store has all rows that it should have."""
        counts = self.state.counts.items()
        return bool(self.session.state) or all(self.store.database.count(table) == number for table, number in counts)

    def _outputs(self) -> dict[str, FileStamp] | None:
        """Return the stamps of the files of the output, when all of them are as they were written."""
        paths = self.store.database.get("meta", "outputs")
        if paths is None:
            return None
        outputs = stamps_of_output(self.job.request.target, [*paths.decode().split("\n"), MANIFEST])
        return outputs if outputs and digest_of_stamps(outputs) == self.state.output else None

    def _stays(self, kept: Kept, row: FileRow) -> bool:
        """Tell whether an article keeps its place in the site, among what is published."""
        reading = kept.reading
        if reading.place is None or any(problem.severity == "error" for problem in reading.problems):
            return False
        if self.job.request.stops_at_marks and any(problem.code == "foreign-mark" for problem in reading.problems):
            return False
        if any(read.what == "name" for read in reading.reads):
            return False  # which files there are was not looked at
        if any(read.what == "gone" and read.name not in self._addresses() for read in reading.reads):
            return False  # its link becomes words, and is reported
        place = Reviews(self.config, self.job.stamps, self.store).held(kept.path, reading).place
        return kept.path not in self.held and place is not None and digest_of_place(place) == row.place

    # --- what has to be made ---

    def _stale(self, kept: Sequence[Kept]) -> StalePages | None:
        """Return the pages whose fingerprint is another one now, or None when the store cannot say."""
        standings = self.store.standings([one.path for one in kept])
        outputs = sorted({output for row in standings.values() for output in row.outputs})
        found = self.store.some_pages(outputs)
        if (
            len(standings) < len(kept)
            or len(found) < len(outputs)
            or any(row.fragments or row.foreign for row, _ in found.values())
        ):
            return None
        pages = {output: remembered_page(output, row, recipe) for output, (row, recipe) in found.items()}
        paths = sorted({path for page in pages.values() for _, path in page.recipe.shows()})
        of_articles = {path: row.digests for path, row in self.store.readings_of(paths).items()}
        of_standings = {path: row.digests for path, row in self.store.standings(paths).items()}
        if len(of_articles) < len(paths) or len(of_standings) < len(paths):
            return None
        digests = {path: side_by_side(of_articles[path], of_standings[path]) for path in paths}
        parts = {
            output: parts_of(page, {page.template: recipe.templates}, recipe.frame, digests.__getitem__)
            for output, page in pages.items()
            for _, recipe in (found[output],)
        }
        fingerprints = {output: parts[output].fingerprint(page) for output, page in pages.items()}
        reasons = stale(
            fingerprints,
            {output: row.fingerprint for output, (row, _) in found.items()},
            fault_of=lambda _: "",  # all were looked at together
            parts_of=lambda outputs: {
                output: compared(pages[output], parts[output], *found[output]) for output in outputs
            },
            changed_templates=lambda _: (),
        )
        return StalePages(
            pages=tuple(pages[output] for output in reasons),
            reasons=reasons,
            parts=parts,
            fingerprints=fingerprints,
            templates=self.state.templates,
            others_stay=True,
        )

    # --- making ---

    def _produce(self, target: Target, stale: StalePages, kept: Sequence[Kept]) -> Produced | None:
        """Make pages; None when their links have to be looked at together with those of others."""
        press = self._press()
        press.forget(one.path for one in kept)
        with self.watch.stage("render", len(stale.pages)):
            made = press.make_all(stale.pages, self._addresses(), target, self.job)
        before = self.store.recipes([one.output for one in made])
        if any(self._breaks(one.links, before[one.output]) for one in made):
            return None
        of_articles = (one for found in self._problems_of(kept).values() for one in found)
        return made, [one.staged for one in made if one.staged], (*self.state.problems, *of_articles)

    def _breaks(self, links: PageLinks, before: RecipeRow) -> bool:
        """Tell whether links have to be looked at together with those of other pages."""
        lost = set(before.ids) - set(links.ids)
        return bool(links.broken or links.fragments or links.foreign or (lost and links.url in self.state.anchored))

    def _press(self) -> Press:
        if self.session.press is None:
            looks = load_looks(templates_folder(), Path(self.config.folder) / "templates")
            frame, chrome = decode(self.state.frame, Frame), decode(self.state.chrome, Chrome)
            self.session.press = Press(self.config, frame, chrome, looks, self.store, self.store.standing)
        return self.session.press

    def _addresses(self) -> frozenset[str]:
        if self.session.addresses is None:
            data = self.store.database.get("meta", "addresses") or b""
            self.session.addresses = frozenset(data.decode().split("\n"))
        return self.session.addresses

    # --- writing ---

    def _report(self, problems: tuple[Problem, ...], kept: Sequence[Kept]) -> BuildReport:
        before = in_zone(self.state.report, self.config.timezone)
        titles = {one.path: one.reading.title for one in kept}
        coming = tuple(structs.replace(one, title=titles.get(one.path, one.title)) for one in before.coming)
        return structs.replace(before, problems=in_order(problems), clock=self.config.now, coming=coming)

    def _problems_of(self, kept: Sequence[Kept]) -> dict[str, tuple[Problem, ...]]:
        changed = {one.path: one.reading.problems for one in kept}
        return {path: found for path, found in {**self.state.problems_of, **changed}.items() if found}

    def _save(self, stale: StalePages, kept: Sequence[Kept], made: Sequence[MadePage], report: BuildReport) -> None:
        files, outputs = self._file_rows(kept), self._updated(made)
        seen = seen_by(self.job, outputs)
        state = structs.replace(self.state, problems_of=self._problems_of(kept), report=settled(report), **seen)
        with self.store.writing():
            put_made(self.store, stale, made, made_rows(stale, made))
            self.store.database.put("files", ((path, encode(row)) for path, row in files.items()))
            build_id = self.store.put_state(state)
        self.files.update(files)
        self.session.files, self.session.state, self.session.build_id = self.files, state, build_id
        self.session.outputs = outputs

    def _file_rows(self, kept: Sequence[Kept]) -> dict[str, FileRow]:
        """Return the rows of the files that look different now."""
        keys = {one.path: one.reading.key for one in kept}
        rows = {}
        for path, now in self.job.stamps.items():
            before = self.files[path]
            if not unchanged(before.stamp, now):
                rows[path] = FileRow(now, keys.get(normalize("NFC", path), before.key), before.place)
        return rows

    def _updated(self, made: Sequence[MadePage]) -> dict[str, FileStamp]:
        """Return the stamps of the files of the output now that these pages are in their places."""
        new = {one.output: one.staged.stamp for one in made if one.staged}
        manifest = stamp_of_output(f"{self.job.request.target}/{MANIFEST}")
        return {**self.outputs, **new, MANIFEST: manifest or NO_FILE}


# --- What changed since the last build, as long as it is articles that were written again, and what these say now ---

# What they ask for beside them comes from the store.


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
    pages = job.store.pages() if any(path.startswith("content/pages/") for path in paths) else {}
    own = {row.origin: row.url for row in pages.values() if row.kind == "page"}
    return {path: addresses.get(path) or own.get(path, "") for path in paths}
