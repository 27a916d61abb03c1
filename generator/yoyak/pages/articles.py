"""The page of an article, and the redirects from its old addresses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from msgspec import structs

from yoyak.contexts import ArticleContext, RedirectContext
from yoyak.model import Article, Page, Term
from yoyak.pages.metadata import absolute, absolute_picture, crumb, head, home, news_article
from yoyak.pages.paging import neighbours
from yoyak.pages.world import World, cards_of, edition_link
from yoyak.text.slugs import fold
from yoyak.text.urls import output_path, page_url, quote_path
from yoyak.views import ArticleView, AuthorLink, Crumb, Link

RELATED = 3


def article_pages(world: World) -> Iterator[Page]:
    """Yield the page of each article."""
    authors = {fold(term.title): term for term in world.site.authors}
    themes = {term.url: term for term in world.site.themes}
    places = {
        term.url: {article.path: place for place, article in enumerate(term.articles)} for term in world.site.themes
    }
    related = _related(world)
    for article in world.site.articles:
        theme = themes[world.cards[article.path].themes[0].url]
        older, newer = neighbours(theme.articles, places[theme.url][article.path])
        context = ArticleContext(
            article=article_view(world, article, authors),
            edition=edition_link(world.edition_of[article.path]) if article.path in world.edition_of else None,
            related=cards_of(world, related[article.path]),
            previous=_link(world, older),
            next=_link(world, newer),
        )
        yield _page(world, article, theme, context)


def _link(world: World, article: Article | None) -> Link | None:
    if article is None:
        return None
    lang = "" if article.lang == world.config.language else article.lang
    return Link(title=article.title, url=article.url, lang=lang)


def _page(world: World, article: Article, theme: Term, context: ArticleContext) -> Page:
    lead_to_source = article.rights != "full" and article.source_url
    about = head(
        world,
        "article",
        article.url,
        article.title,
        description=article.summary or article.subtitle,
        lang=article.lang,
        section="themes",
        canonical=article.source_url if lead_to_source else "",
        image=absolute_picture(world, article.image),
        crumbs=(home(world), crumb(world, "title.themes", "themes"), Crumb(title=theme.title, url=theme.url)),
        published=article.date,
        updated=article.updated,
        json_ld=(news_article(world, article),),
    )
    return Page(
        kind="article",
        url=article.url,
        output=output_path("articles", article.slug),
        template="article.html",
        head=about,
        context=context,
        origin=article.path,
    )


def article_view(world: World, article: Article, authors: Mapping[str, Term]) -> ArticleView:
    """Return an article as its own page shows it. A picture that stands in the body is not shown above it too."""
    return ArticleView(
        **{**structs.asdict(world.cards[article.path]), "image": None if article.image_in_body else article.image},
        subtitle=article.subtitle,
        updated=article.updated,
        source_url=article.source_url,
        rights=article.rights,
        authors=tuple(
            AuthorLink(title=p.name, url=authors[fold(p.name)].url if fold(p.name) in authors else "", email=p.email)
            for p in article.authors
        ),
        rights_notice=article.rights_notice,
        corrections=article.corrections,
        body=article.body,
    )


def _related(world: World) -> Mapping[str, tuple[Article, ...]]:
    """Return for each article up to three others that share its rarest tags; of equals the newest.

    A tag counts 1 / its articles, so that a tag that everything has says nothing. Tags with more than 500 articles
    are passed over: they would make this grow with the square of a site.
    """
    scores: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for tag in world.site.tags:
        if 1 < len(tag.articles) <= 500:
            newest = tag.articles[:40]
            for article in tag.articles:
                for other in newest:
                    if other is not article:
                        scores[article.path][other.path] += 1 / len(tag.articles)
    order = {article.path: place for place, article in enumerate(world.site.articles)}
    return {
        path: tuple(
            world.site.articles[order[other]]
            for other in sorted(found, key=lambda p: (-round(found[p], 9), order[p]))[:RELATED]
        )
        for path, found in ((article.path, scores.get(article.path, {})) for article in world.site.articles)
    }


def redirect_pages(world: World) -> Iterator[Page]:
    """Yield a page at each old address of an article that leads to the new one."""
    for article in world.site.articles:
        target = Link(title=article.title, url=article.url)
        for alias in article.aliases:
            url, output = _place_of(alias, world.config.base_path)
            about = head(
                world,
                "redirect",
                url,
                article.title,
                canonical=absolute(world, article.url),
                lang=article.lang,
                noindex=True,
            )
            yield Page(
                kind="redirect",
                url=url,
                output=output,
                template="redirect.html",
                head=about,
                origin=article.path,
                context=RedirectContext(target=target, target_absolute=absolute(world, article.url)),
            )


def _place_of(alias: str, base_path: str) -> tuple[str, str]:
    """Return the url and the output path of an old address: a page's folder, or a file when it ends in .html."""
    path = alias.strip("/")
    if path.endswith((".html", ".htm")):
        return base_path + quote_path(path), path
    return page_url(base_path, *path.split("/")), output_path(*path.split("/"))
