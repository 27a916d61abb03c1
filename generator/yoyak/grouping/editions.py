"""Editions: each dated article stands in exactly one, by its date or because an editor pinned it there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from yoyak.grouping.publication import Issues, window_of
from yoyak.model.message import Problem, did_you_mean, problem_of, say, warning
from yoyak.model.types import Edition, Note, Place, Section, Term
from yoyak.settings.config import SiteConfig
from yoyak.text.calendar import Window
from yoyak.text.names import fold
from yoyak.text.urls import page_url


def make_editions(
    articles: tuple[Place, ...],
    known: tuple[Place, ...],
    themes: tuple[Term, ...],
    issues: Issues,
    config: SiteConfig,
) -> tuple[tuple[Edition, ...], tuple[Problem, ...]]:
    """Return the editions that have articles, newest first. `themes` are in the order of the sections.

    `known` are all articles, those too that are not published yet: a pin may name one, and its edition has a number.
    """
    if config.cadence == "none":
        return (), ()
    members: dict[str, list[Place]] = defaultdict(list)
    for article in articles:
        members[issues.key_of.get(article.path, "")].append(article)
    numbers, gaps = _numbers(known, issues, config)
    editions = [
        _edition(key, window, found, themes, issues, numbers.get(key, ""), config)
        for key, found in members.items()
        if (config.preview or key not in issues.held) and (window := window_of(key, issues, config))
    ]
    problems = _check_files(issues.files, frozenset(article.slug for article in known), themes)
    return tuple(sorted(editions, key=lambda one: (one.start, one.end, one.key), reverse=True)), (*problems, *gaps)


def _numbers(
    known: tuple[Place, ...], issues: Issues, config: SiteConfig
) -> tuple[Mapping[str, str], tuple[Problem, ...]]:
    """Return the numbers of editions. Where nobody wrote one, nothing is imported."""
    if config.first_number is None and not any(note.fields["number"] for note in issues.files.values()):
        return {}, ()
    from yoyak.grouping.issue_numbers import numbers_of

    return numbers_of(known, issues, config)


def _edition(
    key: str,
    window: Window,
    articles: list[Place],
    themes: tuple[Term, ...],
    issues: Issues,
    number: str,
    config: SiteConfig,
) -> Edition:
    note = issues.files.get(key)
    pins = _names(note, "pins")
    ranked = sorted(articles, key=lambda article: _rank(article, pins))
    lead = ranked[0] if pins and ranked[0].slug in pins else max(ranked, key=lambda a: (a.weight, a.pictured))
    sections = _sections(ranked, themes, _names(note, "order"))
    rest = tuple(article for section in sections for article in section.articles if article is not lead)
    return Edition(
        key=key,
        url=page_url(config.base_path, "editions", key),
        number=number,
        counted=config.first_number is not None,
        title=note.title if note else "",
        start=window.start,
        end=window.end,
        lead=lead,
        sections=sections,
        articles=(lead, *rest),
        note=note,
        ribbon=issues.held.get(key),
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


def _check_files(files: Mapping[str, Note], slugs: frozenset[str], themes: tuple[Term, ...]) -> tuple[Problem, ...]:
    understood = (note for _, note in sorted(files.items()) if not note.faulty)
    in_order = (problem for note in understood for problem in _check_order(note, themes))
    return (*in_order, *_check_pins(files, slugs))


def _check_order(note: Note, themes: tuple[Term, ...]) -> Iterator[Problem]:
    """Yield a warning for each name in ``order`` that is neither a theme's slug nor its title."""
    known = _by_name(themes)
    names = [name for theme in themes for name in (theme.slug, theme.title)]
    for number, name in enumerate(_names(note, "order")):
        if fold(name) in known:
            continue
        line, column = note.lines.get(f"order.{number}") or note.lines.get("order", (0, 0))
        near = did_you_mean(name, names)
        hint = near or say("unknown-theme.known", themes=", ".join(theme.slug for theme in themes))
        yield warning("unknown-theme.in-order", note.path, line, column, hint=hint, name=name)


def _check_pins(files: Mapping[str, Note], slugs: frozenset[str]) -> Iterator[Problem]:
    pinned: dict[str, str] = {}
    for key, note in sorted(files.items()):
        for slug in _names(note, "pins"):
            if slug not in slugs and note.faulty:
                continue
            if slug not in slugs:
                yield warning("unknown-pin", note.path, hint=did_you_mean(slug, slugs), slug=slug)
            elif pinned.setdefault(slug, key) != key:
                yield problem_of("pinned-twice", note.path, slug=slug, edition=pinned[slug])
