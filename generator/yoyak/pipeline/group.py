"""group: articles become a `Site`: who is published, in which themes, tags, sources, editions and days. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from urllib.parse import unquote

from msgspec import structs

from yoyak.grouping.editions import make_editions
from yoyak.grouping.publication import (
    Issues,
    held_back,
    held_edition,
    issues_of,
    newest_first,
    ribbon_of_page,
    ribbons_of,
)
from yoyak.grouping.terms import Registered, make_terms
from yoyak.model.message import Problem, problem_of, say, warning
from yoyak.model.types import Day, Held, Note, Place, ReviewHold, Ribbon, Site, Term
from yoyak.readers.themes import UNSORTED
from yoyak.settings.config import SiteConfig
from yoyak.templating.language import message, words_for
from yoyak.text.names import path_key, slugify
from yoyak.text.sanitize import digest_of
from yoyak.text.urls import page_url


def group(
    articles: tuple[Place, ...],
    notes: tuple[Note, ...],
    config: SiteConfig,
    reviews: Mapping[str, ReviewHold] | None = None,
) -> tuple[Site, tuple[Problem, ...]]:
    """Return the site that is published at the build's clock; in a preview with everything that waits.

    `reviews` say which editions review holds back, by key.
    """
    by_kind = {
        kind: tuple(n for n in notes if n.path.startswith(f"content/{kind}/"))
        for kind in ("editions", "themes", "pages")
    }
    issues, issue_problems = issues_of(articles, by_kind["editions"], config, reviews)
    ribbons = ribbons_of(articles, issues, config)
    unique, problems = _one_address_each(articles, ribbons)
    public = tuple(article for article in unique if config.preview or article.path not in ribbons)
    shown = tuple(article for article in public if article.status != "unlisted")
    unlisted = tuple(article for article in public if article.status == "unlisted")
    waiting = {page.path: ribbon for page in by_kind["pages"] if (ribbon := ribbon_of_page(page))}
    themes, theme_problems = _themes(shown, by_kind["themes"], config)
    tags, tag_problems = make_terms("tag", shown, lambda a: a.tags, _registered_tags(config), config.base_path)
    sources, source_problems = make_terms(
        "source", shown, lambda a: (a.source,), _registered_sources(config), config.base_path
    )
    authors, author_problems = make_terms("author", shown, lambda a: a.authors, (), config.base_path)
    editions, edition_problems = make_editions(shown, unique, themes, issues, config)
    slugs = {theme.slug for theme in themes}
    site = Site(
        articles=shown,
        unlisted=unlisted,
        themes=themes,
        tags=tags,
        sources=sources,
        authors=authors,
        editions=editions,
        days=_days(shown),
        pages=tuple(page for page in by_kind["pages"] if config.preview or page.path not in waiting),
        intro_assets=tuple(name for note in by_kind["themes"] if note.slug in slugs for name in note.assets),
        ribbons=_shown_ribbons(public, ribbons, config),
        held=(*_held(unique, ribbons, issues), *_held_pages(by_kind["pages"], waiting)),
    )
    of_terms = (*theme_problems, *tag_problems, *source_problems, *author_problems)
    return site, (*issue_problems, *problems, *of_terms, *edition_problems)


def _shown_ribbons(public: tuple[Place, ...], ribbons: Mapping[str, Ribbon], config: SiteConfig) -> dict[str, Ribbon]:
    """Return what a preview says across the pages of articles."""
    waits: dict[str, Ribbon] = {one.path: ribbons[one.path] for one in public if one.path in ribbons}
    unlisted: dict[str, Ribbon] = {one.path: "unlisted" for one in public if one.status == "unlisted"}
    return unlisted | waits if config.preview else waits


def _one_address_each(
    articles: tuple[Place, ...], ribbons: Mapping[str, Ribbon]
) -> tuple[tuple[Place, ...], list[Problem]]:
    """Return the articles newest first, and a problem for each whose address another one has already.

    One that waits never takes the address of one that is published.
    """
    seen: dict[str, Place] = {}
    problems = []
    for article in sorted(articles, key=lambda article: (article.path in ribbons, article.path)):
        first = seen.setdefault(path_key(unquote(article.url)), article)
        if first is not article:
            problems.append(
                problem_of(
                    "same-address",
                    article.path,
                    hint=say("same-address.hint", line=f"slug: {_other_slug(article)}"),
                    path=first.path,
                    slug=article.slug,
                )
            )
    return tuple(sorted(seen.values(), key=newest_first)), problems


def _other_slug(article: Place) -> str:
    """Return an address of an article's folder and its slug: ``11월-4주차-칼럼``."""
    folder = article.path.rpartition("/")[0].rpartition("/")[2]
    return f"{article.slug}-2" if folder == "content" else slugify(f"{folder} {article.slug}")


def _held(articles: tuple[Place, ...], ribbons: Mapping[str, Ribbon], issues: Issues) -> tuple[Held, ...]:
    held = (held_back(article, ribbons[article.path]) for article in articles if article.path in ribbons)
    of_articles = (_with_edition(one, issues) if one.reason == "edition" else one for one in held)
    return (*of_articles, *(_edition_record(key, issues) for key in sorted(issues.held)))


def _with_edition(held: Held, issues: Issues) -> Held:
    """Return the record of an article that waits for its edition, with that edition and its time."""
    key = issues.key_of[held.path]
    return structs.replace(held, edition=key, until=_edition_record(key, issues).until)


def _edition_record(key: str, issues: Issues) -> Held:
    return held_edition(key, issues.files.get(key), issues.held[key], issues.reviews.get(key))


def _held_pages(pages: tuple[Note, ...], waiting: Mapping[str, Ribbon]) -> tuple[Held, ...]:
    return tuple(Held(path=p.path, title=p.title, reason=waiting[p.path]) for p in pages if p.path in waiting)


def _themes(
    articles: tuple[Place, ...], notes: tuple[Note, ...], config: SiteConfig
) -> tuple[tuple[Term, ...], tuple[Problem, ...]]:
    """Return the themes in the order of site.yaml, empty ones too; those from use follow in alphabetical order."""
    files = {note.slug: note for note in notes}
    registry = tuple(
        Registered(
            title=keys.title,
            slug=keys.slug,
            description=keys.description or _said(files, keys.slug),
            intro=_intro(files, keys.slug),
        )
        for keys in config.themes
    )
    words = words_for(config.language)
    rest = Registered(title=message(words, "theme.unsorted"), slug=UNSORTED)
    entries = registry if any(entry.slug == UNSORTED for entry in registry) else (*registry, rest)
    terms, problems = make_terms("theme", articles, lambda a: a.themes, entries, config.base_path)
    found = {term.slug: term for term in terms}
    listed = tuple(found.get(entry.slug) or _empty(entry, config) for entry in registry)
    in_registry = {term.slug for term in listed}
    others = (_introduced(term, files) for term in terms if term.slug not in in_registry)
    from_use = sorted(others, key=lambda term: term.slug == UNSORTED)
    slugs = in_registry | {term.slug for term in from_use}
    return (*listed, *from_use), (*problems, *_files_without_theme(files, slugs), *_without_themes(articles, config))


def _without_themes(articles: tuple[Place, ...], config: SiteConfig) -> tuple[Problem, ...]:
    """Return one warning for a site that lists no themes, however many of its articles name none."""
    number = sum(article.themes == (UNSORTED,) for article in articles)
    if config.themes or not number:
        return ()
    return (warning("no-theme.listed", "site.yaml", count=number),)


def _empty(entry: Registered, config: SiteConfig) -> Term:
    return Term(
        kind="theme",
        slug=entry.slug,
        title=entry.title,
        url=page_url(config.base_path, "themes", entry.slug),
        description=entry.description,
        intro=entry.intro,
    )


def _introduced(term: Term, files: dict[str, Note]) -> Term:
    return structs.replace(term, description=_said(files, term.slug), intro=_intro(files, term.slug))


def _said(files: dict[str, Note], slug: str) -> str:
    return str(files[slug].fields["description"]) if slug in files else ""


def _intro(files: dict[str, Note], slug: str) -> str:
    return digest_of(files[slug].html) if slug in files else ""


def _files_without_theme(files: dict[str, Note], slugs: set[str]) -> tuple[Problem, ...]:
    return tuple(
        warning("unknown-theme.file", note.path, slug=slug) for slug, note in sorted(files.items()) if slug not in slugs
    )


def _registered_tags(config: SiteConfig) -> tuple[Registered, ...]:
    return tuple(
        Registered(title=title, slug=keys.slug, aliases=keys.aliases, description=keys.description)
        for title, keys in config.tags.items()
    )


def _registered_sources(config: SiteConfig) -> tuple[Registered, ...]:
    return tuple(
        Registered(title=title, slug=keys.slug, aliases=keys.aliases, site=keys.url)
        for title, keys in config.sources.items()
    )


def _days(articles: tuple[Place, ...]) -> tuple[Day, ...]:
    days: dict[date, list[Place]] = defaultdict(list)
    for article in articles:
        if article.date:
            days[article.date.date()].append(article)
    return tuple(Day(day=day, articles=tuple(days[day])) for day in sorted(days, reverse=True))
