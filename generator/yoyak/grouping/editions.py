"""Editions: each dated article stands in exactly one, by its date or because an editor pinned it there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from msgspec import structs

from yoyak.model.problems import Problem, did_you_mean
from yoyak.model.types import Cadence, Edition, Note, Place, Section, Term
from yoyak.text.editions import EXAMPLES, Window, edition_key, edition_window
from yoyak.text.slugs import fold
from yoyak.text.urls import page_url


def make_editions(
    articles: tuple[Place, ...],
    waiting: frozenset[str],
    themes: tuple[Term, ...],
    notes: tuple[Note, ...],
    cadence: Cadence,
    base_path: str,
) -> tuple[tuple[Edition, ...], tuple[Problem, ...]]:
    """Return the editions that have articles, newest first. `themes` are in the order of the sections.

    `waiting` are the slugs of articles that are not published yet: a pin may name one.
    """
    if cadence == "none":
        return (), ()
    files = {note.slug: note for note in notes}
    slugs = waiting | {article.slug for article in articles}
    problems = _check_files(files, slugs, themes, cadence)
    pinned = {
        slug: key
        for key, note in sorted(files.items())
        for slug in _names(note, "pins")
        if edition_window(key, cadence)
    }
    members: dict[str, list[Place]] = defaultdict(list)
    for article in articles:
        if key := _key_of(article, pinned, cadence):
            members[key].append(article)
    editions = [
        _edition(key, window, found, themes, files.get(key), base_path)
        for key, found in members.items()
        if (window := edition_window(key, cadence))
    ]
    return tuple(sorted(editions, key=lambda edition: edition.key, reverse=True)), problems


def _key_of(article: Place, pinned: Mapping[str, str], cadence: Cadence) -> str:
    by_date = edition_key(article.date.date(), cadence) if article.date else ""
    return pinned.get(article.slug) or article.edition or by_date


def _edition(
    key: str, window: Window, articles: list[Place], themes: tuple[Term, ...], note: Note | None, base_path: str
) -> Edition:
    pins = _names(note, "pins")
    ranked = sorted(articles, key=lambda article: _rank(article, pins))
    lead = ranked[0] if pins and ranked[0].slug in pins else max(ranked, key=lambda a: (a.weight, a.pictured))
    sections = _sections(ranked, themes, _names(note, "order"))
    rest = tuple(article for section in sections for article in section.articles if article is not lead)
    return Edition(
        key=key,
        url=page_url(base_path, "editions", key),
        number=note.fields["number"] if note else "",
        title=note.title if note else "",
        start=window.start,
        end=window.end,
        lead=lead,
        sections=sections,
        articles=(lead, *rest),
        note=note,
    )


def _rank(article: Place, pins: tuple[str, ...]) -> tuple[int, int, float, str]:
    """Pinned ones in their order, then by weight, then newest first."""
    pin = pins.index(article.slug) if article.slug in pins else len(pins)
    return (pin, -article.weight, -article.date.timestamp() if article.date else 0.0, article.slug)


def _sections(ranked: list[Place], themes: tuple[Term, ...], order: tuple[str, ...]) -> tuple[Section, ...]:
    named = _by_name(themes)
    places = [named[fold(name)].slug for name in order if fold(name) in named]
    wanted = sorted(themes, key=lambda theme: places.index(theme.slug) if theme.slug in places else len(places))
    by_theme: dict[str, list[Place]] = defaultdict(list)
    for article in ranked:
        by_theme[named[fold(article.themes[0])].slug].append(article)
    return tuple(
        Section(theme=theme, articles=tuple(by_theme[theme.slug])) for theme in wanted if theme.slug in by_theme
    )


def _by_name(themes: tuple[Term, ...]) -> dict[str, Term]:
    return {fold(name): theme for theme in themes for name in (theme.title, theme.slug)}


def _names(note: Note | None, key: str) -> tuple[str, ...]:
    return tuple(note.fields[key]) if note else ()


def _check_files(
    files: Mapping[str, Note], slugs: frozenset[str], themes: tuple[Term, ...], cadence: Cadence
) -> tuple[Problem, ...]:
    return (
        *(
            _problem(
                "bad-edition",
                note,
                f'"{key}" is no key of a {cadence} edition.',
                f"Name the file like {EXAMPLES[cadence]}.md.",
            )
            for key, note in sorted(files.items())
            if not edition_window(key, cadence)
        ),
        *(problem for _, note in sorted(files.items()) for problem in _check_order(note, themes)),
        *_check_pins(files, slugs),
    )


def _check_order(note: Note, themes: tuple[Term, ...]) -> Iterator[Problem]:
    """Yield a warning for each name in ``order`` that is neither a theme's slug nor its title."""
    known = _by_name(themes)
    names = [name for theme in themes for name in (theme.slug, theme.title)]
    for number, name in enumerate(_names(note, "order")):
        if fold(name) in known:
            continue
        line, column = note.lines.get(f"order.{number}") or note.lines.get("order", (0, 0))
        near = did_you_mean(name, names)
        hint = near or f"The themes are {', '.join(theme.slug for theme in themes)}."
        yield structs.replace(
            _warning("unknown-theme", note, f'Unknown theme "{name}" in order.', hint), line=line, column=column
        )


def _check_pins(files: Mapping[str, Note], slugs: frozenset[str]) -> Iterator[Problem]:
    pinned: dict[str, str] = {}
    for key, note in sorted(files.items()):
        for slug in _names(note, "pins"):
            if slug not in slugs:
                message = f'No article has the slug "{slug}".'
                yield _warning("unknown-pin", note, message, did_you_mean(slug, slugs))
            elif pinned.setdefault(slug, key) != key:
                hint = "An article stands in one edition; take it out of the other."
                yield _problem("pinned-twice", note, f'"{slug}" is pinned to {pinned[slug]} already.', hint)


def _problem(code: str, note: Note, message: str, hint: str) -> Problem:
    return Problem(code=code, path=note.path, message=message, hint=hint)


def _warning(code: str, note: Note, message: str, hint: str) -> Problem:
    return structs.replace(_problem(code, note, message, hint), severity="warning")
