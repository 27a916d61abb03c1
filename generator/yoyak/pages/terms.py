"""Themes, tags, sources and authors: the list of each kind, and the page of each one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from functools import partial
from itertools import groupby

from yoyak.grouping.terms import PLURALS
from yoyak.model.types import Page, Record, Show, Term, TermKind
from yoyak.model.views import (
    Bar,
    Chart,
    DayGroup,
    DayPart,
    Frame,
    Pager,
    Recipe,
    TermGroup,
    TermLink,
    TermView,
    in_days,
)
from yoyak.pages.metadata import crumb, head, home, item_list, term_feed, words_of
from yoyak.pages.page_type import Composed, ListPage, PageType, Shown, World, day_groups, days_of, numbered, pages_of
from yoyak.templating.language import message
from yoyak.text.korean import heading_of
from yoyak.text.urls import output_path, page_url

WITH_FEED = ("theme", "tag")
WEEKS = 26
DIVIDED_FROM = 12


class TermsRecipe(Recipe, kw_only=True):
    of: TermKind
    groups: tuple[TermGroup, ...]
    count: int


class TermsContext(Record, kw_only=True):
    """All themes, tags, sources or authors."""

    groups: tuple[TermGroup, ...]
    count: int


class TermRecipe(Recipe, kw_only=True):
    of: TermKind
    term: TermView
    chart: Chart | None
    days: tuple[DayPart, ...]
    pager: Pager

    def shows(self) -> Iterator[Show]:
        return in_days(self.days)


class TermContext(Record, kw_only=True):
    """One theme, tag, source or author."""

    term: TermView
    chart: Chart | None
    """Only a theme's first page has one."""
    days: tuple[DayGroup, ...]
    pager: Pager


def _terms(world: World, kind: TermKind) -> tuple[Term, ...]:
    site = world.site
    return {"theme": site.themes, "tag": site.tags, "source": site.sources, "author": site.authors}[kind]


def term_list(kind: TermKind, world: World) -> Iterator[Page]:
    """Yield /themes/, /tags/, /sources/ or /authors/."""
    plural, terms = PLURALS[kind], _terms(world, kind)
    yield _LISTS[kind].page(
        url=page_url(world.config.base_path, plural),
        output=output_path(plural),
        recipe=TermsRecipe(of=kind, groups=_groups(kind, terms), count=len(terms)),
    )


def compose_terms(recipe: TermsRecipe, page: Page, frame: Frame, shown: Shown) -> Composed:
    """Return the head and the context of a list of terms."""
    plural, words = PLURALS[recipe.of], words_of(frame)
    about = head(
        frame,
        page,
        message(words, f"title.{plural}"),
        description=message(words, f"description.{plural}", site=frame.title),
        section=plural,
        crumbs=(home(frame),),
    )
    return about, TermsContext(groups=recipe.groups, count=recipe.count)


def _groups(kind: TermKind, terms: tuple[Term, ...]) -> tuple[TermGroup, ...]:
    """Divide a long list by first letter; themes stand in the desk's own order, undivided."""
    links = [
        TermLink(title=term.title, url=term.url, count=len(term.articles), description=term.description)
        for term in terms
    ]
    if kind == "theme" or len(links) < DIVIDED_FROM:
        return (TermGroup(heading="", terms=tuple(links)),) if links else ()
    return tuple(
        TermGroup(heading=letter, terms=tuple(found))
        for letter, found in groupby(links, key=lambda link: heading_of(link.title))
    )


def term_pages(kind: TermKind, world: World) -> Iterator[Page]:
    """Yield the pages of every theme, tag, source or author."""
    for term in _terms(world, kind):
        for piece in pages_of(world, term.articles, PLURALS[kind], term.slug):
            yield _page(world, term, piece)


def _page(world: World, term: Term, piece: ListPage) -> Page:
    first = piece.pager.number == 1
    recipe = TermRecipe(
        of=term.kind,
        term=_view(term, intro=term.intro if first else ""),
        chart=_chart(term) if first and term.kind == "theme" else None,
        days=day_groups(world, piece.items),
        pager=piece.pager,
    )
    return _TERMS[term.kind].page(url=piece.url, output=piece.output, recipe=recipe)


def compose_term(recipe: TermRecipe, page: Page, frame: Frame, shown: Shown) -> Composed:
    """Return the head and the context of one page of a term."""
    plural, words, term = PLURALS[recipe.of], words_of(frame), recipe.term
    title = numbered(frame, term.title, recipe.pager)
    days = days_of(shown, recipe.days)
    said = term.description or message(words, f"description.{recipe.of}", title=term.title, count=term.count)
    about = head(
        frame,
        page,
        title,
        description=said,
        section=plural,
        crumbs=(home(frame), crumb(frame, f"title.{plural}", plural)),
        feeds=(term_feed(term),) if term.feed else (),
        json_ld=(item_list(frame, title, (card for group in days for card in group.cards)),),
    )
    return about, TermContext(term=term, chart=recipe.chart, days=days, pager=recipe.pager)


def _view(term: Term, *, intro: str) -> TermView:
    """Return what a page of a term shows of it; its introduction may be long, and stands on the first one."""
    return TermView(
        kind=term.kind,
        title=term.title,
        url=term.url,
        description=term.description,
        intro=intro,
        site=term.site,
        count=len(term.articles),
        feed=term_feed(term).url if term.kind in WITH_FEED else "",
    )


def _chart(term: Term) -> Chart | None:
    """Return the articles of a theme by week, up to half a year back from its newest one; none for a single week."""
    days = [article.date.date() for article in term.articles if article.date]
    if not days:
        return None
    weeks = [day - timedelta(days=day.weekday()) for day in days]
    count = min(WEEKS, (max(weeks) - min(weeks)).days // 7 + 1)
    if count < 2:
        return None
    starts = [max(weeks) - timedelta(weeks=back) for back in range(count - 1, -1, -1)]
    counts = [weeks.count(start) for start in starts]
    most = max(counts)
    bars = tuple(
        Bar(start=start, count=number, x=3 + 20 * place, height=round(54 * number / most))
        for place, (start, number) in enumerate(zip(starts, counts, strict=True))
    )
    return Chart(bars=bars, width=20 * count)


_SETTINGS: Mapping[TermKind, tuple[str, ...]] = {
    "theme": ("themes",),
    "tag": ("tags",),
    "source": ("sources",),
    "author": (),
}
_LISTS: Mapping[TermKind, PageType] = {
    kind: PageType(
        kind=PLURALS[kind],
        template="terms.html",
        recipe=TermsRecipe,
        context=TermsContext,
        compose=compose_terms,
        plan=partial(term_list, kind),
        settings=settings,
    )
    for kind, settings in _SETTINGS.items()
}
_TERMS: Mapping[TermKind, PageType] = {
    kind: PageType(
        kind=kind,
        template="term.html",
        recipe=TermRecipe,
        context=TermContext,
        compose=compose_term,
        plan=partial(term_pages, kind),
        html="term.intro",
        settings=(*settings, "page_size", "timezone"),
    )
    for kind, settings in _SETTINGS.items()
}
TERM_LISTS, TERMS = tuple(_LISTS.values()), tuple(_TERMS.values())
