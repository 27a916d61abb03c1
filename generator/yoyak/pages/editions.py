"""The front page, the editions and the list of editions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import structs

from yoyak.model.types import Edition, Page, Record, Show
from yoyak.model.views import (
    DayGroup,
    DayPart,
    EditionLink,
    EditionView,
    Frame,
    Link,
    Pager,
    Recipe,
    SectionView,
    each,
    in_days,
)
from yoyak.pages.metadata import crumb, head, home, item_list, website, words_of
from yoyak.pages.page_type import (
    Composed,
    PageType,
    Shown,
    World,
    cards,
    day_groups,
    days_of,
    edition_link,
    neighbours,
    numbered,
    pages_of,
    paths_of,
)
from yoyak.templating.language import edition_name, formatted, message
from yoyak.text.sanitize import digest_of
from yoyak.text.urls import output_path, page_url

RECENT = 6


class SectionPart(Record, kw_only=True):
    theme: Link
    count: int
    cards: tuple[str, ...]


class ListedEdition(Record, kw_only=True):
    """An edition as the pages of others name it."""

    link: EditionLink
    headline: str
    """The article whose headline is shown instead of a title; empty when the edition has a title."""

    def shows(self) -> Iterator[Show]:
        if self.headline:
            yield "link", self.headline


class EditionPart(Record, kw_only=True):
    link: EditionLink
    note: str
    """The digest of the editor's note, or empty."""
    lead: str
    sections: tuple[SectionPart, ...]
    listed: tuple[str, ...]
    """All articles, the lead first."""

    def shows(self) -> Iterator[Show]:
        return each("card", self.listed)


class FrontRecipe(Recipe, kw_only=True):
    edition: EditionPart | None
    recent: tuple[ListedEdition, ...]
    days: tuple[DayPart, ...]

    def shows(self) -> Iterator[Show]:
        yield from self.edition.shows() if self.edition else in_days(self.days)
        yield from _of_listed(self.recent)


class FrontContext(Record, kw_only=True):
    edition: EditionView | None
    """The current edition; None when the site has no editions."""
    recent: tuple[EditionLink, ...]
    """Editions before the current one."""
    days: tuple[DayGroup, ...]
    """The newest articles when the site has no editions; else empty."""


class EditionsRecipe(Recipe, kw_only=True):
    editions: tuple[ListedEdition, ...]
    pager: Pager

    def shows(self) -> Iterator[Show]:
        return _of_listed(self.editions)


class EditionsContext(Record, kw_only=True):
    editions: tuple[EditionLink, ...]
    pager: Pager


class EditionRecipe(Recipe, kw_only=True):
    edition: EditionPart
    previous: ListedEdition | None
    next: ListedEdition | None

    def shows(self) -> Iterator[Show]:
        yield from self.edition.shows()
        yield from _of_listed(filter(None, (self.previous, self.next)))


class EditionContext(Record, kw_only=True):
    edition: EditionView
    previous: EditionLink | None
    """The older one."""
    next: EditionLink | None
    """The newer one."""


def _of_listed(editions: Iterable[ListedEdition]) -> Iterator[Show]:
    return (show for edition in editions for show in edition.shows())


def front_page(world: World) -> Iterator[Page]:
    """Yield the front page: the current edition, or the newest articles of a site without editions."""
    editions, config = world.site.editions, world.config
    recipe = FrontRecipe(
        edition=_part(editions[0]) if editions else None,
        recent=tuple(map(_listed, editions[1 : RECENT + 1])),
        days=() if editions else day_groups(world, world.site.articles[: config.page_size]),
    )
    url = page_url(config.base_path)
    yield FRONT.page(url=url, output="index.html", recipe=recipe)


def compose_front(recipe: FrontRecipe, page: Page, frame: Frame, shown: Shown) -> Composed:
    """Return the head and the context of the front page."""
    listed = recipe.edition.listed if recipe.edition else tuple(path for day in recipe.days for path in day.cards)
    about = head(
        frame,
        page,
        frame.title,
        description=frame.about,
        section="edition",
        json_ld=(website(frame), item_list(frame, frame.title, cards(shown, listed))),
    )
    edition = _view(recipe.edition, frame, shown) if recipe.edition else None
    recent = tuple(_titled(one, shown) for one in recipe.recent)
    return about, FrontContext(edition=edition, recent=recent, days=days_of(shown, recipe.days))


def edition_pages(world: World) -> Iterator[Page]:
    """Yield a page for each edition."""
    listed = [_listed(edition) for edition in world.site.editions]
    for place, edition in enumerate(world.site.editions):
        older, newer = neighbours(listed, place)
        yield EDITION.page(
            url=edition.url,
            output=output_path("editions", edition.key),
            recipe=EditionRecipe(edition=_part(edition), previous=older, next=newer),
            origin=edition.note.path if edition.note else "",
        )


def compose_edition(recipe: EditionRecipe, page: Page, frame: Frame, shown: Shown) -> Composed:
    """Return the head and the context of an edition's page."""
    say, edition = words_of(frame), _view(recipe.edition, frame, shown)
    name = edition_name(say, edition)
    title = f"{edition.title} · {name}" if edition.title not in ("", name) else name
    description = message(
        say,
        "description.edition",
        name=name,
        start=formatted(say, "day", edition.start),
        end=formatted(say, "day", edition.end),
        count=edition.count,
    )
    about = head(
        frame,
        page,
        title,
        description=description,
        section="editions",
        crumbs=(home(frame), crumb(frame, "title.editions", "editions")),
        json_ld=(item_list(frame, title, cards(shown, recipe.edition.listed)),),
    )
    older, newer = (_titled(one, shown) if one else None for one in (recipe.previous, recipe.next))
    return about, EditionContext(edition=edition, previous=older, next=newer)


def _part(edition: Edition) -> EditionPart:
    """Return what the front page and its own page show of an edition."""
    lead = edition.lead
    return EditionPart(
        link=edition_link(edition),
        note=digest_of(edition.note.html) if edition.note else "",
        lead=lead.path if lead else "",
        sections=tuple(
            SectionPart(
                theme=Link(title=section.theme.title, url=section.theme.url),
                count=len(section.articles),
                cards=paths_of(article for article in section.articles if article is not lead),
            )
            for section in edition.sections
        ),
        listed=paths_of(edition.articles),
    )


def _listed(edition: Edition) -> ListedEdition:
    """Return how the pages of others name an edition."""
    lead = edition.lead
    return ListedEdition(link=edition_link(edition), headline=lead.path if lead and not edition.title else "")


def _titled(edition: ListedEdition, shown: Shown) -> EditionLink:
    """Return the link of an edition with a title: its own, else the headline of its lead story."""
    if not edition.headline:
        return edition.link
    story: Link = shown["link", edition.headline]
    return structs.replace(edition.link, title=story.title, lang=story.lang)


def _view(part: EditionPart, frame: Frame, shown: Shown) -> EditionView:
    sections = (
        SectionView(id=f"section-{number}", theme=section.theme, count=section.count, cards=cards(shown, section.cards))
        for number, section in enumerate(part.sections, 1)
    )
    lead = shown["card", part.lead] if part.lead else None
    link = structs.asdict(part.link)
    if lead and not part.link.title:
        link |= {"title": lead.title, "lang": "" if lead.lang == frame.language else lead.lang}
    return EditionView(**link, note=part.note, lead=lead, sections=tuple(sections))


def editions_page(world: World) -> Iterator[Page]:
    """Yield the list of all editions; a site without editions has none."""
    if world.config.cadence == "none":
        return
    for piece in pages_of(world, world.site.editions, "editions"):
        recipe = EditionsRecipe(editions=tuple(map(_listed, piece.items)), pager=piece.pager)
        yield EDITIONS.page(url=piece.url, output=piece.output, recipe=recipe)


def compose_editions(recipe: EditionsRecipe, page: Page, frame: Frame, shown: Shown) -> Composed:
    """Return the head and the context of one page of the list of editions."""
    words = words_of(frame)
    about = head(
        frame,
        page,
        numbered(frame, message(words, "title.editions"), recipe.pager),
        description=message(words, "description.editions", site=frame.title),
        section="editions",
        crumbs=(home(frame),),
    )
    return about, EditionsContext(editions=tuple(_titled(one, shown) for one in recipe.editions), pager=recipe.pager)


FRONT = PageType(
    kind="front",
    recipe=FrontRecipe,
    context=FrontContext,
    compose=compose_front,
    plan=front_page,
    html="edition.note",
    settings=("editions", "themes", "timezone"),
)
EDITIONS = PageType(
    kind="editions",
    recipe=EditionsRecipe,
    context=EditionsContext,
    compose=compose_editions,
    plan=editions_page,
    settings=("editions", "page_size", "timezone"),
)
EDITION = PageType(
    kind="edition",
    recipe=EditionRecipe,
    context=EditionContext,
    compose=compose_edition,
    plan=edition_pages,
    html="edition.note",
    settings=("editions", "themes", "timezone"),
)
