"""retouch: a small build of edits that leave the structure of the site as it is.

When every article that changed keeps its place (`yoyak.model.Place`), group and plan would give what they gave before:
they see nothing else of it. So the pages that show these articles are looked up, and only they are made again, of the
recipes that the store has. Whatever is not surely of this kind is left to the whole build, by returning None.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from unicodedata import normalize

from msgspec import structs

from yoyak.check.links import PageLinks
from yoyak.engine.page_maker import MadePage, Press
from yoyak.engine.parse_all import asks_for_names
from yoyak.engine.run import Job
from yoyak.incremental.changed_articles import edited_articles
from yoyak.incremental.fingerprints import PageInputs, parts_of
from yoyak.incremental.reasons import reason
from yoyak.incremental.reparse import reread
from yoyak.incremental.save_state import digest_of_place, page_row, seen_by, settled
from yoyak.incremental.unchanged import clock_if_it_holds, in_zone
from yoyak.model.manifest import NAME as MANIFEST
from yoyak.model.problems import Problem, errors, in_order
from yoyak.model.recipes import Frame
from yoyak.model.report import BuildReport
from yoyak.model.sources import NO_FILE, FileStamp, unchanged
from yoyak.model.types import Page, Record
from yoyak.model.views import Chrome
from yoyak.pages.shown import side_by_side
from yoyak.pages.types import ANY_RECIPE
from yoyak.paths import templates_folder
from yoyak.pipeline.load_templates import load_looks
from yoyak.pipeline.write import Target, open_target
from yoyak.settings.config import SiteConfig
from yoyak.store.remembered import BuildState, FileRow, PageRow, RecipeRow, decode, encode
from yoyak.store.stamps import digest_of_stamps, stamp_of_output, stamps_of_output
from yoyak.store.store import Kept


def retouch(job: Job) -> BuildReport | None:
    """Return the report of a small build, or None when a whole one is needed."""
    if job.request.check_only:
        return None
    if job.session.state and job.store.database.get("meta", "build") != job.session.build_id:
        job.session.forget()
    state = job.session.state or job.store.state()
    now = state and clock_if_it_holds(state, job.request, os.environ)
    if not state or not now or errors(state.report.problems):
        return None
    files = job.session.files if job.session.files is not None else job.store.files()
    edits = edited_articles(job, files)
    return None if edits is None else _Retouch(job, state, files, now).run(edits)


class Due(Record, kw_only=True):
    """A page that has to be made again."""

    page: Page
    parts: PageInputs
    fingerprint: bytes
    before: RecipeRow


class _Retouch:
    """One small build under way."""

    def __init__(self, job: Job, state: BuildState, files: dict[str, FileRow], now: datetime) -> None:
        self.job, self.state, self.files = job, state, files
        self.store, self.session, self.watch = job.store, job.session, job.watch
        self.config: SiteConfig = structs.replace(decode(state.config, SiteConfig), now=now)

    def run(self, edits: Sequence[str]) -> BuildReport | None:
        """Make what the edits reach, or return None when a whole build is needed after all."""
        outputs = self.session.outputs or self._outputs()
        if outputs is None or not self._is_whole():
            return None
        with self.watch.stage("parse", len(edits)):
            titles = self._titles(edits) if self.state.named else None
            kept = reread(self.job, self.config, edits)
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
            due = self._due(kept)
        return None if due is None else self._made(due, kept, outputs)

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
        is_held = any(held.path == kept.path for held in self.state.report.held)
        return not is_held and digest_of_place(reading.place) == row.place

    # --- what has to be made ---

    def _due(self, kept: Sequence[Kept]) -> list[Due] | None:
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
        pages = {output: _page(output, row, recipe) for output, (row, recipe) in found.items()}
        paths = sorted({path for page in pages.values() for _, path in page.recipe.shows()})
        of_articles = {path: row.digests for path, row in self.store.readings_of(paths).items()}
        of_standings = {path: row.digests for path, row in self.store.standings(paths).items()}
        if len(of_articles) < len(paths) or len(of_standings) < len(paths):
            return None
        digests = {path: side_by_side(of_articles[path], of_standings[path]) for path in paths}
        due = []
        for output, (row, recipe) in found.items():
            page = pages[output]
            inputs = {page.template: recipe.templates}
            parts = parts_of(page, inputs, recipe.frame, digests.__getitem__)
            if (fingerprint := parts.fingerprint(page)) != row.fingerprint:
                due.append(Due(page=page, parts=parts, fingerprint=fingerprint, before=recipe))
        return due

    # --- making ---

    def _made(self, due: list[Due], kept: Sequence[Kept], outputs: dict[str, FileStamp]) -> BuildReport | None:
        target = open_target(self.job.request.target, Path(self.config.folder), self.job.work)
        try:
            press = self._press()
            press.forget(one.path for one in kept)
            with self.watch.stage("render", len(due)):
                made = press.make_all([one.page for one in due], self._addresses(), target, self.job)
            if any(self._breaks(one.links, before.before) for one, before in zip(made, due, strict=True)):
                return None
            return self._written(made, due, kept, target, outputs)
        finally:
            target.close()

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

    def _written(
        self, made: list[MadePage], due: list[Due], kept: Sequence[Kept], target: Target, outputs: dict[str, FileStamp]
    ) -> BuildReport:
        staged = [one.staged for one in made if one.staged]
        with self.watch.stage("write"):
            if any(one.change != "same" for one in staged):
                target.commit(staged, preview=self.config.preview, base_url=self.config.base_url, kept=target.before)
        changed = tuple(one.path for one in staged if one.change != "same")
        report = self._report(changed, due, kept)
        with self.watch.stage("remember"):
            self._remember(made, due, kept, report, outputs)
        return report

    def _report(self, changed: tuple[str, ...], due: list[Due], kept: Sequence[Kept]) -> BuildReport:
        before, problems_of = in_zone(self.state.report, self.config.timezone), self._problems_of(kept)
        reasons = {one.page.output: reason(one.before, one.parts, ()) for one in due}
        return structs.replace(
            before,
            changed=changed,
            unchanged=before.unchanged - len(changed),
            problems=in_order([*self.state.problems, *(one for found in problems_of.values() for one in found)]),
            clock=self.config.now,
            reasons={path: reasons[path] for path in changed},
            rendered=len(due),
        )

    def _problems_of(self, kept: Sequence[Kept]) -> dict[str, tuple[Problem, ...]]:
        changed = {one.path: one.reading.problems for one in kept}
        return {path: found for path, found in {**self.state.problems_of, **changed}.items() if found}

    def _remember(
        self,
        made: list[MadePage],
        due: list[Due],
        kept: Sequence[Kept],
        report: BuildReport,
        outputs: dict[str, FileStamp],
    ) -> None:
        files, put = self._file_rows(kept), self.store.database.put
        outputs = self._updated(outputs, made)
        seen = seen_by(self.job, outputs)
        state = structs.replace(self.state, problems_of=self._problems_of(kept), report=settled(report), **seen)
        with self.store.writing():
            put("pages", ((m.output, encode(page_row(m, d.fingerprint))) for m, d in zip(made, due, strict=True)))
            rows = (
                (one.page.output, one.parts.row(one.page.template, m.links.ids))
                for m, one in zip(made, due, strict=True)
            )
            put("recipes", ((path, encode(row)) for path, row in rows))
            put("files", ((path, encode(row)) for path, row in files.items()))
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

    def _updated(self, outputs: dict[str, FileStamp], made: list[MadePage]) -> dict[str, FileStamp]:
        """Return the stamps of the files of the output now that these pages are in their places."""
        new = {one.output: one.staged.stamp for one in made if one.staged}
        manifest = stamp_of_output(f"{self.job.request.target}/{MANIFEST}")
        return {**outputs, **new, MANIFEST: manifest or NO_FILE}


def _page(output: str, row: PageRow, recipe: RecipeRow) -> Page:
    return Page(
        kind=row.kind,
        url=row.url,
        output=output,
        template=recipe.template,
        recipe=decode(recipe.recipe, ANY_RECIPE),
        origin=row.origin,
    )
