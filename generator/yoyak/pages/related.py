"""Which other articles a reader of one may want to read: those that share its rarest tags."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from yoyak.model.types import Site

RELATED = 3
COMMON = 500
"""Tags with more articles say little; they would also make this grow with the square of a site."""
NEWEST = 40


def related_articles(site: Site) -> Mapping[str, tuple[str, ...]]:
    """Return for each article the paths of up to three others that share its rarest tags; of equals the newest.

    A tag counts 1 / its articles, so that a tag that everything has says nothing.
    """
    order = {article.path: place for place, article in enumerate(site.articles)}
    paths = [article.path for article in site.articles]
    tags: dict[str, list[tuple[float, tuple[int, ...]]]] = defaultdict(list)
    for tag in site.tags:
        if 1 < len(tag.articles) <= COMMON:
            newest = tuple(order[article.path] for article in tag.articles[:NEWEST])
            for article in tag.articles:
                tags[article.path].append((1 / len(tag.articles), newest))
    return {path: tuple(paths[other] for other in _best(tags.get(path, []), place)) for path, place in order.items()}


def _best(tags: list[tuple[float, tuple[int, ...]]], own: int) -> list[int]:
    """Return the places of the best of all articles that some tags name, without the `own` one.

    Places count from the newest article, so that a smaller one wins between equals.
    """
    if len(tags) == 1:
        return [other for other in tags[0][1][: RELATED + 1] if other != own][:RELATED]
    scores: dict[int, float] = {}
    for worth, newest in tags:
        for other in newest:
            scores[other] = scores.get(other, 0.0) + worth
    scores.pop(own, None)
    best = scores
    if len(scores) > RELATED:
        least = sorted(scores.values())[-RELATED] - 1e-8  # none with less is among the best, however it is rounded
        best = {other: score for other, score in scores.items() if score >= least}
    return sorted(best, key=lambda other: (-round(best[other], 9), other))[:RELATED]
