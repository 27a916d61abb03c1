"""Parse of a whole content folder: side by side, and twice for the few articles that link to other files."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import structs

from yoyak.config import SiteConfig
from yoyak.grouping.publication import ribbon_of
from yoyak.model import Article, Content, Note, Record, SafeHtml
from yoyak.pipeline.parse import parse, parse_note, surroundings
from yoyak.problems import Problem, errors
from yoyak.readers.around import Surroundings
from yoyak.seams import MapLike, Recall
from yoyak.text.sanitize import digest_of
from yoyak.text.urls import page_url


class Parts(Record, kw_only=True):
    """What parse made of all files."""

    articles: tuple[Article, ...]
    notes: tuple[Note, ...]
    bodies: Mapping[str, SafeHtml]
    left_out: tuple[str, ...]
    """Paths of the files that an error keeps off the site."""
    problems: tuple[Problem, ...]


def parse_all(content: Content, config: SiteConfig, each: MapLike, recall: Recall | None = None) -> Parts:
    """Return the articles and notes of a content folder."""
    first = surroundings(config, content.assets, {})
    parsed = list(each(lambda source: parse(source, first, config), content.articles))
    shown = (found.article for found in parsed if found.article and _may_be_linked(found.article, config))
    addresses = {article.path: article.url for article in shown}
    addresses |= _addresses_of_pages(content, first)
    around = structs.replace(first, addresses=addresses)
    linking = [source for source, found in zip(content.articles, parsed, strict=True) if found.wants]
    again = {found.path: found for found in each(lambda source: parse(source, around, config), linking)}
    parsed = [again.get(found.path, found) for found in parsed]
    parsed = [recall(found) for found in parsed] if recall else parsed
    notes, note_problems = _notes(content, around)
    bodies = {found.article.body: found.html for found in parsed if found.article and found.article.body}
    bodies |= {digest_of(note.html): note.html for note in notes if note.html}
    problems = [problem for found in parsed for problem in found.problems]
    left_out = [found.path for found in parsed if errors(found.problems)] + [p.path for p in errors(note_problems)]
    return Parts(
        articles=tuple(f.article for f in parsed if f.article),
        notes=notes,
        bodies=bodies,
        left_out=tuple(dict.fromkeys(left_out)),
        problems=(*problems, *note_problems),
    )


def _may_be_linked(article: Article, config: SiteConfig) -> bool:
    """Tell whether other articles may name its address: that of one that waits would give it away."""
    return config.preview or ribbon_of(article, config.now) is None


def _addresses_of_pages(content: Content, around: Surroundings) -> dict[str, str]:
    notes = [parse_note(source, around)[0] for source in content.pages]
    return {note.path: page_url(around.base_path, note.slug) for note in notes if note}


def _notes(content: Content, around: Surroundings) -> tuple[tuple[Note, ...], list[Problem]]:
    found = [parse_note(source, around) for source in (*content.editions, *content.themes, *content.pages)]
    return tuple(note for note, _ in found if note), [problem for _, problems in found for problem in problems]
