"""Pages outside the digest: those of content/pages, and the one for an address that does not exist."""

from __future__ import annotations

from collections.abc import Iterator

from yoyak.grouping.publication import is_unlisted, ribbon_of_page
from yoyak.model.contexts import NotFoundContext, OwnPageContext
from yoyak.model.recipes import Frame, NotFoundRecipe, OwnRecipe
from yoyak.model.types import Page
from yoyak.pages.compositions import Composed, Shown, cards
from yoyak.pages.metadata import head, home, words_of
from yoyak.pages.world import World, paths_of
from yoyak.templating.language import message
from yoyak.text.excerpt import first_sentences, quotable
from yoyak.text.sanitize import digest_of
from yoyak.text.urls import output_path, page_url

RECENT = 5


def own_pages(world: World) -> Iterator[Page]:
    """Yield the pages of content/pages."""
    for note in world.site.pages:
        recipe = OwnRecipe(
            title=note.title,
            body=digest_of(note.html),
            description=str(note.fields["description"]) or first_sentences(quotable(note.html), 2, 200),
            lang=str(note.fields["lang"]),
            ribbon=ribbon_of_page(note) or ("unlisted" if world.config.preview and is_unlisted(note) else None),
            unlisted=is_unlisted(note),
        )
        yield Page(
            kind="page",
            url=page_url(world.config.base_path, note.slug),
            output=output_path(note.slug),
            template="page.html",
            recipe=recipe,
            origin=note.path,
        )


def compose_own(recipe: OwnRecipe, page: Page, frame: Frame, shown: Shown) -> Composed:
    """Return the head and the context of a page of content/pages."""
    about = head(
        frame,
        "page",
        page.url,
        recipe.title,
        description=recipe.description,
        section=page.url,
        crumbs=(home(frame),),
        lang=recipe.lang,
        noindex=recipe.unlisted,
    )
    return about, OwnPageContext(title=recipe.title, body=recipe.body, ribbon=recipe.ribbon)


def not_found_page(world: World) -> Iterator[Page]:
    """Yield 404.html, which a host shows for every address that it does not have."""
    yield Page(
        kind="not_found",
        url=f"{world.config.base_path}404.html",
        output="404.html",
        template="not_found.html",
        recipe=NotFoundRecipe(recent=paths_of(world.site.articles[:RECENT])),
    )


def compose_not_found(recipe: NotFoundRecipe, page: Page, frame: Frame, shown: Shown) -> Composed:
    """Return the head and the context of 404.html."""
    words = words_of(frame)
    about = head(
        frame,
        "not_found",
        page.url,
        message(words, "title.not_found"),
        description=message(words, "description.not_found"),
        noindex=True,
    )
    return about, NotFoundContext(recent=cards(shown, recipe.recent))
