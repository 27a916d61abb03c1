"""What made a page: its files, its templates, the articles that it shows, the settings that it reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from yoyak.incremental.stale_pages import remembered_page
from yoyak.model.message import Words, say
from yoyak.model.recipes import Recipe
from yoyak.model.types import View
from yoyak.pages.articles import ArticleRecipe, RedirectRecipe
from yoyak.pages.editions import EditionRecipe, FrontRecipe
from yoyak.pages.terms import TermRecipe
from yoyak.pages.types import TYPE_OF
from yoyak.templating.looks import names_read_by
from yoyak.why.explanation import Explanation
from yoyak.why.freshness import changes_of_page
from yoyak.why.memory import Memory

ANY = say("why.any-template")
_FRAME = ("title", "tagline", "description", "language", "base_url", "images", "embeds")
"""What `yoyak.model.recipes.Frame` is made of: every page reads it."""


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
