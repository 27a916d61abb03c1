"""A page type: everything that is particular to one kind of page, in one value. `yoyak.pages.types` lists them all.

A recipe says what decides a page and which views of articles it shows. `compose` makes the page's head and context of
the recipe, the frame and those views, and of nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from yoyak.model.message import Words
from yoyak.model.types import Page, Record, Show
from yoyak.model.views import DayGroup, DayPart, Frame, Head, Recipe
from yoyak.pages.world import World

Shown = Mapping[Show, Any]
"""The views that a recipe asks for, and no others."""

Composed = tuple[Head, Record]
"""A head, and the variables of the template: a value of the page type's `context`."""


class PageType(Record, kw_only=True):
    """One kind of page."""

    kind: str
    """Its name, in one word: templates, the store and `yoyak why` know it by that."""
    template: str
    """A name below templates/."""
    recipe: type[Recipe]
    context: type[Record]
    """What `compose` returns; the recipe itself when a template can take that as it is."""
    compose: Callable[[Any, Page, Frame, Shown], Composed]
    """Returns the head and the context of a page."""
    plan: Callable[[World], Iterator[Page]] | None = None
    """Yields the pages of this type; None when those of another type are planned together with them."""
    in_sitemap: bool = True
    html: str = ""
    """Where the context has the digest of an HTML text, such as ``term.intro``. The template gets it as ``intro``."""
    settings: tuple[str, ...] = ()
    """The keys of site.yaml that decide it, beside those that every page reads."""
    label: Words = ""
    """What `yoyak why` calls it; without one, its kind and "page"."""

    def page(self, *, url: str, output: str, recipe: Recipe, origin: str = "") -> Page:
        """Return a planned page of this type."""
        return Page(kind=self.kind, url=url, output=output, template=self.template, recipe=recipe, origin=origin)


def cards(shown: Shown, paths: tuple[str, ...]) -> tuple[Any, ...]:
    """Return the cards of some articles."""
    return tuple(shown["card", path] for path in paths)


def days_of(shown: Shown, days: tuple[DayPart, ...]) -> tuple[DayGroup, ...]:
    """Return the days of a list with their cards."""
    return tuple(DayGroup(day=day.day, url=day.url, cards=cards(shown, day.cards)) for day in days)
