"""Pages outside the digest: those of content/pages, and the one for an address that does not exist."""

from __future__ import annotations

from collections.abc import Iterator

from yoyak.contexts import NotFoundContext, OwnPageContext
from yoyak.language import message
from yoyak.model import Page
from yoyak.pages.metadata import head, home
from yoyak.pages.world import World, cards_of
from yoyak.text.excerpt import first_sentences, paragraphs
from yoyak.text.sanitize import digest_of
from yoyak.text.urls import output_path, page_url

RECENT = 5


def own_pages(world: World) -> Iterator[Page]:
    """Yield the pages of content/pages."""
    for note in world.site.pages:
        url = page_url(world.config.base_path, note.slug)
        description = str(note.fields["description"]) or first_sentences(paragraphs(note.html), 2, 200)
        about = head(
            world,
            "page",
            url,
            note.title,
            description=description,
            section=url,
            crumbs=(home(world),),
            lang=str(note.fields["lang"]),
        )
        yield Page(
            kind="page",
            url=url,
            output=output_path(note.slug),
            template="page.html",
            head=about,
            origin=note.path,
            context=OwnPageContext(title=note.title, body=digest_of(note.html)),
        )


def not_found_page(world: World) -> Iterator[Page]:
    """Yield 404.html, which a host shows for every address that it does not have."""
    say = world.language
    about = head(
        world,
        "not_found",
        f"{world.config.base_path}404.html",
        message(say, "title.not_found"),
        description=message(say, "description.not_found"),
        noindex=True,
    )
    yield Page(
        kind="not_found",
        url=about.url,
        output="404.html",
        template="not_found.html",
        head=about,
        context=NotFoundContext(recent=cards_of(world, world.site.articles[:RECENT])),
    )
