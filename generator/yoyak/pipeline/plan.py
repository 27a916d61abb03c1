"""plan: the `Site` becomes the list of everything that will be written. Pure.

A new kind of page is a `PageType` in a file of `yoyak.pages`, listed in `yoyak.pages.types`, and a template.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from urllib.parse import unquote

from yoyak.model.addresses import NO_ADDRESSES, Addresses
from yoyak.model.message import say
from yoyak.model.problems import Problem
from yoyak.model.recipes import Frame, Standing
from yoyak.model.sources import Asset, Looks
from yoyak.model.types import Page, Record, Site
from yoyak.model.views import Chrome
from yoyak.pages.chrome import make_chrome
from yoyak.pages.machines import machine_pages
from yoyak.pages.moved import moved_pages
from yoyak.pages.types import PAGE_TYPES, TYPE_OF
from yoyak.pages.world import world
from yoyak.settings.config import SiteConfig
from yoyak.text.slugs import path_key

_SLASH = re.compile("/")


class Plan(Record, kw_only=True):
    """Everything that a build writes."""

    pages: tuple[Page, ...]
    """No two with one output path."""
    assets: tuple[Asset, ...]
    """Those that a page shows, by output path."""
    chrome: Chrome
    frame: Frame
    standings: Mapping[str, Standing]
    """By article path."""


def plan(
    site: Site,
    config: SiteConfig,
    looks: Looks,
    assets: Mapping[str, Asset],
    addresses: Addresses = NO_ADDRESSES,
) -> tuple[Plan, tuple[Problem, ...]]:
    """Return all pages of a site, and a problem for each that another one stands in the way of.

    At each address that was deployed and has no page now is one that leads on, or says that it is gone.
    """
    around = world(site, config, addresses.first)
    planned = [page for one in PAGE_TYPES if one.plan for page in one.plan(around)]
    listed = [page for page in planned if TYPE_OF[page.kind].in_sitemap]
    files = [asset.output for asset in looks.assets.values()] + [
        asset.output for asset in assets.values() if not asset.fault
    ]
    pages, problems = _one_path_each([*planned, *machine_pages(around, listed)], files)
    moved, of_moved = moved_pages(around, pages, files, NO_ADDRESSES if config.portable else addresses)
    made = Plan(
        pages=(*pages, *moved),
        assets=_shown(site, assets),
        chrome=make_chrome(around, looks, frozenset(page.url for page in pages)),
        frame=around.frame,
        standings=around.standings,
    )
    return made, (*problems, *of_moved)


def _one_path_each(pages: list[Page], files: Iterable[str]) -> tuple[tuple[Page, ...], tuple[Problem, ...]]:
    """Keep the first page of each output path, compared NFC and case-folded; a file's path is no folder's.

    An old address never takes the place of a page, nor an article that of a list.
    """
    taken: dict[str, Page | None] = {path_key(file): None for file in files}
    folders: dict[str, Page | None] = {parent: None for file in taken for parent in _folders(file)}
    problems, kept = [], []
    order = {id(page): number for number, page in enumerate(pages)}
    for page in sorted(pages, key=lambda page: _YIELDS.get(page.kind, 0)):
        key = path_key(page.output)
        above = _folders(key)
        if key in taken or key in folders or any(folder in taken for folder in above):
            place = next(place for place in (key, *above) if place in taken or place in folders)
            problems.append(_collision(page, taken.get(place) or folders.get(place)))
        else:
            taken[key] = page
            folders.update((folder, page) for folder in above if folder not in folders)
            kept.append(page)
    kept.sort(key=lambda page: (page.kind == "redirect", order[id(page)]))
    return tuple(kept), tuple(problems)


_YIELDS = {"article": 1, "redirect": 2}
"""Pages that do not get an address that one with a lower number wants."""


def _folders(path: str) -> list[str]:
    """Return the folders that a path stands in: ``a`` and ``a/b`` for ``a/b/c``."""
    return [path[: match.start()] for match in _SLASH.finditer(path)]


def _collision(page: Page, first: Page | None) -> Problem:
    other = (first.origin or say("same-address.page", url=unquote(first.url))) if first else say("same-address.asset")
    taken = "same-address.old" if page.kind == "redirect" else "same-address.taken"
    return Problem(
        code="same-address",
        path=page.origin or "site.yaml",
        message=say(taken, url=unquote(page.url), other=other),
        hint=say("same-address.taken.hint"),
    )


def _shown(site: Site, assets: Mapping[str, Asset]) -> tuple[Asset, ...]:
    """Return the assets that something published refers to. A draft's pictures leave no trace."""
    by_output = {asset.output: asset for asset in assets.values() if not asset.fault}
    notes = (*site.pages, *(edition.note for edition in site.editions if edition.note))
    wanted = {name for article in site.with_pages for name in article.assets} | {
        name for note in notes for name in note.assets
    }
    wanted |= set(site.intro_assets)
    return tuple(by_output[name] for name in sorted(wanted) if name in by_output)
