"""Which planned pages have to be made again, and why.

A page is kept when its fingerprint is the one that it was made with, and its file lies in the output as it was written.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from msgspec import structs

from yoyak.check.links import PageLinks, link_reader
from yoyak.check.loads import are_odd
from yoyak.engine.page_maker import MadePage
from yoyak.engine.run import Job
from yoyak.files.site_files import read_of_output
from yoyak.incremental.fingerprints import PageInputs, digest_of_frame, parts_of
from yoyak.model.sources import Looks, unchanged
from yoyak.model.types import Output, Page, Record
from yoyak.pages.shown import side_by_side, standing_digests
from yoyak.pipeline.plan import Plan
from yoyak.store.remembered import BuildState, PageRow, ReadingRow, encode
from yoyak.store.stamps import folders_of, stamp_of_output
from yoyak.templating.dependencies import digests_of_looks, template_inputs


class StalePages(Record, kw_only=True):
    """What is made again, what is kept, and what both were decided by."""

    pages: tuple[Page, ...]
    """Those to make."""
    parts: Mapping[str, PageInputs]
    """By output path, of these pages at least."""
    fingerprints: Mapping[str, bytes]
    """Of the same."""
    state: BuildState | None
    """Of the last build, as the store has it."""
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
    store, output, state = job.store, job.request.target, job.store.state()
    templates = digests_of_looks(looks)
    inputs = _inputs(plan, looks, templates, state)
    frame = digest_of_frame(plan.frame)
    of_standings = {path: standing_digests(standing) for path, standing in plan.standings.items()}
    digests = {path: side_by_side(readings[path].digests, standing) for path, standing in of_standings.items()}
    before = store.pages()
    parts = {page.output: parts_of(page, inputs, frame, digests.__getitem__) for page in plan.pages}
    fingerprints = {page.output: parts[page.output].fingerprint(page) for page in plan.pages}
    linked = _linked_folders(output, before)
    kept = {
        page.output: row
        for page in plan.pages
        if (found := before.get(page.output))
        and not any(page.output.startswith(folder) for folder in linked)
        and found.fingerprint == fingerprints[page.output]
        and (row := _in_place(page.output, found, output, files))
    }
    return StalePages(
        pages=_by_date(plan, kept),
        kept=kept,
        parts=parts,
        fingerprints=fingerprints,
        before=before,
        state=state,
        standing_digests=of_standings,
        templates=templates,
        inputs=inputs,
    )


def _linked_folders(output: Path, before: Mapping[str, PageRow]) -> tuple[str, ...]:
    """Return the folders of the output that are links, each with a slash: what lies behind them is not ours."""
    return tuple(f"{folder}/" for folder in folders_of(before) if os.path.islink(f"{output}/{folder}"))  # noqa: PTH114


def _by_date(plan: Plan, kept: Mapping[str, PageRow]) -> tuple[Page, ...]:
    """Return the pages that are not kept, those of one time together: a process need not remember many cards then."""
    order = {path: place for place, path in enumerate(plan.standings)}
    pages = (page for page in plan.pages if page.output not in kept)
    return tuple(sorted(pages, key=lambda page: next((order[path] for _, path in page.recipe.shows()), -1)))


def _inputs(plan: Plan, looks: Looks, templates: Mapping[str, bytes], state: BuildState | None) -> Mapping[str, bytes]:
    """Return what pages read of templates; to find it anew costs more than to make many pages."""
    wanted = {page.template for page in plan.pages}
    if state and state.templates == templates and state.chrome == encode(plan.chrome) and wanted <= set(state.inputs):
        return state.inputs
    return template_inputs(wanted, looks, plan.chrome)


def _in_place(path: str, row: PageRow, output: Path, files: Mapping[str, str]) -> PageRow | None:
    """Return the row of a file that lies in the output as it was written, with what it looks like; else None."""
    stamp = stamp_of_output(f"{output}/{path}")
    if stamp is None or files.get(path) != row.digest:
        return None
    if unchanged(row.stamp, stamp):
        return row
    if hashlib.sha256(read_of_output(output, path)).hexdigest() != row.digest:
        return None
    return structs.replace(row, stamp=stamp)


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
    read = link_reader(addresses, planned.frame.base_url, planned.frame.loads, odd=odd)
    links = [one.links for one in made]
    kept = [page for page in everything if page.output in stale.kept]
    data_of = (lambda page: output_of(page).data) if planned.frame.portable else _reader_of(job.request.target)
    links += _of_kept(
        stale, kept, addresses, lambda page, data: read(page, Output(path=page.output, data=data)), job, data_of
    )
    asked = {url for page in links for _, url, _ in page.fragments} - {one.links.url for one in made}
    if asked:
        outputs = {row.url: path for path, row in stale.kept.items() if row.url in asked}
        ids = job.store.recipes(list(outputs.values()))
        told = {page.url: page for page in links}
        for url, path in outputs.items():
            row, known = stale.kept[path], told.get(url)
            links.append(
                PageLinks(
                    url=url, kind=row.kind, origin=row.origin, ids=ids[path].ids if path in ids else (),
                    broken=known.broken if known else (), fragments=known.fragments if known else (),
                    foreign=known.foreign if known else (),
                )
            )  # fmt: skip
    # Of several pages with one broken link the first is named: it must be the same whichever were made.
    order = {page.url: place for place, page in enumerate(everything)}
    return sorted(links, key=lambda page: order[page.url])


def _reader_of(output: Path) -> Callable[[Page], bytes]:
    return lambda page: read_of_output(output, page.output)


def _of_kept(
    stale: StalePages,
    pages: Sequence[Page],
    addresses: frozenset[str],
    read: Callable[[Page, bytes], PageLinks],
    job: Job,
    data_of: Callable[[Page], bytes],
) -> list[PageLinks]:
    """Return the links of pages that were kept. An address that is gone may be named by any of them."""
    gone = {row.url for row in stale.before.values()} - addresses
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
