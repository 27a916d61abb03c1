"""The page of an article with its related ones, redirects from its old addresses, and the page of one that is gone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from yoyak.model.types import Page, Place, Record, Show, Site, original_of
from yoyak.model.views import ArticleView, Crumb, EditionLink, Frame, Link, Recipe, Teaser, each
from yoyak.pages.metadata import crumb, head, home, news_article, words_of
from yoyak.pages.page_type import Composed, PageType, Shown, World, neighbours
from yoyak.pages.shown import Own, absolute, absolute_picture
from yoyak.templating.language import message
from yoyak.text.names import path_key
from yoyak.text.urls import output_of, output_path, page_url, quote_path


class ArticleRecipe(Recipe, kw_only=True):
    path: str
    edition: EditionLink | None
    related: tuple[str, ...]
    previous: str
    next: str
    unlisted: bool = False

    def shows(self) -> Iterator[Show]:
        yield "own", self.path
        yield from each("teaser", self.related)
        yield from each("link", filter(None, (self.previous, self.next)))


class ArticleContext(Record, kw_only=True):
    article: ArticleView
    edition: EditionLink | None
    related: tuple[Teaser, ...]
    previous: Link | None
    """The older article of the main theme."""
    next: Link | None


class RedirectRecipe(Recipe, kw_only=True):
    path: str = ""
    """The article that it leads to; of a page of content/pages, what follows says where."""
    title: str = ""
    url: str = ""
    lang: str = ""

    def shows(self) -> Iterator[Show]:
        if self.path:
            yield "link", self.path


class RedirectContext(Record, kw_only=True):
    target: Link
    target_absolute: str


def article_pages(world: World) -> Iterator[Page]:
    """Yield the page of each article."""
    beside = _beside(world)
    related = related_articles(world.site)
    for article in world.site.with_pages:
        older, newer = beside.get(article.path, (None, None))
        yield ARTICLE.page(
            url=article.url,
            output=output_of(article.url, world.config.base_path),
            recipe=ArticleRecipe(
                path=article.path,
                edition=world.edition_of.get(article.path),
                related=related.get(article.path, ()),
                previous=older.path if older else "",
                next=newer.path if newer else "",
                unlisted=article.status == "unlisted",
            ),
            origin=article.path,
        )


def _beside(world: World) -> Mapping[str, tuple[Place | None, Place | None]]:
    """Return for each article the older and the newer one of its main theme."""
    found = {}
    for theme in world.site.themes:
        for place, article in enumerate(theme.articles):
            if world.standings[article.path].themes[0].url == theme.url:
                found[article.path] = neighbours(theme.articles, place)
    return found


def compose_article(recipe: ArticleRecipe, page: Page, frame: Frame, shown: Shown) -> Composed:
    """Return the head and the context of an article's page."""
    own: Own = shown["own", recipe.path]
    context = ArticleContext(
        article=own.view,
        edition=recipe.edition,
        related=tuple(shown["teaser", path] for path in recipe.related),
        previous=shown["link", recipe.previous] if recipe.previous else None,
        next=shown["link", recipe.next] if recipe.next else None,
    )
    article = own.article
    themes = (Crumb(title=theme.title, url=theme.url) for theme in own.view.themes[:1])  # an unlisted one may have none
    about = head(
        frame,
        page,
        article.title,
        description=article.summary or article.subtitle,
        lang=article.lang,
        section="themes",
        canonical=original_of(article),
        image=absolute_picture(frame, article.share),
        crumbs=(home(frame), crumb(frame, "title.themes", "themes"), *themes),
        noindex=recipe.unlisted,
        published=article.date,
        updated=article.updated,
        json_ld=(news_article(frame, own),),
    )
    return about, context


def redirect_pages(world: World) -> Iterator[Page]:
    """Yield a page at each old address of an article, or of a page of content/pages, that leads to the new one.

    One that has the same address again, as with `permalinks:`, needs none.
    """
    for article in world.site.with_pages:
        yield from _redirects(article.aliases, RedirectRecipe(path=article.path), article.path, article.url, world)
    for note in world.site.pages:
        url = page_url(world.config.base_path, note.slug)
        recipe = RedirectRecipe(title=note.title, url=url, lang=str(note.fields["lang"]))
        yield from _redirects(note.fields.get("aliases", ()), recipe, note.path, url, world)


def _redirects(aliases: Iterable[str], recipe: RedirectRecipe, origin: str, now: str, world: World) -> Iterator[Page]:
    own = path_key(output_of(now, world.config.base_path)) if aliases else ""
    for alias in aliases:
        url, output = _place_of(alias, world.config.base_path)
        if path_key(output) != own:
            yield REDIRECT.page(url=url, output=output, recipe=recipe, origin=origin)


def compose_redirect(recipe: RedirectRecipe, page: Page, frame: Frame, shown: Shown) -> Composed:
    """Return the head and the context of a page at an old address."""
    target = shown["link", recipe.path] if recipe.path else Link(title=recipe.title, url=recipe.url, lang=recipe.lang)
    address = absolute(frame, target.url)
    about = head(frame, page, target.title, canonical=address, lang=target.lang or frame.language, noindex=True)
    return about, RedirectContext(target=target, target_absolute=address)


def _place_of(alias: str, base_path: str) -> tuple[str, str]:
    """Return the url and the output path of an old address: a page's folder, or a file when it ends in .html."""
    path = alias.strip("/")
    if path.endswith((".html", ".htm")):
        return base_path + quote_path(path), path
    return page_url(base_path, *path.split("/")), output_path(*path.split("/"))


ARTICLE = PageType(
    kind="article",
    recipe=ArticleRecipe,
    context=ArticleContext,
    compose=compose_article,
    plan=article_pages,
    html="article.body",
    settings=("editions", "themes", "tags", "sources", "rights", "review", "images", "timezone"),
)
REDIRECT = PageType(
    kind="redirect",
    recipe=RedirectRecipe,
    context=RedirectContext,
    compose=compose_redirect,
    plan=redirect_pages,
    in_sitemap=False,
)


class GoneRecipe(Recipe, kw_only=True):
    """A page that is no longer there. Its template gets nothing of what it was."""


def compose_gone(recipe: GoneRecipe, page: Page, frame: Frame, shown: Shown) -> Composed:
    """Return the head and the context of a page that says that nothing is there any more."""
    words = words_of(frame)
    title, said = message(words, "title.gone"), message(words, "gone.text")
    return head(frame, page, title, description=said, noindex=True), recipe


GONE = PageType(
    kind="gone",
    recipe=GoneRecipe,
    compose=compose_gone,
    in_sitemap=False,
)


# --- which other articles a reader of one may want to read -------------------------------------------------------


RELATED = 3
COMMON = 500
"""Tags with more articles say little; they would also make this grow with the square of a site."""
NEWEST = 40


def related_articles(site: Site) -> Mapping[str, tuple[str, ...]]:
    """Return for each article the paths of up to three others that share its rarest tags; of equals the newest.

    A tag counts 1 / its articles, so that a tag that everything has says nothing.
    """
    order = {article.path: place for place, article in enumerate(site.articles)}
    paths = [article.path for article in site.articles]
    tags: dict[str, list[tuple[float, tuple[int, ...]]]] = defaultdict(list)
    for tag in site.tags:
        if 1 < len(tag.articles) <= COMMON:
            newest = tuple(order[article.path] for article in tag.articles[:NEWEST])
            for article in tag.articles:
                tags[article.path].append((1 / len(tag.articles), newest))
    return {path: tuple(paths[other] for other in _best(tags.get(path, []), place)) for path, place in order.items()}


def _best(tags: list[tuple[float, tuple[int, ...]]], own: int) -> list[int]:
    """Return the places of the best of all articles that some tags name, without the `own` one.

    Places count from the newest article, so that a smaller one wins between equals.
    """
    if len(tags) == 1:
        return [other for other in tags[0][1][: RELATED + 1] if other != own][:RELATED]
    scores: dict[int, float] = {}
    for worth, newest in tags:
        for other in newest:
            scores[other] = scores.get(other, 0.0) + worth
    scores.pop(own, None)
    best = scores
    if len(scores) > RELATED:
        least = sorted(scores.values())[-RELATED] - 1e-8  # none with less is among the best, however it is rounded
        best = {other: score for other, score in scores.items() if score >= least}
    return sorted(best, key=lambda other: (-round(best[other], 9), other))[:RELATED]
