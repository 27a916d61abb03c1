"""The front page, the editions and the list of editions."""

from __future__ import annotations

from collections.abc import Iterator

from yoyak.contexts import EditionContext, EditionsContext, FrontContext
from yoyak.language import edition_name, formatted, message
from yoyak.model import Edition, Page
from yoyak.pages.metadata import crumb, head, home, item_list, website
from yoyak.pages.paging import neighbours, pages_of
from yoyak.pages.world import World, cards_of, day_groups, edition_link
from yoyak.text.sanitize import digest_of
from yoyak.text.urls import output_path, page_url
from yoyak.views import EditionView, Link, SectionView

RECENT = 6


def front_page(world: World) -> Iterator[Page]:
    """Yield the front page: the current edition, or the newest articles of a site without editions."""
    editions, config = world.site.editions, world.config
    current = edition_view(world, editions[0]) if editions else None
    newest = () if editions else day_groups(world, world.site.articles[: config.page_size])
    url = page_url(config.base_path)
    context = FrontContext(
        edition=current, recent=tuple(edition_link(e) for e in editions[1 : RECENT + 1]), days=newest
    )
    listed = cards_of(world, editions[0].articles if editions else world.site.articles[: config.page_size])
    about = head(
        world,
        "front",
        url,
        config.title,
        description=config.description or config.tagline,
        section="edition",
        json_ld=(website(world), item_list(world, config.title, listed)),
    )
    yield Page(kind="front", url=url, output="index.html", template="front.html", head=about, context=context)


def edition_pages(world: World) -> Iterator[Page]:
    """Yield a page for each edition."""
    links = [edition_link(edition) for edition in world.site.editions]
    for place, edition in enumerate(world.site.editions):
        older, newer = neighbours(links, place)
        context = EditionContext(edition=edition_view(world, edition), previous=older, next=newer)
        yield _edition_page(world, edition, context)


def _edition_page(world: World, edition: Edition, context: EditionContext) -> Page:
    say = world.language
    name = edition_name(say, context.edition)
    title = f"{edition.title} · {name}" if edition.title else name
    description = message(
        say,
        "description.edition",
        name=name,
        start=formatted(say, "day", edition.start),
        end=formatted(say, "day", edition.end),
        count=len(edition.articles),
    )
    about = head(
        world,
        "edition",
        edition.url,
        title,
        description=description,
        section="edition",
        crumbs=(home(world), crumb(world, "title.editions", "editions")),
        json_ld=(item_list(world, title, cards_of(world, edition.articles)),),
    )
    origin = edition.note.path if edition.note else ""
    return Page(
        kind="edition",
        url=edition.url,
        output=output_path("editions", edition.key),
        template="edition.html",
        head=about,
        context=context,
        origin=origin,
    )


def edition_view(world: World, edition: Edition) -> EditionView:
    """Return an edition as the front page and its own page show it."""
    lead = edition.lead
    sections = tuple(
        SectionView(
            id=f"section-{number}",
            theme=Link(title=section.theme.title, url=section.theme.url),
            count=len(section.articles),
            cards=cards_of(world, (a for a in section.articles if a is not lead)),
        )
        for number, section in enumerate(edition.sections, 1)
    )
    link = edition_link(edition)
    return EditionView(
        key=link.key,
        url=link.url,
        number=link.number,
        title=link.title,
        start=link.start,
        end=link.end,
        count=link.count,
        note=digest_of(edition.note.html) if edition.note else "",
        lead=world.cards[lead.path] if lead else None,
        sections=sections,
    )


def editions_page(world: World) -> Iterator[Page]:
    """Yield the list of all editions; a site without editions has none."""
    if world.config.cadence == "none":
        return
    title = message(world.language, "title.editions")
    description = message(world.language, "description.editions", site=world.config.title)
    for piece in pages_of(world, world.site.editions, "editions"):
        about = head(
            world,
            "editions",
            piece.url,
            piece.title(title),
            description=description,
            section="edition",
            crumbs=(home(world),),
        )
        context = EditionsContext(editions=tuple(edition_link(e) for e in piece.items), pager=piece.pager)
        yield Page(
            kind="editions", url=piece.url, output=piece.output, template="editions.html", head=about, context=context
        )
