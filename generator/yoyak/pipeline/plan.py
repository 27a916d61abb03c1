"""plan: the `Site` becomes the list of everything that will be written. Pure.

A new kind of page is a `PageType` in a file of `yoyak.pages`, listed in `yoyak.pages.types`, and a template.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import unquote

from yoyak.model.addresses import NO_ADDRESSES, Addresses
from yoyak.model.message import Problem, problem_of, say
from yoyak.model.sources import Asset, HouseAsset, Looks
from yoyak.model.types import Page, Record, Site
from yoyak.model.views import Chrome, Frame, Standing
from yoyak.pages.articles import RedirectRecipe
from yoyak.pages.chrome import make_chrome
from yoyak.pages.machines import machine_pages
from yoyak.pages.page_type import World, world
from yoyak.pages.types import PAGE_TYPES, TYPE_OF
from yoyak.settings.config import SiteConfig
from yoyak.text.names import path_key

ROBOTS_FILE = "robots.txt"
REPLACEABLE = frozenset((ROBOTS_FILE, "404.html"))
"""Pages in the place of which a file of content/public/ may come."""
_SLASH = re.compile("/")


class Plan(Record, kw_only=True):
    """Everything that a build writes."""

    pages: tuple[Page, ...]
    """No two with one output path."""
    assets: tuple[Asset, ...]
    """Those that a page shows, by output path, and the files of content/public/."""
    host_files: tuple[HouseAsset, ...] = ()
    """What hosts read: _headers and _redirects."""
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
    *,
    root: Sequence[Asset] = (),
) -> tuple[Plan, tuple[Problem, ...]]:
    """Return all pages of a site, and a problem for each that another one stands in the way of.

    At each address that was deployed and has no page now is one that leads on, or says that it is gone. `root` are the
    files of content/public/. A robots.txt and a 404.html among them take the place of the site's.
    """
    around = world(site, config, addresses.first)
    root = [one for one in root if not (config.preview and one.output == ROBOTS_FILE)]  # no preview is searched
    replaced = {one.output for one in root} & REPLACEABLE
    planned = [page for one in PAGE_TYPES if one.plan for page in one.plan(around)]
    listed = [page for page in planned if TYPE_OF[page.kind].in_sitemap]
    files = [asset.output for asset in looks.assets.values()] + [
        asset.output for asset in assets.values() if not asset.fault
    ]
    everything = [*planned, *machine_pages(around, listed)]
    pages, problems = _one_path_each([page for page in everything if page.output not in replaced], files)
    free, of_root = _free_places(root, [*files, *(page.output for page in pages)]) if root else ((), ())
    taken = [*files, *(one.output for one in free)]
    moved, of_moved = _moved(around, pages, taken, NO_ADDRESSES if config.portable else addresses)
    redirects = _redirects(site, (*pages, *moved))
    gone = [page.url for page in moved if page.kind == "gone"]
    host_files, of_hosts = _host_files(config, looks, redirects, [one.output for one in free], gone)
    made = Plan(
        pages=(*pages, *moved),
        assets=(*_shown(site, assets), *free),
        host_files=host_files,
        chrome=make_chrome(around, looks, frozenset(page.url for page in pages)),
        frame=around.frame,
        standings=around.standings,
    )
    return made, (*problems, *of_root, *of_moved, *of_hosts)


def _moved(
    around: World, pages: Sequence[Page], taken: Sequence[str], addresses: Addresses
) -> tuple[tuple[Page, ...], tuple[Problem, ...]]:
    """Return the pages at addresses that were deployed. A site that was never deployed imports nothing."""
    if not addresses.remembered:
        return (), ()
    from yoyak.pages.moved import moved_pages

    return moved_pages(around, pages, taken, addresses)


def _host_files(
    config: SiteConfig, looks: Looks, redirects: Mapping[str, str], root: Sequence[str], gone: Sequence[str]
) -> tuple[tuple[HouseAsset, ...], tuple[Problem, ...]]:
    """Return what hosts read, if the site is for such a host: what makes it is imported only then."""
    if not config.hosting.headers or config.portable:
        return (), ()
    from yoyak.check.security_policy import security_policy
    from yoyak.pages.host_headers import host_files_of

    policy, of_policy = security_policy(config, looks)
    files, of_hosts = host_files_of(config, policy, redirects, root, gone)
    return files, (*of_policy, *of_hosts)


def _redirects(site: Site, pages: Iterable[Page]) -> dict[str, str]:
    """Return where old addresses lead, by address; of both only the path."""
    urls = {place.path: place.url for place in site.with_pages}
    recipes = ((page.url, page.recipe) for page in pages if isinstance(page.recipe, RedirectRecipe))
    return {old: new for old, one in recipes if (new := urls.get(one.path) or one.url)}


def _free_places(root: Sequence[Asset], taken: Iterable[str]) -> tuple[tuple[Asset, ...], tuple[Problem, ...]]:
    """Return the files of content/public/ whose places no page and no asset has, and a problem for each other."""
    files = {path_key(path) for path in taken}
    folders = {above for path in files for above in _folders(path)}
    problems = [
        problem_of("same-address.root", asset.path, path=asset.output)
        for asset in root
        for key in (path_key(asset.output),)
        if key in files or key in folders or not files.isdisjoint(_folders(key))
    ]
    lost = {problem.path for problem in problems}
    return tuple(asset for asset in root if asset.path not in lost), tuple(problems)


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
    path, hint = page.origin or "site.yaml", say("same-address.taken.hint")
    return problem_of(taken, path, hint=hint, url=unquote(page.url), other=other)


def _shown(site: Site, assets: Mapping[str, Asset]) -> tuple[Asset, ...]:
    """Return the assets that something published refers to. A draft's pictures leave no trace."""
    by_output = {asset.output: asset for asset in assets.values() if not asset.fault}
    notes = (*site.pages, *(edition.note for edition in site.editions if edition.note))
    wanted = {name for article in site.with_pages for name in article.assets} | {
        name for note in notes for name in note.assets
    }
    wanted |= set(site.intro_assets)
    return tuple(by_output[name] for name in sorted(wanted) if name in by_output)
