"""plan: the `Site` becomes the list of everything that will be written. Pure.

A new kind of page is one function here, one type in `yoyak.views` and one template.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from yoyak.config import SiteConfig
from yoyak.model import Asset, Looks, Page, Record, Site
from yoyak.pages.archive import archive_pages
from yoyak.pages.articles import article_pages, redirect_pages
from yoyak.pages.chrome import make_chrome
from yoyak.pages.editions import edition_pages, editions_page, front_page
from yoyak.pages.feeds import feed_pages
from yoyak.pages.machines import machine_pages
from yoyak.pages.own import not_found_page, own_pages
from yoyak.pages.terms import term_lists, term_pages
from yoyak.pages.world import World, world
from yoyak.problems import Problem
from yoyak.text.slugs import path_key
from yoyak.views import Chrome

PLANNERS: tuple[Callable[[World], Iterator[Page]], ...] = (
    front_page,
    editions_page,
    edition_pages,
    article_pages,
    term_lists,
    term_pages,
    archive_pages,
    own_pages,
    not_found_page,
    redirect_pages,
    feed_pages,
)


class Plan(Record, kw_only=True):
    """Everything that a build writes."""

    pages: tuple[Page, ...]
    """No two with one output path."""
    assets: tuple[Asset, ...]
    """Those that a page shows, by output path."""
    chrome: Chrome


def plan(site: Site, config: SiteConfig, looks: Looks, assets: Mapping[str, Asset]) -> tuple[Plan, tuple[Problem, ...]]:
    """Return all pages of a site, and a problem for each that another one stands in the way of."""
    around = world(site, config, looks, assets)
    planned = [page for planner in PLANNERS for page in planner(around)]
    pages, problems = _one_path_each([*planned, *machine_pages(around, planned)], looks)
    return Plan(pages=pages, assets=_shown(site, assets), chrome=make_chrome(around)), problems


def _one_path_each(pages: list[Page], looks: Looks) -> tuple[tuple[Page, ...], tuple[Problem, ...]]:
    """Keep the first page of each output path, compared NFC and case-folded."""
    taken: dict[str, Page | None] = {path_key(asset.output): None for asset in looks.assets.values()}
    problems, kept = [], []
    for page in pages:
        key = path_key(page.output)
        if key in taken:
            problems.append(_collision(page, taken[key]))
        else:
            taken[key] = page
            kept.append(page)
    return tuple(kept), tuple(problems)


def _collision(page: Page, first: Page | None) -> Problem:
    other = (first.origin or f"the page {first.url}") if first else "the templates' assets"
    return Problem(
        code="same-address",
        path=page.origin or "site.yaml",
        message=f"The {page.kind} page {page.url} stands in the same place as {other}.",
        hint="Give one of them another slug, or take the alias out.",
    )


def _shown(site: Site, assets: Mapping[str, Asset]) -> tuple[Asset, ...]:
    """Return the assets that something published refers to. A draft's pictures leave no trace."""
    by_output = {asset.output: asset for asset in assets.values()}
    notes = (*site.pages, *(edition.note for edition in site.editions if edition.note))
    wanted = {name for article in site.articles for name in article.assets} | {
        name for note in notes for name in note.assets
    }
    wanted |= set(site.intro_assets)
    return tuple(by_output[name] for name in sorted(wanted) if name in by_output)
