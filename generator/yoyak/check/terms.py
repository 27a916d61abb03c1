"""Where the terms of a suggestion stand in their files: looked up only for what is suggested."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import structs

from yoyak.check.lines import LineFinder
from yoyak.model.build import Suggestion, TermUse
from yoyak.model.types import Article


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
