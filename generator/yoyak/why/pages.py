"""What made a page: its files, its templates, the articles that it shows, the settings that it reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from msgspec import structs

from yoyak.incremental.stale_pages import remembered_page
from yoyak.model.message import Message, Words, say
from yoyak.model.types import View
from yoyak.model.views import Recipe
from yoyak.pages.articles import ArticleRecipe, RedirectRecipe
from yoyak.pages.editions import EditionRecipe, FrontRecipe
from yoyak.pages.terms import TermRecipe
from yoyak.pages.types import TYPE_OF
from yoyak.pipeline.load import TEMPLATE_ENDINGS
from yoyak.store.stamps import SETTINGS
from yoyak.templating.looks import names_read_by, read_among
from yoyak.text.urls import quote_path
from yoyak.why.absence import close
from yoyak.why.explanation import Explanation
from yoyak.why.freshness import change_of, changes_of_page, changes_of_site, words_of
from yoyak.why.memory import Memory

ANY = say("why.any-template")
_FRAME = ("title", "tagline", "description", "language", "base_url", "images", "embeds")
"""What `yoyak.model.views.Frame` is made of: every page reads it."""


def explain_page(asked: str, output: str, memory: Memory) -> Explanation:
    """Return what made the page that lies at an output path."""
    row = memory.pages[output]
    recipe_row = memory.store.recipes([output])[output]
    page = remembered_page(output, row, recipe_row)
    recipe = page.recipe
    templates, chrome = templates_of(recipe_row.template, memory)
    sources = tuple(dict.fromkeys(filter(None, (row.origin, *_sources(recipe, memory)))))
    shows: dict[View, dict[str, None]] = defaultdict(dict)
    for view, path in recipe.shows():
        shows[view][path] = None
    return Explanation(
        asked=asked,
        what="page",
        on_site=True,
        name=unquote(row.url),
        kind=row.kind,
        url=row.url,
        file=output,
        written=_written(output, memory),
        leads_to=_target(recipe, memory),
        sources=sources,
        shows={view: tuple(paths) for view, paths in shows.items()},
        templates=templates,
        settings=tuple(dict.fromkeys((*_FRAME, *chrome, *TYPE_OF[row.kind].settings))),
        changes=tuple(changes_of_page(page, recipe_row, sources, memory)),
    )


def templates_of(name: str, memory: Memory) -> tuple[tuple[Words, ...], tuple[str, ...]]:
    """Return the templates that a page's template reaches, itself first, and the keys of site.yaml that they read."""
    names, reads = names_read_by(name, memory.looks)
    ordered = sorted(names, key=lambda one: (one != name, one))
    found = [place for one in ordered for place in _where(one, memory)]
    fields = {read.partition(".")[2] for read in reads if read.startswith("chrome.")}
    return tuple(found), ("navigation",) if fields & {"navigation", "*"} else ()


def _where(name: str, memory: Memory) -> Iterator[Words]:
    """Yield where a template lies: ``templates/base.html`` for one of the site's own, ``yoyak/base.html`` else."""
    looks = memory.looks
    if name == "*":
        yield ANY
    elif name in looks.overrides:
        yield f"templates/{name}"
    elif name in looks.originals:
        yield f"yoyak/{name}"
    elif name.removeprefix("yoyak/") in looks.originals:
        yield name


def _sources(recipe: Recipe, memory: Memory) -> Iterator[str]:
    """Yield the source files that a page is made of, beside the one that it has its origin in."""
    if isinstance(recipe, ArticleRecipe | RedirectRecipe):
        yield from filter(None, (recipe.path,))
    elif isinstance(recipe, EditionRecipe | FrontRecipe) and recipe.edition:
        yield memory.note("editions", recipe.edition.link.key)
    elif isinstance(recipe, TermRecipe) and recipe.of == "theme":
        yield memory.note("themes", unquote(recipe.term.url).rstrip("/").rpartition("/")[2])


def _target(recipe: Recipe, memory: Memory) -> str:
    """Return where an old address leads."""
    if not isinstance(recipe, RedirectRecipe):
        return ""
    if recipe.url:
        return recipe.url
    reading = memory.store.reading(recipe.path)
    return reading.place.url if reading and reading.place else ""


def _written(output: str, memory: Memory) -> datetime | None:
    """Return when a page's file was written; None when it is not there."""
    place = Path(f"{memory.request.target}/{output}")
    found: Any = place.lstat() if place.is_file() else None
    try:
        return datetime.fromtimestamp(found.st_mtime, UTC).astimezone(memory.zone) if found else None
    except (ValueError, OverflowError, OSError):  # a disk that keeps times beyond the calendar
        return None


# --- Which pages a template, a file of templates/assets or site.yaml decides -------------------------------------


_ASSETS = "assets/"


def explain_settings(asked: str, memory: Memory) -> Explanation:
    """Return what site.yaml decides: every page reads something of it."""
    urls = tuple(row.url for row in memory.pages.values())
    changes = tuple(changes_of_site((), memory))
    return Explanation(asked=asked, what="settings", on_site=True, name=SETTINGS, shown_on=urls, changes=changes)


def explain_look(asked: str, name: str, memory: Memory) -> Explanation:
    """Return which pages read a file of templates/, by its name below that folder."""
    if name.startswith(_ASSETS):
        return _of_asset(asked, name.removeprefix(_ASSETS), memory)
    looks, path = memory.looks, f"templates/{name}"
    found = Explanation(asked=asked, what="template", on_site=False, name=path, changes=tuple(_changes(path, memory)))
    if name not in looks.overrides and name not in looks.originals:
        near = tuple(f"templates/{one}" for one in close(name, sorted({*looks.originals, *looks.overrides})))
        reasons = (_of_no_template(name, memory),)
        return structs.replace(found, reasons=reasons, near=near, changes=())
    shown_on = tuple(_reading((name, f"yoyak/{name}"), memory))
    if not shown_on:
        unread = "absent.template-of-no-page" if name in looks.originals else "absent.template-unread"
        return structs.replace(found, reasons=(say(unread),))
    both = (("templates", looks.overrides), ("yoyak", looks.originals))
    sources = tuple(f"{folder}/{name}" for folder, known in both if name in known)
    return structs.replace(found, on_site=True, shown_on=shown_on, sources=sources)


def _of_no_template(name: str, memory: Memory) -> Message:
    place = memory.folder / "templates" / name
    if place.is_dir():
        return say("absent.folder")
    if place.is_file():
        return say("absent.not-a-template", endings=", ".join(TEMPLATE_ENDINGS), folder=f"templates/{_ASSETS}")
    return say("absent.no-template")


def _reading(names: Sequence[str], memory: Memory) -> Iterator[str]:
    """Yield the urls of the pages that may read one of some templates and assets."""
    reading = {one for one in set(memory.templates.values()) if read_among(names, one, memory.looks)}
    for output, row in memory.pages.items():
        if memory.templates.get(output) in reading:
            yield row.url


def _changes(path: str, memory: Memory) -> Iterator[Message]:
    if change := change_of(path, memory):
        yield say("changes.readers", path=path, change=words_of(change))
    yield from changes_of_site((path,), memory)


def _of_asset(asked: str, name: str, memory: Memory) -> Explanation:
    """Return where a file of templates/assets is published, and which pages ask for it."""
    path, asset = f"templates/{_ASSETS}{name}", memory.looks.assets.get(name)
    found = Explanation(asked=asked, what="asset", on_site=False, name=path)
    if asset is None:
        near = tuple(f"templates/{_ASSETS}{one}" for one in close(name, sorted(memory.looks.assets)))
        return structs.replace(found, reasons=(say("absent.no-asset"),), near=near)
    changes = tuple(_changes(path, memory))
    if asset.output not in memory.outputs:
        return structs.replace(found, reasons=(say("absent.asset-old"),), changes=changes)
    url = memory.config.base_path + quote_path(asset.output)
    asking = tuple(_reading((f"assets/{name}",), memory))
    return structs.replace(found, on_site=True, url=url, file=asset.output, shown_on=asking, changes=changes)


def asset_name(output: str, memory: Memory) -> str | None:
    """Return the name of the file of templates/assets that is published at an output path."""
    found = (name for name, asset in memory.looks.assets.items() if unquote(asset.output) == output)
    return next(found, None)
