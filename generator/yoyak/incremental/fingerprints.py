"""Fingerprints: everything that decides a page's bytes, in parts, so that a change can be found and named."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence

from yoyak.incremental.staleness import Parts
from yoyak.model.types import Page, Record, Show
from yoyak.model.views import Frame, Recipe
from yoyak.pages.shown import PLACES, SIZE
from yoyak.pages.types import ANY_RECIPE
from yoyak.store.remembered import PageRow, RecipeRow, decode, encode


class PageInputs(Record, kw_only=True):
    """What decides a page."""

    recipe: Recipe
    """Encoded only when that is asked for: a large site has many."""
    templates: bytes
    """Of its templates and all else that they read: `yoyak.templating.dependencies`."""
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
