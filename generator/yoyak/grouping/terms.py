"""Terms: the names that articles share, folded to one spelling, each with its articles and its address."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping

from yoyak.model.message import Problem, say, warning
from yoyak.model.types import Place, Record, Term, TermKind
from yoyak.text.characters import without_invisible
from yoyak.text.korean import collation_key
from yoyak.text.names import fold, path_key, slugify
from yoyak.text.urls import page_url

PLURALS: Mapping[TermKind, str] = {"theme": "themes", "tag": "tags", "source": "sources", "author": "authors"}
"""The kind of the page that lists all terms of a kind, and the folder that their pages stand in."""


class Registered(Record, kw_only=True):
    """What site.yaml says of a term."""

    title: str
    slug: str = ""
    aliases: tuple[str, ...] = ()
    description: str = ""
    site: str = ""
    intro: str = ""


def make_terms(
    kind: TermKind,
    articles: Iterable[Place],
    names_of: Callable[[Place], Iterable[str]],
    registry: tuple[Registered, ...],
    base_path: str,
) -> tuple[tuple[Term, ...], tuple[Problem, ...]]:
    """Return the terms of one kind in alphabetical order (ㄱㄴㄷ first), and a problem for two that want one address.

    `articles` are in the order in which each term lists them. Spellings that differ by case, spacing or normal form
    are one term; its title is the registry's, else the most frequent spelling.
    """
    spelled = {fold(name): entry for entry in registry for name in (entry.title, entry.slug, *entry.aliases) if name}
    members: dict[str, dict[str, Place]] = defaultdict(dict)
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for article in articles:
        for name in names_of(article):
            if key := fold(name):
                key = fold(spelled[key].title) if key in spelled else key
                members[key].setdefault(article.path, article)
                spellings[key][name] += 1
    titles = {key: spelled[key].title if key in spelled else _favourite(spellings[key]) for key in members}
    slugs, problems = _addresses(kind, titles, spelled)
    terms = [
        _term(kind, titles[key], slugs[key], spelled.get(key), tuple(members[key].values()), base_path)
        for key in members
    ]
    return tuple(sorted(terms, key=lambda term: (collation_key(term.title), term.slug))), problems


def _term(
    kind: TermKind, title: str, slug: str, entry: Registered | None, articles: tuple[Place, ...], base_path: str
) -> Term:
    said = entry or Registered(title=title)
    return Term(
        kind=kind,
        slug=slug,
        title=title,
        url=page_url(base_path, PLURALS[kind], slug),
        description=said.description,
        intro=said.intro,
        site=said.site,
        articles=articles,
    )


def _favourite(spellings: Counter[str]) -> str:
    return min(spellings, key=lambda name: (-spellings[name], name))


def _addresses(
    kind: TermKind, titles: Mapping[str, str], registry: Mapping[str, Registered]
) -> tuple[dict[str, str], tuple[Problem, ...]]:
    """Return a slug for each key; of two that want the same (``C++``, ``C#``) one gets a mark behind it."""
    slugs: dict[str, str] = {}
    taken: dict[str, str] = {}
    problems = []
    for key in sorted(
        titles, key=lambda key: (not (key in registry and registry[key].slug), slugify(titles[key]) != key, titles[key])
    ):
        title = titles[key]
        wanted = (registry[key].slug if key in registry else "") or slugify(title)
        rival = taken.get(path_key(wanted))
        if rival:
            hint = say("same-address.terms.hint", line=f'{PLURALS[kind]}: {{"{title}": {{slug: …}}}}')
            said = {"one": rival, "other": title, "slug": wanted}
            problems.append(warning(f"same-address.{PLURALS[kind]}", "site.yaml", hint=hint, **said))
        if not wanted or rival:
            wanted = f"{wanted or kind}-{hashlib.sha256(without_invisible(title).encode()).hexdigest()[:8]}"
        taken[path_key(wanted)] = title
        slugs[key] = wanted
    return slugs, tuple(problems)
