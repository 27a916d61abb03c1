"""Fingerprints: everything that decides a page's bytes, in parts, so that a change can be found and named."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence

from yoyak.model.recipes import Frame, Recipe
from yoyak.model.types import Page, Record
from yoyak.pages.shown import PLACES
from yoyak.store.remembered import RecipeRow, encode


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


Digests = Callable[[str], Sequence[bytes]]
"""Gives what `yoyak.pages.shown.side_by_side` does of an article and its standing, by its path."""


def parts_of(page: Page, templates: Mapping[str, bytes], frame: bytes, digests: Digests) -> PageInputs:
    """Return what decides a page."""
    shown = b"".join([digests(path)[PLACES[view]] for view, path in page.recipe.shows()])
    return PageInputs(recipe=page.recipe, templates=templates[page.template], frame=frame, shown=shown)


def digest_of_frame(frame: Frame) -> bytes:
    """Return a digest of the settings that pages read."""
    return hashlib.blake2b(encode(frame), digest_size=16).digest()
