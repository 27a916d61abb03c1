"""retouch: a small build of edits that leave the structure of the site as it is.

When every article that changed keeps its place (`yoyak.model.Place`), group and plan would give what they gave before: they
see nothing else of it. So the pages that show these articles are looked up, and only they are made again, of the recipes
that the store has. Whatever is not surely of this kind is left to the whole build, by returning None.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from unicodedata import normalize
from zoneinfo import ZoneInfo

from msgspec import structs

from yoyak.check.links import PageLinks
from yoyak.config import SiteConfig
from yoyak.fingerprints import Parts, parts_of
from yoyak.grouping.publication import ribbon_of
from yoyak.locate import templates_folder
from yoyak.manifest import NAME as MANIFEST
from yoyak.model import Asset, BuildReport, Listed, Page, Place
from yoyak.parsing import read_all
from yoyak.pipeline.load import is_note
from yoyak.pipeline.load_looks import load_looks
from yoyak.pipeline.write import Staged, Target, open_target
from yoyak.press import Made, Press
from yoyak.problems import in_order
from yoyak.reasons import reason
from yoyak.recipes import AnyRecipe, Frame
from yoyak.remembering import digest_of_file, digest_of_place, page_row, settled, untouched_of
from yoyak.request import BuildRequest
from yoyak.seams import GuardedMap, MapLike
from yoyak.session import Session
from yoyak.stopwatch import Stopwatch
from yoyak.store.program import program
from yoyak.store.remembered import FileRow, PageRow, RecipeRow, State, Untouched, decode, encode
from yoyak.store.signatures import Signatures, outputs_digest, outputs_told
from yoyak.store.store import Kept, Store, place_in
from yoyak.store.untouched import clock, holds_at, in_zone, request_key
from yoyak.views import Chrome

MOST = 200
"""Files; with more the whole build is as quick, and reads them side by side."""


def retouch(
    request: BuildRequest,
    store: Store,
    signatures: Signatures,
    work: Path,
    files_map: GuardedMap,
    pages_map: MapLike,
    watch: Stopwatch,
    session: Session | None,
) -> BuildReport | None:
    """Return the report of a small build, or None when a whole one is needed."""
    if request.check_only:
        return None
    session = session or Session()
    state = session.state or store.state()
    if state is None or not _holds(request, state):
        return None
    files = session.files if session.files is not None else store.files()
    edits = _edits(request, signatures, files)
    if edits is None:
        return None
    run = _Retouch(request, store, state, session, watch)
    return run.run(edits, signatures, files, work, files_map, pages_map)


def _holds(request: BuildRequest, state: State) -> bool:
    """Tell whether what the last build left is still true of this program, request and time."""
    config = decode(state.config, SiteConfig)
    now = clock(request.at, os.environ, config.timezone)
    return (
        now is not None
        and state.program == program()
        and state.request == request_key(request)
        and holds_at(now, state.valid_from, state.valid_until, state.day, config.timezone)
        and not any(problem.severity == "error" for problem in state.report.problems)
    )


def _edits(request: BuildRequest, signatures: Signatures, files: Mapping[str, FileRow]) -> dict[str, str] | None:
    """Return the articles that changed, with their keys before, or None when something else did.

    A file that looks different and has the same bytes has not changed.
    """
    if signatures.keys() != files.keys():
        return None
    looks = [path for path, now in signatures.items() if not _same(files[path], now)]
    if len(looks) > MOST:
        return None
    edits = {}
    folder = request.folder.resolve()
    for path in looks:
        row = files[path]
        if not row.key:
            return None
        if digest_of_file(folder, path) == row.key:
            continue
        if not row.place or is_note(path) or path.lower().endswith(".txt"):
            return None
        edits[path] = row.key
    return edits


def _same(row: FileRow, now: tuple[int, int, int, int, bool]) -> bool:
    return row.sure and now[4] and (row.size, row.modified, row.inode, row.mode) == now[:4]


class _Retouch:
    """One small build under way."""

    def __init__(self, request: BuildRequest, store: Store, state: State, session: Session, watch: Stopwatch) -> None:
        self.request, self.store, self.state, self.session, self.watch = request, store, state, session, watch
        config = decode(state.config, SiteConfig)
        now = clock(request.at, os.environ, config.timezone)
        assert now
        self.config: SiteConfig = structs.replace(config, now=now.astimezone(_zone(config)))
        self.folder = Path(config.folder)
        self._raw: dict[str, str] = {}
        """The path of each edited file as the disk spells it."""

    def run(
        self,
        edits: Mapping[str, str],
        signatures: Signatures,
        files: dict[str, FileRow],
        work: Path,
        files_map: GuardedMap,
        pages_map: MapLike,
    ) -> BuildReport | None:
        if not self._is_whole():
            return None
        told = None
        if not self.request.preview:
            found = self._outputs()
            if found is None:
                return None
            told = found
        with self.watch.stage("parse", len(edits)):
            kept = self._read(edits, files_map)
            if all(one.article for one in kept):
                self.store.keep(kept, last_good={} if self.config.preview else None)
            if not all(self._stays(one, files) for one in kept):
                return None
        with self.watch.stage("plan"):
            planned = self._pages(kept)
            if planned is None:
                return None
        made = self._make(planned, pages_map, kept, work)
        if made is None:
            return None
        return self._finish(made, planned, kept, signatures, files, told)

    def _is_whole(self) -> bool:
        return bool(self.session.state) or all(
            self.store.database.count(table) == number for table, number in self.state.counts.items()
        )

    def _outputs(self) -> tuple[list[str], list[str]] | None:
        """Return the paths of the output and what each looks like, when all are as they were written."""
        data, paths = self.store.database.get("meta", "untouched"), self.store.database.get("meta", "outputs")
        if data is None or paths is None:
            return None
        outputs = [*paths.decode().split("\n"), MANIFEST]
        told = outputs_told(self.request.target, outputs)
        before: Untouched = decode(data, Untouched)
        return (outputs, told) if told and outputs_digest(told) == before.outputs else None

    # --- reading ---

    def _read(self, edits: Mapping[str, str], files_map: GuardedMap) -> list[Kept]:
        self._raw = {normalize("NFC", path): path for path in edits}
        listed = [Listed(path=path, location=f"{self.folder}/{raw}") for path, raw in self._raw.items()]
        if not listed:
            return []
        assets = self._assets()
        found = read_all(listed, assets, {}, self.config, files_map)
        asked = {read.name for one in found for read in one.reading.reads if read.what == "address"}
        if asked:
            addresses = self._addresses_of(sorted(asked), {one.path: one for one in found})
            if any(addresses.values()):
                found = read_all(listed, assets, addresses, self.config, files_map)
        return found

    def _assets(self) -> Mapping[str, Asset]:
        if self.session.assets is None:
            self.session.assets = {path: row.asset for path, row in self.store.assets().items() if row.asset}
        return self.session.assets

    def _addresses_of(self, paths: list[str], found: Mapping[str, Kept]) -> dict[str, str]:
        """Return the addresses of some articles and own pages, of those that may be linked to."""
        readings = {**self.store.readings_of(paths), **{path: one.reading for path, one in found.items()}}
        places = {path: readings[path].place for path in paths if path in readings}
        addresses = {path: place.url for path, place in places.items() if place and self._may_be_linked(place)}
        own = self._own_pages() if any(path.startswith("content/pages/") for path in paths) else {}
        return {path: addresses.get(path) or own.get(path, "") for path in paths}

    def _may_be_linked(self, place: Place) -> bool:
        return self.config.preview or ribbon_of(place_in(place, _zone(self.config)), self.config.now) is None

    def _own_pages(self) -> Mapping[str, str]:
        return {row.origin: row.url for row in self.store.pages().values() if row.kind == "page"}

    def _stays(self, kept: Kept, files: Mapping[str, FileRow]) -> bool:
        """Tell whether an article keeps its place. What was read is kept either way."""
        reading = kept.reading
        if reading.place is None or any(problem.severity == "error" for problem in reading.problems):
            return False
        if any(held.path == kept.path for held in self.state.report.held):
            return False
        return digest_of_place(reading.place) == files[self._raw[kept.path]].place

    # --- making ---

    def _pages(self, kept: list[Kept]) -> list[tuple[Page, Parts, bytes, PageRow, RecipeRow]] | None:
        """Return the pages whose fingerprint is another one now, or None when the store lacks something."""
        standings = self.store.standings([one.path for one in kept])
        if len(standings) < len(kept):
            return None
        outputs = sorted({output for row in standings.values() for output in row.outputs})
        found = self.store.some_pages(outputs)
        if len(found) < len(outputs):
            return None
        pages = [_page(output, row, recipe) for output, (row, recipe) in found.items()]
        paths = sorted({path for page in pages for _, path in page.recipe.shows()})
        of_articles = {path: row.digests for path, row in self.store.readings_of(paths).items()}
        of_articles |= {one.path: one.reading.digests for one in kept}
        of_standings = {path: row.digests for path, row in self.store.standings(paths).items()}
        if len(of_articles) < len(paths) or len(of_standings) < len(paths):
            return None

        def digests(path: str) -> tuple[bytes, bytes]:
            return of_articles[path], of_standings[path]

        changed = []
        for page in pages:
            row, recipe = found[page.output]
            parts = parts_of(page, {page.template: recipe.templates}, recipe.frame, digests)
            fingerprint = parts.fingerprint(page)
            if fingerprint != row.fingerprint:
                changed.append((page, parts, fingerprint, row, recipe))
        return changed

    def _make(
        self,
        planned: list[tuple[Page, Parts, bytes, PageRow, RecipeRow]],
        pages_map: MapLike,
        kept: list[Kept],
        work: Path,
    ) -> tuple[list[Made], Target] | None:
        target = open_target(self.request.target, self.folder, work)
        try:
            press = self._press()
            press.forget(one.path for one in kept)
            make = press.prepare(self._addresses(), target)
            with self.watch.stage("render", len(planned)):
                made = list(pages_map(make, [page for page, *_ in planned]))
        except BaseException:
            target.close()
            raise
        if any(self._breaks(one.links, recipe) for one, (*_, recipe) in zip(made, planned, strict=True)):
            target.close()
            return None
        return made, target

    def _breaks(self, links: PageLinks, before: RecipeRow) -> bool:
        """Tell whether links have to be looked at with those of other pages."""
        return bool(links.broken or links.fragments) or (
            links.url in self.state.anchored and set(before.ids) - set(links.ids) != set()
        )

    def _press(self) -> Press:
        if self.session.press is None:
            looks = load_looks(templates_folder(), self.folder / "templates")
            frame, chrome = decode(self.state.frame, Frame), decode(self.state.chrome, Chrome)
            self.session.press = Press(self.config, frame, chrome, looks, self.store, self.store.standing)
        return self.session.press

    def _addresses(self) -> frozenset[str]:
        if self.session.addresses is None:
            data = self.store.database.get("meta", "addresses") or b""
            self.session.addresses = frozenset(data.decode().split("\n"))
        return self.session.addresses

    # --- writing ---

    def _finish(
        self,
        done: tuple[list[Made], Target],
        planned: list[tuple[Page, Parts, bytes, PageRow, RecipeRow]],
        kept: list[Kept],
        signatures: Signatures,
        files: dict[str, FileRow],
        told: tuple[list[str], list[str]] | None,
    ) -> BuildReport:
        made, target = done
        staged = [one.staged for one in made if one.staged]
        report, state = self._report(staged, kept, planned)
        with self.watch.stage("write"):
            try:
                if any(one.change != "same" for one in staged):
                    target.commit(
                        staged, preview=self.config.preview, base_url=self.config.base_url, kept=target.before
                    )
            finally:
                target.close()
        with self.watch.stage("remember"):
            rows = self._file_rows(signatures, files, kept)
            self._remember(made, planned, rows, files, signatures, state, told)
        return report

    def _report(
        self, staged: list[Staged], kept: list[Kept], planned: list[tuple[Page, Parts, bytes, PageRow, RecipeRow]]
    ) -> tuple[BuildReport, State]:
        problems_of = {path: found for path, found in self.state.problems_of.items()}
        for one in kept:
            problems_of.pop(one.path, None)
            if one.reading.problems:
                problems_of[one.path] = one.reading.problems
        before = in_zone(self.state.report, self.config.timezone)
        changed = tuple(one.path for one in staged if one.change != "same")
        reasons = {
            page.output: reason(recipe, parts, page.recipe, ())
            for page, parts, _, _, recipe in planned
            if page.output in set(changed)
        }
        report = structs.replace(
            before,
            written=(),
            changed=changed,
            removed=(),
            unchanged=before.unchanged - len(changed),
            problems=in_order([*self.state.problems, *(p for found in problems_of.values() for p in found)]),
            seconds={},
            clock=self.config.now,
            reasons=reasons,
            rendered=len(planned),
            notes=(),
        )
        return report, structs.replace(self.state, problems_of=problems_of, report=settled(report))

    def _file_rows(self, signatures: Signatures, files: Mapping[str, FileRow], kept: list[Kept]) -> dict[str, FileRow]:
        """Return the rows of the files that look different now."""
        keys = {self._raw[one.path]: one.reading.key for one in kept}
        return {
            path: FileRow(*now, keys.get(path, files[path].key), files[path].place)
            for path, now in signatures.items()
            if not _same(files[path], now)
        }

    def _remember(
        self,
        made: list[Made],
        planned: list[tuple[Page, Parts, bytes, PageRow, RecipeRow]],
        rows: Mapping[str, FileRow],
        files: dict[str, FileRow],
        signatures: Signatures,
        state: State,
        told: tuple[list[str], list[str]] | None,
    ) -> None:
        put = self.store.database.put
        with self.store.writing():
            put("pages", ((one.output, encode(page_row(one, p[2]))) for one, p in zip(made, planned, strict=True)))
            put(
                "recipes",
                ((one.output, encode(_recipe_row(one, p[1], p[4]))) for one, p in zip(made, planned, strict=True)),
            )
            put("files", ((path, encode(row)) for path, row in rows.items()))
            put("meta", [("state", encode(state))])
            if told is not None:
                now = self._untouched(state, signatures, told, made)
                put("meta", [("untouched", encode(now))])
        files.update(rows)
        self.session.files, self.session.state = files, state

    def _untouched(
        self, state: State, signatures: Signatures, told: tuple[list[str], list[str]], made: list[Made]
    ) -> Untouched:
        outputs, looks = told
        new = {one.output: one.staged.signature for one in made if one.staged}
        looks = [
            " ".join(map(str, (new[path][0], new[path][1], new[path][2]))) if path in new else look
            for path, look in zip(outputs, looks, strict=True)
        ]
        looks[-1:] = outputs_told(self.request.target, [MANIFEST]) or [""]
        return untouched_of(self.request, state, signatures, outputs[:-1], self.config.timezone, told=looks)


def _page(output: str, row: PageRow, recipe: RecipeRow) -> Page:
    return Page(
        kind=row.kind,  # type: ignore[arg-type] # it was written from one
        url=row.url,
        output=output,
        template=recipe.template,
        recipe=decode(recipe.recipe, AnyRecipe),
        origin=row.origin,
    )


def _recipe_row(made: Made, parts: Parts, before: RecipeRow) -> RecipeRow:
    return RecipeRow(before.template, parts.recipe, parts.templates, parts.frame, parts.shown, made.links.ids)


def _zone(config: SiteConfig) -> ZoneInfo:
    return ZoneInfo(config.timezone)
