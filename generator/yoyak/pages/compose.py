"""compose: a planned page gets its head and its context, of its recipe and of what that shows of articles."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from yoyak.model.recipes import (
    ArchiveRecipe,
    ArticleRecipe,
    DayRecipe,
    EditionRecipe,
    EditionsRecipe,
    FeedRecipe,
    Frame,
    FrontRecipe,
    MonthRecipe,
    NotFoundRecipe,
    OwnRecipe,
    Recipe,
    RedirectRecipe,
    RobotsRecipe,
    SitemapIndexRecipe,
    SitemapRecipe,
    TermRecipe,
    TermsRecipe,
    YearRecipe,
)
from yoyak.model.types import Composition, Page
from yoyak.pages.archive import compose_archive, compose_day, compose_month, compose_year
from yoyak.pages.articles import compose_article, compose_redirect
from yoyak.pages.compositions import Composed, Shown
from yoyak.pages.editions import compose_edition, compose_editions, compose_front
from yoyak.pages.feeds import compose_feed
from yoyak.pages.machines import compose_robots, compose_sitemap, compose_sitemap_index
from yoyak.pages.own import compose_not_found, compose_own
from yoyak.pages.terms import compose_term, compose_terms

_COMPOSERS: Mapping[type[Recipe], Callable[[Any, Page, Frame, Shown], Composed]] = {
    FrontRecipe: compose_front,
    EditionsRecipe: compose_editions,
    EditionRecipe: compose_edition,
    ArticleRecipe: compose_article,
    RedirectRecipe: compose_redirect,
    TermsRecipe: compose_terms,
    TermRecipe: compose_term,
    ArchiveRecipe: compose_archive,
    YearRecipe: compose_year,
    MonthRecipe: compose_month,
    DayRecipe: compose_day,
    OwnRecipe: compose_own,
    NotFoundRecipe: compose_not_found,
    FeedRecipe: compose_feed,
    SitemapRecipe: compose_sitemap,
    SitemapIndexRecipe: compose_sitemap_index,
    RobotsRecipe: compose_robots,
}


def compose(page: Page, frame: Frame, shown: Shown) -> Composition:
    """Return a page with everything that its template sees of it. `shown` has what `page.recipe.shows()` names."""
    head, context = _COMPOSERS[type(page.recipe)](page.recipe, page, frame, shown)
    return Composition(
        kind=page.kind,
        url=page.url,
        output=page.output,
        template=page.template,
        head=head,
        context=context,
        origin=page.origin,
    )
