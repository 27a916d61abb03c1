"""Which themes an article belongs to: what it says itself, else the rules of site.yaml, else none."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from yoyak.model.message import Message, Problem, did_you_mean, joined, problem_of, say
from yoyak.model.schema import MatchKeys, ThemeKeys
from yoyak.text.names import fold

UNSORTED = "unsorted"
_LISTED = 12
"""Themes that a message lists."""
_PARTICLE = r"(?:은|는|이|가|을|를|의|에|에서|에게|으로|로|와|과|도|만|까지|부터|보다|처럼|이다|이며|이라는|라는)?"


def named_themes(
    written: tuple[str, ...], registry: tuple[ThemeKeys, ...], path: str, place: tuple[int, int]
) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """Return the slugs of the themes that an article names, and a problem for each unknown one.

    Without a registry in site.yaml every name is a theme, as written.
    """
    if not registry:
        return tuple(dict.fromkeys(written)), ()
    by_name = _by_name(registry)
    known = tuple(dict.fromkeys(by_name[fold(name)] for name in written if fold(name) in by_name))
    unknown = [name for name in written if fold(name) not in by_name]
    names = [name for theme in registry for name in (theme.slug, theme.title)] if unknown else []
    return known, tuple(
        problem_of("unknown-theme", path, place[0], place[1], hint=hint, name=name)
        for name in unknown
        for hint in [joined(did_you_mean(name, names) or choices_of(registry), say("unknown-theme.hint"))]
    )


@lru_cache(maxsize=1)
def _by_name(registry: tuple[ThemeKeys, ...]) -> dict[str, str]:
    """Return the slug of each theme by the folded forms of its names; a site has one registry."""
    return {fold(name): theme.slug for theme in registry for name in (theme.title, theme.slug)}


def choices_of(registry: tuple[ThemeKeys, ...]) -> Message:
    """Return the themes that an article may name, as a sentence."""
    names, more = ", ".join(theme.slug for theme in registry[:_LISTED]), len(registry) - _LISTED
    return say("unknown-theme.some", themes=names, count=more) if more > 0 else say("unknown-theme.known", themes=names)


def matching_themes(registry: Iterable[ThemeKeys], *, label: str, tags: tuple[str, ...], text: str) -> tuple[str, ...]:
    """Return the slugs of the themes of which one rule fits, in the order of site.yaml."""
    folded = {fold(tag) for tag in tags}
    return tuple(theme.slug for theme in registry if _fits(theme.match, fold(label), folded, text))


def _fits(rules: MatchKeys, label: str, tags: set[str], text: str) -> bool:
    return (
        any(fold(wanted) == label for wanted in rules.labels)
        or any(fold(wanted) in tags for wanted in rules.tags)
        or any(_word(wanted).search(text) for wanted in rules.words)
    )


@cache
def _word(word: str) -> re.Pattern[str]:
    """Return a pattern for a whole word: ``소버린`` is in ``소버린은`` and ``소버린 AI``, ``AI`` is not in ``said``."""
    end = _PARTICLE if re.search(r"[가-힣]$", word) else ""
    return re.compile(rf"(?<!\w){re.escape(word)}{end}(?![a-zA-Z0-9_])", re.IGNORECASE)
