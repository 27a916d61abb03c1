"""Which planned pages have to be made again: the facts for `yoyak.incremental.staleness`, and what follows from them.

A page is kept when its fingerprint is the one that it was made with, and its file lies in the output as it was written.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from pathlib import Path

from yoyak.check.links import PageLinks, link_reader
from yoyak.check.loads import are_odd
from yoyak.engine.page_maker import MadePage
from yoyak.engine.run import Job
from yoyak.files.site_files import read_of_output
from yoyak.incremental.files_now import OutputFiles
from yoyak.incremental.fingerprints import PageInputs, compared, digest_of_frame, parts_of
from yoyak.incremental.staleness import Parts, Reasons, stale
from yoyak.model.sources import Looks
from yoyak.model.types import Output, Page, Record
from yoyak.pages.shown import side_by_side, standing_digests
from yoyak.pipeline.plan import Plan
from yoyak.store.remembered import BuildState, PageRow, ReadingRow, encode
from yoyak.store.store import Store
from yoyak.templating.dependencies import digests_of_looks, read_among, template_inputs


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
    inputs = _inputs(plan, looks, templates, state)
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


def _inputs(plan: Plan, looks: Looks, templates: Mapping[str, bytes], state: BuildState | None) -> Mapping[str, bytes]:
    """Return what pages read of templates; to find it anew costs more than to make many pages."""
    wanted = {page.template for page in plan.pages}
    if state and state.templates == templates and state.chrome == encode(plan.chrome) and wanted <= set(state.inputs):
        return state.inputs
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
