"""Which planned pages have to be made again: the facts for `yoyak.incremental.staleness`, and what follows from them.

A page is kept when its fingerprint is the one that it was made with, and its file lies in the output as it was written.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Container, Mapping, Sequence
from pathlib import Path
from typing import Literal

from msgspec import structs

from yoyak.check.links import PageLinks, link_reader
from yoyak.check.loads import are_odd
from yoyak.engine.run import Job, MadePage, compiled_ahead
from yoyak.files.site_files import read_of_output
from yoyak.incremental.staleness import Fault, Parts, Reasons, stale
from yoyak.model.sources import FileStamp, Looks, unchanged
from yoyak.model.types import Output, Page, Record, Show
from yoyak.model.views import Frame, Recipe
from yoyak.pages.shown import PLACES, SIZE, side_by_side, standing_digests
from yoyak.pages.types import ANY_RECIPE
from yoyak.pipeline.plan import Plan
from yoyak.store.remembered import BuildState, FileRow, PageRow, ReadingRow, RecipeRow, decode, encode
from yoyak.store.stamps import folders_of, stamp_of_output
from yoyak.store.store import Store
from yoyak.templating.fast_jinja import PageEnvironment
from yoyak.templating.looks import digests_of_looks, read_among, template_inputs


class StalePages(Record, kw_only=True):
    """What is made again, what is kept, and what both were decided by."""

    pages: tuple[Page, ...]
    """Those to make."""
    reasons: Mapping[str, Reasons]
    """By output path, of the same."""
    parts: Mapping[str, PageInputs]
    """By output path, of those pages at least."""
    fingerprints: Mapping[str, bytes]
    """Of the same."""
    templates: Mapping[str, bytes]
    """The digest of each template and house asset, by name."""
    others_stay: bool = False
    """All other files of the output stay as they are: nothing below was looked up."""
    kept: Mapping[str, PageRow] = {}
    """By output path, with the stamp of the file now."""
    before: Mapping[str, PageRow] = {}
    """As the store has them."""
    standing_digests: Mapping[str, bytes] = {}
    """By article path."""
    inputs: Mapping[str, bytes] = {}
    """By page template, a digest of all that its pages read of the looks and of chrome."""


def stale_pages(
    plan: Plan, looks: Looks, readings: Mapping[str, ReadingRow], job: Job, files: Mapping[str, str]
) -> StalePages:
    """Return which pages of a plan have to be made again. `files` are the digests of the output's manifest."""
    store, state, before = job.store, job.store.state(), job.store.pages()
    templates = digests_of_looks(looks)
    inputs = _inputs(plan, looks, templates, state, job.session.templates)
    frame = digest_of_frame(plan.frame)
    of_standings = {path: standing_digests(standing) for path, standing in plan.standings.items()}
    digests = {path: side_by_side(readings[path].digests, standing) for path, standing in of_standings.items()}
    pages = {page.output: page for page in plan.pages}
    parts = {output: parts_of(page, inputs, frame, digests.__getitem__) for output, page in pages.items()}
    fingerprints = {output: parts[output].fingerprint(page) for output, page in pages.items()}
    found = OutputFiles(job.request.target, before, files)
    changed = changed_names(state.templates if state else {}, templates)
    reasons = stale(
        fingerprints,
        {output: row.fingerprint for output, row in before.items()},
        fault_of=found.fault_of,
        parts_of=lambda outputs: _compared([pages[output] for output in outputs], parts, before, store),
        changed_templates=lambda template: read_among(changed, template, looks),
    )
    return StalePages(
        pages=_by_date(plan, reasons),
        reasons=reasons,
        kept={output: found.as_written[output] for output in pages if output not in reasons},
        parts=parts,
        fingerprints=fingerprints,
        before=before,
        standing_digests=of_standings,
        templates=templates,
        inputs=inputs,
    )


def _compared(
    pages: Sequence[Page], parts: Mapping[str, PageInputs], before: Mapping[str, PageRow], store: Store
) -> dict[str, tuple[Parts, Parts]]:
    recipes = store.recipes([page.output for page in pages])
    both = ((page, recipe) for page in pages if (recipe := recipes.get(page.output)))
    return {page.output: compared(page, parts[page.output], before[page.output], recipe) for page, recipe in both}


def changed_names(before: Mapping[str, bytes], now: Mapping[str, bytes]) -> frozenset[str]:
    """Return the names of the templates and assets that came, changed or went."""
    return frozenset(name for name in {*before, *now} if before.get(name) != now.get(name))


def _by_date(plan: Plan, stale: Container[str]) -> tuple[Page, ...]:
    """Return the stale pages, those of one time together: a process need not remember many cards then."""
    order = {path: place for place, path in enumerate(plan.standings)}
    pages = (page for page in plan.pages if page.output in stale)
    return tuple(sorted(pages, key=lambda page: next((order[path] for _, path in page.recipe.shows()), -1)))


def _inputs(
    plan: Plan, looks: Looks, templates: Mapping[str, bytes], state: BuildState | None, quick: PageEnvironment | None
) -> Mapping[str, bytes]:
    """Return what pages read of templates; to find it anew costs more than to make many pages.

    In a build from nothing they are compiled first (`quick`), and parsed only once.
    """
    wanted = {page.template for page in plan.pages}
    if state and state.templates == templates and state.chrome == encode(plan.chrome) and wanted <= set(state.inputs):
        return state.inputs
    if quick:
        list(compiled_ahead(quick, sorted(wanted)))
    return template_inputs(wanted, looks, plan.chrome)


def links_of(
    stale: StalePages,
    made: Sequence[MadePage],
    planned: Plan,
    looks: Looks,
    addresses: frozenset[str],
    job: Job,
    output_of: Callable[[Page], Output],
) -> list[PageLinks]:
    """Return the links of all pages that have to be looked at: of those made, and of what may have broken elsewhere.

    `output_of` makes a page again: the addresses in a portable output are not those that were checked.
    """
    everything, odd = planned.pages, are_odd(looks.overrides.values())
    links = [one.links for one in made]
    if kept := [page for page in everything if page.output in stale.kept]:
        read = link_reader(addresses, planned.frame.base_url, planned.frame.loads, odd=odd)

        def data_of(page: Page) -> bytes:
            return output_of(page).data if planned.frame.portable else read_of_output(job.request.target, page.output)

        links += _of_kept(
            stale, kept, addresses, lambda page, data: read(page, Output(path=page.output, data=data)), job, data_of
        )
    asked = {url for page in links for _, url, _ in page.fragments} - {one.links.url for one in made}
    if asked:
        outputs = {row.url: path for path, row in stale.kept.items() if row.url in asked}
        ids = job.store.recipes(list(outputs.values()))
        told = {page.url: page for page in links}
        for url, path in outputs.items():
            known = told.get(url) or PageLinks(url=url, kind=stale.kept[path].kind, origin=stale.kept[path].origin)
            links.append(structs.replace(known, ids=ids[path].ids if path in ids else ()))
    # Of several pages with one broken link the first is named: it must be the same whichever were made.
    order = {page.url: place for place, page in enumerate(everything)}
    return sorted(links, key=lambda page: order[page.url])


def _of_kept(
    stale: StalePages,
    pages: Sequence[Page],
    addresses: frozenset[str],
    read: Callable[[Page, bytes], PageLinks],
    job: Job,
    data_of: Callable[[Page], bytes],
) -> list[PageLinks]:
    """Return the links of pages that were kept. An address that is gone may be named by any of them."""
    gone = {row.url for row in stale.before.values() if row.kind != "gone"} - addresses
    if not gone:
        # What was broken may be whole now, since there are more addresses.
        pages = [page for page in pages if _is_doubtful(stale.kept[page.output])]
    needles = tuple({_needle(url) for url in gone})

    def look(page: Page) -> PageLinks | None:
        data = data_of(page)
        row = stale.kept[page.output]
        if _is_doubtful(row) or any(needle in data for needle in needles):
            return read(page, data)
        return None

    return [found for found in job.pages_map(look, pages) if found and _is_doubtful(found)]


def _is_doubtful(page: PageRow | PageLinks) -> bool:
    return bool(page.broken or page.fragments or page.foreign)


def _needle(url: str) -> bytes:
    """Return what any link to a page has in it: the end of its address, of a page of a list with the list's name."""
    parts = url.rstrip("/").rsplit("/", 2)
    return "/".join(parts[-2:] if parts[-1].isdigit() else parts[-1:]).encode()


# --- what became of files since the last build: of those that it wrote, and of those that it read ----------------


Change = Literal["", "new", "changed", "gone"]


class OutputFiles:
    """The pages' files in the output, looked at one by one."""

    def __init__(self, output: Path, before: Mapping[str, PageRow], manifest: Mapping[str, str]) -> None:
        """`before` says how they were written, and `manifest` which digests they should have."""
        self._output, self._before, self._manifest = output, before, manifest
        # What lies behind a link is not ours.
        self._linked = tuple(f"{one}/" for one in folders_of(before) if os.path.islink(f"{output}/{one}"))  # noqa: PTH114
        self.as_written: dict[str, PageRow] = {}
        """Those in which no fault was found, with what they look like now."""

    def fault_of(self, path: str) -> Fault:
        """Return what is wrong with the file of a page that was written."""
        row, stamp = self._before[path], stamp_of_output(f"{self._output}/{path}")
        if stamp is None or path.startswith(self._linked):
            return "missing"
        if self._manifest.get(path) != row.digest:
            return "edited"
        if not unchanged(row.stamp, stamp):
            if self._digest(path) != row.digest:
                return "edited"
            row = structs.replace(row, stamp=stamp)
        self.as_written[path] = row
        return ""

    def _digest(self, path: str) -> str:
        try:
            return hashlib.sha256(read_of_output(self._output, path)).hexdigest()
        except OSError:
            return ""


def change_of(before: FileRow | None, now: FileStamp | None, digest: Callable[[], str]) -> Change:
    """Return what became of a file of the site. One that only looks different has not changed.

    `digest` gives that of its bytes as they are now.
    """
    if now is None:
        return "gone" if before else ""
    if before is None:
        return "new"
    if unchanged(before.stamp, now):
        return ""
    if before.key:
        return "" if digest() == before.key.partition(" ")[0] else "changed"
    return "" if before.stamp[:2] == now[:2] else "changed"


# --- everything that decides a page's bytes, in parts, so that a change can be found and named -------------------


class PageInputs(Record, kw_only=True):
    """What decides a page."""

    recipe: Recipe
    """Encoded only when that is asked for: a large site has many."""
    templates: bytes
    """Of its templates and all else that they read: `yoyak.templating.looks`."""
    frame: bytes
    """Of the settings."""
    shown: bytes
    """Of what it shows of articles: two digests for each, in the order of the recipe's `shows`."""

    def fingerprint(self, page: Page) -> bytes:
        """Return one digest of all parts, and of what the page is."""
        made = hashlib.blake2b(digest_size=16)
        for part in (page.kind, page.template, page.url, page.output, page.origin):
            made.update(part.encode() + b"\n")
        for data in (self.templates, self.frame, encode(self.recipe), self.shown):
            made.update(data)
        return made.digest()

    def row(self, template: str, ids: tuple[str, ...]) -> RecipeRow:
        """Return what is kept of a page that was made of `template`, with the ids that it has."""
        return RecipeRow(template, encode(self.recipe), self.templates, self.frame, self.shown, ids)

    def parts(self, page: Page) -> Parts:
        """Return what the page is made of, to be compared with what it was made of."""
        return Parts(
            kind=page.kind,
            template=page.template,
            frame=self.frame,
            templates=self.templates,
            recipe=encode(self.recipe),
            shown=_by_show(self.recipe, self.shown),
        )


def remembered_page(output: str, row: PageRow, recipe: RecipeRow) -> Page:
    """Return a page as it was planned when it was made last."""
    what = decode(recipe.recipe, ANY_RECIPE)
    return Page(kind=row.kind, url=row.url, output=output, template=recipe.template, recipe=what, origin=row.origin)


def remembered_parts(page: Page, recipe: RecipeRow) -> Parts:
    """Return what a page was made of; `page` is as it was planned then."""
    return Parts(
        kind=page.kind,
        template=page.template,
        frame=recipe.frame,
        templates=recipe.templates,
        recipe=recipe.recipe,
        shown=_by_show(page.recipe, recipe.shown),
    )


def compared(page: Page, now: PageInputs, row: PageRow, recipe: RecipeRow) -> tuple[Parts, Parts]:
    """Return what a page was made of, as the store has it, and what it would be made of `now`."""
    return remembered_parts(remembered_page(page.output, row, recipe), recipe), now.parts(page)


def _by_show(recipe: Recipe, shown: bytes) -> dict[Show, bytes]:
    """Return both digests of all that a page shows, by the view and the article's path."""
    return {show: shown[at * 2 * SIZE : (at + 1) * 2 * SIZE] for at, show in enumerate(recipe.shows())}


Digests = Callable[[str], Sequence[bytes]]
"""Gives what `yoyak.pages.shown.side_by_side` does of an article and its standing, by its path."""


def parts_of(page: Page, templates: Mapping[str, bytes], frame: bytes, digests: Digests) -> PageInputs:
    """Return what decides a page."""
    shown = b"".join([digests(path)[PLACES[view]] for view, path in page.recipe.shows()])
    return PageInputs(recipe=page.recipe, templates=templates[page.template], frame=frame, shown=shown)


def digest_of_frame(frame: Frame) -> bytes:
    """Return a digest of the settings that pages read."""
    return hashlib.blake2b(encode(frame), digest_size=16).digest()
