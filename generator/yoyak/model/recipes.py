"""What recipes are made of. A recipe is what decides a page, as plain data, made by plan and kept by the store.

A recipe names articles by their paths, and `shows` says which views of them it needs. Each page type has one, in its
file of `yoyak.pages`. `yoyak.pages.types.compose` makes a page's head and context of a recipe, the frame and those
views, and of nothing else: whatever it gets is therefore in the page's fingerprint, and nothing can be forgotten there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from yoyak.model.addresses import Loads
from yoyak.model.types import Record, Ribbon, Show, View
from yoyak.model.views import Link


class Frame(Record, kw_only=True):
    """The settings that pages read, the same for all pages of a site."""

    title: str
    tagline: str
    about: str
    """What stands in the place of a page's own description."""
    language: str
    base_url: str
    base_path: str
    origin: str
    """Scheme and host of the site, without a slash at the end."""
    timezone: str
    """In which all times are shown: the same instant is another text elsewhere."""
    preview: bool
    portable: bool = False
    """Whether addresses in pages are relative."""
    loads: Loads = Loads(host="")
    """Which hosts pages may ask: those that load more are errors, so that each has to be looked at again."""


class Standing(Record, kw_only=True):
    """The links of an article into its site: where its terms stand, and why it is not published."""

    source: Link | None = None
    tags: tuple[Link, ...] = ()
    themes: tuple[Link, ...] = ()
    """Never empty; the main theme first."""
    authors: tuple[str, ...] = ()
    """The url of each author's page, in the order of the names; empty for one without a page."""
    ribbon: Ribbon | None = None
    first: str = ""
    """The address that the article's id in feeds is made of: where it was online first."""


class DayPart(Record, kw_only=True):
    day: date | None
    url: str
    cards: tuple[str, ...]


class Recipe(Record, kw_only=True, tag=True):
    """The base of all recipes."""

    def shows(self) -> Iterator[Show]:
        """Yield the views that the page needs; most pages need none."""
        return iter(())


def each(view: View, paths: Iterable[str]) -> Iterator[Show]:
    """Yield a view of some articles."""
    return ((view, path) for path in paths)


def in_days(days: tuple[DayPart, ...]) -> Iterator[Show]:
    """Yield the cards of the articles of some days."""
    return (("card", path) for day in days for path in day.cards)
