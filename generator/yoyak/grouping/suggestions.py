"""What a desk could do to keep its tags tidy: tags to merge, and tags for articles without any. Nothing is changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from yoyak.front_matter.yaml_words import quoted
from yoyak.grouping.missing_tags import ReadText, Texts
from yoyak.grouping.near_tags import NearTags, near_tags
from yoyak.grouping.publication import newest_first
from yoyak.grouping.tags_in_use import TagInUse, tags_in_use
from yoyak.model.build import Suggestion, TermUse
from yoyak.model.message import Message, Words, listed, say
from yoyak.model.types import Article, Bodies, place_of
from yoyak.settings.config import SiteConfig
from yoyak.text.excerpt import plain_text
from yoyak.text.keywords import words

SAMPLE = 2000
"""The newest articles that prove what the words of a site are: enough for every word that matters."""


def suggestions(articles: Sequence[Article], bodies: Bodies, config: SiteConfig) -> tuple[Suggestion, ...]:
    """Return what could be done with the tags of a site: merges first, in the order of titles, then articles by path.

    Lines are not known here.
    """
    tags = tags_in_use(articles, config)
    if not tags:
        return ()
    newest = sorted(articles, key=lambda article: newest_first(place_of(article)))[:SAMPLE]
    texts = Texts([_read(article, bodies) for article in newest], tags)
    merges = [_merge(near) for near in near_tags(tags, texts.stems.takes_particles)]
    untagged = sorted((article for article in articles if not article.tags), key=lambda article: article.path)
    found = ((article, texts.tags_of(_read(article, bodies))) for article in untagged)
    return (*merges, *(_missing(article, wanted) for article, wanted in found if wanted))


def _read(article: Article, bodies: Bodies) -> ReadText:
    text = f"{article.subtitle}\n{article.summary}\n{plain_text(bodies.get(article.body, ''))}"
    return ReadText(title=tuple(words(article.title)), text=tuple(words(text)), tags=article.tags)


# --- in words --------------------------------------------------------------------------------------


def _merge(near: NearTags) -> Suggestion:
    kept = near.kept
    uses = tuple(use for tag in (kept, *near.others) for use in _uses(tag))
    newcomer = uses[-1]
    aliases = [spelling.name for tag in near.others for spelling in tag.spellings]
    if not aliases:
        message = say("suggestion.one-tag", title=kept.title, count=len(uses), uses=_named(uses))
        hint = say("suggestion.one-tag.hint", line=f"{_yaml(kept.title)}: {{}}")
    else:
        message = say("suggestion.near-tags", uses=_named(uses))
        hint = _how_to_merge(kept, aliases)
    return Suggestion(kind="merge-tags", message=message, hint=hint, path=newcomer.path, uses=uses)


def _how_to_merge(kept: TagInUse, aliases: Sequence[str]) -> Message:
    names = ", ".join(map(_yaml, aliases))
    if kept.registered:
        return say("suggestion.near-tags.aliases", title=kept.title, names=names)
    return say("suggestion.near-tags.hint", line=f"{_yaml(kept.title)}: {{aliases: [{names}]}}")


def _missing(article: Article, wanted: Sequence[TagInUse]) -> Suggestion:
    uses = tuple(map(_example, wanted))
    names = ", ".join(_yaml(tag.title) for tag in wanted)
    return Suggestion(
        kind="add-tags",
        message=say("suggestion.no-tags"),
        hint=say("suggestion.no-tags.hint", line=f"tags: [{names}]"),
        path=article.path,
        uses=uses,
    )


def _uses(tag: TagInUse) -> Iterator[TermUse]:
    """Yield the spellings of a tag; one that only site.yaml has, as it stands there."""
    if not tag.spellings:
        yield TermUse(name=tag.title, articles=0, path="site.yaml")
    for spelling in tag.spellings:
        yield TermUse(name=spelling.name, articles=spelling.articles, path=spelling.path)


def _example(tag: TagInUse) -> TermUse:
    """Return a tag under its own name, with an article that has it, if possible in this spelling."""
    found = next((use for use in _uses(tag) if use.name == tag.title), next(_uses(tag)))
    return TermUse(name=tag.title, articles=tag.articles, path=found.path)


def _named(uses: Sequence[TermUse]) -> Words:
    """Return ``"반도체" (2 articles) and "반도체는" (1 article)``."""
    return listed([say("suggestion.use", name=use.name, count=use.articles) for use in uses])


_PLAIN = re.compile(r"[^\W\d_](?:[\w .·/+-]*\w)?")


def _yaml(name: str) -> str:
    """Return a name as a key or as an item of a list in brackets."""
    return name if _PLAIN.fullmatch(name) else quoted(name)
