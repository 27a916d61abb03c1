"""Pages outside the digest: those of content/pages, and the one for an address that does not exist."""

from __future__ import annotations

from collections.abc import Iterator

from yoyak.grouping.publication import is_unlisted, ribbon_of_page
from yoyak.model.types import Page, Record, Ribbon, Show
from yoyak.model.views import Card, Frame, Recipe, each
from yoyak.pages.metadata import head, home, words_of
from yoyak.pages.page_type import Composed, PageType, Shown, World, cards, paths_of
from yoyak.templating.language import message
from yoyak.text.excerpt import first_sentences, quotable
from yoyak.text.sanitize import digest_of
from yoyak.text.urls import output_path, page_url

RECENT = 5


class OwnRecipe(Recipe, kw_only=True):
    title: str
    body: str
    description: str
    lang: str
    ribbon: Ribbon | None = None
    unlisted: bool = False


class OwnPageContext(Record, kw_only=True):
    """A page of content/pages."""

    title: str
    body: str
    """The digest; in a template, ``body`` is the HTML."""
    ribbon: Ribbon | None
    """Why it is shown in a preview only."""


class NotFoundRecipe(Recipe, kw_only=True):
    recent: tuple[str, ...]

    def shows(self) -> Iterator[Show]:
        return each("card", self.recent)


class NotFoundContext(Record, kw_only=True):
    recent: tuple[Card, ...]


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
        yield OWN.page(
            url=page_url(world.config.base_path, note.slug),
            output=output_path(note.slug),
            recipe=recipe,
            origin=note.path,
        )


def compose_own(recipe: OwnRecipe, page: Page, frame: Frame, shown: Shown) -> Composed:
    """Return the head and the context of a page of content/pages."""
    about = head(
        frame,
        page,
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
    yield NOT_FOUND.page(
        url=f"{world.config.base_path}404.html",
        output="404.html",
        recipe=NotFoundRecipe(recent=paths_of(world.site.articles[:RECENT])),
    )


def compose_not_found(recipe: NotFoundRecipe, page: Page, frame: Frame, shown: Shown) -> Composed:
    """Return the head and the context of 404.html."""
    words = words_of(frame)
    about = head(
        frame,
        page,
        message(words, "title.not_found"),
        description=message(words, "description.not_found"),
        noindex=True,
    )
    return about, NotFoundContext(recent=cards(shown, recipe.recent))


OWN = PageType(
    kind="page",
    recipe=OwnRecipe,
    context=OwnPageContext,
    compose=compose_own,
    plan=own_pages,
    html="body",
)
NOT_FOUND = PageType(
    kind="not_found",
    recipe=NotFoundRecipe,
    context=NotFoundContext,
    compose=compose_not_found,
    plan=not_found_page,
    in_sitemap=False,
)
