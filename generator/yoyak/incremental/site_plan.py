"""Everything that a whole build decides before it makes a page, and what follows from that."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import chain
from pathlib import Path
from zoneinfo import ZoneInfo

from msgspec import structs

from yoyak.check.links import PageLinks, broken_entries, broken_links, broken_links_left_out, guessed
from yoyak.check.loads import foreign_loads
from yoyak.check.output_words import LineFinder
from yoyak.engine.parse_all import ParsedFiles
from yoyak.model.addresses import NO_ADDRESSES, Addresses, Load, Remembered
from yoyak.model.build import BuildReport, BuildRequest, Coming, Suggestion, TermUse
from yoyak.model.message import Problem, errors, foreign_marks, in_order, texts_in
from yoyak.model.sources import Listing, Looks
from yoyak.model.types import Article, BodyLink, Held, Record, Site
from yoyak.pages.chrome import lost_entries
from yoyak.pipeline.load import is_edition, is_note
from yoyak.pipeline.plan import Plan
from yoyak.settings.config import SiteConfig
from yoyak.store.store import Bodies, Store
from yoyak.text.urls import page_url, quote_path


class Plans(Record, kw_only=True):
    """Everything that is decided before the first page is rendered."""

    config: SiteConfig
    listing: Listing
    looks: Looks
    parts: ParsedFiles
    site: Site
    plan: Plan
    problems_of_no_article: tuple[Problem, ...]
    titles_decide: bool
    """Headlines decide more than what is shown: where links lead, or which article has an old address."""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All problems but those of links."""
        return (*self.problems_of_no_article, *(one for found in self.parts.problems_of.values() for one in found))

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.config.timezone)


def shown_of(plans: Plans) -> frozenset[str]:
    """Return the paths of all files whose bodies stand on some page."""
    site = plans.site
    themes = {theme.slug for theme in site.themes}
    introductions = (n.path for n in plans.parts.notes if n.path.startswith("content/themes/") and n.slug in themes)
    notes = (edition.note.path for edition in site.editions if edition.note)
    articles, pages = (place.path for place in site.with_pages), (note.path for note in site.pages)
    return frozenset(chain(articles, pages, notes, introductions))


def stops(plans: Plans, request: BuildRequest) -> bool:
    """Tell whether a build ends without an output: for errors, or for marks that nobody has looked at."""
    held = (one.path for one in plans.site.held)
    marks = foreign_marks(plans.problems, held) if request.stops_at_marks else ()
    return bool(marks or (errors(plans.problems) and not request.keep_going))


def names_no_page(plans: Plans) -> bool:
    """Tell whether a text on some page was read as if a link of it led to a page, or to none, and that is wrong."""
    addresses, shown = addresses_of(plans), shown_of(plans)
    of_articles = ((path, one.reads) for path, one in plans.parts.readings.items())
    return any(
        read.what == "gone" and bool(read.value) != (read.name not in addresses)
        for path, reads in chain(plans.parts.reads_of_notes.items(), of_articles)
        if path in shown
        for read in reads
    )


def known_of(deployed: Sequence[Remembered], parts: ParsedFiles, listing: Listing, config: SiteConfig) -> Addresses:
    """Return what a build has to know of the addresses that were deployed."""
    if not deployed:
        return NO_ADDRESSES
    from yoyak.grouping.moved_files import addresses_known, below_base

    titles = {path: reading.title for path, reading in parts.readings.items()}
    files = (one.path for one in listing.texts)
    deployed = below_base(deployed, config.base_path)
    return addresses_known(deployed, parts.places, parts.notes, titles, files, config.base_path)


def addresses_of(plans: Plans) -> frozenset[str]:
    """Return every root-relative address that the site has; not those that say that a page is gone."""
    base = plans.config.base_path
    files = [asset.output for asset in plans.plan.assets] + [asset.output for asset in plans.looks.assets.values()]
    return frozenset(page.url for page in plans.plan.pages if page.kind != "gone") | {
        base + quote_path(output) for output in files
    }


def waiting_of(plans: Plans) -> frozenset[str]:
    """Return what links to what is not published yet became: the files of articles, or addresses as typed."""
    shown = {article.path for article in plans.site.with_pages}
    hidden = [article for article in plans.parts.places if article.path not in shown]
    files = {plans.config.base_path + quote_path(article.path) for article in hidden}
    held = (one.edition for one in plans.site.held if is_edition(one.path))
    shown_editions = {edition.key for edition in plans.site.editions}
    editions = {page_url(plans.config.base_path, "editions", key) for key in held if key not in shown_editions}
    return frozenset(files | editions | {article.url for article in hidden})


def broken_of(plans: Plans, links: Sequence[PageLinks], store: Store) -> tuple[Problem, ...]:
    """Return what is wrong with the links and loads of pages, with the lines that wrote them."""
    with_article = [path for path, reading in plans.parts.readings.items() if reading.place]
    written = {path: store.article(path, plans.zone).links for path in with_article}
    written |= {note.path: note.links for note in plans.parts.notes}
    files = (*plans.listing.articles, *plans.listing.editions, *plans.listing.themes, *plans.listing.pages)
    lines = LineFinder(Path(plans.config.folder), {one.path: one.location for one in files})
    waiting, base_path = waiting_of(plans), plans.config.base_path
    unknown = frozenset(base_path + quote_path(path) for path in plans.parts.left_out)
    judged = shown_of(plans) | frozenset(plans.parts.left_out)
    links_left_out = {
        path: _not_reported(path, found, plans) for path, found in plans.parts.links_left_out.items() if path in judged
    }
    left_out = broken_links_left_out(links_left_out, addresses_of(plans) | unknown, lines, waiting)
    lost = lost_entries(plans.config, addresses_of(plans))
    menu = broken_entries(lost, lines, base_path, waiting)
    foreign = ((page.url, page.origin, tuple(Load(*one) for one in page.foreign)) for page in links if page.foreign)
    of_loads = foreign_loads(foreign, plans.looks.overrides, lines)
    broken = (*menu, *broken_links(links, written, lines, base_path, waiting), *left_out)
    return (*guessed(broken, addresses_of(plans), shown_of(plans), base_path), *of_loads)


def _not_reported(path: str, links: tuple[BodyLink, ...], plans: Plans) -> tuple[BodyLink, ...]:
    """Return the links of a file of which no other problem of it speaks: one mistake is reported once."""
    said = {text for problem in plans.parts.problems_of.get(path, ()) for text in texts_in(problem.message)}
    return tuple(
        link for link in links if not any(text == link.written or f'"{link.written}"' in text for text in said)
    )


def suggestions_of(plans: Plans, store: Store) -> tuple[Suggestion, ...]:
    """Return what could be done with the terms of the whole site, of what waits too: only a check asks."""
    from yoyak.grouping.suggestions import suggestions

    articles = [store.article(place.path, plans.zone) for place in plans.parts.places]
    found = suggestions(articles, Bodies(store), plans.config)
    locations = {one.path: one.location for one in plans.listing.articles}
    lines = LineFinder(Path(plans.config.folder), locations)
    return with_lines(found, {article.path: article for article in articles}, lines)


def report_of(
    request: BuildRequest,
    plans: Plans | None,
    store: Store | None,
    problems: tuple[Problem, ...],
) -> BuildReport:
    """Return the report of a build that has written nothing yet."""
    return BuildReport(
        articles=len(plans.site.with_pages) if plans else 0,
        unlisted=len(plans.site.unlisted) if plans else 0,
        pages=len(plans.plan.pages) if plans else 0,
        held=_held(plans, store) if plans and store else (),
        left_out=plans.parts.left_out if plans else (),
        problems=in_order(problems),
        output=str(request.target),
        language=plans.config.language if plans else "en",
        clock=plans.config.now if plans else None,
        coming=_coming(plans, request.since) if plans and (request.preview or request.plan_only) else (),
    )


def _coming(plans: Plans, since: datetime | None) -> tuple[Coming, ...]:
    from yoyak.grouping.coming import Schedule, coming

    schedule = Schedule(
        since=since or plans.config.now,
        zone=plans.zone,
        cadence=plans.config.cadence,
        week_starts=plans.config.week_starts,
        places=plans.parts.places,
        titles={path: reading.title for path, reading in plans.parts.readings.items()},
        editions=tuple(note for note in plans.parts.notes if note.path.startswith("content/editions/")),
    )
    return coming(schedule)


def _held(plans: Plans, store: Store) -> tuple[Held, ...]:
    """Return what is held back, with the titles of articles, which group does not see."""
    return tuple(
        held
        if held.title or is_note(held.path)
        else structs.replace(held, title=store.article(held.path, plans.zone).title)
        for held in plans.site.held
    )


# --- Where the terms of a suggestion stand in their files: looked up only for what is suggested ------------------


def with_lines(
    suggestions: Iterable[Suggestion], articles: Mapping[str, Article], lines: LineFinder
) -> tuple[Suggestion, ...]:
    """Return the suggestions with the lines of the uses that they name, as far as their files say them.

    `articles` are by path.
    """

    def placed(use: TermUse) -> TermUse:
        article = articles.get(use.path)
        number = article.tags.index(use.name) if article and use.name in article.tags else -1
        line = lines.of_key(use.path, f"tags.{number}") if number >= 0 else 0
        return structs.replace(use, line=line or lines(use.path, use.name))

    def found(suggestion: Suggestion) -> Suggestion:
        uses = tuple(map(placed, suggestion.uses))
        line = next((use.line for use in reversed(uses) if use.path == suggestion.path), 0)
        return structs.replace(suggestion, uses=uses, line=line if suggestion.kind == "merge-tags" else 0)

    return tuple(map(found, suggestions))
