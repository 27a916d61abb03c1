"""The list of all page types. Whatever depends on the kind of a page is found here, and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Union

from yoyak.model.types import Composition, Page
from yoyak.model.views import Frame
from yoyak.pages.archive import ARCHIVE, DAY, MONTH, YEAR
from yoyak.pages.articles import ARTICLE, GONE, REDIRECT
from yoyak.pages.editions import EDITION, EDITIONS, FRONT
from yoyak.pages.machines import ATOM, JSON_FEED, ROBOTS, RSS, SITEMAP, SITEMAP_INDEX
from yoyak.pages.own import NOT_FOUND, OWN
from yoyak.pages.page_type import PageType, Shown
from yoyak.pages.terms import TERM_LISTS, TERMS

PAGE_TYPES: tuple[PageType, ...] = (
    FRONT,
    EDITIONS,
    EDITION,
    ARTICLE,
    *TERM_LISTS,
    *TERMS,
    ARCHIVE,
    YEAR,
    MONTH,
    DAY,
    OWN,
    NOT_FOUND,
    REDIRECT,
    GONE,
    ATOM,
    RSS,
    JSON_FEED,
    SITEMAP,
    SITEMAP_INDEX,
    ROBOTS,
)
"""In the order in which pages are planned: of two pages with one address, the first keeps it."""

TYPE_OF: Mapping[str, PageType] = {one.kind: one for one in PAGE_TYPES}

ANY_RECIPE: Any = Union[tuple(dict.fromkeys(one.recipe for one in PAGE_TYPES))]  # noqa: UP007 - its members are a list
"""For decoding: each recipe says its own name."""


def compose(page: Page, frame: Frame, shown: Shown) -> Composition:
    """Return a page with everything that its template sees of it. `shown` has what `page.recipe.shows()` names."""
    found = TYPE_OF[page.kind]
    head, context = found.compose(page.recipe, page, frame, shown)
    return Composition(
        url=page.url,
        output=page.output,
        template=page.template,
        head=head,
        context=context,
        html=_html_of(found, context),
    )


def _html_of(found: PageType, context: Any) -> tuple[str, str]:
    """Return the name that the template knows an HTML text by, and the digest of that."""
    *above, name = found.html.split(".")
    for part in above:
        context = getattr(context, part)
    return name, getattr(context, name) if name and context is not None else ""
